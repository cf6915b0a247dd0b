// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/canvas/PlotTable.h"

#include "widgets/plots/canvas/MarkerLayer.h"
#include "widgets/plots/canvas/PlotMap.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

/// What is drawn with one name.
struct Curve
{
    QString name;
    QString number; ///< for want of a name
    std::vector<double> x;
    std::vector<double> y;
    bool onlyX = false; ///< heights are no data
    std::vector<double> error{};
    QString errorName{};

    void add(double atX, double atY)
    {
        x.push_back(atX);
        y.push_back(atY);
    }

    /// Every point of `dots` and no others, but for gaps.
    [[nodiscard]] bool showsTheSame(const Curve &dots) const
    {
        std::size_t next = 0;
        for (std::size_t i = 0; i < x.size(); ++i) {
            if (std::isnan(y[i]))
                continue;
            if (next == dots.x.size() || x[i] != dots.x[next] || y[i] != dots.y[next])
                return false;
            ++next;
        }
        return next > 0 && next == dots.x.size();
    }
};

std::vector<Curve> curvesOf(const PlotSeries &series)
{
    std::vector<Curve> all;
    for (std::size_t i = 0; i < series.lines().size(); ++i) {
        const PlotSeries::Line &line = series.lines()[i];
        if (line.ofMoment)
            continue;
        Curve curve{line.name, QObject::tr("line %1").arg(i + 1), {}, {}, false};
        for (const QCPGraphData &point : *line.graph->data())
            curve.add(point.key, point.value);
        if (line.errors) {
            curve.errorName = line.errorName;
            for (const QCPErrorBarsData &bar : *line.errors->data())
                curve.error.push_back(bar.errorPlus);
        }
        all.push_back(std::move(curve));
    }
    const std::size_t lines = all.size();
    for (std::size_t i = 0; i < series.markers().size(); ++i) {
        const PlotSeries::Markers &markers = series.markers()[i]->markers;
        if (markers.ofMoment)
            continue;
        Curve dots{markers.name, QObject::tr("points %1").arg(i + 1), {}, {}, markers.atTop};
        for (const PlotSeries::Marker &marker : markers.points)
            dots.add(marker.x, marker.y);
        // The dots of a curve are the curve.
        if (std::none_of(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(lines),
                         [&](const Curve &line) { return line.showsTheSame(dots); }))
            all.push_back(std::move(dots));
    }
    for (std::size_t i = 0; i < series.bars().size(); ++i) {
        const PlotSeries::Bars &bars = series.bars()[i];
        Curve curve{bars.name, QObject::tr("bars %1").arg(i + 1), {}, {}, false};
        for (const QCPBarsData &bar : *bars.drawn->data())
            curve.add(bar.key, bar.value + bars.drawn->baseValue());
        all.push_back(std::move(curve));
    }
    std::erase_if(all, [](const Curve &curve) { return curve.x.empty(); });
    return all;
}

QString joined(const QString &name, const QString &axis)
{
    return name.isEmpty() ? axis : QObject::tr("%1: %2").arg(name, axis);
}

} // namespace

void PlotTable::add(const PlotSeries &series, const QString &xName, const QString &yName)
{
    std::vector<Curve> all = curvesOf(series);
    const auto nameless = std::count_if(all.begin(), all.end(),
                                        [](const Curve &curve) { return curve.name.isEmpty(); });
    for (Curve &curve : all) {
        if (curve.name.isEmpty() && (nameless > 1 || yName.isEmpty()))
            curve.name = curve.number;
        addColumn(joined(curve.name, xName), std::move(curve.x));
        if (curve.onlyX)
            continue;
        const bool alone = curve.name.contains(u'[') || yName.isEmpty(); // it has its unit
        addColumn(alone ? curve.name : joined(curve.name, yName), std::move(curve.y));
        if (!curve.error.empty())
            addColumn(joined(curve.name, curve.errorName), std::move(curve.error));
    }
}

void PlotTable::add(const PlotMap &map)
{
    if (!map.drawn())
        return;
    QCPColorMapData &cells = *map.drawn()->data();
    for (int row = 0; row < cells.valueSize(); ++row) {
        std::vector<double> values;
        for (int column = 0; column < cells.keySize(); ++column)
            values.push_back(cells.cell(column, row));
        addColumn(QStringLiteral("row_%1").arg(row), std::move(values));
    }
}

void PlotTable::addColumn(const QString &name, std::vector<double> values)
{
    // Names that break on the screen stand in one line of a file.
    m_names.append(u'"' + name.simplified().replace(u'"', QStringLiteral("\"\"")) + u'"');
    m_columns.push_back(std::move(values));
}

QString PlotTable::text() const
{
    QString text = m_names.join(u',') + u'\n';
    std::size_t rows = 0;
    for (const std::vector<double> &column : m_columns)
        rows = std::max(rows, column.size());
    for (std::size_t row = 0; row < rows; ++row) {
        QStringList cells;
        for (const std::vector<double> &column : m_columns)
            cells.append(row < column.size() && !std::isnan(column[row])
                             ? QString::number(column[row], 'g', 9)
                             : QString());
        text += cells.join(u',') + u'\n';
    }
    return text;
}

} // namespace dt
