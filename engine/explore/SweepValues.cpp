// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/SweepValues.h"

#include "engine/cell/Parameters.h"
#include "engine/explore/CommonSettings.h"

#include <algorithm>
#include <array>

namespace dt {

namespace {

struct Usual
{
    const char *parameter;
    const char *values; ///< as people write a list
};

// Values of what is no parameter of the neuron. Those of parameters are in
// engine/cell/Parameters.cpp.
constexpr std::array Table{
    Usual{"weight", "1:20:20"},    Usual{"place", "0.05:0.95:10"},
    Usual{"delay_ms", "0:100:11"}, Usual{"current_nA", "0.05:1:20"},
    Usual{"rate_Hz", "5:60:12"},   Usual{"inh_rate_Hz", "0:50:11"},
};

} // namespace

std::vector<double> usualSweepValues(const std::string &parameter)
{
    const ParameterInfo *info = findParameter(parameter);
    const auto other = std::find_if(Table.begin(), Table.end(), [&](const Usual &usual) {
        return parameter == usual.parameter;
    });
    if (!info && other == Table.end())
        return {};
    const ExperimentSetting any = listSetting("values", "Values", "", {}, -1.0e9, 1.0e9, 6, "");
    const Result<SettingValue> values =
        parseSetting(any, info ? std::string(info->sweep) : std::string(other->values));
    return values ? std::get<std::vector<double>>(*values) : std::vector<double>{};
}

} // namespace dt
