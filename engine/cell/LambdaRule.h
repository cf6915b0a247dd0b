// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

namespace dt {

/// How many segments a dendrite needs: each at most a share of a length constant long. The counts
/// are odd, as users of NEURON expect, so that a dendrite's middle is the centre of a segment.

/// The usual share. Users of NEURON know it as d_lambda = 0.1, but there it is a share of the
/// length constant at 100 Hz.
inline constexpr double UsualShareOfLambda = 0.1;

/// Most segments of one dendrite (the range of the parameter num_segments).
inline constexpr int MaxSegmentsOfDendrite = 1000;

/// Length of a dendrite in steady-state length constants (engine/cell/Cable.h), from its proximal
/// end to x = `toX`: the integral of dx / lambda(x), where the diameter goes linearly between
/// points. The one length in lambda of the program: docs/decisions/length-in-lambda.md.
double lengthInLambda(const Dendrite &dendrite, const Membrane &membrane, double toX = 1.0);

/// Odd number of segments, 1 to MaxSegmentsOfDendrite, so that none is longer than about this share
/// of the steady-state length constant (a little more is allowed where it saves two segments, as
/// NEURON's rule does). A share that is not above 0 gives one segment.
int segmentsByLambda(const Dendrite &dendrite, const Membrane &membrane, double shareOfLambda);

/// Sets the segments of all dendrites by segmentsByLambda(). Synapses follow as in setSegments(): a
/// table of one pair per segment stays one, any other keeps its places.
void applyLambdaRule(Neuron &neuron, double shareOfLambda);

} // namespace dt
