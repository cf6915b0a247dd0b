// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/canvas/PlotPrinter.h"

#include "widgets/plots/canvas/GuideLine.h"
#include "widgets/plots/canvas/MarkerLayer.h"
#include "widgets/plots/canvas/PlotAxes.h"
#include "widgets/plots/canvas/PlotLegend.h"
#include "widgets/plots/canvas/PlotMap.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <algorithm>

namespace dt {

namespace {

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

} // namespace

PlotPrinter::PlotPrinter(QCustomPlot &plot, PlotAxes &axes, PlotSeries &series, const PlotMap &map,
                         const QPalette &screen, const QString &emptyText) :
    m_plot(plot),
    m_axes(axes), m_series(series), m_map(map), m_screen(screen), m_emptyText(emptyText)
{
}

void PlotPrinter::withPainter(QPaintDevice *device, bool vector,
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

PlotLegend PlotPrinter::legend() const
{
    return {m_series, m_map};
}

// A plot above another one does not name its time on the screen; on paper it may stand alone.
void PlotPrinter::paint(QCPPainter &painter, const QRect &place, bool xLabels,
                        bool withLegend) const
{
    const int names = withLegend ? legend().height(place.width()) : 0;
    const QSize size(place.width(), place.height() - names);
    const QPalette paper = paperPalette();
    const bool labelled = m_axes.isXLabelled();
    m_axes.setXLabelled(xLabels);
    const QMargins margins = m_plot.axisRect()->margins();
    const TickCounts counts(m_plot);
    m_axes.fitTicks(size.shrunkBy(margins));
    const std::vector<std::function<void()>> undo = putOnInks();
    m_axes.dress(paper, true);
    m_series.dress(paper);

    painter.save();
    painter.translate(place.topLeft());
    m_plot.toPainter(&painter, size.width(), size.height());
    painter.restore();
    painter.setFont(theme::captionFont());
    painter.setPen(colours::muted(paper));
    painter.drawText(QRect(place.topLeft(), size).marginsRemoved(margins),
                     Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
    if (withLegend)
        legend().paint(painter,
                       QRect(place.left(), place.top() + size.height(), size.width(), names),
                       paper.color(QPalette::WindowText));

    m_axes.dress(m_screen, false);
    m_series.dress(m_screen);
    for (const std::function<void()> &step : undo)
        step();
    counts.restore(m_plot);
    m_axes.setXLabelled(labelled);
    m_plot.replot(QCustomPlot::rpQueuedReplot);
}

std::vector<std::function<void()>> PlotPrinter::putOnInks() const
{
    std::vector<std::function<void()>> undo;
    const auto hide = [&undo](auto *part) {
        undo.push_back([part, visible = part->visible()] { part->setVisible(visible); });
        part->setVisible(false);
    };
    for (int i = 0; i < m_plot.plottableCount(); ++i) {
        QCPAbstractPlottable *drawn = m_plot.plottable(i);
        undo.push_back([drawn, pen = drawn->pen(), brush = drawn->brush()] {
            drawn->setPen(pen);
            drawn->setBrush(brush);
        });
        drawn->setPen(inkFor(drawn->pen(), m_screen));
        drawn->setBrush(inkFor(drawn->brush(), m_screen));
    }
    for (const PlotSeries::Line &line : m_series.lines()) {
        if (line.ofMoment)
            hide(line.graph);
    }
    for (MarkerLayer *layer : m_series.markers()) {
        QColor &colour = layer->markers.colour;
        undo.push_back([layer, colour] {
            layer->markers.colour = colour;
            layer->onPaper = false;
        });
        colour = inkFor(colour, m_screen);
        layer->onPaper = true;
        if (layer->markers.ofMoment)
            hide(layer);
    }
    for (const QString &layer : {QStringLiteral("overlay"), QString(CursorLayer)})
        hide(m_plot.layer(layer));
    if (QCPColorMap *map = m_map.drawn()) {
        undo.push_back([map, gradient = map->gradient()] { map->setGradient(gradient); });
        map->setGradient(inkFor(map->gradient(), m_screen));
    }
    return undo;
}

} // namespace dt
