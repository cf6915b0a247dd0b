// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Presets.h"

namespace dt::test {

/// A small tree, its dendrites not in depth-first order:
/// soma - trunk (3 segments) - tuft (2, at the trunk's end), oblique (1, at its middle);
/// soma - basal (2). Rows: trunk 0-2, tuft 3-4, oblique 5, basal 6-7.
inline Neuron smallTree()
{
    Neuron neuron = presetNeuron("nmda-cable").value();
    neuron.dendrites = {{"trunk", SomaIndex, 1.0, 400.0, 2.0, 3, {}},
                        {"basal", SomaIndex, 0.0, 150.0, 1.0, 2, {}},
                        {"tuft", 0, 1.0, 300.0, 1.0, 2, {}},
                        {"oblique", 0, 0.5, 100.0, 0.5, 1, {}}};
    neuron.synapses = onePairPerSegment(neuron);
    return neuron;
}

/// The tree with a third kind of synapse and a table of its own.
inline Neuron treeWithTable()
{
    Neuron neuron = smallTree();
    SynapseKind fast = neuron.synapseKinds[1];
    fast.name = "shunt";
    fast.gMaxUs = 0.002;
    fast.tauRiseMs = 0.1;
    fast.tauDecayMs = 2.0;
    fast.reversalMv = -70.0;
    neuron.synapseKinds.push_back(fast);
    neuron.synapses = {{0, 2, 0.9}, {0, 0, 0.1}, {2, 3, 0.5}, {1, 1, 1.0}, {0, 2, 0.9}};
    return neuron;
}

} // namespace dt::test
