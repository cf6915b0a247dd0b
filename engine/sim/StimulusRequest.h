// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/input/Stimulus.h"
#include "engine/sim/SimulationRequest.h"

namespace dt {

/// One simulation of the neuron with this stimulus: its events, and the electrodes that are on,
/// whose currents and voltages are measured.
SimulationRequest stimulusRequest(const Neuron &neuron, const Stimulus &stimulus);

} // namespace dt
