// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/input/SegmentInput.h"

#include "engine/base/NumberText.h"
#include "engine/input/Stimulus.h"
#include "engine/input/UsualRain.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace dt {

namespace {

bool sameButForSegments(const Neuron &a, const Neuron &b)
{
    if (a.dendrites.size() != b.dendrites.size())
        return false;
    for (std::size_t i = 0; i < a.dendrites.size(); ++i) {
        Dendrite cut = a.dendrites[i];
        cut.segments = b.dendrites[i].segments;
        if (cut != b.dendrites[i])
            return false;
    }
    return true;
}

/// Segments that random input reaches: those with a synapse.
std::size_t reached(const Neuron &neuron)
{
    std::set<std::pair<int, int>> segments;
    for (const Synapse &s : neuron.synapses)
        segments.emplace(s.dendrite,
                         segmentAt(neuron.dendrites[static_cast<std::size_t>(s.dendrite)], s.x));
    return segments.size();
}

} // namespace

std::string segmentInputNote(const Neuron &before, const Neuron &after, const Stimulus &stimulus)
{
    const bool rain = stimulus.rain.on && !(stimulus.rain == usualRain(after, stimulus.rain));
    if ((!rain && !stimulus.axons.on && !stimulus.training.on)
        || !sameButForSegments(before, after))
        return {};
    const std::size_t was = reached(before);
    const std::size_t is = reached(after);
    if (was == is || was == 0 || is == 0)
        return {};
    const double factor = static_cast<double>(is) / static_cast<double>(was);
    return "Random input falls on every segment: " + std::to_string(is) + " get "
        + formatNumber(std::round(factor * 100.0) / 100.0) + " times as much as "
        + std::to_string(was) + " did.";
}

} // namespace dt
