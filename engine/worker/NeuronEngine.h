// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/cell/Neuron.h"
#include "engine/input/Electrode.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace dt {

/// NEURON inside this process: identical cells side by side, stepped together with NEURON's fixed
/// step. All use of NEURON is in NeuronEngine.cpp and NeuronLive.cpp, so that another interface
/// (NEURON 9 has a C API) can replace it there.
///
/// There is one engine in a process, used from the thread that created it, because NEURON is global
/// state. A statement that NEURON refuses comes back as an Error; an error inside a step would end
/// the process, which the pool on the other side of the pipe survives.
class NeuronEngine
{
public:
    /// Starts NEURON (0.2 s) and loads the mechanisms. A second call fails.
    static Result<std::unique_ptr<NeuronEngine>> start(const std::string &mechanismLibrary);
    ~NeuronEngine();

    /// e.g. "NEURON 8.2.2"
    [[nodiscard]] std::string version() const;

    /// What belongs to one cell alone.
    struct CellSetup
    {
        std::vector<Electrode> electrodes;
        std::vector<Probe> probes;
        bool operator==(const CellSetup &) const = default;
    };

    /// Makes a copy of a valid neuron for each setup. Cells of the last build are kept when they
    /// fit.
    Status build(const Neuron &neuron, const std::vector<CellSetup> &cells);

    /// Back to t = 0: resting voltage, gates in their steady state, no events pending.
    Status initialise();

    /// Sends an event now to every synapse of the polarity in that segment row; its weight is
    /// multiplied by the synapse's.
    void deliver(int cell, Polarity polarity, int row, double weight);

    /// Does one integration step of all cells.
    void step();

    /// Voltage of a cell's soma [mV].
    [[nodiscard]] double somaV(int cell) const;
    /// Voltages [mV] of a cell's dendrites, one pointer per segment row; valid until build().
    [[nodiscard]] std::span<double *const> dendV(int cell) const;
    /// What is measured [mV or nA], one pointer per probe; valid until build(). The current of an
    /// electrode that is off is 0.
    [[nodiscard]] std::span<double *const> probes(int cell) const;

    // For one cell that is changed as it runs: call beginLive() in place of build(), then
    // initialise(); somaV(0), dendV(0) and probes(0) work as usual. The cell keeps its state -
    // voltages, gates, open synapses, time - through all of this (NeuronLive.cpp).

    /// Makes one cell. Call endLive() before anything else is built.
    Status beginLive(const Neuron &neuron);
    /// Sets the values of another neuron. Allowed only when needsRestart()
    /// (engine/input/LiveChange.h) returns an empty sentence.
    Status change(const Neuron &neuron);
    /// Sets electrodes, which hold their step, currentNa or stepMv, without beginning and end.
    Status setElectrodes(const std::vector<Electrode> &electrodes);
    Status setProbes(const std::vector<Probe> &probes);
    /// Sends an event now to a synapse of this kind that exists only for pokes. The synapse is made
    /// at the first poke of a segment: see docs/decisions/live-runs.md.
    Status poke(int kind, int row, double weight);
    void endLive();

private:
    NeuronEngine();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace dt
