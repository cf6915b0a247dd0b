// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/ShardFile.h"

#include "engine/base/Version.h"
#include "engine/data/DatasetLayout.h"
#include "engine/data/NeuronAttributes.h"

#include <algorithm>
#include <cstdio>

namespace dt {

namespace {

constexpr const char *ShardFormat = "dendrotwin-shard";

Status fillShard(hid_t file, const Shard &shard, int segments, int durationMs,
                 const std::string &path)
{
    if (const Status s = h5::writeAttribute(file, "format", std::string(ShardFormat)); !s)
        return s;
    if (const Status s = h5::writeAttribute(file, "format_version", std::int64_t{FormatVersion});
        !s)
        return s;
    if (const Status s =
            h5::writeAttribute(file, "created_by", "DendroTwin " + std::string(ProgramVersion));
        !s)
        return s;
    if (const Status s = h5::writeAttribute(file, "split", std::string(splitName(shard.split))); !s)
        return s;
    if (const Status s = h5::writeAttribute(file, "plan", shard.plan); !s)
        return s;
    const std::uint64_t first[] = {shard.first};
    if (const Status s =
            h5::writeColumn(file, "first", H5T_STD_U64LE, H5T_NATIVE_UINT64, first, 1, "", path);
        !s)
        return s;
    if (const Status s = h5::writeColumn(file, "accepted", H5T_STD_U8LE, H5T_NATIVE_UINT8,
                                         shard.accepted.data(), shard.accepted.size(), "", path);
        !s)
        return s;
    if (const Status s =
            h5::write(file, "candidates", {shard.candidates.size(), StatisticCount}, H5T_IEEE_F64LE,
                      H5T_NATIVE_DOUBLE, shard.candidates.data(), "", path);
        !s)
        return s;
    Result<h5::SimulationGroup> group = h5::SimulationGroup::create(
        file, "simulations", shard.simulations.size(), segments, durationMs, path);
    if (!group)
        return group.error();
    for (std::size_t i = 0; i < shard.simulations.size(); ++i) {
        if (const Status s = group->write(i, shard.simulations[i]); !s)
            return s;
    }
    return Done{};
}

} // namespace

std::string shardName(Split split, std::uint64_t first)
{
    char number[32];
    std::snprintf(number, sizeof number, "-%010llu.h5", static_cast<unsigned long long>(first));
    return std::string(splitName(split)) + number;
}

Status writeShard(const std::string &path, const Shard &shard, int segments, int durationMs)
{
    const auto held = h5::lock();
    return h5::writeFile(
        path, true, [&](hid_t file) { return fillShard(file, shard, segments, durationMs, path); });
}

Result<ShardSummary> readShardSummary(const std::string &path)
{
    const auto held = h5::lock();
    const Result<h5::Handle> file = h5::openForReading(path);
    if (!file)
        return file.error();
    if (const Status header = checkHeader(*file, ShardFormat, path); !header)
        return header.error();
    ShardSummary shard;
    shard.path = path;
    const Result<std::string> split = h5::readTextAttribute(*file, "split", path);
    if (!split)
        return split.error();
    if (const Result<std::string> plan = h5::readTextAttribute(*file, "plan", path); plan)
        shard.plan = *plan;
    bool known = false;
    for (const Split s : AllSplits) {
        if (*split == splitName(s)) {
            shard.split = s;
            known = true;
        }
    }
    const Result<h5::Shape> shape = h5::shapeOf(*file, "candidates", path);
    if (!shape)
        return shape.error();
    const Result<h5::Shape> flags = h5::shapeOf(*file, "accepted", path);
    if (!flags)
        return flags.error();
    if (!known || shape->dims.size() != 2 || shape->dims[1] != StatisticCount
        || flags->dims != std::vector<hsize_t>{shape->dims[0]} || shape->dims[0] > 100000)
        return h5::damaged(path, "its parts do not fit together");
    shard.candidates.resize(shape->dims[0]);
    shard.accepted.resize(shape->dims[0]);
    std::uint64_t first[1] = {};
    for (const Status &s :
         {h5::read(*file, "candidates", H5T_NATIVE_DOUBLE, shard.candidates.data(), path),
          h5::read(*file, "accepted", H5T_NATIVE_UINT8, shard.accepted.data(), path),
          h5::read(*file, "first", H5T_NATIVE_UINT64, first, path)}) {
        if (!s)
            return s.error();
    }
    shard.first = first[0];
    return shard;
}

Status verifyShard(const ShardSummary &shard, int segments, int durationMs)
{
    const auto held = h5::lock();
    const Result<h5::Handle> file = h5::openForReading(shard.path);
    if (!file)
        return file.error();
    const Result<h5::SimulationGroup> group =
        h5::SimulationGroup::open(*file, "simulations", shard.path);
    if (!group)
        return group.error();
    const auto accepted = std::count(shard.accepted.begin(), shard.accepted.end(), 1);
    if (group->segments() != segments || group->durationMs() != durationMs
        || group->count() != static_cast<std::size_t>(accepted))
        return h5::damaged(shard.path, "its parts do not fit together");
    std::size_t at = 0;
    for (std::size_t i = 0; i < shard.accepted.size(); ++i) {
        if (!shard.accepted[i])
            continue;
        const Result<StoredSimulation> simulation = group->read(at++);
        if (!simulation)
            return simulation.error();
        if (statisticsOf(*simulation, segments) != shard.candidates[i])
            return h5::damaged(shard.path, "its statistics do not fit its data");
    }
    return Done{};
}

} // namespace dt
