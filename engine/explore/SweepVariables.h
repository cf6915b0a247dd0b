// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/cell/Neuron.h"
#include "engine/explore/Experiment.h"

#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace dt {

// What the parameter sweep can vary: parameters of the neuron, and numbers of its input.

/// A number of the input that may be varied, and the inputs it belongs to.
struct SweepInput
{
    const char *name;
    const char *label;
    const char *unit;
    double fallback;
    double min;
    double max;
    int decimals;
    const char *inputs; ///< values of the setting `input` that it belongs to, separated by spaces
    const char *why;
};

std::span<const SweepInput> sweepInputs();

/// The number of the input that has this name; null when there is none.
const SweepInput *findSweepInput(const std::string &name);

/// Neuron and input at one point of the sweep.
struct SweepPoint
{
    Neuron neuron;
    std::map<std::string, double> input;
};

/// Label and unit of an input or a parameter, for people.
std::pair<std::string, std::string> nameAndUnit(const std::string &name);

/// Gives the point another value of an input or a parameter. `input`: value of the setting `input`.
/// Refuses what does nothing to this input, and values out of range.
Status vary(SweepPoint &point, const std::string &name, double value, const std::string &input);

/// What a sweep can vary on this neuron.
std::vector<SettingChoice> sweepChoices(const Neuron &neuron);

} // namespace dt
