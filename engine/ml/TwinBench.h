// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/ml/MlApi.h"

namespace dt {

/// Measures how fast twins train on this computer. This header includes nothing of LibTorch.

/// Medians of `repeats` steps with the published batch and window, on random data. With 0 threads
/// LibTorch chooses their number.
Result<TwinStepTime> benchTwinStep(const TwinSpec &spec, int threads, int repeats = 5);

/// Rate of a single-precision 1024 x 1024 x 1024 product [GFLOP/s], to compare machines.
double benchMatmulGflops(int threads);

} // namespace dt
