// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/data/DatasetStore.h"
#include "engine/jobs/StoredTwin.h"
#include "engine/ml/MlApi.h"
#include "engine/twin/MemoryCurve.h"

namespace dt {

/// How much of the past a twin makes use of. The twin sees only the last X ms of the input, and
/// silence before that; what it says is compared with the neuron, which saw everything.
///
/// The twin is run anew for every place and every X, from the state that silence leaves it in over
/// exactly X ms, so that what counts is precisely the input that is X ms old at most. At X = the
/// receptive field this is what the twin always says. A place is a ms of a simulation; places are
/// the same for every X. They are ms with a spike and others, drawn by the seed. The AUC does not
/// depend on their proportion; in the explained variance every place counts for as many ms as it
/// stands for. Only ms before which there is enough input are drawn.
struct MemoryProbe
{
    std::vector<int> memoryMs; ///< values of X, in rising order
    std::size_t mostSpikes = 1600;
    std::size_t mostOthers = 2400;
    std::uint64_t seed = 1;
};

/// The usual values of X, and as many places as take seconds to about a minute on two cores.
MemoryProbe memoryProbeFor(const TwinSpec &spec);

/// Blocks, on the predictor's thread. Refuses data of another geometry and simulations that are too
/// short. Ends as Cancelled when progress says so.
Result<MemoryCurve> probeMemory(TwinPredictor &twin, const DatasetStore &data, Split split,
                                const MemoryProbe &probe, const ProgressFunction &progress);

/// Probes on the test split of the data set in a file, or on the next best split without one.
/// Refuses a data set of another neuron. Blocks. Call it on a thread that is used for nothing else:
/// the number of cores that it computes with is set by the size of the network, because a small
/// network loses time by waiting for a second core that is busy.
Result<MemoryCurve> probeMemory(const StoredTwin &twin, const std::string &dataset,
                                const ProgressFunction &progress);

} // namespace dt
