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
    const QCPAxis *xAxis = mParentPlot->xAxis;
    const QCPAxis *yAxis = mParentPlot->yAxis;
    const QCPRange shown = xAxis->range();
    for (const PlotCanvas::Marker &m : points) {
        if (m.x < shown.lower - shown.size() * 0.02 || m.x > shown.upper + shown.size() * 0.02)
            continue;
        const double px = xAxis->coordToPixel(m.x);
        const double py = yAxis->coordToPixel(m.y);
        paintMark(*painter, shape, {px, py}, m.size, colour,
                  m.strong ? QPen(outline, 2.0) : QPen(Qt::NoPen));
        drawText(*painter, m, {px, py});
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
    QPointF start = at; // of the base line
    switch (m.textSide) {
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
