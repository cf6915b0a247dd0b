// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/input/Stimulus.h"

namespace dt {

/// Random rain that makes a neuron fire now and then: as many events a second for each um2 of
/// dendrite as the default neuron gets (2 Hz on each of 64 segments), and never fewer in all than
/// it, shared out among the segments that have a synapse. More membrane takes more current. Weights
/// and seed are those of `as`.
Rain usualRain(const Neuron &neuron, const Rain &as = {});

/// Where the neuron got other segments, rain whose rates are those usual for the neuron before gets
/// those of the neuron after. Rates that somebody chose stay; and so do all when a length, a
/// diameter or anything else is changed, or nobody could see what that alone does.
void followNeuron(Rain &rain, const Neuron &before, const Neuron &after);

} // namespace dt
