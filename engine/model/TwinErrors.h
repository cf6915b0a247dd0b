// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Labels.h"
#include "engine/model/Metrics.h"
#include "engine/model/Recording.h"
#include "engine/model/TwinBatch.h"

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

/// The first `ms` of a trace and of what a twin said of the same input; both reach that far. Voltages
/// of dendrites are compared when there are as many of them.
TwinErrors twinErrors(const VoltageTrace &trace, const SomaLabels &labels,
                           const LabelSettings &settings, const TwinPrediction &twin, int ms);

} // namespace dt
