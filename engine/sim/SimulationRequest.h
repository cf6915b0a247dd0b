// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"
#include "engine/input/Electrode.h"
#include "engine/input/SpikeInput.h"

#include <vector>

namespace dt {

/// Simulations per batch where throughput counts: measured 0.23 s per simulation at 8 and 0.19 s
/// at 16 (one core, 8192 ms, 8 segments); beyond that little is gained.
inline constexpr int StandardBatch = 16;

/// One piece of work for a simulation engine: the same neuron with one or more inputs of equal
/// duration (a batch). Each input is a simulation of its own; none influences another.
struct SimulationRequest
{
    Neuron neuron;
    std::vector<SpikeInput> inputs; ///< at least one; all of the same durationMs
    /// Empty, or one list for each input.
    std::vector<std::vector<Electrode>> electrodes;
    /// Empty, or one list for each input: what VoltageTrace::probes is to hold.
    std::vector<std::vector<Probe>> probes;
    /// A person watches the first simulation: report often, and at the wanted pace.
    bool live = false;
    /// Neuron time per wall-clock second, only when live; 0 = as fast as possible.
    double paceMsPerSecond = 0.0;

    /// Electrodes of input i; none where the list is shorter.
    [[nodiscard]] std::vector<Electrode> electrodesOf(std::size_t i) const
    {
        return i < electrodes.size() ? electrodes[i] : std::vector<Electrode>{};
    }
    [[nodiscard]] std::vector<Probe> probesOf(std::size_t i) const
    {
        return i < probes.size() ? probes[i] : std::vector<Probe>{};
    }

    [[nodiscard]] int durationMs() const { return inputs.empty() ? 0 : inputs.front().durationMs; }
};

} // namespace dt
