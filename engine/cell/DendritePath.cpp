// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/DendritePath.h"

#include "engine/cell/LambdaRule.h"

#include <algorithm>
#include <utility>

namespace dt {

namespace {

const Dendrite &dendriteAt(const Neuron &neuron, int index)
{
    return neuron.dendrites[static_cast<std::size_t>(index)];
}

/// Sum over the way from the soma of length(dendrite, how far along it the way goes).
template <typename Length>
double along(const Neuron &neuron, Place place, Length length)
{
    double sum = 0.0;
    while (!place.isSoma()) {
        const Dendrite &dendrite = dendriteAt(neuron, place.dendrite);
        sum += length(dendrite, place.x);
        place = {dendrite.parent, dendrite.parentX};
    }
    return sum;
}

/// The same up to the proximal end of every dendrite.
template <typename Length>
std::vector<double> startsOf(const Neuron &neuron, Length length)
{
    std::vector<double> starts;
    starts.reserve(neuron.dendrites.size());
    for (const Dendrite &d : neuron.dendrites) { // parents come first
        const bool onDendrite = d.parent >= 0 && d.parent < static_cast<int>(starts.size());
        starts.push_back(onDendrite ? starts[static_cast<std::size_t>(d.parent)]
                                 + length(dendriteAt(neuron, d.parent), d.parentX)
                                    : 0.0);
    }
    return starts;
}

double partUm(const Dendrite &dendrite, double x)
{
    return x * dendrite.lengthUm;
}

auto partLambda(const Neuron &neuron)
{
    return [&membrane = neuron.membrane](const Dendrite &dendrite, double x) {
        return lengthInLambda(dendrite, membrane, x);
    };
}

} // namespace

double distanceUm(const Neuron &neuron, const Place &place)
{
    return along(neuron, place, partUm);
}

double distanceLambda(const Neuron &neuron, const Place &place)
{
    return along(neuron, place, partLambda(neuron));
}

std::vector<double> dendriteStartsUm(const Neuron &neuron)
{
    return startsOf(neuron, partUm);
}

std::vector<double> dendriteStartsLambda(const Neuron &neuron)
{
    return startsOf(neuron, partLambda(neuron));
}

double reachUm(const Neuron &neuron)
{
    const std::vector<double> starts = dendriteStartsUm(neuron);
    double reach = 0.0;
    for (std::size_t d = 0; d < starts.size(); ++d)
        reach = std::max(reach, starts[d] + neuron.dendrites[d].lengthUm);
    return reach;
}

std::vector<int> dendriteTips(const Neuron &neuron)
{
    std::vector<char> hasChild(neuron.dendrites.size(), 0);
    for (const Dendrite &dendrite : neuron.dendrites) {
        if (dendrite.parent != SomaIndex)
            hasChild[static_cast<std::size_t>(dendrite.parent)] = 1;
    }
    std::vector<std::pair<int, int>> found; // first row, dendrite
    const std::vector<int> rows = firstRows(neuron);
    for (std::size_t i = 0; i < neuron.dendrites.size(); ++i) {
        if (!hasChild[i])
            found.emplace_back(rows[i], static_cast<int>(i));
    }
    std::sort(found.begin(), found.end());
    std::vector<int> result;
    for (const auto &[row, dendrite] : found)
        result.push_back(dendrite);
    return result;
}

int farthestTip(const Neuron &neuron, PathMeasure by)
{
    const bool um = by == PathMeasure::Um;
    const std::vector<double> starts = um ? dendriteStartsUm(neuron) : dendriteStartsLambda(neuron);
    int best = SomaIndex;
    double most = -1.0;
    for (const int tip : dendriteTips(neuron)) {
        const Dendrite &dendrite = dendriteAt(neuron, tip);
        const double way = starts[static_cast<std::size_t>(tip)]
            + (um ? dendrite.lengthUm : lengthInLambda(dendrite, neuron.membrane));
        if (way > most * (1.0 + 1e-9)) { // what differs by less is rounding
            most = way;
            best = tip;
        }
    }
    return best;
}

DendritePath::DendritePath(const Neuron &neuron, const Place &to)
{
    if (to.dendrite >= static_cast<int>(neuron.dendrites.size()))
        return;
    for (Place place = to; place.dendrite >= 0;) {
        const Dendrite &dendrite = dendriteAt(neuron, place.dendrite);
        m_pieces.push_back({place.dendrite, place.x, 0.0, dendrite.lengthUm});
        place = {dendrite.parent, dendrite.parentX};
    }
    std::reverse(m_pieces.begin(), m_pieces.end());
    for (Piece &piece : m_pieces) {
        piece.fromUm = m_lengthUm;
        m_lengthUm += piece.toX * piece.dendriteUm;
    }
}

Place DendritePath::at(double share) const
{
    if (m_pieces.empty())
        return {};
    const double um = std::clamp(share, 0.0, 1.0) * m_lengthUm;
    const Piece *piece = &m_pieces.front();
    for (const Piece &candidate : m_pieces) {
        if (um >= candidate.fromUm)
            piece = &candidate;
    }
    return {piece->dendrite, std::clamp((um - piece->fromUm) / piece->dendriteUm, 0.0, piece->toX)};
}

std::vector<DendritePath::Stop> DendritePath::stops(const Neuron &neuron) const
{
    std::vector<Stop> all{{}};
    const std::vector<int> first = firstRows(neuron);
    for (const Piece &piece : m_pieces) {
        const int n = dendriteAt(neuron, piece.dendrite).segments;
        for (int s = 0; s < n && (s + 0.5) / n <= piece.toX; ++s) {
            const double x = (s + 0.5) / n;
            all.push_back({{piece.dendrite, x},
                           first[static_cast<std::size_t>(piece.dendrite)] + s,
                           piece.fromUm + x * piece.dendriteUm});
        }
    }
    return all;
}

DendritePath pathTo(const Neuron &neuron, int tip)
{
    return {neuron, {tip, 1.0}};
}

} // namespace dt
