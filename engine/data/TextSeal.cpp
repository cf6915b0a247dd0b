// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/TextSeal.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <optional>
#include <string_view>

namespace dt::h5 {

namespace {

constexpr const char *EndName = "text_end";
constexpr const char *ChecksumName = "text_checksum";
constexpr std::string_view Signature("GCOL\1\0\0\0", 8);
constexpr std::size_t HeaderBytes = 16; ///< signature and size
constexpr std::uint64_t Most = 1u << 30;

/// FNV-1a: no change of a single byte leaves it as it is.
void add(std::uint64_t &hash, std::string_view bytes)
{
    for (const char c : bytes)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
}

struct Text
{
    std::uint64_t end = 0; ///< of the last heap
    std::uint64_t checksum = 0xCBF29CE484222325ULL;
};

/// All that looks like a heap. Packed numbers that happen to look like one do no harm.
Text findText(std::string_view file)
{
    Text text;
    for (std::size_t at = file.find(Signature); at != std::string_view::npos;
         at = file.find(Signature, at + 1)) {
        std::uint64_t size = 0; // little-endian, as all machines this runs on
        if (file.size() - at >= HeaderBytes)
            std::memcpy(&size, file.data() + at + Signature.size(), sizeof size);
        if (size < HeaderBytes || size > file.size() - at)
            continue;
        add(text.checksum, std::to_string(at));
        add(text.checksum, file.substr(at, size));
        text.end = std::max(text.end, at + size);
    }
    return text;
}

/// The first `count` bytes, or all when there are fewer.
std::optional<std::string> firstBytes(const std::string &path, std::uint64_t count)
{
    std::ifstream in(path, std::ios::binary);
    in.seekg(0, std::ios::end);
    const std::streamoff size = in.tellg();
    if (!in || size < 0)
        return std::nullopt;
    in.seekg(0);
    std::string bytes(std::min(count, static_cast<std::uint64_t>(size)), '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!in)
        return std::nullopt;
    return bytes;
}

std::optional<std::uint64_t> readNumber(hid_t file, const char *name)
{
    const Handle attribute(H5Aopen(file, name, H5P_DEFAULT), H5Aclose);
    const Handle space(H5Aget_space(attribute), H5Sclose);
    const Handle type(H5Aget_type(attribute), H5Tclose);
    std::uint64_t value = 0;
    if (H5Tget_class(type) != H5T_INTEGER || H5Sget_simple_extent_npoints(space) != 1
        || H5Aread(attribute, H5T_NATIVE_UINT64, &value) < 0)
        return std::nullopt;
    return value;
}

} // namespace

Status sealText(hid_t file, const std::string &path, const std::string &target)
{
    if (H5Fflush(file, H5F_SCOPE_GLOBAL) < 0)
        return writeError(target);
    // Room may have been set aside behind what is written.
    haddr_t end = 0;
    const std::optional<std::string> bytes =
        H5Fget_eoa(file, &end) < 0 ? std::nullopt : firstBytes(path, end);
    if (!bytes)
        return writeError(target);
    const Text text = findText(*bytes);
    if (const Status s = writeAttribute(file, EndName, text.end); !s)
        return s;
    return writeAttribute(file, ChecksumName, text.checksum);
}

Status checkText(hid_t file, const std::string &path)
{
    if (!hasAttribute(file, EndName) && !hasAttribute(file, ChecksumName))
        return Done{};
    const std::optional<std::uint64_t> end = readNumber(file, EndName);
    const std::optional<std::uint64_t> checksum = readNumber(file, ChecksumName);
    const std::optional<std::string> bytes = firstBytes(path, std::min(end.value_or(0), Most));
    if (!end || !checksum || !bytes || findText(*bytes).checksum != *checksum)
        return damaged(path, "its text does not match its checksum");
    return Done{};
}

} // namespace dt::h5
