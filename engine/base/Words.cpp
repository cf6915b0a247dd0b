// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Words.h"

#include <array>
#include <charconv>
#include <cmath>

namespace dt {

std::string_view pluralOf(long long count, std::string_view one, std::string_view many)
{
    return count == 1 ? one : many;
}

std::string counted(long long count, std::string_view one, std::string_view many)
{
    std::string text = std::to_string(count) + ' ';
    if (many.empty())
        return text + std::string(one) + (count == 1 ? "" : "s");
    return text + std::string(pluralOf(count, one, many));
}

std::string rounded(double value, int digits)
{
    std::array<char, 64> text{};
    const double size = std::abs(value);
    // Whole numbers that people know as such are not written with an exponent.
    const auto end = size >= 1.0 && size < 1.0e15 && size >= std::pow(10.0, digits) - 0.5
        ? std::to_chars(text.data(), text.data() + text.size(), std::round(value),
                        std::chars_format::fixed, 0)
        : std::to_chars(text.data(), text.data() + text.size(), value == 0.0 ? 0.0 : value,
                        std::chars_format::general, digits);
    return {text.data(), end.ptr};
}

std::string roundedOutside(double value, double lo, double hi)
{
    constexpr int Most = 17; // that a double has
    for (int digits = 6; digits < Most; ++digits) {
        const std::string text = rounded(value, digits);
        double shown = 0.0;
        std::from_chars(text.data(), text.data() + text.size(), shown);
        if (!(shown >= lo && shown <= hi))
            return text;
    }
    return rounded(value, Most);
}

std::string listedWithOr(const std::vector<std::string_view> &words)
{
    std::string list;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0)
            list += i + 1 < words.size() ? ", " : " or ";
        list += words[i];
    }
    return list;
}

} // namespace dt
