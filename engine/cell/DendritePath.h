// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Place.h"

#include <vector>

namespace dt {

/// Ways along the dendrites from the soma. They start where they leave the soma, at 0; lengths are
/// those of the centre lines [um], or lengthInLambda() (engine/cell/LambdaRule.h). Pure functions
/// and values.

/// Length of the way from the soma to a place [um]; 0 for the soma.
double distanceUm(const Neuron &neuron, const Place &place);
/// Length of the way from the soma to a place, in length constants; 0 for the soma.
double distanceLambda(const Neuron &neuron, const Place &place);

/// How far the proximal end of every dendrite is from the soma [um]: distanceUm() for all of them
/// at once.
std::vector<double> dendriteStartsUm(const Neuron &neuron);
/// How far the proximal end of every dendrite is from the soma, in length constants.
std::vector<double> dendriteStartsLambda(const Neuron &neuron);

/// Length of the way to the point that is farthest from the soma [um]; 0 without dendrites.
double reachUm(const Neuron &neuron);

/// Dendrites that no other dendrite grows from: where ways from the soma end. They come in the
/// order of rows: depth first from the soma.
std::vector<int> dendriteTips(const Neuron &neuron);

enum class PathMeasure { Um, Lambda };
/// The tip that is farthest from the soma, the first where several are; SomaIndex without
/// dendrites.
int farthestTip(const Neuron &neuron, PathMeasure by);

/// The way from the soma to a place, as one line: a tree is measured along one of its paths as a
/// stick is along itself.
class DendritePath
{
public:
    /// The part of a dendrite that lies on the way: of a parent only the part before the branch
    /// point.
    struct Piece
    {
        int dendrite = 0;
        double toX = 1.0; ///< where the part ends, 0..1; it begins at the dendrite's proximal end
        double fromUm = 0.0; ///< where the part begins on the path
        double dendriteUm = 0.0; ///< length of the whole dendrite
    };

    /// The soma, or the centre of a segment on the way.
    struct Stop
    {
        Place place;
        int row = SomaIndex; ///< row of the segment, see segmentRows()
        double distanceUm = 0.0; ///< from the start of the path
    };

    /// A path of no length, from the soma to the soma.
    DendritePath() = default;
    /// The path from the soma to a place; of no length when the place does not exist.
    DendritePath(const Neuron &neuron, const Place &to);

    [[nodiscard]] double lengthUm() const { return m_lengthUm; }
    /// The dendrite that the path ends on; SomaIndex for a path of no length.
    [[nodiscard]] int tip() const
    {
        return m_pieces.empty() ? SomaIndex : m_pieces.back().dendrite;
    }
    /// The place at a share of the way, 0 at the soma to 1 at its end.
    [[nodiscard]] Place at(double share) const;
    /// The parts of the path, from the soma outwards.
    [[nodiscard]] const std::vector<Piece> &pieces() const { return m_pieces; }
    /// The soma and then every segment whose centre is on the way.
    [[nodiscard]] std::vector<Stop> stops(const Neuron &neuron) const;

private:
    std::vector<Piece> m_pieces;
    double m_lengthUm = 0.0;
};

/// The path from the soma to the end of a dendrite.
DendritePath pathTo(const Neuron &neuron, int tip);

} // namespace dt
