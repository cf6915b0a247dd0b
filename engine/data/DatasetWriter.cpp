// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/DatasetWriter.h"

#include "engine/data/NeuronAttributes.h"
#include "engine/data/TextSeal.h"
#include "engine/json/DatasetJson.h"

#include <algorithm>
#include <optional>

namespace dt {

namespace {

using Piece = DatasetWriter::Piece;
using Contents = DatasetWriter::Contents;

/// Room for what is not packed simulations: groups, chunk indices, statistics.
std::size_t bookkeepingBytes(std::size_t simulations)
{
    return (1u << 20) + simulations * 2048;
}

Status writeRoot(hid_t file, const DatasetInfo &info)
{
    if (const Status s = writeHeader(file, "dendrotwin-dataset", info.neuron); !s)
        return s;
    if (const Status s = h5::writeAttribute(file, "source", info.source); !s)
        return s;
    if (const Status s = h5::writeAttribute(file, "duration_ms", std::int64_t{info.durationMs}); !s)
        return s;
    if (info.plan) {
        if (const Status s = h5::writeAttribute(file, "plan", planText(*info.plan)); !s)
            return s;
        if (const Status s = h5::writeAttribute(file, "seed", info.plan->seed); !s)
            return s;
        if (const Status s = h5::writeAttribute(file, "engine", info.plan->engine); !s)
            return s;
        if (const Status s =
                h5::writeAttribute(file, "acceptance", acceptanceText(info.acceptance));
            !s)
            return s;
    }
    return Done{};
}

Status writeColumns(hid_t group, const std::vector<Piece> &pieces, const std::vector<int> &isiMs,
                    const std::string &path)
{
    std::vector<std::uint64_t> index;
    for (const Piece &piece : pieces)
        index.push_back(piece.index);
    if (const Status s = h5::writeColumn(group, "simulation_index", H5T_STD_U64LE,
                                         H5T_NATIVE_UINT64, index.data(), index.size(), "", path);
        !s)
        return s;
    if (const Status s = h5::writeColumn(group, "isi_ms", H5T_STD_I32LE, H5T_NATIVE_INT,
                                         isiMs.data(), isiMs.size(), "ms", path);
        !s)
        return s;
    const h5::Handle statisticsGroup = h5::createGroup(group, "statistics");
    if (!statisticsGroup.ok())
        return h5::writeError(path);
    for (const StatisticInfo &info : statistics()) {
        std::vector<double> column;
        for (const Piece &piece : pieces)
            column.push_back(piece.statistics[static_cast<std::size_t>(info.statistic)]);
        if (const Status s = h5::writeColumn(statisticsGroup, std::string(info.name),
                                             H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, column.data(),
                                             column.size(), std::string(info.unit), path);
            !s)
            return s;
    }
    return Done{};
}

/// Calls `work` for every piece of one split with the open source it lies in. The library's lock
/// is free in between: a large data set takes a while, and others read their files meanwhile.
Status forPieces(Split split, const Contents &contents, const std::string &path,
                 const std::function<Status(std::size_t, const h5::SimulationGroup &)> &work,
                 const std::function<Status()> &worked)
{
    const std::vector<Piece> &pieces = contents.pieces[static_cast<std::size_t>(split)];
    auto held = h5::lock();
    std::optional<h5::SimulationGroup> source;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (i == 0 || pieces[i].source != pieces[i - 1].source) {
            Result<h5::SimulationGroup> next = contents.openSource(pieces[i].source);
            if (!next)
                return next.error();
            source.emplace(std::move(*next));
            if (source->segments() != contents.info.segments
                || source->durationMs() != contents.info.durationMs)
                return Error{ErrorCode::Format, path + ": a part of it has another shape.", path};
        }
        if (const Status s = work(i, *source); !s)
            return s;
        held.unlock();
        const Status go = worked();
        held.lock();
        if (!go)
            return go;
    }
    return Done{};
}

/// Everything but the simulations: groups, empty data sets, columns. All text is in here, so that
/// it lies at the beginning of the file.
Status writeFrame(hid_t file, Split split, const Contents &contents,
                  std::optional<h5::SimulationGroup> &group, const std::string &path,
                  const std::function<Status()> &worked)
{
    const std::vector<Piece> &pieces = contents.pieces[static_cast<std::size_t>(split)];
    std::vector<int> isiMs;
    const auto collect = [&](std::size_t i, const h5::SimulationGroup &source) -> Status {
        const Result<std::vector<std::uint8_t>> spikes = source.readSpikes(pieces[i].at);
        if (!spikes)
            return spikes.error();
        const std::vector<int> intervals = interSpikeIntervals(*spikes);
        isiMs.insert(isiMs.end(), intervals.begin(), intervals.end());
        return Done{};
    };
    if (const Status s = forPieces(split, contents, path, collect, worked); !s)
        return s;
    const auto held = h5::lock();
    Result<h5::SimulationGroup> made =
        h5::SimulationGroup::create(file, std::string(splitName(split)), pieces.size(),
                                    contents.info.segments, contents.info.durationMs, path);
    if (!made)
        return made.error();
    group.emplace(std::move(*made));
    return writeColumns(group->group(), pieces, isiMs, path);
}

Status writeContents(hid_t file, const std::string &temporary, const Contents &contents,
                     const std::string &path, const ProgressFunction &progress)
{
    double total = 0.0;
    for (const std::vector<Piece> &pieces : contents.pieces)
        total += static_cast<double>(pieces.size());
    // Looking at the spikes first is a small part of the work.
    constexpr double FrameShare = 0.1;
    double done = 0.0;
    const auto worked = [&](double share) -> Status {
        done += share / total;
        if (progress && !progress(std::min(done, 1.0)))
            return Error{ErrorCode::Cancelled, "Cancelled; nothing was replaced.", path};
        return Done{};
    };
    std::array<std::optional<h5::SimulationGroup>, 3> groups;
    for (const Split split : AllSplits) {
        if (const Status s =
                writeFrame(file, split, contents, groups[static_cast<std::size_t>(split)], path,
                           [&] { return worked(FrameShare); });
            !s)
            return s;
    }
    {
        const auto held = h5::lock();
        if (const Status s = h5::sealText(file, temporary, path); !s)
            return s;
        if (const Status s = h5::sealAttributes(file); !s)
            return s;
    }
    for (const Split split : AllSplits) {
        const auto number = static_cast<std::size_t>(split);
        const auto copy = [&](std::size_t i, const h5::SimulationGroup &source) {
            return groups[number]->copy(i, source, contents.pieces[number][i].at);
        };
        if (const Status s =
                forPieces(split, contents, path, copy, [&] { return worked(1.0 - FrameShare); });
            !s)
            return s;
    }
    const auto held = h5::lock();
    groups = {}; // closes them
    return Done{};
}

} // namespace

Status DatasetWriter::write(const std::string &path, const Contents &contents, bool replace,
                            const ProgressFunction &progress)
{
    Result<TargetFile> target = TargetFile::prepare(path, replace);
    if (!target)
        return target.error();
    std::size_t total = 0;
    for (const std::vector<Piece> &pieces : contents.pieces)
        total += pieces.size();
    auto held = h5::lock();
    Result<h5::Handle> file = h5::createOnDisk(
        target->temporaryPath(), contents.packedBytes + bookkeepingBytes(total), path);
    if (!file)
        return file.error();
    Status written = writeRoot(*file, contents.info);
    held.unlock();
    if (written)
        written = writeContents(*file, target->temporaryPath(), contents, path, progress);
    held.lock();
    if (written && H5Fflush(*file, H5F_SCOPE_GLOBAL) < 0)
        written = h5::writeError(path);
    if (!file->close() && written)
        written = h5::writeError(path);
    held.unlock();
    if (!written)
        return written;
    return target->commit();
}

} // namespace dt
