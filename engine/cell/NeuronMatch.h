// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

namespace dt {

/// Whether both do the same with the same input: all settings are equal, what dendrites and kinds
/// of synapses are called does not count.
[[nodiscard]] bool sameNeuron(const Neuron &a, const Neuron &b);

} // namespace dt
