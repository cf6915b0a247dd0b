// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/ml/MlApi.h"
#include "engine/twin/training/TrainingRecipe.h"

#include <functional>

namespace dt {

/// How fast networks are on this computer. Weights do not matter for time, so a network is enough.
/// Both block for a second or so, on any thread; `stopped` is asked now and then and ends them as
/// Cancelled.

/// Milliseconds that a network takes for one simulation of TimedMs, at a time, with one core to
/// itself: the processor time of one thread, so that other work does not count, as the median of
/// repetitions that agree. All that says how fast a twin predicts says this: evaluations, the
/// Compare and Simulate pages and `bench predict`. OpenBLAS has one thread meanwhile and all
/// cores afterwards: not while something trains in this process.
Result<double> predictionMs(const MlModule &ml, const TwinSpec &spec,
                            const std::function<bool()> &stopped = {});
inline constexpr int TimedMs = 8192;

/// The input that predictions are timed with.
TwinInputs timedInputs(const TwinSpec &spec);

/// Billions of operations a second (TrainingRecipe.h) of steps of a classroom recipe.
Result<double> trainingSpeed(const MlModule &ml, const TwinSpec &spec, const TrainingSize &size,
                             const Compute &compute, const std::function<bool()> &stopped = {});

} // namespace dt
