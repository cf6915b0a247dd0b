// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Half.h"
#include "engine/base/Random.h"
#include "engine/recording/Recording.h"

namespace dt::test {

/// A recording of random numbers with the shapes of a real one, as it would be read back: dend_v
/// is exact in half precision.
inline Recording randomRecording(const Neuron &neuron, int durationMs,
                                 WeightPrecision precision = WeightPrecision::Half)
{
    RandomStream random({7, static_cast<std::uint64_t>(durationMs)});
    SpikeInput input{neuron.segmentCount(), durationMs, {}, precision};
    for (int t = 0; t < durationMs; t += 3) {
        const double weight = precision == WeightPrecision::Half ? 0.25 * (1 + t % 7)
            : precision == WeightPrecision::Single               ? double(0.1f * float(1 + t))
                                                                 : 0.1 * (1 + t);
        input.events.push_back(
            {t % 2 ? Polarity::Inhibitory : Polarity::Excitatory, t % input.segments, t, weight});
    }
    input.normalise();

    VoltageTrace trace;
    trace.segments = input.segments;
    trace.samplesPerMs = neuron.samplesPerMs;
    trace.recordedMs = durationMs;
    for (int i = 0; i <= durationMs * neuron.samplesPerMs; ++i)
        trace.somaFine.push_back(static_cast<float>(random.uniform(-90.0, 40.0)));
    for (int i = 0; i < durationMs * input.segments; ++i)
        trace.dendV.push_back(
            floatFromHalf(halfFromFloat(static_cast<float>(random.uniform(-90.0, 10.0)))));
    return makeRecording(neuron, input, trace, "neuron");
}

} // namespace dt::test
