// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Stimulus.h"

namespace dt {

/// Random rain that makes a neuron fire now and then: as many events a second for each um of
/// dendrite as the default neuron gets (2 Hz on each of 64 segments), and never fewer in all than
/// it, shared out among the segments that have a synapse. Weights and seed are those of `as`.
Rain usualRain(const Neuron &neuron, const Rain &as = {});

/// Rain whose rates are those usual for the neuron before gets those of the neuron after; rates
/// that somebody chose stay.
void followNeuron(Rain &rain, const Neuron &before, const Neuron &after);

} // namespace dt
