// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/twin/EvaluationPlots.h"

#include "widgets/data/PlotTile.h"
#include "widgets/plots/PlotCanvas.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QEvent>
#include <QGridLayout>

#include <algorithm>
#include <array>
#include <cmath>

namespace dt {

namespace {

constexpr double DotPx = 2.5;
constexpr std::size_t MostDots = 4000;

/// Range that leaves out the last thousandth at both ends, so that a few outliers do not squeeze the
/// rest, with a little room.
std::pair<double, double> rangeOf(const std::vector<float> &values, double scale)
{
    if (values.empty())
        return {0.0, 1.0};
    std::vector<float> sorted = values;
    std::sort(sorted.begin(), sorted.end());
    const auto at = [&](double share) {
        return scale
            * static_cast<double>(
                   sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))]);
    };
    const double lo = at(0.001);
    const double hi = at(0.999);
    const double room = std::max(1e-6, 0.03 * (hi - lo));
    return {lo - room, hi + room};
}

} // namespace

EvaluationPlots::EvaluationPlots(QWidget *parent) : QWidget(parent)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(theme::Grid);
    m_roc = addTile(QStringLiteral("roc"), tr("Spikes found, against false alarms"), 0, 0);
    m_precision = addTile(QStringLiteral("precision"), tr("Precision, against spikes found"), 0, 1);
    m_calibration = addTile(QStringLiteral("calibration"), tr("Rate in long bins"), 0, 2);
    m_reliability = addTile(QStringLiteral("reliability"), tr("Spikes that came true"), 0, 3);
    m_soma = addTile(QStringLiteral("soma"), tr("Soma voltage"), 1, 0);
    m_rate = addTile(QStringLiteral("rate"), tr("Instantaneous rate"), 1, 1);
    m_dend = addTile(QStringLiteral("dend"), tr("Dendritic voltages"), 1, 2);
    m_perSimulation = addTile(QStringLiteral("perSimulation"), tr("Every simulation"), 1, 3);
    for (int i = 0; i < 2; ++i)
        m_roc.canvas->addLine({});
    m_precision.canvas->addLine({});
    m_reliability.canvas->addLine({});
    m_reliability.canvas->addLine({});
    m_reliability.canvas->addMarkers(PlotCanvas::Shape::Dot, Qt::black);
    m_perSimulation.canvas->addMarkers(PlotCanvas::Shape::Dot, Qt::black);
    for (const Tile &tile : {m_calibration, m_soma, m_rate, m_dend}) {
        tile.canvas->addMarkers(PlotCanvas::Shape::Dot, Qt::black);
        tile.canvas->addLine({});
    }
    m_roc.canvas->setYLabel(tr("True positive rate"));
    m_precision.canvas->setYLabel(tr("Precision"));
    m_calibration.canvas->setYLabel(tr("Twin [Hz]"));
    m_reliability.canvas->setYLabel(tr("Observed share"));
    m_soma.canvas->setYLabel(tr("Twin [mV]"));
    m_rate.canvas->setYLabel(tr("Twin [Hz]"));
    m_dend.canvas->setYLabel(tr("Twin [mV]"));
    m_perSimulation.canvas->setYLabel(tr("AUC of spikes"));
    draw();
}

EvaluationPlots::Tile EvaluationPlots::addTile(const QString &name, const QString &title, int row,
                                               int column)
{
    auto *canvas = new PlotCanvas;
    canvas->setObjectName(name + QStringLiteral("Plot"));
    const QFontMetrics metrics(theme::captionFont());
    canvas->setSideMargins(
        metrics.horizontalAdvance(QStringLiteral("-100.0")) + metrics.height() + 12, 14);
    auto *tile = new PlotTile(title, canvas);
    static_cast<QGridLayout *>(layout())->addWidget(tile, row, column);
    return {tile, canvas};
}

void EvaluationPlots::setEvaluation(const std::optional<Evaluation> &evaluation)
{
    m_evaluation = evaluation;
    draw();
}

void EvaluationPlots::drawIdentity(PlotCanvas &canvas, int line, double from, double to)
{
    const std::array<double, 2> ends{from, to};
    canvas.setLineStyle(line, {colours::muted(palette()), 0.7});
    canvas.setPoints(line, ends, ends);
}

void EvaluationPlots::draw()
{
    const QString empty = m_evaluation ? QString() : tr("Not evaluated yet");
    for (const Tile &tile : {m_roc, m_precision, m_calibration, m_reliability, m_soma, m_rate,
                             m_dend, m_perSimulation}) {
        tile.canvas->setEmptyText(empty);
        tile.tile->setReadOut({});
    }
    if (m_evaluation) {
        drawRoc();
        drawPrecision();
        drawCalibration();
        drawReliability();
        drawScatter(m_soma, m_evaluation->soma, 1.0, tr("Neuron [mV]"));
        drawScatter(m_rate, m_evaluation->rate, 1000.0, tr("Neuron [Hz]"));
        drawScatter(m_dend, m_evaluation->dend, 1.0, tr("Neuron [mV]"));
        std::vector<PlotCanvas::Marker> dots;
        double most = 1.0;
        double least = 1.0;
        for (const SimulationScores &s : m_evaluation->perSimulation) {
            dots.push_back({static_cast<double>(s.spikes), s.spikesAuc, DotPx * 1.6});
            most = std::max(most, static_cast<double>(s.spikes));
            least = std::min(least, s.spikesAuc);
        }
        m_perSimulation.canvas->setMarkersColour(0, colours::onto(colours::Twin, palette()));
        m_perSimulation.canvas->setMarkers(0, std::move(dots));
        m_perSimulation.canvas->setXAxis(tr("Spikes of the neuron"), 0.0, 1.05 * most);
        const double room = std::max(0.01, 0.06 * (1.0 - least));
        m_perSimulation.canvas->setYRange(std::max(0.0, least - room), 1.0 + room);
    }
    for (const Tile &tile : {m_roc, m_precision, m_calibration, m_reliability, m_soma, m_rate,
                             m_dend, m_perSimulation})
        tile.canvas->redraw();
}

void EvaluationPlots::drawRoc()
{
    PlotCanvas &canvas = *m_roc.canvas;
    canvas.setXAxis(tr("False positive rate"), 0.0, 1.0);
    canvas.setYRange(0.0, 1.04);
    drawIdentity(canvas, 0, 0.0, 1.0);
    canvas.setLineStyle(1, {colours::onto(colours::Twin, palette()), 1.2});
    if (const auto &spikes = m_evaluation->spikes) {
        canvas.setPoints(1, spikes->roc.fpr, spikes->roc.tpr);
        m_roc.tile->setReadOut(tr("AUC %1").arg(spikes->auc, 0, 'f', 4));
    } else {
        canvas.setPoints(1, {}, {});
        canvas.setEmptyText(tr("No spikes to find"));
    }
}

void EvaluationPlots::drawPrecision()
{
    PlotCanvas &canvas = *m_precision.canvas;
    canvas.setXAxis(tr("Spikes found (recall)"), 0.0, 1.0);
    canvas.setYRange(0.0, 1.04);
    canvas.setLineStyle(0, {colours::onto(colours::Twin, palette()), 1.2});
    if (const auto &spikes = m_evaluation->spikes) {
        canvas.setPoints(0, spikes->precisionRecall.recall, spikes->precisionRecall.precision);
        m_precision.tile->setReadOut(tr("mean %1").arg(spikes->averagePrecision, 0, 'f', 3));
    } else {
        canvas.setPoints(0, {}, {});
        canvas.setEmptyText(tr("No spikes to find"));
    }
}

void EvaluationPlots::drawCalibration()
{
    const Calibration &c = m_evaluation->calibration;
    std::vector<PlotCanvas::Marker> dots;
    double most = 0.001;
    for (std::size_t i = 0; i < std::min(c.truth.size(), c.predicted.size()); ++i) {
        const double x = static_cast<double>(c.truth[i]);
        const double y = static_cast<double>(c.predicted[i]);
        dots.push_back({1000.0 * x, 1000.0 * y, DotPx});
        most = std::max({most, x, y});
    }
    PlotCanvas &canvas = *m_calibration.canvas;
    const double top = 1050.0 * most;
    canvas.setXAxis(tr("Neuron, bins of %1 ms [Hz]").arg(c.binMs), 0.0, top);
    canvas.setYRange(0.0, top);
    canvas.setMarkersColour(0, colours::onto(colours::Twin, palette()));
    canvas.setMarkers(0, std::move(dots));
    drawIdentity(canvas, 0, 0.0, top);
    if (c.correlation)
        m_calibration.tile->setReadOut(tr("correlation %1").arg(*c.correlation, 0, 'f', 3));
}

void EvaluationPlots::drawReliability()
{
    std::vector<double> x;
    std::vector<double> y;
    std::vector<PlotCanvas::Marker> dots;
    for (const ReliabilityBin &bin : m_evaluation->reliability) {
        const std::optional<double> observed = bin.observed();
        if (!observed)
            continue;
        x.push_back(bin.meanProbability);
        y.push_back(*observed);
        dots.push_back({bin.meanProbability, *observed, 5.0});
    }
    PlotCanvas &canvas = *m_reliability.canvas;
    const QColor twin = colours::onto(colours::Twin, palette());
    canvas.setXAxis(tr("Probability of a spike, twin"), 0.0, 1.0);
    canvas.setYRange(0.0, 1.04);
    drawIdentity(canvas, 0, 0.0, 1.0);
    canvas.setLineStyle(1, {twin, 1.0});
    canvas.setPoints(1, x, y);
    canvas.setMarkersColour(0, twin);
    canvas.setMarkers(0, std::move(dots));
}

void EvaluationPlots::drawScatter(const Tile &tile, const RegressionEvaluation &scores,
                                  double scale, const QString &unit)
{
    const ScatterSample &sample = scores.scatter;
    const std::size_t step =
        std::max<std::size_t>(1, (sample.truth.size() + MostDots - 1) / MostDots);
    std::vector<PlotCanvas::Marker> dots;
    for (std::size_t i = 0; i < std::min(sample.truth.size(), sample.predicted.size()); i += step)
        dots.push_back({scale * static_cast<double>(sample.truth[i]),
                        scale * static_cast<double>(sample.predicted[i]), DotPx});
    const auto [lo, hi] = rangeOf(sample.truth, scale);
    tile.canvas->setXAxis(unit, lo, hi);
    tile.canvas->setYRange(lo, hi);
    tile.canvas->setMarkersColour(0, colours::onto(colours::Twin, palette()));
    tile.canvas->setMarkers(0, std::move(dots));
    drawIdentity(*tile.canvas, 0, lo, hi);
    if (scores.scores)
        tile.tile->setReadOut(tr("explained variance %1 %, R² %2")
                                  .arg(scores.scores->explainedVariancePercent, 0, 'f', 1)
                                  .arg(scores.scores->r2, 0, 'f', 3));
}

void EvaluationPlots::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        draw();
}

} // namespace dt
