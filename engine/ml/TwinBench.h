// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/ml/MlApi.h"

namespace dt {

/// How fast twins train here. Nothing of LibTorch in this header.

/// Medians of `repeats` steps at the published batch and window, on random data. threads 0: as many
/// as LibTorch chooses.
Result<TwinStepTime> benchTwinStep(const TwinSpec &spec, int threads, int repeats = 5);

/// Rate of a single-precision 1024 x 1024 x 1024 product [GFLOP/s], to compare machines.
double benchMatmulGflops(int threads);

} // namespace dt
