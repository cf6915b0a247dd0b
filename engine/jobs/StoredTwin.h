// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/data/TwinFile.h"
#include "engine/model/Evaluation.h"
#include "engine/model/TrainingSettings.h"
#include "engine/model/TwinSpec.h"

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

} // namespace dt
