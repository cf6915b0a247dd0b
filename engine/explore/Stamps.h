// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"
#include "engine/input/SpikeInput.h"

#include <vector>

namespace dt {

/// The events of the tutorial's sequence on any neuron. A stick takes those of outAndBack(segments,
/// ...). A tree takes the same shares of the path to the farthest tip, as the experiment of this
/// name does. Empty without dendrites.
std::vector<InputEvent> outAndBack(const Neuron &neuron, int durationMs, double weight);

} // namespace dt
