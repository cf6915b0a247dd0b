// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace dt {

// The one place that knows in what other units people read and type what is stored.

/// The unit in which people read and type numbers that are stored in `storedUnit`. Conductances are
/// stored in uS, NEURON's unit, after which parameters and files are named, and read in nS: 0.4
/// rather than 0.0004.
std::string_view readUnit(std::string_view storedUnit);
/// Convert a stored number to the unit it is read in, and back, with tidy decimals: 0.0004 uS are
/// 0.4 nS.
double readValue(double stored, std::string_view storedUnit);
double storedValue(double read, std::string_view storedUnit);

/// Rain is stored as a sparsity, the share of ms without an event, and read as a rate: events a
/// second on each segment [Hz], at most one a ms.
inline constexpr double MaxRainRateHz = 1000.0;
double rainRateHz(double sparsity);
double rainSparsity(double rateHz);

} // namespace dt
