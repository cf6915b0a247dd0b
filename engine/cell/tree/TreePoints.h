// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

#include <utility>
#include <vector>

namespace dt {

/// What edits of a tree do to drawn dendrites (Dendrite::points).

/// The point at a share of the line's length, 0..1.
Point3 pointOn(const std::vector<Point3> &points, double x);

/// The point of the soma's outline in a direction from its centre, in the plane of the picture;
/// `angle` is in radians.
Point3 somaEdge(const Soma &soma, double angle);

/// The points up to a share `x` of the length, and those from there on; the cut is in both.
std::pair<std::vector<Point3>, std::vector<Point3>> splitPoints(const std::vector<Point3> &points,
                                                                double x);

/// The points of two dendrites in series, of which at least one is drawn; the other one goes on
/// straight with its own diameter.
std::vector<Point3> joinedPoints(const Dendrite &near, const Dendrite &far);

/// Shifts a drawn branch, with all that hangs on it, so that it begins at its place on its parent.
/// A branch of the soma goes to the soma's outline; a branch of a cylinder that is not drawn stays
/// where it is.
void attachPoints(Neuron &neuron, int dendrite);

/// Shifts a drawn branch, with all that hangs on it, by as much as its place on its parent moved,
/// so that a gap between a traced parent and its branch stays as it is. `parentBefore` is the
/// parent as it was.
void followParent(Neuron &neuron, int dendrite, const Dendrite &parentBefore);

/// Turns drawn dendrites a little around the beginning of the first, so that a copy can be told
/// from its original.
void turnPoints(Neuron &neuron, const std::vector<int> &dendrites);

} // namespace dt
