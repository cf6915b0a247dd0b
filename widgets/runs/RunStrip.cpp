// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/runs/RunStrip.h"

#include "widgets/plots/SeriesLegend.h"
#include "widgets/runs/GhostStyle.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace dt {

namespace {

constexpr int Columns = 6; ///< what and five values
constexpr int Lines = 2;

} // namespace

RunStrip::RunStrip(QWidget *parent) :
    QWidget(parent), m_legend(new SeriesLegend(SeriesLegend::Kind::Line)), m_measures(new QWidget),
    m_hint(new QLabel), m_seed(new QLabel), m_dice(new QToolButton), m_script(new QToolButton),
    m_table(new QToolButton)
{
    setObjectName(QStringLiteral("runStrip"));
    m_legend->setObjectName(QStringLiteral("runLegend"));
    m_measures->setObjectName(QStringLiteral("measuresTable"));
    m_measures->setToolTip(tr(
        "Measured on the response that the cursor is on, from one painted event to the next; with "
        "a "
        "mark (Shift+click) between mark and cursor. Base: at its beginning. Peak: farthest from "
        "the base. Rise: 10 to 90 % of the amplitude. Half-width: above half of it."));
    auto *grid = new QGridLayout(m_measures);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(theme::Grid);
    grid->setVerticalSpacing(0);
    // Units once: six of them side by side leave no room in large type.
    const QStringList heads{tr("mV, ms"), tr("base"), tr("peak"),
                            tr("ampl."),  tr("rise"), tr("half-w.")};
    for (int column = 0; column < Columns; ++column) {
        auto *head = new QLabel(heads[column]);
        theme::setRole(head, "muted");
        m_heads.push_back(head);
        grid->addWidget(head, 0, column);
    }
    for (int i = 0; i < Lines * Columns; ++i) {
        auto *cell = new QLabel;
        cell->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_cells.push_back(cell);
        grid->addWidget(cell, 1 + i / Columns, i % Columns);
    }
    for (const auto *labels : {&m_heads, &m_cells}) {
        for (std::size_t i = 0; i < labels->size(); ++i) {
            theme::setRole((*labels)[i], "caption");
            if (i % Columns > 0)
                (*labels)[i]->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        }
    }
    m_hint->setObjectName(QStringLiteral("trainingHintLabel"));
    m_hint->setWordWrap(true);
    m_hint->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    theme::setRole(m_hint, "muted");
    theme::setRole(m_hint, "caption");
    grid->addWidget(m_hint, 0, 0, 1 + Lines, Columns);
    m_seed->setObjectName(QStringLiteral("runSeedLabel"));
    m_dice->setObjectName(QStringLiteral("runRerollButton"));
    m_dice->setAutoRaise(true);
    m_dice->setAccessibleName(tr("Roll another seed"));
    m_table->setObjectName(QStringLiteral("runsButton"));
    m_table->setCheckable(true);
    m_table->setToolTip(
        tr("Table of the last runs: compare settings, pin ghosts, restore (Ctrl+T)"));
    m_script->setObjectName(QStringLiteral("runScriptButton"));
    m_script->setAutoRaise(true);
    m_script->setText(tr("Script..."));
    m_script->setToolTip(tr("The neuron and this input as a program for NEURON"));

    auto *row = new QHBoxLayout;
    row->setSpacing(theme::Grid / 2);
    row->addWidget(m_seed);
    row->addWidget(m_dice);
    row->addStretch(1);
    row->addWidget(m_script);
    row->addWidget(m_table);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(theme::Grid, 0, theme::Grid, 0);
    column->setSpacing(theme::Grid / 2);
    column->addWidget(m_legend);
    column->addWidget(m_measures);
    column->addLayout(row);
    connect(m_dice, &QToolButton::clicked, this, &RunStrip::rerollWanted);
    connect(m_script, &QToolButton::clicked, this, &RunStrip::scriptWanted);
    connect(m_table, &QToolButton::toggled, this, &RunStrip::tableWanted);
    setHint({});
    setRunCount(0);
    setSeed(0, false);
    restyle();
    setMeasures({});
}

void RunStrip::setLegend(int runId, std::optional<int> segment,
                         const std::vector<RunRecord> &ghosts)
{
    m_runId = runId;
    m_segment = segment;
    m_ghosts = ghosts;
    fillLegend();
}

void RunStrip::fillLegend()
{
    std::vector<SeriesLegend::Entry> entries;
    if (m_runId > 0) {
        SeriesLegend::Entry run;
        run.text = tr("Run %1").arg(m_runId);
        run.colour = palette().color(QPalette::WindowText);
        entries.push_back(run);
    }
    if (m_segment) {
        SeriesLegend::Entry segment;
        segment.text = tr("segment %1").arg(*m_segment);
        segment.colour = colours::onto(colours::Warning, palette());
        entries.push_back(segment);
    }
    for (const RunRecord &ghost : m_ghosts) {
        const PlotCanvas::LineStyle style = ghostStyle(ghost.slot, palette());
        SeriesLegend::Entry entry;
        entry.text = QString::fromStdString(ghost.title());
        entry.colour = style.colour;
        entry.dash = style.dash;
        entries.push_back(entry);
    }
    m_legend->setEntries(std::move(entries));
}

void RunStrip::setSeed(quint64 seed, bool isRandom)
{
    m_seed->setText(isRandom ? tr("Seed %1").arg(seed) : tr("No random input"));
    m_dice->setEnabled(isRandom);
    m_dice->setToolTip(isRandom ? tr("Roll another seed for everything random")
                                : tr("Switch on Random Rain or Axons to have something to roll."));
}

void RunStrip::setMeasures(const std::vector<Measured> &rows, const QString &sentence)
{
    m_hint->setVisible(rows.empty());
    for (QLabel *head : m_heads)
        head->setVisible(!rows.empty());
    for (std::size_t line = 0; line < Lines; ++line) {
        for (std::size_t column = 0; column < Columns; ++column) {
            QLabel *cell = m_cells[line * Columns + column];
            cell->setVisible(line < rows.size());
            if (line < rows.size())
                cell->setText(column == 0
                                  ? rows[line].what
                                  : rows[line].values.value(static_cast<qsizetype>(column) - 1));
        }
    }
    m_measures->setAccessibleName(rows.empty() ? m_hint->text() : sentence);
}

void RunStrip::setHint(const QString &sentence)
{
    m_hint->setText(sentence.isEmpty() ? tr(
                        "Point after a painted event to measure the response; Shift+click sets a "
                        "mark to measure from.")
                                       : sentence);
    m_hint->setToolTip(sentence);
    if (!m_hint->isHidden())
        m_measures->setAccessibleName(m_hint->text());
    theme::setRole(m_hint, "muted", sentence.isEmpty());
    theme::setRole(m_hint, "warning", !sentence.isEmpty());
}

void RunStrip::setRunCount(int count)
{
    m_table->setText(count > 0 ? tr("Runs (%1)").arg(count) : tr("Runs"));
    m_table->setShortcut(Qt::CTRL | Qt::Key_T); // a new text takes it away
}

bool RunStrip::isTableWanted() const
{
    return m_table->isChecked();
}

void RunStrip::restyle()
{
    // With and without numbers it is as high: nothing moves.
    m_measures->setFixedHeight((1 + Lines) * QFontMetrics(theme::captionFont()).height());
    m_dice->setIcon(themedIcon(QStringLiteral("dice"), palette()));
    fillLegend();
}

void RunStrip::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        restyle();
}

} // namespace dt
