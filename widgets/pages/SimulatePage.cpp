// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/SimulatePage.h"

#include "engine/document/Document.h"
#include "engine/recording/RunSettings.h"
#include "widgets/cell/CellView.h"
#include "widgets/forms/FormScrollArea.h"
#include "widgets/input/StimulusForm.h"
#include "widgets/plots/ColourBar.h"
#include "widgets/plots/PlotCanvas.h"
#include "widgets/runs/RunStrip.h"
#include "widgets/runs/RunsPanel.h"
#include "widgets/runs/SpacePlot.h"
#include "widgets/shell/FoldPane.h"
#include "widgets/theme/Theme.h"
#include "widgets/twin/TwinBar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRandomGenerator>
#include <QSplitter>
#include <QVBoxLayout>

namespace dt {

SimulatePage::SimulatePage(Document *document, QWidget *parent) :
    QWidget(parent), m_document(document), m_plots(new RunPlots(document)), m_twinBar(new TwinBar),
    m_cell(new CellView), m_space(new SpacePlot(m_plots->timeAxis())), m_strip(new RunStrip),
    m_runs(new RunsPanel), m_form(new StimulusForm(document, m_plots->painter())),
    m_staleBar(new QFrame(this)), m_staleText(new QLabel), m_cellCaption(new QLabel)
{
    setObjectName(QStringLiteral("simulatePage"));
    m_cell->setObjectName(QStringLiteral("simulateCellView"));
    m_cell->setSynapsesVisible(false);
    m_cell->setMinimumHeight(84);

    m_staleBar->setProperty("card", true);
    m_staleBar->setObjectName(QStringLiteral("staleBar"));
    auto *runAgain = new QPushButton(tr("Run Again"));
    runAgain->setObjectName(QStringLiteral("runAgainButton"));
    auto *staleLayout = new QHBoxLayout(m_staleBar);
    staleLayout->setContentsMargins(theme::Grid * 2, theme::Grid / 2, theme::Grid, theme::Grid / 2);
    staleLayout->addWidget(m_staleText, 1);
    staleLayout->addWidget(runAgain);
    m_staleBar->setAutoFillBackground(true);
    m_staleBar->hide();
    connect(runAgain, &QPushButton::clicked, this, &SimulatePage::runRequested);

    auto *left = new QWidget;
    auto *leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(theme::Grid, theme::Grid / 2, 0, theme::Grid / 2);
    leftLayout->setSpacing(theme::Grid / 2);
    leftLayout->addWidget(m_twinBar);
    auto *above = new QSplitter(Qt::Vertical);
    above->setChildrenCollapsible(false);
    above->addWidget(m_plots);
    above->addWidget(m_runs);
    above->setStretchFactor(0, 1);
    above->setStretchFactor(1, 0);
    m_runs->hide();
    leftLayout->addWidget(above, 1);

    auto *picture = new QFrame;
    picture->setProperty("card", true);
    auto *pictureRow = new QHBoxLayout;
    pictureRow->addWidget(m_cell, 1);
    pictureRow->addWidget(new ColourBar);
    auto *pictureLayout = new QVBoxLayout(picture);
    pictureLayout->setContentsMargins(theme::Grid, theme::Grid / 2, theme::Grid, theme::Grid / 2);
    pictureLayout->setSpacing(0);
    pictureLayout->addLayout(pictureRow);
    theme::setRole(m_cellCaption, "muted");
    m_cellCaption->setObjectName(QStringLiteral("cellCaptionLabel"));
    pictureLayout->addWidget(m_cellCaption);
    pictureLayout->addSpacing(theme::Grid / 2);
    pictureLayout->addWidget(m_space);

    auto *scroll = new FormScrollArea(m_form);
    auto *right = new QWidget;
    auto *rightLayout = new QVBoxLayout(right);
    rightLayout->setContentsMargins(0, theme::Grid, theme::Grid, 0);
    rightLayout->setSpacing(theme::Grid / 2);
    rightLayout->addWidget(picture);
    rightLayout->addWidget(m_strip);
    rightLayout->addWidget(scroll, 1);

    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(left);
    splitter->addWidget(new FoldPane(QStringLiteral("simulateSide"), tr("Cell and Input"), right,
                                     FoldPane::Edge::Right));
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    splitter->setSizes({860, 340});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);

    connect(m_cell, &CellView::selectionChanged, this, &SimulatePage::followSelection);
    connect(m_plots, &RunPlots::rowClicked, this, [this](int row) {
        if (row >= m_document->neuron().segmentCount())
            return; // of a run of another neuron
        m_cell->setSelection(m_cell->selection() == row ? std::nullopt : std::optional(row));
        followSelection();
    });
    connect(m_plots, &RunPlots::looksChanged, this,
            [this] { m_space->showRun(m_plots->neuron(), m_plots->trace(), m_durationMs); });
    connect(m_plots, &RunPlots::ghostsChanged, this, [this] {
        m_space->setGhosts(m_plots->ghosts());
        refreshLegend();
    });
    connect(m_strip, &RunStrip::tableWanted, m_runs, &QWidget::setVisible);
    connect(m_strip, &RunStrip::rerollWanted, this, &SimulatePage::reroll);
    connect(m_plots->timeAxis(), &TimeAxis::cursorChanged, this, &SimulatePage::colourAtCursor);
    connect(document, &Document::changed, this, [this](const ChangeEvent &event) {
        if (event.everything)
            clear();
        refresh();
    });
    refresh();
}

void SimulatePage::refresh()
{
    m_cell->setNeuron(m_document->neuron());
    m_strip->setSeed(seedOf(m_document->stimulus()), isRandom(m_document->stimulus()));
    colourAtCursor();
}

void SimulatePage::clear()
{
    TimeAxis *axis = m_plots->timeAxis();
    axis->setCursor(std::nullopt);
    axis->setMark(std::nullopt);
    axis->showAll();
    for (PlotCanvas *plot : findChildren<PlotCanvas *>())
        plot->showWholeHeight();
    m_cell->setNeuron(m_document->neuron());
    m_cell->setSelection(std::nullopt);
    m_cell->zoomToFit();
    followSelection();
    setGhosts({});
    m_plots->setMeasures({});
    m_plots->setStamp({});
    m_space->setStamp({});
    beginRun(0, m_document->neuron(), m_document->stimulus().durationMs);
}

void SimulatePage::followSelection()
{
    const std::optional<int> part = m_cell->selection();
    m_plots->setSelectedRow(part && *part >= 0 ? part : std::nullopt);
    m_space->setSelectedRow(part.value_or(-1));
    refreshLegend();
}

void SimulatePage::refreshLegend()
{
    m_strip->setLegend(m_runId, m_plots->selectedRow(), m_plots->ghosts());
}

void SimulatePage::setGhosts(const std::vector<RunRecord> &pinned)
{
    m_plots->setGhosts(pinned);
}

// One step, whatever is random.
void SimulatePage::reroll()
{
    const Stimulus &stimulus = m_document->stimulus();
    quint64 seed = 0;
    do
        seed = QRandomGenerator::global()->bounded(1, 100000);
    while (seed == seedOf(stimulus));
    m_document->endMerge();
    (void)m_document->edit(tr("Roll Another Seed"),
                           [seed](Project &project) { setSeed(project.stimulus, seed); });
}

void SimulatePage::beginRun(int id, const Neuron &neuron, int durationMs,
                            const std::vector<Electrode> &electrodes)
{
    m_runId = id;
    m_durationMs = durationMs;
    m_plots->beginRun(id, neuron, durationMs, electrodes);
    refreshLegend();
    m_strip->setHint({});
    setStale(false);
}

void SimulatePage::extend(const VoltageTrace &trace, const SomaLabels &labels,
                          const std::vector<float> &now)
{
    m_plots->extend(trace, labels);
    if (m_plots->timeAxis()->cursor()) {
        colourAtCursor();
    } else if (trace.recordedMs >= m_durationMs) {
        colourAt(trace.recordedMs - 1); // over: the last ms that the plots show
    } else if (!now.empty()) {
        m_cell->setVoltages(now);
        m_cellCaption->setText(
            tr("Voltage at %1 ms")
                .arg((static_cast<double>(trace.somaFine.size()) - 1.0) / trace.samplesPerMs, 0,
                     'f', 1));
    }
}

void SimulatePage::colourAtCursor()
{
    const std::optional<double> cursor = m_plots->timeAxis()->cursor();
    const VoltageTrace &trace = m_plots->trace();
    // After a change of the cell the old voltages have no place on it.
    const bool fits = trace.segments == m_document->neuron().segmentCount();
    if (!cursor || !fits || trace.recordedMs == 0) {
        if (!fits || trace.recordedMs == 0)
            m_cellCaption->setText(tr("Coloured by voltage while it runs"));
        return;
    }
    colourAt(std::clamp(static_cast<int>(*cursor), 0, trace.recordedMs - 1));
}

void SimulatePage::colourAt(int wholeMs)
{
    const VoltageTrace &trace = m_plots->trace();
    const auto n = static_cast<std::size_t>(trace.segments);
    if (trace.segments != m_document->neuron().segmentCount())
        return;
    const auto ms = static_cast<std::size_t>(wholeMs);
    std::vector<float> mv{trace.somaFine[ms * static_cast<std::size_t>(trace.samplesPerMs)]};
    const auto column = trace.dendV.begin() + static_cast<std::ptrdiff_t>(ms * n);
    mv.insert(mv.end(), column, column + static_cast<std::ptrdiff_t>(n));
    m_cell->setVoltages(mv);
    m_cellCaption->setText(tr("Voltage at %1 ms").arg(ms));
}

void SimulatePage::setStale(bool stale)
{
    m_stale = stale && m_runId > 0;
    m_staleText->setText(tr("These plots show run %1, from before your last change.").arg(m_runId));
    m_staleBar->setVisible(m_stale);
    placeStaleBar();
    m_plots->setStale(m_stale);
}

// The mark floats over the dimmed results: nothing moves under a mouse that is dragging an event.
void SimulatePage::placeStaleBar()
{
    const QRect results = m_plots->resultArea();
    const QPoint centre = m_plots->mapTo(this, results.center());
    m_staleBar->adjustSize();
    m_staleBar->move(centre - m_staleBar->rect().center());
    m_staleBar->raise();
}

void SimulatePage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    chooseShown();
    placeStaleBar();
}

void SimulatePage::chooseShown()
{
    constexpr int FormLines = 8;
    const int needed = m_cell->minimumHeight() + m_space->sizeHint().height()
        + m_strip->sizeHint().height() + FormLines * QFontMetrics(theme::bodyFont()).height();
    m_space->setVisible(height() >= needed);
}

void SimulatePage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        chooseShown();
}

} // namespace dt
