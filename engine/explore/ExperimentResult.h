// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/explore/ExperimentPlan.h"

#include <string>
#include <variant>
#include <vector>

namespace dt {

/// What an experiment found, ready to be shown: plain values.

struct ResultColumn
{
    std::string name;
    std::string unit; ///< "" when dimensionless
    int digits = 2; ///< digits after the point
};

/// What a cell of a table holds: nothing (not measured), a number, or a word.
using ResultCell = std::variant<std::monostate, double, std::string>;

struct ResultTable
{
    std::vector<ResultColumn> columns;
    std::vector<std::vector<ResultCell>> rows;
};

struct ResultSeries
{
    enum class Style {
        Measured, ///< points joined by a line
        Points,
        Theory, ///< dashed line, no points
    };
    std::string name; ///< "" when the plot has only one
    std::vector<double> x;
    std::vector<double> y; ///< NaN leaves a gap
    Style style = Style::Measured;
    std::vector<double> error{}; ///< standard error of each y; empty or NaN: none is known
    double resolution = 0.0; ///< smallest step that y can take, e.g. of a counted rate; 0: any
};

/// A level that matters, e.g. the threshold; a dashed line across the plot.
struct ResultLevel
{
    double y = 0.0;
    std::string name;
};

/// A quantity over two others, for a colour map. `values` is empty when the plot has series.
struct ResultMap
{
    std::vector<double> x;
    std::vector<double> y;
    std::vector<double> values; ///< y.size() rows of x.size() numbers; NaN: not measured
    std::string name; ///< name of the quantity
    std::string unit;
};

struct ResultPlot
{
    std::string title;
    std::string xName;
    std::string xUnit;
    std::string yName;
    std::string yUnit;
    bool logX = false;
    bool logY = false;
    std::vector<ResultSeries> series;
    std::vector<ResultLevel> levels;
    ResultMap map;
    std::string
        finer{}; ///< what makes its numbers finer, e.g. "Longer runs"; "": as fine as it can be
};

struct ExperimentResult
{
    ResultTable table;
    std::vector<ResultPlot> plots;
    std::vector<ResultTrace> traces; ///< traces to show
    std::string traceTime = "Time from the event"; ///< name of their time axis
    std::vector<std::string> conclusions; ///< sentences with the measured numbers
    std::vector<std::string> remarks; ///< what limits the conclusions, e.g. coarse segments
};

} // namespace dt
