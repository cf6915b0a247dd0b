// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace dt {

// The one place that knows in what other units people read and type what is stored.

/// What people read and type of numbers that are stored in another unit. Conductances are stored in
/// uS, NEURON's unit, by which parameters and files are named, and read in nS: 0.4 and not 0.0004.
std::string_view readUnit(std::string_view storedUnit);
/// Tidy decimals: 0.0004 uS are 0.4 nS and back.
double readValue(double stored, std::string_view storedUnit);
double storedValue(double read, std::string_view storedUnit);

/// How people count rain: events a second on each segment [Hz], at most one a ms; and back.
inline constexpr double MaxRainRateHz = 1000.0;
double rainRateHz(double sparsity);
double rainSparsity(double rateHz);

} // namespace dt
