// SPDX-License-Identifier: GPL-3.0-or-later
// PlotCanvas: pictures and numbers for other programs.
#include "widgets/plots/PlotCanvas.h"

#include "widgets/plots/PlotCanvasParts.h"

#include <QTextStream>

#include <algorithm>

namespace dt {

namespace {

/// Columns side by side, of unequal length.
class Table
{
public:
    void add(const QString &name, std::vector<double> values)
    {
        m_names.append(name);
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
                cells.append(row < column.size() ? QString::number(column[row], 'g', 9)
                                                 : QString());
            text += cells.join(u',') + u'\n';
        }
        return text;
    }

private:
    QStringList m_names;
    std::vector<std::vector<double>> m_columns;
};

} // namespace

QPixmap PlotCanvas::picture(double scale) const
{
    return d->plot->toPixmap(width(), height(), scale);
}

void PlotCanvas::paintOn(QPaintDevice *device, const QSize &size) const
{
    QCPPainter vector(device);
    vector.setMode(QCPPainter::pmVectorized);
    vector.setMode(QCPPainter::pmNoCaching);
    d->plot->toPainter(&vector, size.width(), size.height());
}

QString PlotCanvas::table() const
{
    Table table;
    const auto pair = [&](const QString &what, std::size_t i, std::vector<double> x,
                          std::vector<double> y) {
        if (x.empty())
            return;
        table.add(QStringLiteral("%1_%2_x").arg(what).arg(i + 1), std::move(x));
        table.add(QStringLiteral("%1_%2_y").arg(what).arg(i + 1), std::move(y));
    };
    for (std::size_t i = 0; i < d->lines.size(); ++i) {
        std::vector<double> x;
        std::vector<double> y;
        for (const QCPGraphData &point : *d->lines[i]->data()) {
            x.push_back(point.key);
            y.push_back(point.value);
        }
        pair(QStringLiteral("line"), i, std::move(x), std::move(y));
    }
    for (std::size_t i = 0; i < d->markers.size(); ++i) {
        std::vector<double> x;
        std::vector<double> y;
        for (const Marker &marker : d->markers[i]->points) {
            x.push_back(marker.x);
            y.push_back(marker.y);
        }
        pair(QStringLiteral("points"), i, std::move(x), std::move(y));
    }
    for (std::size_t i = 0; i < d->bars.size(); ++i) {
        std::vector<double> x;
        std::vector<double> y;
        for (const QCPBarsData &bar : *d->bars[i]->data()) {
            x.push_back(bar.key);
            y.push_back(bar.value + d->bars[i]->baseValue());
        }
        pair(QStringLiteral("bars"), i, std::move(x), std::move(y));
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
