// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/Neuron.h"

#include "engine/cell/Names.h"

#include <algorithm>

namespace dt {

bool Neuron::isBallAndStick() const
{
    return dendrites.size() == 1 && dendrites.front().parent == SomaIndex
        && dendrites.front().parentX == 1.0 && dendrites.front().points.empty();
}

int Neuron::segmentCount() const
{
    long long count = 0; // absurd counts must reach validation without overflowing
    for (const Dendrite &dendrite : dendrites)
        count += dendrite.segments;
    return static_cast<int>(std::clamp(count, 0LL, 1'000'000'000LL));
}

namespace {

/// Dendrite indices depth first from the soma; siblings in list order.
std::vector<int> depthFirst(const Neuron &neuron)
{
    const std::size_t n = neuron.dendrites.size();
    std::vector<std::vector<int>> children(n + 1); // [0] the soma's, [i + 1] those of dendrite i
    for (std::size_t i = 0; i < n; ++i)
        children[static_cast<std::size_t>(neuron.dendrites[i].parent + 1)].push_back(
            static_cast<int>(i));

    std::vector<int> order;
    order.reserve(n);
    std::vector<int> pending(children[0].rbegin(), children[0].rend());
    while (!pending.empty()) {
        const int d = pending.back();
        pending.pop_back();
        order.push_back(d);
        const std::vector<int> &next = children[static_cast<std::size_t>(d + 1)];
        pending.insert(pending.end(), next.rbegin(), next.rend());
    }
    return order;
}

} // namespace

std::vector<SegmentRef> segmentRows(const Neuron &neuron)
{
    std::vector<SegmentRef> rows;
    rows.reserve(static_cast<std::size_t>(neuron.segmentCount()));
    for (const int d : depthFirst(neuron)) {
        const int n = neuron.dendrites[static_cast<std::size_t>(d)].segments;
        for (int s = 0; s < n; ++s)
            rows.push_back({d, s, (s + 0.5) / n});
    }
    return rows;
}

std::vector<int> firstRows(const Neuron &neuron)
{
    std::vector<int> first(neuron.dendrites.size(), 0);
    int row = 0;
    for (const int d : depthFirst(neuron)) {
        first[static_cast<std::size_t>(d)] = row;
        row += neuron.dendrites[static_cast<std::size_t>(d)].segments;
    }
    return first;
}

int segmentAt(const Dendrite &dendrite, double x)
{
    const int n = std::max(1, dendrite.segments);
    return std::clamp(static_cast<int>(x * n), 0, n - 1);
}

double segmentCentre(const Dendrite &dendrite, double x)
{
    return (segmentAt(dendrite, x) + 0.5) / std::max(1, dendrite.segments);
}

int rowAt(const Neuron &neuron, int dendrite, double x)
{
    const auto d = static_cast<std::size_t>(dendrite);
    return firstRows(neuron)[d] + segmentAt(neuron.dendrites[d], x);
}

double simulatedX(const Neuron &neuron, int dendrite, double x)
{
    if (dendrite == SomaIndex)
        return 0.5; // it is one segment
    return segmentCentre(neuron.dendrites[static_cast<std::size_t>(dendrite)], x);
}

int sameDendrite(const Neuron &before, int dendrite, const Neuron &after)
{
    const std::string &name = before.dendrites[static_cast<std::size_t>(dendrite)].name;
    if (const std::optional<int> same = dendriteNamed(after, name))
        return *same;
    return before.dendrites.size() == 1 && after.dendrites.size() == 1 ? 0 : -1;
}

std::vector<SynapseKind> defaultSynapseKinds()
{
    SynapseKind excitatory;
    SynapseKind inhibitory;
    inhibitory.name = "inhibitory";
    inhibitory.polarity = Polarity::Inhibitory;
    inhibitory.gMaxUs = 1.0e-3;
    inhibitory.tauRiseMs = 0.2;
    inhibitory.tauDecayMs = 8.0;
    inhibitory.nmdaGMaxUs = 0.0;
    inhibitory.reversalMv = -85.0;
    return {excitatory, inhibitory};
}

std::vector<Synapse> onePairPerSegment(const Neuron &neuron)
{
    std::vector<Synapse> table;
    table.reserve(2 * static_cast<std::size_t>(neuron.segmentCount()));
    for (const SegmentRef &row : segmentRows(neuron)) {
        table.push_back({0, row.dendrite, row.x});
        table.push_back({1, row.dendrite, row.x});
    }
    return table;
}

bool hasOnePairPerSegment(const Neuron &neuron)
{
    return neuron.synapseKinds.size() == 2
        && neuron.synapseKinds[0].polarity == Polarity::Excitatory
        && neuron.synapseKinds[1].polarity == Polarity::Inhibitory
        && neuron.synapses == onePairPerSegment(neuron);
}

void setSegments(Neuron &neuron, int dendrite, int segments)
{
    const bool paired = hasOnePairPerSegment(neuron);
    neuron.dendrites[static_cast<std::size_t>(dendrite)].segments = segments;
    // An impossible count is left for validation to explain; it must not be allocated first.
    if (paired && segments > 0 && segments <= 100000)
        neuron.synapses = onePairPerSegment(neuron);
}

} // namespace dt
