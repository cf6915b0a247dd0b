// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/ReadUnits.h"

#include <array>
#include <charconv>
#include <cmath>

namespace dt {

namespace {

constexpr std::string_view Stored = "uS";
constexpr std::string_view Read = "nS";
constexpr double ReadPerStored = 1000.0;

/// The number that a person would have written: a product has last digits of its own.
double tidy(double value)
{
    constexpr int Digits = 15;
    std::array<char, 40> text;
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value,
                                   std::chars_format::general, Digits);
    std::from_chars(text.data(), end.ptr, value);
    return value;
}

} // namespace

std::string_view readUnit(std::string_view storedUnit)
{
    return storedUnit == Stored ? Read : storedUnit;
}

double readValue(double stored, std::string_view storedUnit)
{
    return storedUnit == Stored ? tidy(stored * ReadPerStored) : stored;
}

double storedValue(double read, std::string_view storedUnit)
{
    return storedUnit == Stored ? tidy(read / ReadPerStored) : read;
}

double rainRateHz(double sparsity)
{
    return std::round((1.0 - sparsity) * MaxRainRateHz * 1e9) / 1e9; // 2, not 2.0000000000000018
}

double rainSparsity(double rateHz)
{
    return std::round((1.0 - rateHz / MaxRainRateHz) * 1e12) / 1e12;
}

} // namespace dt
