// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/canvas/PlotSeries.h"

#include "widgets/plots/canvas/GuideLine.h"
#include "widgets/plots/canvas/MarkerLayer.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <qcustomplot.h>

#include <algorithm>

namespace dt {

namespace {

/// Thin, whatever the line is dashed like.
QPen errorPen(const QPen &line)
{
    QPen pen(line.color(), std::max(1.0, 0.6 * line.widthF()));
    pen.setCosmetic(true);
    return pen;
}

QVector<QCPGraphData> sampled(double x0, double dx, std::span<const float> y, double scale)
{
    QVector<QCPGraphData> points;
    points.reserve(static_cast<qsizetype>(y.size()));
    for (std::size_t i = 0; i < y.size(); ++i)
        points.append({x0 + static_cast<double>(i) * dx, static_cast<double>(y[i]) * scale});
    return points;
}

} // namespace

PlotSeries::PlotSeries(QCustomPlot &plot) : m_plot(plot) { }

int PlotSeries::addLine(const LineStyle &style)
{
    const int line = static_cast<int>(m_lines.size());
    m_lines.push_back({m_plot.addGraph()});
    setLineStyle(line, style);
    return line;
}

void PlotSeries::setLineStyle(int line, const LineStyle &style)
{
    Line &drawn = at(line);
    drawn.style = style;
    QPen pen(style.colour, theme::lineWidth() * style.widthFactor, style.dash);
    pen.setCosmetic(true);
    drawn.graph->setPen(pen);
    drawn.graph->setLineStyle(style.steps ? QCPGraph::lsStepLeft : QCPGraph::lsLine);
    if (drawn.errors)
        drawn.errors->setPen(errorPen(pen));
    if (drawn.inset)
        drawn.inset->setPen(pen);
    if (style.filled) {
        QColor fill = style.colour;
        fill.setAlpha(70);
        drawn.graph->setBrush(fill);
    }
}

void PlotSeries::restyleLines()
{
    for (std::size_t i = 0; i < m_lines.size(); ++i)
        setLineStyle(static_cast<int>(i), m_lines[i].style);
}

void PlotSeries::setLine(int line, double x0, double dx, std::span<const float> y, double scale)
{
    at(line).graph->data()->set(sampled(x0, dx, y, scale), true);
}

void PlotSeries::setPoints(int line, std::span<const double> x, std::span<const double> y)
{
    QVector<QCPGraphData> points;
    points.reserve(static_cast<qsizetype>(x.size()));
    for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i)
        points.append({x[i], y[i]});
    at(line).graph->data()->set(points, true);
}

void PlotSeries::extendLine(int line, double x0, double dx, std::span<const float> y, double scale)
{
    at(line).graph->data()->add(sampled(x0, dx, y, scale), true);
}

void PlotSeries::setLineVisible(int line, bool visible)
{
    at(line).graph->setVisible(visible);
    if (at(line).errors)
        at(line).errors->setVisible(visible);
}

void PlotSeries::setLineErrors(int line, std::span<const double> error, const QString &name)
{
    Line &drawn = at(line);
    if (!drawn.errors) {
        drawn.errors = new QCPErrorBars(m_plot.xAxis, m_plot.yAxis);
        drawn.errors->setErrorType(QCPErrorBars::etValueError);
        drawn.errors->setDataPlottable(drawn.graph);
        drawn.errors->setSymbolGap(0.0);
        drawn.errors->setPen(errorPen(drawn.graph->pen()));
    }
    drawn.errors->setData(QVector<double>(error.begin(), error.end()));
    drawn.errorName = name;
}

void PlotSeries::removeLinesFrom(int line)
{
    while (static_cast<int>(m_lines.size()) > line) {
        const Line &last = m_lines.back();
        if (last.errors)
            m_plot.removePlottable(last.errors);
        if (last.inset)
            m_plot.removePlottable(last.inset);
        m_plot.removeGraph(last.graph);
        m_lines.pop_back();
    }
}

std::optional<std::pair<double, double>> PlotSeries::extentOf(int line) const
{
    bool found = false;
    const QCPRange range = m_lines[static_cast<std::size_t>(line)].graph->data()->valueRange(found);
    return found ? std::optional(std::pair{range.lower, range.upper}) : std::nullopt;
}

bool PlotSeries::setInset(const QRectF &place, const QRectF &area)
{
    const bool isNew = !m_inset;
    if (isNew) {
        m_inset = new QCPAxisRect(&m_plot);
        m_plot.axisRect()->insetLayout()->addElement(m_inset, place);
        m_inset->setupFullAxesBox();
        m_inset->setMinimumMargins(QMargins(2, 2, 2, 2));
        for (QCPAxis *axis : {m_inset->axis(QCPAxis::atBottom), m_inset->axis(QCPAxis::atLeft)})
            axis->ticker()->setTickCount(2);
        for (Line &line : m_lines) {
            line.inset =
                new QCPGraph(m_inset->axis(QCPAxis::atBottom), m_inset->axis(QCPAxis::atLeft));
            line.inset->setData(line.graph->data());
            line.inset->setPen(line.graph->pen());
        }
    }
    m_inset->axis(QCPAxis::atBottom)->setRange(area.left(), area.right());
    m_inset->axis(QCPAxis::atLeft)->setRange(area.top(), area.bottom());
    return isNew;
}

void PlotSeries::setInsetVisible(bool visible)
{
    if (m_inset)
        m_inset->setVisible(visible);
}

int PlotSeries::addBars(const QColor &colour)
{
    m_bars.push_back({new QCPBars(m_plot.xAxis, m_plot.yAxis)});
    const int bars = static_cast<int>(m_bars.size()) - 1;
    setBarsColour(bars, colour, Qt::SolidPattern);
    return bars;
}

void PlotSeries::setBars(int bars, std::span<const double> x, std::span<const double> height,
                         double width, double base)
{
    QVector<double> at(x.begin(), x.end());
    QVector<double> high(height.begin(), height.end());
    for (double &h : high)
        h -= base; // QCustomPlot draws a bar from its base on
    QCPBars &drawn = *m_bars[static_cast<std::size_t>(bars)].drawn;
    drawn.setWidth(width);
    drawn.setBaseValue(base);
    drawn.setData(at, high);
}

void PlotSeries::setBarsColour(int bars, const QColor &colour, Qt::BrushStyle pattern)
{
    QCPBars &drawn = *m_bars[static_cast<std::size_t>(bars)].drawn;
    drawn.setBrush(QBrush(colour, pattern));
    // Hatching alone has no edge.
    drawn.setPen(pattern == Qt::SolidPattern ? QPen(Qt::NoPen) : QPen(colour));
}

void PlotSeries::setBarsName(int bars, const QString &name)
{
    m_bars[static_cast<std::size_t>(bars)].name = name;
}

int PlotSeries::addMarkers(Shape shape, const QColor &colour)
{
    m_markers.push_back(new MarkerLayer(&m_plot, {shape, colour}));
    m_markers.back()->outline = m_palette.color(QPalette::WindowText);
    m_markers.back()->placedWith = m_placesTexts ? &m_markers : nullptr;
    return static_cast<int>(m_markers.size()) - 1;
}

PlotSeries::Markers &PlotSeries::markers(int i)
{
    return m_markers[static_cast<std::size_t>(i)]->markers;
}

void PlotSeries::placeMarkerTexts()
{
    m_placesTexts = true;
    for (MarkerLayer *layer : m_markers)
        layer->placedWith = &m_markers;
}

int PlotSeries::addReference(double y, const QString &caption)
{
    m_references.push_back(new GuideLine(&m_plot, Qt::Horizontal));
    m_references.back()->dash = Qt::DashLine;
    const int reference = static_cast<int>(m_references.size()) - 1;
    setReference(reference, y, caption, true);
    dress(m_palette);
    return reference;
}

void PlotSeries::setReference(int reference, double y, const QString &caption, bool visible)
{
    GuideLine &line = *m_references[static_cast<std::size_t>(reference)];
    line.at = y;
    line.caption = caption;
    line.setVisible(visible);
}

int PlotSeries::addUpright(double x)
{
    m_uprights.push_back(new GuideLine(&m_plot, Qt::Vertical));
    m_uprights.back()->at = x;
    m_uprights.back()->grip = true;
    dress(m_palette);
    return static_cast<int>(m_uprights.size()) - 1;
}

void PlotSeries::setUpright(int upright, double x)
{
    m_uprights[static_cast<std::size_t>(upright)]->at = x;
}

void PlotSeries::clearData()
{
    for (const Line &line : m_lines)
        line.graph->data()->clear();
    for (MarkerLayer *layer : m_markers)
        layer->markers.points.clear();
    for (const Bars &bars : m_bars)
        bars.drawn->data()->clear();
}

void PlotSeries::dress(const QPalette &palette)
{
    m_palette = palette;
    for (MarkerLayer *layer : m_markers)
        layer->outline = palette.color(QPalette::WindowText);
    for (GuideLine *reference : m_references) {
        reference->colour = colours::muted(palette);
        reference->ground = colours::surface(palette);
    }
    for (GuideLine *upright : m_uprights)
        upright->colour = palette.color(QPalette::Highlight);
}

} // namespace dt
