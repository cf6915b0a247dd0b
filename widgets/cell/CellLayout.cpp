// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell/CellLayout.h"

#include "engine/cell/DendritePath.h"
#include "widgets/cell/CellShape.h"

#include <QLineF>

#include <algorithm>
#include <cmath>

namespace dt {

QPointF unit(const QPointF &v)
{
    const double length = std::hypot(v.x(), v.y());
    return length > 0.0 ? v / length : QPointF(1.0, 0.0);
}

namespace {

/// Schematic picture: the longest path from soma to tip has this length.
constexpr double SchematicLength = 1000.0;
constexpr double SchematicSoma = 110.0;
constexpr double SchematicThickest = 42.0;
constexpr double SchematicThinnest = 18.0;
constexpr double BranchSpacing = 90.0;
/// Height of a dendrogram as a share of its length.
constexpr double HighestShare = 0.6;

/// Vertical slot of every dendrite: tips get slots of their own, a fork the middle of its branches,
/// as in a dendrogram. A dendrite with side branches runs between them and has a slot of its own,
/// too; those that leave it farther out lie nearer to it, so that no line to a branch crosses
/// another. They take turns in the order of the list: a new branch leaves the others on their
/// sides.
std::vector<double> slotsOf(const Neuron &neuron)
{
    const std::size_t n = neuron.dendrites.size();
    const auto x = [&](std::size_t i) { return neuron.dendrites[i].parentX; };
    std::vector<std::vector<std::size_t>> children(n);
    std::vector<std::size_t> roots;
    for (std::size_t i = 0; i < n; ++i) {
        const int parent = neuron.dendrites[i].parent;
        if (parent == SomaIndex)
            roots.push_back(i);
        else
            children[static_cast<std::size_t>(parent)].push_back(i);
    }
    const auto hasOwnSlot = [&](std::size_t i) {
        return children[i].empty()
            || std::any_of(children[i].begin(), children[i].end(),
                           [&](std::size_t child) { return x(child) < 1.0; });
    };
    struct Visit
    {
        std::size_t dendrite;
        bool itself; ///< its turn among its branches has come
    };
    std::vector<double> slot(n, 0.0);
    double next = 0.0;
    std::vector<Visit> pending;
    for (auto it = roots.rbegin(); it != roots.rend(); ++it)
        pending.push_back({*it, false});
    while (!pending.empty()) {
        const auto [i, itself] = pending.back();
        pending.pop_back();
        if (itself) {
            slot[i] = next++;
            continue;
        }
        const std::vector<std::size_t> &branches = children[i];
        std::vector<Visit> order;
        if (hasOwnSlot(i)) {
            std::vector<std::size_t> sides[2];
            for (std::size_t k = 0; k < branches.size(); ++k)
                sides[k % 2].push_back(branches[k]);
            for (auto &side : sides)
                std::stable_sort(side.begin(), side.end(),
                                 [&](std::size_t a, std::size_t b) { return x(a) < x(b); });
            for (const std::size_t above : sides[0])
                order.push_back({above, false});
            order.push_back({i, true});
            for (auto below = sides[1].rbegin(); below != sides[1].rend(); ++below)
                order.push_back({*below, false});
        } else {
            for (const std::size_t branch : branches)
                order.push_back({branch, false});
        }
        pending.insert(pending.end(), order.rbegin(), order.rend());
    }
    for (std::size_t i = n; i-- > 0;) { // branches come behind what they hang on
        if (hasOwnSlot(i))
            continue;
        double sum = 0.0;
        for (const std::size_t child : children[i])
            sum += slot[child];
        slot[i] = sum / static_cast<double>(children[i].size());
    }
    double middle = 0.0;
    for (const std::size_t root : roots)
        middle += slot[root] / static_cast<double>(roots.size());
    for (double &s : slot)
        s -= middle;
    return slot;
}

/// Index of the stretch of the centre line that holds a share, and how far along it lies.
std::pair<std::size_t, double> stretchAt(const CellLayout::Branch &branch, double share)
{
    const auto after = std::upper_bound(branch.share.begin() + 1, branch.share.end() - 1, share);
    const auto i = static_cast<std::size_t>(after - branch.share.begin()) - 1;
    const double width = branch.share[i + 1] - branch.share[i];
    return {i, width > 0.0 ? std::clamp((share - branch.share[i]) / width, 0.0, 1.0) : 0.0};
}

/// Outline of the part between two shares of the length.
QPolygonF outlineOf(const CellLayout &layout, int dendrite, double from, double to)
{
    const CellLayout::Branch &branch = layout.branches[static_cast<std::size_t>(dendrite)];
    std::vector<double> shares{from};
    for (const double share : branch.share) {
        if (share > from + 1e-9 && share < to - 1e-9)
            shares.push_back(share);
    }
    shares.push_back(to);
    QPolygonF left;
    QPolygonF right;
    for (const double share : shares) {
        const QPointF point = layout.pointAt({dendrite, share});
        // Between two stretches the outline takes the mean direction.
        const QPointF direction =
            unit(layout.directionAt({dendrite, std::max(from, share - 1e-7)})
                 + layout.directionAt({dendrite, std::min(to - 1e-7, share + 1e-7)}));
        const QPointF across =
            QPointF(direction.y(), -direction.x()) * layout.halfAt({dendrite, share});
        left << point + across;
        right.prepend(point - across);
    }
    return left + right;
}

void addSegments(const Neuron &neuron, const std::vector<double> &start, CellLayout &layout)
{
    layout.bounds = layout.soma;
    for (const SegmentRef &ref : segmentRows(neuron)) {
        const auto i = static_cast<std::size_t>(ref.dendrite);
        const Dendrite &d = neuron.dendrites[i];
        const double from = static_cast<double>(ref.segment) / d.segments;
        const double to = static_cast<double>(ref.segment + 1) / d.segments;
        CellLayout::Segment segment;
        segment.row = static_cast<int>(layout.segments.size());
        segment.dendrite = ref.dendrite;
        segment.pathUm = start[i] + d.lengthUm * (from + to) / 2.0;
        segment.centre = layout.pointAt({ref.dendrite, ref.x});
        segment.outline = outlineOf(layout, ref.dendrite, from, to);
        layout.bounds = layout.bounds.united(segment.outline.boundingRect());
        layout.segments.push_back(std::move(segment));
    }
}

} // namespace

QPointF CellLayout::pointAt(const Place &place) const
{
    if (place.dendrite == SomaIndex)
        return soma.center();
    const Branch &branch = branches[static_cast<std::size_t>(place.dendrite)];
    const auto [i, along] = stretchAt(branch, place.x);
    const auto k = static_cast<qsizetype>(i);
    return branch.line[k] + (branch.line[k + 1] - branch.line[k]) * along;
}

QPointF CellLayout::directionAt(const Place &place) const
{
    if (place.dendrite == SomaIndex)
        return {1.0, 0.0};
    const Branch &branch = branches[static_cast<std::size_t>(place.dendrite)];
    // A stretch towards the eye has no direction in the picture: that of the whole will do.
    const auto k = static_cast<qsizetype>(stretchAt(branch, place.x).first);
    const QPointF stretch = branch.line[k + 1] - branch.line[k];
    return unit(std::hypot(stretch.x(), stretch.y()) > 1e-9
                    ? stretch
                    : branch.line.back() - branch.line.front());
}

QPointF CellLayout::upAt(const Place &place) const
{
    const QPointF along = directionAt(place);
    const QPointF up(along.y(), -along.x());
    return up.y() > 0.0 ? -up : up;
}

double CellLayout::halfAt(const Place &place) const
{
    if (place.dendrite == SomaIndex)
        return soma.height() / 2.0;
    const Branch &branch = branches[static_cast<std::size_t>(place.dendrite)];
    const auto [i, along] = stretchAt(branch, place.x);
    return branch.half[i] + (branch.half[i + 1] - branch.half[i]) * along;
}

Place CellLayout::nearestOn(int dendrite, const QPointF &point) const
{
    const Branch &branch = branches[static_cast<std::size_t>(dendrite)];
    Place best{dendrite, 0.0};
    double nearest = 1e300;
    for (std::size_t i = 0; i + 1 < branch.share.size(); ++i) {
        const QPointF from = branch.line[static_cast<qsizetype>(i)];
        const QPointF way = branch.line[static_cast<qsizetype>(i) + 1] - from;
        const double squared = QPointF::dotProduct(way, way);
        const double along = squared > 0.0
            ? std::clamp(QPointF::dotProduct(point - from, way) / squared, 0.0, 1.0)
            : 0.0;
        const double distance = QLineF(point, from + way * along).length();
        if (distance < nearest) {
            nearest = distance;
            best.x = branch.share[i] + (branch.share[i + 1] - branch.share[i]) * along;
        }
    }
    return best;
}

CellLayout layOutCell(const Neuron &neuron, CellLayout::Mode mode, const CellLayout *scaleOf)
{
    CellLayout layout;
    const std::size_t n = neuron.dendrites.size();

    const std::vector<double> start = dendriteStartsUm(neuron);
    const double longest = std::max(1.0, reachUm(neuron));
    double thickest = 0.01;
    for (std::size_t i = 0; i < n; ++i) {
        const Dendrite &d = neuron.dendrites[i];
        thickest = std::max(thickest, d.diamUm);
        if (mode == CellLayout::Mode::ToScale) {
            for (const Point3 &p : d.points)
                thickest = std::max(thickest, p.diam);
        }
    }
    if (mode == CellLayout::Mode::Shape) {
        layOutShape(neuron, layout);
        addSegments(neuron, start, layout);
        return layout;
    }

    const bool toScale = mode == CellLayout::Mode::ToScale;
    layout.unitsPerUm = toScale ? 1.0 : SchematicLength / longest;
    layout.thickestUm = thickest;
    const std::vector<double> slot = slotsOf(neuron);
    const auto [lowest, highest] = std::minmax_element(slot.begin(), slot.end());
    const double gaps = std::max(1.0, slot.empty() ? 1.0 : *highest - *lowest);
    // Many branches lie closer together, or the picture would be a sliver.
    layout.spacing = toScale
        ? std::max(1.25 * thickest,
                   std::min(std::max(20.0, longest / 12.0), HighestShare * longest / gaps))
        : std::min(BranchSpacing, HighestShare * SchematicLength / gaps);
    if (scaleOf) {
        layout.unitsPerUm = scaleOf->unitsPerUm;
        layout.thickestUm = scaleOf->thickestUm;
        layout.spacing = scaleOf->spacing;
    }
    const double somaLength = toScale ? neuron.soma.lengthUm : SchematicSoma;
    const double somaDiam = toScale
        ? neuron.soma.diamUm
        : SchematicSoma * std::clamp(neuron.soma.diamUm / neuron.soma.lengthUm, 0.5, 2.0);
    layout.soma = QRectF(-somaLength, -somaDiam / 2.0, somaLength, somaDiam);

    const double thin = layout.spacing / BranchSpacing;
    for (std::size_t i = 0; i < n; ++i) {
        const Dendrite &d = neuron.dendrites[i];
        const double y = slot[i] * layout.spacing;
        const double x = start[i] * layout.unitsPerUm;
        CellLayout::Branch branch;
        if (toScale && !d.points.empty()) {
            branch = branchAlong(d, QPolygonF(static_cast<qsizetype>(d.points.size())));
            for (qsizetype k = 0; k < branch.line.size(); ++k)
                branch.line[k] =
                    QPointF(x + branch.share[static_cast<std::size_t>(k)] * d.lengthUm, y);
        } else {
            // Exaggerated thickness keeps the order of diameters, not their ratio.
            const double thickness = toScale ? d.diamUm
                                             : thin
                    * std::max(SchematicThinnest,
                               SchematicThickest * std::sqrt(d.diamUm / layout.thickestUm));
            branch.line = QPolygonF{QPointF(x, y), QPointF(x + d.lengthUm * layout.unitsPerUm, y)};
            branch.share = {0.0, 1.0};
            branch.half = {thickness / 2.0, thickness / 2.0};
        }
        const double parentY =
            d.parent == SomaIndex ? 0.0 : slot[static_cast<std::size_t>(d.parent)] * layout.spacing;
        if (std::abs(parentY - y) > 1e-9)
            branch.link = QPolygonF{QPointF(x, parentY), QPointF(x, y)};
        layout.branches.push_back(std::move(branch));
    }
    addSegments(neuron, start, layout);
    return layout;
}

} // namespace dt
