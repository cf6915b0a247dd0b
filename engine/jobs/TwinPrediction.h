// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/input/SpikeInput.h"
#include "engine/ml/MlApi.h"

#include <functional>

namespace dt {

/// Predicts a whole input of any length, in pieces that keep memory small. Blocks, on the
/// predictor's thread. Refuses inputs with another number of segments. `goOn` is asked between
/// pieces, with the share that is done (0..1).
Result<TwinPrediction> predictInput(TwinPredictor &twin, const SpikeInput &input,
                                    const std::function<bool(double)> &goOn);

} // namespace dt
