// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qcustomplot.h>

#include <functional>
#include <vector>

namespace dt {

class PlotAxes;
class PlotLegend;
class PlotMap;
class PlotSeries;

/// Paints a plot for files and the clipboard: light colours on white whatever the theme, with a
/// legend of what has a name below. Nothing of the moment: no cursor, no measures. The plot is as
/// before afterwards. For the time of a painting.
class PlotPrinter
{
public:
    /// `screen`: for what owners have chosen their colours. `emptyText`: shown for want of data.
    PlotPrinter(QCustomPlot &plot, PlotAxes &axes, PlotSeries &series, const PlotMap &map,
                const QPalette &screen, const QString &emptyText);

    [[nodiscard]] PlotLegend legend() const;
    /// Paints the plot, with numbers and name of the x axis, or without them when it stands above
    /// another plot.
    void paint(QCPPainter &painter, const QRect &place, bool xLabels, bool withLegend) const;

    /// Calls `paint` with a painter of QCustomPlot; `vector`: lines stay lines.
    static void withPainter(QPaintDevice *device, bool vector,
                            const std::function<void(QCPPainter &)> &paint);

private:
    /// Colours what owners coloured for the screen, and hides what is of the moment. Returns the
    /// steps that take it back.
    [[nodiscard]] std::vector<std::function<void()>> putOnInks() const;

    QCustomPlot &m_plot;
    PlotAxes &m_axes;
    PlotSeries &m_series;
    const PlotMap &m_map;
    QPalette m_screen;
    QString m_emptyText;
};

} // namespace dt
