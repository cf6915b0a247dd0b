// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/explore/ExperimentResult.h"

#include <QObject>
#include <QPalette>

#include <map>
#include <string>
#include <vector>

namespace dt {

class PlotCanvas;
class SeriesLegend;

/// A number for every named curve of a result, which decides its colour and mark. A name has the
/// same number in all plots, and no two curves of a plot share one as long as there are at most
/// MostMarked of them (widgets/plots/MarkShapes.h).
using SeriesNumbers = std::map<std::string, int>;
SeriesNumbers seriesNumbers(const std::vector<ResultPlot> &plots);

/// Draws one plot of an experiment's result - lines with points, dashed theory, levels, or a colour
/// map - on a canvas, again and again while the result grows. Owned by its canvas' parent.
class ResultPlotDrawer : public QObject
{
    Q_OBJECT

public:
    /// Adds its lines to an empty canvas; the legend shows what they stand for.
    ResultPlotDrawer(PlotCanvas *canvas, SeriesLegend *legend, QObject *parent);

    /// Draws a plot in the colours of this palette. `numbers` are those of all plots of the result.
    void draw(const ResultPlot &plot, const SeriesNumbers &numbers, const QPalette &palette);
    /// Draws voltages over time. `time` is the name of the time axis.
    void draw(const std::vector<ResultTrace> &traces, const std::string &time,
              const QPalette &palette);

private:
    void drawSeries(const ResultPlot &plot, const SeriesNumbers &numbers, const QPalette &palette);
    /// Draws curves without a colour of their own behind the others.
    void drawUnnamed(const ResultPlot &plot, const QPalette &palette);
    void drawMap(const ResultMap &map);

    PlotCanvas *m_canvas;
    SeriesLegend *m_legend;
    std::vector<int> m_markers;
    std::vector<int> m_levels;
};

} // namespace dt
