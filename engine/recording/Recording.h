// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"
#include "engine/input/SpikeInput.h"

#include <cstdint>
#include <string>
#include <vector>

namespace dt {

/// What a simulator measured; voltages are not capped. Grows from the left while a run goes on.
struct VoltageTrace
{
    int segments = 0;
    int samplesPerMs = 40;
    int recordedMs = 0; ///< whole ms in dendV
    std::vector<float> somaFine; ///< [mV], samplesPerMs per ms from t = 0; one more at the end
    std::vector<float> dendV; ///< [mV], recordedMs x segments (time-major), at whole ms
    std::vector<std::vector<float>> probes; ///< one for each Probe, sampled like somaFine
};

/// Result of one simulation with everything derived from it (docs/BIOPHYSICS.md, section 4).
/// T = durationMs; rows as in segmentRows().
struct Recording
{
    Neuron neuron;
    SpikeInput input;
    std::string engine; ///< the engine that ran it, e.g. "neuron"

    int durationMs = 0;
    int segments = 0;
    std::vector<float> somaFine; ///< [mV] T*samplesPerMs + 1
    std::vector<float> somaV; ///< [mV] T, capped
    std::vector<float> dendV; ///< [mV] segments x T (row-major), capped
    std::vector<std::uint8_t> spike; ///< T, 0/1
    std::vector<std::uint8_t> nearSpike; ///< T, 0/1
    std::vector<float> instRate; ///< [spikes/ms] T

    [[nodiscard]] int spikeCount() const;
    [[nodiscard]] double rateHz() const;
};

/// Derives a recording from a complete trace.
Recording makeRecording(const Neuron &neuron, const SpikeInput &input, const VoltageTrace &trace,
                        std::string engine);

} // namespace dt
