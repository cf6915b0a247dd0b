// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QRectF>
#include <QString>

#include <functional>
#include <span>

class QCPColorMap;
class QCustomPlot;

namespace dt {

/// The colour map of a plot that has one; it has after setSize() or setValues().
class PlotMap
{
public:
    explicit PlotMap(QCustomPlot &plot);

    /// `rows` rows (0 at the bottom) and `columns` columns, 1 ms each from 0; empty.
    void setSize(int rows, int columns);
    /// Any map: row-major values, row 0 at the bottom, over an area in the plot's own units.
    void setValues(std::span<const float> values, int rows, const QRectF &area);
    /// Columns [from, from + values.size()/rows), time-major.
    void setColumns(int from, std::span<const float> values, int rows);
    /// Colour of a share of the range.
    void setColours(const std::function<QColor(double)> &colour);
    void setRange(double from, double to);
    /// What the colours mean, with the unit in brackets: pictures get a scale of them.
    void setName(const QString &name) { m_name = name; }
    void clear();

    [[nodiscard]] const QString &name() const { return m_name; }
    /// Null where there is none.
    [[nodiscard]] QCPColorMap *drawn() const { return m_map; }

private:
    QCustomPlot &m_plot;
    QCPColorMap *m_map = nullptr;
    QString m_name;
};

} // namespace dt
