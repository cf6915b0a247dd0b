// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Place.h"

#include <vector>

namespace dt {

/// Ways along the dendrites from the soma. They start where they leave the soma, at 0; lengths are
/// those of the centre lines [um], or lengthInLambda() (engine/cell/LambdaRule.h). Pure functions
/// and values.

/// From the soma to a place [um]; 0 for the soma.
double distanceUm(const Neuron &neuron, const Place &place);
/// The same in length constants.
double distanceLambda(const Neuron &neuron, const Place &place);

/// How far the proximal end of every dendrite is from the soma [um]: distanceUm() of all at once.
std::vector<double> dendriteStartsUm(const Neuron &neuron);
/// The same in length constants.
std::vector<double> dendriteStartsLambda(const Neuron &neuron);

/// The way to what is farthest from the soma [um]; 0 without dendrites.
double reachUm(const Neuron &neuron);

/// Dendrites that no other dendrite grows from: where ways from the soma end. In the order of
/// rows: depth first from the soma.
std::vector<int> dendriteTips(const Neuron &neuron);

enum class PathMeasure { Um, Lambda };
/// The tip that is farthest from the soma, the first of those that are; SomaIndex without
/// dendrites.
int farthestTip(const Neuron &neuron, PathMeasure by);

/// The way from the soma to a place, as one line: a tree is measured along one of its paths as a
/// stick is along itself.
class DendritePath
{
public:
    /// What of a dendrite lies on the way: of a parent only what is before the branch point.
    struct Piece
    {
        int dendrite = 0;
        double toX = 1.0; ///< from its proximal end to here
        double fromUm = 0.0; ///< where it begins on the path
        double dendriteUm = 0.0; ///< length of the whole dendrite
    };

    /// The soma, or the centre of a segment on the way.
    struct Stop
    {
        Place place;
        int row = SomaIndex; ///< of the segment, see segmentRows()
        double distanceUm = 0.0; ///< from the start of the path
    };

    /// Of no length: to the soma.
    DendritePath() = default;
    /// Of no length when the place does not exist.
    DendritePath(const Neuron &neuron, const Place &to);

    [[nodiscard]] double lengthUm() const { return m_lengthUm; }
    /// The dendrite that it ends on.
    [[nodiscard]] int tip() const
    {
        return m_pieces.empty() ? SomaIndex : m_pieces.back().dendrite;
    }
    /// The place at a share of the way, 0 at the soma to 1 at its end.
    [[nodiscard]] Place at(double share) const;
    /// From the soma outwards.
    [[nodiscard]] const std::vector<Piece> &pieces() const { return m_pieces; }
    /// The soma and then every segment whose centre is on the way.
    [[nodiscard]] std::vector<Stop> stops(const Neuron &neuron) const;

private:
    std::vector<Piece> m_pieces;
    double m_lengthUm = 0.0;
};

/// To the end of a dendrite.
DendritePath pathTo(const Neuron &neuron, int tip);

} // namespace dt
