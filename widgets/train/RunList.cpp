// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/train/RunList.h"

#include "engine/base/FileNames.h"
#include "engine/twin/evaluation/TwinVerdict.h"
#include "widgets/theme/Theme.h"
#include "widgets/train/RunDelegate.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace dt {

namespace {

QString stateText(const QueuedRun &run, double progress)
{
    switch (run.state) {
    case QueuedRun::State::Waiting:
        return RunList::tr("waits for its turn");
    case QueuedRun::State::Running:
        return RunList::tr("%1 %").arg(100.0 * progress, 0, 'f', 0);
    case QueuedRun::State::Finished:
        if (!run.spikesAuc)
            return RunList::tr("finished");
        return (hasLearned(*run.spikesAuc) ? RunList::tr("AUC %1")
                                           : RunList::tr("has not learned, AUC %1"))
            .arg(*run.spikesAuc, 0, 'f', 4);
    case QueuedRun::State::Stopped:
        return RunList::tr("stopped, can go on");
    case QueuedRun::State::Failed:
        return RunList::tr("failed");
    }
    return {};
}

} // namespace

RunList::RunList(QWidget *parent) :
    QWidget(parent), m_list(new QListWidget),
    m_empty(new QLabel(tr("No runs yet. Choose a data set and a twin above and add them to the "
                          "queue."))),
    m_hold(new QPushButton(tr("Pause Queue"))), m_act(new QPushButton(tr("Stop"))),
    m_up(new QToolButton), m_down(new QToolButton), m_remove(new QToolButton)
{
    m_list->setObjectName(QStringLiteral("runList"));
    m_list->setAccessibleName(tr("Training runs"));
    m_list->setItemDelegate(new RunDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setMinimumHeight(fontMetrics().height() * 6);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    theme::setRole(m_empty, "muted");
    auto *over = new QVBoxLayout(m_list);
    over->addWidget(m_empty);
    m_hold->setObjectName(QStringLiteral("runHoldButton"));
    m_act->setObjectName(QStringLiteral("runActButton"));
    m_up->setObjectName(QStringLiteral("runUpButton"));
    m_up->setText(QStringLiteral("↑"));
    m_up->setToolTip(tr("Earlier in the queue"));
    m_down->setObjectName(QStringLiteral("runDownButton"));
    m_down->setText(QStringLiteral("↓"));
    m_down->setToolTip(tr("Later in the queue"));
    m_remove->setObjectName(QStringLiteral("runRemoveButton"));
    m_remove->setText(QStringLiteral("×"));
    m_remove->setToolTip(tr("Take off the list; the twin's file stays"));
    auto *heading = new QLabel(tr("Runs"));
    theme::setRole(heading, "heading");
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_hold, 1);
    buttons->addWidget(m_act, 1);
    for (QToolButton *button : {m_up, m_down, m_remove})
        buttons->addWidget(button);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(heading);
    column->addWidget(m_list, 1);
    column->addLayout(buttons);
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int run) {
        updateButtons();
        Q_EMIT runChosen(run);
    });
    connect(m_hold, &QPushButton::clicked, this, [this] { Q_EMIT holdRequested(!m_held); });
    connect(m_act, &QPushButton::clicked, this, [this] {
        const int run = chosen();
        if (run < 0)
            return;
        if (m_runs[static_cast<std::size_t>(run)].state == QueuedRun::State::Running)
            Q_EMIT stopRequested();
        else
            Q_EMIT goOnRequested(run);
    });
    connect(m_up, &QToolButton::clicked, this, [this] { Q_EMIT moveRequested(chosen(), -1); });
    connect(m_down, &QToolButton::clicked, this, [this] { Q_EMIT moveRequested(chosen(), 1); });
    connect(m_remove, &QToolButton::clicked, this, [this] { Q_EMIT removeRequested(chosen()); });
    updateButtons();
}

int RunList::chosen() const
{
    return m_list->currentRow();
}

void RunList::choose(int run)
{
    m_list->setCurrentRow(run);
}

void RunList::setRuns(const std::vector<QueuedRun> &runs, double progress, bool held)
{
    m_runs = runs;
    m_held = held;
    const QSignalBlocker quiet(m_list);
    const int before = chosen();
    while (m_list->count() > static_cast<int>(runs.size()))
        delete m_list->takeItem(m_list->count() - 1);
    while (m_list->count() < static_cast<int>(runs.size()))
        m_list->addItem(QString());
    std::vector<std::string> targets;
    for (const QueuedRun &run : runs)
        targets.push_back(run.request.target);
    const std::vector<std::string> names = distinctNames(targets);
    for (int i = 0; i < m_list->count(); ++i) {
        const QueuedRun &run = runs[static_cast<std::size_t>(i)];
        QListWidgetItem *item = m_list->item(i);
        const QString title = QString::fromStdString(names[static_cast<std::size_t>(i)]);
        const QString network = QString::fromStdString(run.title);
        const QString state = tr("%1 · %2 · %3 epochs · seed %4")
                                  .arg(stateText(run, progress), network)
                                  .arg(run.request.settings.epochs)
                                  .arg(run.request.settings.seed);
        item->setText(title);
        item->setData(RunDelegate::StateRole, state);
        item->setData(RunDelegate::ShareRole,
                      run.state == QueuedRun::State::Running ? QVariant(progress) : QVariant());
        item->setData(RunDelegate::FailedRole,
                      run.state == QueuedRun::State::Failed
                          || (run.spikesAuc && !hasLearned(*run.spikesAuc)));
        item->setData(Qt::AccessibleTextRole, title + QStringLiteral(": ") + state);
        QString tip =
            tr("%1 on %2").arg(network, QString::fromStdString(stemOf(run.request.dataset))) + u'\n'
            + QString::fromStdString(run.request.target);
        if (!run.request.author.empty())
            tip += u'\n' + tr("Trained by %1").arg(QString::fromStdString(run.request.author));
        item->setToolTip(run.message.empty() ? tip : QString::fromStdString(run.message));
    }
    m_empty->setVisible(runs.empty());
    if (before >= 0 && before < m_list->count())
        m_list->setCurrentRow(before);
    updateButtons();
}

void RunList::updateButtons()
{
    const int run = chosen();
    const bool any = run >= 0 && run < static_cast<int>(m_runs.size());
    const QueuedRun::State state =
        any ? m_runs[static_cast<std::size_t>(run)].state : QueuedRun::State::Finished;
    m_hold->setText(m_held ? tr("Continue Queue") : tr("Pause Queue"));
    m_hold->setEnabled(!m_runs.empty());
    m_act->setText(any && (state == QueuedRun::State::Stopped || state == QueuedRun::State::Failed)
                       ? tr("Go On")
                       : tr("Stop"));
    const bool exploded = any && m_runs[static_cast<std::size_t>(run)].exploded;
    m_act->setToolTip(exploded ? tr("Going on would explode again: add it with a smaller learning "
                                    "rate")
                               : QString());
    m_act->setEnabled(any && !exploded
                      && (state == QueuedRun::State::Running || state == QueuedRun::State::Stopped
                          || state == QueuedRun::State::Failed));
    m_up->setEnabled(any && run > 0);
    m_down->setEnabled(any && run + 1 < static_cast<int>(m_runs.size()));
    m_remove->setEnabled(any && state != QueuedRun::State::Running);
}

void RunList::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        m_list->doItemsLayout();
}

} // namespace dt
