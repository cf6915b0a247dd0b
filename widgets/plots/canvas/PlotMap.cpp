// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/canvas/PlotMap.h"

#include "widgets/theme/Colours.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace dt {

PlotMap::PlotMap(QCustomPlot &plot) : m_plot(plot) { }

void PlotMap::setSize(int rows, int columns)
{
    if (!m_map) {
        m_map = new QCPColorMap(m_plot.xAxis, m_plot.yAxis);
        m_map->setInterpolate(false);
        setColours([](double share) { return colours::map(share); });
    }
    QCPColorMapData &cells = *m_map->data();
    cells.setSize(columns, rows);
    // Cell centres: column t covers [t, t + 1) ms.
    cells.setRange(QCPRange(0.5, columns - 0.5), QCPRange(0.0, rows - 1.0));
    cells.fill(std::nan(""));
    m_map->setTightBoundary(false);
}

void PlotMap::setValues(std::span<const float> values, int rows, const QRectF &area)
{
    const int columns = rows > 0 ? static_cast<int>(values.size()) / rows : 0;
    setSize(std::max(rows, 1), std::max(columns, 1));
    QCPColorMapData &cells = *m_map->data();
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

void PlotMap::setColumns(int from, std::span<const float> values, int rows)
{
    QCPColorMapData &cells = *m_map->data();
    const auto n = static_cast<std::size_t>(rows);
    for (std::size_t i = 0; i + n <= values.size(); i += n) {
        const int column = from + static_cast<int>(i / n);
        for (int row = 0; row < rows; ++row)
            cells.setCell(column, row,
                          static_cast<double>(values[i + static_cast<std::size_t>(row)]));
    }
}

void PlotMap::setColours(const std::function<QColor(double)> &colour)
{
    constexpr int Stops = 64;
    QCPColorGradient gradient;
    gradient.clearColorStops();
    gradient.setLevelCount(256);
    for (int i = 0; i <= Stops; ++i)
        gradient.setColorStopAt(static_cast<double>(i) / Stops,
                                colour(static_cast<double>(i) / Stops));
    gradient.setNanHandling(QCPColorGradient::nhTransparent);
    m_map->setGradient(gradient);
}

void PlotMap::setRange(double from, double to)
{
    m_map->setDataRange(QCPRange(from, to));
}

void PlotMap::clear()
{
    if (m_map)
        m_map->data()->fill(std::nan(""));
}

} // namespace dt
