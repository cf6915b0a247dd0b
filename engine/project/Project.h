// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"
#include "engine/cell/Presets.h"
#include "engine/input/Stimulus.h"

namespace dt {

/// What a student works on, and what a `.dendro` file holds.
struct Project
{
    Neuron neuron = defaultNeuron();
    Stimulus stimulus = defaultStimulus();
    bool operator==(const Project &) const = default;
};

} // namespace dt
