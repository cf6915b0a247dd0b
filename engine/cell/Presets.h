// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/cell/Neuron.h"

#include <span>
#include <string>
#include <string_view>

namespace dt {

struct NeuronPreset
{
    std::string_view name; ///< as on the command line
    std::string_view title; ///< as in menus
    std::string_view description;
};

/// The named neurons, in the order of menus.
std::span<const NeuronPreset> neuronPresets();

/// The neuron of a preset; NotFound names the presets there are.
Result<Neuron> presetNeuron(std::string_view name);

/// What people call the neuron: the preset's title, or what sets it apart, e.g. "512 x 2 um, AMPA
/// Only".
std::string neuronTitle(const Neuron &neuron);

/// What a new project holds: `nmda-cable-64`.
Neuron defaultNeuron();

/// The three published excitatory synapses.
struct SynapseType
{
    std::string_view name; ///< AMPA, NMDA_rodent, NMDA_human
    std::string_view title; ///< as in menus
    double gMaxAmpaUs;
    double gMaxNmdaUs;
    double gammaPerMv;
};

std::span<const SynapseType> synapseTypes();

/// Name of the type that a neuron's first excitatory kind matches, else "custom".
std::string_view synapseTypeOf(const Neuron &neuron);

/// Gives the first excitatory kind the conductances of a type.
void setSynapseType(Neuron &neuron, const SynapseType &type);

} // namespace dt
