// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/runs/ShownRun.h"

#include <algorithm>

namespace dt {

void ShownRun::begin(int runId, const Neuron &ofNeuron, int ms)
{
    id = runId;
    durationMs = ms;
    neuron = ofNeuron;
    trace = {};
    trace.segments = neuron.segmentCount();
    trace.samplesPerMs = neuron.samplesPerMs;
    labels = {};
    clearTwin();
}

void ShownRun::extend(const VoltageTrace &longer, const SomaLabels &itsLabels)
{
    const auto take = [](std::vector<float> &to, const std::vector<float> &from) {
        to.insert(to.end(), from.begin() + static_cast<std::ptrdiff_t>(to.size()), from.end());
    };
    take(trace.somaFine, longer.somaFine);
    take(trace.dendV, longer.dendV);
    trace.recordedMs = longer.recordedMs;
    labels = itsLabels;
}

void ShownRun::extendTwin(const TwinPrediction &said, int reachedMs)
{
    const int from = twinMs;
    twinMs = reachedMs;
    if (from == 0 || said.lengthMs != twin.lengthMs) {
        twin = said;
        return;
    }
    const auto take = [&](std::vector<float> &to, const std::vector<float> &what,
                          std::ptrdiff_t offset) {
        std::copy(what.begin() + offset + from, what.begin() + offset + reachedMs,
                  to.begin() + offset + from);
    };
    take(twin.spikeProbability, said.spikeProbability, 0);
    take(twin.nearSpikeProbability, said.nearSpikeProbability, 0);
    take(twin.somaMv, said.somaMv, 0);
    take(twin.rate, said.rate, 0);
    for (std::ptrdiff_t k = 0; k < said.dendHeads; ++k)
        take(twin.dendMv, said.dendMv, k * said.lengthMs);
}

void ShownRun::clearTwin()
{
    twin = {};
    twinMs = 0;
}

std::vector<float> voltageOfRow(const VoltageTrace &trace, int row, int fromMs)
{
    std::vector<float> values;
    if (row < 0 || row >= trace.segments)
        return values;
    const auto n = static_cast<std::size_t>(trace.segments);
    for (std::size_t i = static_cast<std::size_t>(fromMs) * n + static_cast<std::size_t>(row);
         i < trace.dendV.size(); i += n)
        values.push_back(trace.dendV[i]);
    return values;
}

} // namespace dt
