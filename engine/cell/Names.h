// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

#include <optional>
#include <string_view>

namespace dt {

/// What of a neuron has a name, or a polarity: indices into its lists, the first where several
/// would do; nothing where there is none.

/// Into Neuron::dendrites. "soma" is no dendrite.
std::optional<int> dendriteNamed(const Neuron &neuron, std::string_view name);

/// Into Neuron::synapseKinds.
std::optional<int> kindNamed(const Neuron &neuron, std::string_view name);

/// The kind that stands for its polarity; further ones are somebody's own.
std::optional<int> firstKind(const Neuron &neuron, Polarity polarity);

} // namespace dt
