// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/PlotCanvasParts.h"

#include "widgets/plots/MarkShapes.h"
#include "widgets/theme/Theme.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace dt {

namespace {

QCPAxisRect *axes(QCustomPlot *plot)
{
    return plot->axisRect();
}

} // namespace

MarkerLayer::MarkerLayer(QCustomPlot *plot, PlotCanvas::Shape form, const QColor &fill) :
    QCPLayerable(plot, QStringLiteral("main")), shape(form), colour(fill)
{
}

QRect MarkerLayer::clipRect() const
{
    return axes(mParentPlot)->rect();
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
    for (std::size_t i = 0; i < points.size(); ++i) {
        PlotCanvas::Marker m = points[i];
        if (m.x < shown.lower - shown.size() * 0.02 || m.x > shown.upper + shown.size() * 0.02)
            continue;
        if (placedWith && i < m_textHidden.size() && m_textHidden[i])
            m.text.clear();
        const QPointF at = pixelOf(m);
        paintMark(*painter, shape, at, m.size, colour,
                  m.strong && !onPaper ? QPen(outline, 2.0) : QPen(Qt::NoPen));
        drawText(*painter, m, at);
    }
}

QPointF MarkerLayer::pixelOf(const PlotCanvas::Marker &m) const
{
    constexpr double BelowEdge = 4.0;
    return {mParentPlot->xAxis->coordToPixel(m.x),
            atTop ? axes(mParentPlot)->rect().top() + BelowEdge + m.size / 2.0
                  : mParentPlot->yAxis->coordToPixel(m.y)};
}

void MarkerLayer::placeTexts(const std::vector<MarkerLayer *> &all)
{
    using Side = PlotCanvas::Side;
    const QFontMetrics metrics(theme::captionFont());
    std::vector<QRectF> taken;
    for (const MarkerLayer *layer : all) {
        for (const PlotCanvas::Marker &m : layer->points)
            taken.push_back(QRectF(layer->pixelOf(m) - QPointF(m.size / 2.0, m.size / 2.0),
                                   QSizeF(m.size, m.size)));
    }
    const QRectF area =
        QRectF(axes(all.front()->mParentPlot)->rect()).adjusted(4.0, 2.0, -4.0, -2.0);
    std::size_t self = 0;
    for (MarkerLayer *layer : all) {
        layer->m_textHidden.assign(layer->points.size(), true);
        for (std::size_t i = 0; i < layer->points.size(); ++i, ++self) {
            PlotCanvas::Marker &m = layer->points[i];
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

void MarkerLayer::drawText(QPainter &painter, const PlotCanvas::Marker &m, const QPointF &at) const
{
    if (m.text.isEmpty())
        return;
    painter.setFont(theme::captionFont());
    painter.setPen(outline);
    const QFontMetrics metrics(painter.font());
    const double width = metrics.horizontalAdvance(m.text);
    const double away = m.size / 2.0 + 3.0;
    // Beside the marker rather than cut at an edge.
    const QRect area = axes(mParentPlot)->rect();
    using Side = PlotCanvas::Side;
    Side side = m.textSide;
    if ((side == Side::Above && at.y() - away - metrics.ascent() < area.top())
        || (side == Side::Below && at.y() + away + metrics.height() > area.bottom()))
        side = Side::Right;
    if (side == Side::Right && at.x() + away + width > area.right()
        && at.x() - away - width > area.left())
        side = Side::Left;
    QPointF start = at; // of the base line
    switch (side) {
    case PlotCanvas::Side::Right:
        start += QPointF(away, -3.0);
        break;
    case PlotCanvas::Side::Left:
        start += QPointF(-away - width, -3.0);
        break;
    case PlotCanvas::Side::Above:
        start += QPointF(-width / 2.0, -away);
        break;
    case PlotCanvas::Side::Below:
        start += QPointF(-width / 2.0, away + metrics.ascent());
        break;
    }
    painter.drawText(start, m.text);
}

ReferenceLine::ReferenceLine(QCustomPlot *plot) : QCPLayerable(plot, QStringLiteral("main")) { }

QRect ReferenceLine::clipRect() const
{
    return axes(mParentPlot)->rect();
}

void ReferenceLine::applyDefaultAntialiasingHint(QCPPainter *painter) const
{
    painter->setAntialiasing(false);
}

void ReferenceLine::draw(QCPPainter *painter)
{
    const QRect rect = axes(mParentPlot)->rect();
    if (!mParentPlot->yAxis->range().contains(y))
        return; // its caption would stand at the edge
    const double py = mParentPlot->yAxis->coordToPixel(y);
    painter->setPen(QPen(colour, 1.0, Qt::DashLine));
    painter->drawLine(QPointF(rect.left(), py), QPointF(rect.right(), py));
    if (caption.isEmpty())
        return;
    painter->setFont(mParentPlot->xAxis->tickLabelFont());
    const QFontMetrics metrics(painter->font());
    const bool below = py - metrics.height() < rect.top();
    const double width = metrics.horizontalAdvance(caption);
    const QRectF box(rect.right() - 4.0 - width, below ? py + 1.0 : py - metrics.height(), width,
                     metrics.height());
    painter->fillRect(box.adjusted(-4.0, 0.0, 4.0, 0.0), background);
    painter->drawText(box, Qt::AlignRight | Qt::AlignVCenter, caption);
}

UprightLine::UprightLine(QCustomPlot *plot) : QCPLayerable(plot, QStringLiteral("main")) { }

QRect UprightLine::clipRect() const
{
    return axes(mParentPlot)->rect().adjusted(-4, 0, 4, 0);
}

void UprightLine::applyDefaultAntialiasingHint(QCPPainter *painter) const
{
    painter->setAntialiasing(true);
}

void UprightLine::draw(QCPPainter *painter)
{
    if (std::isnan(x))
        return;
    const QRect rect = axes(mParentPlot)->rect();
    const double px = std::round(mParentPlot->xAxis->coordToPixel(x));
    painter->setPen(QPen(colour, 1.5));
    painter->drawLine(QPointF(px, rect.top()), QPointF(px, rect.bottom()));
    painter->setBrush(colour);
    painter->drawRoundedRect(QRectF(px - 2.5, rect.center().y() - 8.0, 5.0, 16.0), 2.0, 2.0);
}

CursorLine::CursorLine(QCustomPlot *plot, const QString &layer) : QCPLayerable(plot, layer) { }

QRect CursorLine::clipRect() const
{
    return axes(mParentPlot)->rect();
}

void CursorLine::applyDefaultAntialiasingHint(QCPPainter *painter) const
{
    painter->setAntialiasing(false);
}

void CursorLine::draw(QCPPainter *painter)
{
    if (!x)
        return;
    const QRect rect = axes(mParentPlot)->rect();
    const double px = std::round(mParentPlot->xAxis->coordToPixel(*x));
    painter->setPen(QPen(colour, 1.0, dash));
    painter->drawLine(QPointF(px, rect.top()), QPointF(px, rect.bottom()));
}

// QCustomPlot's own are evenly spaced on short axes, which leaves the lower half of them empty.
QVector<double> LogTicker::createTickVector(double tickStep, const QCPRange &range)
{
    if (range.lower <= 0.0 || range.upper <= range.lower)
        return QCPAxisTickerLog::createTickVector(tickStep, range);
    const int from = static_cast<int>(std::floor(std::log10(range.lower)));
    const int to = static_cast<int>(std::floor(std::log10(range.upper)));
    const auto ticks = [&](std::initializer_list<int> digits, int everyPower) {
        QVector<double> inside;
        for (int power = from; power <= to; ++power) {
            for (const int digit : digits) {
                const double tick = digit * std::pow(10.0, power);
                if (power % everyPower == 0 && range.contains(tick))
                    inside.append(tick);
            }
        }
        return inside;
    };
    const int most = tickCount() + 1;
    const std::initializer_list<int> all{1, 2, 3, 4, 5, 6, 7, 8, 9};
    for (const std::initializer_list<int> digits : {all, {1, 2, 5}, {1, 3}}) {
        const QVector<double> some = ticks(digits, 1);
        if (some.size() >= 2 && some.size() <= most)
            return some;
    }
    if (ticks({1}, 1).size() < 2) // less than a decade of many digits, or hardly any width at all
        return ticks({1, 2, 5}, 1).size() >= 2 ? ticks({1, 2, 5}, 1)
                                               : QCPAxisTicker::createTickVector(tickStep, range);
    int every = 1;
    while (ticks({1}, every).size() > most)
        ++every;
    return ticks({1}, every);
}

} // namespace dt
