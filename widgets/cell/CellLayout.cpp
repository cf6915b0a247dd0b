// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell/CellLayout.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

/// Schematic picture: the longest path from soma to tip has this length.
constexpr double SchematicLength = 1000.0;
constexpr double SchematicSoma = 110.0;
constexpr double SchematicThickest = 42.0;
constexpr double SchematicThinnest = 18.0;
constexpr double BranchSpacing = 90.0;

/// Vertical slot of every dendrite: tips get slots of their own, branches the middle of their
/// children, as in a dendrogram. A dendrite with side branches runs beside them and needs a slot
/// of its own, too.
std::vector<double> slotsOf(const Neuron &neuron)
{
    const std::size_t n = neuron.dendrites.size();
    std::vector<std::vector<std::size_t>> children(n);
    std::vector<std::size_t> roots;
    for (std::size_t i = 0; i < n; ++i) {
        const int parent = neuron.dendrites[i].parent;
        if (parent == SomaIndex)
            roots.push_back(i);
        else
            children[static_cast<std::size_t>(parent)].push_back(i);
    }
    std::vector<double> slot(n, 0.0);
    const auto hasOwnSlot = [&](std::size_t i) {
        return children[i].empty()
            || std::any_of(children[i].begin(), children[i].end(), [&](std::size_t child) {
                   return neuron.dendrites[child].parentX < 1.0;
               });
    };
    double next = 0.0;
    // Rows are depth first, so tips met in that order get neighbouring slots.
    std::vector<std::size_t> order;
    std::vector<std::size_t> pending(roots.rbegin(), roots.rend());
    while (!pending.empty()) {
        const std::size_t i = pending.back();
        pending.pop_back();
        order.push_back(i);
        pending.insert(pending.end(), children[i].rbegin(), children[i].rend());
    }
    for (const std::size_t i : order) {
        if (hasOwnSlot(i))
            slot[i] = next++;
    }
    for (auto it = order.rbegin(); it != order.rend(); ++it) {
        if (hasOwnSlot(*it))
            continue;
        double sum = 0.0;
        for (const std::size_t child : children[*it])
            sum += slot[child];
        slot[*it] = sum / static_cast<double>(children[*it].size());
    }
    double middle = 0.0;
    for (const std::size_t root : roots)
        middle += slot[root] / static_cast<double>(roots.size());
    for (double &s : slot)
        s -= middle;
    return slot;
}

} // namespace

CellLayout layOutCell(const Neuron &neuron, CellLayout::Mode mode)
{
    CellLayout layout;
    const std::size_t n = neuron.dendrites.size();

    // Path distance of every dendrite's proximal end; parents come first.
    std::vector<double> start(n, 0.0);
    double longest = 1.0;
    double thickest = 0.01;
    for (std::size_t i = 0; i < n; ++i) {
        const Dendrite &d = neuron.dendrites[i];
        if (d.parent != SomaIndex) {
            const auto parent = static_cast<std::size_t>(d.parent);
            start[i] = start[parent] + d.parentX * neuron.dendrites[parent].lengthUm;
        }
        longest = std::max(longest, start[i] + d.lengthUm);
        thickest = std::max(thickest, d.diamUm);
    }

    const bool toScale = mode == CellLayout::Mode::ToScale;
    layout.unitsPerUm = toScale ? 1.0 : SchematicLength / longest;
    const double somaLength = toScale ? neuron.soma.lengthUm : SchematicSoma;
    const double somaDiam = toScale
        ? neuron.soma.diamUm
        : SchematicSoma * std::clamp(neuron.soma.diamUm / neuron.soma.lengthUm, 0.5, 2.0);
    layout.soma = QRectF(-somaLength, -somaDiam / 2.0, somaLength, somaDiam);
    layout.bounds = layout.soma;

    const std::vector<double> slot = slotsOf(neuron);
    const double spacing =
        toScale ? std::max({20.0, longest / 12.0, 1.25 * thickest}) : BranchSpacing;
    for (const SegmentRef &ref : segmentRows(neuron)) {
        const auto i = static_cast<std::size_t>(ref.dendrite);
        const Dendrite &d = neuron.dendrites[i];
        // Exaggerated thickness keeps the order of diameters, not their ratio.
        const double thickness = toScale
            ? d.diamUm
            : std::max(SchematicThinnest, SchematicThickest * std::sqrt(d.diamUm / thickest));
        const double y = slot[i] * spacing;
        const double lengthPerSegment = d.lengthUm / d.segments;
        const double from = start[i] + ref.segment * lengthPerSegment;
        const QRectF box(from * layout.unitsPerUm, y - thickness / 2.0,
                         lengthPerSegment * layout.unitsPerUm, thickness);
        CellLayout::Segment segment;
        segment.row = static_cast<int>(layout.segments.size());
        segment.pathUm = from + lengthPerSegment / 2.0;
        segment.centre = box.center();
        segment.outline = QPolygonF(box);
        layout.segments.push_back(segment);
        layout.bounds = layout.bounds.united(box);
    }
    return layout;
}

} // namespace dt
