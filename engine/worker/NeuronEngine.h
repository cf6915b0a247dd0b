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
/// One per process, used from the thread that created it: NEURON is one big global. A statement
/// that NEURON refuses comes back as an Error; an error inside a step would end the process, which
/// the pool on the other side of the pipe survives.
class NeuronEngine
{
public:
    /// Starts NEURON (0.2 s) and loads the mechanisms. A second call fails.
    static Result<std::unique_ptr<NeuronEngine>> start(const std::string &mechanismLibrary);
    ~NeuronEngine();

    /// e.g. "NEURON 8.2.2"
    [[nodiscard]] std::string version() const;

    /// What each cell has besides what all share.
    struct CellSetup
    {
        std::vector<Electrode> electrodes;
        std::vector<Probe> probes;
        bool operator==(const CellSetup &) const = default;
    };

    /// Makes a copy of a valid neuron for each setup. What is already there is kept when it fits.
    Status build(const Neuron &neuron, const std::vector<CellSetup> &cells);

    /// Back to t = 0: resting voltage, gates in their steady state, no events pending.
    Status initialise();

    /// An event now, at every synapse of the polarity in that segment row, times the synapse's
    /// weight.
    void deliver(int cell, Polarity polarity, int row, double weight);

    /// One integration step of all cells.
    void step();

    /// [mV]
    [[nodiscard]] double somaV(int cell) const;
    /// [mV] one per segment row; valid until build().
    [[nodiscard]] std::span<double *const> dendV(int cell) const;
    /// [mV or nA] one per probe; valid until build(). Of an electrode that is off: zero.
    [[nodiscard]] std::span<double *const> probes(int cell) const;

    // One cell that is changed as it runs: beginLive() in place of build(), then initialise(), and
    // somaV(0), dendV(0), probes(0) as ever. The cell keeps its state - voltages, gates, open
    // synapses, time - through all of this (NeuronLive.cpp).

    /// Makes one cell. endLive() before anything else is built.
    Status beginLive(const Neuron &neuron);
    /// Sets the values of another neuron; only when needsRestart() (engine/input/LiveChange.h) has
    /// no objection.
    Status change(const Neuron &neuron);
    /// Electrodes that step without beginning and end: currentNa or stepMv, for ever.
    Status setElectrodes(const std::vector<Electrode> &electrodes);
    Status setProbes(const std::vector<Probe> &probes);
    /// An event now, at a synapse of a kind that exists for this alone; it is made at the first
    /// poke of a segment: see docs/decisions/live-runs.md.
    Status poke(int kind, int row, double weight);
    void endLive();

private:
    NeuronEngine();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace dt
