// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/explore/ExperimentResult.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace dt {

// Numbers as the tables, plots and sentences of experiments have them.

/// Nothing where it was not measured.
ResultCell cell(double value);
/// "fires" in place of a number that a spike makes meaningless.
ResultCell unlessFired(int spikes, double value);
std::string fixed(double value, int digits);
/// "a, b and c"
std::string listed(const std::vector<std::string> &words);
/// NotMeasured when `b` is 0.
double ratio(double a, double b);

/// Where the lowest and the highest value are, NaN left out; nothing when there is none.
struct Extremes
{
    std::size_t low = 0;
    std::size_t high = 0;
};
std::optional<Extremes> extremes(const std::vector<double> &values);

/// The number of digits that a list of decimals is written with suits tables.
int digitsOf(const std::vector<double> &values);

} // namespace dt
