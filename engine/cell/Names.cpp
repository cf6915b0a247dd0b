// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/Names.h"

#include <algorithm>

namespace dt {

namespace {

template <typename Item, typename Is>
std::optional<int> firstThat(const std::vector<Item> &items, Is is)
{
    const auto it = std::find_if(items.begin(), items.end(), is);
    if (it == items.end())
        return std::nullopt;
    return static_cast<int>(it - items.begin());
}

} // namespace

std::optional<int> dendriteNamed(const Neuron &neuron, std::string_view name)
{
    return firstThat(neuron.dendrites, [&](const Dendrite &d) { return d.name == name; });
}

std::optional<int> kindNamed(const Neuron &neuron, std::string_view name)
{
    return firstThat(neuron.synapseKinds, [&](const SynapseKind &k) { return k.name == name; });
}

std::optional<int> firstKind(const Neuron &neuron, Polarity polarity)
{
    return firstThat(neuron.synapseKinds,
                     [&](const SynapseKind &k) { return k.polarity == polarity; });
}

} // namespace dt
