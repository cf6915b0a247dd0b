// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/explore/Experiment.h"

namespace dt {

// Settings, values and results of experiments in the units that people read
// (engine/base/ReadUnits.h). Plans, files and the command line have the stored ones.

ExperimentSetting readSetting(ExperimentSetting stored);
/// Converts the value of a setting from the stored unit, and back.
SettingValue readSettingValue(const ExperimentSetting &stored, SettingValue value);
SettingValue storedSettingValue(const ExperimentSetting &stored, SettingValue value);
ExperimentResult readResult(ExperimentResult stored);

} // namespace dt
