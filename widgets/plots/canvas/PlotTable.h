// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <vector>

namespace dt {

class PlotMap;
class PlotSeries;

/// The numbers of a plot for other programs: columns side by side, of unequal length.
class PlotTable
{
public:
    /// Adds every line, marker set and bar set, with the names of the axes. Markers that only show
    /// the points of a line are not written again.
    void add(const PlotSeries &series, const QString &xName, const QString &yName);
    /// Adds a map, with a column for each of its rows.
    void add(const PlotMap &map);
    /// A header, then values separated by commas.
    [[nodiscard]] QString text() const;

private:
    void addColumn(const QString &name, std::vector<double> values);

    QStringList m_names;
    std::vector<std::vector<double>> m_columns;
};

} // namespace dt
