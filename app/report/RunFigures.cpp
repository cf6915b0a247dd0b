// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/RunFigures.h"

#include "widgets/compare/CompareView.h"
#include "widgets/compare/SeriesLegend.h"
#include "widgets/data/PlotTile.h"
#include "widgets/plots/PlotCanvas.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace dt {

namespace {

constexpr std::size_t Points = 800;

/// Means of neighbouring iterations.
struct Thinned
{
    std::vector<double> x; ///< iteration
    std::vector<std::array<double, HeadCount>> y;
};

Thinned weightedLosses(const LossColumns &losses)
{
    Thinned thinned;
    const std::size_t group = std::max<std::size_t>(1, (losses.size() + Points - 1) / Points);
    for (std::size_t from = 0; from < losses.size(); from += group) {
        const std::size_t to = std::min(from + group, losses.size());
        std::array<double, HeadCount> mean{};
        for (std::size_t h = 0; h < HeadCount; ++h) {
            for (std::size_t i = from; i < to; ++i)
                mean[h] += losses.weights[h][i] * losses.heads[h][i];
            mean[h] /= static_cast<double>(to - from);
        }
        thinned.x.push_back(0.5 * static_cast<double>(from + to - 1));
        thinned.y.push_back(mean);
    }
    return thinned;
}

PlotCanvas *addPlot(QHBoxLayout *row, const QString &title, const QString &y)
{
    auto *canvas = new PlotCanvas;
    const QFontMetrics metrics(theme::captionFont());
    canvas->setSideMargins(
        metrics.horizontalAdvance(QStringLiteral("0.0000")) + metrics.height() + 12, 14);
    canvas->setYLabel(y);
    row->addWidget(new PlotTile(title, canvas), 1);
    return canvas;
}

} // namespace

RunFigures::RunFigures(const TrainingHistory &history, const TrainingSettings &settings)
{
    const QPalette paper = theme::palette(false, false);
    const double last = static_cast<double>(std::max<std::size_t>(history.iterations(), 2)) - 1.0;
    auto *row = new QHBoxLayout;
    auto *legend = new SeriesLegend(SeriesLegend::Kind::Line);
    auto *column = new QVBoxLayout(this);
    column->addWidget(legend);
    column->addLayout(row, 1);

    PlotCanvas *norm = addPlot(row, tr("Gradient norm, before it is cut"), tr("Norm"));
    norm->setYLogarithmic();
    norm->setXAxis(tr("Iteration"), 0.0, last);
    norm->addLine({colours::onto(colours::Twin, paper)});
    std::vector<double> x;
    std::vector<double> y;
    const std::size_t group =
        std::max<std::size_t>(1, (history.gradNorm.size() + Points - 1) / Points);
    for (std::size_t from = 0; from < history.gradNorm.size(); from += group) {
        const std::size_t to = std::min(from + group, history.gradNorm.size());
        const double sum = std::accumulate(
            history.gradNorm.begin() + static_cast<std::ptrdiff_t>(from),
            history.gradNorm.begin() + static_cast<std::ptrdiff_t>(to), 0.0);
        const double mean = sum / static_cast<double>(to - from);
        if (!std::isfinite(mean) || mean <= 0.0)
            continue;
        x.push_back(0.5 * static_cast<double>(from + to - 1));
        y.push_back(mean);
    }
    norm->setPoints(0, x, y);
    const double most = y.empty() ? 1.0 : *std::max_element(y.begin(), y.end());
    const double least = y.empty() ? 0.1 : *std::min_element(y.begin(), y.end());
    norm->setYRange(0.8 * least, 1.3 * std::max(most, settings.maxGradNorm));
    norm->addReference(settings.maxGradNorm, tr("cut at %1").arg(settings.maxGradNorm));

    PlotCanvas *weighted = addPlot(row, tr("Weighted losses, training"), tr("Loss"));
    weighted->setYLogarithmic();
    PlotCanvas *shares = addPlot(row, tr("Shares of the total, training"), tr("Share"));
    const Thinned losses = weightedLosses(history.training);
    const std::array names{tr("Spikes"), tr("Soma voltage"), tr("Near a spike"),
                           tr("Instantaneous rate"), tr("Dendritic voltages")};
    std::vector<SeriesLegend::Entry> entries;
    double lowest = 1.0e300;
    double highest = 0.0;
    for (std::size_t h = 0; h < HeadCount; ++h) {
        std::vector<double> at;
        std::vector<double> value;
        std::vector<double> share;
        for (std::size_t i = 0; i < losses.x.size(); ++i) {
            const double total = std::accumulate(losses.y[i].begin(), losses.y[i].end(), 0.0);
            if (!std::isfinite(total) || losses.y[i][h] <= 0.0)
                continue;
            at.push_back(losses.x[i]);
            value.push_back(losses.y[i][h]);
            share.push_back(losses.y[i][h] / total);
            lowest = std::min(lowest, value.back());
            highest = std::max(highest, value.back());
        }
        const SeriesStyle style = seriesStyle(h, paper);
        const PlotCanvas::LineStyle line{style.colour, 1.0, false, false, style.dash};
        weighted->setPoints(weighted->addLine(line), at, value);
        shares->setPoints(shares->addLine(line), at, share);
        entries.push_back({names[h], style.colour, style.dash});
    }
    legend->setEntries(std::move(entries));
    weighted->setXAxis(tr("Iteration"), 0.0, last);
    weighted->setYRange(highest > 0.0 ? 0.8 * lowest : 0.1, highest > 0.0 ? 1.3 * highest : 1.0);
    shares->setXAxis(tr("Iteration"), 0.0, last);
    shares->setYRange(0.0, 1.0);
}

} // namespace dt
