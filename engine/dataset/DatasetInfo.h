// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/dataset/DatasetPlan.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dt {

/// What a data set says about itself.
struct DatasetInfo
{
    Neuron neuron;
    int segments = 0;
    int durationMs = 0;
    std::array<std::size_t, 3> simulations{}; ///< numbers of simulations, indexed by Split
    /// How it was built; nothing for imported data.
    std::optional<DatasetPlan> plan;
    Acceptances acceptance{};
    /// "build", "numpy" (imported), or "filter" (made from another data set).
    std::string source;

    [[nodiscard]] std::size_t count(Split split) const
    {
        return simulations[static_cast<std::size_t>(split)];
    }
    [[nodiscard]] std::size_t countInAll() const
    {
        return simulations[0] + simulations[1] + simulations[2];
    }
};

/// The statistics of all simulations of a split, for histograms and for finding simulations.
struct SplitStatistics
{
    std::vector<std::uint64_t> index; ///< candidate numbers
    std::vector<StatisticValues> values; ///< one for each index
    std::vector<int> isiMs; ///< all inter-spike intervals, pooled
};

} // namespace dt
