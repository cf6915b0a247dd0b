// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

#include <string>

namespace dt {

struct Stimulus;

/// What a new cut of the same dendrites did to the random input, in a sentence: it reaches every
/// segment, so more segments get more of it. Empty without random input or where it is rain that
/// follows the neuron (UsualRain.h), and where more than the segments changed. `stimulus` is that
/// of after.
std::string segmentInputNote(const Neuron &before, const Neuron &after, const Stimulus &stimulus);

} // namespace dt
