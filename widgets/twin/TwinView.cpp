// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/twin/TwinView.h"

#include "engine/twin/evaluation/TwinErrors.h"
#include "widgets/forms/Counted.h"
#include "widgets/plots/RowAxis.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"
#include "widgets/twin/ScoreText.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

constexpr int NeuronLine = 0;
constexpr int TwinLine = 1;

QString percent(double share)
{
    return TwinView::tr("%1 %").arg(100.0 * share, 0, 'f', 0);
}

} // namespace

TwinView::TwinView(QWidget *parent) :
    QWidget(parent), m_axis(new TimeAxis(this)), m_stack(new PlotStack(m_axis)),
    m_title(new QLabel), m_input(new PlotCanvas), m_spikes(new PlotCanvas), m_soma(new PlotCanvas),
    m_near(new PlotCanvas), m_rate(new PlotCanvas), m_dendrite(new PlotCanvas)
{
    addPanel(QStringLiteral("twinInput"), tr("Input: excitatory up, inhibitory down"), m_input, 18,
             1);
    m_spikesPanel =
        addPanel(QStringLiteral("twinSpikes"),
                 tr("Probability of a spike, twin; the neuron's spikes above"), m_spikes, 18, 6);
    m_somaPanel = addPanel(QStringLiteral("twinSoma"),
                           tr("Soma, capped: neuron (plain), twin (violet)"), m_soma, 26, 5);
    m_nearPanel = addPanel(QStringLiteral("twinNear"),
                           tr("Near a spike: neuron (filled), twin's probability"), m_near, 11, 2);
    m_ratePanel =
        addPanel(QStringLiteral("twinRate"), tr("Instantaneous rate [Hz]"), m_rate, 13, 3);
    m_dendritePanel = addPanel(QStringLiteral("twinDendrite"), tr("Tip of the dendrite, capped"),
                               m_dendrite, 18, 4);
    m_input->addMarkers(PlotCanvas::Shape::Up, Qt::black);
    m_input->addMarkers(PlotCanvas::Shape::Down, Qt::black);
    m_spikes->addLine({});
    m_spikes->addMarkers(PlotCanvas::Shape::Tick, Qt::black);
    m_spikes->setYRange(-0.05, 1.4);
    m_spikes->setYTicks(
        {{0.0, QStringLiteral("0")}, {0.5, QStringLiteral("0.5")}, {1.0, QStringLiteral("1")}});
    m_near->setYRange(-0.08, 1.15);
    m_near->setYTicks({{0.0, QStringLiteral("0")}, {1.0, QStringLiteral("1")}});
    for (PlotCanvas *canvas : {m_soma, m_near, m_rate, m_dendrite}) {
        canvas->addLine({});
        canvas->addLine({});
    }
    m_soma->setYLabel(tr("V [mV]"));
    m_dendrite->setYLabel(tr("V [mV]"));
    m_axis->setFull(0.0, 1000.0);
    m_title->setObjectName(QStringLiteral("twinTitleLabel"));
    m_title->setMinimumWidth(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::Grid / 2);
    layout->addWidget(m_title);
    layout->addWidget(m_stack, 1);
    for (PlotPanel *panel : {m_somaPanel, m_ratePanel, m_dendritePanel})
        panel->setToolTip(
            tr("Mean error: how far the twin is off on average. RMSE: the same with large "
               "errors counted more. ")
            + explainedTip());
    restyle();
    draw();
}

PlotPanel *TwinView::addPanel(const QString &name, const QString &title, PlotCanvas *canvas,
                              int share, int importance)
{
    auto *panel = new PlotPanel(name, title, canvas);
    m_stack->addPanel(panel, share, 2, importance);
    return panel;
}

void TwinView::setBoth(std::shared_ptr<const Recording> neuron, const TwinPrediction &twin)
{
    m_neuron = std::move(neuron);
    m_twin = twin;
    if (m_neuron)
        m_axis->setFull(0.0, m_neuron->durationMs);
    draw();
}

void TwinView::drawPair(PlotCanvas &canvas, std::span<const float> neuron,
                        std::span<const float> twin, double scale)
{
    canvas.setLine(NeuronLine, 0.0, 1.0, neuron, scale);
    canvas.setLine(TwinLine, 0.0, 1.0, twin, scale);
}

void TwinView::draw()
{
    updateTitle();
    m_spikes->setEmptyText(m_neuron ? QString() : tr("Nothing to compare yet"));
    if (!m_neuron) {
        for (PlotCanvas *canvas : {m_soma, m_near, m_rate, m_dendrite})
            drawPair(*canvas, {}, {}, 1.0);
        m_spikes->setLine(0, 0.0, 1.0, {});
        m_spikes->setMarkers(0, {});
        m_input->setMarkers(0, {});
        m_input->setMarkers(1, {});
    } else {
        drawInput();
        const Recording &r = *m_neuron;
        std::vector<PlotCanvas::Marker> ticks;
        for (std::size_t t = 0; t < r.spike.size(); ++t) {
            if (r.spike[t])
                ticks.push_back({static_cast<double>(t) + 0.5, 1.22, 9.0});
        }
        m_spikes->setMarkers(0, std::move(ticks));
        m_spikes->setLine(0, 0.0, 1.0, m_twin.spikeProbability);
        drawPair(*m_soma, r.somaV, m_twin.somaMv, 1.0);
        const std::vector<float> near(r.nearSpike.begin(), r.nearSpike.end());
        drawPair(*m_near, near, m_twin.nearSpikeProbability, 1.0);
        drawPair(*m_rate, r.instRate, m_twin.rate, 1000.0);
        const auto T = static_cast<std::size_t>(r.durationMs);
        const std::span<const float> tip = std::span(r.dendV).last(T);
        drawPair(*m_dendrite, tip, std::span(m_twin.dendMv).last(T), 1.0);
        const double cap = r.neuron.labels.somaCapMv;
        m_soma->setYRange(std::min(cap - 10.0, r.neuron.membrane.restMv - 4.0), cap + 5.0);
        const auto [lo, hi] = std::minmax_element(tip.begin(), tip.end());
        m_dendrite->setYRange(static_cast<double>(*lo) - 3.0, static_cast<double>(*hi) + 4.0);
        const float most = *std::max_element(r.instRate.begin(), r.instRate.end());
        const double top = std::max(25.0, std::ceil(static_cast<double>(most) * 40.0) * 25.0);
        m_rate->setYRange(-0.05 * top, 1.2 * top);
    }
    for (PlotCanvas *canvas : {m_input, m_spikes, m_soma, m_near, m_rate, m_dendrite})
        canvas->redraw();
}

void TwinView::showWorst()
{
    showWindow(true);
}

void TwinView::showBest()
{
    showWindow(false);
}

void TwinView::showWindow(bool worst)
{
    constexpr std::size_t WindowMs = 512; // the zoom of the published full view
    constexpr std::size_t StepMs = 32;
    if (!m_neuron || m_neuron->somaV.size() != m_twin.somaMv.size())
        return;
    const Recording &r = *m_neuron;
    const std::size_t T = r.somaV.size();
    std::optional<std::pair<double, std::size_t>> found;
    for (std::size_t from = 0; from + WindowMs <= T; from += StepMs) {
        double error = 0.0;
        bool spikes = false;
        for (std::size_t t = from; t < from + WindowMs; ++t) {
            const double e =
                static_cast<double>(r.somaV[t]) - static_cast<double>(m_twin.somaMv[t]);
            error += e * e;
            spikes = spikes || r.spike[t] != 0;
        }
        if ((worst || spikes) && (!found || (worst ? error > found->first : error < found->first)))
            found = {error, from};
    }
    if (found)
        m_axis->show(static_cast<double>(found->second),
                     static_cast<double>(found->second + WindowMs));
}

void TwinView::drawInput()
{
    applyRowAxis(*m_input, m_neuron->neuron);
    std::vector<PlotCanvas::Marker> markers[2];
    for (const InputEvent &e : m_neuron->input.events) {
        const bool inhibitory = e.polarity == Polarity::Inhibitory;
        markers[inhibitory].push_back({static_cast<double>(e.timeMs),
                                       static_cast<double>(e.row) + (inhibitory ? -0.18 : 0.18),
                                       std::clamp(2.0 + 0.8 * e.weight, 2.0, 10.0)});
    }
    m_input->setMarkers(0, std::move(markers[0]));
    m_input->setMarkers(1, std::move(markers[1]));
}

void TwinView::updateTitle()
{
    m_title->setVisible(m_neuron != nullptr);
    if (!m_neuron) {
        for (PlotPanel *panel :
             {m_spikesPanel, m_somaPanel, m_nearPanel, m_ratePanel, m_dendritePanel})
            panel->setReadOut({});
        return;
    }
    const Recording &r = *m_neuron;
    const TwinErrors e = twinErrors(r, m_twin);
    const SpikeDecisions &decided = e.decisions;
    m_title->setText(
        !decided.precision()
            ? tr("%1 of the neuron · the twin finds none: its probability of a spike never exceeds "
                 "0.5")
                  .arg(countedText(r.spikeCount(), tr("1 spike"), tr("%1 spikes")))
            : !decided.recall()
            ? tr("no spike of the neuron · the twin says %1 (probability above 0.5)")
                  .arg(decided.falsePositives)
            : tr("%1 of the neuron · above probability 0.5 the twin finds %2 of them to the very "
                 "ms, "
                 "and %3 of what it says is right")
                  .arg(countedText(r.spikeCount(), tr("1 spike"), tr("%1 spikes")))
                  .arg(percent(*decided.recall()), percent(*decided.precision())));
    const auto auc = [](const std::optional<double> &value) {
        return value ? tr("AUC %1").arg(*value, 0, 'f', 4) : QString();
    };
    const auto errors = [](const std::optional<RegressionScores> &scores, double scale,
                           const QString &unit, int digits) {
        return scores ? tr("mean error %1, RMSE %2 %3, %4")
                            .arg(scale * scores->mae, 0, 'f', digits)
                            .arg(scale * scores->rmse, 0, 'f', digits)
                            .arg(unit, rSquaredText(*scores))
                      : QString();
    };
    m_spikesPanel->setReadOut(auc(e.spikesAuc));
    m_nearPanel->setReadOut(auc(e.nearSpikeAuc));
    m_somaPanel->setReadOut(errors(e.soma, 1.0, tr("mV"), 2));
    m_ratePanel->setReadOut(errors(e.rate, 1000.0, tr("Hz"), 1));
    m_dendritePanel->setReadOut(
        e.dend ? tr("all segments: %1").arg(errors(e.dend, 1.0, tr("mV"), 2)) : QString());
}

void TwinView::restyle()
{
    const QColor ink = palette().color(QPalette::WindowText);
    const QColor twin = colours::onto(colours::Twin, palette());
    m_input->setMarkersColour(0, colours::ofPolarity(Polarity::Excitatory, palette()));
    m_input->setMarkersColour(1, colours::ofPolarity(Polarity::Inhibitory, palette()));
    m_spikes->setLineStyle(0, {twin, 1.0});
    m_spikes->setMarkersColour(0, ink);
    for (PlotCanvas *canvas : {m_soma, m_rate, m_dendrite}) {
        canvas->setLineStyle(NeuronLine, {ink, 0.8});
        canvas->setLineStyle(TwinLine, {twin, 0.9});
    }
    m_near->setLineStyle(NeuronLine, {colours::ghost(palette()), 0.8, true, true});
    m_near->setLineStyle(TwinLine, {twin, 0.9});
}

void TwinView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        restyle();
}

} // namespace dt
