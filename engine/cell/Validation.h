// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/cell/Neuron.h"

#include <vector>

namespace dt {

/// Everything that keeps a neuron from being simulated, each with the parameter or dendrite it
/// concerns and the range that would do. Empty when the neuron may be handed to an engine.
std::vector<Error> neuronProblems(const Neuron &neuron);

/// First problem, or success.
Status validateNeuron(const Neuron &neuron);

/// Hard limits of one request, against absurd input rather than for taste.
inline constexpr int MaxSegments = 20000;
/// Most synapses of a neuron: room for a pair in every segment, and some more.
inline constexpr int MaxSynapses = 50000;
inline constexpr double MaxSynapseWeight = 1000.0;
/// Shortest and thinnest drawn dendrite [um]: traced cells have pieces that nobody would choose.
inline constexpr double MinDrawnUm = 1.0e-3;
/// Farthest that a drawn point may lie from the origin along an axis [um].
inline constexpr double MaxDrawnUm = 1.0e7;
inline constexpr int MaxDurationMs = 1'000'000;
inline constexpr double MaxEventWeight = 1.0e6;

} // namespace dt
