// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

#include <string>

namespace dt {

/// Why a running simulation of `from` cannot become one of `to` by setting values: a sentence such
/// as "The number of segments changed.". Empty when it can: both have the same sections with the
/// same segments and connections, the same synapses at the same places, and the same steps.
/// Lengths, diameters, shapes, membrane, channels, kinetics and weights may differ. Labels do not
/// count, nor do names.
std::string needsRestart(const Neuron &from, const Neuron &to);

} // namespace dt
