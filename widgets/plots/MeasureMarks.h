// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>

namespace dt {

/// Where the measures of one response lie in a plot of voltage over time [ms, mV]. A measure that
/// does not exist is NaN.
struct MeasureMarks
{
    static constexpr double None = std::numeric_limits<double>::quiet_NaN();
    double baseMs = None;
    double baseMv = None;
    double peakMs = None;
    double peakMv = None;
    double riseFromMs = None; ///< 10 % of the amplitude
    double riseToMs = None; ///< 90 % of the amplitude
    double halfFromMs = None; ///< half of the amplitude, before the peak
    double halfToMs = None; ///< half of the amplitude, after the peak
};

} // namespace dt
