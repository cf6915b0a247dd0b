// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

namespace dt {

/// Whether two neurons respond alike to the same input: all their settings are equal. The names of
/// dendrites and of kinds of synapses do not count.
[[nodiscard]] bool sameNeuron(const Neuron &a, const Neuron &b);

} // namespace dt
