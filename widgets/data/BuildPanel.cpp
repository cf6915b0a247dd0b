// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/data/BuildPanel.h"

#include "widgets/data/SampleView.h"
#include "widgets/data/StatisticText.h"
#include "widgets/data/StatisticsGrid.h"
#include "widgets/forms/FormScrollArea.h"
#include "widgets/theme/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <numeric>

namespace dt {

using Phase = BuildProgress::Phase;

QString acceptanceText(std::uint64_t tried, std::uint64_t accepted,
                       const std::array<std::uint64_t, StatisticCount> &rejectedBy)
{
    if (tried == 0)
        return {};
    QString text =
        BuildPanel::tr("<b>%1 of %2</b> simulations passed the quality filter (%3 %).")
            .arg(countText(accepted), countText(tried))
            .arg(100.0 * static_cast<double>(accepted) / static_cast<double>(tried), 0, 'f', 0);
    std::vector<std::size_t> order(StatisticCount);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return rejectedBy[a] > rejectedBy[b]; });
    QStringList why;
    for (const std::size_t s : order) {
        if (rejectedBy[s] == 0)
            continue;
        QString title = statisticTitle(static_cast<Statistic>(s));
        title[0] = title[0].toLower();
        why += BuildPanel::tr("%1 for %2").arg(countText(rejectedBy[s]), title);
    }
    if (!why.isEmpty())
        text += BuildPanel::tr("<br>Rejected: %1.").arg(why.join(QStringLiteral("; ")));
    return text;
}

BuildPanel::BuildPanel(QWidget *parent) :
    QWidget(parent), m_title(new QLabel), m_detail(new QLabel), m_bar(new QProgressBar),
    m_pause(new QPushButton(tr("Pause"))), m_cancel(new QPushButton(tr("Stop"))),
    m_tabs(new QTabWidget), m_grid(new StatisticsGrid), m_sample(new SampleView)
{
    setObjectName(QStringLiteral("buildPanel"));
    m_title->setObjectName(QStringLiteral("buildTitleLabel"));
    theme::setRole(m_title, "heading");
    m_title->setWordWrap(true);
    m_detail->setObjectName(QStringLiteral("buildDetailLabel"));
    m_detail->setWordWrap(true);
    theme::setRole(m_detail, "muted");
    m_bar->setObjectName(QStringLiteral("buildBar"));
    m_bar->setRange(0, 1000);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress of the build"));
    m_pause->setObjectName(QStringLiteral("buildPauseButton"));
    m_cancel->setObjectName(QStringLiteral("buildCancelButton"));
    m_cancel->setToolTip(tr("Stop building. What is finished is kept; go on whenever you like."));
    m_grid->setIntervalsVisible(false);
    m_sample->setEmptyText(tr("The last simulation appears here."));

    auto *row = new QHBoxLayout;
    row->addWidget(m_bar, 1);
    row->addWidget(m_pause);
    row->addWidget(m_cancel);
    m_tabs->setObjectName(QStringLiteral("buildTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(new FormScrollArea(m_grid), tr("Statistics So Far"));
    m_tabs->addTab(m_sample, tr("Last Simulation"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::Grid / 2);
    layout->addWidget(m_title);
    layout->addLayout(row);
    layout->addWidget(m_detail);
    layout->addSpacing(theme::Grid);
    layout->addWidget(m_tabs, 1);

    connect(m_pause, &QPushButton::clicked, this, [this] {
        if (m_phase == Phase::Paused || (m_phase >= Phase::Cancelled && m_resumable))
            Q_EMIT resumeRequested();
        else
            Q_EMIT pauseRequested();
    });
    connect(m_cancel, &QPushButton::clicked, this, &BuildPanel::cancelRequested);
}

void BuildPanel::setProgress(const BuildProgress &p)
{
    const bool other = p.phase != m_phase;
    m_phase = p.phase;
    m_resumable = p.resumable;
    const auto sum = [](const std::array<std::uint64_t, 3> &counts) {
        return counts[0] + counts[1] + counts[2];
    };
    const std::uint64_t wanted = sum(p.wanted);
    std::uint64_t kept = 0;
    for (std::size_t i = 0; i < 3; ++i)
        kept += std::min(p.wanted[i], p.accepted[i]);
    switch (p.phase) {
    case Phase::Preparing:
        m_title->setText(tr("Preparing %1").arg(p.name));
        break;
    case Phase::Running:
        m_title->setText(tr("Building %1").arg(p.name));
        break;
    case Phase::Paused:
        m_title->setText(tr("%1 is paused").arg(p.name));
        break;
    case Phase::Assembling:
        m_title->setText(tr("Putting %1 together").arg(p.name));
        break;
    case Phase::Finished:
        m_title->setText(tr("%1 is finished").arg(p.name));
        break;
    case Phase::Cancelled:
        m_title->setText(tr("%1 was stopped. What is finished is kept.").arg(p.name));
        break;
    case Phase::Failed:
        m_title->setText(p.problem);
        break;
    }
    theme::setRole(m_title, "problem", p.phase == Phase::Failed);
    m_bar->setValue(static_cast<int>(1000.0 * p.fraction));

    // The pace counts what is simulated, kept or not.
    QStringList detail{tr("%1 of %2 simulations").arg(countText(kept), countText(wanted))};
    if (sum(p.tried) > kept)
        detail += tr("%1 tried").arg(countText(sum(p.tried)));
    if (p.phase == Phase::Running) {
        if (p.perSecond > 0.0)
            detail += tr("%1 tried a second").arg(p.perSecond, 0, 'f', p.perSecond < 10.0 ? 1 : 0);
        if (p.secondsLeft >= 0.0)
            detail += tr("%1 left").arg(durationText(p.secondsLeft));
    }
    if (!p.isOver())
        detail += tr("%1 of about %2 on disk").arg(sizeText(p.bytes), sizeText(p.bytesNeeded));
    m_detail->setText(detail.join(QStringLiteral(" · ")));
    QString summary = acceptanceText(sum(p.tried), sum(p.accepted), p.rejectedBy);
    if (sum(p.tried) > sum(p.accepted))
        summary += tr(" Pale in the plots: the rejected ones.");
    m_grid->setSummary(summary);
    m_tabs->setTabText(0, p.phase == Phase::Finished ? tr("Statistics") : tr("Statistics So Far"));

    const bool canGoOn = p.phase >= Phase::Cancelled && p.resumable;
    m_pause->setText(p.phase == Phase::Paused || canGoOn ? tr("Go On") : tr("Pause"));
    m_pause->setVisible(!p.isOver() || canGoOn);
    m_pause->setEnabled(p.phase != Phase::Assembling);
    m_cancel->setVisible(!p.isOver());
    if (other)
        Q_EMIT phaseChanged(p.phase);
}

void BuildPanel::setStatistics(const std::vector<StatisticValues> &accepted,
                               const std::vector<StatisticValues> &rejected)
{
    m_grid->setStatistics(accepted, rejected, {});
}

void BuildPanel::setSample(const Neuron &neuron, std::shared_ptr<const StoredSimulation> sample,
                           const QString &title)
{
    m_sample->setSample(neuron, std::move(sample), title);
}

} // namespace dt
