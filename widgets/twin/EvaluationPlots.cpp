// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/twin/EvaluationPlots.h"

#include "widgets/plots/PanelGrid.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"
#include "widgets/twin/ScoreText.h"

#include <QComboBox>
#include <QEvent>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace dt {

namespace {

constexpr double DotPx = 2.5;
/// Sets of markers of the segments' plot.
constexpr int BelowZero = 0;
constexpr int Numbers = 1;
/// Cells of a density, each way.
constexpr int DensityCells = 72;
/// The corner of the ROC curve that matters for rare spikes (training specification, section 18).
const QRectF RocCorner(-0.001, 0.0, 0.032, 1.02);

/// Range that leaves out the last thousandth at both ends, so that a few outliers do not squeeze
/// the rest, with a little room.
std::pair<double, double> rangeOf(const std::vector<float> &values, double scale)
{
    if (values.empty())
        return {0.0, 1.0};
    std::vector<float> sorted = values;
    std::sort(sorted.begin(), sorted.end());
    const auto at = [&](double share) {
        return scale
            * static_cast<double>(sorted[static_cast<std::size_t>(
                share * static_cast<double>(sorted.size() - 1))]);
    };
    const double lo = at(0.001);
    const double hi = at(0.999);
    const double room = std::max(1e-6, 0.03 * (hi - lo));
    return {lo - room, hi + room};
}

} // namespace

EvaluationPlots::EvaluationPlots(QWidget *parent) :
    QWidget(parent), m_grid(new PanelGrid(3, QStringLiteral("-100.0"), true)),
    m_score(new QComboBox)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, theme::Grid / 2, 0, 0);
    column->addWidget(m_grid->scrolled());
    m_roc = addTile(QStringLiteral("roc"), tr("ROC curve"));
    m_roc.panel->setToolTip(tr("Spikes found against false alarms, violet; the same near a spike, "
                               "green. The inset shows the first three percent of false alarms."));
    m_precision = addTile(QStringLiteral("precision"), tr("Precision, against spikes found"));
    m_calibration = addTile(QStringLiteral("calibration"), tr("Rate in long bins"));
    m_soma = addTile(QStringLiteral("somaScatter"), tr("Soma voltage"));
    m_rate = addTile(QStringLiteral("rateScatter"), tr("Instantaneous rate"));
    m_dend = addTile(QStringLiteral("dendScatter"), tr("Dendritic voltages"));
    m_reliability = addTile(QStringLiteral("reliability"), tr("Spikes that came true"));
    m_perSimulation = addTile(QStringLiteral("perSimulation"), tr("Every simulation"));
    m_segments = addTile(QStringLiteral("segments"), tr("Every segment"));
    for (int i = 0; i < 3; ++i)
        m_roc.canvas->addLine({});
    m_roc.canvas->setInset({0.30, 0.16, 0.66, 0.76}, RocCorner);
    m_precision.canvas->addLine({});
    m_reliability.canvas->addLine({});
    m_reliability.canvas->addLine({});
    m_segments.canvas->addBars(Qt::black);
    m_segments.canvas->addMarkers(PlotCanvas::Shape::Down, Qt::black);
    m_segments.canvas->addMarkers(PlotCanvas::Shape::Dot, Qt::transparent);
    for (const Tile &tile : {m_soma, m_rate, m_dend})
        tile.panel->setToolTip(explainedTip());
    m_perSimulation.panel->setToolTip(tr("A dot a simulation, over the neuron's spikes in it. ")
                                      + explainedTip());
    m_segments.panel->setToolTip(tr("A bar a segment. A triangle stands for a segment below 0 %: "
                                    "there the twin is worse than "
                                    "always saying the mean. ")
                                 + explainedTip());
    m_precision.panel->setToolTip(tr(
        "Precision: of the ms that the twin calls a spike, the share that are one. Recall: of the "
        "neuron's spikes, the share that it finds. Each point is another threshold."));
    m_calibration.panel->setToolTip(tr(
        "Spikes counted in long bins, as rates: the neuron's to the right, the twin's upwards."));
    m_reliability.panel->setToolTip(
        tr("Of the ms that got about the same probability, the share with a spike. On the line "
           "probabilities can be taken at their word."));
    for (const Tile &tile : {m_calibration, m_reliability, m_perSimulation})
        tile.canvas->addMarkers(PlotCanvas::Shape::Dot, Qt::black);
    for (const Tile &tile : {m_calibration, m_soma, m_rate, m_dend})
        tile.canvas->addLine({});
    m_roc.canvas->setYLabel(tr("True positive rate"));
    m_precision.canvas->setYLabel(tr("Precision"));
    m_calibration.canvas->setYLabel(tr("Twin [Hz]"));
    m_reliability.canvas->setYLabel(tr("Observed share"));
    m_soma.canvas->setYLabel(tr("Twin [mV]"));
    m_rate.canvas->setYLabel(tr("Twin [Hz]"));
    m_dend.canvas->setYLabel(tr("Twin [mV]"));
    m_segments.canvas->setYLabel(tr("Explained [%]"));
    m_score->setObjectName(QStringLiteral("simulationScoreBox"));
    m_score->setAccessibleName(tr("Score of every simulation"));
    m_score->addItems({tr("AUC of spikes"), tr("AUC near a spike"), tr("Soma explained [%]"),
                       tr("Rate explained [%]"), tr("Dendrites explained [%]")});
    m_score->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_score->setMinimumContentsLength(8);
    m_perSimulation.panel->addHeaderWidget(m_score);
    connect(m_score, &QComboBox::currentIndexChanged, this, &EvaluationPlots::draw);
    draw();
}

EvaluationPlots::Tile EvaluationPlots::addTile(const QString &name, const QString &title)
{
    auto *canvas = new PlotCanvas;
    return {m_grid->addPlot(name, title, canvas), canvas};
}

std::vector<EvaluationPlots::Tile> EvaluationPlots::tiles() const
{
    return {m_roc,  m_precision,   m_calibration,   m_soma,    m_rate,
            m_dend, m_reliability, m_perSimulation, m_segments};
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
    for (const Tile &tile : tiles()) {
        tile.canvas->setEmptyText(empty);
        tile.panel->setReadOut({});
    }
    m_score->setVisible(m_evaluation.has_value());
    m_roc.canvas->setInsetVisible(m_evaluation && m_evaluation->spikes);
    if (m_evaluation) {
        drawRoc();
        drawPrecision();
        drawCalibration();
        drawReliability();
        drawScatter(m_soma, m_evaluation->soma, 1.0, tr("Neuron [mV]"));
        drawScatter(m_rate, m_evaluation->rate, 1000.0, tr("Neuron [Hz]"));
        drawScatter(m_dend, m_evaluation->dend, 1.0, tr("Neuron [mV]"));
        drawPerSimulation();
        drawSegments();
    } else {
        for (const Tile &tile : tiles()) {
            tile.canvas->clearData();
            tile.canvas->setXAxis(QString(), 0.0, 1.0);
            tile.canvas->setYRange(0.0, 1.0);
        }
    }
    for (const Tile &tile : tiles())
        tile.canvas->redraw();
}

void EvaluationPlots::drawPerSimulation()
{
    static constexpr std::array Scores{
        &SimulationScores::spikesAuc, &SimulationScores::nearSpikeAuc,
        &SimulationScores::somaEvPercent, &SimulationScores::rateEvPercent,
        &SimulationScores::dendEvPercent};
    const auto which = static_cast<std::size_t>(std::max(m_score->currentIndex(), 0));
    const double best = which < 2 ? 1.0 : 100.0;
    std::vector<PlotCanvas::Marker> dots;
    std::vector<double> values;
    double most = 1.0;
    for (const SimulationScores &s : m_evaluation->perSimulation) {
        values.push_back(s.*Scores[which]);
        dots.push_back({static_cast<double>(s.spikes), values.back(), DotPx * 1.6});
        most = std::max(most, static_cast<double>(s.spikes));
    }
    std::sort(values.begin(), values.end());
    // As published: from the second percentile, so that one odd simulation does not squeeze all.
    const double least = values.empty() ? 0.0 : values[values.size() / 50];
    const double room = std::max(0.01 * best, 0.06 * (best - least));
    m_perSimulation.canvas->setMarkersColour(0, colours::onto(colours::Twin, palette()));
    m_perSimulation.canvas->setMarkers(0, std::move(dots));
    m_perSimulation.canvas->setYLabel(m_score->currentText());
    m_perSimulation.canvas->setXAxis(tr("Spikes of the neuron"), 0.0, 1.05 * most);
    m_perSimulation.canvas->setYRange(least - room, best + room);
    if (!values.empty())
        m_perSimulation.panel->setReadOut(
            tr("median %1").arg(values[values.size() / 2], 0, 'f', which < 2 ? 4 : 1));
}

void EvaluationPlots::drawSegments()
{
    std::vector<double> x;
    std::vector<double> explained;
    std::vector<double> bars;
    for (const std::optional<RegressionScores> &segment : m_evaluation->dendSegments) {
        x.push_back(static_cast<double>(x.size()) + 1.0);
        explained.push_back(segment ? segment->explainedVariancePercent : 0.0);
        bars.push_back(std::max(0.0, explained.back()));
    }
    m_segments.canvas->setBarsColour(0, colours::onto(colours::Twin, palette()));
    m_segments.canvas->setBars(0, x, bars, 0.7);
    m_segments.canvas->setXAxis(tr("Segment, from the soma to the tip"), 0.3,
                                static_cast<double>(x.size()) + 0.7);
    m_segments.canvas->setYRange(0.0, 104.0);
    markPoorSegments(explained);
}

void EvaluationPlots::markPoorSegments(const std::vector<double> &explained)
{
    constexpr std::size_t MostNumbers = 16; // more would lie on each other
    std::vector<PlotCanvas::Marker> marks;
    std::vector<PlotCanvas::Marker> numbers;
    for (std::size_t i = 0; i < explained.size(); ++i) {
        if (explained[i] >= 0.0)
            continue;
        const double x = static_cast<double>(i) + 1.0;
        marks.push_back({x, 4.0, 9.0});
        if (explained.size() <= MostNumbers)
            numbers.push_back({x, 8.0, 1.0, false, tr("%1").arg(explained[i], 0, 'f', 0),
                               PlotCanvas::Side::Above});
    }
    if (const auto least = std::min_element(explained.begin(), explained.end());
        least != explained.end()) {
        const QString worst = tr("least %1 %, segment %2")
                                  .arg(*least, 0, 'f', *least < 0.0 ? 0 : 1)
                                  .arg(least - explained.begin() + 1);
        m_segments.panel->setReadOut(*least < 0.0
                                         ? tr("worse than always saying the mean in %1 of %2 (%3)")
                                               .arg(marks.size())
                                               .arg(explained.size())
                                               .arg(worst)
                                         : worst);
    }
    m_segments.canvas->setMarkersColour(BelowZero, colours::onto(colours::Failure, palette()));
    m_segments.canvas->setMarkersColour(Numbers, palette().color(QPalette::WindowText));
    m_segments.canvas->setMarkers(BelowZero, std::move(marks));
    m_segments.canvas->setMarkers(Numbers, std::move(numbers));
}

void EvaluationPlots::drawRoc()
{
    PlotCanvas &canvas = *m_roc.canvas;
    canvas.setXAxis(tr("False positive rate"), 0.0, 1.0);
    canvas.setYRange(0.0, 1.04);
    drawIdentity(canvas, 0, 0.0, 1.0);
    const QColor twin = colours::onto(colours::Twin, palette());
    canvas.setLineStyle(1, {colours::series(0, palette()), 1.0});
    canvas.setLineStyle(2, {twin, 1.3});
    const auto &spikes = m_evaluation->spikes;
    const auto &near = m_evaluation->nearSpike;
    canvas.setPoints(1, near ? near->roc.fpr : std::vector<double>{},
                     near ? near->roc.tpr : std::vector<double>{});
    canvas.setPoints(2, spikes ? spikes->roc.fpr : std::vector<double>{},
                     spikes ? spikes->roc.tpr : std::vector<double>{});
    if (spikes)
        m_roc.panel->setReadOut(near ? tr("AUC %1, near a spike %2")
                                           .arg(spikes->auc, 0, 'f', 4)
                                           .arg(near->auc, 0, 'f', 4)
                                     : tr("AUC %1").arg(spikes->auc, 0, 'f', 4));
    else
        canvas.setEmptyText(tr("No spikes to find"));
}

void EvaluationPlots::drawPrecision()
{
    PlotCanvas &canvas = *m_precision.canvas;
    canvas.setXAxis(tr("Spikes found (recall)"), 0.0, 1.0);
    canvas.setYRange(0.0, 1.04);
    canvas.setLineStyle(0, {colours::onto(colours::Twin, palette()), 1.2});
    if (const auto &spikes = m_evaluation->spikes) {
        canvas.setPoints(0, spikes->precisionRecall.recall, spikes->precisionRecall.precision);
        m_precision.panel->setReadOut(tr("mean %1").arg(spikes->averagePrecision, 0, 'f', 3));
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
        m_calibration.panel->setReadOut(tr("correlation %1").arg(*c.correlation, 0, 'f', 3));
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
    const auto [lo, hi] = rangeOf(sample.truth, scale);
    // Thousands of dots on each other say nothing; how many there are does, on a log scale.
    std::vector<float> density(DensityCells * DensityCells, 0.0F);
    const auto cell = [lo = lo, hi = hi](double v) {
        return static_cast<int>(std::floor((v - lo) / (hi - lo) * DensityCells));
    };
    for (std::size_t i = 0; i < std::min(sample.truth.size(), sample.predicted.size()); ++i) {
        const int x = cell(scale * static_cast<double>(sample.truth[i]));
        const int y = cell(scale * static_cast<double>(sample.predicted[i]));
        if (x >= 0 && x < DensityCells && y >= 0 && y < DensityCells)
            density[static_cast<std::size_t>(y * DensityCells + x)] += 1.0F;
    }
    float most = 1.0F;
    for (float &count : density) {
        most = std::max(most, std::log1p(count));
        count = count > 0.0F ? std::log1p(count) : std::numeric_limits<float>::quiet_NaN();
    }
    tile.canvas->setXAxis(unit, lo, hi);
    tile.canvas->setYRange(lo, hi);
    tile.canvas->setMap(density, DensityCells, QRectF(lo, lo, hi - lo, hi - lo));
    const QColor few = colours::ghost(palette());
    const QColor many = colours::onto(colours::Twin, palette());
    tile.canvas->setMapColours([=](double share) {
        const auto mix = [share](int a, int b) { return static_cast<int>(a + (b - a) * share); };
        return QColor(mix(few.red(), many.red()), mix(few.green(), many.green()),
                      mix(few.blue(), many.blue()));
    });
    tile.canvas->setMapRange(0.0, static_cast<double>(most));
    drawIdentity(*tile.canvas, 0, lo, hi);
    if (scores.scores)
        tile.panel->setReadOut(explainedText(*scores.scores));
}

void EvaluationPlots::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        draw();
}

} // namespace dt
