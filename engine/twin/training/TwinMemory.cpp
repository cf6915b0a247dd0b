// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/training/TwinMemory.h"

#include "engine/twin/NetworkKind.h"

namespace dt {

namespace {

using Count = std::int64_t;

constexpr Count Bytes = 4;
constexpr Count HeadsBeforeDend = 4;

Count outputs(const TwinSpec &spec)
{
    return HeadsBeforeDend + spec.dendHeads;
}

} // namespace

TwinMemory trainingMemory(const TwinSpec &spec, int batch, int windowMs)
{
    const ParameterCount parameters = parameterCount(spec);
    const NetworkArrays arrays = kindOf(spec).arrays(spec, windowMs);
    const Count ms = windowMs;
    const Count whole = (batch + arrays.lanes - 1) / arrays.lanes * arrays.lanes;
    TwinMemory memory;
    memory.weights = Bytes * parameters.total;
    memory.gradients = Bytes * parameters.trainable;
    memory.moments = 2 * Bytes * parameters.trainable;
    memory.batch = Bytes * batch * (spec.inputLines() + outputs(spec)) * ms;
    memory.activations = Bytes * (whole * arrays.kept + batch * outputs(spec) * ms);
    memory.passing = Bytes * whole * arrays.passing;
    return memory;
}

TwinMemory trainingMemory(const TwinSpec &spec, const TrainingSettings &settings)
{
    return trainingMemory(spec, settings.trainBatch, settings.trainWindowMs);
}

TwinMemory predictionMemory(const TwinSpec &spec, int durationMs)
{
    const Count ms = durationMs;
    TwinMemory memory;
    memory.weights = Bytes * parameterCount(spec).total;
    memory.batch = Bytes * spec.inputLines() * ms;
    memory.activations = Bytes * (kindOf(spec).arrays(spec, ms).atOnce + outputs(spec) * ms);
    return memory;
}

} // namespace dt
