// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/explore/Measures.h"

#include <string>
#include <vector>

namespace dt {

/// The mean of a number that was measured several times.
struct MeanError
{
    double mean = NotMeasured;
    double error = NotMeasured; ///< standard error of the mean; NotMeasured for a single number
};

/// Mean and standard error. Numbers that were not measured are left out.
MeanError meanError(const std::vector<double> &values);

/// Statistics of the spikes of several runs that differ only in their random events.
struct TrainStatistics
{
    int spikes = 0; ///< number of spikes in all runs
    MeanError rateHz; ///< mean over runs
    double stepHz = NotMeasured; ///< change of rateHz by one spike more in all runs together
    std::vector<double> intervalsMs; ///< between neighbouring spikes, run by run
    MeanError intervalMs; ///< mean over intervals
    double intervalCv = NotMeasured; ///< coefficient of variation: standard deviation / mean
};

/// `seconds`: duration of each run.
TrainStatistics trainStatistics(const std::vector<const PotentialMeasures *> &runs, double seconds);

/// The end of the title of a plot with error bars: ", Mean and Standard Error of 5 Seeds"; "" for
/// one seed.
std::string seedsText(int seeds);

/// Times between neighbouring spikes [ms].
std::vector<double> intervals(const PotentialMeasures &measures);

} // namespace dt
