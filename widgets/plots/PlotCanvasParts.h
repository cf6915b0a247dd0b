// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/PlotCanvas.h"

#include <qcustomplot.h>

#include <QLabel>

#include <vector>

namespace dt {

/// Markers of individual size, which QCustomPlot's scatters do not have. Private to PlotCanvas.
class MarkerLayer : public QCPLayerable
{
public:
    MarkerLayer(QCustomPlot *plot, PlotCanvas::Shape shape, const QColor &colour);

    PlotCanvas::Shape shape;
    std::vector<PlotCanvas::Marker> points;
    QColor colour;
    QColor outline;

protected:
    QRect clipRect() const override;
    void applyDefaultAntialiasingHint(QCPPainter *painter) const override;
    void draw(QCPPainter *painter) override;

private:
    void drawText(QPainter &painter, const PlotCanvas::Marker &m, const QPointF &at) const;
};

/// Dashed line at one value with a caption.
class ReferenceLine : public QCPLayerable
{
public:
    explicit ReferenceLine(QCustomPlot *plot);

    double y = 0.0;
    QString caption;
    QColor colour;
    QColor background; ///< behind the caption, so that no trace strikes it through

protected:
    QRect clipRect() const override;
    void applyDefaultAntialiasingHint(QCPPainter *painter) const override;
    void draw(QCPPainter *painter) override;
};

/// A border that can be moved, with a grip in the middle.
class UprightLine : public QCPLayerable
{
public:
    explicit UprightLine(QCustomPlot *plot);

    double x = 0.0; ///< NaN: not shown
    QColor colour;

protected:
    QRect clipRect() const override;
    void applyDefaultAntialiasingHint(QCPPainter *painter) const override;
    void draw(QCPPainter *painter) override;
};

/// The linked time cursor, and the mark.
class CursorLine : public QCPLayerable
{
public:
    explicit CursorLine(QCustomPlot *plot, const QString &layer);

    std::optional<double> x;
    QColor colour;
    Qt::PenStyle dash = Qt::SolidLine;

protected:
    QRect clipRect() const override;
    void applyDefaultAntialiasingHint(QCPPainter *painter) const override;
    void draw(QCPPainter *painter) override;
};

/// Ticks of a logarithmic axis that do not crowd: all digits, or 1-2-5, or 1-3, or whole powers.
class LogTicker : public QCPAxisTickerLog
{
protected:
    QVector<double> createTickVector(double tickStep, const QCPRange &range) override;
};

/// What is drawn, by number.
struct PlotCanvas::Private
{
    QCustomPlot *plot = nullptr;
    QLabel *empty = nullptr;
    CursorLine *cursor = nullptr;
    CursorLine *mark = nullptr;
    QCPColorMap *map = nullptr;
    QCPItemRect *veil = nullptr;
    QCPAxisRect *inset = nullptr;
    std::vector<QCPGraph *> insetLines; ///< the same data as lines
    std::vector<QCPGraph *> lines;
    std::vector<LineStyle> styles;
    std::vector<QString> names; ///< of lines
    std::vector<QCPErrorBars *> errors; ///< of lines; null where there are none
    std::vector<int> markersOf; ///< points of lines; -1 where there are none
    QString errorName;
    QString stamp;
    std::vector<QCPBars *> bars;
    std::vector<MarkerLayer *> markers;
    std::vector<QString> markerNames;
    QString mapName;
    std::vector<ReferenceLine *> references;
    std::vector<UprightLine *> uprights;
    QString yLabel;
    QString xLabel = PlotCanvas::tr("Time [ms]");
    int left = 64;
    int right = 16;
    bool timeLabels = true;
};

/// A line or a set of markers below a picture.
struct PlotCanvas::LegendEntry
{
    QString text;
    QPen pen; ///< no pen: a marker
    QColor colour; ///< of the marker
    Shape shape = Shape::Dot;
    int alike = 0; ///< further ones with the same sample
    bool marked = false; ///< a line with the marker on it
};

} // namespace dt
