// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"
#include "engine/dataset/Statistics.h"
#include "engine/input/DrawnInput.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace dt {

/// Everything that decides a data set's contents, and nothing else: two builds of one plan give
/// the same file, whatever the number of workers and however often they were interrupted.
struct DatasetPlan
{
    Neuron neuron;
    InputRecipe recipe;
    std::vector<StatisticRange> filter = publishedFilter(); ///< empty: everything is accepted
    std::array<int, 3> wanted{24, 2, 2}; ///< numbers of simulations, indexed by Split
    int durationMs = 8192;
    std::uint64_t seed = 1;
    std::string engine = "neuron";

    bool operator==(const DatasetPlan &) const = default;

    [[nodiscard]] int wantedIn(Split split) const
    {
        return wanted[static_cast<std::size_t>(split)];
    }
    [[nodiscard]] int wantedInAll() const { return wanted[0] + wanted[1] + wanted[2]; }
};

/// Refuses impossible numbers, ranges or neurons with a sentence.
Status validatePlan(const DatasetPlan &plan);

/// Input of candidate `index` of a split: drawn for every segment, kept where the plan's neuron has
/// a synapse of the polarity. So a custom table of synapses leaves the events that remain as they
/// were.
SpikeInput planInput(const DatasetPlan &plan, Split split, std::uint64_t index);

/// Candidates are simulated in blocks of neighbours; a finished block is one shard on disk. The
/// size depends on the plan alone, so that an interrupted build finds its blocks again: small
/// splits get small blocks, so that few simulations are made for nothing.
int blockSize(const DatasetPlan &plan, Split split);

/// How a split came to its simulations.
struct Acceptance
{
    std::uint64_t tried = 0;
    std::uint64_t accepted = 0;
    /// How many were rejected, by the first range that they violated; in the order of Statistic.
    std::array<std::uint64_t, StatisticCount> rejectedBy{};

    bool operator==(const Acceptance &) const = default;
};

/// Acceptances of train, valid and test.
using Acceptances = std::array<Acceptance, 3>;

/// True when, after at least a hundred candidates, fewer than one in fifty was accepted: going on
/// would take for ever.
bool isHopeless(std::uint64_t tried, std::uint64_t accepted);

/// Bytes of the finished data set, from measured simulations (docs/DATASETS.md); within a factor
/// of about 1.5, depending on how lively the neuron is.
std::uint64_t estimateBytes(const DatasetPlan &plan);
/// Bytes that a build needs on disk at its peak: its shards, and the data set made from them.
std::uint64_t estimateBuildBytes(const DatasetPlan &plan);

/// Short name of the NumPy folder layout, e.g.
/// BallAndStickNeuron_Soma_Hay2011_Dend_Lxd_128um_x_4_0um_8segs.
std::string shortName(const Neuron &neuron);

} // namespace dt
