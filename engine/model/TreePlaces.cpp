// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/TreePlaces.h"

#include "engine/model/Stimulus.h"

#include <algorithm>
#include <optional>

namespace dt {

PlaceMap PlaceMap::same(std::size_t dendrites)
{
    PlaceMap map;
    for (std::size_t i = 0; i < dendrites; ++i)
        map.of.push_back({Piece{0.0, 1.0, static_cast<int>(i), 0.0, 1.0}});
    return map;
}

bool PlaceMap::move(int &dendrite, double &x) const
{
    if (dendrite == SomaIndex)
        return true;
    if (dendrite < 0 || dendrite >= static_cast<int>(of.size()))
        return false;
    const std::vector<Piece> &pieces = of[static_cast<std::size_t>(dendrite)];
    if (pieces.empty())
        return false;
    // The cut itself belongs to the distal piece.
    const Piece *piece = &pieces.front();
    for (const Piece &next : pieces) {
        if (x >= next.from)
            piece = &next;
    }
    const double width = piece->to - piece->from;
    const double share = width > 0.0 ? std::clamp((x - piece->from) / width, 0.0, 1.0) : 0.0;
    dendrite = piece->dendrite;
    // Where nothing was stretched, x stays what it was to the last digit.
    if (piece->from != piece->newFrom || piece->to != piece->newTo)
        x = std::clamp(piece->newFrom + share * (piece->newTo - piece->newFrom), 0.0, 1.0);
    return true;
}

void PlaceMap::forget(int dendrite)
{
    for (std::vector<Piece> &pieces : of)
        std::erase_if(pieces, [=](const Piece &p) { return p.dendrite == dendrite; });
}

void PlaceMap::renumber(const std::vector<int> &newIndex)
{
    for (std::vector<Piece> &pieces : of) {
        for (Piece &piece : pieces)
            piece.dendrite = newIndex[static_cast<std::size_t>(piece.dendrite)];
    }
}

int moveSynapses(const Neuron &before, const PlaceMap &places, Neuron &after)
{
    int lost = 0;
    std::vector<Synapse> moved;
    moved.reserve(before.synapses.size());
    for (Synapse s : before.synapses) {
        if (places.move(s.dendrite, s.x))
            moved.push_back(s);
        else
            ++lost;
    }
    after.synapses = hasOnePairPerSegment(before) ? onePairPerSegment(after) : std::move(moved);
    return lost;
}

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

    const std::vector<SegmentRef> rows = segmentRows(before);
    const std::vector<int> oldFirst = firstRows(before);
    const std::vector<int> newFirst = firstRows(after);
    const auto rowOf = [](const Neuron &neuron, const std::vector<int> &first, int dendrite,
                          double x) {
        const auto d = static_cast<std::size_t>(dendrite);
        const int n = neuron.dendrites[d].segments;
        return first[d] + std::clamp(static_cast<int>(x * n), 0, n - 1);
    };
    // The x of the first synapse of each polarity in each row; a pair in the centre needs no look.
    std::vector<std::optional<double>> synapseX[2];
    if (!hasOnePairPerSegment(before)) {
        for (std::vector<std::optional<double>> &of : synapseX)
            of.resize(rows.size());
        for (const Synapse &s : before.synapses) {
            const Polarity polarity = before.synapseKinds[static_cast<std::size_t>(s.kind)].polarity;
            std::optional<double> &x =
                synapseX[polarity == Polarity::Inhibitory]
                        [static_cast<std::size_t>(rowOf(before, oldFirst, s.dendrite, s.x))];
            if (!x)
                x = s.x;
        }
    }
    std::vector<InputEvent> painted;
    painted.reserve(stimulus.painted.size());
    for (InputEvent e : stimulus.painted) {
        if (e.row < 0 || e.row >= static_cast<int>(rows.size())) {
            ++loss.events;
            continue;
        }
        const auto row = static_cast<std::size_t>(e.row);
        int dendrite = rows[row].dendrite;
        double x = rows[row].x;
        const auto &known = synapseX[e.polarity == Polarity::Inhibitory];
        if (!known.empty() && known[row])
            x = *known[row];
        if (places.move(dendrite, x) && dendrite != SomaIndex) {
            e.row = rowOf(after, newFirst, dendrite, x);
            painted.push_back(e);
        } else {
            ++loss.events;
        }
    }
    stimulus.painted = std::move(painted);
    return loss;
}

} // namespace dt
