// SPDX-License-Identifier: GPL-3.0-or-later
// PlotCanvas: pictures and numbers for other programs.
#include "widgets/plots/PlotCanvas.h"

#include "widgets/plots/PlotCanvasParts.h"
#include "widgets/theme/Theme.h"

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

void PlotCanvas::setStamp(const QString &stamp)
{
    d->stamp = stamp;
}

const QString &PlotCanvas::stamp() const
{
    return d->stamp;
}

int PlotCanvas::captionHeight(const QString &caption, int width) const
{
    if (caption.isEmpty())
        return 0;
    const QFontMetrics metrics(theme::captionFont());
    return metrics.boundingRect(QRect(0, 0, width - 2 * theme::Grid, 1000), Qt::TextWordWrap, caption)
               .height()
        + theme::Grid;
}

QSize PlotCanvas::sizeWith(const QString &caption) const
{
    const int labels = bottomMargin(true) - bottomMargin(d->timeLabels);
    return {width(), height() + labels + captionHeight(caption, width())};
}

QPixmap PlotCanvas::picture(double scale, const QString &caption) const
{
    const QSize size = sizeWith(caption);
    QPixmap picture(size * scale);
    picture.setDevicePixelRatio(scale);
    {
        QCPPainter painter(&picture);
        paintWith(painter, size, caption);
    }
    return picture;
}

void PlotCanvas::paintOn(QPaintDevice *device, const QSize &size, const QString &caption) const
{
    QCPPainter vector(device);
    vector.setMode(QCPPainter::pmVectorized);
    vector.setMode(QCPPainter::pmNoCaching);
    paintWith(vector, size, caption);
}

// A plot that has another one below it does not name its time on the screen; on paper it stands alone.
void PlotCanvas::paintWith(QCPPainter &painter, const QSize &size, const QString &caption) const
{
    QCustomPlot &plot = *d->plot;
    const QMargins margins = plot.axisRect()->margins();
    if (!d->timeLabels) {
        QMargins roomy = margins;
        roomy.setBottom(bottomMargin(true));
        plot.axisRect()->setMargins(roomy);
        plot.xAxis->setTickLabels(true);
        plot.xAxis->setLabel(d->xLabel);
    }
    const int below = captionHeight(caption, size.width());
    painter.save();
    plot.toPainter(&painter, size.width(), size.height() - below);
    painter.restore();
    if (below > 0) {
        const QRect room(0, size.height() - below, size.width(), below);
        painter.fillRect(room, palette().color(QPalette::Window));
        painter.setPen(palette().color(QPalette::WindowText));
        painter.setFont(theme::captionFont());
        painter.drawText(room.adjusted(theme::Grid, 0, -theme::Grid, 0),
                         Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, caption);
    }
    if (!d->timeLabels) {
        plot.axisRect()->setMargins(margins);
        plot.xAxis->setTickLabels(false);
        plot.xAxis->setLabel({});
        plot.replot(QCustomPlot::rpQueuedReplot);
    }
}

QString PlotCanvas::table() const
{
    Table table;
    const auto pair = [&](const QString &what, std::size_t i, std::vector<double> x,
                          std::vector<double> y, const QString &name = {}) {
        if (x.empty())
            return;
        if (!name.isEmpty()) {
            const auto quoted = [](QString text) {
                return u'"' + text.replace(u'"', QStringLiteral("\"\"")) + u'"';
            };
            table.add(quoted(tr("%1: %2").arg(name, d->xLabel)), std::move(x));
            table.add(quoted(name), std::move(y));
            return;
        }
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
        pair(QStringLiteral("line"), i, std::move(x), std::move(y), d->names[i]);
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
