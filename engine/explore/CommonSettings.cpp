// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/CommonSettings.h"

#include "engine/cell/Presets.h"
#include "engine/explore/Arms.h"

#include <algorithm>
#include <cmath>

namespace dt {

ExperimentSetting numberSetting(std::string name, std::string label, std::string unit,
                                double fallback, double min, double max, double step, int decimals,
                                std::string why)
{
    ExperimentSetting s;
    s.name = std::move(name);
    s.label = std::move(label);
    s.unit = std::move(unit);
    s.kind = decimals == 0 ? ExperimentSetting::Kind::Whole : ExperimentSetting::Kind::Number;
    s.min = min;
    s.max = max;
    s.step = step;
    s.decimals = decimals;
    s.fallback = fallback;
    s.why = std::move(why);
    return s;
}

ExperimentSetting listSetting(std::string name, std::string label, std::string unit,
                              std::vector<double> fallback, double min, double max, int decimals,
                              std::string why)
{
    ExperimentSetting s = numberSetting(std::move(name), std::move(label), std::move(unit), 0.0,
                                        min, max, 1.0, decimals, std::move(why));
    s.kind = ExperimentSetting::Kind::Numbers;
    s.fallback = std::move(fallback);
    return s;
}

ExperimentSetting choiceSetting(std::string name, std::string label, std::string fallback,
                                std::vector<SettingChoice> choices, std::string why)
{
    ExperimentSetting s;
    s.name = std::move(name);
    s.label = std::move(label);
    s.kind = ExperimentSetting::Kind::Choice;
    s.fallback = std::move(fallback);
    s.choices = std::move(choices);
    s.why = std::move(why);
    return s;
}

ExperimentSetting placeSetting(std::string name, std::string label, std::string fallback,
                               std::string why)
{
    ExperimentSetting s;
    s.name = std::move(name);
    s.label = std::move(label);
    s.kind = ExperimentSetting::Kind::Place;
    s.fallback = std::move(fallback);
    s.why = std::move(why);
    return s;
}

ExperimentSetting kindSetting(bool withAll)
{
    std::vector<SettingChoice> choices{{"neuron", "As in the Neuron"}};
    for (const SynapseType &type : synapseTypes())
        choices.push_back({std::string(type.name), std::string(type.title)});
    if (withAll) {
        choices.push_back({"all", "All Three"});
        choices.push_back({BothNmda, "NMDA, Rodent and Human"});
    }
    return choiceSetting("kind", "Kind of synapse", withAll ? "all" : "neuron", std::move(choices),
                         "NMDA synapses open further the more the dendrite is depolarised; AMPA "
                         "synapses do not.");
}

ExperimentSetting kindSetting(bool withAll, std::string fallback)
{
    ExperimentSetting s = kindSetting(withAll);
    s.fallback = std::move(fallback);
    return s;
}

ExperimentSetting skSetting(std::string fallback)
{
    return choiceSetting("sk", "SK current", std::move(fallback),
                         {{"neuron", "As in the Neuron"}, {"both", "Off and On"}},
                         "The calcium-activated potassium current makes the neuron fall silent "
                         "after a spike.");
}

ExperimentSetting seedsSetting(double fallback, std::string why)
{
    return numberSetting("seeds", "Number of seeds", "", fallback, 1, 100, 1, 0, std::move(why));
}

ExperimentSetting tipSetting()
{
    return choiceSetting("tip", "Path to the end of", "", {},
                         "Places are given along the way from the soma to the end of this "
                         "dendrite.");
}

ExperimentSetting settleSetting()
{
    ExperimentSetting s =
        numberSetting("settle_ms", "Time to settle", "ms", 150, 1, 10000, 10, 0,
                      "A run starts at the leak reversal; after about 60 ms the neuron has found "
                      "its rest. Nothing arrives before this time.");
    s.expert = true;
    return s;
}

ExperimentSetting windowSetting(int fallbackMs)
{
    ExperimentSetting s =
        numberSetting("window_ms", "Time measured", "ms", fallbackMs, 5, 10000, 10, 0,
                      "So long after the last event the voltage is measured.");
    s.expert = true;
    return s;
}

double rounded(double value, double scale)
{
    const double digits = 4.0 - std::floor(std::log10(std::abs(scale)));
    // Whole numbers, and what no decimal fraction writes.
    if (!(digits > 0.0 && digits < 15.0))
        return value;
    const double power = std::pow(10.0, digits);
    return std::round(value * power) / power;
}

std::vector<double> evenly(double from, double to, int count)
{
    std::vector<double> values{from};
    const double step = (to - from) / std::max(1, count - 1);
    for (int i = 1; i + 1 < count; ++i)
        values.push_back(rounded(from + (to - from) * i / (count - 1), step));
    if (count > 1)
        values.push_back(to);
    return values;
}

} // namespace dt
