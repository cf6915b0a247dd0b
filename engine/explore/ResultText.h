// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/explore/ExperimentResult.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace dt {

// Numbers as the tables, plots and sentences of experiments have them.

/// The number as a cell of a table; an empty cell for NotMeasured.
ResultCell cell(double value);
/// The number as a cell, or "fires" when a spike makes it meaningless.
ResultCell unlessFired(int spikes, double value);
std::string fixed(double value, int digits);
/// "a, b and c"
std::string listed(const std::vector<std::string> &words);
/// a / b; NotMeasured when `b` is 0.
double ratio(double a, double b);

/// Indices of the lowest and the highest value. NaN is left out; nothing when there is no other.
struct Extremes
{
    std::size_t low = 0;
    std::size_t high = 0;
};
std::optional<Extremes> extremes(const std::vector<double> &values);

/// Digits after the point that these numbers need, at most 4.
int digitsOf(const std::vector<double> &values);

} // namespace dt
