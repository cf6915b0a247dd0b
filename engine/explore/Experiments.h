// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/explore/Experiment.h"

#include <vector>

namespace dt {

class Findings;
class Planner;

/// One experiment: what it says of itself and its two halves.
struct ExperimentKind
{
    ExperimentInfo info;
    Status (*plan)(Planner &) = nullptr;
    void (*evaluate)(const Findings &, ExperimentResult &) = nullptr;
    /// Settings that follow from the values of others; all values are there. May be null.
    void (*follow)(std::vector<ExperimentSetting> &, const ExperimentValues &) = nullptr;
};

// One file each.
ExperimentKind outAndBackExperiment();
ExperimentKind attenuationExperiment();
ExperimentKind inputResistanceExperiment();
ExperimentKind steadyVoltageExperiment();
ExperimentKind lengthExperiment();
ExperimentKind pairedExperiment();
ExperimentKind twoPlacesExperiment();
ExperimentKind weightExperiment();
ExperimentKind clusterExperiment();
ExperimentKind orderExperiment();
ExperimentKind inhibitionExperiment();
ExperimentKind currentRateExperiment();
ExperimentKind synapticRateExperiment();
ExperimentKind sweepExperiment();

} // namespace dt
