// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

#include <vector>

namespace dt {

/// Where the places of a cell went in an edit of its tree: for each dendrite as it was, the pieces
/// it was cut into, in order from its proximal end. What sat on a dendrite without pieces is gone.
struct PlaceMap
{
    struct Piece
    {
        double from = 0.0; ///< x on the old dendrite, 0..1
        double to = 1.0;
        int dendrite = 0; ///< index of the new dendrite
        double newFrom = 0.0; ///< x on the new dendrite, 0..1
        double newTo = 1.0;
    };
    std::vector<std::vector<Piece>> of;

    /// Every dendrite stays as it is.
    [[nodiscard]] static PlaceMap same(std::size_t dendrites);
    /// Moves a place; false when it is gone. The soma stays the soma.
    bool move(int &dendrite, double &x) const;
    /// Forgets the new dendrite of this index: the places on it are gone.
    void forget(int dendrite);
    /// Gives the dendrites new indices: old index i becomes newIndex[i].
    void renumber(const std::vector<int> &newIndex);
};

/// Synapses of `before` at their places on `after`, whose table is replaced: a table of one pair
/// per segment stays one, any other loses the synapses whose places are gone. Returns how many
/// synapses had such places.
int moveSynapses(const Neuron &before, const PlaceMap &places, Neuron &after);

} // namespace dt
