// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dataset/DatasetPlan.h"

#include "engine/base/NumberText.h"
#include "engine/cell/Validation.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <utility>

namespace dt {

namespace {

constexpr int MaxSimulations = 1'000'000;
constexpr int LargestBlock = 16; ///< as many cells as run well side by side

/// Digits as Python's %.nf writes them, whatever the locale.
std::string decimal(double value, int digits)
{
    char text[400];
    const auto end = std::to_chars(text, std::end(text), value, std::chars_format::fixed, digits);
    return std::string(text, end.ptr);
}

} // namespace

SpikeInput planInput(const DatasetPlan &plan, Split split, std::uint64_t index)
{
    SpikeInput input = drawInput(plan.recipe, plan.seed, split, index, plan.neuron.segmentCount(),
                                 plan.durationMs);
    keepHeard(input, plan.neuron);
    return input;
}

Status validatePlan(const DatasetPlan &plan)
{
    if (const Status neuron = validateNeuron(plan.neuron); !neuron)
        return neuron;
    if (const Status recipe = validateRecipe(plan.recipe); !recipe)
        return recipe;
    const auto refuse = [](const std::string &sentence) {
        return Error{ErrorCode::InvalidValue, sentence, "data set"};
    };
    if (plan.neuron.synapses.empty())
        return refuse(
            "The neuron has no synapse, so no input reaches it. Add synapses on the Neuron "
            "page, for example one pair per segment.");
    for (const Split split : AllSplits) {
        const int wanted = plan.wantedIn(split);
        if (wanted < 0 || wanted > MaxSimulations)
            return refuse(std::to_string(wanted) + " simulations in "
                          + std::string(splitName(split)) + " is outside the range of 0 to "
                          + std::to_string(MaxSimulations) + ".");
    }
    if (plan.wantedInAll() == 0)
        return refuse("A data set of no simulation at all is of no use. Ask for at least one.");
    if (plan.durationMs < 100 || plan.durationMs > MaxDurationMs)
        return refuse("A duration of " + std::to_string(plan.durationMs)
                      + " ms is outside the range of 100 to " + std::to_string(MaxDurationMs)
                      + " ms.");
    std::array<bool, StatisticCount> ranged{};
    for (const StatisticRange &range : plan.filter) {
        const std::string name(statistics()[static_cast<std::size_t>(range.statistic)].name);
        if (!(range.lo <= range.hi))
            return refuse("The range of " + name + " is empty: " + formatNumber(range.lo)
                          + " is above " + formatNumber(range.hi) + ".");
        if (!std::isfinite(range.lo) || !std::isfinite(range.hi)) // JSON has no such numbers
            return refuse("The range of " + name + " has no end. Give two numbers.");
        if (std::exchange(ranged[static_cast<std::size_t>(range.statistic)], true))
            return refuse("There are two ranges of " + name + ". Give one.");
    }
    return Done{};
}

int blockSize(const DatasetPlan &plan, Split split)
{
    return std::clamp((plan.wantedIn(split) + 3) / 4, 1, LargestBlock);
}

bool isHopeless(std::uint64_t tried, std::uint64_t accepted)
{
    return tried >= 100 && accepted * 50 < tried;
}

std::uint64_t estimateBytes(const DatasetPlan &plan)
{
    const double perMs = 5.0 + 1.4 * plan.neuron.segmentCount();
    const double simulations = plan.wantedInAll();
    return static_cast<std::uint64_t>(simulations * (2048.0 + perMs * plan.durationMs));
}

std::uint64_t estimateBuildBytes(const DatasetPlan &plan)
{
    return 2 * estimateBytes(plan);
}

std::string shortName(const Neuron &neuron)
{
    if (neuron.dendrites.size() != 1)
        return "TreeNeuron_Soma_Hay2011_" + std::to_string(neuron.dendrites.size()) + "dendrites_"
            + std::to_string(neuron.segmentCount()) + "segs";
    const Dendrite &d = neuron.dendrites.front();
    std::string diam = decimal(d.diamUm, 1);
    std::replace(diam.begin(), diam.end(), '.', '_');
    const bool whole = d.lengthUm == std::round(d.lengthUm);
    return "BallAndStickNeuron_Soma_Hay2011_Dend_Lxd_"
        + (whole ? decimal(d.lengthUm, 0) : formatNumber(d.lengthUm)) + "um_x_" + diam + "um_"
        + std::to_string(d.segments) + "segs";
}

} // namespace dt
