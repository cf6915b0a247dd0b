// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/runs/SpacePlot.h"

#include "engine/cell/Names.h"
#include "widgets/forms/ElidedLabel.h"
#include "widgets/plots/PlotCanvas.h"
#include "widgets/runs/GhostStyle.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>

namespace dt {

namespace {

constexpr int TickMs = 33;
constexpr double LowestMv = -95.0; ///< shown while there is no run
constexpr double HighestMv = 5.0; ///< where excitatory synapses pull to
constexpr double LeastShownMv = 1.5;
constexpr std::array Paces{2, 10, 50, 200}; ///< ms of the neuron a second
constexpr int RunLine = static_cast<int>(RunHistory::MaxPinned);
constexpr int SpaceLines = RunLine + 1;

/// Of the soma and all segments, from a whole ms on: what anybody scrubs over.
Extent extentOf(const VoltageTrace &trace, int fromMs)
{
    Extent seen;
    const auto n = static_cast<std::size_t>(trace.segments);
    seen.take(std::span(trace.dendV)
                  .subspan(std::min(trace.dendV.size(), n * static_cast<std::size_t>(fromMs))));
    const auto perMs = static_cast<std::size_t>(trace.samplesPerMs);
    for (std::size_t i = perMs * static_cast<std::size_t>(fromMs); i < trace.somaFine.size();
         i += perMs)
        seen.take(static_cast<double>(trace.somaFine[i]));
    return seen;
}

/// Soma and segments along a path, at a whole ms; shorter than the path when the run is.
void voltagesAt(const VoltageTrace &trace, const std::vector<DendritePath::Stop> &path, int ms,
                std::vector<double> &um, std::vector<double> &mv)
{
    um.clear();
    mv.clear();
    if (ms < 0 || ms >= trace.recordedMs)
        return;
    for (const DendritePath::Stop &place : path) {
        const std::size_t soma =
            static_cast<std::size_t>(ms) * static_cast<std::size_t>(trace.samplesPerMs);
        const std::size_t segment =
            static_cast<std::size_t>(ms) * static_cast<std::size_t>(trace.segments)
            + static_cast<std::size_t>(std::max(place.row, 0));
        const bool isSoma = place.row == SomaIndex;
        if (isSoma ? soma >= trace.somaFine.size() : segment >= trace.dendV.size())
            continue;
        um.push_back(place.distanceUm);
        mv.push_back(static_cast<double>(isSoma ? trace.somaFine[soma] : trace.dendV[segment]));
    }
}

} // namespace

SpacePlot::SpacePlot(TimeAxis *axis, QWidget *parent) :
    QWidget(parent), m_axis(axis), m_canvas(new PlotCanvas), m_readOut(new ElidedLabel),
    m_tip(new QComboBox), m_slider(new QSlider(Qt::Horizontal)), m_play(new QToolButton),
    m_mark(new QToolButton), m_pace(new QComboBox), m_range(LeastShownMv, LowestMv, HighestMv)
{
    setObjectName(QStringLiteral("spacePlot"));
    m_canvas->setObjectName(QStringLiteral("spaceCanvas"));
    m_canvas->setAccessibleName(tr("Voltage along the dendrite"));
    m_canvas->setYLabel(tr("V [mV]"));
    m_canvas->setYRange(m_range.from(), m_range.to());
    m_canvas->setFocusPolicy(Qt::NoFocus); // keys do nothing in it; the slider has them
    m_canvas->setMinimumHeight(QFontMetrics(theme::captionFont()).height() * 7);
    for (int line = 0; line < SpaceLines; ++line)
        m_canvas->addLine({});
    m_canvas->addMarkers(PlotCanvas::Shape::Dot, Qt::black);
    m_canvas->setEmptyText(tr("V(x) of a run appears here."));

    auto *title = new QLabel(tr("V along the Dendrite"));
    theme::setRole(title, "muted");
    theme::setRole(title, "caption");
    m_readOut->setObjectName(QStringLiteral("spaceReadOutLabel"));
    m_readOut->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    theme::setRole(m_readOut, "caption");
    m_tip->setObjectName(QStringLiteral("spaceTipCombo"));
    m_tip->setAccessibleName(tr("Tip"));
    m_tip->setToolTip(tr("The plot follows the way from the soma to this tip."));
    m_slider->setObjectName(QStringLiteral("scrubSlider"));
    m_slider->setAccessibleName(tr("Moment"));
    m_slider->setToolTip(
        tr("Drag, or use the arrow keys, to go through the run ms by ms. All plots "
           "and the picture follow."));
    m_slider->setPageStep(10);
    m_play->setObjectName(QStringLiteral("scrubPlayButton"));
    m_play->setAutoRaise(true);
    m_play->setCheckable(true);
    m_play->setAccessibleName(tr("Slow Motion"));
    m_play->setToolTip(tr("Play the run in slow motion"));
    m_mark->setObjectName(QStringLiteral("markButton"));
    m_mark->setAutoRaise(true);
    m_mark->setText(tr("Mark"));
    m_mark->setToolTip(tr("Set the mark at this moment, or take it away: captions then say the "
                          "differences from it. Shift+click in a plot does the same."));
    m_pace->setObjectName(QStringLiteral("scrubPaceCombo"));
    m_pace->setAccessibleName(tr("Pace of slow motion"));
    m_pace->setToolTip(tr("How much of the neuron's time passes in a second of slow motion."));
    for (const int pace : Paces)
        m_pace->addItem(tr("%1 ms/s").arg(pace), pace);
    m_pace->setCurrentIndex(2);

    auto *header = new QHBoxLayout;
    header->setSpacing(theme::Grid);
    header->addWidget(title);
    header->addWidget(m_tip);
    header->addWidget(m_readOut, 1);
    auto *row = new QHBoxLayout;
    row->setSpacing(theme::Grid / 2);
    row->addWidget(m_play);
    row->addWidget(m_slider, 1);
    row->addWidget(m_pace);
    row->addWidget(m_mark);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(header);
    column->addWidget(m_canvas, 1);
    column->addLayout(row);

    m_timer.setInterval(TickMs);
    connect(&m_timer, &QTimer::timeout, this, &SpacePlot::play);
    connect(m_axis, &TimeAxis::cursorChanged, this, &SpacePlot::followCursor);
    connect(m_slider, &QSlider::valueChanged, this, &SpacePlot::moveTo);
    connect(m_play, &QToolButton::toggled, this, &SpacePlot::setPlaying);
    connect(m_mark, &QToolButton::clicked, this, [this] {
        m_axis->setMark(m_axis->mark() ? std::nullopt : std::optional<double>(m_momentMs));
    });
    connect(m_tip, &QComboBox::currentIndexChanged, this, [this] {
        choosePaths();
        draw();
    });
    m_tip->hide();
    restyle();
}

void SpacePlot::showRun(const Neuron &neuron, const VoltageTrace &trace, int durationMs)
{
    m_trace = &trace;
    {
        const QSignalBlocker blocker(m_slider);
        m_slider->setRange(0, std::max(0, durationMs - 1));
    }
    if (trace.recordedMs < m_drawnMs || trace.recordedMs == 0) {
        m_seen = {};
        m_drawnMs = 0;
    }
    if (trace.recordedMs > m_drawnMs)
        m_seen.take(extentOf(trace, m_drawnMs));
    m_isOver = trace.recordedMs >= durationMs;
    if (trace.recordedMs > m_drawnMs && !m_axis->cursor()) { // nobody looks elsewhere
        const QSignalBlocker blocker(m_slider);
        m_momentMs = trace.recordedMs - 1;
        m_slider->setValue(m_momentMs);
    }
    m_drawnMs = trace.recordedMs;
    m_momentMs = std::min(m_momentMs, m_slider->maximum());
    if (!m_hasNeuron || !(neuron == m_neuron)) {
        m_hasNeuron = true;
        m_neuron = neuron;
        refreshTips();
        choosePaths();
    }
    m_canvas->setEmptyText(
        trace.recordedMs > 0 || !m_ghosts.empty() ? QString() : tr("V(x) of a run appears here."));
    draw();
}

void SpacePlot::setGhosts(const std::vector<RunRecord> &ghosts)
{
    m_ghosts.clear();
    for (const RunRecord &run : ghosts) {
        if (run.trace && run.setup)
            m_ghosts.push_back({run, {}, extentOf(*run.trace, 0)});
    }
    choosePaths();
    draw();
}

void SpacePlot::setSelectedRow(int row)
{
    m_selectedRow = row;
    draw();
}

void SpacePlot::setStamp(const QString &stamp)
{
    m_canvas->setStamp(stamp);
}

// A tip stays chosen by its name.
void SpacePlot::refreshTips()
{
    const QString before = m_tip->currentText();
    const QSignalBlocker blocker(m_tip);
    m_tip->clear();
    for (const int tip : dendriteTips(m_neuron))
        m_tip->addItem(
            QString::fromStdString(m_neuron.dendrites[static_cast<std::size_t>(tip)].name), tip);
    m_tip->setCurrentIndex(std::max(0, m_tip->findText(before)));
    m_tip->setVisible(m_tip->count() > 1);
}

int SpacePlot::chosenTip() const
{
    return m_tip->count() > 0 ? m_tip->currentData().toInt() : -1;
}

void SpacePlot::choosePaths()
{
    if (!m_hasNeuron)
        return;
    const DendritePath path = pathTo(m_neuron, chosenTip());
    m_path = path.stops(m_neuron);
    double longest = path.lengthUm();
    const std::string name = m_tip->currentText().toStdString();
    for (Ghost &ghost : m_ghosts) {
        // The same tip of another neuron, by name; where it has none, its own first one.
        const Neuron &other = ghost.run.setup->neuron;
        const std::vector<int> tips = dendriteTips(other);
        const std::optional<int> named = dendriteNamed(other, name);
        const auto same = named ? std::find(tips.begin(), tips.end(), *named) : tips.end();
        const int tip = same != tips.end() ? *same : tips.empty() ? -1 : tips.front();
        const DendritePath ghostPath = pathTo(other, tip);
        ghost.path = ghostPath.stops(other);
        longest = std::max(longest, ghostPath.lengthUm());
    }
    m_canvas->setXAxis(tr("Distance from the soma [µm]"), 0.0, std::max(longest, 1.0));
}

void SpacePlot::followCursor()
{
    m_mark->setText(m_axis->mark() ? tr("Unmark") : tr("Mark"));
    if (!m_axis->cursor())
        return;
    m_momentMs = std::clamp(static_cast<int>(*m_axis->cursor()), 0, m_slider->maximum());
    if (!m_moving) {
        const QSignalBlocker blocker(m_slider);
        m_slider->setValue(m_momentMs);
        m_playedMs = *m_axis->cursor();
    }
    draw();
}

void SpacePlot::moveTo(int ms)
{
    m_moving = true;
    m_playedMs = ms;
    m_axis->setCursor(ms);
    m_moving = false;
}

void SpacePlot::setPlaying(bool on)
{
    if (!on) {
        m_timer.stop();
    } else {
        const int last = m_trace ? m_trace->recordedMs - 1 : -1;
        m_playedMs = m_momentMs >= last ? 0.0 : m_momentMs; // from the end: once more
        m_sinceStep.start();
        m_timer.start();
    }
    restyle();
}

void SpacePlot::play()
{
    const int last = m_trace ? m_trace->recordedMs - 1 : -1;
    m_playedMs +=
        static_cast<double>(m_sinceStep.restart()) / 1000.0 * m_pace->currentData().toDouble();
    if (m_playedMs >= last) {
        m_playedMs = std::max(last, 0);
        m_play->setChecked(false);
    }
    const double at = m_playedMs;
    m_moving = true;
    {
        const QSignalBlocker blocker(m_slider);
        m_slider->setValue(static_cast<int>(at));
    }
    m_axis->setCursor(at);
    m_moving = false;
}

void SpacePlot::draw()
{
    std::vector<double> um;
    std::vector<double> mv;
    for (int line = 0; line < RunLine; ++line)
        m_canvas->setLine(line, 0.0, 1.0, {});
    for (const Ghost &ghost : m_ghosts) {
        voltagesAt(*ghost.run.trace, ghost.path, m_momentMs, um, mv);
        m_canvas->setPoints(ghost.run.slot, um, mv);
        m_canvas->setLineName(ghost.run.slot,
                              tr("%1 V [mV]").arg(QString::fromStdString(ghost.run.title())));
    }
    um.clear();
    mv.clear();
    if (m_trace)
        voltagesAt(*m_trace, m_path, m_momentMs, um, mv);
    m_canvas->setPoints(RunLine, um, mv);
    m_canvas->setLineName(RunLine, tr("V at %1 ms [mV]").arg(m_momentMs));
    std::vector<PlotCanvas::Marker> marks;
    for (std::size_t i = 0; i < m_path.size() && i < mv.size(); ++i) {
        if (m_path[i].row == m_selectedRow && m_selectedRow >= 0)
            marks.push_back({um[i], mv[i], 7.0});
    }
    m_canvas->setMarkers(0, std::move(marks));
    // Of the whole run and its ghosts: the axis stands still while somebody scrubs.
    Extent seen = m_seen;
    for (const Ghost &ghost : m_ghosts)
        seen.take(ghost.seen);
    m_range.fit(seen, m_isOver);
    m_canvas->setYRange(m_range.from(), m_range.to());
    m_readOut->setText(
        mv.empty() ? QString()
                   : tr("%1 to %2 mV").arg(mv.front(), 0, 'f', 1).arg(mv.back(), 0, 'f', 1));
    m_readOut->setToolTip(tr("Soma and tip at %1 ms").arg(m_momentMs));
    m_canvas->redraw();
}

void SpacePlot::restyle()
{
    const QColor ink = palette().color(QPalette::WindowText);
    for (int slot = 0; slot < RunLine; ++slot)
        m_canvas->setLineStyle(slot, ghostStyle(slot, palette()));
    m_canvas->setLineStyle(RunLine, {ink});
    m_canvas->setMarkersColour(0, colours::onto(colours::Warning, palette()));
    m_play->setIcon(themedIcon(m_play->isChecked() ? QStringLiteral("stop") : QStringLiteral("run"),
                               palette()));
    const QFontMetrics metrics(theme::captionFont());
    m_canvas->setSideMargins(
        metrics.horizontalAdvance(QStringLiteral("-100")) + metrics.height() + 14, theme::Grid);
    m_canvas->setMinimumHeight(metrics.height() * 8);
}

void SpacePlot::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        restyle();
}

} // namespace dt
