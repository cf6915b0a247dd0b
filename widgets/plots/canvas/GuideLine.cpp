// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/canvas/GuideLine.h"

#include <cmath>
#include <limits>

namespace dt {

GuideLine::GuideLine(QCustomPlot *plot, Qt::Orientation orientation, const QString &layer) :
    QCPLayerable(plot, layer), at(std::numeric_limits<double>::quiet_NaN()),
    m_orientation(orientation)
{
}

QRect GuideLine::clipRect() const
{
    const int reach = grip ? 4 : 0;
    return mParentPlot->axisRect()->rect().adjusted(-reach, 0, reach, 0);
}

void GuideLine::applyDefaultAntialiasingHint(QCPPainter *painter) const
{
    painter->setAntialiasing(grip);
}

void GuideLine::draw(QCPPainter *painter)
{
    if (std::isnan(at))
        return;
    painter->setPen(QPen(colour, grip ? 1.5 : 1.0, dash));
    if (m_orientation == Qt::Horizontal)
        drawLevel(*painter, mParentPlot->axisRect()->rect());
    else
        drawUpright(*painter, mParentPlot->axisRect()->rect());
}

void GuideLine::drawLevel(QCPPainter &painter, const QRect &plot) const
{
    if (!mParentPlot->yAxis->range().contains(at))
        return; // its caption would stand at the edge
    const double y = mParentPlot->yAxis->coordToPixel(at);
    painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
    if (caption.isEmpty())
        return;
    painter.setFont(mParentPlot->xAxis->tickLabelFont());
    const QFontMetrics metrics(painter.font());
    const bool below = y - metrics.height() < plot.top();
    const double width = metrics.horizontalAdvance(caption);
    const QRectF box(plot.right() - 4.0 - width, below ? y + 1.0 : y - metrics.height(), width,
                     metrics.height());
    painter.fillRect(box.adjusted(-4.0, 0.0, 4.0, 0.0), ground);
    painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter, caption);
}

void GuideLine::drawUpright(QCPPainter &painter, const QRect &plot) const
{
    const double x = std::round(mParentPlot->xAxis->coordToPixel(at));
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    if (!grip)
        return;
    painter.setBrush(colour);
    painter.drawRoundedRect(QRectF(x - 2.5, plot.center().y() - 8.0, 5.0, 16.0), 2.0, 2.0);
}

} // namespace dt
