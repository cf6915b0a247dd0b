// SPDX-License-Identifier: GPL-3.0-or-later
// PlotCanvas: numbers for other programs.
#include "widgets/plots/PlotCanvas.h"

#include "widgets/plots/PlotCanvasParts.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

/// Columns side by side, of unequal length.
class Table
{
public:
    void add(const QString &name, std::vector<double> values)
    {
        // Names that break on the screen stand in one line of a file.
        m_names.append(u'"' + name.simplified().replace(u'"', QStringLiteral("\"\"")) + u'"');
        m_columns.push_back(std::move(values));
    }
    [[nodiscard]] QString text() const
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

private:
    QStringList m_names;
    std::vector<std::vector<double>> m_columns;
};

/// What is drawn with one name.
struct Series
{
    QString name;
    QString number; ///< for want of a name
    std::vector<double> x;
    std::vector<double> y;
    bool onlyX = false; ///< heights are no data
    std::vector<double> error{};

    void add(double atX, double atY)
    {
        x.push_back(atX);
        y.push_back(atY);
    }

    /// Every point of `dots` and no others, but for gaps.
    [[nodiscard]] bool showsTheSame(const Series &dots) const
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

} // namespace

void PlotCanvas::setStamp(const QString &stamp)
{
    d->stamp = stamp;
}

const QString &PlotCanvas::stamp() const
{
    return d->stamp;
}

QString PlotCanvas::table() const
{
    std::vector<Series> all;
    for (std::size_t i = 0; i < d->lines.size(); ++i) {
        if (d->isOfMoment(i))
            continue;
        Series s{d->names[i], tr("line %1").arg(i + 1), {}, {}, false};
        for (const QCPGraphData &point : *d->lines[i]->data())
            s.add(point.key, point.value);
        if (d->errors[i]) {
            for (const QCPErrorBarsData &bar : *d->errors[i]->data())
                s.error.push_back(bar.errorPlus);
        }
        all.push_back(std::move(s));
    }
    const std::size_t lines = all.size();
    for (std::size_t i = 0; i < d->markers.size(); ++i) {
        Series s{d->markerNames[i], tr("points %1").arg(i + 1), {}, {}, false};
        if (d->markers[i]->ofMoment)
            continue;
        s.onlyX = d->markers[i]->atTop;
        for (const Marker &marker : d->markers[i]->points)
            s.add(marker.x, marker.y);
        // The dots of a curve are the curve.
        if (std::none_of(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(lines),
                         [&](const Series &line) { return line.showsTheSame(s); }))
            all.push_back(std::move(s));
    }
    for (std::size_t i = 0; i < d->bars.size(); ++i) {
        Series s{d->barNames[i], tr("bars %1").arg(i + 1), {}, {}, false};
        for (const QCPBarsData &bar : *d->bars[i]->data())
            s.add(bar.key, bar.value + d->bars[i]->baseValue());
        all.push_back(std::move(s));
    }
    std::erase_if(all, [](const Series &s) { return s.x.empty(); });
    const auto nameless =
        std::count_if(all.begin(), all.end(), [](const Series &s) { return s.name.isEmpty(); });
    const QString yName = d->yLabel.isEmpty() ? accessibleName() : d->yLabel;
    Table table;
    for (Series &s : all) {
        if (s.name.isEmpty() && (nameless > 1 || yName.isEmpty()))
            s.name = s.number;
        const bool hasUnit = s.name.contains(u'[');
        table.add(s.name.isEmpty() ? d->xLabel : tr("%1: %2").arg(s.name, d->xLabel),
                  std::move(s.x));
        if (s.onlyX)
            continue;
        table.add(s.name.isEmpty()                 ? yName
                      : hasUnit || yName.isEmpty() ? s.name
                                                   : tr("%1: %2").arg(s.name, yName),
                  std::move(s.y));
        if (!s.error.empty())
            table.add(s.name.isEmpty() ? d->errorName : tr("%1: %2").arg(s.name, d->errorName),
                      std::move(s.error));
    }
    if (d->map) {
        QCPColorMapData &cells = *d->map->data();
        for (int row = 0; row < cells.valueSize(); ++row) {
            std::vector<double> values;
            for (int column = 0; column < cells.keySize(); ++column)
                values.push_back(cells.cell(column, row));
            table.add(QStringLiteral("row_%1").arg(row), std::move(values));
        }
    }
    return table.text();
}

} // namespace dt
