// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/TwinDataset.h"

#include "engine/base/Words.h"
#include "engine/cell/NeuronMatch.h"

#include <array>
#include <utility>

namespace dt {

namespace {

Result<DatasetIdentity> identityOf(const DatasetFile &file, const std::string &path)
{
    std::array<SplitStatistics, 3> statistics;
    for (const Split split : AllSplits) {
        Result<SplitStatistics> found = file.statistics(split);
        if (!found)
            return found.error();
        statistics[static_cast<std::size_t>(split)] = std::move(*found);
    }
    return datasetIdentity(path, file.info(), statistics);
}

/// Inputs are drawn anew for every seed and split, so two builds share simulations only where both
/// are the same. Of imported simulations nobody knows.
bool mayShare(const std::optional<DatasetIdentity> &learntFrom, const DatasetInfo &data,
              Split split)
{
    if (!data.plan)
        return true;
    if (split != Split::Train)
        return false;
    return !learntFrom || !learntFrom->seed || *learntFrom->seed == data.plan->seed;
}

} // namespace

Status fitsTwin(const StoredTwin &twin, const DatasetInfo &data)
{
    if (twin.spec.segments != data.segments)
        return Error{ErrorCode::InvalidValue,
                     "The twin is made for " + counted(twin.spec.segments, "segment")
                         + ", but the data set has " + std::to_string(data.segments)
                         + ". Choose data of the neuron that it was trained on.",
                     "segments"};
    if (twin.contents.neuron && !sameNeuron(*twin.contents.neuron, data.neuron))
        return Error{ErrorCode::InvalidValue,
                     "The data set is of another neuron than the twin. Choose data of the neuron "
                     "that it was trained on.",
                     "neuron"};
    return Done{};
}

Result<DatasetFile> openDatasetOf(const StoredTwin &twin, const std::string &path)
{
    Result<DatasetFile> file = DatasetFile::open(path);
    if (!file)
        return file;
    if (const Status fits = fitsTwin(twin, file->info()); !fits)
        return fits.error();
    if (!twin.contents.dataset)
        return file;
    const Result<DatasetIdentity> identity = identityOf(*file, path);
    if (!identity)
        return identity.error();
    if (!identity->sameData(*twin.contents.dataset))
        return Error{ErrorCode::InvalidValue,
                     path + " is not the data set that this twin was trained on. Locate that one.",
                     path};
    return file;
}

Split splitToLookAt(const DatasetInfo &data)
{
    for (const Split split : {Split::Test, Split::Valid}) {
        if (data.count(split) > 0)
            return split;
    }
    return Split::Train;
}

Result<DatasetForTwin> openDatasetFor(const StoredTwin &twin, const std::string &path)
{
    Result<DatasetFile> file = DatasetFile::open(path);
    if (!file)
        return file.error();
    if (const Status fits = fitsTwin(twin, file->info()); !fits)
        return fits.error();
    const Split split = splitToLookAt(file->info());
    const auto &learntFrom = twin.contents.dataset;
    bool own = false;
    if (learntFrom) {
        const Result<DatasetIdentity> identity = identityOf(*file, path);
        if (!identity)
            return identity.error();
        own = identity->sameData(*learntFrom);
    }
    const bool mayBeKnown = own ? split == Split::Train : mayShare(learntFrom, file->info(), split);
    return DatasetForTwin{std::move(*file), split, own, mayBeKnown};
}

} // namespace dt
