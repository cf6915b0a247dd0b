// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/Places.h"

#include "engine/base/NumberText.h"
#include "engine/cell/Names.h"

#include <algorithm>

namespace dt {

namespace {

const Dendrite &dendriteOf(const Neuron &neuron, int index)
{
    return neuron.dendrites[static_cast<std::size_t>(index)];
}

} // namespace

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
    const std::optional<int> dendrite = dendriteNamed(neuron, name);
    if (!dendrite)
        return Error{ErrorCode::NotFound,
                     "The neuron has no dendrite named '" + std::string(name) + "'." + how,
                     std::string(text)};
    const double x = share(text.substr(colon + 1));
    if (x < 0.0)
        return Error{ErrorCode::InvalidValue,
                     "'" + std::string(text)
                         + "' does not say how far along the dendrite, from 0 to 1." + how,
                     std::string(text)};
    return Place{*dendrite, x};
}

std::string placeText(const Neuron &neuron, const Place &place)
{
    if (place.isSoma())
        return "soma";
    return dendriteOf(neuron, place.dendrite).name + ":" + formatNumber(place.x);
}

} // namespace dt
