// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/SweepVariables.h"

#include "engine/base/NumberText.h"
#include "engine/cell/Parameters.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace dt {

namespace {

constexpr std::array SweptInputs{
    SweepInput{"weight", "Weight", "", 5.0, 0.0, 1000.0, 3, "synapse pair rain",
               "Of an event; of rain, the largest."},
    SweepInput{"place", "Place along the path", "", 0.5, 0.0, 1.0, 3, "synapse pair current",
               "Where the synapse or the electrode sits: 0 is the soma, 1 the tip."},
    SweepInput{"delay_ms", "Gap of the pair", "ms", 10.0, 0.0, 1000.0, 0, "pair",
               "From the first event to the second."},
    SweepInput{"current_nA", "Current", "nA", 0.1, -100.0, 100.0, 4, "current",
               "What the electrode injects."},
    SweepInput{"rate_Hz", "Excitation of each segment", "Hz", 20.0, 0.0, 1000.0, 2, "rain",
               "Events a second on every segment."},
    SweepInput{"inh_rate_Hz", "Inhibition of each segment", "Hz", 10.0, 0.0, 1000.0, 2, "rain",
               "Inhibitory events a second on every segment."},
};

} // namespace

std::span<const SweepInput> sweepInputs()
{
    return SweptInputs;
}

const SweepInput *findSweepInput(const std::string &name)
{
    const auto it = std::find_if(SweptInputs.begin(), SweptInputs.end(),
                                 [&](const SweepInput &p) { return name == p.name; });
    return it == SweptInputs.end() ? nullptr : &*it;
}

std::pair<std::string, std::string> nameAndUnit(const std::string &name)
{
    if (const SweepInput *own = findSweepInput(name))
        return {own->label, own->unit};
    if (const ParameterInfo *parameter = findParameter(name))
        return {std::string(parameter->group == ParameterGroup::Soma ? "Soma: " : "")
                    + std::string(parameter->label),
                std::string(parameter->unit)};
    return {name, ""};
}

Status vary(SweepPoint &point, const std::string &name, double value, const std::string &input)
{
    if (const SweepInput *own = findSweepInput(name)) {
        if (std::string(own->inputs).find(input) == std::string::npos)
            return Error{ErrorCode::InvalidValue,
                         std::string(own->label)
                             + " does nothing to this input. Choose another input or vary "
                               "something else.",
                         name};
        if (!(value >= own->min && value <= own->max))
            return Error{ErrorCode::InvalidValue,
                         std::string(own->label) + " = " + formatNumber(value)
                             + " is outside its range of " + formatNumber(own->min) + " to "
                             + formatNumber(own->max)
                             + (*own->unit ? " " + std::string(own->unit) : "") + ".",
                         name};
        if (own->decimals == 0 && value != std::floor(value))
            return Error{ErrorCode::InvalidValue,
                         std::string(own->label) + " = " + formatNumber(value)
                             + " must be a whole number.",
                         name};
        point.input[name] = value;
        return Done{};
    }
    const ParameterInfo *parameter = findParameter(name);
    if (!parameter)
        return Error{ErrorCode::NotFound, "There is nothing named '" + name + "' to vary.", name};
    const Status set = setParameter(point.neuron, *parameter, value);
    if (set)
        return Done{};
    // The parameter's name is for files; here it was chosen by its label.
    Error error = set.error();
    if (error.message.starts_with(name))
        error.message.replace(0, name.size(), nameAndUnit(name).first);
    return error;
}

std::vector<SettingChoice> sweepChoices(const Neuron &neuron)
{
    std::vector<SettingChoice> choices;
    for (const SweepInput &parameter : SweptInputs)
        choices.push_back({parameter.name, parameter.label});
    for (const ParameterInfo &parameter : parameters()) {
        if (!parameter.stickOnly || neuron.isBallAndStick())
            choices.push_back(
                {std::string(parameter.name), nameAndUnit(std::string(parameter.name)).first});
    }
    return choices;
}

} // namespace dt
