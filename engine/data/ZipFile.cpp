// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/ZipFile.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>

namespace dt {

namespace {

constexpr std::uint32_t LocalSign = 0x04034b50;
constexpr std::uint32_t CentralSign = 0x02014b50;
constexpr std::uint32_t EndSign = 0x06054b50;
constexpr std::uint32_t End64Sign = 0x06064b50;
constexpr std::uint32_t Locator64Sign = 0x07064b50;
constexpr std::size_t LocalSize = 30;
constexpr std::size_t CentralSize = 46;
constexpr std::size_t EndSize = 22;
constexpr std::size_t End64Size = 56;
constexpr std::size_t Locator64Size = 20;
constexpr std::size_t MaxBytes = std::size_t{1} << 31;
constexpr std::size_t MaxMembers = 100'000;
constexpr std::size_t MaxComment = 65'535;

/// Little-endian number of `bytes` bytes; the caller has checked that they are there.
std::uint64_t number(std::string_view text, std::size_t at, std::size_t bytes)
{
    std::uint64_t value = 0;
    for (std::size_t i = bytes; i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(text[at + i]);
    return value;
}

void put(std::string &out, std::uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; ++i)
        out += static_cast<char>(value >> (8 * i) & 0xFF);
}

} // namespace

std::uint32_t crc32(std::string_view bytes)
{
    static const std::array<std::uint32_t, 256> table = [] {
        std::array<std::uint32_t, 256> t{};
        for (std::uint32_t i = 0; i < 256; ++i) {
            std::uint32_t c = i;
            for (int k = 0; k < 8; ++k)
                c = c & 1 ? 0xEDB88320u ^ c >> 1 : c >> 1;
            t[i] = c;
        }
        return t;
    }();
    std::uint32_t crc = 0xFFFFFFFFu;
    for (const char b : bytes)
        crc = table[(crc ^ static_cast<unsigned char>(b)) & 0xFF] ^ crc >> 8;
    return ~crc;
}

Result<ZipReader> ZipReader::open(const std::string &path)
{
    std::error_code code;
    if (!std::filesystem::exists(path, code))
        return Error{ErrorCode::NotFound, "There is no file " + path + ". Check the name.", path};
    if (std::filesystem::is_directory(path, code))
        return Error{ErrorCode::Format, path + " is a folder, not a file.", path};
    std::ifstream in(path, std::ios::binary | std::ios::ate);
    const std::streamoff size = in ? static_cast<std::streamoff>(in.tellg()) : -1;
    if (size < 0)
        return Error{ErrorCode::Io,
                     path + " cannot be read: " + std::strerror(errno) + ". Check its permissions.",
                     path};
    if (static_cast<std::size_t>(size) > MaxBytes)
        return Error{ErrorCode::Format, path + " is larger than 2 GB: no twin has such weights.",
                     path};
    ZipReader zip;
    // Never so short that the text would live inside the object and move with it.
    zip.m_bytes.reserve(1024);
    zip.m_bytes.resize(static_cast<std::size_t>(size));
    in.seekg(0);
    in.read(zip.m_bytes.data(), size);
    if (!in)
        return Error{ErrorCode::Io, path + " cannot be read to its end. Use another copy.", path};
    if (!zip.m_bytes.starts_with("PK\x03\x04"))
        return Error{ErrorCode::Format,
                     path
                         + " is not a PyTorch file of the current (zip) format. Save it with"
                           " torch.save of PyTorch 1.6 or newer.",
                     path};
    if (const std::string wrong = zip.readDirectory(); !wrong.empty())
        return Error{ErrorCode::Format,
                     path + " cannot be read as a PyTorch file: " + wrong
                         + ". Use another copy of the file.",
                     path};
    return zip;
}

std::string ZipReader::readDirectory()
{
    const std::string_view all(m_bytes);
    if (all.size() < EndSize)
        return "it is cut short";
    std::size_t end = all.size();
    const std::size_t lowest =
        all.size() > EndSize + MaxComment ? all.size() - EndSize - MaxComment : 0;
    for (std::size_t at = all.size() - EndSize + 1; at-- > lowest;) {
        if (number(all, at, 4) == EndSign && at + EndSize + number(all, at + 20, 2) == all.size()) {
            end = at;
            break;
        }
    }
    if (end == all.size())
        return "its directory is missing, so it is cut short or damaged";
    std::uint64_t count = number(all, end + 10, 2);
    std::uint64_t size = number(all, end + 12, 4);
    std::uint64_t start = number(all, end + 16, 4);
    std::uint64_t directoryEnd = end;
    const bool needs64 = count == 0xFFFF || size == 0xFFFFFFFF || start == 0xFFFFFFFF;
    if (end >= Locator64Size && number(all, end - Locator64Size, 4) == Locator64Sign) {
        const std::uint64_t at = number(all, end - Locator64Size + 8, 8);
        if (at > end - Locator64Size || end - Locator64Size - at < End64Size
            || number(all, static_cast<std::size_t>(at), 4) != End64Sign)
            return "its directory is damaged";
        const auto place = static_cast<std::size_t>(at);
        count = number(all, place + 32, 8);
        size = number(all, place + 40, 8);
        start = number(all, place + 48, 8);
        directoryEnd = at;
    } else if (needs64) {
        return "its directory is damaged";
    }
    if (count > MaxMembers)
        return "it has too many members";
    if (start > directoryEnd || size != directoryEnd - start)
        return "its directory is damaged";
    auto at = static_cast<std::size_t>(start);
    for (std::uint64_t i = 0; i < count; ++i) {
        if (const std::string wrong = readMember(at, static_cast<std::size_t>(directoryEnd));
            !wrong.empty())
            return wrong;
    }
    if (at != directoryEnd)
        return "its directory is damaged";
    return checkOverlaps(static_cast<std::size_t>(start));
}

std::string ZipReader::checkOverlaps(std::size_t directory)
{
    std::sort(m_places.begin(), m_places.end());
    std::size_t before = 0;
    for (const auto &[begin, end] : m_places) {
        if (begin < before)
            return "its members overlap";
        before = end;
    }
    return before > directory ? "a member overlaps its directory" : "";
}

std::string ZipReader::readMember(std::size_t &at, std::size_t end)
{
    const std::string_view all(m_bytes);
    const std::string damaged = "its directory is damaged";
    if (end - at < CentralSize || number(all, at, 4) != CentralSign)
        return damaged;
    const std::uint64_t flags = number(all, at + 8, 2);
    const std::uint64_t method = number(all, at + 10, 2);
    const auto crc = static_cast<std::uint32_t>(number(all, at + 16, 4));
    std::uint64_t packed = number(all, at + 20, 4);
    std::uint64_t size = number(all, at + 24, 4);
    const auto nameSize = static_cast<std::size_t>(number(all, at + 28, 2));
    const auto extraSize = static_cast<std::size_t>(number(all, at + 30, 2));
    const auto commentSize = static_cast<std::size_t>(number(all, at + 32, 2));
    std::uint64_t offset = number(all, at + 42, 4);
    if (end - at - CentralSize < nameSize + extraSize + commentSize)
        return damaged;
    const std::string name(all.substr(at + CentralSize, nameSize));
    const std::size_t extraEnd = at + CentralSize + nameSize + extraSize;
    for (std::size_t e = at + CentralSize + nameSize; e + 4 <= extraEnd;) {
        const std::uint64_t id = number(all, e, 2);
        const std::size_t bytes = static_cast<std::size_t>(number(all, e + 2, 2));
        e += 4;
        if (extraEnd - e < bytes)
            return damaged;
        std::size_t field = e;
        for (std::uint64_t *value : {&size, &packed, &offset}) {
            if (id != 1 || *value != 0xFFFFFFFF)
                continue;
            if (e + bytes - field < 8)
                return damaged;
            *value = number(all, field, 8);
            field += 8;
        }
        e += bytes;
    }
    at = extraEnd + commentSize;
    const std::string member = "its member '" + name + "' ";
    if ((flags & 1) != 0)
        return member + "is encrypted";
    if (method != 0 || packed != size)
        return member + "is compressed, which PyTorch's own files never are";
    if (offset > all.size() || all.size() - offset < LocalSize)
        return member + "lies outside the file";
    const auto local = static_cast<std::size_t>(offset);
    const std::size_t localName = static_cast<std::size_t>(number(all, local + 26, 2));
    const std::size_t skipped = localName + static_cast<std::size_t>(number(all, local + 28, 2));
    if (number(all, local, 4) != LocalSign || all.size() - local - LocalSize < skipped
        || all.substr(local + LocalSize, localName) != name)
        return member + "is damaged";
    const std::size_t start = local + LocalSize + skipped;
    if (size > all.size() - start)
        return member + "lies outside the file";
    const std::string_view bytes = all.substr(start, static_cast<std::size_t>(size));
    m_total += bytes.size();
    if (m_total > all.size()) // before its checksum costs time
        return "its members overlap";
    m_places.emplace_back(local, start + bytes.size());
    if (crc32(bytes) != crc)
        return member + "does not match its checksum";
    if (!m_members.emplace(name, bytes).second)
        return member + "is there twice";
    return {};
}

void ZipWriter::add(const std::string &name, std::string_view bytes)
{
    constexpr std::size_t Alignment = 64;
    constexpr std::size_t ExtraHeader = 4;
    const std::size_t before = m_bytes.size() + LocalSize + name.size() + ExtraHeader;
    const std::size_t padding = (Alignment - before % Alignment) % Alignment;
    const std::size_t offset = m_bytes.size();
    const std::uint32_t crc = crc32(bytes);
    // What both headers say, from "version needed" to the length of the name.
    std::string common;
    put(common, 20, 2); // version 2.0
    put(common, 0x0800, 2); // names are UTF-8
    put(common, 0, 2); // stored
    put(common, 0, 2); // time and
    put(common, 0x21, 2); // date: 1980-01-01, so that equal contents make equal files
    put(common, crc, 4);
    put(common, bytes.size(), 4);
    put(common, bytes.size(), 4);
    put(common, name.size(), 2);

    put(m_bytes, LocalSign, 4);
    m_bytes += common;
    put(m_bytes, ExtraHeader + padding, 2);
    m_bytes += name;
    m_bytes += "FB"; // PyTorch's mark for padding
    put(m_bytes, padding, 2);
    m_bytes.append(padding, 'Z');
    m_bytes += bytes;

    put(m_directory, CentralSign, 4);
    put(m_directory, 20, 2); // made by
    m_directory += common;
    put(m_directory, 0, 2); // extra
    put(m_directory, 0, 2); // comment
    put(m_directory, 0, 2); // disk
    put(m_directory, 0, 2); // attributes
    put(m_directory, 0, 4);
    put(m_directory, offset, 4);
    m_directory += name;
    ++m_count;
}

std::string ZipWriter::finish()
{
    const std::size_t start = m_bytes.size();
    m_bytes += m_directory;
    put(m_bytes, EndSign, 4);
    put(m_bytes, 0, 4); // disks
    put(m_bytes, m_count, 2);
    put(m_bytes, m_count, 2);
    put(m_bytes, m_directory.size(), 4);
    put(m_bytes, start, 4);
    put(m_bytes, 0, 2); // comment
    return std::move(m_bytes);
}

} // namespace dt
