// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/NpzReader.h"

#include <cstring>
#include <fstream>
#include <iterator>
#include <string_view>

namespace dt::test {

namespace {

template <typename T>
T number(std::string_view bytes, std::size_t at)
{
    T value{};
    std::memcpy(&value, bytes.data() + at, sizeof value); // little-endian, as x86 and ARM are
    return value;
}

/// Text between two marks, e.g. the shape of "{'shape': (3, 6), }".
std::string between(std::string_view text, std::string_view from, std::string_view to)
{
    const std::size_t start = text.find(from);
    if (start == std::string_view::npos)
        return {};
    const std::size_t begin = start + from.size();
    const std::size_t end = text.find(to, begin);
    return end == std::string_view::npos ? std::string()
                                         : std::string(text.substr(begin, end - begin));
}

Error bad(const std::string &path, const std::string &what)
{
    return {ErrorCode::Format, path + ": " + what + ".", path};
}

Result<NpzArray> readNpy(std::string_view bytes, const std::string &place)
{
    if (bytes.size() < 10 || bytes.substr(0, 6) != "\x93NUMPY")
        return bad(place, "not a .npy array");
    const bool first = bytes[6] == 1;
    const std::size_t length =
        first ? number<std::uint16_t>(bytes, 8) : number<std::uint32_t>(bytes, 8);
    const std::size_t start = (first ? 10 : 12) + length;
    if (start > bytes.size())
        return bad(place, "its header is cut short");
    const std::string_view header = bytes.substr(0, start);
    NpzArray array;
    array.type = between(header, "'descr': '", "'");
    if (between(header, "'fortran_order': ", ",") != "False")
        return bad(place, "not in C order");
    std::int64_t items = 1;
    const std::string shape = between(header, "'shape': (", ")");
    for (std::size_t at = 0; at < shape.size();) {
        std::size_t used = 0;
        array.shape.push_back(std::stoll(shape.substr(at), &used));
        items *= array.shape.back();
        at = shape.find_first_of("0123456789", at + used);
    }
    const auto count = static_cast<std::size_t>(items);
    if (array.type.starts_with("<U")) // text: its shape is all that tests ask for
        return array;
    const std::size_t size = array.type == "<f4" ? 4 : 8;
    if (bytes.size() - start != count * size)
        return bad(place, "its size does not fit its shape");
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t at = start + i * size;
        if (array.type == "<f4")
            array.floats.push_back(static_cast<double>(number<float>(bytes, at)));
        else if (array.type == "<f8")
            array.floats.push_back(number<double>(bytes, at));
        else if (array.type == "<i8")
            array.integers.push_back(number<std::int64_t>(bytes, at));
        else
            return bad(place, "of the type " + array.type);
    }
    return array;
}

} // namespace

Result<std::map<std::string, NpzArray>> readNpz(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    const std::string_view all = bytes;
    const std::size_t end = all.rfind("PK\x05\x06");
    if (end == std::string_view::npos || end + 22 > all.size())
        return bad(path, "not a zip file");
    const int entries = number<std::uint16_t>(all, end + 10);
    std::size_t at = number<std::uint32_t>(all, end + 16);
    std::map<std::string, NpzArray> arrays;
    for (int i = 0; i < entries; ++i) {
        if (at + 46 > all.size() || all.substr(at, 4) != "PK\x01\x02")
            return bad(path, "its directory is damaged");
        const auto method = number<std::uint16_t>(all, at + 10);
        const std::size_t size = number<std::uint32_t>(all, at + 20);
        const std::size_t nameSize = number<std::uint16_t>(all, at + 28);
        const std::size_t skip =
            nameSize + number<std::uint16_t>(all, at + 30) + number<std::uint16_t>(all, at + 32);
        const std::size_t local = number<std::uint32_t>(all, at + 42);
        std::string name(all.substr(at + 46, nameSize));
        if (method != 0)
            return bad(path, name + " is compressed");
        if (local + 30 > all.size())
            return bad(path, name + " lies outside the file");
        const std::size_t data = local + 30 + number<std::uint16_t>(all, local + 26)
            + number<std::uint16_t>(all, local + 28);
        if (data + size > all.size())
            return bad(path, name + " is cut short");
        if (name.ends_with(".npy"))
            name.resize(name.size() - 4);
        Result<NpzArray> array = readNpy(all.substr(data, size), path + ":" + name);
        if (!array)
            return array.error();
        arrays.emplace(std::move(name), std::move(*array));
        at += 46 + skip;
    }
    return arrays;
}

} // namespace dt::test
