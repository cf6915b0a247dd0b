// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/NpyFile.h"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>

namespace dt {

namespace {

constexpr char Magic[] = "\x93NUMPY";
constexpr std::size_t MagicBytes = 6;
constexpr std::size_t Alignment = 64;
constexpr std::size_t MaxHeader = 1u << 16;

Error wrong(const std::string &path, const std::string &what)
{
    return {ErrorCode::Format, path + " " + what + ".", path};
}

/// Text of a member of the header's dictionary, up to the end of its value.
std::string member(const std::string &header, const std::string &name)
{
    const std::size_t key = header.find("'" + name + "'");
    if (key == std::string::npos)
        return {};
    const std::size_t colon = header.find(':', key);
    const std::size_t from = header.find_first_not_of(' ', colon + 1);
    if (colon == std::string::npos || from == std::string::npos)
        return {};
    const std::size_t to = header[from] == '(' ? header.find(')', from) + 1
                                               : header.find_first_of(",}", from);
    return header.substr(from, to - from);
}

bool parseShape(const std::string &text, std::vector<std::size_t> &shape)
{
    if (text.size() < 2 || text.front() != '(' || text.back() != ')')
        return false;
    const char *at = text.data() + 1;
    const char *const end = text.data() + text.size() - 1;
    while (at < end) {
        if (*at == ' ' || *at == ',') {
            ++at;
            continue;
        }
        std::size_t dimension = 0;
        const auto [next, code] = std::from_chars(at, end, dimension);
        if (code != std::errc{})
            return false;
        shape.push_back(dimension);
        at = next;
    }
    return true;
}

std::size_t itemSize(const std::string &type)
{
    return static_cast<std::size_t>(type.back() - '0');
}

} // namespace

Result<NpyArray> readNpy(const std::string &path, const std::string &type)
{
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return Error{ErrorCode::NotFound,
                     path + " cannot be read: " + std::strerror(errno) + ".", path};
    unsigned char head[12] = {};
    in.read(reinterpret_cast<char *>(head), 10);
    if (!in || std::memcmp(head, Magic, MagicBytes) != 0)
        return wrong(path, "is not a NumPy file");
    std::size_t length = head[8] + (static_cast<std::size_t>(head[9]) << 8);
    if (head[6] >= 2) { // versions 2 and 3 have four bytes of length
        in.read(reinterpret_cast<char *>(head + 10), 2);
        length += (static_cast<std::size_t>(head[10]) << 16)
            + (static_cast<std::size_t>(head[11]) << 24);
    }
    if (!in || length > MaxHeader)
        return wrong(path, "has a damaged header");
    std::string header(length, '\0');
    in.read(header.data(), static_cast<std::streamsize>(length));
    NpyArray array;
    const std::string described = member(header, "descr");
    if (!in || described.size() < 3 || !parseShape(member(header, "shape"), array.shape))
        return wrong(path, "has a damaged header");
    array.type = described.substr(1, described.size() - 2);
    if (array.type != type)
        return wrong(path, "holds values of type " + array.type + " where " + type
                               + " is expected");
    if (member(header, "fortran_order") != "False")
        return wrong(path, "is in Fortran order; save it in C order");
    std::size_t items = 1;
    for (const std::size_t d : array.shape) {
        if (d > (1u << 30) || items * d > (1u << 30))
            return wrong(path, "is too large");
        items *= d;
    }
    // Before memory is asked for: a damaged header may claim anything.
    const std::streampos start = in.tellg();
    const auto wanted = static_cast<std::streamoff>(items * itemSize(type));
    const std::streamoff there = in.seekg(0, std::ios::end).tellg() - start;
    if (!in || there < wanted)
        return wrong(path, "is cut short");
    if (there > wanted)
        return wrong(path, "is longer than its header says");
    in.seekg(start);
    array.bytes.resize(items * itemSize(type));
    in.read(array.bytes.data(), static_cast<std::streamsize>(array.bytes.size()));
    if (static_cast<std::size_t>(in.gcount()) != array.bytes.size())
        return wrong(path, "cannot be read to its end");
    return array;
}

namespace {

/// All that comes before the values.
std::string preamble(const std::string &type, const std::vector<std::size_t> &shape)
{
    std::string dims;
    for (std::size_t i = 0; i < shape.size(); ++i)
        dims += (i ? ", " : "") + std::to_string(shape[i]);
    if (shape.size() == 1)
        dims += ",";
    std::string header
        = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + dims + "), }";
    const std::size_t unpadded = MagicBytes + 4 + header.size() + 1;
    header.append(Alignment - unpadded % Alignment, ' '); // a full line of 64 when it fits already
    header += '\n';
    const char head[4] = {1, 0, static_cast<char>(header.size() & 0xFF),
                          static_cast<char>(header.size() >> 8)};
    return std::string(Magic, MagicBytes) + std::string(head, sizeof head) + header;
}

} // namespace

std::string npyBytes(const std::string &type, const std::vector<std::size_t> &shape,
                     const void *bytes, std::size_t count)
{
    std::string all = preamble(type, shape);
    all.append(static_cast<const char *>(bytes), count);
    return all;
}

Status writeNpy(const std::string &path, const std::string &type,
                const std::vector<std::size_t> &shape, const void *bytes, std::size_t count)
{
    const std::string head = preamble(type, shape);
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out.write(head.data(), static_cast<std::streamsize>(head.size()));
    out.write(static_cast<const char *>(bytes), static_cast<std::streamsize>(count));
    out.close();
    if (!out)
        return Error{ErrorCode::Io,
                     "Writing " + path + " failed: " + std::strerror(errno) + ".", path};
    return Done{};
}

} // namespace dt
