// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell/TreeHandles.h"

#include "widgets/cell/CellView.h"

#include <QLineF>
#include <QPainter>

namespace dt {

namespace {

constexpr double HandleReach = 7.0; ///< [px]
constexpr double PlusAway = 20.0;
constexpr double EdgeAway = 9.0;
/// Shorter dendrites have no room for handles on the way [px].
constexpr double RoomForHandles = 40.0;

} // namespace

TreeHandles::TreeHandles(const CellView &view, int dendrite, bool ofTree) :
    m_view(view), m_dendrite(dendrite), m_ofTree(ofTree)
{
}

std::optional<QPointF> TreeHandles::placeOf(Handle handle) const
{
    const int d = m_dendrite;
    const CellLayout &layout = m_view.layoutOfCell();
    if (d < 0 || d >= static_cast<int>(layout.branches.size()))
        return std::nullopt;
    const QPointF base = m_view.positionOf({d, 0.0});
    const QPointF tip = m_view.positionOf({d, 1.0});
    const double length = QLineF(base, tip).length();
    const bool roomy = length >= RoomForHandles;
    switch (handle) {
    case Handle::Tip:
        return length >= 2.0 ? std::optional(tip) : std::nullopt;
    case Handle::Edge:
        if (roomy) {
            const double half = layout.halfAt({d, 0.5}) * m_view.toView().m11();
            return m_view.positionOf({d, 0.5}) + layout.upAt({d, 0.5}) * (half + EdgeAway);
        }
        break;
    case Handle::Base:
        if (m_ofTree && roomy && layout.branches.size() > 1)
            return base;
        break;
    case Handle::Plus:
        // The plus goes beside the tip where the window ends behind it.
        for (const double angle : {0.0, 90.0, -90.0}) {
            QTransform turn;
            turn.rotate(angle);
            const QPointF plus = tip + turn.map(layout.directionAt({d, 1.0})) * PlusAway;
            if (m_ofTree && QRectF(m_view.rect()).adjusted(10, 10, -10, -10).contains(plus))
                return plus;
        }
        break;
    case Handle::None:
        break;
    }
    return std::nullopt;
}

TreeHandles::Handle TreeHandles::under(const QPointF &at) const
{
    Handle found = Handle::None;
    double best = HandleReach + 1.0;
    for (const Handle handle : {Handle::Tip, Handle::Edge, Handle::Base, Handle::Plus}) {
        const std::optional<QPointF> place = placeOf(handle);
        if (place && QLineF(*place, at).length() < best) {
            best = QLineF(*place, at).length();
            found = handle;
        }
    }
    return found;
}

void TreeHandles::paint(QPainter &painter) const
{
    painter.setPen(QPen(m_view.palette().color(QPalette::WindowText), 1.5));
    painter.setBrush(m_view.palette().color(QPalette::Base));
    if (const auto edge = placeOf(Handle::Edge)) {
        const QPointF p = *edge;
        painter.drawPolygon(QPolygonF{p + QPointF(0, -6), p + QPointF(5, 0), p + QPointF(0, 6),
                                      p + QPointF(-5, 0)});
    }
    if (const auto root = placeOf(Handle::Base))
        painter.drawRect(QRectF(root->x() - 4.0, root->y() - 4.0, 8.0, 8.0));
    if (const auto tip = placeOf(Handle::Tip))
        painter.drawEllipse(*tip, 5.0, 5.0);
    if (const auto plus = placeOf(Handle::Plus)) {
        painter.drawEllipse(*plus, 7.0, 7.0);
        painter.drawLine(*plus - QPointF(3.5, 0), *plus + QPointF(3.5, 0));
        painter.drawLine(*plus - QPointF(0, 3.5), *plus + QPointF(0, 3.5));
    }
}

Qt::CursorShape TreeHandles::cursor(Handle handle)
{
    switch (handle) {
    case Handle::Tip:
    case Handle::Base:
        return Qt::SizeAllCursor;
    case Handle::Edge:
        return Qt::SizeVerCursor;
    case Handle::Plus:
        return Qt::CrossCursor;
    case Handle::None:
        break;
    }
    return Qt::ArrowCursor;
}

QString TreeHandles::tip(Handle handle)
{
    switch (handle) {
    case Handle::Tip:
        return tr("Drag: length");
    case Handle::Edge:
        return tr("Drag: diameter");
    case Handle::Base:
        return tr("Drag onto another dendrite: hang it there");
    case Handle::Plus:
        return tr("Drag: draw a new branch");
    case Handle::None:
        break;
    }
    return {};
}

} // namespace dt
