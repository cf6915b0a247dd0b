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
        double from = 0.0; ///< on the old dendrite
        double to = 1.0;
        int dendrite = 0; ///< index afterwards
        double newFrom = 0.0; ///< on the new dendrite
        double newTo = 1.0;
    };
    std::vector<std::vector<Piece>> of;

    /// Every dendrite stays as it is.
    [[nodiscard]] static PlaceMap same(std::size_t dendrites);
    /// Moves a place; false when it is gone. The soma stays the soma.
    bool move(int &dendrite, double &x) const;
    /// Takes the dendrite that has this index afterwards away.
    void forget(int dendrite);
    /// Gives the dendrites new indices: old index i becomes newIndex[i].
    void renumber(const std::vector<int> &newIndex);
};

/// Synapses of `before` at their places on `after`, whose table is replaced: one pair per segment
/// stays that, any other table loses what is gone. Returns how many synapses sat on what is gone.
int moveSynapses(const Neuron &before, const PlaceMap &places, Neuron &after);

} // namespace dt
