// SPDX-License-Identifier: GPL-3.0-or-later
//
// The inside of NeuronEngine, for its own source files only. NEURON's headers define macros with
// everyday names: include this last.
#pragma once

#include "engine/worker/NeuronEngine.h"

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "hocdec.h"
#include "oc_ansi.h"

extern "C" Symbol *hoc_table_lookup(const char *name, Symlist *table);

namespace dt {

/// One synapse of one cell, to which an event goes.
struct Target
{
    Object *netCon = nullptr;
    double *weight = nullptr;
    double factor = 1.0; ///< the synapse's own weight
};

/// A synapse that exists for a person's pokes.
struct Finger
{
    int index = 0; ///< in hoc's list dtFingers
    Target target;
};

struct NeuronEngine::Private
{
    std::optional<Neuron> neuron;
    std::vector<CellSetup> cells;
    Symbol *eventSymbol = nullptr;
    double *time = nullptr;
    std::vector<double *> soma; // cells
    std::vector<std::vector<double *>> dend; // cells x rows
    std::vector<std::vector<double *>> probes; // cells x probes
    double silent = 0.0; ///< current of an electrode that is off
    /// [cell][polarity][row]: the synapses an event reaches
    std::vector<std::vector<std::vector<Target>>> targets[2];

    Status oc(const std::string &statement)
    {
        if (hoc_oc((statement + "\n").c_str()) == 0)
            return Done{};
        return Error{ErrorCode::Engine,
                     "NEURON refused the statement '" + statement.substr(0, 120) + "'.", "NEURON"};
    }

    /// Runs statements until one is refused.
    Status all(const std::vector<std::string> &statements)
    {
        for (const std::string &statement : statements) {
            if (Status status = oc(statement); !status)
                return status;
        }
        return Done{};
    }

    std::vector<std::string> sectionStatements() const;
    std::vector<std::string> synapseStatements() const;
    std::vector<std::string> electrodeStatements() const;
    /// Name of the section with that index in NEURON.
    [[nodiscard]] std::string sectionName(std::size_t cell, int dendrite) const;
    Status findPointers();
    Status findProbes();

    // What can change in a cell that runs (NeuronLive.cpp).
    std::map<std::pair<int, int>, Finger> fingers; ///< indexed by kind and row
    int fingersMade = 0; ///< number of them in NEURON's list, which only grows
    std::vector<Electrode> liveElectrodes;
    std::vector<Probe> liveProbes;
    /// Makes NEURON use what statements have changed while the cell keeps its state, and finds the
    /// voltages again if NEURON has moved them.
    Status settle();
    void findVoltages();
};

} // namespace dt
