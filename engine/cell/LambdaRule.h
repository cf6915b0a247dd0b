// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

namespace dt {

/// How many segments a dendrite needs: each at most a share of a length constant long. The counts
/// are odd, as users of NEURON expect, so that a dendrite's middle is the centre of a segment.

/// What NEURON users know as d_lambda = 0.1, of the length constant at 100 Hz.
inline constexpr double UsualShareOfLambda = 0.1;
inline constexpr double UsualLambdaHz = 100.0;

/// Most segments of one dendrite (the range of the parameter num_segments).
inline constexpr int MaxSegmentsOfDendrite = 1000;

/// Length of a dendrite in steady-state length constants (engine/cell/Cable.h), frustum by frustum
/// where it has points.
double lengthInLambda(const Dendrite &dendrite, const Membrane &membrane);

/// The same in length constants at a frequency [Hz], where the membrane's capacitance
/// short-circuits its resistance: lambda_f[um] = 1e5 sqrt(diam / (4 pi f Ra cm)), diam in um, Ra in
/// ohm cm, cm in uF/cm2 (Hines and Carnevale, NEURON: a tool for neuroscientists, 2001).
double lengthInLambdaAt(double hz, const Dendrite &dendrite, const Membrane &membrane);

/// Odd number of segments, 1 to MaxSegmentsOfDendrite, so that none is longer than about this share
/// of the steady-state length constant (a little more is allowed where it saves two segments, as
/// NEURON's rule does). A share that is not above 0 gives one segment.
int segmentsByLambda(const Dendrite &dendrite, const Membrane &membrane, double shareOfLambda);

/// The same with the length constant at a frequency: the d_lambda rule.
int segmentsByLambdaAt(double hz, const Dendrite &dendrite, const Membrane &membrane,
                       double shareOfLambda);

/// Segments of all dendrites by the steady-state rule. Synapses as setSegments() does it: a table
/// of one pair per segment stays one, any other keeps its places.
void applyLambdaRule(Neuron &neuron, double shareOfLambda);

} // namespace dt
