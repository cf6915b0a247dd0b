// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/evaluation/TwinErrors.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <vector>

namespace dt {

namespace {

/// All but the dendrites. `Neuron` is a recording or labels: both have these rows.
template <typename Neuron>
TwinErrors errorsOf(const Neuron &neuron, const TwinPrediction &twin, std::size_t n)
{
    TwinErrors result;
    result.comparedMs = static_cast<int>(n);
    const auto first = [n](const auto &values) { return std::span(values).first(n); };
    const auto spikes = first(neuron.spike);
    result.spikes = std::accumulate(spikes.begin(), spikes.end(), 0);
    result.spikesAuc = rocAuc(first(twin.spikeProbability), spikes);
    result.nearSpikeAuc = rocAuc(first(twin.nearSpikeProbability), first(neuron.nearSpike));
    result.decisions = spikeDecisions(first(twin.spikeProbability), spikes);
    result.soma = regressionSums(first(neuron.somaV), first(twin.somaMv)).scores();
    result.rate = regressionSums(first(neuron.instRate), first(twin.rate)).scores();
    return result;
}

} // namespace

TwinErrors twinErrors(const Recording &neuron, const TwinPrediction &twin)
{
    TwinErrors result = errorsOf(neuron, twin, neuron.somaV.size());
    if (twin.dendHeads == neuron.segments)
        result.dend = regressionSums(neuron.dendV, twin.dendMv).scores();
    return result;
}

TwinErrors twinErrors(const VoltageTrace &trace, const SomaLabels &labels,
                      const LabelSettings &settings, const TwinPrediction &twin, int ms)
{
    const auto n = static_cast<std::size_t>(std::clamp(
        ms, 0, std::min({trace.recordedMs, static_cast<int>(labels.somaV.size()), twin.lengthMs})));
    TwinErrors result = errorsOf(labels, twin, n);
    if (twin.dendHeads != trace.segments)
        return result;
    const auto cap = static_cast<float>(settings.dendCapMv);
    const auto segments = static_cast<std::size_t>(trace.segments);
    const auto stride = static_cast<std::size_t>(twin.lengthMs);
    RegressionSums dend;
    std::vector<float> truth(n);
    for (std::size_t s = 0; s < segments; ++s) {
        for (std::size_t t = 0; t < n; ++t)
            truth[t] = std::min(trace.dendV[t * segments + s], cap);
        dend.add(truth, std::span(twin.dendMv).subspan(s * stride, n));
    }
    result.dend = dend.scores();
    return result;
}

} // namespace dt
