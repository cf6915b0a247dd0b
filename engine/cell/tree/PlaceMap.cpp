// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/tree/PlaceMap.h"

#include <algorithm>

namespace dt {

PlaceMap PlaceMap::same(std::size_t dendrites)
{
    PlaceMap map;
    for (std::size_t i = 0; i < dendrites; ++i)
        map.of.push_back({Piece{0.0, 1.0, static_cast<int>(i), 0.0, 1.0}});
    return map;
}

bool PlaceMap::move(int &dendrite, double &x) const
{
    if (dendrite == SomaIndex)
        return true;
    if (dendrite < 0 || dendrite >= static_cast<int>(of.size()))
        return false;
    const std::vector<Piece> &pieces = of[static_cast<std::size_t>(dendrite)];
    if (pieces.empty())
        return false;
    // The cut itself belongs to the distal piece.
    const Piece *piece = &pieces.front();
    for (const Piece &next : pieces) {
        if (x >= next.from)
            piece = &next;
    }
    const double width = piece->to - piece->from;
    const double share = width > 0.0 ? std::clamp((x - piece->from) / width, 0.0, 1.0) : 0.0;
    dendrite = piece->dendrite;
    // Where nothing was stretched, x stays what it was to the last digit.
    if (piece->from != piece->newFrom || piece->to != piece->newTo)
        x = std::clamp(piece->newFrom + share * (piece->newTo - piece->newFrom), 0.0, 1.0);
    return true;
}

void PlaceMap::forget(int dendrite)
{
    for (std::vector<Piece> &pieces : of)
        std::erase_if(pieces, [=](const Piece &p) { return p.dendrite == dendrite; });
}

void PlaceMap::renumber(const std::vector<int> &newIndex)
{
    for (std::vector<Piece> &pieces : of) {
        for (Piece &piece : pieces)
            piece.dendrite = newIndex[static_cast<std::size_t>(piece.dendrite)];
    }
}

int moveSynapses(const Neuron &before, const PlaceMap &places, Neuron &after)
{
    int lost = 0;
    std::vector<Synapse> moved;
    moved.reserve(before.synapses.size());
    for (Synapse s : before.synapses) {
        if (places.move(s.dendrite, s.x))
            moved.push_back(s);
        else
            ++lost;
    }
    after.synapses = hasOnePairPerSegment(before) ? onePairPerSegment(after) : std::move(moved);
    return lost;
}

} // namespace dt
