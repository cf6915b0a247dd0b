// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/recording/Recording.h"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dt {

/// The twelve numbers a simulation is known by: for histograms, for finding it and for the quality
/// filter. All are taken over the whole simulation; standard deviations are population values.
enum class Statistic {
    FiringRateHz,
    NearSpikeMean,
    SomaVMean,
    SomaVSd,
    InstRateMeanHz,
    InstRateSdHz,
    DendVMean,
    DendVSd,
    ExcMean,
    ExcSd,
    InhMean,
    InhSd,
};
inline constexpr std::size_t StatisticCount = 12;

struct StatisticInfo
{
    Statistic statistic;
    std::string_view name; ///< on the command line and in files, e.g. firing_rate_hz
    std::string_view title; ///< in plots
    std::string_view unit;
};

/// All statistics in the order of the enumeration.
std::span<const StatisticInfo> statistics();
const StatisticInfo *findStatistic(std::string_view name);

/// The values of one simulation, indexed by Statistic.
using StatisticValues = std::array<double, StatisticCount>;

/// Plain arrays of one simulation as they are stored: rates in spikes/ms, T ms, n segments.
struct SimulationArrays
{
    std::span<const float> exc; ///< n*T weights
    std::span<const float> inh; ///< n*T weights
    std::span<const float> somaV; ///< T [mV]
    std::span<const float> dendV; ///< n*T [mV]
    std::span<const float> instRate; ///< T [spikes/ms]
    std::span<const std::uint8_t> spike; ///< T, 0 or 1
    std::span<const std::uint8_t> nearSpike; ///< T, 0 or 1
};

StatisticValues computeStatistics(const SimulationArrays &arrays);

/// Intervals between successive spikes [ms].
std::vector<int> interSpikeIntervals(std::span<const std::uint8_t> spike);

/// A closed range on one statistic.
struct StatisticRange
{
    Statistic statistic = Statistic::FiringRateHz;
    double lo = 0.0;
    double hi = 0.0;
    bool operator==(const StatisticRange &) const = default;
    [[nodiscard]] bool contains(double value) const { return value >= lo && value <= hi; }
};

/// What the published data sets accept.
std::vector<StatisticRange> publishedFilter();

/// The first range that a simulation violates; nothing when it is accepted.
std::optional<StatisticRange> firstViolation(const StatisticValues &values,
                                             std::span<const StatisticRange> filter);

/// Reads a range such as "firing_rate_hz=0.4:20".
Result<StatisticRange> parseRange(std::string_view text);

} // namespace dt
