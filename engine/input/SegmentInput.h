// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

#include <string>

namespace dt {

struct Stimulus;

/// A sentence on what another number of segments on the same dendrites did to the random input,
/// which reaches every segment: more segments get more of it. Empty without random input, where it
/// is rain that follows the neuron (UsualRain.h), and where more than the segments changed.
/// `stimulus` is the one after the change.
std::string segmentInputNote(const Neuron &before, const Neuron &after, const Stimulus &stimulus);

} // namespace dt
