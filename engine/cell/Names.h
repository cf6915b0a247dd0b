// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

#include <optional>
#include <string_view>

namespace dt {

/// Find parts of a neuron by their name or polarity. The answer is an index into one of its lists:
/// the first where several match, nothing where none does.

/// Index into Neuron::dendrites; "soma" is no dendrite.
std::optional<int> dendriteNamed(const Neuron &neuron, std::string_view name);

/// Index into Neuron::synapseKinds.
std::optional<int> kindNamed(const Neuron &neuron, std::string_view name);

/// The first kind of a polarity. It is the kind that stands for the polarity; people add further
/// ones.
std::optional<int> firstKind(const Neuron &neuron, Polarity polarity);

} // namespace dt
