// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

#include <vector>

namespace dt {

/// Geometry of a dendrite whose shape is given by points: a chain of frusta (cut cones) between
/// them, as NEURON sees 3-D points.

/// Straight distance between two points [um].
double distanceUm(const Point3 &a, const Point3 &b);

/// Length of the line through the points [um].
double arcLengthUm(const std::vector<Point3> &points);

/// Lateral area of the frusta [um2]; points at one place with different diameters make a ring.
double frustaAreaUm2(const std::vector<Point3> &points);

/// Gives a dendrite these points, and sets its lengthUm and diamUm to what follows from them. Fewer
/// than two points, or points at one place, leave a cylinder of the present length and diameter.
void setPoints(Dendrite &dendrite, std::vector<Point3> points);

/// Stretches or shrinks a dendrite along its line; its first point stays.
void setLengthUm(Dendrite &dendrite, double lengthUm);

/// Scales all diameters of a dendrite so that its diamUm becomes this.
void setDiamUm(Dendrite &dendrite, double diamUm);

/// Lateral area [um2] of the dendrite, cylinder or frusta.
double dendriteAreaUm2(const Dendrite &dendrite);

} // namespace dt
