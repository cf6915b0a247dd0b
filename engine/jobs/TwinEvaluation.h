// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/data/DatasetStore.h"
#include "engine/ml/MlApi.h"
#include "engine/model/Evaluation.h"

namespace dt {

struct EvaluationOptions
{
    Split split = Split::Test;
    /// Leaves out what was predicted from less past than the twin looks at.
    bool ignoreStart = false;
};

/// Predicts a window of every simulation of a split and compares; blocks, on the predictor's
/// thread. Refuses data of another geometry. Cancelled when progress says so.
Result<Evaluation> evaluateTwin(TwinPredictor &twin, const DatasetStore &data,
                                const EvaluationOptions &options, const ProgressFunction &progress);

} // namespace dt
