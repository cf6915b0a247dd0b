// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/data/ScatterGrid.h"

#include "widgets/data/StatisticText.h"
#include "widgets/plots/PlotCanvas.h"
#include "widgets/plots/PlotTile.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QEvent>
#include <QGridLayout>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace dt {

namespace {

constexpr int MostScatterColumns = 5;
constexpr int FewestScatterColumns = 2;
constexpr double DotPx = 3.0;

constexpr std::array Against{Statistic::ExcMean,     Statistic::InhMean,       Statistic::SomaVMean,
                             Statistic::DendVMean,   Statistic::NearSpikeMean, Statistic::ExcSd,
                             Statistic::InhSd,       Statistic::SomaVSd,       Statistic::DendVSd,
                             Statistic::InstRateSdHz};

double valueOf(const StatisticValues &values, Statistic statistic)
{
    return values[static_cast<std::size_t>(statistic)];
}

} // namespace

ScatterGrid::ScatterGrid(QWidget *parent) : QWidget(parent)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, theme::Grid, 0, 0);
    grid->setSpacing(theme::Grid / 2);
    for (std::size_t i = 0; i < Against.size(); ++i) {
        auto *canvas = new PlotCanvas;
        canvas->setObjectName(QStringLiteral("scatter%1Plot").arg(i));
        canvas->addMarkers(PlotCanvas::Shape::Dot, colours::ghost(palette()));
        canvas->addMarkers(PlotCanvas::Shape::Dot, palette().color(QPalette::WindowText));
        m_tiles.push_back({Against[i], canvas, new PlotTile(statisticTitle(Against[i]), canvas)});
    }
    restyle();
    draw();
}

// As many columns as have room for plots that can be read.
void ScatterGrid::arrange()
{
    const QFontMetrics metrics(theme::captionFont());
    int columns = MostScatterColumns;
    while (columns > FewestScatterColumns
           && width() < columns * metrics.horizontalAdvance(QLatin1Char('0')) * 17)
        --columns;
    if (columns == m_columns)
        return;
    m_columns = columns;
    auto *grid = qobject_cast<QGridLayout *>(layout());
    while (grid->count() > 0)
        delete grid->takeAt(0);
    const int numbers = metrics.horizontalAdvance(QStringLiteral("00.0")) + 18;
    const auto count = static_cast<int>(m_tiles.size());
    for (int i = 0; i < count; ++i) {
        const Tile &tile = m_tiles[static_cast<std::size_t>(i)];
        // The left column names the axis for all of them.
        const bool labelled = i % columns == 0;
        tile.canvas->setYLabel(labelled ? tr("Firing rate [Hz]") : QString());
        tile.canvas->setSideMargins(numbers + (labelled ? metrics.height() : 0), 10);
        grid->addWidget(tile.tile, i / columns, i % columns);
    }
    for (int c = 0; c < MostScatterColumns; ++c)
        grid->setColumnStretch(c, c < columns ? 1 : 0);
}

void ScatterGrid::restyle()
{
    // High enough for the name of the vertical axis.
    for (const Tile &tile : m_tiles)
        tile.canvas->setMinimumHeight(QFontMetrics(theme::captionFont()).height() * 10);
    m_columns = 0;
    arrange();
}

void ScatterGrid::setStatistics(std::vector<StatisticValues> kept,
                                std::vector<StatisticValues> gone)
{
    m_kept = std::move(kept);
    m_gone = std::move(gone);
    draw();
}

void ScatterGrid::draw()
{
    double highest = 1.0;
    for (const auto *part : {&m_kept, &m_gone}) {
        for (const StatisticValues &values : *part)
            highest = std::max(highest, valueOf(values, Statistic::FiringRateHz));
    }
    for (const Tile &tile : m_tiles) {
        double lo = std::numeric_limits<double>::infinity();
        double hi = -lo;
        int series = 0;
        for (const auto *part : {&m_gone, &m_kept}) {
            std::vector<PlotCanvas::Marker> dots;
            dots.reserve(part->size());
            for (const StatisticValues &values : *part) {
                const double x = valueOf(values, tile.statistic);
                lo = std::min(lo, x);
                hi = std::max(hi, x);
                dots.push_back({x, valueOf(values, Statistic::FiringRateHz), DotPx});
            }
            tile.canvas->setMarkersColour(series,
                                          series == 0 ? colours::ghost(palette())
                                                      : palette().color(QPalette::Highlight));
            tile.canvas->setMarkers(series++, std::move(dots));
        }
        const bool empty = !(lo <= hi);
        const double room = empty ? 0.5 : std::max(1e-6, 0.05 * (hi - lo));
        const QString unit = statisticUnit(tile.statistic);
        tile.canvas->setXAxis(unit.isEmpty() ? tr("share of the time") : unit,
                              empty ? 0.0 : lo - room, empty ? 1.0 : hi + room);
        tile.canvas->setYRange(-0.05 * highest, 1.08 * highest);
        tile.canvas->setEmptyText(empty ? tr("No simulations") : QString());
        tile.canvas->redraw();
    }
}

void ScatterGrid::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        draw();
    if (event->type() == QEvent::FontChange)
        restyle();
}

void ScatterGrid::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

} // namespace dt
