// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inside/AttentionPanel.h"

#include "widgets/plots/PlotCanvas.h"
#include "widgets/plots/PlotTile.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QSpinBox>

#include <algorithm>
#include <cmath>

namespace dt {

AttentionPanel::AttentionPanel(QWidget *parent) :
    QWidget(parent), m_simulation(new QSpinBox), m_start(new QSpinBox), m_layer(new QComboBox),
    m_head(new QComboBox), m_offer(new DataOffer(QStringLiteral("attention"))),
    m_sentence(new QLabel), m_input(new PlotCanvas),
    m_inputTile(new PlotTile(tr("Input, all segments; spikes above"), m_input)),
    m_map(new PlotCanvas), m_mapTile(new PlotTile(tr("Attention"), m_map)),
    m_profile(new PlotCanvas), m_profileTile(new PlotTile(tr("Mean over the piece"), m_profile))
{
    m_simulation->setObjectName(QStringLiteral("attentionSimulationSpin"));
    m_simulation->setAccessibleName(tr("Simulation"));
    m_simulation->setToolTip(tr("Which simulation of the data set goes by"));
    m_start->setObjectName(QStringLiteral("attentionStartSpin"));
    m_start->setAccessibleName(tr("First ms"));
    m_start->setToolTip(tr("Where the piece of %1 ms begins").arg(PieceMs));
    m_start->setSuffix(tr(" ms"));
    m_start->setSingleStep(PieceMs / 2);
    for (QSpinBox *spin : {m_simulation, m_start})
        spin->setKeyboardTracking(false);
    m_layer->setObjectName(QStringLiteral("attentionLayerCombo"));
    m_layer->setAccessibleName(tr("Layer"));
    m_layer->setToolTip(tr("Later layers look at what earlier ones have gathered"));
    m_head->setObjectName(QStringLiteral("attentionHeadCombo"));
    m_head->setAccessibleName(tr("Head"));
    m_head->setToolTip(tr("Each head may look somewhere else; all: their mean"));
    m_sentence->setObjectName(QStringLiteral("attentionSentenceLabel"));
    m_sentence->setWordWrap(true);
    theme::setRole(m_sentence, "muted");
    m_input->setObjectName(QStringLiteral("attentionInputPlot"));
    m_input->addLine({});
    m_input->addLine({});
    m_input->addMarkers(PlotCanvas::Shape::Tick, Qt::black);
    m_input->setYLabel(tr("Weight"));
    m_map->setObjectName(QStringLiteral("attentionMap"));
    m_map->setYLabel(tr("Looks back [ms]"));
    m_profile->setObjectName(QStringLiteral("attentionProfilePlot"));
    m_profile->addLine({});

    auto *row = new QHBoxLayout;
    row->setSpacing(theme::Grid);
    const auto field = [&](const QString &text, QWidget *widget) {
        auto *label = new QLabel(text);
        label->setBuddy(widget);
        row->addWidget(label);
        row->addWidget(widget);
    };
    field(tr("Simulation"), m_simulation);
    field(tr("from"), m_start);
    field(tr("Layer"), m_layer);
    field(tr("Head"), m_head);
    row->addStretch(1);
    row->addWidget(m_offer);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, theme::Grid / 2, 0, 0);
    grid->setSpacing(theme::Grid / 2);
    grid->addLayout(row, 0, 0, 1, 2);
    grid->addWidget(m_sentence, 1, 0, 1, 2);
    grid->addWidget(m_inputTile, 2, 0);
    grid->addWidget(m_mapTile, 3, 0);
    grid->addWidget(m_profileTile, 3, 1);
    grid->setRowStretch(2, 2);
    grid->setRowStretch(3, 5);
    grid->setColumnStretch(0, 4);
    grid->setColumnStretch(1, 1);
    connect(m_simulation, &QSpinBox::valueChanged, this, &AttentionPanel::pieceChosen);
    connect(m_start, &QSpinBox::valueChanged, this, &AttentionPanel::pieceChosen);
    connect(m_layer, &QComboBox::currentIndexChanged, this, &AttentionPanel::draw);
    connect(m_head, &QComboBox::currentIndexChanged, this, &AttentionPanel::draw);
    setData({});
}

void AttentionPanel::setTwin(const std::optional<InsideTwin> &twin)
{
    m_twin = twin;
    m_attention.reset();
    m_why.clear();
    // What is chosen stays, as far as the other twin has it.
    if (twin && twin->attentionLayers > 0) {
        const QSignalBlocker layers(m_layer);
        const QSignalBlocker heads(m_head);
        const int layer = std::max(0, m_layer->currentIndex());
        const int head = std::max(0, m_head->currentIndex());
        m_layer->clear();
        m_head->clear();
        m_head->addItem(tr("all"));
        for (int i = 1; i <= twin->attentionLayers; ++i)
            m_layer->addItem(QString::number(i));
        for (int i = 1; i <= twin->attentionHeads; ++i)
            m_head->addItem(QString::number(i));
        m_layer->setCurrentIndex(layer < m_layer->count() ? layer : 0);
        m_head->setCurrentIndex(head < m_head->count() ? head : 0);
    }
    draw();
}

void AttentionPanel::setData(const InsideData &found)
{
    m_data = found;
    if (found.there) {
        const QSignalBlocker simulation(m_simulation);
        const QSignalBlocker start(m_start);
        m_why.clear();
        m_simulation->setRange(1, std::max(1, found.simulations));
        const bool fresh = m_start->maximum() != std::max(0, found.durationMs - PieceMs);
        m_start->setRange(0, std::max(0, found.durationMs - PieceMs));
        if (fresh) // not where the simulation has just begun
            m_start->setValue(PieceMs);
    } else {
        m_attention.reset(); // the piece that was chosen stays for the next twin
    }
    for (QWidget *widget : std::initializer_list<QWidget *>{m_simulation, m_start, m_layer, m_head})
        widget->setEnabled(found.there);
    draw();
}

void AttentionPanel::setAttention(const std::optional<SimulationAttention> &attention,
                                  const QString &sentence)
{
    m_attention = attention;
    m_why = sentence;
    draw();
}

int AttentionPanel::simulation() const
{
    return m_simulation->value() - 1;
}

int AttentionPanel::startMs() const
{
    return m_start->value();
}

void AttentionPanel::draw()
{
    const QFontMetrics metrics(theme::captionFont());
    const int left = metrics.horizontalAdvance(QStringLiteral("-0.005")) + metrics.height() + 12;
    for (PlotCanvas *canvas : {m_input, m_map, m_profile})
        canvas->setSideMargins(left, 12);
    m_map->setEmptyText(m_attention            ? QString()
                            : !m_why.isEmpty() ? m_why
                            : !m_data.there    ? m_data.sentence
                                               : tr("Reading..."));
    m_profileTile->setVisible(m_attention.has_value());
    m_inputTile->setVisible(m_attention.has_value());
    m_sentence->setText(
        m_attention
            ? tr("Every column is a millisecond; the brighter a place in it, the more this ms "
                 "looks at the one that many ms before. Bright streaks that slope are "
                 "inputs that are watched while they grow old.")
            : QString());
    m_sentence->setVisible(m_attention.has_value());
    m_mapTile->setReadOut({});
    if (!m_attention || m_layer->currentIndex() < 0) {
        m_map->setMap({}, 0, QRectF(0.0, 0.0, 1.0, 1.0));
        for (PlotCanvas *canvas : {m_input, m_map, m_profile})
            canvas->redraw();
        return;
    }
    const TwinAttention &a = m_attention->attention;
    const auto lags = static_cast<std::size_t>(a.lags);
    const auto queries = static_cast<std::size_t>(a.queries);
    std::vector<float> byLag(lags * queries);
    const int head = m_head->currentIndex() - 1; // -1: their mean
    for (int h = 0; h < a.heads; ++h) {
        if (head >= 0 && h != head)
            continue;
        const std::span<const float> map = a.map(m_layer->currentIndex(), h);
        const float share = head >= 0 ? 1.0f : 1.0f / static_cast<float>(a.heads);
        for (std::size_t q = 0; q < queries; ++q) {
            for (std::size_t lag = 0; lag < lags; ++lag)
                byLag[lag * queries + q] += share * map[q * lags + lag];
        }
    }
    const double from = m_attention->startMs;
    const double to = from + a.queries;
    m_map->setMap(byLag, a.lags, QRectF(from, -0.5, a.queries, a.lags));
    // A few places that are looked at alone should not leave the rest in the dark, nor the first ms
    // of a simulation, which have little to look at.
    std::vector<float> sorted;
    for (std::size_t q = 0; q < queries; ++q) {
        if (m_attention->startMs + static_cast<int>(q) < a.lags && a.lags < a.queries)
            continue;
        for (std::size_t lag = 0; lag < lags; ++lag)
            sorted.push_back(byLag[lag * queries + q]);
    }
    std::sort(sorted.begin(), sorted.end());
    const auto at = [&](double share) {
        return static_cast<double>(
            sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))]);
    };
    const double low = sorted.empty() ? 0.0 : at(0.005);
    const double high = sorted.empty() ? 1.0 : std::max(at(0.995), low + 1e-6);
    m_map->setMapRange(low, high);
    m_map->setXAxis(tr("Time [ms]"), from, to);
    m_map->setYRange(-0.5, a.lags - 0.5);
    m_mapTile->setReadOut(
        tr("share of attention, dark %1 to bright %2").arg(low, 0, 'g', 2).arg(high, 0, 'g', 2));

    std::vector<double> x;
    std::vector<double> y;
    double most = 0.0;
    for (std::size_t lag = 0; lag < lags; ++lag) {
        double sum = 0.0;
        for (std::size_t q = 0; q < queries; ++q)
            sum += static_cast<double>(byLag[lag * queries + q]);
        x.push_back(static_cast<double>(lag));
        y.push_back(sum / static_cast<double>(queries));
        most = std::max(most, y.back());
    }
    m_profile->setLineStyle(0, {colours::onto(colours::Twin, palette()), 1.2});
    m_profile->setPoints(0, x, y);
    m_profile->setXAxis(tr("Looks back [ms]"), 0.0, a.lags - 1.0);
    m_profile->setYRange(0.0, 1.1 * std::max(1e-6, most));
    m_profile->setYLabel(tr("Share"));

    const auto peak = [](const std::vector<float> &v) {
        return v.empty() ? 0.0 : static_cast<double>(*std::max_element(v.begin(), v.end()));
    };
    const double up = std::max(1.0, peak(m_attention->excitatory));
    const double down = std::max(1.0, peak(m_attention->inhibitory));
    m_input->setLineStyle(0,
                          {colours::ofPolarity(Polarity::Excitatory, palette()), 0.8, true, true});
    m_input->setLine(0, from, 1.0, m_attention->excitatory);
    m_input->setLineStyle(1,
                          {colours::ofPolarity(Polarity::Inhibitory, palette()), 0.8, true, true});
    m_input->setLine(1, from, 1.0, m_attention->inhibitory, -1.0);
    std::vector<PlotCanvas::Marker> spikes;
    for (const int ms : m_attention->spikesMs)
        spikes.push_back({ms + 0.5, 1.25 * up, 10.0});
    m_input->setMarkersColour(0, palette().color(QPalette::WindowText));
    m_input->setMarkers(0, std::move(spikes));
    m_input->setXAxis(tr("Time [ms]"), from, to);
    m_input->setYRange(-1.1 * down, 1.45 * up);
    for (PlotCanvas *canvas : {m_input, m_map, m_profile})
        canvas->redraw();
}

void AttentionPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        draw();
}

} // namespace dt
