// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/data/DatasetStore.h"
#include "engine/twin/Scaling.h"
#include "engine/twin/TwinBatch.h"

#include <vector>

namespace dt {

/// A window of simulation `simulation` of a split, from startMs on.
struct WindowPlace
{
    std::size_t simulation = 0;
    int startMs = 0;
};

/// Puts windows of one length side by side in the twin's units.
void fillBatch(const DatasetStore &data, Split split, const std::vector<WindowPlace> &places,
               int lengthMs, const Scaling &scaling, TwinBatch &batch);

/// Inputs alone.
void fillInputs(const DatasetStore &data, Split split, const std::vector<WindowPlace> &places,
                int lengthMs, const Scaling &scaling, TwinInputs &inputs);

} // namespace dt
