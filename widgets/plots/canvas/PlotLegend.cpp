// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/canvas/PlotLegend.h"

#include "widgets/plots/MarkShapes.h"
#include "widgets/plots/canvas/MarkerLayer.h"
#include "widgets/plots/canvas/PlotMap.h"
#include "widgets/theme/Theme.h"

namespace dt {

namespace {

constexpr int SampleWidth = 26; ///< of a line [px]
constexpr int ScaleWidth = 140; ///< of the colours of a map [px]
constexpr int Gap = 6;
constexpr double MarkerPx = 7.0;
constexpr double SwatchHeight = 9.0; ///< of bars [px]

int rowHeight(const QFontMetrics &metrics)
{
    return metrics.height() + theme::Grid / 2;
}

/// The name without its unit, which stands at the axis.
QString shortName(const QString &name)
{
    return name.section(QStringLiteral(" ["), 0, 0);
}

} // namespace

PlotLegend::PlotLegend(const PlotSeries &series, const PlotMap &map) :
    m_map(map.name().isEmpty() ? nullptr : map.drawn()), m_mapName(map.name())
{
    for (const PlotSeries::Line &line : series.lines()) {
        if (!line.graph->visible() || line.graph->data()->isEmpty() || line.ofMoment)
            continue;
        Entry entry{shortName(line.name), line.graph->pen()};
        if (line.markers >= 0) {
            const auto i = static_cast<std::size_t>(line.markers);
            const PlotSeries::Markers &points = series.markers()[i]->markers;
            entry.colour = points.colour;
            entry.shape = points.shape;
            entry.marked = true;
        }
        add(entry);
    }
    for (const MarkerLayer *layer : series.markers()) {
        const PlotSeries::Markers &markers = layer->markers;
        if (!markers.points.empty() && !markers.ofMoment)
            add({shortName(markers.name), QPen(Qt::NoPen), {}, markers.colour, markers.shape});
    }
    for (const PlotSeries::Bars &bars : series.bars()) {
        if (!bars.drawn->data()->isEmpty())
            add({shortName(bars.name), bars.drawn->pen(), bars.drawn->brush()});
    }
    for (Entry &entry : m_entries) {
        if (entry.alike > 0)
            entry.text = QObject::tr("%1 and %2 more").arg(entry.text).arg(entry.alike);
    }
}

void PlotLegend::add(Entry entry)
{
    if (entry.text.isEmpty())
        return;
    for (Entry &there : m_entries) {
        if (there.text == entry.text)
            return;
        if (there.pen == entry.pen && there.colour == entry.colour && there.fill == entry.fill
            && there.shape == entry.shape) {
            ++there.alike;
            return;
        }
    }
    m_entries.push_back(std::move(entry));
}

// Left upper corners of the entries, in as many rows as they need.
std::vector<QPoint> PlotLegend::places(int width) const
{
    const QFontMetrics metrics(theme::captionFont());
    std::vector<QPoint> places;
    QPoint at(theme::Grid, 0);
    for (const Entry &entry : m_entries) {
        const int needs = SampleWidth + Gap + metrics.horizontalAdvance(entry.text);
        if (at.x() > theme::Grid && at.x() + needs > width - theme::Grid)
            at = QPoint(theme::Grid, at.y() + rowHeight(metrics));
        places.push_back(at);
        at.rx() += needs + 3 * Gap;
    }
    return places;
}

int PlotLegend::height(int width) const
{
    const QFontMetrics metrics(theme::captionFont());
    const std::vector<QPoint> all = places(width);
    const int rows = all.empty() ? 0 : all.back().y() + rowHeight(metrics);
    const int scale = m_map ? rowHeight(metrics) : 0;
    return rows + scale > 0 ? rows + scale + theme::Grid : 0;
}

void PlotLegend::paint(QPainter &painter, const QRect &room, const QColor &words) const
{
    const QFontMetrics metrics(theme::captionFont());
    const std::vector<QPoint> all = places(room.width());
    painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const QPointF at = room.topLeft() + all[i];
        paintSample(painter, m_entries[i], at + QPointF(SampleWidth / 2.0, metrics.height() / 2.0));
        painter.setPen(words);
        painter.drawText(at + QPointF(SampleWidth + Gap, metrics.ascent()), m_entries[i].text);
    }
    painter.setPen(words);
    if (m_map)
        paintScale(
            painter,
            {room.left() + theme::Grid, room.bottom() + 1 - theme::Grid - rowHeight(metrics)});
}

void PlotLegend::paintSample(QPainter &painter, const Entry &entry, const QPointF &middle) const
{
    const QPointF half(SampleWidth / 2.0, 0.0);
    const bool swatch = entry.fill.style() != Qt::NoBrush;
    const bool line = !swatch && entry.pen.style() != Qt::NoPen;
    painter.setPen(entry.pen);
    if (swatch) {
        painter.setBrush(entry.fill);
        painter.drawRect(QRectF((middle - half).x(), middle.y() - SwatchHeight / 2.0,
                                SampleWidth - 1, SwatchHeight));
    }
    if (line)
        painter.drawLine(middle - half, middle + half);
    if (!swatch && (!line || entry.marked))
        paintMark(painter, entry.shape, middle, MarkerPx, entry.colour);
}

void PlotLegend::paintScale(QPainter &painter, const QPoint &at) const
{
    const QFontMetrics metrics(theme::captionFont());
    const QCPRange range = m_map->dataRange();
    const QString low = QString::number(range.lower, 'g', 3);
    const QRectF strip(at.x() + metrics.horizontalAdvance(low) + Gap, at.y() + 1, ScaleWidth,
                       metrics.height() - 2);
    QLinearGradient shades(strip.topLeft(), strip.topRight());
    QCPColorGradient gradient = m_map->gradient();
    for (int i = 0; i <= 32; ++i)
        shades.setColorAt(i / 32.0, gradient.color(i / 32.0, QCPRange(0.0, 1.0)));
    painter.fillRect(strip, shades);
    painter.drawText(QPointF(at.x(), at.y() + metrics.ascent()), low);
    const QString high = QString::number(range.upper, 'g', 3);
    painter.drawText(QPointF(strip.right() + Gap, at.y() + metrics.ascent()),
                     QStringLiteral("%1   %2").arg(high, m_mapName));
}

} // namespace dt
