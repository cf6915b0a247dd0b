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
/// The setting `kind`: one excitatory kind of synapse. `withAll` adds choices that compare the
/// published kinds.
ExperimentSetting kindSetting(bool withAll = false);
/// The setting `kind` with this default.
ExperimentSetting kindSetting(bool withAll, std::string fallback);
ExperimentSetting tipSetting();
ExperimentSetting settleSetting();
ExperimentSetting windowSetting(int fallbackMs = 150);
ExperimentSetting skSetting(std::string fallback);
/// The setting `seeds`: how many runs there are, each with other random events.
ExperimentSetting seedsSetting(double fallback, std::string why);

// Lists of numbers.

/// `count` numbers at equal distances. Both ends stay as given; the numbers between them are
/// rounded so that people can write them.
std::vector<double> evenly(double from, double to, int count);
/// Rounds `value` at the fifth significant digit of `scale`.
double rounded(double value, double scale);

} // namespace dt
