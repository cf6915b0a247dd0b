// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/runs/RunPlots.h"

#include "engine/document/Document.h"
#include "widgets/input/EventPainter.h"
#include "widgets/plots/ElectrodePlot.h"
#include "widgets/plots/VoltageMap.h"
#include "widgets/runs/RunLines.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>

namespace dt {

namespace {

/// As many dendritic traces as can be told apart.
constexpr int StandardRows = 8;
} // namespace

RunPlots::RunPlots(Document *document, QWidget *parent) :
    QWidget(parent), m_document(document), m_axis(new TimeAxis(this)),
    m_stack(new PlotStack(m_axis)), m_painter(new EventPainter(document)), m_map(new VoltageMap),
    m_spikes(new PlotCanvas), m_soma(new PlotCanvas), m_difference(new PlotCanvas),
    m_dendrite(new PlotCanvas), m_electrodes(new ElectrodePlot), m_near(new PlotCanvas),
    m_rate(new PlotCanvas), m_raster(new PlotCanvas), m_capped(new QCheckBox(tr("Capped"))),
    m_differenceCheck(new QCheckBox(tr("Difference")))
{
    m_inputPanel = addPanel(QStringLiteral("input"), tr("Input: excitatory up, inhibitory down"),
                            m_painter, 20, 3, 6);
    m_mapPanel = addPanel(QStringLiteral("map"), tr("Dendritic voltage V(x, t), x from the soma"),
                          m_map, 20, 3, 5);
    m_spikesPanel =
        addPanel(QStringLiteral("spikes"),
                 tr("Probability of a spike; above it the spikes: neuron, twin over 0.5"), m_spikes,
                 15, 3, 6);
    m_somaPanel = addPanel(QStringLiteral("soma"), tr("Soma"), m_soma, 22, 4, 7);
    m_differencePanel = addPanel(QStringLiteral("difference"),
                                 tr("Soma: this run minus the ghosts"), m_difference, 12, 3, 5);
    m_dendritePanel = addPanel(QStringLiteral("dendrite"), tr("Dendrite"), m_dendrite, 15, 3, 4);
    addElectrodePanel();
    m_nearPanel = addPanel(QStringLiteral("near"), tr("Near a spike"), m_near, 6, 2, 1);
    m_ratePanel = addPanel(QStringLiteral("rate"), tr("Instantaneous rate [Hz]"), m_rate, 9, 2, 3);
    m_rasterPanel =
        addPanel(QStringLiteral("raster"), tr("Output spikes of the last runs, by run number"),
                 m_raster, 9, 2, 2);

    m_capped->setObjectName(QStringLiteral("somaCapCheck"));
    m_capped->setToolTip(tr("Cut the trace at the soma cap, as a twin gets to see it."));
    m_differenceCheck->setObjectName(QStringLiteral("differenceCheck"));
    m_differenceCheck->setToolTip(tr("Plot this run minus each ghost, and V(x, t) minus the first "
                                     "ghost."));
    m_differenceCheck->setEnabled(false);
    m_somaPanel->addHeaderWidget(m_differenceCheck);
    m_somaPanel->addHeaderWidget(m_capped);
    connect(m_differenceCheck, &QCheckBox::toggled, this, &RunPlots::drawGhosts);
    connect(m_capped, &QCheckBox::toggled, this, [this] {
        nameSomaReferences();
        drawSoma(0);
        drawGhosts();
        drawSegment();
        scaleSoma();
        m_soma->redraw();
    });

    m_soma->setYLabel(tr("V [mV]"));
    m_spikes->addLine({});
    m_spikes->addMarkers(PlotCanvas::Shape::Tick, Qt::black);
    m_spikes->addMarkers(PlotCanvas::Shape::Tick, Qt::black);
    m_spikes->setYRange(-0.08, 1.55);
    m_spikes->setYTicks(
        {{0.0, QStringLiteral("0")}, {0.5, QStringLiteral("0.5")}, {1.0, QStringLiteral("1")}});
    m_spikes->setLineName(0, tr("Probability of a spike, twin"));
    m_spikes->setMarkersName(0, tr("Spikes"));
    m_spikes->setMarkersName(1, tr("Spikes of the twin"));
    for (PlotCanvas *canvas : {m_near, m_rate}) {
        canvas->addLine({});
        canvas->addLine({});
        canvas->setLineName(NeuronLine, tr("Neuron"));
        canvas->setLineName(TwinLine, tr("Twin"));
    }
    for (int line = 0; line < SomaLines; ++line)
        m_soma->addLine({});
    m_soma->setLineName(SomaTwin, tr("Twin V [mV]"));
    for (int i = 0; i < MostMeasured; ++i) {
        m_soma->setLineName(SomaMeasures + 2 * i, tr("Rise, 10 to 90 % [mV]"));
        m_soma->setLineName(SomaMeasures + 2 * i + 1, tr("Half-width [mV]"));
    }
    for (int line = 0; line < SomaNeuron; ++line)
        m_difference->addLine({});
    m_difference->addReference(0.0, {});
    m_difference->setYLabel(tr("ΔV [mV]"));
    m_difference->setYRange(-1.0, 1.0);
    m_soma->addMarkers(PlotCanvas::Shape::Tick, Qt::black);
    m_soma->setMarkersName(0, tr("Spikes"));
    m_soma->addMarkers(PlotCanvas::Shape::Dot, Qt::black);
    m_soma->setMarkersName(1, tr("Base and peak"));
    // Measures are where the mouse is.
    m_soma->setMarkersOfMoment(1);
    for (int line = SomaMeasures; line < SomaLines; ++line)
        m_soma->setLineOfMoment(line);
    m_soma->setMarkersAtTop(0);
    m_soma->addReference(0.0, {});
    m_soma->addReference(-62.0, {});
    m_dendrite->setYLabel(tr("V [mV]"));
    m_soma->setYRange(m_somaRange.from(), m_somaRange.to());
    m_dendrite->setYRange(m_dendriteRange.from(), m_dendriteRange.to());
    for (PlotCanvas *low : {m_near, m_raster})
        low->setPaperAspect(3.0);
    m_near->setYRange(-0.1, 1.25);
    m_near->setYTicks({{0.0, tr("no")}, {1.0, tr("yes")}});
    m_raster->addMarkers(PlotCanvas::Shape::Tick, Qt::black);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    m_stack->setPanelVisible(m_spikesPanel, false);
    m_stack->setPanelVisible(m_differencePanel, false);

    connect(m_painter, &EventPainter::hovered, m_inputPanel, &PlotPanel::setReadOut);
    connect(m_map, &VoltageMap::hovered, m_mapPanel, &PlotPanel::setReadOut);
    connect(m_map, &VoltageMap::rowClicked, this, &RunPlots::rowClicked);
    connect(m_axis, &TimeAxis::cursorChanged, this, &RunPlots::updateReadOuts);
    m_axis->setFull(0.0, document->stimulus().durationMs);
    connect(document, &Document::changed, this,
            [this] { m_axis->setFull(0.0, m_document->stimulus().durationMs); });
    restyle();
    beginRun(0, document->neuron(), document->stimulus().durationMs);
    setHistory({});
}

PlotPanel *RunPlots::addPanel(const QString &name, const QString &title, PlotCanvas *canvas,
                              int share, int minimumLines, int importance)
{
    auto *panel = new PlotPanel(name, title, canvas);
    m_stack->addPanel(panel, share, minimumLines, importance);
    return panel;
}

void RunPlots::addElectrodePanel()
{
    m_electrodesPanel =
        addPanel(QStringLiteral("electrodes"), tr("Electrodes"), m_electrodes, 11, 3, 4);
    m_electrodeQuantity = new QComboBox;
    m_electrodeQuantity->setObjectName(QStringLiteral("electrodeQuantityCombo"));
    m_electrodeQuantity->setAccessibleName(tr("What is shown of the electrodes"));
    m_electrodeQuantity->setToolTip(tr(
        "The current that each electrode injects (positive depolarises), or the voltage where it "
        "sits. The axis leaves out the short charging current of a voltage step."));
    m_electrodeQuantity->addItems({tr("Current [nA]"), tr("Voltage [mV]")});
    m_electrodesPanel->addHeaderWidget(m_electrodeQuantity);
    m_stack->setPanelVisible(m_electrodesPanel, false);
    connect(m_electrodeQuantity, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_electrodes->setQuantity(index == 0 ? ElectrodePlot::Quantity::Current
                                             : ElectrodePlot::Quantity::Voltage);
        updateReadOuts();
    });
}

void RunPlots::beginRun(int id, const Neuron &neuron, int durationMs,
                        const std::vector<Electrode> &electrodes)
{
    m_runId = id;
    m_durationMs = durationMs;
    if (electrodes.empty() != m_electrodes->isEmpty())
        m_stack->setPanelVisible(m_electrodesPanel, !electrodes.empty());
    m_electrodes->begin(electrodes);
    m_neuron = neuron;
    m_trace = {};
    m_trace.segments = neuron.segmentCount();
    m_trace.samplesPerMs = neuron.samplesPerMs;
    m_labels = {};
    clearTwin();
    m_map->begin(neuron, durationMs);
    chooseGhosts();
    chooseRows();
    nameSomaReferences();
    drawSoma(0);
    drawDendrite(0);
    drawLabels({});
    m_spikes->redraw();
    m_near->redraw();
    m_rate->redraw();
    m_soma->redraw();
    m_dendrite->redraw();
    drawSegment();
    drawGhosts();
    showAsEmpty(true);
    updateReadOuts();
    Q_EMIT looksChanged();
}

void RunPlots::showAsEmpty(bool empty)
{
    const QString text =
        empty && m_ghosts.empty() ? tr("Press Run to see what the neuron does.") : QString();
    m_map->setEmptyText(text);
    m_soma->setEmptyText(text);
}

void RunPlots::extend(const VoltageTrace &trace, const SomaLabels &labels)
{
    const std::size_t drawn = m_trace.somaFine.size();
    const int drawnMs = m_trace.recordedMs;
    if (trace.somaFine.size() <= drawn)
        return;
    m_trace.somaFine.insert(m_trace.somaFine.end(),
                            trace.somaFine.begin() + static_cast<std::ptrdiff_t>(drawn),
                            trace.somaFine.end());
    const std::size_t drawnValues = m_trace.dendV.size();
    m_trace.dendV.insert(m_trace.dendV.end(),
                         trace.dendV.begin() + static_cast<std::ptrdiff_t>(drawnValues),
                         trace.dendV.end());
    m_trace.recordedMs = trace.recordedMs;
    showAsEmpty(false);
    drawSoma(drawn);
    if (trace.recordedMs > drawnMs) {
        m_map->extend(drawnMs, std::span(m_trace.dendV).subspan(drawnValues));
        drawDendrite(drawnMs);
        drawSegment();
        scaleDendrite();
        m_dendrite->redraw();
    }
    m_electrodes->extend(trace, isOver());
    drawDifference(drawn);
    drawLabels(labels);
    scaleSoma();
    m_soma->redraw();
    m_spikes->redraw();
    m_near->redraw();
    m_rate->redraw();
    updateReadOuts();
    Q_EMIT looksChanged();
}

QString RunPlots::somaName(const QString &whose) const
{
    return m_capped->isChecked()
        ? tr("%1 V, cut at %2 mV [mV]").arg(whose).arg(m_neuron.labels.somaCapMv)
        : tr("%1 V [mV]").arg(whose);
}

void RunPlots::drawSoma(std::size_t from)
{
    const double dx = 1.0 / m_trace.samplesPerMs;
    const std::span<const float> fresh = std::span(m_trace.somaFine).subspan(from);
    std::vector<float> capped;
    std::span<const float> shown = fresh;
    if (m_capped->isChecked()) {
        const auto cap = static_cast<float>(m_neuron.labels.somaCapMv);
        capped.reserve(fresh.size());
        for (const float v : fresh)
            capped.push_back(std::min(v, cap));
        shown = capped;
    }
    if (from == 0)
        m_somaSeen = {};
    m_somaSeen.take(shown);
    if (from == 0) {
        m_soma->setLineName(SomaNeuron, somaName(tr("Soma")));
        m_soma->setLine(SomaNeuron, 0.0, dx, shown);
    } else
        m_soma->extendLine(SomaNeuron, static_cast<double>(from) * dx, dx, shown);
}

void RunPlots::chooseRows()
{
    m_rows.clear();
    const int n = m_trace.segments;
    if (m_twinShown) {
        const int row = std::clamp(m_selectedRow.value_or(n - 1), 0, std::max(0, n - 1));
        m_rows = {row};
        m_dendrite->removeLinesFrom(0);
        m_dendrite->addLine({palette().color(QPalette::WindowText)});
        m_dendrite->addLine({colours::onto(colours::Twin, palette())});
        m_dendrite->setLineName(NeuronLine, tr("Segment %1 V [mV]").arg(row));
        m_dendrite->setLineName(TwinLine, tr("Twin, segment %1 V [mV]").arg(row));
        const double cap = m_neuron.labels.dendCapMv;
        m_dendritePanel->setTitle(m_selectedRow
                                      ? tr("Segment %1, capped at %2 mV").arg(row).arg(cap)
                                      : tr("Tip of the dendrite, capped at %1 mV").arg(cap));
        return;
    }
    const int count = std::min(n, StandardRows);
    for (int i = 0; i < count; ++i)
        m_rows.push_back(count == 1 ? 0 : i * (n - 1) / (count - 1));
    m_dendrite->removeLinesFrom(0);
    const QColor near = palette().color(QPalette::WindowText);
    const QColor far = palette().color(QPalette::Highlight);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const double share = m_rows.size() < 2 ? 0.0 : double(i) / double(m_rows.size() - 1);
        const QColor colour = QColor::fromRgbF(
            static_cast<float>(near.redF() + (far.redF() - near.redF()) * share),
            static_cast<float>(near.greenF() + (far.greenF() - near.greenF()) * share),
            static_cast<float>(near.blueF() + (far.blueF() - near.blueF()) * share));
        m_dendrite->addLine({colour});
    }
    if (m_selectedRow && *m_selectedRow < n) {
        m_rows.push_back(*m_selectedRow);
        m_dendrite->addLine({colours::onto(colours::Warning, palette()), 2.0});
    }
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        m_dendrite->setLineName(static_cast<int>(i), tr("Segment %1 V [mV]").arg(m_rows[i]));
    m_dendritePanel->setTitle(
        m_rows.size() < 2
            ? tr("Dendrite")
            : tr("Dendrite: %1 of %2 segments, from near the soma (plain) to the tip (coloured)")
                  .arg(count)
                  .arg(n));
}

void RunPlots::drawDendrite(int fromMs)
{
    const auto n = static_cast<std::size_t>(m_trace.segments);
    const float cap = m_twinShown ? static_cast<float>(m_neuron.labels.dendCapMv)
                                  : std::numeric_limits<float>::infinity();
    if (fromMs == 0)
        m_dendriteSeen = {};
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        std::vector<float> values;
        for (int t = fromMs; t < m_trace.recordedMs; ++t)
            values.push_back(std::min(cap,
                                      m_trace.dendV[static_cast<std::size_t>(t) * n
                                                    + static_cast<std::size_t>(m_rows[i])]));
        m_dendriteSeen.take(values);
        if (fromMs == 0)
            m_dendrite->setLine(static_cast<int>(i), 0.0, 1.0, values);
        else
            m_dendrite->extendLine(static_cast<int>(i), fromMs, 1.0, values);
    }
}

void RunPlots::drawLabels(const SomaLabels &labels)
{
    m_labels = labels;
    std::vector<float> near(labels.nearSpike.begin(), labels.nearSpike.end());
    m_near->setLine(0, 0.0, 1.0, near);
    m_rate->setLine(0, 0.0, 1.0, labels.instRate, 1000.0);
    updateRateAxis();

    std::vector<PlotCanvas::Marker> ticks;
    for (std::size_t t = 0; t < labels.spike.size(); ++t) {
        if (labels.spike[t])
            ticks.push_back({static_cast<double>(t) + 0.5, 0.0, 9.0});
    }
    m_soma->setMarkers(0, ticks);
    for (PlotCanvas::Marker &tick : ticks)
        tick.y = NeuronTickY;
    m_spikes->setMarkers(0, std::move(ticks));
}

void RunPlots::setStale(bool stale)
{
    for (PlotCanvas *canvas : {static_cast<PlotCanvas *>(m_map), m_spikes, m_soma, m_difference,
                               m_dendrite, static_cast<PlotCanvas *>(m_electrodes), m_near, m_rate})
        canvas->setStale(stale);
}

QRect RunPlots::resultArea() const
{
    const PlotPanel *first = m_twinShown ? m_spikesPanel : m_mapPanel;
    const QPoint top = first->mapTo(this, QPoint(0, 0));
    const QPoint bottom = m_dendritePanel->mapTo(this, m_dendritePanel->rect().bottomRight());
    return {top, bottom};
}

void RunPlots::setHistory(const std::vector<RunSpikes> &newestFirst)
{
    std::vector<PlotCanvas::Marker> ticks;
    std::vector<std::pair<double, QString>> labels;
    const auto count = static_cast<double>(std::max<std::size_t>(newestFirst.size(), 4));
    for (std::size_t i = 0; i < newestFirst.size(); ++i) {
        const double y = count - 1.0 - static_cast<double>(i);
        for (const int ms : newestFirst[i].ms)
            ticks.push_back({ms + 0.5, y, 7.0});
        // The plot is low: the newest and, when it is far enough away, the oldest.
        if (i == 0 || (i + 1 == newestFirst.size() && i > 2))
            labels.emplace_back(y, QString::number(newestFirst[i].id));
    }
    m_raster->setYRange(-0.7, count - 0.3);
    m_raster->setYTicks(labels);
    m_raster->setMarkers(0, std::move(ticks));
    m_raster->setEmptyText(newestFirst.empty() ? tr("The spikes of every run collect here.")
                                               : QString());
    m_raster->redraw();
}

void RunPlots::setSelectedRow(std::optional<int> row)
{
    if (row == m_selectedRow)
        return;
    m_selectedRow = row;
    chooseRows();
    drawDendrite(0);
    drawDendriteGhosts();
    drawTwin(0);
    drawSegment();
    scaleSoma();
    scaleDendrite();
    m_soma->redraw();
    m_dendrite->redraw();
    updateReadOuts();
    Q_EMIT looksChanged();
}

void RunPlots::restyle()
{
    const QColor ink = palette().color(QPalette::WindowText);
    const QColor twin = colours::onto(colours::Twin, palette());
    m_spikes->setLineStyle(0, {twin});
    m_spikes->setMarkersColour(0, ink);
    m_spikes->setMarkersColour(1, twin);
    m_soma->setLineStyle(SomaNeuron, {ink});
    m_soma->setLineStyle(SomaTwin, {twin});
    m_soma->setLineStyle(SomaSegment, {colours::onto(colours::Warning, palette()), 1.3});
    const QColor measure = palette().color(QPalette::Highlight);
    for (int line = SomaMeasures; line < SomaLines; ++line)
        m_soma->setLineStyle(line, {measure, 1.5});
    m_soma->setMarkersColour(1, measure);
    for (int slot = 0; slot < SomaNeuron; ++slot) {
        m_soma->setLineStyle(SomaGhosts + slot, ghostStyle(slot, palette()));
        m_difference->setLineStyle(slot, ghostStyle(slot, palette()));
    }
    m_soma->setMarkersColour(0, ink);
    m_near->setLineStyle(NeuronLine, {ink, 1.0, true, true});
    m_rate->setLineStyle(NeuronLine, {ink, 1.0, false, true});
    for (PlotCanvas *canvas : {m_near, m_rate})
        canvas->setLineStyle(TwinLine, {twin});
    m_raster->setMarkersColour(0, ink);
    chooseRows();
    drawDendrite(0);
    drawDendriteGhosts();
    drawTwin(0);
    showMap();
    m_dendrite->redraw();
}

void RunPlots::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        restyle();
}

} // namespace dt
