// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/runs/RunStrip.h"

#include "widgets/compare/SeriesLegend.h"
#include "widgets/forms/ElidedLabel.h"
#include "widgets/plots/RunLines.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace dt {

RunStrip::RunStrip(QWidget *parent) :
    QWidget(parent), m_legend(new SeriesLegend(SeriesLegend::Kind::Line)),
    m_measures(new ElidedLabel), m_seed(new QLabel), m_dice(new QToolButton),
    m_table(new QToolButton)
{
    setObjectName(QStringLiteral("runStrip"));
    m_legend->setObjectName(QStringLiteral("runLegend"));
    m_measures->setObjectName(QStringLiteral("measuresLabel"));
    m_measures->setTextInteractionFlags(Qt::TextSelectableByMouse);
    theme::setRole(m_measures, "caption");
    m_seed->setObjectName(QStringLiteral("runSeedLabel"));
    m_dice->setObjectName(QStringLiteral("runRerollButton"));
    m_dice->setAutoRaise(true);
    m_dice->setAccessibleName(tr("Roll another seed"));
    m_table->setObjectName(QStringLiteral("runsButton"));
    m_table->setCheckable(true);
    m_table->setToolTip(tr("Table of the last runs: compare settings, pin ghosts, restore (Ctrl+T)"));
    m_table->setShortcut(Qt::CTRL | Qt::Key_T);

    auto *row = new QHBoxLayout;
    row->setSpacing(theme::Grid / 2);
    row->addWidget(m_legend, 1, Qt::AlignVCenter);
    row->addWidget(m_seed);
    row->addWidget(m_dice);
    row->addSpacing(theme::Grid);
    row->addWidget(m_table);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(theme::Grid / 2, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_measures);
    column->addLayout(row);
    setMeasures({}, {});
    connect(m_dice, &QToolButton::clicked, this, &RunStrip::rerollWanted);
    connect(m_table, &QToolButton::toggled, this, &RunStrip::tableWanted);
    setRunCount(0);
    setSeed(0, false);
    restyle();
}

void RunStrip::setLegend(int runId, std::optional<int> segment, const std::vector<RunRecord> &ghosts)
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
    m_dice->setToolTip(isRandom ? tr("Roll another seed for rain and axons")
                                : tr("Switch on Random Rain or Axons to have something to roll."));
}

void RunStrip::setMeasures(const QString &text, const QString &tip)
{
    // The line stays: nothing moves below a mouse that goes over the plots.
    m_measures->setText(text.isEmpty()
                            ? tr("Point after a painted event to measure the response. Shift+click "
                                 "sets a mark to measure from.")
                            : text);
    m_measures->setToolTip(text.isEmpty() ? QString() : tip);
    theme::setRole(m_measures, "muted", text.isEmpty());
}

void RunStrip::setRunCount(int count)
{
    m_table->setText(count > 0 ? tr("Runs (%1)").arg(count) : tr("Runs"));
}

bool RunStrip::isTableWanted() const
{
    return m_table->isChecked();
}

void RunStrip::restyle()
{
    // With and without numbers it is as high: nothing moves.
    m_measures->setFixedHeight(QFontMetrics(theme::captionFont()).height() + 2);
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
