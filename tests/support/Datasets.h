// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Half.h"
#include "engine/base/Random.h"
#include "engine/cell/Presets.h"
#include "engine/data/BuildFolder.h"
#include "engine/data/DatasetFile.h"
#include "engine/data/ShardFile.h"
#include "engine/input/DrawnInput.h"

#include <algorithm>
#include <functional>

namespace dt::test {

/// Data sets of made-up simulations, which no simulator has seen.

/// A plan for a neuron with two segments; everything is accepted.
inline DatasetPlan smallPlan(std::array<int, 3> wanted = {3, 1, 1}, int durationMs = 300)
{
    DatasetPlan plan;
    plan.neuron = presetNeuron("nmda-cable").value();
    setSegments(plan.neuron, 0, 2);
    plan.wanted = wanted;
    plan.durationMs = durationMs;
    plan.filter.clear();
    return plan;
}

/// The drawn input of a candidate with random voltages, spikes and rates. Depends on the
/// arguments alone.
inline StoredSimulation madeUp(const DatasetPlan &plan, Split split, std::uint64_t index)
{
    const int segments = plan.neuron.segmentCount();
    const auto T = static_cast<std::size_t>(plan.durationMs);
    const std::size_t cells = static_cast<std::size_t>(segments) * T;
    RandomStream random({plan.seed, 0x7465737475ULL, static_cast<std::uint64_t>(split), index});
    Recording r;
    r.neuron = plan.neuron;
    r.input = drawInput(plan.recipe, plan.seed, split, index, segments, plan.durationMs);
    r.durationMs = plan.durationMs;
    r.segments = segments;
    for (std::size_t i = 0; i < cells; ++i)
        r.dendV.push_back(static_cast<float>(random.uniform(-85.0, -20.0)));
    for (std::size_t t = 0; t < T; ++t) {
        r.somaV.push_back(static_cast<float>(random.uniform(-85.0, -62.0)));
        r.instRate.push_back(static_cast<float>(random.uniform(0.0, 0.02)));
        r.spike.push_back(random.uniform() < 0.02);
        r.nearSpike.push_back(random.uniform() < 0.2);
    }
    return storedFrom(r, index);
}

/// Whether a candidate passes; nothing: all do.
using Accepts = std::function<bool(Split, std::uint64_t index)>;
/// Changes a simulation before it is stored; nothing: as made up.
using Edit = std::function<void(Split, StoredSimulation &)>;

/// The finished block of candidates from `first` on, as the builder would make it. Rejected ones
/// carry statistics (all zero) that the published filter rejects for their firing rate.
inline Shard madeUpShard(const DatasetPlan &plan, const std::string &key, Split split,
                         std::uint64_t first, const Accepts &accepts = {}, const Edit &edit = {})
{
    Shard shard;
    shard.plan = key;
    shard.split = split;
    shard.first = first;
    for (std::uint64_t i = first; i < first + static_cast<std::uint64_t>(blockSize(plan, split));
         ++i) {
        const bool accepted = !accepts || accepts(split, i);
        shard.accepted.push_back(accepted);
        if (!accepted) {
            shard.candidates.push_back({});
            continue;
        }
        shard.simulations.push_back(madeUp(plan, split, i));
        if (edit)
            edit(split, shard.simulations.back());
        shard.candidates.push_back(
            statisticsOf(shard.simulations.back(), plan.neuron.segmentCount()));
    }
    return shard;
}

inline Status writeMadeUpShard(const BuildFolder &folder, Split split, std::uint64_t first,
                               const Accepts &accepts = {}, const Edit &edit = {})
{
    const DatasetPlan &plan = folder.plan();
    return writeShard(folder.shardPath(split, first),
                      madeUpShard(plan, folder.planKey(), split, first, accepts, edit),
                      plan.neuron.segmentCount(), plan.durationMs);
}

/// Writes all shards that a build of this plan needs.
inline Status writeMadeUpShards(const BuildFolder &folder, const Accepts &accepts = {},
                                const Edit &edit = {})
{
    for (const Split split : AllSplits) {
        int missing = folder.plan().wantedIn(split);
        const auto block = static_cast<std::uint64_t>(blockSize(folder.plan(), split));
        for (std::uint64_t first = 0; missing > 0; first += block) {
            if (const Status s = writeMadeUpShard(folder, split, first, accepts, edit); !s)
                return s;
            for (std::uint64_t i = first; i < first + block; ++i)
                missing -= !accepts || accepts(split, i);
        }
    }
    return Done{};
}

/// Writes a finished data set of made-up simulations.
inline Status makeDataset(const std::string &path, const DatasetPlan &plan,
                          const Accepts &accepts = {}, const Edit &edit = {})
{
    Result<BuildFolder> folder = BuildFolder::create(path, plan, false);
    if (!folder)
        return folder.error();
    if (const Status s = writeMadeUpShards(*folder, accepts, edit); !s)
        return s;
    return folder->assemble(folder->scan(), {});
}

/// Takes the spikes out of a split.
inline Edit withoutSpikes(Split without)
{
    return [without](Split split, StoredSimulation &simulation) {
        if (split == without)
            std::fill(simulation.spikes.begin(), simulation.spikes.end(), std::uint8_t{0});
    };
}

inline bool sameNumbers(const StoredSimulation &a, const StoredSimulation &b)
{
    return a.inputs == b.inputs && a.spikes == b.spikes && a.nearSpikes == b.nearSpikes
        && a.somaV == b.somaV && a.instRate == b.instRate && a.dendV == b.dendV;
}

} // namespace dt::test
