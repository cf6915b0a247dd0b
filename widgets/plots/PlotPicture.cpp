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

int PlotCanvas::captionHeight(const QString &caption, int width) const
{
    if (caption.isEmpty())
        return 0;
    const QFontMetrics metrics(theme::captionFont());
    const QRect room(0, 0, width - 2 * theme::Grid, 1000);
    return metrics.boundingRect(room, Qt::TextWordWrap, caption).height() + theme::Grid;
}

QSize PlotCanvas::printSize(const QString &caption) const
{
    const int labels = bottomMargin(true) - bottomMargin(d->timeLabels);
    return {width(),
            height() + labels + legendHeight(width()) + captionHeight(caption, width())};
}

QPixmap PlotCanvas::print(double scale, const QString &caption) const
{
    const QSize size = printSize(caption);
    QPixmap picture(size * scale);
    picture.setDevicePixelRatio(scale);
    {
        QCPPainter painter(&picture);
        painter.setMode(QCPPainter::pmNonCosmetic);
        paintWith(painter, size, caption);
    }
    return picture;
}

void PlotCanvas::printOn(QPaintDevice *device, const QString &caption) const
{
    QCPPainter vector(device);
    vector.setMode(QCPPainter::pmVectorized);
    vector.setMode(QCPPainter::pmNoCaching);
    vector.setMode(QCPPainter::pmNonCosmetic);
    paintWith(vector, printSize(caption), caption);
}

// A plot above another one does not name its time on the screen; on paper it stands alone.
void PlotCanvas::paintWith(QCPPainter &painter, const QSize &size, const QString &caption) const
{
    QCustomPlot &plot = *d->plot;
    const QPalette paper = paperPalette();
    const QPalette screen = palette();
    const QMargins margins = plot.axisRect()->margins();
    QMargins roomy = margins;
    roomy.setBottom(bottomMargin(true));
    plot.axisRect()->setMargins(roomy);
    plot.xAxis->setTickLabels(true);
    plot.xAxis->setLabel(d->xLabel);

    // What owners coloured for the screen, for the time of the painting.
    std::vector<std::pair<QCPAbstractPlottable *, std::pair<QPen, QBrush>>> dressed;
    for (int i = 0; i < plot.plottableCount(); ++i) {
        QCPAbstractPlottable *drawn = plot.plottable(i);
        dressed.push_back({drawn, {drawn->pen(), drawn->brush()}});
        drawn->setPen(inkFor(drawn->pen(), screen));
        drawn->setBrush(inkFor(drawn->brush(), screen));
    }
    std::vector<QColor> inks;
    for (MarkerLayer *markers : d->markers) {
        inks.push_back(markers->colour);
        markers->colour = inkFor(markers->colour, screen);
    }
    const QCPColorGradient gradient = d->map ? d->map->gradient() : QCPColorGradient();
    if (d->map)
        d->map->setGradient(inkFor(gradient, screen));
    const bool veiled = d->veil->visible();
    d->veil->setVisible(false);
    d->cursor->setVisible(false);
    d->mark->setVisible(false);
    dress(paper, true);

    painter.fillRect(QRect(QPoint(), size), Qt::white);
    const int words = captionHeight(caption, size.width());
    const int names = legendHeight(size.width());
    painter.save();
    plot.toPainter(&painter, size.width(), size.height() - words - names);
    painter.restore();
    painter.setFont(theme::captionFont());
    paintLegend(painter, QRect(0, size.height() - words - names, size.width(), names));
    painter.setPen(paper.color(QPalette::WindowText));
    painter.drawText(QRect(0, size.height() - words, size.width(), words)
                         .adjusted(theme::Grid, 0, -theme::Grid, 0),
                     Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, caption);

    dress(screen, false);
    for (const auto &[drawn, style] : dressed) {
        drawn->setPen(style.first);
        drawn->setBrush(style.second);
    }
    for (std::size_t i = 0; i < inks.size(); ++i)
        d->markers[i]->colour = inks[i];
    if (d->map)
        d->map->setGradient(gradient);
    d->veil->setVisible(veiled);
    d->cursor->setVisible(true);
    d->mark->setVisible(true);
    plot.axisRect()->setMargins(margins);
    plot.xAxis->setTickLabels(d->timeLabels);
    plot.xAxis->setLabel(d->timeLabels ? d->xLabel : QString());
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
            if (there.pen == entry.pen && there.colour == entry.colour
                && there.shape == entry.shape) {
                ++there.alike;
                return;
            }
        }
        entries.push_back(std::move(entry));
    };
    for (std::size_t i = 0; i < d->lines.size(); ++i) {
        const QCPGraph &line = *d->lines[i];
        if (!line.visible() || line.data()->isEmpty())
            continue;
        const int markers = d->markersOf[i];
        if (markers < 0) {
            add({shortName(d->names[i]), line.pen(), {}, {}});
            continue;
        }
        const MarkerLayer &points = *d->markers[static_cast<std::size_t>(markers)];
        add({shortName(d->names[i]), line.pen(), points.colour, points.shape, 0, true});
    }
    for (std::size_t i = 0; i < d->markers.size(); ++i) {
        const MarkerLayer &markers = *d->markers[i];
        if (!markers.points.empty())
            add({shortName(d->markerNames[i]), QPen(Qt::NoPen), markers.colour, markers.shape});
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
        const bool line = entries[i].pen.style() != Qt::NoPen;
        if (line) {
            painter.setPen(entries[i].pen);
            painter.drawLine(middle - QPointF(SampleWidth / 2.0, 0.0),
                             middle + QPointF(SampleWidth / 2.0, 0.0));
        }
        if (!line || entries[i].marked)
            paintMark(painter, entries[i].shape, middle, MarkerPx, entries[i].colour);
        painter.setPen(words);
        painter.drawText(at + QPointF(SampleWidth + Gap, metrics.ascent()), entries[i].text);
    }
    if (!hasMapScale())
        return;
    const QCPRange range = d->map->dataRange();
    const QString low = QString::number(range.lower, 'g', 3);
    const int y = room.bottom() + 1 - theme::Grid - rowHeight(metrics);
    const int left = theme::Grid + metrics.horizontalAdvance(low) + Gap;
    const QRectF strip(left, y + 1, ScaleWidth, metrics.height() - 2);
    QLinearGradient shades(strip.topLeft(), strip.topRight());
    QCPColorGradient gradient = d->map->gradient();
    for (int i = 0; i <= 32; ++i)
        shades.setColorAt(i / 32.0, gradient.color(i / 32.0, QCPRange(0.0, 1.0)));
    painter.fillRect(strip, shades);
    painter.setPen(words);
    painter.drawText(QPointF(theme::Grid, y + metrics.ascent()), low);
    const QString high = QString::number(range.upper, 'g', 3);
    painter.drawText(QPointF(strip.right() + Gap, y + metrics.ascent()),
                     QStringLiteral("%1   %2").arg(high, d->mapName));
}

} // namespace dt
