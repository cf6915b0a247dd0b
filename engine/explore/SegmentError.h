// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/explore/Places.h"

#include <string>

namespace dt {

/// What cutting dendrites into segments does to steady voltages: the cable of segments, as it is
/// simulated, compared with the exact one. Both are passive. Faster signals are off by more.
/// Values; any thread.
struct SegmentError
{
    Place worst; ///< the segment for which `soma` is farthest from 1
    double soma = 1.0; ///< what a current there does to the soma, divided by the exact effect
    double local = 1.0; ///< what it does to the segment itself, divided by the exact effect
};

SegmentError segmentError(const Neuron &neuron);

/// Says how large the error is and what to think of it, e.g. "By cable theory a steady current in
/// the worst segment moves the soma 2.8 % too much and the segment itself 1.2 % too little. Short
/// EPSPs are off by more."
std::string segmentErrorSentence(const SegmentError &error);

} // namespace dt
