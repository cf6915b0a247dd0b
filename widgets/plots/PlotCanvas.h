// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/TimeAxis.h"

#include <QColor>
#include <QPixmap>
#include <QPointer>
#include <QRectF>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

class QCPPainter;
class QPaintDevice;

namespace dt {

/// One plot, usually over a TimeAxis: lines, markers, a colour map, reference lines. The only place
/// that knows QCustomPlot. Data is copied in; call redraw() when done with a set of changes
/// (drawing happens once, when the event loop is free).
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
    enum class Shape { Up, Down, Tick, Dot, Square, Diamond, Ring, Cross };
    enum class Side { Right, Left, Above, Below };

    struct LineStyle
    {
        QColor colour;
        double widthFactor = 1.0; ///< of theme::lineWidth()
        bool steps = false; ///< hold each value until the next
        bool filled = false; ///< down to 0
        Qt::PenStyle dash = Qt::SolidLine;
    };

    struct Marker
    {
        double x = 0.0;
        double y = 0.0;
        double size = 8.0; ///< [px] height
        bool strong = false; ///< selected: outlined
        QString text{}; ///< beside it
        Side textSide = Side::Right;
    };

    explicit PlotCanvas(QWidget *parent = nullptr);
    ~PlotCanvas() override;

    void setTimeAxis(TimeAxis *axis);
    /// For a shared axis of something else than time.
    void setTimeName(const QString &name);
    [[nodiscard]] TimeAxis *timeAxis() const { return m_axis; }

    /// For plots over something else than time: the horizontal axis' name and range.
    void setXAxis(const QString &label, double from, double to);

    /// Only the lowest plot of a stack names and labels the time axis.
    void setTimeLabelsVisible(bool visible);
    /// Left and right of the plot [px], the same for all plots of a stack so that they align.
    void setSideMargins(int left, int right);
    void setYLabel(const QString &text);
    /// What is shown, unless somebody has zoomed: then what a double click goes back to.
    void setYRange(double from, double to);
    /// What is seen.
    [[nodiscard]] std::pair<double, double> yRange() const;
    [[nodiscard]] bool isHeightZoomed() const;
    /// Ends a zoom of the height.
    void showWholeHeight();
    /// Everything, of time and height.
    void showAll();
    /// Ranges must be above 0 then.
    void setYLogarithmic();
    void setXLogarithmic();
    void setXLinear();
    /// Words or chosen numbers instead of automatic ticks.
    void setYTicks(const std::vector<std::pair<double, QString>> &ticks);
    void setXTicks(const std::vector<std::pair<double, QString>> &ticks);
    /// Names instead of numbers, as long as the plot's width allows, on the screen and on paper.
    void setXNames(const std::vector<std::pair<double, QString>> &names);

    /// A corner of the plot that shows the lines again, magnified: `place` in shares of the plot
    /// (0, 0 top left), `area` in the plot's units.
    void setInset(const QRectF &place, const QRectF &area);
    void setInsetVisible(bool visible);

    // Series are numbered in the order in which they are added, lines, markers and references
    // separately; later ones are drawn on top.
    int addLine(const LineStyle &style);
    void setLineStyle(int line, const LineStyle &style);
    /// Evenly sampled values from x0 on.
    void setLine(int line, double x0, double dx, std::span<const float> y, double scale = 1.0);
    /// Any points with x that never falls.
    void setPoints(int line, std::span<const double> x, std::span<const double> y);
    /// Adds to the end of what is there.
    void extendLine(int line, double x0, double dx, std::span<const float> y, double scale = 1.0);
    void setLineVisible(int line, bool visible);
    /// What the line is, for table() and the legend of prints; with its unit in brackets where
    /// that is not the axis'. Lines without a name are not in the legend.
    void setLineName(int line, const QString &name);
    /// Bars of so much up and down at every point of the line; NaN leaves one out. `name` is what
    /// the errors are, for table().
    void setLineErrors(int line, std::span<const double> error, const QString &name);
    /// These markers are the points of the line: legends of pictures show both.
    void setLineMarkers(int line, int markers);
    void removeLinesFrom(int line);
    [[nodiscard]] int lineCount() const;
    /// Lowest and highest value of a line; nothing where it has no points.
    [[nodiscard]] std::optional<std::pair<double, double>> extentOf(int line) const;
    /// Follows the mouse: in no picture and no table.
    void setLineOfMoment(int line);

    int addBars(const QColor &colour);
    /// Bars around x from `base` up to `height`.
    void setBars(int bars, std::span<const double> x, std::span<const double> height, double width,
                 double base = 0.0);
    void setBarsColour(int bars, const QColor &colour, Qt::BrushStyle pattern = Qt::SolidPattern);
    /// As setLineName().
    void setBarsName(int bars, const QString &name);

    int addMarkers(Shape shape, const QColor &colour);
    void setMarkers(int markers, std::vector<Marker> points);
    void setMarkersColour(int markers, const QColor &colour);
    void setMarkersShape(int markers, Shape shape);
    /// As setLineName(); markers that lie on a line need none.
    void setMarkersName(int markers, const QString &name);
    /// Just below the upper edge, whatever heights are shown: only their times are data.
    void setMarkersAtTop(int markers);
    /// As setLineOfMoment().
    void setMarkersOfMoment(int markers);
    /// From now on the texts of all markers go where they cover no marker and no other text; one
    /// that finds no such place is left out.
    void placeMarkerTexts();

    /// Dashed horizontal line with a small caption at its right end.
    int addReference(double y, const QString &caption);
    void setReference(int reference, double y, const QString &caption, bool visible);

    /// Solid vertical line that a person may move; NaN hides it.
    int addUpright(double x);
    void setUpright(int upright, double x);

    /// Colour map with `rows` rows (0 at the bottom) and `columns` columns, 1 ms each from 0.
    void setMapSize(int rows, int columns);
    /// Any map: row-major values, row 0 at the bottom, over an area in the plot's own units.
    void setMap(std::span<const float> values, int rows, const QRectF &area);
    /// Colour of a share of the map's range; after the map has a size.
    void setMapColours(const std::function<QColor(double)> &colour);
    /// Columns [from, from + values.size()/rows), time-major.
    void setMapColumns(int from, std::span<const float> values, int rows);
    void setMapRange(double from, double to);
    /// What the colours mean, with the unit in brackets: pictures get a scale of them.
    void setMapName(const QString &name);

    /// Shown in the middle while there is nothing to draw; "" hides it.
    void setEmptyText(const QString &text);
    /// Results of an older parameter set are drawn behind a veil.
    void setStale(bool stale);

    /// Empties lines, markers, bars and the map; styles and axes stay.
    void clearData();
    void redraw();

    /// What the data is of, e.g. the number of its run: goes below pictures in files.
    void setStamp(const QString &stamp);
    [[nodiscard]] const QString &stamp() const;

    /// As it stands on the screen, in other than the screen's pixels.
    [[nodiscard]] QPixmap picture(double scale) const;
    /// Width over height of the plot in files (PlotSheet).
    void setPaperAspect(double aspect) { m_paperAspect = aspect; }
    [[nodiscard]] double paperAspect() const { return m_paperAspect; }
    /// Every line, marker set, bar set and map as text: a header, then values separated by commas.
    /// Markers that only show the points of a line are not written again.
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
    /// Colours taken from the palette; called at start and when the theme changes.
    virtual void applyTheme();

    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    friend class PlotSheet;
    struct Private;
    struct LegendEntry;

    void restyle();
    void updateMargins();
    void placeEmptyText();
    void updateTime();
    void updateCursor();
    void setMarkAt(const QPointF &pixel);
    /// Colours and pens of everything but what owners coloured themselves.
    void dress(const QPalette &palette, bool paper) const;
    /// For files and the clipboard: light colours on white whatever the theme, with a legend of
    /// what has a name below. Nothing of the moment: no cursor, no measures.
    void paintOnPaper(QCPPainter &painter, const QRect &place, bool timeLabels,
                      bool withLegend) const;
    /// Calls it with a painter of QCustomPlot's; `vector`: lines stay lines.
    static void withPainter(QPaintDevice *device, bool vector,
                            const std::function<void(QCPPainter &)> &paint);
    [[nodiscard]] std::vector<LegendEntry> legend() const;
    [[nodiscard]] int legendHeight(int width) const;
    void paintLegend(QPainter &painter, const QRect &room) const;
    [[nodiscard]] bool hasMapScale() const;
    /// Below the plot [px].
    [[nodiscard]] int bottomMargin(bool timeLabels) const;
    /// As many ticks as a plot of this size has room for.
    void fitTicks(const QSize &plot) const;
    [[nodiscard]] bool hasScaledHeight() const;
    void zoomHeight(double factor, double around);
    void panHeight(double from, double to);

    std::unique_ptr<Private> d;
    QPointer<TimeAxis> m_axis;
    double m_paperAspect = 1.6;
    QPointF m_panFrom; ///< in the plot's units
    bool m_panning = false;
};

} // namespace dt
