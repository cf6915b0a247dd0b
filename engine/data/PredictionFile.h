// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/twin/TwinBatch.h"

#include <string>

namespace dt {

/// What a twin says of one input, as HDF5 (names: docs/FILES.md): the first window of `prediction`.
/// Blocks.
Status writePrediction(const std::string &path, const TwinPrediction &prediction, bool replace);

} // namespace dt
