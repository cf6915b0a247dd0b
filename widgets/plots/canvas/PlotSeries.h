// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>
#include <QRectF>
#include <QString>

#include <optional>
#include <span>
#include <utility>
#include <vector>

class QCPAxisRect;
class QCPBars;
class QCPErrorBars;
class QCPGraph;
class QCustomPlot;

namespace dt {

class GuideLine;
class MarkerLayer;

/// What a plot shows: lines, bars, markers, references and uprights. Each kind is numbered in the
/// order in which it is added; later ones are drawn on top. Data is copied in.
class PlotSeries
{
public:
    enum class Shape { Up, Down, Tick, Dot, Square, Diamond, Ring, Cross };
    enum class Side { Right, Left, Above, Below };

    struct LineStyle
    {
        QColor colour;
        double widthFactor = 1.0; ///< width as a multiple of theme::lineWidth()
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

    /// Markers of one look.
    struct Markers
    {
        Shape shape = Shape::Dot;
        QColor colour;
        std::vector<Marker> points{};
        QString name{}; ///< as a line's; those that lie on a line need none
        bool atTop = false; ///< just below the upper edge: only their times are data
        bool ofMoment = false; ///< follow the mouse: in no picture and no table
    };

    /// A line as it is drawn.
    struct Line
    {
        QCPGraph *graph = nullptr;
        QCPGraph *inset = nullptr; ///< the same data in the inset
        QCPErrorBars *errors = nullptr;
        QString errorName{};
        LineStyle style{};
        QString name{};
        int markers = -1; ///< number of the markers that show its points; -1: none
        bool ofMoment = false;
    };

    struct Bars
    {
        QCPBars *drawn = nullptr;
        QString name{};
    };

    explicit PlotSeries(QCustomPlot &plot);

    int addLine(const LineStyle &style);
    void setLineStyle(int line, const LineStyle &style);
    /// Sets evenly sampled values from x0 on, `dx` apart, multiplied by `scale`.
    void setLine(int line, double x0, double dx, std::span<const float> y, double scale);
    /// Sets points whose x never falls.
    void setPoints(int line, std::span<const double> x, std::span<const double> y);
    /// Adds values to the end of the line.
    void extendLine(int line, double x0, double dx, std::span<const float> y, double scale);
    void setLineVisible(int line, bool visible);
    /// What the line is, for tables and legends; with its unit in brackets where that is not the
    /// axis'. Lines without a name are not in the legend.
    void setLineName(int line, const QString &name) { at(line).name = name; }
    /// Error bars that reach so far up and down at every point of the line; NaN leaves one out.
    /// `name` says what the errors are, for tables.
    void setLineErrors(int line, std::span<const double> error, const QString &name);
    /// These markers are the points of the line: legends of pictures show both.
    void setLineMarkers(int line, int i) { at(line).markers = i; }
    void removeLinesFrom(int line);
    /// Lowest and highest value of a line; nothing where it has no points.
    [[nodiscard]] std::optional<std::pair<double, double>> extentOf(int line) const;
    /// Marks a line that follows the mouse: it is in no picture and no table.
    void setLineOfMoment(int line) { at(line).ofMoment = true; }

    /// A corner of the plot that shows the lines again, magnified: `place` in shares of the plot
    /// (0, 0 top left), `area` in the plot's units. True when there was none.
    bool setInset(const QRectF &place, const QRectF &area);
    void setInsetVisible(bool visible);

    int addBars(const QColor &colour);
    /// Bars around x from `base` up to `height`.
    void setBars(int bars, std::span<const double> x, std::span<const double> height, double width,
                 double base);
    void setBarsColour(int bars, const QColor &colour, Qt::BrushStyle pattern);
    /// Names the bars as setLineName() names a line.
    void setBarsName(int bars, const QString &name);

    int addMarkers(Shape shape, const QColor &colour);
    [[nodiscard]] Markers &markers(int i);
    /// From now on the texts of all markers go where they cover no marker and no other text; one
    /// that finds no such place is left out.
    void placeMarkerTexts();

    /// Dashed horizontal line with a small caption at its right end.
    int addReference(double y, const QString &caption);
    void setReference(int reference, double y, const QString &caption, bool visible);

    /// Solid vertical line that a person may move; NaN hides it.
    int addUpright(double x);
    void setUpright(int upright, double x);

    /// Removes the data of lines, bars and markers; styles stay.
    void clearData();
    /// Takes the colours that owners do not set themselves from the palette.
    void dress(const QPalette &palette);
    /// Widths follow the theme.
    void restyleLines();

    [[nodiscard]] const std::vector<Line> &lines() const { return m_lines; }
    [[nodiscard]] const std::vector<Bars> &bars() const { return m_bars; }
    [[nodiscard]] const std::vector<MarkerLayer *> &markers() const { return m_markers; }

private:
    [[nodiscard]] Line &at(int line) { return m_lines[static_cast<std::size_t>(line)]; }

    QCustomPlot &m_plot; ///< owns all that is drawn
    QPalette m_palette;
    QCPAxisRect *m_inset = nullptr;
    std::vector<Line> m_lines;
    std::vector<Bars> m_bars;
    std::vector<MarkerLayer *> m_markers;
    std::vector<GuideLine *> m_references;
    std::vector<GuideLine *> m_uprights;
    bool m_placesTexts = false;
};

} // namespace dt
