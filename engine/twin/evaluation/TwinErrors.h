// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/recording/Labels.h"
#include "engine/recording/Recording.h"
#include "engine/twin/TwinBatch.h"
#include "engine/twin/evaluation/Metrics.h"

#include <optional>

namespace dt {

/// Neuron and twin on one input, in numbers. The neuron's voltages are capped as data sets have
/// them, and nothing else is clamped. Source: training specification, section 20.
struct TwinErrors
{
    int comparedMs = 0;
    int spikes = 0; ///< of the neuron
    std::optional<double> spikesAuc; ///< empty: no spike
    std::optional<double> nearSpikeAuc;
    SpikeDecisions decisions; ///< above probability 0.5, at the very ms
    std::optional<RegressionScores> soma; ///< mV
    std::optional<RegressionScores> rate; ///< spikes/ms
    std::optional<RegressionScores> dend; ///< mV, all segments together
};

/// Of a whole recording; the twin's prediction is as long.
TwinErrors twinErrors(const Recording &neuron, const TwinPrediction &twin);

/// The first `ms` of a trace and of what a twin said of the same input; both reach that far.
/// Voltages of dendrites are compared when there are as many of them.
TwinErrors twinErrors(const VoltageTrace &trace, const SomaLabels &labels,
                      const LabelSettings &settings, const TwinPrediction &twin, int ms);

} // namespace dt
