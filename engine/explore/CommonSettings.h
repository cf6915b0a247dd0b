// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/explore/Experiment.h"

#include <string>
#include <vector>

namespace dt {

// Settings that several experiments have.

ExperimentSetting numberSetting(std::string name, std::string label, std::string unit,
                                double fallback, double min, double max, double step, int decimals,
                                std::string why);
ExperimentSetting listSetting(std::string name, std::string label, std::string unit,
                              std::vector<double> fallback, double min, double max, int decimals,
                              std::string why);
ExperimentSetting choiceSetting(std::string name, std::string label, std::string fallback,
                                std::vector<SettingChoice> choices, std::string why);
ExperimentSetting placeSetting(std::string name, std::string label, std::string fallback,
                               std::string why);
/// "kind": one excitatory kind. `withAll` adds comparisons of the published ones.
ExperimentSetting kindSetting(bool withAll = false);
/// The same with this default.
ExperimentSetting kindSetting(bool withAll, std::string fallback);
ExperimentSetting tipSetting();
ExperimentSetting settleSetting();
ExperimentSetting windowSetting(int fallbackMs = 150);
ExperimentSetting skSetting(std::string fallback);
/// "seeds": so many runs with other random events.
ExperimentSetting seedsSetting(double fallback, std::string why);

// Lists of numbers.

/// Ends as given, the others rounded to digits that people write.
std::vector<double> evenly(double from, double to, int count);
/// To five digits of what `scale` is.
double rounded(double value, double scale);

} // namespace dt
