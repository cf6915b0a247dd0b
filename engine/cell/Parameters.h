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
    std::string_view name; ///< on the command line and as file attribute, e.g. dend_L_um
    std::string_view label; ///< in forms, e.g. "Length"
    std::string_view unit; ///< "" when dimensionless
    ParameterGroup group;
    bool expert; ///< shown only with expert detail
    bool integer;
    bool stickOnly; ///< describes the one dendrite of a ball-and-stick
    double min;
    double max;
    double step; ///< of a spin box
    int decimals; ///< that are shown
    std::string_view why; ///< one sentence: what it does to the neuron
    double (*get)(const Neuron &);
    void (*set)(Neuron &, double);
    double usualMin = 0.0; ///< span of a slider; none when both are equal
    double usualMax = 0.0;
};

/// All scalars in the order of the form.
std::span<const ParameterInfo> parameters();

/// nullptr when there is none of that name.
const ParameterInfo *findParameter(std::string_view name);

/// Sets one parameter from text (`synapse_type` takes a name), with its range checked.
Status setParameter(Neuron &neuron, std::string_view name, std::string_view value);
Status setParameter(Neuron &neuron, const ParameterInfo &parameter, double value);

} // namespace dt
