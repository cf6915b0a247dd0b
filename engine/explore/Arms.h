// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

#include <string>
#include <vector>

namespace dt {

// What experiments compare: kinds of synapses, each with the SK current off and on.

/// Value of the setting `kind` that stands for the two published kinds with NMDA.
inline constexpr const char *BothNmda = "NMDA_both";

/// A kind of synapse that the setting `kind` stands for, with its name for people.
struct NamedKind
{
    std::string name;
    SynapseKind kind;
};
std::vector<NamedKind> chosenKinds(const Neuron &neuron, const std::string &choice);

/// One of the conditions that are compared: a neuron and the kind of its synapses.
struct Arm
{
    std::string name;
    Neuron neuron; ///< its SK factor is set
    SynapseKind kind;
};
/// All conditions that the settings `kind` and `sk` stand for. `sk` is "neuron" (the factor that
/// the neuron has) or "both" (SK off, and SK on). The names say in what the conditions differ.
std::vector<Arm> armsOf(const Neuron &neuron, const std::string &kind, const std::string &sk);

/// The neuron's first inhibitory kind; GABA-A where it has none.
SynapseKind inhibitoryKind(const Neuron &neuron);

} // namespace dt
