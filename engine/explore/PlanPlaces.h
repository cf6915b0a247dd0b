// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/explore/ExperimentPlan.h"

#include <vector>

namespace dt {

/// A place on the cell where an experiment does something.
struct PlanPlace
{
    enum class What {
        Excitation, ///< an excitatory event arrives
        Inhibition, ///< an inhibitory event arrives
        Electrode, ///< a clamp sits there and is on
        Measured, ///< its voltage is measured
    };
    What what = What::Excitation;
    Place place;
    int trials = 0; ///< simulations in which it does so

    bool operator==(const PlanPlace &) const = default;
};

/// All places of the simulations that run on the same variant of the neuron as the plan's first
/// one, each place once. They are in the order of what happens there, then from the soma outwards
/// in the order of rows. Empty without simulations.
std::vector<PlanPlace> planPlaces(const ExperimentPlan &plan);

} // namespace dt
