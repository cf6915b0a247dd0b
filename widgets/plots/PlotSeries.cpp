// SPDX-License-Identifier: GPL-3.0-or-later
// PlotCanvas: what is drawn.
#include "widgets/plots/PlotCanvas.h"

#include "widgets/plots/PlotCanvasParts.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

QCPColorGradient gradientOf(const std::function<QColor(double)> &colour)
{
    constexpr int Stops = 64;
    QCPColorGradient gradient;
    gradient.clearColorStops();
    gradient.setLevelCount(256);
    for (int i = 0; i <= Stops; ++i)
        gradient.setColorStopAt(static_cast<double>(i) / Stops,
                                colour(static_cast<double>(i) / Stops));
    gradient.setNanHandling(QCPColorGradient::nhTransparent);
    return gradient;
}

/// Thin, whatever the line is dashed like.
QPen errorPen(const QPen &line)
{
    QPen pen(line.color(), std::max(1.0, 0.6 * line.widthF()));
    pen.setCosmetic(true);
    return pen;
}

} // namespace

int PlotCanvas::addLine(const LineStyle &style)
{
    d->lines.push_back(d->plot->addGraph());
    d->styles.push_back(style);
    d->names.emplace_back();
    d->errors.push_back(nullptr);
    d->markersOf.push_back(-1);
    setLineStyle(lineCount() - 1, style);
    return lineCount() - 1;
}

void PlotCanvas::setLineStyle(int line, const LineStyle &style)
{
    const auto i = static_cast<std::size_t>(line);
    d->styles[i] = style;
    QPen pen(style.colour, theme::lineWidth() * style.widthFactor, style.dash);
    pen.setCosmetic(true);
    d->lines[i]->setPen(pen);
    if (d->errors[i])
        d->errors[i]->setPen(errorPen(pen));
    d->lines[i]->setLineStyle(style.steps ? QCPGraph::lsStepLeft : QCPGraph::lsLine);
    if (i < d->insetLines.size())
        d->insetLines[i]->setPen(pen);
    if (style.filled) {
        QColor fill = style.colour;
        fill.setAlpha(70);
        d->lines[i]->setBrush(fill);
    }
}

void PlotCanvas::setLine(int line, double x0, double dx, std::span<const float> y, double scale)
{
    QVector<QCPGraphData> points;
    points.reserve(static_cast<qsizetype>(y.size()));
    for (std::size_t i = 0; i < y.size(); ++i)
        points.append({x0 + static_cast<double>(i) * dx, static_cast<double>(y[i]) * scale});
    d->lines[static_cast<std::size_t>(line)]->data()->set(points, true);
}

void PlotCanvas::setPoints(int line, std::span<const double> x, std::span<const double> y)
{
    QVector<QCPGraphData> points;
    points.reserve(static_cast<qsizetype>(x.size()));
    for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i)
        points.append({x[i], y[i]});
    d->lines[static_cast<std::size_t>(line)]->data()->set(points, true);
}

void PlotCanvas::extendLine(int line, double x0, double dx, std::span<const float> y, double scale)
{
    QVector<QCPGraphData> points;
    points.reserve(static_cast<qsizetype>(y.size()));
    for (std::size_t i = 0; i < y.size(); ++i)
        points.append({x0 + static_cast<double>(i) * dx, static_cast<double>(y[i]) * scale});
    d->lines[static_cast<std::size_t>(line)]->data()->add(points, true);
}

void PlotCanvas::setLineVisible(int line, bool visible)
{
    const auto i = static_cast<std::size_t>(line);
    d->lines[i]->setVisible(visible);
    if (d->errors[i])
        d->errors[i]->setVisible(visible);
}

void PlotCanvas::setLineName(int line, const QString &name)
{
    d->names[static_cast<std::size_t>(line)] = name;
}

std::optional<std::pair<double, double>> PlotCanvas::extentOf(int line) const
{
    bool found = false;
    const QCPRange range = d->lines[static_cast<std::size_t>(line)]->data()->valueRange(found);
    return found ? std::optional(std::pair{range.lower, range.upper}) : std::nullopt;
}

void PlotCanvas::setLineOfMoment(int line)
{
    d->linesOfMoment.push_back(line);
}

void PlotCanvas::setLineErrors(int line, std::span<const double> error, const QString &name)
{
    const auto i = static_cast<std::size_t>(line);
    if (!d->errors[i]) {
        d->errors[i] = new QCPErrorBars(d->plot->xAxis, d->plot->yAxis);
        d->errors[i]->setErrorType(QCPErrorBars::etValueError);
        d->errors[i]->setDataPlottable(d->lines[i]);
        d->errors[i]->setSymbolGap(0.0);
        d->errors[i]->setPen(errorPen(d->lines[i]->pen()));
    }
    d->errors[i]->setData(QVector<double>(error.begin(), error.end()));
    d->errorName = name;
}

void PlotCanvas::setLineMarkers(int line, int markers)
{
    d->markersOf[static_cast<std::size_t>(line)] = markers;
}

void PlotCanvas::removeLinesFrom(int line)
{
    while (lineCount() > line) {
        if (d->errors.back())
            d->plot->removePlottable(d->errors.back());
        d->errors.pop_back();
        d->markersOf.pop_back();
        d->plot->removeGraph(d->lines.back());
        d->lines.pop_back();
        d->styles.pop_back();
        d->names.pop_back();
    }
}

int PlotCanvas::lineCount() const
{
    return static_cast<int>(d->lines.size());
}

void PlotCanvas::setInset(const QRectF &place, const QRectF &area)
{
    if (!d->inset) {
        d->inset = new QCPAxisRect(d->plot);
        d->plot->axisRect()->insetLayout()->addElement(d->inset, place);
        d->inset->setupFullAxesBox();
        d->inset->setMinimumMargins(QMargins(2, 2, 2, 2));
        for (QCPAxis *axis : {d->inset->axis(QCPAxis::atBottom), d->inset->axis(QCPAxis::atLeft)})
            axis->ticker()->setTickCount(2);
        for (QCPGraph *line : d->lines) {
            auto *copy =
                new QCPGraph(d->inset->axis(QCPAxis::atBottom), d->inset->axis(QCPAxis::atLeft));
            copy->setData(line->data());
            copy->setPen(line->pen());
            d->insetLines.push_back(copy);
        }
        restyle();
    }
    d->inset->axis(QCPAxis::atBottom)->setRange(area.left(), area.right());
    d->inset->axis(QCPAxis::atLeft)->setRange(area.top(), area.bottom());
}

void PlotCanvas::setInsetVisible(bool visible)
{
    if (d->inset)
        d->inset->setVisible(visible);
}

int PlotCanvas::addBars(const QColor &colour)
{
    d->bars.push_back(new QCPBars(d->plot->xAxis, d->plot->yAxis));
    d->bars.back()->setPen(Qt::NoPen);
    d->barNames.emplace_back();
    setBarsColour(static_cast<int>(d->bars.size()) - 1, colour);
    return static_cast<int>(d->bars.size()) - 1;
}

void PlotCanvas::setBars(int bars, std::span<const double> x, std::span<const double> height,
                         double width, double base)
{
    QVector<double> at(x.begin(), x.end());
    QVector<double> high(height.begin(), height.end());
    for (double &h : high)
        h -= base; // QCustomPlot draws a bar from its base on
    QCPBars &drawn = *d->bars[static_cast<std::size_t>(bars)];
    drawn.setWidth(width);
    drawn.setBaseValue(base);
    drawn.setData(at, high);
}

void PlotCanvas::setBarsColour(int bars, const QColor &colour, Qt::BrushStyle pattern)
{
    QCPBars &drawn = *d->bars[static_cast<std::size_t>(bars)];
    drawn.setBrush(QBrush(colour, pattern));
    // Hatching alone has no edge.
    drawn.setPen(pattern == Qt::SolidPattern ? QPen(Qt::NoPen) : QPen(colour));
}

void PlotCanvas::setBarsName(int bars, const QString &name)
{
    d->barNames[static_cast<std::size_t>(bars)] = name;
}

int PlotCanvas::addMarkers(Shape shape, const QColor &colour)
{
    d->markers.push_back(new MarkerLayer(d->plot, shape, colour));
    d->markers.back()->outline = palette().color(QPalette::WindowText);
    d->markers.back()->placedWith = d->placesTexts ? &d->markers : nullptr;
    d->markerNames.emplace_back();
    return static_cast<int>(d->markers.size()) - 1;
}

void PlotCanvas::setMarkers(int markers, std::vector<Marker> points)
{
    d->markers[static_cast<std::size_t>(markers)]->points = std::move(points);
}

void PlotCanvas::setMarkersShape(int markers, Shape shape)
{
    d->markers[static_cast<std::size_t>(markers)]->shape = shape;
}

void PlotCanvas::setMarkersColour(int markers, const QColor &colour)
{
    d->markers[static_cast<std::size_t>(markers)]->colour = colour;
}

void PlotCanvas::setMarkersName(int markers, const QString &name)
{
    d->markerNames[static_cast<std::size_t>(markers)] = name;
}

void PlotCanvas::setMarkersAtTop(int markers)
{
    d->markers[static_cast<std::size_t>(markers)]->atTop = true;
}

void PlotCanvas::setMarkersOfMoment(int markers)
{
    d->markers[static_cast<std::size_t>(markers)]->ofMoment = true;
}

void PlotCanvas::placeMarkerTexts()
{
    d->placesTexts = true;
    for (MarkerLayer *markers : d->markers)
        markers->placedWith = &d->markers;
}

int PlotCanvas::addReference(double y, const QString &caption)
{
    d->references.push_back(new ReferenceLine(d->plot));
    d->references.back()->colour = colours::muted(palette());
    d->references.back()->background = colours::surface(palette());
    const int index = static_cast<int>(d->references.size()) - 1;
    setReference(index, y, caption, true);
    return index;
}

void PlotCanvas::setReference(int reference, double y, const QString &caption, bool visible)
{
    ReferenceLine &line = *d->references[static_cast<std::size_t>(reference)];
    line.y = y;
    line.caption = caption;
    line.setVisible(visible);
}

int PlotCanvas::addUpright(double x)
{
    d->uprights.push_back(new UprightLine(d->plot));
    d->uprights.back()->colour = palette().color(QPalette::Highlight);
    d->uprights.back()->x = x;
    return static_cast<int>(d->uprights.size()) - 1;
}

void PlotCanvas::setUpright(int upright, double x)
{
    d->uprights[static_cast<std::size_t>(upright)]->x = x;
}

void PlotCanvas::setMapSize(int rows, int columns)
{
    if (!d->map) {
        d->map = new QCPColorMap(d->plot->xAxis, d->plot->yAxis);
        d->map->setInterpolate(false);
        d->map->setTightBoundary(true);
        d->map->setGradient(gradientOf([](double share) { return colours::map(share); }));
    }
    QCPColorMapData &cells = *d->map->data();
    cells.setSize(columns, rows);
    // Cell centres: column t covers [t, t + 1) ms.
    cells.setRange(QCPRange(0.5, columns - 0.5), QCPRange(0.0, rows - 1.0));
    cells.fill(std::nan(""));
    d->map->setTightBoundary(false);
}

void PlotCanvas::setMap(std::span<const float> values, int rows, const QRectF &area)
{
    const int columns = rows > 0 ? static_cast<int>(values.size()) / rows : 0;
    setMapSize(std::max(rows, 1), std::max(columns, 1));
    QCPColorMapData &cells = *d->map->data();
    const double w = area.width() / std::max(columns, 1);
    const double h = area.height() / std::max(rows, 1);
    cells.setRange(QCPRange(area.left() + 0.5 * w, area.right() - 0.5 * w),
                   QCPRange(area.top() + 0.5 * h, area.bottom() - 0.5 * h));
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column)
            cells.setCell(
                column, row,
                static_cast<double>(
                    values[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns)
                           + static_cast<std::size_t>(column)]));
    }
}

void PlotCanvas::setMapColours(const std::function<QColor(double)> &colour)
{
    d->map->setGradient(gradientOf(colour));
}

void PlotCanvas::setMapColumns(int from, std::span<const float> values, int rows)
{
    QCPColorMapData &cells = *d->map->data();
    const auto n = static_cast<std::size_t>(rows);
    for (std::size_t i = 0; i + n <= values.size(); i += n) {
        const int column = from + static_cast<int>(i / n);
        for (int row = 0; row < rows; ++row)
            cells.setCell(column, row,
                          static_cast<double>(values[i + static_cast<std::size_t>(row)]));
    }
}

void PlotCanvas::setMapRange(double from, double to)
{
    d->map->setDataRange(QCPRange(from, to));
}

void PlotCanvas::setMapName(const QString &name)
{
    d->mapName = name;
}

void PlotCanvas::clearData()
{
    for (QCPGraph *line : d->lines)
        line->data()->clear();
    for (MarkerLayer *markers : d->markers)
        markers->points.clear();
    for (QCPBars *bars : d->bars)
        bars->data()->clear();
    if (d->map)
        d->map->data()->fill(std::nan(""));
}

} // namespace dt
