// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/cell/Neuron.h"
#include "engine/input/Electrode.h"
#include "engine/input/SpikeInput.h"
#include "engine/recording/Recording.h"

#include <atomic>
#include <functional>
#include <string>
#include <vector>

namespace dt {

/// A batch for the vectorised engine: the same neuron with inputs of equal duration, as a
/// SimulationRequest asks for it. The lists of electrodes and probes are empty, or one for each
/// input.
struct FastBatch
{
    const Neuron &neuron;
    const std::vector<SpikeInput> &inputs;
    const std::vector<std::vector<Electrode>> &electrodes;
    const std::vector<std::vector<Probe>> &probes;
};

/// Simulates a batch in this thread: NEURON's fixed-step method with NEURON's order of things
/// within a step (docs/FAST-ENGINE.md), several simulations side by side in vectors. Simulations do
/// not influence each other: a trace is the same to the last bit, whatever is simulated beside it.
/// `cancelled` is asked once a ms of neuron time; true ends the run and returns the traces as far
/// as they came. `reached` is called with the number of ms that are done. An Error says why the
/// batch cannot be simulated: values that NEURON's worker would refuse, too, or voltages that left
/// the range of numbers.
Result<std::vector<VoltageTrace>> fastSimulate(const FastBatch &batch,
                                               const std::atomic<bool> &cancelled,
                                               const std::function<void(int ms)> &reached = {});

} // namespace dt
