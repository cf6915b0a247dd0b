// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/ReadUnits.h"
#include "engine/recording/RunHistory.h"

#include <span>
#include <string>
#include <vector>

namespace dt {

/// One setting in which runs differ.
struct RunSetting
{
    std::string name; ///< e.g. "Soma: Length"
    std::string unit; ///< empty where there is none
    std::vector<std::string> values; ///< one for each run; empty where the run has no such thing
};

/// The settings that are not the same in all these runs: numbers by their names, drawn things
/// (dendrites, synapses, painted events, electrodes) in a few words, with a letter behind them
/// where the words alone would not tell different ones apart. Foreign traces have none.
std::vector<RunSetting> differingSettings(std::span<const RunRecord> runs);

/// The seed of the rain; without rain that of the axons, or of the input like training data.
std::uint64_t seedOf(const Stimulus &stimulus);
/// Sets the seed of everything random that is on.
void setSeed(Stimulus &stimulus, std::uint64_t seed);

/// Whether something random is on, so that the seed matters.
bool isRandom(const Stimulus &stimulus);

} // namespace dt
