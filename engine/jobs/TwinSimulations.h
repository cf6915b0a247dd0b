// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/data/DatasetFile.h"
#include "engine/jobs/StoredTwin.h"
#include "engine/recording/Recording.h"
#include "engine/twin/TwinAttention.h"
#include "engine/twin/TwinBatch.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace dt {

// What a twin predicts for single simulations of a data set. All functions open the file, block and
// may be called on any thread.

/// A simulation that can be looked at.
struct ListedSimulation
{
    std::size_t place = 0; ///< number in its split
    std::uint64_t index = 0; ///< its simulation_index
    int spikes = 0; ///< spikes of the neuron
    std::optional<double> spikesAuc; ///< AUC of the twin's spikes; empty when it is not known
};

/// AUC of spikes by the simulations' index.
using SpikesAucs = std::map<std::uint64_t, double>;

/// Lists all simulations of a split. `own`: the data set is the one that the twin was trained on;
/// the twin's evaluation may know the scores.
Result<std::vector<ListedSimulation>>
listSimulations(const StoredTwin &twin, const std::string &dataset, Split split, bool own);

/// Evaluates the twin on each simulation of a split. Ends as Cancelled when progress says so.
Result<SpikesAucs> scoreSimulations(const StoredTwin &twin, const std::string &dataset, Split split,
                                    const ProgressFunction &progress);

/// The neuron and the twin on the same input.
struct PredictedSimulation
{
    std::shared_ptr<const Recording> neuron;
    TwinPrediction twin;
};

Result<PredictedSimulation> predictSimulation(const StoredTwin &twin, const std::string &dataset,
                                              Split split, std::size_t place);

/// Attention of a Transformer over `lengthMs` from `startMs` on, in a simulation of the split on
/// which twins are looked at. Ends where the simulation ends.
Result<SimulationAttention> attentionOn(const StoredTwin &twin, const std::string &dataset,
                                        std::size_t simulation, int startMs, int lengthMs);

} // namespace dt
