// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/data/DatasetStore.h"
#include "engine/ml/MlApi.h"
#include "engine/twin/evaluation/Evaluation.h"

namespace dt {

/// Predicts a window of every simulation of a split and compares; blocks, on the predictor's
/// thread. Refuses data of another geometry. Cancelled when progress says so. `withoutStart`
/// receives the same without what was predicted from less past than the twin looks at; nothing for
/// twins that look at all of it. How long a prediction takes is measured elsewhere (TwinTiming.h).
Result<Evaluation> evaluateTwin(TwinPredictor &twin, const DatasetStore &data, Split split,
                                const ProgressFunction &progress,
                                std::optional<Evaluation> *withoutStart = nullptr);

} // namespace dt
