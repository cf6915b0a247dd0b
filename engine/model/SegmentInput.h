// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Neuron.h"

#include <string>

namespace dt {

struct Stimulus;

/// What a new cut of the same dendrites did to the random input, in a sentence: rain and axons
/// reach every segment, so more segments get more of it. Empty without random input, and where more
/// than the segments changed.
std::string segmentInputNote(const Neuron &before, const Neuron &after, const Stimulus &stimulus);

} // namespace dt
