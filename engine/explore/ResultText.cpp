// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/ResultText.h"

#include "engine/explore/Measures.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace dt {

ResultCell cell(double value)
{
    if (std::isnan(value))
        return std::monostate{};
    return value;
}

ResultCell unlessFired(int spikes, double value)
{
    return spikes > 0 ? ResultCell(std::string("fires")) : cell(value);
}

std::string fixed(double value, int digits)
{
    std::array<char, 400> text{}; // the largest double and its digits behind the point
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value,
                                   std::chars_format::fixed, digits);
    // "-0.0" says nothing that "0.0" does not.
    const std::string result(text.data(), end.ptr);
    if (result.find_first_not_of("-0.") == std::string::npos && result.front() == '-')
        return result.substr(1);
    return result;
}

std::string listed(const std::vector<std::string> &words)
{
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0)
            text += i + 1 == words.size() ? " and " : ", ";
        text += words[i];
    }
    return text;
}

double ratio(double a, double b)
{
    return b == 0.0 ? NotMeasured : a / b;
}

std::optional<Extremes> extremes(const std::vector<double> &values)
{
    std::optional<Extremes> found;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isnan(values[i]))
            continue;
        if (!found)
            found = Extremes{i, i};
        if (values[i] < values[found->low])
            found->low = i;
        if (values[i] > values[found->high])
            found->high = i;
    }
    return found;
}

int digitsOf(const std::vector<double> &values)
{
    for (int digits = 0; digits < 4; ++digits) {
        const double scale = std::pow(10.0, digits);
        const bool enough = std::all_of(values.begin(), values.end(), [&](double v) {
            return std::abs(v * scale - std::round(v * scale)) < 1e-6 * std::max(1.0, std::abs(v));
        });
        if (enough)
            return digits;
    }
    return 4;
}

} // namespace dt
