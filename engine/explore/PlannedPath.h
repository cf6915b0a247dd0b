// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/DendritePath.h"
#include "engine/explore/ExperimentPlan.h"

#include <vector>

namespace dt {

/// The way from the soma along which an experiment has its places: to the end of the setting `tip`.
DendritePath plannedPath(const ExperimentPlan &plan);

/// The setting `places`, shares of that way, without those in a segment that an earlier one is in:
/// they would be the same simulation again.
std::vector<double> plannedPlaces(const ExperimentPlan &plan);

} // namespace dt
