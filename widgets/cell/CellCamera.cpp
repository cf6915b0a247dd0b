// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell/CellCamera.h"

#include <algorithm>

namespace dt {

namespace {

constexpr double MinZoom = 0.5;
constexpr double MaxZoom = 400.0;
/// How much of the cell stays in the window [px].
constexpr double StaysVisible = 40.0;

/// Transform that shows `bounds` as large as `area` has room, in the middle of its height.
QTransform fitted(const QRectF &bounds, const QRectF &area)
{
    if (bounds.isEmpty() || area.isEmpty())
        return {};
    const double scale = std::min(area.width() / bounds.width(), area.height() / bounds.height());
    QTransform transform;
    transform.translate(area.left() + (area.width() - bounds.width() * scale) / 2.0,
                        area.center().y());
    transform.scale(scale, scale);
    transform.translate(-bounds.left(), -bounds.center().y());
    return transform;
}

} // namespace

QTransform CellCamera::toView(const QRectF &bounds, const QRectF &area) const
{
    return (m_held ? *m_held : fitted(bounds, area)) * QTransform::fromScale(m_zoom, m_zoom)
        * QTransform::fromTranslate(m_pan.x(), m_pan.y());
}

void CellCamera::hold(const QRectF &bounds, const QRectF &area)
{
    m_held = fitted(bounds, area);
}

bool CellCamera::zoomBy(double factor, const QPointF &at)
{
    const double zoom = std::clamp(m_zoom * factor, MinZoom, MaxZoom);
    if (zoom == m_zoom)
        return false;
    m_pan = at - (at - m_pan) * (zoom / m_zoom);
    m_zoom = zoom;
    return true;
}

void CellCamera::keepInSight(const QRectF &cell, const QRectF &window)
{
    const double room = std::min({StaysVisible, window.width() / 2.0, window.height() / 2.0});
    const QRectF inner = window.adjusted(room, room, -room, -room);
    m_pan.rx() +=
        std::max(0.0, inner.left() - cell.right()) - std::max(0.0, cell.left() - inner.right());
    m_pan.ry() +=
        std::max(0.0, inner.top() - cell.bottom()) - std::max(0.0, cell.top() - inner.bottom());
}

void CellCamera::showAll()
{
    m_zoom = 1.0;
    m_pan = {};
}

} // namespace dt
