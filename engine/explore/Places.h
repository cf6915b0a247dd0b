// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/cell/Neuron.h"

#include <string>
#include <string_view>
#include <vector>

namespace dt {

/// A place on the neuron: the soma, or a dendrite and how far along it.
struct Place
{
    int dendrite = SomaIndex;
    double x = 0.5; ///< 0..1 from the proximal end
    [[nodiscard]] bool isSoma() const { return dendrite == SomaIndex; }
    bool operator==(const Place &) const = default;
};

/// Way along the dendrites from the soma to a place [um]; 0 for the soma.
double distanceUm(const Neuron &neuron, const Place &place);

/// The same in length constants, each dendrite in its own.
double distanceLambda(const Neuron &neuron, const Place &place);

/// Where NEURON puts something at this place: the centre of its segment.
Place snapped(const Neuron &neuron, const Place &place);

/// The tip that is farthest from the soma in length constants; SomaIndex without dendrites.
int farthestTip(const Neuron &neuron);

/// The way from the soma to the end of a dendrite, as one line: a tree is measured along one of
/// its paths as a stick is along itself. Values.
class DendritePath
{
public:
    /// To the end of this dendrite, which exists.
    DendritePath(const Neuron &neuron, int tip);

    [[nodiscard]] double lengthUm() const { return m_lengthUm; }
    [[nodiscard]] int tip() const
    {
        return m_pieces.empty() ? SomaIndex : m_pieces.back().dendrite;
    }
    /// The place at a share of the way, 0 at the soma to 1 at the tip.
    [[nodiscard]] Place at(double share) const;
    /// Centres of all segments on the way, from the soma outwards.
    [[nodiscard]] const std::vector<Place> &segments() const { return m_segments; }

private:
    struct Piece
    {
        int dendrite = 0;
        double toX = 1.0;
        double fromUm = 0.0; ///< where it begins on the path
        double dendriteUm = 0.0; ///< length of the whole dendrite
    };
    std::vector<Piece> m_pieces;
    std::vector<Place> m_segments;
    double m_lengthUm = 0.0;
};

/// Reads a place: "soma"; a number, the share of the path from the soma (0) to its tip (1); or
/// "name:x", a dendrite and how far along it.
Result<Place> placeFromText(const Neuron &neuron, const DendritePath &path, std::string_view text);

/// "soma", or name and x as placeFromText() reads them.
std::string placeText(const Neuron &neuron, const Place &place);

} // namespace dt
