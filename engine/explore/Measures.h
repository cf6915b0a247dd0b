// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>
#include <span>
#include <vector>

namespace dt {

/// Measurements on one voltage trace, as an electrophysiologist would take them with two cursors.
/// Pure functions over samples of equal distance from t = 0; used by the experiments and by the
/// markers of the plots. Any thread.

/// Stands for "there is none", e.g. for the half-width of a response that the trace ends in. Test
/// it with std::isnan().
inline constexpr double NotMeasured = std::numeric_limits<double>::quiet_NaN();

/// Which way a response may go.
enum class Direction {
    Up, ///< the highest sample is the peak
    Down, ///< the lowest sample is the peak
    Either, ///< whichever lies farther from the base
};

/// Where to measure. Times in ms from the start of the trace.
struct MeasureWindow
{
    double eventMs = 0.0; ///< the event arrives; the base is the sample at this time
    double untilMs = 1.0e9; ///< the response is looked for up to here
    double levelMv = 0.0; ///< the level of aboveMs
    double spikeMv = 0.0; ///< a local maximum above this is a spike
    double steadyMs = 1.0; ///< the steady value is the mean of the last so many ms
    Direction direction = Direction::Up;
};

/// What is measured between event and end. mV and ms; NotMeasured where there is none.
struct PotentialMeasures
{
    double baseMv = NotMeasured; ///< just before the event takes effect
    double peakMv = NotMeasured; ///< extreme value in the window
    double amplitudeMv = NotMeasured; ///< peak - base; negative for a dip
    double peakMs = NotMeasured; ///< time of the peak, from the start of the trace
    double timeToPeakMs = NotMeasured; ///< from the event
    double latencyMs = NotMeasured; ///< from the event to 10 % of the amplitude
    double riseMs = NotMeasured; ///< 10 to 90 % of the amplitude
    double halfWidthMs = NotMeasured; ///< between the half amplitudes around the peak
    double aboveMs = NotMeasured; ///< time above levelMv in the window
    double areaMvMs = NotMeasured; ///< integral of V - base over the window
    double meanMv = NotMeasured; ///< over the window
    double sdMv = NotMeasured; ///< standard deviation over the window
    double steadyMv = NotMeasured; ///< mean of the last steadyMs of the window
    int spikes = 0; ///< local maxima above spikeMv in the window
    std::vector<double> spikeMs; ///< times of the spikes, from the start of the trace
};

/// Times between samples are interpolated. A window outside the trace, or an empty trace, gives
/// NotMeasured everywhere.
PotentialMeasures measurePotential(std::span<const float> mv, double samplesPerMs,
                                   const MeasureWindow &window);

/// When the trace first crosses the level at or after fromMs and up to untilMs, either way [ms].
double crossingMs(std::span<const float> mv, double samplesPerMs, double levelMv, double fromMs,
                  double untilMs);

} // namespace dt
