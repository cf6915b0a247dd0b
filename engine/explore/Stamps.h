// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"
#include "engine/input/SpikeInput.h"

#include <vector>

namespace dt {

/// The tutorial's sequence on any neuron: on a stick that of outAndBack(segments, ...); on a tree
/// the same shares of the way to the farthest tip, as the experiment of this name takes them.
/// Nothing without dendrites.
std::vector<InputEvent> outAndBack(const Neuron &neuron, int durationMs, double weight);

} // namespace dt
