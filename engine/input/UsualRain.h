// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/input/Stimulus.h"

namespace dt {

/// Random rain that makes a neuron fire now and then: as many events a second for each um2 of
/// dendrite as the default neuron gets (2 Hz on each of 64 segments), but never fewer in all than
/// that neuron gets, shared out among the segments that have a synapse. More membrane needs more
/// current. Weights and seed are those of `as`.
Rain usualRain(const Neuron &neuron, const Rain &as = {});

/// When the segments changed, rain with the usual rates of the neuron before gets the usual rates
/// of the neuron after. Rates that somebody chose stay. All rates stay when a length, a diameter or
/// anything else changed: otherwise nobody could see what that change alone does.
void followNeuron(Rain &rain, const Neuron &before, const Neuron &after);

} // namespace dt
