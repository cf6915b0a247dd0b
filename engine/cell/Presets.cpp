// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/Presets.h"

#include <array>
#include <cstdio>

namespace dt {

namespace {

constexpr std::array Presets{
    NeuronPreset{"nmda-cable", "NMDA Cable",
                 "2048 x 1 um dendrite of 8 segments, human NMDA synapses: the harder published "
                 "data set."},
    NeuronPreset{"ampa-point", "AMPA Point",
                 "128 x 4 um dendrite of 8 segments, AMPA synapses: nearly a point neuron, the "
                 "easier published data set."},
    NeuronPreset{"nmda-cable-64", "NMDA Cable, 64 Segments",
                 "The NMDA cable cut into 64 segments: fine enough to watch voltage travel."},
};

constexpr std::array Types{
    SynapseType{"AMPA", "AMPA Only", 4.0e-4, 0.0, 0.062},
    SynapseType{"NMDA_rodent", "AMPA + NMDA (Rodent)", 4.0e-4, 4.0e-4, 0.062},
    SynapseType{"NMDA_human", "AMPA + NMDA (Human)", 4.0e-4, 8.0e-4, 0.08},
};

Neuron ballAndStick(double lengthUm, double diamUm, int segments, const SynapseType &type,
                    double rateSmoothingMs)
{
    Neuron neuron;
    neuron.synapseKinds = defaultSynapseKinds();
    Dendrite &dendrite = neuron.dendrites.front();
    dendrite.lengthUm = lengthUm;
    dendrite.diamUm = diamUm;
    dendrite.segments = segments;
    setSynapseType(neuron, type);
    neuron.labels.rateSmoothingMs = rateSmoothingMs;
    neuron.synapses = onePairPerSegment(neuron);
    return neuron;
}

} // namespace

std::span<const NeuronPreset> neuronPresets()
{
    return Presets;
}

std::span<const SynapseType> synapseTypes()
{
    return Types;
}

Result<Neuron> presetNeuron(std::string_view name)
{
    const auto &[ampa, rodent, human] = Types;
    if (name == "nmda-cable")
        return ballAndStick(2048.0, 1.0, 8, human, 2.5);
    if (name == "ampa-point")
        return ballAndStick(128.0, 4.0, 8, ampa, 2.5);
    if (name == "nmda-cable-64")
        return ballAndStick(2048.0, 1.0, 64, human, 2.0);
    std::string known;
    for (const NeuronPreset &preset : Presets)
        known += (known.empty() ? "" : ", ") + std::string(preset.name);
    return Error{ErrorCode::NotFound,
                 "There is no neuron preset named '" + std::string(name) + "'. The presets are "
                     + known + ".",
                 std::string(name)};
}

std::string neuronTitle(const Neuron &neuron)
{
    for (const NeuronPreset &preset : Presets) {
        if (presetNeuron(preset.name).value() == neuron)
            return std::string(preset.title);
    }
    std::string title = "Own Neuron";
    if (neuron.dendrites.size() == 1) {
        const Dendrite &d = neuron.dendrites.front();
        char size[64];
        std::snprintf(size, sizeof size, "%g x %g um", d.lengthUm, d.diamUm);
        title = size;
    } else if (neuron.dendrites.size() > 1) {
        title = "Tree of " + std::to_string(neuron.dendrites.size()) + " dendrites";
    }
    for (const SynapseType &type : Types) {
        if (type.name == synapseTypeOf(neuron))
            title += ", " + std::string(type.title);
    }
    return title;
}

Neuron defaultNeuron()
{
    return presetNeuron("nmda-cable-64").value();
}

std::string_view synapseTypeOf(const Neuron &neuron)
{
    for (const SynapseKind &kind : neuron.synapseKinds) {
        if (kind.polarity != Polarity::Excitatory)
            continue;
        for (const SynapseType &type : Types) {
            if (kind.gMaxUs == type.gMaxAmpaUs && kind.nmdaGMaxUs == type.gMaxNmdaUs
                && kind.nmdaGammaPerMv == type.gammaPerMv)
                return type.name;
        }
        break;
    }
    return "custom";
}

void setSynapseType(Neuron &neuron, const SynapseType &type)
{
    for (SynapseKind &kind : neuron.synapseKinds) {
        if (kind.polarity == Polarity::Excitatory) {
            kind.gMaxUs = type.gMaxAmpaUs;
            kind.nmdaGMaxUs = type.gMaxNmdaUs;
            kind.nmdaGammaPerMv = type.gammaPerMv;
            return; // further kinds are somebody's own
        }
    }
}

} // namespace dt
