// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/explore/Measures.h"

#include <span>
#include <string>

namespace dt {

/// A number that the parameter sweep can measure.
struct SweepMeasure
{
    const char *name;
    const char *label;
    const char *unit;
    int digits;
    bool local; ///< needs a place on the dendrite
    bool epsp; ///< means nothing where the neuron fires
    double (*of)(const PotentialMeasures &soma, const PotentialMeasures &local, double seconds);
    /// What the smallest step of its values is.
    enum class Step { Any, Sample, Spike, SpikeRate } step = Step::Any;
};

std::span<const SweepMeasure> sweepMeasures();

/// The measure of this name, which must exist.
const SweepMeasure &sweepMeasure(const std::string &name);

bool countsSpikes(const SweepMeasure &measure);

} // namespace dt
