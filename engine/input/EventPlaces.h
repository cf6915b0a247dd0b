// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Place.h"
#include "engine/input/SpikeInput.h"

#include <optional>
#include <vector>

namespace dt {

/// Converts between the rows of events and exact places on one neuron. A painted event keeps the
/// place where it was put (InputEvent::x) when segments change, however coarse they were on the
/// way. An event without such a place is where the first synapse of its polarity in its segment
/// sits, or at the segment's centre when there is none.
class EventPlaces
{
public:
    /// The neuron must outlive this object.
    explicit EventPlaces(const Neuron &neuron);

    /// The place of an event; nothing for a row that the neuron does not have.
    [[nodiscard]] std::optional<Place> of(const InputEvent &event) const;
    /// Puts an event at a place: sets its row, and its x where the row alone does not say the
    /// place.
    void put(InputEvent &event, const Place &place) const;

private:
    [[nodiscard]] double usualX(Polarity polarity, std::size_t row) const;

    const Neuron &m_neuron;
    std::vector<SegmentRef> m_rows;
    std::vector<int> m_first;
    /// [polarity][row]: where the first synapse sits; empty when all sit in the centres.
    std::vector<std::optional<double>> m_synapseX[2];
};

} // namespace dt
