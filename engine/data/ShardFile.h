// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/dataset/DatasetPlan.h"
#include "engine/dataset/StoredSimulation.h"

#include <cstdint>
#include <string>
#include <vector>

namespace dt {

/// A finished block of a build in progress: which candidates were tried, what their statistics
/// were, and the accepted simulations. A shard appears under its name only when it is complete.
struct Shard
{
    std::string plan; ///< planKey() of the build it belongs to
    Split split = Split::Train;
    std::uint64_t first = 0; ///< number of the first candidate
    std::vector<StatisticValues> candidates; ///< statistics of every candidate tried, in order
    std::vector<std::uint8_t> accepted; ///< 0 or 1 for each candidate
    std::vector<StoredSimulation> simulations; ///< the accepted candidates, in order
};

/// What a shard holds, without its simulations.
struct ShardSummary
{
    std::string path;
    std::string plan;
    Split split = Split::Train;
    std::uint64_t first = 0;
    std::vector<StatisticValues> candidates;
    std::vector<std::uint8_t> accepted;
};

/// Name of a shard in the folder of a build.
std::string shardName(Split split, std::uint64_t first);

Status writeShard(const std::string &path, const Shard &shard, int segments, int durationMs);

/// Damaged files and files of another kind are an Error: a resumed build makes such a shard again.
Result<ShardSummary> readShardSummary(const std::string &path);

/// Reads the simulations, too, and checks checksums, shapes, and that the statistics are theirs.
Status verifyShard(const ShardSummary &shard, int segments, int durationMs);

} // namespace dt
