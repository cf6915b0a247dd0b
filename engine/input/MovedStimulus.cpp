// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/input/MovedStimulus.h"

#include "engine/input/EventPlaces.h"

#include <optional>

namespace dt {

StimulusLoss moveStimulus(const Neuron &before, const PlaceMap &places, const Neuron &after,
                          Stimulus &stimulus)
{
    StimulusLoss loss;
    std::vector<Electrode> electrodes;
    for (Electrode e : stimulus.electrodes) {
        if (places.move(e.dendrite, e.x))
            electrodes.push_back(e);
        else
            ++loss.electrodes;
    }
    stimulus.electrodes = std::move(electrodes);
    if (stimulus.painted.empty())
        return loss;

    const EventPlaces from(before);
    const EventPlaces to(after);
    std::vector<InputEvent> painted;
    painted.reserve(stimulus.painted.size());
    for (InputEvent e : stimulus.painted) {
        std::optional<Place> place = from.of(e);
        if (place && places.move(place->dendrite, place->x) && place->dendrite != SomaIndex) {
            to.put(e, *place);
            painted.push_back(e);
        } else {
            ++loss.events;
        }
    }
    stimulus.painted = std::move(painted);
    return loss;
}

EditOutcome lossOf(const Stimulus &before, const Stimulus &after)
{
    EditOutcome lost;
    lost.removedEvents =
        static_cast<int>(before.painted.size()) - static_cast<int>(after.painted.size());
    lost.removedElectrodes =
        static_cast<int>(before.electrodes.size()) - static_cast<int>(after.electrodes.size());
    return lost;
}

} // namespace dt
