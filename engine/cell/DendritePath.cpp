// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/DendritePath.h"

#include <algorithm>
#include <utility>

namespace dt {

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

std::vector<PathPlace> placesTo(const Neuron &neuron, int dendrite)
{
    std::vector<PathPlace> path{{SomaIndex, 0.0}};
    if (dendrite < 0 || dendrite >= static_cast<int>(neuron.dendrites.size()))
        return path;
    struct Leg
    {
        int dendrite;
        double toX; ///< how far along it the way goes
    };
    std::vector<Leg> legs;
    double toX = 1.0;
    for (int d = dendrite; d != SomaIndex;) {
        const Dendrite &section = neuron.dendrites[static_cast<std::size_t>(d)];
        legs.push_back({d, toX});
        toX = section.parentX;
        d = section.parent;
    }
    std::reverse(legs.begin(), legs.end());
    const std::vector<int> first = firstRows(neuron);
    double before = 0.0;
    for (const Leg &leg : legs) {
        const Dendrite &section = neuron.dendrites[static_cast<std::size_t>(leg.dendrite)];
        for (int s = 0; s < section.segments; ++s) {
            const double x = (s + 0.5) / section.segments;
            if (x <= leg.toX)
                path.push_back({first[static_cast<std::size_t>(leg.dendrite)] + s,
                                before + x * section.lengthUm});
        }
        before += leg.toX * section.lengthUm;
    }
    return path;
}

std::vector<int> dendritesTo(const Neuron &neuron, int dendrite)
{
    std::vector<int> way;
    for (int d = dendrite; d >= 0 && d < static_cast<int>(neuron.dendrites.size());
         d = neuron.dendrites[static_cast<std::size_t>(d)].parent)
        way.push_back(d);
    std::reverse(way.begin(), way.end());
    return way;
}

double pathLengthUm(const Neuron &neuron, int dendrite)
{
    double length = 0.0;
    double toX = 1.0;
    for (int d = dendrite; d >= 0 && d < static_cast<int>(neuron.dendrites.size());) {
        const Dendrite &section = neuron.dendrites[static_cast<std::size_t>(d)];
        length += toX * section.lengthUm;
        toX = section.parentX;
        d = section.parent;
    }
    return length;
}

} // namespace dt
