// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/data/SampleView.h"

#include "engine/base/Half.h"
#include "widgets/data/StatisticText.h"
#include "widgets/plots/RowAxis.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

/// As many dendritic traces as can be told apart.
constexpr int ShownRows = 8;

QString meanAndSd(const StatisticValues &values, Statistic mean, Statistic sd)
{
    return SampleView::tr("%1 ± %2 mV")
        .arg(values[static_cast<std::size_t>(mean)], 0, 'f', 1)
        .arg(values[static_cast<std::size_t>(sd)], 0, 'f', 1);
}

} // namespace

SampleView::SampleView(QWidget *parent) :
    QWidget(parent), m_axis(new TimeAxis(this)), m_stack(new PlotStack(m_axis)),
    m_title(new QLabel), m_hidden(new QLabel), m_input(new PlotCanvas), m_dendrite(new PlotCanvas),
    m_soma(new PlotCanvas), m_near(new PlotCanvas), m_rate(new PlotCanvas)
{
    m_inputPanel = addPanel(QStringLiteral("sampleInput"),
                            tr("Input: excitatory up, inhibitory down"), m_input, 26, 5, 5);
    m_dendritePanel =
        addPanel(QStringLiteral("sampleDendrite"), tr("Dendrite"), m_dendrite, 24, 4, 3);
    m_somaPanel =
        addPanel(QStringLiteral("sampleSoma"), tr("Soma, capped; spikes above"), m_soma, 22, 4, 4);
    m_nearPanel = addPanel(QStringLiteral("sampleNear"), tr("Near a spike"), m_near, 8, 2, 1);
    m_ratePanel =
        addPanel(QStringLiteral("sampleRate"), tr("Instantaneous rate [Hz]"), m_rate, 14, 2, 2);
    m_input->addMarkers(PlotCanvas::Shape::Up, Qt::black);
    m_input->addMarkers(PlotCanvas::Shape::Down, Qt::black);
    m_dendrite->setYLabel(tr("V [mV]"));
    m_dendrite->setYRange(-90.0, 0.0);
    m_axis->setFull(0.0, 1000.0);
    m_soma->setYLabel(tr("V [mV]"));
    m_soma->addLine({});
    m_soma->addMarkers(PlotCanvas::Shape::Tick, Qt::black);
    m_soma->addReference(-62.0, {});
    m_near->setYRange(-0.1, 1.25);
    m_near->setYTicks({{0.0, tr("no")}, {1.0, tr("yes")}});
    m_near->addLine({});
    m_rate->addLine({});

    m_title->setObjectName(QStringLiteral("sampleTitleLabel"));
    m_title->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::Grid / 2);
    layout->addWidget(m_title);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_hidden);
    m_hidden->setObjectName(QStringLiteral("sampleHiddenLabel"));
    m_hidden->setWordWrap(true);
    theme::setRole(m_hidden, "muted");
    theme::setRole(m_hidden, "caption");
    m_hidden->hide();
    connect(m_stack, &PlotStack::hiddenChanged, this, [this](int count) {
        m_hidden->setText(count == 1 ? tr("One more plot appears in a higher window.")
                                     : tr("%1 more plots appear in a higher window.").arg(count));
        m_hidden->setVisible(count > 0);
    });
    connect(m_axis, &TimeAxis::cursorChanged, this, &SampleView::updateReadOuts);
    restyle();
    draw();
}

PlotPanel *SampleView::addPanel(const QString &name, const QString &title, PlotCanvas *canvas,
                                int share, int minimumLines, int importance)
{
    auto *panel = new PlotPanel(name, title, canvas);
    m_stack->addPanel(panel, share, minimumLines, importance);
    return panel;
}

void SampleView::setEmptyText(const QString &text)
{
    m_emptyText = text;
    draw();
}

void SampleView::setSample(const Neuron &neuron, std::shared_ptr<const StoredSimulation> sample,
                           const QString &title)
{
    m_neuron = neuron;
    m_sample = std::move(sample);
    m_title->setVisible(m_sample != nullptr);
    if (m_sample) {
        const StatisticValues values = statisticsOf(*m_sample, neuron.segmentCount());
        const auto value = [&](Statistic s) { return values[static_cast<std::size_t>(s)]; };
        m_title->setText(tr("%1 · %2 Hz · near a spike %3 % · soma %4 · dendrite %5")
                             .arg(title)
                             .arg(value(Statistic::FiringRateHz), 0, 'f', 1)
                             .arg(100.0 * value(Statistic::NearSpikeMean), 0, 'f', 1)
                             .arg(meanAndSd(values, Statistic::SomaVMean, Statistic::SomaVSd),
                                  meanAndSd(values, Statistic::DendVMean, Statistic::DendVSd)));
        m_axis->setFull(0.0, static_cast<double>(m_sample->somaV.size()));
    }
    draw();
}

void SampleView::draw()
{
    m_title->setVisible(m_sample != nullptr);
    m_soma->setEmptyText(m_sample ? QString() : m_emptyText);
    drawInput();
    drawDendrite();
    std::vector<float> near;
    std::vector<float> soma;
    std::vector<float> rate;
    std::vector<PlotCanvas::Marker> ticks;
    const double cap = m_neuron.labels.somaCapMv;
    if (m_sample) {
        near.assign(m_sample->nearSpikes.begin(), m_sample->nearSpikes.end());
        soma = m_sample->somaV;
        rate = m_sample->instRate;
        for (std::size_t t = 0; t < m_sample->spikes.size(); ++t) {
            if (m_sample->spikes[t])
                ticks.push_back({static_cast<double>(t) + 0.5, cap + 3.0, 9.0});
        }
    }
    const double lowest =
        soma.empty() ? -85.0 : static_cast<double>(*std::min_element(soma.begin(), soma.end()));
    m_soma->setYRange(std::min(lowest, cap - 10.0) - 2.0, cap + 7.0);
    m_soma->setReference(0, cap, tr("cap %1 mV").arg(cap), m_sample != nullptr);
    m_soma->setMarkers(0, std::move(ticks));
    m_soma->setLine(0, 0.0, 1.0, soma);
    m_near->setLine(0, 0.0, 1.0, near);
    m_rate->setLine(0, 0.0, 1.0, rate, 1000.0);
    const float highest = rate.empty() ? 0.0F : *std::max_element(rate.begin(), rate.end());
    const double top = std::max(25.0, std::ceil(static_cast<double>(highest) * 40.0) * 25.0);
    m_rate->setYRange(-0.05 * top, 1.04 * top);
    for (PlotCanvas *canvas : {m_soma, m_near, m_rate})
        canvas->redraw();
    updateReadOuts();
}

void SampleView::drawInput()
{
    applyRowAxis(*m_input, m_neuron);
    std::vector<PlotCanvas::Marker> markers[2];
    if (m_sample) {
        const std::size_t T = m_sample->somaV.size();
        const std::size_t rows = m_sample->inputs.size() / T;
        for (std::size_t row = 0; row < rows; ++row) {
            const bool inhibitory = row >= rows / 2;
            for (std::size_t t = 0; t < T; ++t) {
                const std::uint16_t half = m_sample->inputs[row * T + t];
                if (half == 0)
                    continue;
                const double weight = static_cast<double>(floatFromHalf(half));
                markers[inhibitory].push_back(
                    {static_cast<double>(t),
                     static_cast<double>(inhibitory ? row - rows / 2 : row)
                         + (inhibitory ? -0.18 : 0.18),
                     std::clamp(2.0 + 0.8 * weight, 2.0, 10.0)});
            }
        }
    }
    m_input->setMarkers(0, std::move(markers[0]));
    m_input->setMarkers(1, std::move(markers[1]));
    m_input->redraw();
}

void SampleView::drawDendrite()
{
    m_dendrite->removeLinesFrom(0);
    if (m_sample) {
        const std::size_t T = m_sample->somaV.size();
        const auto n = static_cast<int>(m_sample->dendV.size() / T);
        const int count = std::min(n, ShownRows);
        const QColor near = palette().color(QPalette::WindowText);
        const QColor far = palette().color(QPalette::Highlight);
        double lowest = -90.0;
        double highest = -20.0;
        for (int i = 0; i < count; ++i) {
            const int row = count == 1 ? 0 : i * (n - 1) / (count - 1);
            const float share = count < 2 ? 0.0F : float(i) / float(count - 1);
            std::vector<float> mv(T);
            floatsFromHalves(m_sample->dendV.data() + static_cast<std::size_t>(row) * T, mv.data(),
                             T);
            const auto [low, high] = std::minmax_element(mv.begin(), mv.end());
            lowest = std::min(lowest, static_cast<double>(*low));
            highest = std::max(highest, static_cast<double>(*high));
            const int line = m_dendrite->addLine(
                {QColor::fromRgbF(near.redF() + (far.redF() - near.redF()) * share,
                                  near.greenF() + (far.greenF() - near.greenF()) * share,
                                  near.blueF() + (far.blueF() - near.blueF()) * share),
                 0.8});
            m_dendrite->setLine(line, 0.0, 1.0, mv);
        }
        m_dendrite->setYRange(lowest - 2.0, highest + 4.0);
        m_dendritePanel->setTitle(
            count < 2
                ? tr("Dendrite, capped at %1 mV").arg(m_neuron.labels.dendCapMv)
                : tr("Dendrite, capped at %1 mV: %2 of %3 segments, from near the soma (plain) "
                     "to the tip (coloured)")
                      .arg(m_neuron.labels.dendCapMv)
                      .arg(count)
                      .arg(n));
    }
    m_dendrite->redraw();
}

void SampleView::updateReadOuts()
{
    const std::optional<double> cursor = m_axis->cursor();
    const auto t = static_cast<std::size_t>(std::max(0.0, cursor.value_or(0.0)));
    if (!cursor || !m_sample || t >= m_sample->somaV.size()) {
        for (PlotPanel *panel :
             {m_inputPanel, m_dendritePanel, m_somaPanel, m_nearPanel, m_ratePanel})
            panel->setReadOut({});
        return;
    }
    m_inputPanel->setReadOut(tr("%1 ms").arg(t));
    m_somaPanel->setReadOut(tr("%1 mV").arg(static_cast<double>(m_sample->somaV[t]), 0, 'f', 1));
    m_nearPanel->setReadOut(m_sample->nearSpikes[t] ? tr("yes") : tr("no"));
    m_ratePanel->setReadOut(
        tr("%1 Hz").arg(1000.0 * static_cast<double>(m_sample->instRate[t]), 0, 'f', 1));
    const std::size_t T = m_sample->somaV.size();
    const std::size_t n = m_sample->dendV.size() / T;
    const auto mv = [&](std::size_t row) {
        return QString::number(static_cast<double>(floatFromHalf(m_sample->dendV[row * T + t])),
                               'f', 1);
    };
    m_dendritePanel->setReadOut(tr("near soma %1, tip %2 mV").arg(mv(0), mv(n - 1)));
}

void SampleView::restyle()
{
    const QColor ink = palette().color(QPalette::WindowText);
    m_input->setMarkersColour(0, colours::ofPolarity(Polarity::Excitatory, palette()));
    m_input->setMarkersColour(1, colours::ofPolarity(Polarity::Inhibitory, palette()));
    m_soma->setLineStyle(0, {ink, 0.8});
    m_soma->setMarkersColour(0, ink);
    m_near->setLineStyle(0, {ink, 0.8, true, true});
    m_rate->setLineStyle(0, {ink, 0.8, false, true});
}

void SampleView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        restyle();
        drawDendrite();
    }
}

} // namespace dt
