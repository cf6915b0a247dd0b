// SPDX-License-Identifier: GPL-3.0-or-later
// PlotCanvas: pictures.
#include "widgets/plots/PlotCanvas.h"

#include "widgets/plots/MarkShapes.h"
#include "widgets/plots/PlotCanvasParts.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <algorithm>

namespace dt {

namespace {

constexpr int SampleWidth = 26; ///< of a line in the legend [px]
constexpr int ScaleWidth = 140; ///< of the colours of a map [px]
constexpr int Gap = 6;
constexpr double MarkerPx = 7.0;
constexpr double SwatchHeight = 9.0; ///< of bars in the legend [px]
/// Colours whose channels differ by less are greys: text, ghosts, the plot's own ground.
constexpr int MostGrey = 16;
/// Share of white that colours::onto() adds on dark ground.
constexpr double Lightened = 0.35;

QPalette paperPalette()
{
    QPalette p = theme::palette(false, false);
    p.setColor(QPalette::Window, Qt::white);
    return p;
}

bool isGrey(const QColor &colour)
{
    const auto [least, most] = std::minmax({colour.red(), colour.green(), colour.blue()});
    return most - least < MostGrey;
}

/// What a colour of the dark themes is on paper: greys between their text and their ground become
/// greys between paper's, and data colours lose the white that lightened them.
QColor inkFor(const QColor &colour, const QPalette &screen)
{
    if (colour.alpha() == 0 || !colours::isDark(screen))
        return colour;
    const QPalette paper = paperPalette();
    QColor ink;
    if (isGrey(colour)) {
        const double text = screen.color(QPalette::WindowText).lightnessF();
        const double ground = screen.color(QPalette::Window).lightnessF();
        const double share =
            std::clamp((text - colour.lightnessF()) / std::max(text - ground, 0.01), 0.0, 1.0);
        const QColor black = paper.color(QPalette::WindowText);
        const auto mixed = [share](int channel) {
            return static_cast<int>(channel + (255 - channel) * share);
        };
        ink = QColor(mixed(black.red()), mixed(black.green()), mixed(black.blue()));
    } else {
        const auto darker = [](int channel) {
            return std::clamp(qRound((channel - 255 * Lightened) / (1.0 - Lightened)), 0, 255);
        };
        ink = QColor(darker(colour.red()), darker(colour.green()), darker(colour.blue()));
    }
    ink.setAlpha(colour.alpha());
    return ink;
}

QPen inkFor(QPen pen, const QPalette &screen)
{
    pen.setColor(inkFor(pen.color(), screen));
    pen.setCosmetic(false); // grows with the picture
    return pen;
}

QBrush inkFor(QBrush brush, const QPalette &screen)
{
    brush.setColor(inkFor(brush.color(), screen));
    return brush;
}

/// Maps around zero have the plot's own ground in their middle; those of voltages suit any ground.
QCPColorGradient inkFor(QCPColorGradient gradient, const QPalette &screen)
{
    QMap<double, QColor> stops = gradient.colorStops();
    const auto middle = stops.lowerBound(0.5);
    if (middle == stops.end() || !isGrey(*middle))
        return gradient;
    for (QColor &stop : stops)
        stop = inkFor(stop, screen);
    gradient.setColorStops(stops);
    return gradient;
}

/// Ticks as they are on the screen, while there are others on paper.
class TickCounts
{
public:
    explicit TickCounts(const QCustomPlot &plot) :
        m_x(plot.xAxis->ticker()), m_xCount(m_x->tickCount()), m_xStrategy(m_x->tickStepStrategy()),
        m_yCount(plot.yAxis->ticker()->tickCount())
    {
    }

    void restore(QCustomPlot &plot) const
    {
        plot.xAxis->setTicker(m_x);
        m_x->setTickCount(m_xCount);
        m_x->setTickStepStrategy(m_xStrategy);
        plot.yAxis->ticker()->setTickCount(m_yCount);
    }

private:
    QSharedPointer<QCPAxisTicker> m_x;
    int m_xCount;
    QCPAxisTicker::TickStepStrategy m_xStrategy;
    int m_yCount;
};

/// The name without its unit, which stands at the axis.
QString shortName(const QString &name)
{
    return name.section(QStringLiteral(" ["), 0, 0);
}

} // namespace

QPixmap PlotCanvas::picture(double scale) const
{
    QPixmap picture(size() * scale);
    picture.setDevicePixelRatio(scale);
    {
        QCPPainter painter(&picture);
        d->plot->toPainter(&painter, width(), height());
    }
    d->plot->replot(QCustomPlot::rpQueuedReplot);
    return picture;
}

void PlotCanvas::withPainter(QPaintDevice *device, bool vector,
                             const std::function<void(QCPPainter &)> &paint)
{
    QCPPainter painter(device);
    if (vector) {
        painter.setMode(QCPPainter::pmVectorized);
        painter.setMode(QCPPainter::pmNoCaching);
    }
    painter.setMode(QCPPainter::pmNonCosmetic);
    paint(painter);
}

// A plot above another one does not name its time on the screen; on paper it may stand alone.
void PlotCanvas::paintOnPaper(QCPPainter &painter, const QRect &place, bool timeLabels,
                              bool withLegend) const
{
    QCustomPlot &plot = *d->plot;
    const QPalette paper = paperPalette();
    const QPalette screen = palette();
    const int names = withLegend ? legendHeight(place.width()) : 0;
    const QSize size(place.width(), place.height() - names);
    const QMargins margins = plot.axisRect()->margins();
    QMargins roomy = margins;
    roomy.setBottom(bottomMargin(timeLabels));
    plot.axisRect()->setMargins(roomy);
    plot.xAxis->setTickLabels(timeLabels);
    plot.xAxis->setLabel(timeLabels ? d->xLabel : QString());
    const TickCounts counts(plot);
    fitTicks(size.shrunkBy(roomy));

    // What owners coloured for the screen, for the time of the painting.
    std::vector<std::pair<QCPAbstractPlottable *, std::pair<QPen, QBrush>>> dressed;
    for (int i = 0; i < plot.plottableCount(); ++i) {
        QCPAbstractPlottable *drawn = plot.plottable(i);
        dressed.push_back({drawn, {drawn->pen(), drawn->brush()}});
        drawn->setPen(inkFor(drawn->pen(), screen));
        drawn->setBrush(inkFor(drawn->brush(), screen));
    }
    std::vector<QCPLayerable *> hidden{d->cursor, d->mark, d->veil};
    for (std::size_t i = 0; i < d->lines.size(); ++i) {
        if (d->isOfMoment(i))
            hidden.push_back(d->lines[i]);
    }
    std::vector<QColor> inks;
    for (MarkerLayer *markers : d->markers) {
        inks.push_back(markers->colour);
        markers->colour = inkFor(markers->colour, screen);
        markers->onPaper = true;
        if (markers->ofMoment)
            hidden.push_back(markers);
    }
    std::erase_if(hidden, [](const QCPLayerable *part) { return !part->visible(); });
    for (QCPLayerable *part : hidden)
        part->setVisible(false);
    const QCPColorGradient gradient = d->map ? d->map->gradient() : QCPColorGradient();
    if (d->map)
        d->map->setGradient(inkFor(gradient, screen));
    dress(paper, true);

    painter.save();
    painter.translate(place.topLeft());
    plot.toPainter(&painter, size.width(), size.height());
    painter.restore();
    painter.setFont(theme::captionFont());
    if (!d->empty->isHidden()) {
        painter.setPen(colours::muted(paper));
        painter.drawText(QRect(place.topLeft(), size).marginsRemoved(roomy),
                         Qt::AlignCenter | Qt::TextWordWrap, d->empty->text());
    }
    if (withLegend)
        paintLegend(painter, QRect(place.left(), place.top() + size.height(), size.width(), names));

    dress(screen, false);
    for (const auto &[drawn, style] : dressed) {
        drawn->setPen(style.first);
        drawn->setBrush(style.second);
    }
    for (std::size_t i = 0; i < inks.size(); ++i) {
        d->markers[i]->colour = inks[i];
        d->markers[i]->onPaper = false;
    }
    if (d->map)
        d->map->setGradient(gradient);
    for (QCPLayerable *part : hidden)
        part->setVisible(true);
    plot.axisRect()->setMargins(margins);
    plot.xAxis->setTickLabels(d->timeLabels);
    plot.xAxis->setLabel(d->timeLabels ? d->xLabel : QString());
    counts.restore(plot);
    plot.replot(QCustomPlot::rpQueuedReplot);
}

// In the inks of the moment: while a picture is painted, those of paper.
std::vector<PlotCanvas::LegendEntry> PlotCanvas::legend() const
{
    std::vector<LegendEntry> entries;
    const auto add = [&](LegendEntry entry) {
        if (entry.text.isEmpty())
            return;
        for (LegendEntry &there : entries) {
            if (there.text == entry.text)
                return;
            if (there.pen == entry.pen && there.colour == entry.colour && there.fill == entry.fill
                && there.shape == entry.shape) {
                ++there.alike;
                return;
            }
        }
        entries.push_back(std::move(entry));
    };
    for (std::size_t i = 0; i < d->lines.size(); ++i) {
        const QCPGraph &line = *d->lines[i];
        if (!line.visible() || line.data()->isEmpty() || d->isOfMoment(i))
            continue;
        const int markers = d->markersOf[i];
        if (markers < 0) {
            add({shortName(d->names[i]), line.pen(), {}, {}, {}});
            continue;
        }
        const MarkerLayer &points = *d->markers[static_cast<std::size_t>(markers)];
        add({shortName(d->names[i]), line.pen(), {}, points.colour, points.shape, 0, true});
    }
    for (std::size_t i = 0; i < d->markers.size(); ++i) {
        const MarkerLayer &markers = *d->markers[i];
        if (!markers.points.empty() && !markers.ofMoment)
            add({shortName(d->markerNames[i]), QPen(Qt::NoPen), {}, markers.colour, markers.shape});
    }
    for (std::size_t i = 0; i < d->bars.size(); ++i) {
        if (!d->bars[i]->data()->isEmpty())
            add({shortName(d->barNames[i]), d->bars[i]->pen(), d->bars[i]->brush(), {}, {}});
    }
    for (LegendEntry &entry : entries) {
        if (entry.alike > 0)
            entry.text = tr("%1 and %2 more").arg(entry.text).arg(entry.alike);
    }
    return entries;
}

bool PlotCanvas::hasMapScale() const
{
    return d->map && !d->mapName.isEmpty();
}

namespace {

int rowHeight(const QFontMetrics &metrics)
{
    return metrics.height() + theme::Grid / 2;
}

/// Left upper corners of entries with these texts, in as many rows as they need.
std::vector<QPoint> places(const std::vector<QString> &texts, const QFontMetrics &metrics,
                           int width)
{
    std::vector<QPoint> places;
    QPoint at(theme::Grid, 0);
    for (const QString &text : texts) {
        const int needs = SampleWidth + Gap + metrics.horizontalAdvance(text);
        if (at.x() > theme::Grid && at.x() + needs > width - theme::Grid)
            at = QPoint(theme::Grid, at.y() + rowHeight(metrics));
        places.push_back(at);
        at.rx() += needs + 3 * Gap;
    }
    return places;
}

} // namespace

int PlotCanvas::legendHeight(int width) const
{
    const QFontMetrics metrics(theme::captionFont());
    std::vector<QString> texts;
    for (const LegendEntry &entry : legend())
        texts.push_back(entry.text);
    const std::vector<QPoint> all = places(texts, metrics, width);
    const int rows = all.empty() ? 0 : all.back().y() + rowHeight(metrics);
    const int scale = hasMapScale() ? rowHeight(metrics) : 0;
    return rows + scale > 0 ? rows + scale + theme::Grid : 0;
}

void PlotCanvas::paintLegend(QPainter &painter, const QRect &room) const
{
    const QFontMetrics metrics(theme::captionFont());
    const QColor words = paperPalette().color(QPalette::WindowText);
    const std::vector<LegendEntry> entries = legend();
    std::vector<QString> texts;
    for (const LegendEntry &entry : entries)
        texts.push_back(entry.text);
    const std::vector<QPoint> all = places(texts, metrics, room.width());
    painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const QPointF at = room.topLeft() + all[i];
        const QPointF middle = at + QPointF(SampleWidth / 2.0, metrics.height() / 2.0);
        const bool swatch = entries[i].fill.style() != Qt::NoBrush;
        const bool line = !swatch && entries[i].pen.style() != Qt::NoPen;
        if (swatch) {
            painter.setPen(entries[i].pen);
            painter.setBrush(entries[i].fill);
            painter.drawRect(
                QRectF(at.x(), middle.y() - SwatchHeight / 2.0, SampleWidth - 1, SwatchHeight));
        }
        if (line) {
            painter.setPen(entries[i].pen);
            painter.drawLine(middle - QPointF(SampleWidth / 2.0, 0.0),
                             middle + QPointF(SampleWidth / 2.0, 0.0));
        }
        if (!swatch && (!line || entries[i].marked))
            paintMark(painter, entries[i].shape, middle, MarkerPx, entries[i].colour);
        painter.setPen(words);
        painter.drawText(at + QPointF(SampleWidth + Gap, metrics.ascent()), entries[i].text);
    }
    if (!hasMapScale())
        return;
    const QCPRange range = d->map->dataRange();
    const QString low = QString::number(range.lower, 'g', 3);
    const int y = room.bottom() + 1 - theme::Grid - rowHeight(metrics);
    const int left = room.left() + theme::Grid + metrics.horizontalAdvance(low) + Gap;
    const QRectF strip(left, y + 1, ScaleWidth, metrics.height() - 2);
    QLinearGradient shades(strip.topLeft(), strip.topRight());
    QCPColorGradient gradient = d->map->gradient();
    for (int i = 0; i <= 32; ++i)
        shades.setColorAt(i / 32.0, gradient.color(i / 32.0, QCPRange(0.0, 1.0)));
    painter.fillRect(strip, shades);
    painter.setPen(words);
    painter.drawText(QPointF(room.left() + theme::Grid, y + metrics.ascent()), low);
    const QString high = QString::number(range.upper, 'g', 3);
    painter.drawText(QPointF(strip.right() + Gap, y + metrics.ascent()),
                     QStringLiteral("%1   %2").arg(high, d->mapName));
}

} // namespace dt
