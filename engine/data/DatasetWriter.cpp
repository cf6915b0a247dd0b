// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/DatasetWriter.h"

#include "engine/data/NeuronAttributes.h"
#include "engine/json/DatasetJson.h"

#include <nlohmann/json.hpp>

#include <numeric>

namespace dt {

namespace {

using Piece = DatasetWriter::Piece;
using Contents = DatasetWriter::Contents;

/// Room for what is not packed simulations: groups, chunk indices, statistics.
std::size_t bookkeepingBytes(std::size_t simulations)
{
    return (1u << 20) + simulations * 2048;
}

Json acceptanceJson(const std::array<Acceptance, 3> &acceptance)
{
    Json json;
    for (const Split split : AllSplits) {
        const Acceptance &a = acceptance[static_cast<std::size_t>(split)];
        Json rejected = Json::object();
        for (const StatisticInfo &info : statistics()) {
            if (const std::uint64_t n = a.rejectedBy[static_cast<std::size_t>(info.statistic)])
                rejected[std::string(info.name)] = n;
        }
        json[std::string(splitName(split))]
            = {{"tried", a.tried}, {"accepted", a.accepted}, {"rejected_by", rejected}};
    }
    return json;
}

Status writeRoot(hid_t file, const DatasetInfo &info)
{
    if (const Status s = writeHeader(file, "dendrotwin-dataset", info.neuron); !s)
        return s;
    if (const Status s = h5::writeAttribute(file, "source", info.source); !s)
        return s;
    if (const Status s
        = h5::writeAttribute(file, "duration_ms", std::int64_t{info.durationMs});
        !s)
        return s;
    if (info.plan) {
        if (const Status s = h5::writeAttribute(file, "plan", toJson(*info.plan).dump()); !s)
            return s;
        if (const Status s
            = h5::writeAttribute(file, "seed", static_cast<std::int64_t>(info.plan->seed));
            !s)
            return s;
        if (const Status s = h5::writeAttribute(file, "engine", info.plan->engine); !s)
            return s;
        if (const Status s
            = h5::writeAttribute(file, "acceptance", acceptanceJson(info.acceptance).dump());
            !s)
            return s;
    }
    return h5::sealAttributes(file);
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

/// Copies the pieces of one split, source by source.
Status writeSplit(hid_t file, Split split, const Contents &contents, const std::string &path,
                  const std::function<Status()> &copied)
{
    const std::vector<Piece> &pieces = contents.pieces[static_cast<std::size_t>(split)];
    auto held = h5::lock();
    Result<h5::SimulationGroup> target
        = h5::SimulationGroup::create(file, std::string(splitName(split)), pieces.size(),
                                      contents.info.segments, contents.info.durationMs, path);
    if (!target)
        return target.error();
    std::vector<int> isiMs;
    std::optional<h5::SimulationGroup> source;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const Piece &piece = pieces[i];
        if (i == 0 || piece.source != pieces[i - 1].source) {
            Result<h5::SimulationGroup> next = contents.openSource(piece.source);
            if (!next)
                return next.error();
            source.emplace(std::move(*next));
        }
        if (source->segments() != contents.info.segments
            || source->durationMs() != contents.info.durationMs)
            return Error{ErrorCode::Format, path + ": a part of it has another shape.", path};
        if (const Status s = target->copy(i, *source, piece.at); !s)
            return s;
        const Result<std::vector<std::uint8_t>> spikes = source->readSpikes(piece.at);
        if (!spikes)
            return spikes.error();
        const std::vector<int> intervals = interSpikeIntervals(*spikes);
        isiMs.insert(isiMs.end(), intervals.begin(), intervals.end());
        held.unlock(); // a large data set takes a while; others read their files meanwhile
        const Status go = copied();
        held.lock();
        if (!go)
            return go;
    }
    return writeColumns(target->group(), pieces, isiMs, path);
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
    Result<h5::Handle> file = h5::createOnDisk(target->temporaryPath(),
                                               contents.packedBytes + bookkeepingBytes(total),
                                               path);
    if (!file)
        return file.error();
    std::size_t done = 0;
    const auto copied = [&]() -> Status {
        ++done;
        if (progress && !progress(static_cast<double>(done) / static_cast<double>(total)))
            return Error{ErrorCode::Cancelled, "Cancelled; nothing was replaced.", path};
        return Done{};
    };
    Status written = writeRoot(*file, contents.info);
    held.unlock();
    for (const Split split : AllSplits) {
        if (written)
            written = writeSplit(*file, split, contents, path, copied);
    }
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
