// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/explore/Measures.h"

#include <string>
#include <vector>

namespace dt {

/// A number measured several times.
struct MeanError
{
    double mean = NotMeasured;
    double error = NotMeasured; ///< standard error of the mean; of one number none is known
};

/// Numbers that were not measured are left out.
MeanError meanError(const std::vector<double> &values);

/// Spikes of equal runs with other random events.
struct TrainStatistics
{
    int spikes = 0; ///< of all runs
    MeanError rateHz; ///< over runs
    double stepHz = NotMeasured; ///< one spike more or less in all of them together
    std::vector<double> intervalsMs; ///< between neighbouring spikes, run by run
    MeanError intervalMs; ///< over intervals
    double intervalCv = NotMeasured; ///< their standard deviation over their mean
};

/// `seconds`: of each run.
TrainStatistics trainStatistics(const std::vector<const PotentialMeasures *> &runs, double seconds);

/// For the title of a plot with error bars: ", Mean and Standard Error of 5 Seeds"; nothing for
/// one.
std::string seedsText(int seeds);

/// Times between neighbouring spikes [ms].
std::vector<double> intervals(const PotentialMeasures &measures);

} // namespace dt
