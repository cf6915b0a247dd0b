// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/evaluation/TwinComparison.h"
#include "widgets/plots/PlotCanvas.h"

#include <QWidget>

namespace dt {

/// One way to look at several twins. A view shows only what it is given.
class CompareView : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    virtual void setTwins(const ComparedTwins &twins) = 0;
    /// The numbers that are shown, comma-separated, with a header line.
    [[nodiscard]] virtual QString csv() const = 0;

protected:
    /// Called when colours or letters change.
    virtual void draw() = 0;
    void changeEvent(QEvent *event) override;
};

/// A figure as text: "0.9971", "18,204"; a dash where there is none, "all" for a twin that sees all
/// of the past.
QString figureText(const ComparedTwin &twin, Figure figure);
QString figureText(Figure figure, double value);

/// How the lines, bars and points of one of several series are drawn. Neighbours differ in more
/// than colour.
struct SeriesStyle
{
    QColor colour;
    Qt::PenStyle dash;
    Qt::BrushStyle pattern;
    PlotCanvas::Shape shape;
};
SeriesStyle seriesStyle(std::size_t index, const QPalette &palette);

/// One cell of a CSV file, in quotes where it needs them.
QString csvCell(const QString &text);

/// Round numbers for an axis of logarithms to base 10: places on the axis and their text.
std::vector<std::pair<double, QString>> logTicks(double from, double to);

} // namespace dt
