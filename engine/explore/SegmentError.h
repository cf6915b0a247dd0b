// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/explore/Places.h"

#include <string>

namespace dt {

/// What cutting dendrites into segments does to steady voltages: the cable of segments, as it is
/// simulated, against the exact one, both passive. Faster signals are off by more. Values; any
/// thread.
struct SegmentError
{
    Place worst; ///< the segment for which `soma` is farthest from 1
    double soma = 1.0; ///< what a current there does to the soma, over what it should do
    double local = 1.0; ///< what it does to the segment itself, over what it should do there
};

SegmentError segmentError(const Neuron &neuron);

/// How large the error is and what to think of it, e.g. "By cable theory a steady current in the
/// worst segment moves the soma 2.8 % too much and the segment itself 1.2 % too little. Short EPSPs
/// are off by more."
std::string segmentErrorSentence(const SegmentError &error);

} // namespace dt
