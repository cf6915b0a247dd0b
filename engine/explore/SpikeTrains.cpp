// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/SpikeTrains.h"

#include <cmath>

namespace dt {

namespace {

/// The standard deviation of a sample, with n - 1; NotMeasured for a single number.
double standardDeviation(const std::vector<double> &values, double mean)
{
    double squares = 0.0;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    return values.size() > 1 ? std::sqrt(squares / static_cast<double>(values.size() - 1))
                             : NotMeasured;
}

} // namespace

MeanError meanError(const std::vector<double> &values)
{
    std::vector<double> measured;
    double sum = 0.0;
    for (const double value : values) {
        if (std::isnan(value))
            continue;
        measured.push_back(value);
        sum += value;
    }
    if (measured.empty())
        return {};
    const auto n = static_cast<double>(measured.size());
    return {sum / n, standardDeviation(measured, sum / n) / std::sqrt(n)};
}

std::string seedsText(int seeds)
{
    return seeds > 1 ? ", Mean and Standard Error of " + std::to_string(seeds) + " Seeds"
                     : std::string();
}

std::vector<double> intervals(const PotentialMeasures &measures)
{
    std::vector<double> between;
    for (std::size_t i = 1; i < measures.spikeMs.size(); ++i)
        between.push_back(measures.spikeMs[i] - measures.spikeMs[i - 1]);
    return between;
}

TrainStatistics trainStatistics(const std::vector<const PotentialMeasures *> &runs, double seconds)
{
    TrainStatistics train;
    if (runs.empty() || !(seconds > 0.0))
        return train;
    std::vector<double> rates;
    for (const PotentialMeasures *run : runs) {
        train.spikes += run->spikes;
        rates.push_back(run->spikes / seconds);
        const std::vector<double> between = intervals(*run);
        train.intervalsMs.insert(train.intervalsMs.end(), between.begin(), between.end());
    }
    train.rateHz = meanError(rates);
    train.stepHz = 1.0 / (seconds * static_cast<double>(runs.size()));
    train.intervalMs = meanError(train.intervalsMs);
    if (train.intervalsMs.size() > 1)
        train.intervalCv =
            standardDeviation(train.intervalsMs, train.intervalMs.mean) / train.intervalMs.mean;
    return train;
}

} // namespace dt
