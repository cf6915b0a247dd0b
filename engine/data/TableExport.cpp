// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/TableExport.h"

#include "engine/base/FreeName.h"
#include "engine/data/NpyFile.h"
#include "engine/data/ZipFile.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace dt {

namespace {

/// Signs of units as people write them in plain letters.
std::string inPlainLetters(std::string text)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> Signs{
        {{"\u00b5", "u"},
         {"\u03bc", "u"},
         {"\u03a9", "ohm"},
         {"\u2126", "ohm"},
         {"\u03bb", "lambda"},
         {"\u00b2", "2"}}};
    for (const auto &[sign, letters] : Signs) {
        for (std::size_t at = text.find(sign); at != std::string::npos; at = text.find(sign, at))
            text.replace(at, sign.size(), letters);
    }
    return text;
}

/// What could be written in a program: letters, digits and single underscores.
std::string arrayName(const std::string &head, std::set<std::string> &taken)
{
    std::string name;
    for (const char c : inPlainLetters(head)) {
        const bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (plain)
            name += c;
        else if (!name.empty() && name.back() != '_')
            name += '_';
    }
    while (!name.empty() && name.back() == '_')
        name.pop_back();
    if (name.empty())
        name = "column";
    const std::string unique =
        freeName(name, "_", [&](const std::string &one) { return taken.contains(one); });
    taken.insert(unique);
    return unique;
}

bool isMissing(const std::string &cell)
{
    return cell.empty() || cell == "-" || cell == "–" || cell == "—";
}

std::optional<double> numberOf(const std::string &cell)
{
    double value = 0.0;
    const char *end = cell.data() + cell.size();
    const auto [at, error] = std::from_chars(cell.data(), end, value);
    if (error != std::errc() || at != end)
        return std::nullopt;
    return value;
}

/// All cells, or nothing when one is neither a number nor missing.
std::optional<std::vector<double>> numbersOf(const std::vector<std::string> &cells)
{
    std::vector<double> values;
    for (const std::string &cell : cells) {
        if (isMissing(cell)) {
            values.push_back(std::numeric_limits<double>::quiet_NaN());
            continue;
        }
        const std::optional<double> value = numberOf(cell);
        if (!value)
            return std::nullopt;
        values.push_back(*value);
    }
    return values;
}

/// Code points of valid UTF-8; what is not valid is taken byte by byte.
std::vector<std::uint32_t> codePoints(const std::string &text)
{
    std::vector<std::uint32_t> points;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        if (length == 1 || i + length > text.size()) {
            points.push_back(lead);
            ++i;
            continue;
        }
        std::uint32_t point = lead & (0xFFU >> (length + 1));
        for (std::size_t k = 1; k < length; ++k)
            point = (point << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
        points.push_back(point);
        i += length;
    }
    return points;
}

std::string textArray(const std::vector<std::string> &cells)
{
    std::vector<std::vector<std::uint32_t>> rows;
    std::size_t width = 1;
    for (const std::string &cell : cells) {
        rows.push_back(codePoints(cell));
        width = std::max(width, rows.back().size());
    }
    std::vector<std::uint32_t> flat(rows.size() * width, 0);
    for (std::size_t r = 0; r < rows.size(); ++r)
        std::copy(rows[r].begin(), rows[r].end(),
                  flat.begin() + static_cast<std::ptrdiff_t>(r * width));
    return npyBytes("<U" + std::to_string(width), {rows.size()}, flat.data(),
                    flat.size() * sizeof(std::uint32_t));
}

} // namespace

std::string tableAsNpz(const std::vector<TextColumn> &columns)
{
    ZipWriter zip;
    std::set<std::string> taken;
    for (const TextColumn &column : columns) {
        const std::string name = arrayName(column.head, taken) + ".npy";
        if (const std::optional<std::vector<double>> numbers = numbersOf(column.cells))
            zip.add(name,
                    npyBytes("<f8", {numbers->size()}, numbers->data(),
                             numbers->size() * sizeof(double)));
        else
            zip.add(name, textArray(column.cells));
    }
    return zip.finish();
}

} // namespace dt
