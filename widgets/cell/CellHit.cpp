// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell/CellHit.h"

#include "widgets/cell/CellPicture.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

double distanceTo(const QPolygonF &outline, const QPointF &position)
{
    if (outline.containsPoint(position, Qt::WindingFill))
        return 0.0;
    double best = 1e300;
    for (qsizetype i = 0; i < outline.size(); ++i) {
        const QPointF from = outline[i];
        const QPointF way = outline[(i + 1) % outline.size()] - from;
        const double squared = QPointF::dotProduct(way, way);
        const double along = squared > 0.0
            ? std::clamp(QPointF::dotProduct(position - from, way) / squared, 0.0, 1.0)
            : 0.0;
        const QPointF off = position - from - way * along;
        best = std::min(best, std::hypot(off.x(), off.y()));
    }
    return best;
}

} // namespace

std::optional<int> CellHit::partAt(const QPointF &position, double reach) const
{
    if (m_toView.mapRect(m_layout.soma).contains(position))
        return CellPicture::SomaSelected;
    std::optional<int> nearest;
    double best = reach;
    for (const CellLayout::Segment &segment : m_layout.segments) {
        const QRectF box =
            m_toView.mapRect(segment.outline.boundingRect()).adjusted(-best, -best, best, best);
        if (!box.contains(position))
            continue;
        const double distance = distanceTo(m_toView.map(segment.outline), position);
        if (distance < best) {
            best = distance;
            nearest = segment.row;
        }
    }
    return nearest;
}

std::optional<Place> CellHit::placeAt(const QPointF &position, double reach) const
{
    if (m_toView.mapRect(m_layout.soma).contains(position))
        return Place{};
    const QPointF point = m_toView.inverted().map(position);
    const double scale = m_toView.m11();
    std::optional<Place> nearest;
    double best = reach;
    for (std::size_t i = 0; i < m_layout.branches.size(); ++i) {
        const CellLayout::Branch &branch = m_layout.branches[i];
        const double far = best + *std::max_element(branch.half.begin(), branch.half.end()) * scale;
        if (!m_toView.mapRect(branch.line.boundingRect())
                 .adjusted(-far, -far, far, far)
                 .contains(position))
            continue;
        const Place place = m_layout.nearestOn(static_cast<int>(i), point);
        const QPointF off = position - m_toView.map(m_layout.pointAt(place));
        const double distance =
            std::max(0.0, std::hypot(off.x(), off.y()) - m_layout.halfAt(place) * scale);
        if (distance < best) {
            best = distance;
            nearest = place;
        }
    }
    return nearest;
}

} // namespace dt
