// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/NamedTensor.h"
#include "engine/base/Result.h"
#include "engine/cell/Neuron.h"
#include "engine/dataset/DatasetIdentity.h"
#include "engine/dataset/DatasetInfo.h"
#include "engine/twin/training/TrainingHistory.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dt {

/// A trained twin, or a checkpoint of one in training, as HDF5 (names: docs/FILES.md). The file is
/// replaced as a whole and only by a complete one. Any byte that changed since is noticed: a
/// checksum over all bytes stands behind the last one, where HDF5 does not look; seals over
/// attributes and arrays stay when other programs rewrite the file. All functions may be called
/// from any thread, one at a time; they block.

/// What only going on with the training needs.
struct TwinResume
{
    std::string logPath; ///< empty when there is no log
    /// The latest weights; those to predict with are the best ones.
    std::vector<NamedTensor> current;
    std::vector<NamedTensor> optimiser;
    bool operator==(const TwinResume &) const = default;
};

struct TwinContents
{
    bool complete = false; ///< trained to the end
    std::string author; ///< who trained it; empty when unknown
    /// JSON texts, see TwinJson.h, TrainingJson.h and EvaluationJson.h; empty where there is none.
    std::string spec;
    std::string scaling;
    std::string training;
    std::string evaluation;
    std::optional<Neuron> neuron; ///< empty for imported weights of an unknown one
    std::optional<DatasetIdentity> dataset; ///< what it was trained on
    /// The weights to predict with, which are the best ones, in the order of the network.
    std::vector<NamedTensor> weights;
    TrainingHistory history;
    std::optional<TwinResume> resume;
    bool operator==(const TwinContents &) const = default;
};

/// Refuses names with a slash, repeated names, arrays that do not fit their shape, and an
/// inconsistent history.
Status writeTwin(const std::string &path, const TwinContents &twin, bool replace);

/// Reads what writeTwin() wrote. Texts are not interpreted; everything else is checked.
Result<TwinContents> readTwin(const std::string &path);

/// Recognises a data set by its neuron, its numbers and the statistics of all its simulations.
DatasetIdentity datasetIdentity(const std::string &path, const DatasetInfo &info,
                                const std::array<SplitStatistics, 3> &statistics);

} // namespace dt
