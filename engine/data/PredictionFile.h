// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/twin/TwinBatch.h"

#include <string>

namespace dt {

/// Writes what a twin says of one input, the first window of `prediction`, as HDF5 (names:
/// docs/FILES.md). Blocks.
Status writePrediction(const std::string &path, const TwinPrediction &prediction, bool replace);

} // namespace dt
