// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/Places.h"

#include "engine/base/NumberText.h"
#include "engine/cell/Cable.h"
#include "engine/cell/DendritePath.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

const Dendrite &dendriteOf(const Neuron &neuron, int index)
{
    return neuron.dendrites[static_cast<std::size_t>(index)];
}

/// Sum of unit(dendrite) x share over the way from the soma.
template <typename Length>
double along(const Neuron &neuron, Place place, Length length)
{
    double sum = 0.0;
    while (!place.isSoma()) {
        const Dendrite &dendrite = dendriteOf(neuron, place.dendrite);
        sum += place.x * length(dendrite);
        place = {dendrite.parent, dendrite.parentX};
    }
    return sum;
}

} // namespace

double distanceUm(const Neuron &neuron, const Place &place)
{
    return along(neuron, place, [](const Dendrite &d) { return d.lengthUm; });
}

double distanceLambda(const Neuron &neuron, const Place &place)
{
    return along(neuron, place, [&](const Dendrite &d) {
        return d.lengthUm / lengthConstantUm(d.diamUm, neuron.membrane);
    });
}

Place snapped(const Neuron &neuron, const Place &place)
{
    if (place.isSoma())
        return {};
    return {place.dendrite, segmentCentre(dendriteOf(neuron, place.dendrite), place.x)};
}

int farthestTip(const Neuron &neuron)
{
    int best = SomaIndex;
    double most = -1.0;
    for (const int tip : dendriteTips(neuron)) {
        const double lambda = distanceLambda(neuron, {tip, 1.0});
        if (lambda > most * (1.0 + 1e-9)) {
            most = lambda;
            best = tip;
        }
    }
    return best;
}

DendritePath::DendritePath(const Neuron &neuron, int tip)
{
    double toX = 1.0;
    for (int d = tip; d != SomaIndex;) {
        const Dendrite &dendrite = dendriteOf(neuron, d);
        m_pieces.push_back({d, toX, 0.0, dendrite.lengthUm});
        toX = dendrite.parentX;
        d = dendrite.parent;
    }
    std::reverse(m_pieces.begin(), m_pieces.end());
    for (Piece &piece : m_pieces) {
        piece.fromUm = m_lengthUm;
        m_lengthUm += piece.toX * piece.dendriteUm;
        const int n = dendriteOf(neuron, piece.dendrite).segments;
        for (int s = 0; s < n && (s + 0.5) / n <= piece.toX; ++s)
            m_segments.push_back({piece.dendrite, (s + 0.5) / n});
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

Result<Place> placeFromText(const Neuron &neuron, const DendritePath &path, std::string_view text)
{
    const std::string how = " Write 'soma', a number from 0 (soma) to 1 (tip of the path), or a "
                            "dendrite and a number from 0 to 1, like '"
        + (neuron.dendrites.empty() ? std::string("dend") : neuron.dendrites.front().name)
        + ":0.5'.";
    const auto share = [](std::string_view number) {
        const double value = numberOf(number).value_or(-1.0);
        return value >= 0.0 && value <= 1.0 ? value : -1.0;
    };
    if (text == "soma")
        return Place{};
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) {
        if (const double value = share(text); value >= 0.0)
            return path.at(value);
        return Error{ErrorCode::InvalidValue, "'" + std::string(text) + "' is not a place." + how,
                     std::string(text)};
    }
    const std::string_view name = text.substr(0, colon);
    const auto it = std::find_if(neuron.dendrites.begin(), neuron.dendrites.end(),
                                 [&](const Dendrite &d) { return d.name == name; });
    if (it == neuron.dendrites.end())
        return Error{ErrorCode::NotFound,
                     "The neuron has no dendrite named '" + std::string(name) + "'." + how,
                     std::string(text)};
    const double x = share(text.substr(colon + 1));
    if (x < 0.0)
        return Error{ErrorCode::InvalidValue,
                     "'" + std::string(text)
                         + "' does not say how far along the dendrite, from 0 to 1." + how,
                     std::string(text)};
    return Place{static_cast<int>(it - neuron.dendrites.begin()), x};
}

std::string placeText(const Neuron &neuron, const Place &place)
{
    if (place.isSoma())
        return "soma";
    return dendriteOf(neuron, place.dendrite).name + ":" + formatNumber(place.x);
}

} // namespace dt
