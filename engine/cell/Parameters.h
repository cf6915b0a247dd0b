// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/cell/Neuron.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dt {

enum class ParameterGroup { Dendrite, Soma, Membrane, Synapses, Channels, Labels, Integration };

/// Name of a group as tables show it, e.g. "Membrane".
const char *parameterGroupName(ParameterGroup group);

/// One scalar of a neuron as the command line, the form and files know it: the single place for its
/// name, unit, range and reason. Getter and setter work on the plain value and never fail;
/// setParameter() and validateNeuron() check.
struct ParameterInfo
{
    std::string_view name; ///< command line and file attribute, e.g. dend_L_um
    std::string_view label; ///< form, e.g. "Length"
    std::string_view unit = {}; ///< empty when dimensionless
    ParameterGroup group = ParameterGroup::Membrane;
    /// Member and key in a neuron's JSON, e.g. "membrane/Ra_ohm_cm". Empty where dendrites or kinds
    /// of synapse are written with their own values.
    std::string_view json = {};
    bool expert = false; ///< shown only with expert detail
    bool integer = false;
    bool stickOnly = false; ///< describes the one dendrite of a ball-and-stick
    double min = 0.0;
    double max = 0.0;
    double step = 1.0; ///< of a spin box
    int decimals = 0; ///< shown
    std::string_view why; ///< one sentence: what it does to the neuron
    double (*get)(const Neuron &) = nullptr;
    void (*set)(Neuron &, double) = nullptr;
    double usualMin = 0.0; ///< span of a slider; none when both are equal
    double usualMax = 0.0;
    std::string_view sweep = {}; ///< values of a sweep to begin with, as people write a list
};

/// All scalars in the order of the form.
std::span<const ParameterInfo> parameters();

/// nullptr when there is none of that name.
const ParameterInfo *findParameter(std::string_view name);

/// Sets one parameter from text (`synapse_type` takes a name), with its range checked.
Status setParameter(Neuron &neuron, std::string_view name, std::string_view value);
Status setParameter(Neuron &neuron, const ParameterInfo &parameter, double value);

} // namespace dt
