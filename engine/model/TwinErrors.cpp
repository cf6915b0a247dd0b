// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/TwinErrors.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <vector>

namespace dt {

TwinErrors twinErrors(const VoltageTrace &trace, const SomaLabels &labels,
                           const LabelSettings &settings, const TwinPrediction &twin, int ms)
{
    TwinErrors result;
    const auto n = static_cast<std::size_t>(
        std::clamp(ms, 0, std::min({trace.recordedMs, static_cast<int>(labels.somaV.size()),
                                    twin.lengthMs})));
    result.comparedMs = static_cast<int>(n);
    const auto first = [n](const auto &values) { return std::span(values).first(n); };
    const auto spikes = first(labels.spike);
    result.spikes = std::accumulate(spikes.begin(), spikes.end(), 0);
    result.spikesAuc = rocAuc(first(twin.spikeProbability), spikes);
    result.nearSpikeAuc = rocAuc(first(twin.nearSpikeProbability), first(labels.nearSpike));
    result.decisions = spikeDecisions(first(twin.spikeProbability), spikes);
    result.soma = regressionSums(first(labels.somaV), first(twin.somaMv)).scores();
    result.rate = regressionSums(first(labels.instRate), first(twin.rate)).scores();
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
