// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/ParetoView.h"

#include "engine/twin/evaluation/TwinVerdict.h"
#include "widgets/plots/PlotTile.h"
#include "widgets/plots/SeriesLegend.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <set>

namespace dt {

namespace {

constexpr Figure Quality = Figure::SpikesAuc;
constexpr double PointPx = 9.0;

QString axisOf(Figure figure)
{
    switch (figure) {
    case Figure::Parameters:
        return ParetoView::tr("Parameters");
    case Figure::MsPerSimulation:
        return ParetoView::tr("Time per simulation [ms]");
    default:
        return ParetoView::tr("Training memory, computed [MB]");
    }
}

QString titleOf(Figure figure)
{
    switch (figure) {
    case Figure::Parameters:
        return ParetoView::tr("Size");
    case Figure::MsPerSimulation:
        return ParetoView::tr("Time to predict");
    default:
        return ParetoView::tr("Memory to train");
    }
}

std::vector<std::string> neuronsOf(const ComparedTwins &twins)
{
    std::set<std::string> names;
    for (const auto &twin : twins) {
        if (figureOf(*twin, Quality))
            names.insert(neuronOf(*twin));
    }
    return {names.begin(), names.end()};
}

/// By its network; by its own name where another twin of the same neuron and network is shown.
QString pointText(const ComparedTwins &twins, const ComparedTwin &twin)
{
    const std::string network = pointNameOf(twin);
    const auto same = std::count_if(twins.begin(), twins.end(), [&](const auto &other) {
        return pointNameOf(*other) == network && neuronOf(*other) == neuronOf(twin);
    });
    return QString::fromStdString(same > 1 ? nameOf(twin) : network);
}

bool isFailed(const ComparedTwin &twin)
{
    const std::optional<double> auc = figureOf(twin, Quality);
    return auc && !hasLearned(*auc);
}

} // namespace

ParetoView::ParetoView(QWidget *parent) :
    CompareView(parent), m_legend(new SeriesLegend(SeriesLegend::Kind::Marker)),
    m_meaning(
        new QLabel(tr("Up and to the left is better. The Pareto line joins the twins that no "
                      "other twin of the same neuron beats in both. Memory is computed from the "
                      "sizes; time is measured on this computer, with one core for each twin.")))
{
    m_meaning->setObjectName(QStringLiteral("paretoMeaningLabel"));
    m_meaning->setWordWrap(true);
    theme::setRole(m_meaning, "caption");
    theme::setRole(m_meaning, "muted");
    auto *row = new QHBoxLayout;
    row->setSpacing(theme::Grid);
    for (std::size_t i = 0; i < Prices.size(); ++i) {
        Plot &plot = m_plots[i];
        plot.canvas = new PlotCanvas;
        plot.canvas->setObjectName(QStringLiteral("pareto%1Plot").arg(i));
        plot.canvas->setYLabel(i == 0 ? tr("AUC of spikes") : QString());
        plot.canvas->addMarkers(PlotCanvas::Shape::Down, Qt::gray); // FailedMarkers
        plot.canvas->placeMarkerTexts();
        plot.canvas->setXLogarithmic();
        plot.tile = new PlotTile(titleOf(Prices[i]), plot.canvas);
        row->addWidget(plot.tile, 1);
    }
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, theme::Grid, 0, 0);
    column->setSpacing(theme::Grid / 2);
    column->addWidget(m_legend);
    column->addLayout(row, 1);
    column->addWidget(m_meaning);
    draw();
}

void ParetoView::setTwins(const ComparedTwins &twins)
{
    m_twins = twins;
    draw();
}

void ParetoView::draw()
{
    const std::vector<std::string> neurons = neuronsOf(m_twins);
    std::vector<SeriesLegend::Entry> entries;
    for (std::size_t n = 0; n < neurons.size(); ++n) {
        const SeriesStyle style = seriesStyle(n, palette());
        SeriesLegend::Entry entry{QString::fromStdString(neurons[n]), style.colour};
        entry.shape = style.shape;
        entries.push_back(std::move(entry));
    }
    if (std::any_of(m_twins.begin(), m_twins.end(), [](const auto &t) { return isFailed(*t); })) {
        SeriesLegend::Entry failed{tr("Has not learned (AUC below %1)").arg(LeastLearnedAuc),
                                   colours::muted(palette())};
        failed.shape = PlotCanvas::Shape::Down;
        entries.push_back(std::move(failed));
    }
    m_legend->setEntries(std::move(entries));
    double least = 1.0;
    double most = 0.0;
    for (const auto &twin : m_twins) {
        if (const std::optional<double> auc = figureOf(*twin, Quality); auc && hasLearned(*auc)) {
            least = std::min(least, *auc);
            most = std::max(most, *auc);
        }
    }
    if (least > most)
        least = most = 1.0;
    const double room = std::max(0.0005, 0.12 * (most - least));
    for (std::size_t i = 0; i < m_plots.size(); ++i)
        drawPlot(i, neurons, {least - room, most + room});
}

void ParetoView::drawPlot(std::size_t i, const std::vector<std::string> &neurons,
                          const Spread &quality)
{
    Plot &plot = m_plots[i];
    PlotCanvas &canvas = *plot.canvas;
    while (plot.series < static_cast<int>(neurons.size())) {
        canvas.addLine({});
        canvas.addMarkers(seriesStyle(static_cast<std::size_t>(plot.series), palette()).shape,
                          Qt::black);
        ++plot.series;
    }
    const QFontMetrics metrics(theme::captionFont());
    canvas.setSideMargins(metrics.horizontalAdvance(QStringLiteral("0.9999"))
                              + (i == 0 ? metrics.height() : 0) + 16,
                          16);
    // The last are those that have not learned.
    std::vector<std::vector<PlotCanvas::Marker>> points(neurons.size() + 1);
    const double lowest = quality.from + 0.04 * (quality.to - quality.from);
    double least = 1.0e300;
    double most = 0.0;
    QStringList &front = m_fronts[i];
    front.clear();
    for (std::size_t n = 0; n < static_cast<std::size_t>(plot.series); ++n) {
        std::vector<PricedPoint> priced;
        QStringList names;
        for (const auto &twin : m_twins) {
            const std::optional<double> auc = figureOf(*twin, Quality);
            const std::optional<double> price = figureOf(*twin, Prices[i]);
            if (n >= neurons.size() || !auc || !price || *price <= 0.0
                || neuronOf(*twin) != neurons[n])
                continue;
            const QString name = pointText(m_twins, *twin);
            least = std::min(least, *price);
            most = std::max(most, *price);
            if (!hasLearned(*auc)) {
                points.back().push_back(
                    {*price, lowest, PointPx, false, tr("%1: %2").arg(name).arg(*auc, 0, 'f', 2)});
                continue;
            }
            priced.push_back({*price, *auc});
            names << name;
            points[n].push_back({*price, *auc, PointPx, false, name});
        }
        std::vector<double> x;
        std::vector<double> y;
        for (const std::size_t p : paretoFront(priced)) {
            x.push_back(priced[p].price);
            y.push_back(priced[p].quality);
            front << names[static_cast<qsizetype>(p)];
        }
        const SeriesStyle style = seriesStyle(n, palette());
        canvas.setLineStyle(static_cast<int>(n), {style.colour, 1.0, true, false, style.dash});
        canvas.setPoints(static_cast<int>(n), x, y);
        canvas.setMarkersColour(markersOf(n), style.colour);
        canvas.setMarkersName(markersOf(n),
                              n < neurons.size() ? QString::fromStdString(neurons[n]) : QString());
    }
    canvas.setMarkersColour(FailedMarkers, colours::muted(palette()));
    const bool empty = most <= 0.0;
    canvas.setEmptyText(!empty                ? QString()
                            : m_twins.empty() ? tr("Tick twins in the table")
                            : Prices[i] == Figure::MsPerSimulation
                            ? tr("Not measured here yet")
                            : tr("Not evaluated, or not known"));
    const double from = empty ? 0.0 : std::log10(least);
    const double to = empty ? 1.0 : std::log10(most);
    const double room = std::max(0.15, 0.14 * (to - from));
    canvas.setXAxis(axisOf(Prices[i]), std::pow(10.0, from - room), std::pow(10.0, to + room));
    canvas.setXTicks(logTicks(from - room, to + room));
    canvas.setYRange(quality.from, quality.to);
    canvas.setMarkers(FailedMarkers, std::move(points.back()));
    points.pop_back();
    for (std::size_t n = 0; n < static_cast<std::size_t>(plot.series); ++n)
        canvas.setMarkers(markersOf(n),
                          n < points.size() ? std::move(points[n])
                                            : std::vector<PlotCanvas::Marker>());
    canvas.redraw();
}

QString ParetoView::csv() const
{
    QStringList head{QStringLiteral("twin"), QStringLiteral("neuron"),
                     QString::fromUtf8(figureInfo(Quality).name.data()), QStringLiteral("learned")};
    for (const Figure price : Prices)
        head << QString::fromUtf8(figureInfo(price).name.data());
    QString all = head.join(u',') + u'\n';
    const auto number = [](const std::optional<double> &value) {
        return value ? QString::number(*value, 'g', 9) : QString();
    };
    for (const auto &twin : m_twins) {
        QStringList row{csvCell(QString::fromStdString(dt::titleOf(*twin))),
                        csvCell(QString::fromStdString(neuronOf(*twin))),
                        number(figureOf(*twin, Quality)),
                        !figureOf(*twin, Quality) ? QString()
                            : isFailed(*twin)     ? QStringLiteral("no")
                                                  : QStringLiteral("yes")};
        for (const Figure price : Prices)
            row << number(figureOf(*twin, price));
        all += row.join(u',') + u'\n';
    }
    return all;
}

} // namespace dt
