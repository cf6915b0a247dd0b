// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

#include <vector>

namespace dt {

/// A place on the way from the soma to the end of a dendrite.
struct PathPlace
{
    int row = 0; ///< of a segment, see segmentRows(); SomaIndex for the soma
    double distanceUm = 0.0; ///< of its centre from where the way leaves the soma, along the cable
    bool operator==(const PathPlace &) const = default;
};

/// Dendrites that no other dendrite grows from: where ways from the soma end. In the order of
/// rows: depth first from the soma.
std::vector<int> dendriteTips(const Neuron &neuron);

/// Soma (at 0 um) and then every segment on the way to the far end of `dendrite`. Of a parent only
/// what lies before the branch point belongs to it.
std::vector<PathPlace> placesTo(const Neuron &neuron, int dendrite);

/// The dendrites on that way, from the soma outwards; empty for one that does not exist.
std::vector<int> dendritesTo(const Neuron &neuron, int dendrite);

/// Length of that way [um].
double pathLengthUm(const Neuron &neuron, int dendrite);

} // namespace dt
