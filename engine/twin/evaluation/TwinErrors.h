// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/recording/Labels.h"
#include "engine/recording/Recording.h"
#include "engine/twin/TwinBatch.h"
#include "engine/twin/evaluation/Metrics.h"

#include <optional>

namespace dt {

/// How far a twin is from its neuron on one input. The neuron's voltages are capped as in data
/// sets; nothing else is clamped. Source: training specification, section 20.
struct TwinErrors
{
    int comparedMs = 0;
    int spikes = 0; ///< spikes of the neuron
    std::optional<double> spikesAuc; ///< empty: no spike
    std::optional<double> nearSpikeAuc;
    SpikeDecisions decisions; ///< spikes are predicted above probability 0.5, at their exact ms
    std::optional<RegressionScores> soma; ///< mV
    std::optional<RegressionScores> rate; ///< spikes/ms
    std::optional<RegressionScores> dend; ///< mV, all segments together
};

/// Errors over a whole recording; the twin's prediction is as long.
TwinErrors twinErrors(const Recording &neuron, const TwinPrediction &twin);

/// Errors over the first `ms` of a trace; the trace and the twin's prediction for the same input
/// are at least that long. Voltages of dendrites are compared when the twin has as many as the
/// trace.
TwinErrors twinErrors(const VoltageTrace &trace, const SomaLabels &labels,
                      const LabelSettings &settings, const TwinPrediction &twin, int ms);

} // namespace dt
