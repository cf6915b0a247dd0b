// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/TwinDataset.h"

#include "engine/model/Words.h"

#include <array>
#include <utility>

namespace dt {

Status fitsTwin(const StoredTwin &twin, const DatasetInfo &data)
{
    if (twin.spec.segments != data.segments)
        return Error{ErrorCode::InvalidValue,
                     "The twin is made for " + counted(twin.spec.segments, "segment")
                         + ", but the data set has " + std::to_string(data.segments)
                         + ". Choose data of the neuron that it was trained on.",
                     "segments"};
    if (twin.contents.neuron && !(*twin.contents.neuron == data.neuron))
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
    std::array<SplitStatistics, 3> statistics;
    for (const Split split : AllSplits) {
        Result<SplitStatistics> found = file->statistics(split);
        if (!found)
            return found.error();
        statistics[static_cast<std::size_t>(split)] = std::move(*found);
    }
    if (!datasetIdentity(path, file->info(), statistics).sameData(*twin.contents.dataset))
        return Error{ErrorCode::InvalidValue,
                     path + " is not the data set that this twin was trained on. Locate that one.",
                     path};
    return file;
}

} // namespace dt
