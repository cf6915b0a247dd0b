// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/runs/RunPlots.h"

#include "engine/document/Document.h"
#include "widgets/input/EventPainter.h"
#include "widgets/plots/ElectrodePlot.h"
#include "widgets/plots/VoltageMap.h"
#include "widgets/runs/DendritePanel.h"
#include "widgets/runs/DifferencePanel.h"
#include "widgets/runs/NearPanel.h"
#include "widgets/runs/RatePanel.h"
#include "widgets/runs/SomaPanel.h"
#include "widgets/runs/SpikesPanel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QVBoxLayout>

#include <algorithm>

namespace dt {

RunPlots::RunPlots(Document *document, QWidget *parent) :
    QWidget(parent), m_document(document), m_axis(new TimeAxis(this)),
    m_stack(new PlotStack(m_axis)), m_painter(new EventPainter(document)), m_map(new VoltageMap),
    m_electrodes(new ElectrodePlot), m_raster(new SpikeRaster),
    m_inputPanel(new PlotPanel(QStringLiteral("input"), tr("Input: excitatory up, inhibitory down"),
                               m_painter)),
    m_mapPanel(new PlotPanel(QStringLiteral("map"), {}, m_map)),
    m_electrodesPanel(new PlotPanel(QStringLiteral("electrodes"), tr("Electrodes"), m_electrodes)),
    m_rasterPanel(new PlotPanel(QStringLiteral("raster"),
                                tr("Output spikes of the last runs, by run number"), m_raster)),
    m_spikes(new SpikesPanel(m_run)), m_soma(new SomaPanel(m_run)),
    m_difference(new DifferencePanel(m_run)), m_dendrite(new DendritePanel(m_run)),
    m_capped(new QCheckBox(tr("Capped"))), m_differenceCheck(new QCheckBox(tr("Difference")))
{
    m_stack->addPanel(m_inputPanel, 20, 3, 6);
    m_stack->addPanel(m_mapPanel, 20, 3, 5);
    addRunPanel(m_spikes, 15, 3, 6);
    addRunPanel(m_soma, 22, 4, 7);
    addRunPanel(m_difference, 12, 3, 5);
    addRunPanel(m_dendrite, 15, 3, 4);
    addElectrodePanel();
    addRunPanel(new NearPanel(m_run), 6, 2, 1);
    addRunPanel(new RatePanel(m_run), 9, 2, 3);
    m_stack->addPanel(m_rasterPanel, 9, 2, 2);
    addSomaChecks();
    m_stack->setPanelVisible(m_spikes, false);
    m_stack->setPanelVisible(m_electrodesPanel, false);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);

    connect(m_painter, &EventPainter::hovered, m_inputPanel, &PlotPanel::setReadOut);
    connect(m_map, &VoltageMap::hovered, m_mapPanel, &PlotPanel::setReadOut);
    connect(m_map, &VoltageMap::rowClicked, this, &RunPlots::rowClicked);
    connect(m_axis, &TimeAxis::cursorChanged, this, &RunPlots::updateReadOuts);
    m_axis->setFull(0.0, document->stimulus().durationMs);
    connect(document, &Document::changed, this,
            [this] { m_axis->setFull(0.0, m_document->stimulus().durationMs); });
    beginRun(0, document->neuron(), document->stimulus().durationMs);
}

void RunPlots::addRunPanel(RunPanel *panel, int share, int minimumLines, int importance)
{
    m_runPanels.push_back(panel);
    m_stack->addPanel(panel, share, minimumLines, importance);
}

void RunPlots::addElectrodePanel()
{
    auto *quantity = new QComboBox;
    quantity->setObjectName(QStringLiteral("electrodeQuantityCombo"));
    quantity->setAccessibleName(tr("What is shown of the electrodes"));
    quantity->setToolTip(tr(
        "The current that each electrode injects (positive depolarises), or the voltage where it "
        "sits. The axis leaves out the short charging current of a voltage step."));
    quantity->addItems({tr("Current [nA]"), tr("Voltage [mV]")});
    m_stack->addPanel(m_electrodesPanel, 11, 3, 4);
    m_electrodesPanel->addHeaderWidget(quantity);
    connect(quantity, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_electrodes->setQuantity(index == 0 ? ElectrodePlot::Quantity::Current
                                             : ElectrodePlot::Quantity::Voltage);
        updateReadOuts();
    });
}

void RunPlots::addSomaChecks()
{
    m_capped->setObjectName(QStringLiteral("somaCapCheck"));
    m_capped->setToolTip(tr("Cut the trace at the soma cap, as a twin gets to see it."));
    m_differenceCheck->setObjectName(QStringLiteral("differenceCheck"));
    m_differenceCheck->setToolTip(tr("Plot this run minus each ghost, and V(x, t) minus the first "
                                     "ghost."));
    m_soma->addHeaderWidget(m_differenceCheck);
    m_soma->addHeaderWidget(m_capped);
    connect(m_differenceCheck, &QCheckBox::toggled, this, &RunPlots::showGhosts);
    connect(m_capped, &QCheckBox::toggled, this, [this](bool capped) {
        m_run.capped = capped;
        m_soma->draw();
    });
}

void RunPlots::draw()
{
    for (RunPanel *panel : m_runPanels)
        panel->draw();
    updateReadOuts();
}

void RunPlots::beginRun(int id, const Neuron &neuron, int durationMs,
                        const std::vector<Electrode> &electrodes)
{
    if (electrodes.empty() != m_electrodes->isEmpty())
        m_stack->setPanelVisible(m_electrodesPanel, !electrodes.empty());
    m_run.begin(id, neuron, durationMs);
    m_electrodes->begin(electrodes);
    m_map->begin(neuron, durationMs);
    chooseGhosts();
    showAsEmpty(true);
    Q_EMIT looksChanged();
}

void RunPlots::extend(const VoltageTrace &trace, const SomaLabels &labels)
{
    const ShownRun::Reach drawn = m_run.reach();
    if (trace.somaFine.size() <= drawn.samples)
        return;
    const std::size_t drawnValues = m_run.trace.dendV.size();
    m_run.extend(trace, labels);
    showAsEmpty(false);
    if (m_run.trace.recordedMs > drawn.ms)
        m_map->extend(drawn.ms, std::span(m_run.trace.dendV).subspan(drawnValues));
    m_electrodes->extend(trace, m_run.isOver());
    for (RunPanel *panel : m_runPanels)
        panel->extend(drawn);
    updateReadOuts();
    Q_EMIT looksChanged();
}

void RunPlots::setTwinShown(bool shown)
{
    if (shown == m_run.withTwin)
        return;
    m_stack->setPanelVisible(m_spikes, shown);
    m_stack->setPanelVisible(m_mapPanel, !shown);
    m_stack->setPanelVisible(m_rasterPanel, !shown);
    if (shown)
        m_cappedBefore = m_capped->isChecked();
    m_capped->setChecked(shown || m_cappedBefore);
    m_capped->setEnabled(!shown);
    m_capped->setToolTip(shown ? tr("A twin learns the voltage cut at the soma cap, so both are "
                                    "compared that way. Spikes have a plot of their own.")
                               : tr("Cut the trace at the soma cap, as a twin gets to see it."));
    m_run.withTwin = shown;
    clearTwin();
}

void RunPlots::clearTwin()
{
    m_run.clearTwin();
    draw();
}

void RunPlots::extendTwin(const TwinPrediction &said, int reachedMs)
{
    if (!m_run.withTwin || reachedMs <= m_run.twinMs)
        return;
    const ShownRun::Reach drawn = m_run.reach();
    m_run.extendTwin(said, reachedMs);
    for (RunPanel *panel : m_runPanels)
        panel->extend(drawn);
    updateReadOuts();
}

void RunPlots::setSelectedRow(std::optional<int> row)
{
    if (row == m_run.selectedRow)
        return;
    m_run.selectedRow = row;
    draw();
    Q_EMIT looksChanged();
}

void RunPlots::setGhosts(const std::vector<RunRecord> &pinned)
{
    m_pinned = pinned;
    chooseGhosts();
    showAsEmpty(m_run.trace.somaFine.empty());
}

void RunPlots::chooseGhosts()
{
    m_run.ghosts.clear();
    for (const RunRecord &run : m_pinned) {
        if (run.foreign || run.id != m_run.id)
            m_run.ghosts.push_back(run);
    }
    std::sort(m_run.ghosts.begin(), m_run.ghosts.end(),
              [](const RunRecord &a, const RunRecord &b) { return a.slot < b.slot; });
    m_differenceCheck->setEnabled(!m_run.ghosts.empty());
    Q_EMIT ghostsChanged();
    showGhosts();
}

// And the differences, if the box says so. The map is that to the first ghost of as many segments.
void RunPlots::showGhosts()
{
    const std::vector<RunRecord> &ghosts = m_run.ghosts;
    m_run.minusGhosts = m_differenceCheck->isChecked() && !ghosts.empty();
    m_stack->setPanelVisible(m_difference, m_run.minusGhosts);
    const auto ghost = std::find_if(ghosts.begin(), ghosts.end(), [this](const RunRecord &run) {
        return m_run.minusGhosts && run.trace && run.trace->segments == m_run.trace.segments;
    });
    m_map->setMinus(ghost == ghosts.end() ? nullptr : ghost->trace);
    m_mapPanel->setTitle(ghost == ghosts.end() ? tr("Dendritic voltage V(x, t), x from the soma")
                                               : tr("Dendritic voltage V(x, t) minus that of %1")
                                                     .arg(QString::fromStdString(ghost->title())));
    draw();
}

void RunPlots::showAsEmpty(bool empty)
{
    const QString text =
        empty && m_run.ghosts.empty() ? tr("Press Run to see what the neuron does.") : QString();
    m_map->setEmptyText(text);
    m_soma->canvas()->setEmptyText(text);
}

void RunPlots::updateReadOuts()
{
    const auto onRun = [this](std::optional<double> ms) {
        return ms && m_run.covers(*ms) ? ms : std::nullopt;
    };
    const std::optional<double> cursor = onRun(m_axis->cursor());
    const std::optional<double> mark = onRun(m_axis->mark());
    for (RunPanel *panel : m_runPanels)
        panel->setReadOut(cursor ? panel->wordsAt(*cursor, mark) : panel->words());
    m_electrodesPanel->setReadOut(m_electrodes->words(m_axis->cursor()));
    // The plot under the mouse says itself what lies there.
    const int ms = static_cast<int>(cursor.value_or(0.0));
    if (!cursor || !m_painter->underMouse())
        m_inputPanel->setReadOut(cursor ? m_painter->wordsAt(ms) : QString());
    if (!cursor || !m_map->underMouse())
        m_mapPanel->setReadOut(cursor ? m_map->wordsAt(ms) : QString());
}

// Input and last runs are not of the run that is shown.
void RunPlots::setStale(bool stale)
{
    for (PlotPanel *panel : m_stack->panels()) {
        if (panel != m_inputPanel && panel != m_rasterPanel)
            panel->canvas()->setStale(stale);
    }
}

void RunPlots::setStamp(const QString &stamp)
{
    for (PlotPanel *panel : m_stack->panels())
        panel->canvas()->setStamp(stamp);
}

QRect RunPlots::resultArea() const
{
    const PlotPanel *first = m_run.withTwin ? m_spikes : m_mapPanel;
    const QPoint top = first->mapTo(this, QPoint(0, 0));
    const QPoint bottom = m_dendrite->mapTo(this, m_dendrite->rect().bottomRight());
    return {top, bottom};
}

void RunPlots::setMeasures(const std::vector<MeasureMarks> &marks)
{
    m_soma->setMeasures(marks);
}

} // namespace dt
