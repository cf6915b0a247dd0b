// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/canvas/MarkerLayer.h"

#include "widgets/plots/MarkShapes.h"
#include "widgets/theme/Theme.h"

namespace dt {

MarkerLayer::MarkerLayer(QCustomPlot *plot, const PlotSeries::Markers &what) :
    QCPLayerable(plot, QStringLiteral("main")), markers(what)
{
}

QRect MarkerLayer::clipRect() const
{
    return mParentPlot->axisRect()->rect();
}

void MarkerLayer::applyDefaultAntialiasingHint(QCPPainter *painter) const
{
    painter->setAntialiasing(true);
}

void MarkerLayer::draw(QCPPainter *painter)
{
    if (placedWith && placedWith->front() == this)
        placeTexts(*placedWith);
    const QCPRange shown = mParentPlot->xAxis->range();
    for (std::size_t i = 0; i < markers.points.size(); ++i) {
        PlotSeries::Marker m = markers.points[i];
        if (m.x < shown.lower - shown.size() * 0.02 || m.x > shown.upper + shown.size() * 0.02)
            continue;
        if (placedWith && i < m_textHidden.size() && m_textHidden[i])
            m.text.clear();
        const QPointF at = pixelOf(m);
        paintMark(*painter, markers.shape, at, m.size, markers.colour,
                  m.strong && !onPaper ? QPen(outline, 2.0) : QPen(Qt::NoPen));
        drawText(*painter, m, at);
    }
}

QPointF MarkerLayer::pixelOf(const PlotSeries::Marker &m) const
{
    constexpr double BelowEdge = 4.0;
    return {mParentPlot->xAxis->coordToPixel(m.x),
            markers.atTop ? mParentPlot->axisRect()->rect().top() + BelowEdge + m.size / 2.0
                          : mParentPlot->yAxis->coordToPixel(m.y)};
}

void MarkerLayer::placeTexts(const std::vector<MarkerLayer *> &all)
{
    using Side = PlotSeries::Side;
    const QFontMetrics metrics(theme::captionFont());
    std::vector<QRectF> taken;
    for (const MarkerLayer *layer : all) {
        for (const PlotSeries::Marker &m : layer->markers.points)
            taken.push_back(QRectF(layer->pixelOf(m) - QPointF(m.size / 2.0, m.size / 2.0),
                                   QSizeF(m.size, m.size)));
    }
    const QRectF area =
        QRectF(all.front()->mParentPlot->axisRect()->rect()).adjusted(4.0, 2.0, -4.0, -2.0);
    std::size_t self = 0;
    for (MarkerLayer *layer : all) {
        layer->m_textHidden.assign(layer->markers.points.size(), true);
        for (std::size_t i = 0; i < layer->markers.points.size(); ++i, ++self) {
            PlotSeries::Marker &m = layer->markers.points[i];
            const QPointF at = layer->pixelOf(m);
            const double away = m.size / 2.0 + 3.0;
            const QSizeF size(metrics.horizontalAdvance(m.text), metrics.height());
            for (const Side side : {Side::Right, Side::Left, Side::Above, Side::Below}) {
                QRectF box(at, size);
                if (side == Side::Right)
                    box.moveBottomLeft(at + QPointF(away, -3.0 + metrics.descent()));
                else if (side == Side::Left)
                    box.moveBottomRight(at + QPointF(-away, -3.0 + metrics.descent()));
                else if (side == Side::Above)
                    box.moveBottomLeft(at + QPointF(-size.width() / 2.0, -away));
                else
                    box.moveTopLeft(at + QPointF(-size.width() / 2.0, away));
                bool free = area.contains(box);
                for (std::size_t k = 0; free && k < taken.size(); ++k)
                    free = k == self || !taken[k].intersects(box);
                if (!free)
                    continue;
                m.textSide = side;
                layer->m_textHidden[i] = false;
                taken.push_back(box);
                break;
            }
        }
    }
}

void MarkerLayer::drawText(QPainter &painter, const PlotSeries::Marker &m, const QPointF &at) const
{
    if (m.text.isEmpty())
        return;
    painter.setFont(theme::captionFont());
    painter.setPen(outline);
    const QFontMetrics metrics(painter.font());
    const double width = metrics.horizontalAdvance(m.text);
    const double away = m.size / 2.0 + 3.0;
    // Beside the marker rather than cut at an edge.
    const QRect area = mParentPlot->axisRect()->rect();
    using Side = PlotSeries::Side;
    Side side = m.textSide;
    if ((side == Side::Above && at.y() - away - metrics.ascent() < area.top())
        || (side == Side::Below && at.y() + away + metrics.height() > area.bottom()))
        side = Side::Right;
    if (side == Side::Right && at.x() + away + width > area.right()
        && at.x() - away - width > area.left())
        side = Side::Left;
    QPointF start = at; // of the base line
    switch (side) {
    case PlotSeries::Side::Right:
        start += QPointF(away, -3.0);
        break;
    case PlotSeries::Side::Left:
        start += QPointF(-away - width, -3.0);
        break;
    case PlotSeries::Side::Above:
        start += QPointF(-width / 2.0, -away);
        break;
    case PlotSeries::Side::Below:
        start += QPointF(-width / 2.0, away + metrics.ascent());
        break;
    }
    painter.drawText(start, m.text);
}

} // namespace dt
