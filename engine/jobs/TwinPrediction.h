// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/input/SpikeInput.h"
#include "engine/ml/MlApi.h"

#include <functional>

namespace dt {

/// What a twin says of a whole input of any length, in pieces that keep memory small; blocks, on
/// the predictor's thread. Refuses inputs of another number of segments. `goOn` is asked between
/// pieces.
Result<TwinPrediction> predictInput(TwinPredictor &twin, const SpikeInput &input,
                                    const std::function<bool(double)> &goOn);

} // namespace dt
