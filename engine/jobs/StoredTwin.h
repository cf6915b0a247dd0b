// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/data/TwinFile.h"
#include "engine/twin/TwinSpec.h"
#include "engine/twin/evaluation/Evaluation.h"
#include "engine/twin/training/TrainingSettings.h"

namespace dt {

/// A twin file with its texts understood. A plain value.
struct StoredTwin
{
    TwinSpec spec; ///< with the scaling
    std::optional<TrainingSettings> settings; ///< empty for imported weights
    std::optional<Evaluation> evaluation;
    TwinContents contents; ///< its texts are those of the values above after loading and storing
};

/// Blocks; any thread.
Result<StoredTwin> loadTwin(const std::string &path);
/// Puts the texts in place and writes.
Status storeTwin(const std::string &path, StoredTwin &twin, bool replace);

/// Makes a finished twin small enough to hand on, without changing what it says: losses of
/// iterations become means over a few of them, clouds of points keep every few points, of the data
/// set's path only its name stays, and what only going on with training needs goes.
void slim(StoredTwin &twin);

} // namespace dt
