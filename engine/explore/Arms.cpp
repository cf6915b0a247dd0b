// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/Arms.h"

#include "engine/cell/Names.h"
#include "engine/cell/Presets.h"

#include <optional>

namespace dt {

std::vector<NamedKind> chosenKinds(const Neuron &neuron, const std::string &choice)
{
    SynapseKind own; // the default kind when the neuron has none
    if (const std::optional<int> first = firstKind(neuron, Polarity::Excitatory))
        own = neuron.synapseKinds[static_cast<std::size_t>(*first)];
    std::vector<NamedKind> kinds;
    for (const SynapseType &type : synapseTypes()) {
        const bool both = choice == BothNmda && type.gMaxNmdaUs > 0.0;
        if (choice != "all" && choice != type.name && !both)
            continue;
        SynapseKind kind; // kinetics as published, whatever the neuron's own are
        kind.gMaxUs = type.gMaxAmpaUs;
        kind.nmdaGMaxUs = type.gMaxNmdaUs;
        kind.nmdaGammaPerMv = type.gammaPerMv;
        kinds.push_back({std::string(type.title), kind});
    }
    for (const SynapseKind &kind : neuron.synapseKinds) {
        if (kinds.empty() && kind.name == choice && kind.polarity == Polarity::Excitatory)
            kinds.push_back({kind.name, kind});
    }
    if (kinds.empty())
        kinds.push_back({"Neuron's synapse", own});
    return kinds;
}

std::vector<Arm> armsOf(const Neuron &neuron, const std::string &kind, const std::string &sk)
{
    const std::vector<NamedKind> kinds = chosenKinds(neuron, kind);
    std::vector<Arm> arms;
    for (const NamedKind &one : kinds) {
        if (sk != "both") {
            arms.push_back({one.name, neuron, one.kind});
            continue;
        }
        for (const double factor : {0.0, 1.0}) {
            const std::string name = factor > 0.0 ? "SK on" : "SK off";
            arms.push_back({kinds.size() > 1 ? one.name + ", " + name : name, neuron, one.kind});
            arms.back().neuron.channels.skFactor = factor;
        }
    }
    return arms;
}

SynapseKind inhibitoryKind(const Neuron &neuron)
{
    if (const std::optional<int> first = firstKind(neuron, Polarity::Inhibitory))
        return neuron.synapseKinds[static_cast<std::size_t>(*first)];
    return defaultSynapseKinds()[1];
}

} // namespace dt
