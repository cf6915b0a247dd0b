// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/data/DatasetStore.h"
#include "engine/twin/Scaling.h"
#include "engine/twin/TwinBatch.h"

#include <vector>

namespace dt {

/// The start of a window: simulation `simulation` of a split, from startMs on.
struct WindowPlace
{
    std::size_t simulation = 0;
    int startMs = 0;
};

/// Fills a batch with the windows at these places, side by side and in the twin's units: inputs and
/// truth.
void fillBatch(const DatasetStore &data, Split split, const std::vector<WindowPlace> &places,
               int lengthMs, const Scaling &scaling, TwinBatch &batch);

/// Fills the inputs of windows alone.
void fillInputs(const DatasetStore &data, Split split, const std::vector<WindowPlace> &places,
                int lengthMs, const Scaling &scaling, TwinInputs &inputs);

} // namespace dt
