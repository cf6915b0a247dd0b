// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"
#include "engine/input/Electrode.h"

#include <string>
#include <utility>
#include <vector>

namespace dt {

/// What NEURON is told of a neuron, in NEURON's own names and units. The worker renders it as hoc
/// when it builds a cell and when it changes one that runs; the script for people renders it as
/// Python. A value that is added here reaches all three.

/// Variables of NEURON and their values, e.g. {"Ra", 150}.
using NeuronValues = std::vector<std::pair<std::string, double>>;

/// A mechanism and its parameters: a channel of a section, a synapse or a clamp.
struct NeuronMechanism
{
    std::string name; ///< e.g. "pas", "NaTs2_t", "AmpaNmda", "IClamp"
    NeuronValues values; ///< without a suffix: {"gbar", 0.99}
};

/// What makes a section's membrane. The order is the one in which NEURON must hear it.
struct NeuronMembrane
{
    NeuronValues cable; ///< Ra [ohm cm], cm [uF/cm2]
    std::vector<NeuronMechanism> mechanisms; ///< conductances in S/cm2
    NeuronValues ions; ///< ek, ena [mV]: there only once a mechanism uses the ion
};

NeuronMembrane somaMembrane(const Neuron &neuron);
/// Equal in all dendrites.
NeuronMembrane dendriteMembrane(const Neuron &neuron);

/// The point process of a synapse [uS, ms, 1/mV, mM, mV].
NeuronMechanism synapseProcess(const SynapseKind &kind);

/// The point process of an electrode with beginning and end [ms, nA, mV, Mohm].
NeuronMechanism clampProcess(const Electrode &electrode);
/// Of an electrode that steps for ever, as live mode has it: currentNa or stepMv.
NeuronMechanism endlessClampProcess(const Electrode &electrode);

} // namespace dt
