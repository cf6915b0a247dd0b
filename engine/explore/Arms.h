// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

#include <string>
#include <vector>

namespace dt {

// What experiments compare: kinds of synapses, each with the SK current off and on.

/// Value of a "kind" setting: the two published kinds with NMDA.
inline constexpr const char *BothNmda = "NMDA_both";

/// Kinds that a "kind" setting stands for, each with its name for people.
struct NamedKind
{
    std::string name;
    SynapseKind kind;
};
std::vector<NamedKind> chosenKinds(const Neuron &neuron, const std::string &choice);

/// One of what is compared.
struct Arm
{
    std::string name;
    Neuron neuron; ///< with its SK factor
    SynapseKind kind;
};
/// All that two settings stand for. `sk`: "neuron" or "both". Names say what differs.
std::vector<Arm> armsOf(const Neuron &neuron, const std::string &kind, const std::string &sk);

/// The neuron's first inhibitory kind, or GABA-A.
SynapseKind inhibitoryKind(const Neuron &neuron);

} // namespace dt
