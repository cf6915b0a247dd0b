// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/data/DatasetStore.h"
#include "engine/ml/MlApi.h"
#include "engine/twin/evaluation/Evaluation.h"

namespace dt {

/// Predicts a window of every simulation of a split and compares it with the neuron. Blocks, on the
/// predictor's thread. Refuses data of another geometry. Ends as Cancelled when progress says so.
/// `withoutStart` receives a second evaluation. It leaves out the start of the window, which the
/// twin predicts from less past than it looks at; it is empty for twins that look at all of the
/// past. How long a prediction takes is measured elsewhere (TwinTiming.h).
Result<Evaluation> evaluateTwin(TwinPredictor &twin, const DatasetStore &data, Split split,
                                const ProgressFunction &progress,
                                std::optional<Evaluation> *withoutStart = nullptr);

} // namespace dt
