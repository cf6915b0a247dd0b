// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/TimeAxis.h"
#include "widgets/plots/canvas/PlotAxes.h"
#include "widgets/plots/canvas/PlotHeight.h"
#include "widgets/plots/canvas/PlotMap.h"
#include "widgets/plots/canvas/PlotSeries.h"

#include <QPixmap>
#include <QPointer>
#include <QWidget>

#include <memory>

class QCPItemRect;
class QCustomPlot;
class QLabel;

namespace dt {

class GuideLine;
class PlotPrinter;

/// One plot, usually over a TimeAxis: lines, markers, a colour map, reference lines. Only this and
/// its parts in `canvas` know QCustomPlot. Data is copied in; call redraw() when done with a set of
/// changes (drawing happens once, when the event loop is free).
///
/// Time: wheel zooms, drag pans, double click shows all; arrow keys, + and - and Home do the same
/// from the keyboard. Shift+click sets the mark that differences are taken from; Shift+click on it
/// or Escape takes it away.
///
/// Height: Ctrl+wheel zooms around the mouse, then a drag pans up and down, too; with Ctrl, + and -
/// do the same. A double click or Home shows all again. Plots whose height has words instead of
/// numbers, and maps, stay as they are.
class PlotCanvas : public QWidget
{
    Q_OBJECT

public:
    using Shape = PlotSeries::Shape;
    using Side = PlotSeries::Side;
    using LineStyle = PlotSeries::LineStyle;
    using Marker = PlotSeries::Marker;

    explicit PlotCanvas(QWidget *parent = nullptr);
    ~PlotCanvas() override;

    void setTimeAxis(TimeAxis *axis);
    /// Names a shared axis that shows something else than time.
    void setTimeName(const QString &name) { m_axes->setXName(name); }
    [[nodiscard]] TimeAxis *timeAxis() const { return m_timeAxis; }

    /// Name and range of the horizontal axis, for plots over something else than time.
    void setXAxis(const QString &label, double from, double to);

    /// Only the lowest plot of a stack names and labels the time axis.
    void setTimeLabelsVisible(bool visible);
    /// Margins left and right of the plot [px], the same for all plots of a stack so that they
    /// align.
    void setSideMargins(int left, int right);
    void setYLabel(const QString &text);
    /// The range that is shown unless a person has zoomed; a double click goes back to it.
    void setYRange(double from, double to) { m_height->setWhole(from, to); }
    /// The range that is seen.
    [[nodiscard]] std::pair<double, double> yRange() const { return m_height->shown(); }
    [[nodiscard]] bool isHeightZoomed() const { return m_height->isZoomed(); }
    /// Ends a zoom of the height.
    void showWholeHeight();
    /// Shows everything, of time and height.
    void showAll();
    /// Makes an axis logarithmic; its range must then be above 0.
    void setYLogarithmic() { m_axes->setYLogarithmic(); }
    void setXLogarithmic() { m_axes->setXLogarithmic(true); }
    void setXLinear() { m_axes->setXLogarithmic(false); }
    /// Words or chosen numbers instead of automatic ticks.
    void setYTicks(const std::vector<std::pair<double, QString>> &ticks);
    void setXTicks(const std::vector<std::pair<double, QString>> &ticks)
    {
        m_axes->setXTicks(ticks);
    }
    /// Names instead of numbers, as long as the plot's width allows, on the screen and on paper.
    void setXNames(const std::vector<std::pair<double, QString>> &names);

    // What is drawn: PlotSeries and PlotMap say what each of these does.
    int addLine(const LineStyle &style) { return m_series->addLine(style); }
    void setLineStyle(int line, const LineStyle &style) { m_series->setLineStyle(line, style); }
    void setLine(int line, double x0, double dx, std::span<const float> y, double scale = 1.0)
    {
        m_series->setLine(line, x0, dx, y, scale);
    }
    void setPoints(int line, std::span<const double> x, std::span<const double> y)
    {
        m_series->setPoints(line, x, y);
    }
    void extendLine(int line, double x0, double dx, std::span<const float> y, double scale = 1.0)
    {
        m_series->extendLine(line, x0, dx, y, scale);
    }
    void setLineVisible(int line, bool visible) { m_series->setLineVisible(line, visible); }
    void setLineName(int line, const QString &name) { m_series->setLineName(line, name); }
    void setLineErrors(int line, std::span<const double> error, const QString &name)
    {
        m_series->setLineErrors(line, error, name);
    }
    void setLineMarkers(int line, int i) { m_series->setLineMarkers(line, i); }
    void removeLinesFrom(int line) { m_series->removeLinesFrom(line); }
    [[nodiscard]] int lineCount() const { return static_cast<int>(m_series->lines().size()); }
    [[nodiscard]] std::optional<std::pair<double, double>> extentOf(int line) const
    {
        return m_series->extentOf(line);
    }
    void setLineOfMoment(int line) { m_series->setLineOfMoment(line); }

    void setInset(const QRectF &place, const QRectF &area);
    void setInsetVisible(bool visible) { m_series->setInsetVisible(visible); }

    int addBars(const QColor &colour) { return m_series->addBars(colour); }
    void setBars(int bars, std::span<const double> x, std::span<const double> height, double width,
                 double base = 0.0)
    {
        m_series->setBars(bars, x, height, width, base);
    }
    void setBarsColour(int bars, const QColor &colour, Qt::BrushStyle pattern = Qt::SolidPattern)
    {
        m_series->setBarsColour(bars, colour, pattern);
    }
    void setBarsName(int bars, const QString &name) { m_series->setBarsName(bars, name); }

    int addMarkers(Shape shape, const QColor &colour)
    {
        return m_series->addMarkers(shape, colour);
    }
    void setMarkers(int i, std::vector<Marker> points)
    {
        m_series->markers(i).points = std::move(points);
    }
    void setMarkersColour(int i, const QColor &colour) { m_series->markers(i).colour = colour; }
    void setMarkersShape(int i, Shape shape) { m_series->markers(i).shape = shape; }
    void setMarkersName(int i, const QString &name) { m_series->markers(i).name = name; }
    void setMarkersAtTop(int i) { m_series->markers(i).atTop = true; }
    void setMarkersOfMoment(int i) { m_series->markers(i).ofMoment = true; }
    void placeMarkerTexts() { m_series->placeMarkerTexts(); }

    int addReference(double y, const QString &caption)
    {
        return m_series->addReference(y, caption);
    }
    void setReference(int reference, double y, const QString &caption, bool visible)
    {
        m_series->setReference(reference, y, caption, visible);
    }
    int addUpright(double x) { return m_series->addUpright(x); }
    void setUpright(int upright, double x) { m_series->setUpright(upright, x); }

    void setMapSize(int rows, int columns) { m_map->setSize(rows, columns); }
    void setMap(std::span<const float> values, int rows, const QRectF &area)
    {
        m_map->setValues(values, rows, area);
    }
    void setMapColours(const std::function<QColor(double)> &colour) { m_map->setColours(colour); }
    void setMapColumns(int from, std::span<const float> values, int rows)
    {
        m_map->setColumns(from, values, rows);
    }
    void setMapRange(double from, double to) { m_map->setRange(from, to); }
    void setMapName(const QString &name) { m_map->setName(name); }

    /// Text in the middle while there is nothing to draw; "" hides it.
    void setEmptyText(const QString &text);
    /// Whether the results belong to an older parameter set: they are drawn behind a veil.
    void setStale(bool stale);

    /// Empties lines, markers, bars and the map; styles and axes stay.
    void clearData();
    void redraw();

    /// Says what the data are of, e.g. the number of the run; stands below pictures in files.
    void setStamp(const QString &stamp) { m_stamp = stamp; }
    [[nodiscard]] const QString &stamp() const { return m_stamp; }

    /// The plot as it is on the screen, with `scale` times as many pixels.
    [[nodiscard]] QPixmap picture(double scale) const;
    /// Width over height of the plot in files (PlotSheet).
    void setPaperAspect(double aspect) { m_paperAspect = aspect; }
    [[nodiscard]] double paperAspect() const { return m_paperAspect; }
    [[nodiscard]] PlotPrinter printer() const;
    /// The plot's numbers as text, as PlotTable writes them.
    [[nodiscard]] QString table() const;

    [[nodiscard]] QPointF toPlot(const QPointF &pixel) const;
    [[nodiscard]] QPointF toPixel(const QPointF &plot) const;
    [[nodiscard]] QRect plotRect() const;

Q_SIGNALS:
    /// Drawing is finished; for measuring the redraw rate.
    void drawn();

protected:
    // The plot's mouse events arrive here in the canvas's own pixels. Overridden by editors.
    virtual void plotMousePress(QMouseEvent *event);
    virtual void plotMouseMove(QMouseEvent *event);
    virtual void plotMouseRelease(QMouseEvent *event);
    virtual void plotDoubleClick(QMouseEvent *event);
    virtual void plotWheel(QWheelEvent *event);
    /// Takes colours from the palette; called at the start and when the theme changes.
    virtual void applyTheme();

    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void restyle();
    void placeEmptyText();
    void updateTime();
    void updateCursor();
    void setMarkAt(const QPointF &pixel);
    [[nodiscard]] bool canZoomHeight() const;
    void zoomHeight(double factor, double around);
    void fitTicks();

    QCustomPlot *m_plot;
    std::unique_ptr<PlotAxes> m_axes;
    std::unique_ptr<PlotHeight> m_height;
    std::unique_ptr<PlotSeries> m_series;
    std::unique_ptr<PlotMap> m_map;
    GuideLine *m_cursor;
    GuideLine *m_mark;
    QCPItemRect *m_veil;
    QLabel *m_empty;
    QPointer<TimeAxis> m_timeAxis;
    QString m_stamp;
    double m_paperAspect = 1.6;
    QPointF m_panFrom; ///< in the plot's units
    bool m_panning = false;
};

} // namespace dt
