// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recording/Recording.h"

#include "engine/recording/Labels.h"

#include <algorithm>
#include <numeric>

namespace dt {

int Recording::spikeCount() const
{
    return std::accumulate(spike.begin(), spike.end(), 0);
}

double Recording::rateHz() const
{
    return durationMs > 0 ? 1000.0 * spikeCount() / durationMs : 0.0;
}

Recording makeRecording(const Neuron &neuron, const SpikeInput &input, const VoltageTrace &trace,
                        std::string engine)
{
    Recording r;
    r.neuron = neuron;
    r.input = input;
    r.engine = std::move(engine);
    r.durationMs = trace.recordedMs;
    r.segments = trace.segments;
    r.somaFine = trace.somaFine;

    const auto cap = static_cast<float>(neuron.labels.dendCapMv);
    const auto n = static_cast<std::size_t>(trace.segments);
    const auto T = static_cast<std::size_t>(trace.recordedMs);
    r.dendV.resize(n * T);
    for (std::size_t t = 0; t < T; ++t) {
        for (std::size_t s = 0; s < n; ++s)
            r.dendV[s * T + t] = std::min(trace.dendV[t * n + s], cap);
    }

    SomaLabels labels = somaLabels(r.somaFine, trace.samplesPerMs, trace.recordedMs, neuron.labels);
    r.somaV = std::move(labels.somaV);
    r.spike = std::move(labels.spike);
    r.nearSpike = std::move(labels.nearSpike);
    r.instRate = std::move(labels.instRate);
    return r;
}

} // namespace dt
