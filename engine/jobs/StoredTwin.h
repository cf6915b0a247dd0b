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
    TwinSpec spec; ///< the network, with its scaling
    std::optional<TrainingSettings> settings; ///< empty for imported weights
    std::optional<Evaluation> evaluation;
    TwinContents contents; ///< its texts repeat the values above after loading and storing
};

/// Reads a twin's file. Blocks; any thread.
Result<StoredTwin> loadTwin(const std::string &path);
/// Writes the values as texts into `contents`, and writes the file. `replace`: an existing file may
/// be replaced.
Status storeTwin(const std::string &path, StoredTwin &twin, bool replace);

/// Makes a finished twin small enough to hand on, without changing what it says. Losses of
/// iterations become means over a few of them; clouds of points keep every few points; of the data
/// set's path only its name stays; what is needed only to go on with training is removed.
void slim(StoredTwin &twin);

} // namespace dt
