// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell/MarkLayout.h"

#include "widgets/cell/CellPainter.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

namespace dt {

namespace {

/// Sizes of the triangles of synapses [px].
constexpr double TriangleLength = 7.0;
/// Distance between thinned marks of one shape [px].
constexpr double ThinGap = 30.0;
/// How far from a mark the mouse still meets it [px].
constexpr double MarkReach = 5.0;

/// A mark that may be drawn.
struct Candidate
{
    const CellMark *mark = nullptr;
    QPointF centre; ///< on the cell's centre line [px]
};

/// Whether a mark may be left out. Selected marks, and electrodes, of which there are few, are
/// always drawn.
bool isThinned(const CellMark &mark)
{
    return !mark.selected && mark.shape != CellMark::Shape::Electrode;
}

double distance(const QPointF &a, const QPointF &b)
{
    return std::hypot(a.x() - b.x(), a.y() - b.y());
}

// Marks of a dendrite that are closer than they are wide would be one band: only those that fit are
// drawn.
std::vector<Candidate> candidates(const std::vector<CellMark> &marks, const CellLayout &cell,
                                  const QTransform &toView)
{
    std::vector<Candidate> fitting;
    const int dendrites = static_cast<int>(cell.branches.size());
    std::map<std::pair<int, CellMark::Shape>, QPointF> last;
    for (const CellMark &mark : marks) {
        if (mark.place.dendrite < SomaIndex || mark.place.dendrite >= dendrites)
            continue;
        const QPointF centre = toView.map(cell.pointAt(mark.place));
        if (isThinned(mark)) {
            const auto [it, isNew] = last.try_emplace({mark.place.dendrite, mark.shape}, centre);
            const double wide = 2.0 * MarkLayout::TriangleHalf * std::min(1.0, mark.size);
            if (!isNew && distance(centre, it->second) < wide)
                continue;
            it->second = centre;
        }
        fitting.push_back({&mark, centre});
    }
    return fitting;
}

// Thins the marks of all dendrites together: a traced cell has so many that nothing else would be
// seen.
void thin(std::vector<Candidate> &marks, const QRectF &window)
{
    const QRectF visible =
        window.adjusted(-TriangleLength, -TriangleLength, TriangleLength, TriangleLength);
    const auto seen = std::count_if(marks.begin(), marks.end(), [&](const Candidate &candidate) {
        return isThinned(*candidate.mark) && visible.contains(candidate.centre);
    });
    if (static_cast<std::size_t>(seen) <= MarkLayout::MostMarks)
        return;
    // Squares as wide as the gap hold one mark of a shape each; its neighbours are in nine of them.
    // What is only proposed is thinned by itself.
    std::map<std::tuple<CellMark::Shape, bool, int, int>, QPointF> taken;
    std::erase_if(marks, [&](const Candidate &candidate) {
        const auto &[mark, at] = candidate;
        if (!isThinned(*mark))
            return false;
        const int column = static_cast<int>(std::floor(at.x() / ThinGap));
        const int row = static_cast<int>(std::floor(at.y() / ThinGap));
        for (int x = column - 1; x <= column + 1; ++x) {
            for (int y = row - 1; y <= row + 1; ++y) {
                const auto near = taken.find({mark->shape, mark->hollow, x, y});
                if (near != taken.end() && distance(near->second, at) < ThinGap)
                    return true;
            }
        }
        taken[{mark->shape, mark->hollow, column, row}] = at;
        return false;
    });
}

PlacedMark placed(const Candidate &candidate, const CellLayout &cell, double scale)
{
    const auto &[mark, centre] = candidate;
    const QPointF along = cell.directionAt(mark->place);
    QPointF up(along.y(), -along.x());
    if (up.y() > 1e-9 || (std::abs(up.y()) <= 1e-9 && up.x() < 0.0))
        up = -up;
    const double half = std::max(cell.halfAt(mark->place) * scale, CellPainter::Hair / 2.0);
    const double length = TriangleLength * mark->size;
    switch (mark->shape) {
    case CellMark::Shape::Up:
        return {mark, centre + up * (half + 2.0), up, length};
    case CellMark::Shape::Down:
        return {mark, centre - up * (half + 2.0), -up, length};
    case CellMark::Shape::Circle:
        return {mark, centre, up, 0.0};
    case CellMark::Shape::Electrode:
        return {mark, centre + up * half, unit(up + QPointF(0.55, 0.0)), MarkLayout::PipetteLength};
    }
    return {};
}

} // namespace

MarkLayout::MarkLayout(const std::vector<CellMark> &marks, const CellLayout &cell,
                       const QTransform &toView, const QRectF &window, bool all)
{
    std::vector<Candidate> shown = candidates(marks, cell, toView);
    if (!all)
        thin(shown, window);
    for (const Candidate &candidate : shown)
        m_marks.push_back(placed(candidate, cell, toView.m11()));
}

std::optional<int> MarkLayout::idAt(const QPointF &position) const
{
    std::optional<int> found;
    double best = 1e300;
    for (const PlacedMark &placed : m_marks) {
        const double along =
            std::clamp(QPointF::dotProduct(position - placed.base, placed.out), 0.0, placed.reach);
        double off = distance(position, placed.base + placed.out * along);
        if (off > MarkReach)
            continue;
        if (placed.mark->selected)
            off -= 10.0; // on top
        if (off <= best) {
            best = off;
            found = placed.mark->id;
        }
    }
    return found;
}

} // namespace dt
