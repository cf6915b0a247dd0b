// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/input/EventPlaces.h"

#include <cmath>

namespace dt {

namespace {

/// Splits and joins compute with places: what differs by less is rounding.
constexpr double SamePlace = 1e-9;

} // namespace

EventPlaces::EventPlaces(const Neuron &neuron) :
    m_neuron(neuron), m_rows(segmentRows(neuron)), m_first(firstRows(neuron))
{
    if (hasOnePairPerSegment(neuron))
        return;
    for (std::vector<std::optional<double>> &of : m_synapseX)
        of.resize(m_rows.size());
    for (const Synapse &s : neuron.synapses) {
        const auto d = static_cast<std::size_t>(s.dendrite);
        const Polarity polarity = neuron.kindOf(s).polarity;
        const int row = m_first[d] + segmentAt(neuron.dendrites[d], s.x);
        std::optional<double> &x =
            m_synapseX[polarity == Polarity::Inhibitory][static_cast<std::size_t>(row)];
        if (!x)
            x = s.x;
    }
}

double EventPlaces::usualX(Polarity polarity, std::size_t row) const
{
    const auto &known = m_synapseX[polarity == Polarity::Inhibitory];
    return known.empty() ? m_rows[row].x : known[row].value_or(m_rows[row].x);
}

std::optional<Place> EventPlaces::of(const InputEvent &event) const
{
    if (event.row < 0 || event.row >= static_cast<int>(m_rows.size()))
        return std::nullopt;
    const auto row = static_cast<std::size_t>(event.row);
    return Place{m_rows[row].dendrite, event.x.value_or(usualX(event.polarity, row))};
}

void EventPlaces::put(InputEvent &event, const Place &place) const
{
    const auto d = static_cast<std::size_t>(place.dendrite);
    event.row = m_first[d] + segmentAt(m_neuron.dendrites[d], place.x);
    event.x.reset();
    const double usual = usualX(event.polarity, static_cast<std::size_t>(event.row));
    if (std::abs(place.x - usual) > SamePlace)
        event.x = place.x;
}

} // namespace dt
