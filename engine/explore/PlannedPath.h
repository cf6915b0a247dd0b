// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/DendritePath.h"
#include "engine/explore/ExperimentPlan.h"

#include <vector>

namespace dt {

/// The path from the soma along which an experiment has its places: to the end of the dendrite that
/// the setting `tip` names, or else to the farthest tip.
DendritePath plannedPath(const ExperimentPlan &plan);

/// The setting `places`, as shares of that path. A place in the same segment as an earlier one is
/// left out: it would be the same simulation again.
std::vector<double> plannedPlaces(const ExperimentPlan &plan);

} // namespace dt
