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

/// The colour map of a plot. There is none before setSize() or setValues().
class PlotMap
{
public:
    explicit PlotMap(QCustomPlot &plot);

    /// Sets up an empty map of `rows` rows (0 at the bottom) and `columns` columns, 1 ms each from
    /// 0.
    void setSize(int rows, int columns);
    /// Sets any map: row-major values, row 0 at the bottom, over an area in the plot's own units.
    void setValues(std::span<const float> values, int rows, const QRectF &area);
    /// Sets columns [from, from + values.size()/rows), time-major.
    void setColumns(int from, std::span<const float> values, int rows);
    /// Sets the colour of each share (0..1) of the range.
    void setColours(const std::function<QColor(double)> &colour);
    void setRange(double from, double to);
    /// What the colours mean, with the unit in brackets: pictures get a scale of them.
    void setName(const QString &name) { m_name = name; }
    void clear();

    [[nodiscard]] const QString &name() const { return m_name; }
    /// The map that is drawn; null where there is none.
    [[nodiscard]] QCPColorMap *drawn() const { return m_map; }

private:
    QCustomPlot &m_plot;
    QCPColorMap *m_map = nullptr;
    QString m_name;
};

} // namespace dt
