// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/input/LiveChange.h"

#include <algorithm>

namespace dt {

std::string needsRestart(const Neuron &from, const Neuron &to)
{
    if (from.samplesPerMs != to.samplesPerMs)
        return "The integration step changed.";
    if (from.dendrites.size() != to.dendrites.size())
        return "The number of dendrites changed.";
    for (std::size_t i = 0; i < from.dendrites.size(); ++i) {
        const Dendrite &a = from.dendrites[i];
        const Dendrite &b = to.dendrites[i];
        if (a.segments != b.segments)
            return "The number of segments changed.";
        if (a.parent != b.parent || a.parentX != b.parentX)
            return "Dendrites are connected in another way.";
        if (a.points.empty() != b.points.empty())
            return "A dendrite got, or lost, its drawn shape.";
    }
    const std::size_t kinds = std::min(from.synapseKinds.size(), to.synapseKinds.size());
    for (std::size_t i = 0; i < kinds; ++i) {
        if (from.synapseKinds[i].polarity != to.synapseKinds[i].polarity)
            return "A kind of synapse changed between excitatory and inhibitory.";
    }
    if (from.synapses.size() != to.synapses.size())
        return "The number of synapses changed.";
    for (std::size_t i = 0; i < from.synapses.size(); ++i) {
        const Synapse &a = from.synapses[i];
        const Synapse &b = to.synapses[i];
        if (a.kind != b.kind || a.dendrite != b.dendrite || a.x != b.x)
            return "A synapse changed its place or kind.";
    }
    return {};
}

} // namespace dt
