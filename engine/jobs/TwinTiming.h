// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/ml/MlApi.h"
#include "engine/twin/training/TrainingRecipe.h"

#include <functional>

namespace dt {

/// How fast networks are on this computer. Weights do not matter for time, so a network is enough.
/// Both functions block for a second or so and may be called on any thread. They ask `stopped` now
/// and then; when it says true they end as Cancelled.

/// Milliseconds that a network takes for one simulation of TimedMs, one at a time, with one core to
/// itself. This is the processor time of one thread, so that other work does not count: the median
/// of repetitions that agree. Everything that says how fast a twin predicts says this: evaluations,
/// the Compare and Simulate pages and `bench predict`. OpenBLAS has one thread meanwhile and all
/// cores afterwards, so call it only while nothing trains in this process.
Result<double> predictionMs(const MlModule &ml, const TwinSpec &spec,
                            const std::function<bool()> &stopped = {});
/// Length of the simulation that predictions are timed with [ms].
inline constexpr int TimedMs = 8192;

/// The input that predictions are timed with.
TwinInputs timedInputs(const TwinSpec &spec);

/// Billions of operations per second (TrainingRecipe.h) in the training steps of a classroom
/// recipe.
Result<double> trainingSpeed(const MlModule &ml, const TwinSpec &spec, const TrainingSize &size,
                             const Compute &compute, const std::function<bool()> &stopped = {});

} // namespace dt
