// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/recording/RunHistory.h"

#include <string>

namespace dt {

/// Why a run had no spike and what to do about it, in a sentence or two. Empty where there were
/// spikes, and where an electrode held or drove the neuron.
std::string silenceHint(const RunSetup &setup, int spikes, double highestSomaMv);

} // namespace dt
