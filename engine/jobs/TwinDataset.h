// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/data/DatasetFile.h"
#include "engine/jobs/StoredTwin.h"

#include <string>

namespace dt {

/// Whether the data set is of the twin's neuron. Where the twin's neuron is unknown, only the
/// numbers of segments are compared.
Status fitsTwin(const StoredTwin &twin, const DatasetInfo &data);

/// Opens the data set that the twin was trained on, wherever it lies now. Refuses any other. For a
/// twin that does not know its data set, any data set of its neuron will do. Blocks.
Result<DatasetFile> openDatasetOf(const StoredTwin &twin, const std::string &path);

/// The split on which twins are looked at: test, or without one valid, or train.
Split splitToLookAt(const DatasetInfo &data);

/// A data set on which a twin is looked at.
struct DatasetForTwin
{
    DatasetFile file;
    Split split = Split::Test;
    bool own = false; ///< the twin was trained on it
    /// Whether the twin may have learnt from simulations of this split.
    bool mayBeKnown = false;
};

/// Opens any data set of the twin's neuron, even one of another length, seed or size. Refuses data
/// sets of other neurons. Blocks.
Result<DatasetForTwin> openDatasetFor(const StoredTwin &twin, const std::string &path);

} // namespace dt
