// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/PlannedPath.h"

#include "engine/cell/Names.h"
#include "engine/explore/Places.h"

#include <algorithm>

namespace dt {

DendritePath plannedPath(const ExperimentPlan &plan)
{
    const std::string &name = std::get<std::string>(plan.values.at("tip"));
    if (const std::optional<int> tip = dendriteNamed(plan.neuron, name))
        return pathTo(plan.neuron, *tip);
    return pathTo(plan.neuron, farthestTip(plan.neuron, PathMeasure::Lambda));
}

std::vector<double> plannedPlaces(const ExperimentPlan &plan)
{
    const DendritePath path = plannedPath(plan);
    std::vector<double> kept;
    std::vector<Place> taken;
    for (const double share : std::get<std::vector<double>>(plan.values.at("places"))) {
        const Place place = snapped(plan.neuron, path.at(share));
        if (std::find(taken.begin(), taken.end(), place) != taken.end())
            continue;
        taken.push_back(place);
        kept.push_back(share);
    }
    return kept;
}

} // namespace dt
