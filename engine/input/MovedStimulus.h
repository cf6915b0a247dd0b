// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/tree/TreeEdit.h"
#include "engine/input/Stimulus.h"

namespace dt {

/// How many parts a stimulus lost.
struct StimulusLoss
{
    int events = 0;
    int electrodes = 0;
};

/// Moves painted events and electrodes with the places they are on. An event without a place of its
/// own follows the synapse that it arrives at, so that it still finds one.
StimulusLoss moveStimulus(const Neuron &before, const PlaceMap &places, const Neuron &after,
                          Stimulus &stimulus);

/// What a stimulus lost when its neuron became another one.
EditOutcome lossOf(const Stimulus &before, const Stimulus &after);

} // namespace dt
