// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/data/DatasetFile.h"
#include "engine/jobs/StoredTwin.h"

#include <string>

namespace dt {

/// Whether the data set is of the twin's neuron; a twin of an unknown one is only asked for its
/// segments.
Status fitsTwin(const StoredTwin &twin, const DatasetInfo &data);

/// Opens a data set that shall be the one the twin was trained on, wherever it lies now. Refuses
/// others; a twin that does not know its data set takes each of its neuron. Blocks.
Result<DatasetFile> openDatasetOf(const StoredTwin &twin, const std::string &path);

/// The split on which twins are looked at: test, or the next best.
Split splitToLookAt(const DatasetInfo &data);

/// A data set to look at a twin with.
struct DatasetForTwin
{
    DatasetFile file;
    Split split = Split::Test;
    bool own = false; ///< the one that it was trained on
    /// The twin may have learnt from what is looked at.
    bool mayBeKnown = false;
};

/// Opens any data set of the twin's neuron: of another length, seed or size, too. Refuses those of
/// other neurons. Blocks.
Result<DatasetForTwin> openDatasetFor(const StoredTwin &twin, const std::string &path);

} // namespace dt
