// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/Stamps.h"

#include "engine/cell/DendritePath.h"
#include "engine/input/Stimulus.h"

namespace dt {

std::vector<InputEvent> outAndBack(const Neuron &neuron, int durationMs, double weight)
{
    if (neuron.dendrites.empty())
        return {};
    if (neuron.dendrites.size() == 1)
        return outAndBack(neuron.segmentCount(), durationMs, weight);
    constexpr int Percent = 100;
    std::vector<InputEvent> events = outAndBack(Percent, durationMs, weight);
    const DendritePath path = pathTo(neuron, farthestTip(neuron, PathMeasure::Lambda));
    for (InputEvent &event : events) {
        const Place place = path.at(static_cast<double>(event.row) / Percent);
        event.row = rowAt(neuron, place.dendrite, place.x);
    }
    return events;
}

} // namespace dt
