// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

namespace dt {

/// A place on the neuron: the soma, or a dendrite and how far along it. A plain value. Synapse and
/// Electrode, which are stored in files, have members of their own in its place.
struct Place
{
    int dendrite = SomaIndex; ///< SomaIndex, or index into Neuron::dendrites
    double x = 0.5; ///< 0..1 from the proximal end
    [[nodiscard]] bool isSoma() const { return dendrite == SomaIndex; }
    bool operator==(const Place &) const = default;
};

/// Where NEURON puts something at this place: the centre of its segment.
inline Place snapped(const Neuron &neuron, const Place &place)
{
    return {place.dendrite, simulatedX(neuron, place.dendrite, place.x)};
}

} // namespace dt
