// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/explore/Experiment.h"

#include <vector>

namespace dt {

class Findings;
class Planner;

/// One experiment: its description, and the functions that plan and evaluate it.
struct ExperimentKind
{
    ExperimentInfo info;
    Status (*plan)(Planner &) = nullptr;
    void (*evaluate)(const Findings &, ExperimentResult &) = nullptr;
    /// Adapts settings that depend on the values of others. All values are there. May be null.
    void (*follow)(std::vector<ExperimentSetting> &, const ExperimentValues &) = nullptr;
};

// Each is in a file of its own.
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
