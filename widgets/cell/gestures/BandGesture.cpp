// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell/gestures/BandGesture.h"

#include "widgets/cell/CellView.h"
#include "widgets/cell/PictureSelection.h"

#include <QLineF>
#include <QPainter>

namespace dt {

namespace {

bool meets(const QRectF &band, const QPolygonF &line)
{
    for (qsizetype k = 1; k < line.size(); ++k) {
        const QLineF part(line[k - 1], line[k]);
        if (band.contains(part.p1()) || band.contains(part.p2()))
            return true;
        for (const QLineF &side : {QLineF(band.topLeft(), band.topRight()),
                                   QLineF(band.bottomLeft(), band.bottomRight()),
                                   QLineF(band.topLeft(), band.bottomLeft()),
                                   QLineF(band.topRight(), band.bottomRight())}) {
            if (part.intersects(side) == QLineF::BoundedIntersection)
                return true;
        }
    }
    return false;
}

} // namespace

BandGesture::BandGesture(CellView *view, PictureSelection *selection, const QPointF &pressed,
                         bool add) :
    m_view(view),
    m_selection(selection), m_pressed(pressed), m_mouse(pressed), m_add(add)
{
}

void BandGesture::finish()
{
    std::vector<int> met;
    const std::vector<CellLayout::Branch> &branches = m_view->layoutOfCell().branches;
    const QTransform transform = m_view->toView();
    for (std::size_t i = 0; i < branches.size(); ++i) {
        if (meets(band(), transform.map(branches[i].line)))
            met.push_back(static_cast<int>(i));
    }
    m_selection->pick(std::move(met), m_add);
}

void BandGesture::paint(QPainter &painter) const
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_view->palette().color(QPalette::Highlight), 1.0, Qt::DashLine));
    painter.drawRect(band());
}

} // namespace dt
