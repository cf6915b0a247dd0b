// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

#include <utility>
#include <vector>

namespace dt {

/// What edits of a tree do to drawn dendrites (Dendrite::points).

/// The place at a share of the line's length.
Point3 pointOn(const std::vector<Point3> &points, double x);

/// Where the soma's outline is met from its centre, in the plane of the picture [radians].
Point3 somaEdge(const Soma &soma, double angle);

/// The points up to a share of the length and those from it on; the cut is in both.
std::pair<std::vector<Point3>, std::vector<Point3>> splitPoints(const std::vector<Point3> &points,
                                                                double x);

/// The points of two dendrites in series, of which at least one is drawn; the other one goes on
/// straight with its own diameter.
std::vector<Point3> joinedPoints(const Dendrite &near, const Dendrite &far);

/// Shifts a drawn branch so that it begins where its parent says, and all that hangs on it. A
/// branch of the soma goes to the soma's outline; one of a cylinder that is not drawn stays where
/// it is.
void attachPoints(Neuron &neuron, int dendrite);

/// Shifts a drawn branch, and all that hangs on it, as the place moved that it begins at: what is
/// left between a traced parent and its branch stays. `parentBefore` is the parent as it was.
void followParent(Neuron &neuron, int dendrite, const Dendrite &parentBefore);

/// Turns drawn dendrites a little around the beginning of the first, so that a copy can be told
/// from what it was made of.
void turnPoints(Neuron &neuron, const std::vector<int> &dendrites);

} // namespace dt
