// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/data/DatasetStore.h"
#include "engine/jobs/StoredTwin.h"
#include "engine/ml/MlApi.h"
#include "engine/twin/MemoryCurve.h"

namespace dt {

/// How much of the past a twin makes use of: what it says when it sees only the last X ms of the
/// input and silence before that, against the neuron, which saw everything.
///
/// The twin is run anew for every place and every X, from the state that silence leaves it in over
/// exactly X ms, so that what counts is precisely the input that is X ms old at most. At X = the
/// receptive field this is what the twin always says. Places are the same for every X: ms with a
/// spike and others, drawn by the seed; the AUC does not depend on their proportion, and the
/// explained variance counts every place for as many as it stands for. Only ms before which there
/// is enough input are drawn.
struct MemoryProbe
{
    std::vector<int> memoryMs; ///< rising
    std::size_t mostSpikes = 1600;
    std::size_t mostOthers = 2400;
    std::uint64_t seed = 1;
};

/// The usual lengths, and as many places as seconds to about a minute on two cores allow.
MemoryProbe memoryProbeFor(const TwinSpec &spec);

/// Blocks, on the predictor's thread. Refuses data of other geometry and simulations that are too
/// short. Cancelled when progress says so.
Result<MemoryCurve> probeMemory(TwinPredictor &twin, const DatasetStore &data, Split split,
                                const MemoryProbe &probe, const ProgressFunction &progress);

/// From the data set's file: its test split or, without one, the next best. Refuses a data set of
/// another neuron. Blocks; a thread that is used for nothing else, because the number of cores that
/// it computes with is set by the size of the network: to a small one, waiting for a second core
/// that is busy takes longer.
Result<MemoryCurve> probeMemory(const StoredTwin &twin, const std::string &dataset,
                                const ProgressFunction &progress);

} // namespace dt
