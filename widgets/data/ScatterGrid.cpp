// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/data/ScatterGrid.h"

#include "widgets/data/PlotTile.h"
#include "widgets/data/StatisticText.h"
#include "widgets/plots/PlotCanvas.h"
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

constexpr int Columns = 5;
constexpr double DotPx = 3.0;

constexpr std::array Against{Statistic::ExcMean,   Statistic::InhMean,      Statistic::SomaVMean,
                             Statistic::DendVMean, Statistic::NearSpikeMean, Statistic::ExcSd,
                             Statistic::InhSd,     Statistic::SomaVSd,      Statistic::DendVSd,
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
    const QFontMetrics metrics(theme::captionFont());
    for (std::size_t i = 0; i < Against.size(); ++i) {
        auto *canvas = new PlotCanvas;
        const int column = static_cast<int>(i) % Columns;
        canvas->setObjectName(QStringLiteral("scatter%1Plot").arg(i));
        canvas->setSideMargins(
            metrics.horizontalAdvance(QStringLiteral("100")) + metrics.height() + 12, 10);
        canvas->setYLabel(column == 0 ? tr("Firing rate [Hz]") : QString());
        canvas->addMarkers(PlotCanvas::Shape::Dot, colours::ghost(palette()));
        canvas->addMarkers(PlotCanvas::Shape::Dot, palette().color(QPalette::WindowText));
        m_tiles.push_back({Against[i], canvas});
        grid->addWidget(new PlotTile(statisticTitle(Against[i]), canvas), static_cast<int>(i) / Columns, column);
    }
    draw();
}

void ScatterGrid::setStatistics(std::vector<StatisticValues> kept, std::vector<StatisticValues> gone)
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
            tile.canvas->setMarkersColour(series, series == 0
                                              ? colours::ghost(palette())
                                              : palette().color(QPalette::Highlight));
            tile.canvas->setMarkers(series++, std::move(dots));
        }
        const bool empty = !(lo <= hi);
        const double room = empty ? 0.5 : std::max(1e-6, 0.05 * (hi - lo));
        tile.canvas->setXAxis(statisticUnit(tile.statistic), empty ? 0.0 : lo - room,
                              empty ? 1.0 : hi + room);
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
}

} // namespace dt
