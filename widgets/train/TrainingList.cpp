// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/train/TrainingList.h"

#include "engine/base/FileNames.h"
#include "engine/twin/evaluation/TwinVerdict.h"
#include "widgets/theme/Theme.h"
#include "widgets/train/TrainingDelegate.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace dt {

namespace {

QString stateText(const QueuedTraining &training, double progress)
{
    switch (training.state) {
    case QueuedTraining::State::Waiting:
        return TrainingList::tr("waits for its turn");
    case QueuedTraining::State::Running:
        return TrainingList::tr("%1 %").arg(100.0 * progress, 0, 'f', 0);
    case QueuedTraining::State::Finished:
        if (!training.spikesAuc)
            return TrainingList::tr("finished");
        return (hasLearned(*training.spikesAuc) ? TrainingList::tr("AUC %1")
                                                : TrainingList::tr("has not learned, AUC %1"))
            .arg(*training.spikesAuc, 0, 'f', 4);
    case QueuedTraining::State::Stopped:
        return TrainingList::tr("stopped, can go on");
    case QueuedTraining::State::Failed:
        return TrainingList::tr("failed");
    }
    return {};
}

} // namespace

TrainingList::TrainingList(QWidget *parent) :
    QWidget(parent), m_list(new QListWidget),
    m_empty(
        new QLabel(tr("No trainings yet. Choose a data set and a twin above and add them to the "
                      "queue."))),
    m_hold(new QPushButton(tr("Pause Queue"))), m_act(new QPushButton(tr("Stop"))),
    m_up(new QToolButton), m_down(new QToolButton), m_remove(new QToolButton)
{
    m_list->setObjectName(QStringLiteral("trainingList"));
    m_list->setAccessibleName(tr("Trainings"));
    m_list->setItemDelegate(new TrainingDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setMinimumHeight(fontMetrics().height() * 6);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    theme::setRole(m_empty, "muted");
    auto *over = new QVBoxLayout(m_list);
    over->addWidget(m_empty);
    m_hold->setObjectName(QStringLiteral("trainingHoldButton"));
    m_act->setObjectName(QStringLiteral("trainingActButton"));
    m_up->setObjectName(QStringLiteral("trainingUpButton"));
    m_up->setText(QStringLiteral("↑"));
    m_up->setToolTip(tr("Earlier in the queue"));
    m_down->setObjectName(QStringLiteral("trainingDownButton"));
    m_down->setText(QStringLiteral("↓"));
    m_down->setToolTip(tr("Later in the queue"));
    m_remove->setObjectName(QStringLiteral("trainingRemoveButton"));
    m_remove->setText(QStringLiteral("×"));
    m_remove->setToolTip(tr("Take off the list; the twin's file stays"));
    auto *heading = new QLabel(tr("Trainings"));
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
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int training) {
        updateButtons();
        Q_EMIT trainingChosen(training);
    });
    connect(m_hold, &QPushButton::clicked, this, [this] { Q_EMIT holdRequested(!m_held); });
    connect(m_act, &QPushButton::clicked, this, [this] {
        const int training = chosen();
        if (training < 0)
            return;
        if (m_trainings[static_cast<std::size_t>(training)].state == QueuedTraining::State::Running)
            Q_EMIT stopRequested();
        else
            Q_EMIT goOnRequested(training);
    });
    connect(m_up, &QToolButton::clicked, this, [this] { Q_EMIT moveRequested(chosen(), -1); });
    connect(m_down, &QToolButton::clicked, this, [this] { Q_EMIT moveRequested(chosen(), 1); });
    connect(m_remove, &QToolButton::clicked, this, [this] { Q_EMIT removeRequested(chosen()); });
    updateButtons();
}

int TrainingList::chosen() const
{
    return m_list->currentRow();
}

void TrainingList::choose(int training)
{
    m_list->setCurrentRow(training);
}

void TrainingList::setTrainings(const std::vector<QueuedTraining> &trainings, double progress,
                                bool held)
{
    m_trainings = trainings;
    m_held = held;
    const QSignalBlocker quiet(m_list);
    const int before = chosen();
    while (m_list->count() > static_cast<int>(trainings.size()))
        delete m_list->takeItem(m_list->count() - 1);
    while (m_list->count() < static_cast<int>(trainings.size()))
        m_list->addItem(QString());
    std::vector<std::string> targets;
    for (const QueuedTraining &training : trainings)
        targets.push_back(training.request.target);
    const std::vector<std::string> names = distinctNames(targets);
    for (int i = 0; i < m_list->count(); ++i) {
        const QueuedTraining &training = trainings[static_cast<std::size_t>(i)];
        QListWidgetItem *item = m_list->item(i);
        const QString title = QString::fromStdString(names[static_cast<std::size_t>(i)]);
        const QString network = QString::fromStdString(training.title);
        const QString state = tr("%1 · %2 · %3 epochs · seed %4")
                                  .arg(stateText(training, progress), network)
                                  .arg(training.request.settings.epochs)
                                  .arg(training.request.settings.seed);
        item->setText(title);
        item->setData(TrainingDelegate::StateRole, state);
        item->setData(TrainingDelegate::ShareRole,
                      training.state == QueuedTraining::State::Running ? QVariant(progress)
                                                                       : QVariant());
        item->setData(TrainingDelegate::FailedRole,
                      training.state == QueuedTraining::State::Failed
                          || (training.spikesAuc && !hasLearned(*training.spikesAuc)));
        item->setData(Qt::AccessibleTextRole, title + QStringLiteral(": ") + state);
        QString tip =
            tr("%1 on %2").arg(network, QString::fromStdString(stemOf(training.request.dataset)))
            + u'\n' + QString::fromStdString(training.request.target);
        if (!training.request.author.empty())
            tip += u'\n' + tr("Trained by %1").arg(QString::fromStdString(training.request.author));
        item->setToolTip(training.message.empty() ? tip : QString::fromStdString(training.message));
    }
    m_empty->setVisible(trainings.empty());
    if (before >= 0 && before < m_list->count())
        m_list->setCurrentRow(before);
    updateButtons();
}

void TrainingList::updateButtons()
{
    const int training = chosen();
    const bool any = training >= 0 && training < static_cast<int>(m_trainings.size());
    const QueuedTraining::State state = any ? m_trainings[static_cast<std::size_t>(training)].state
                                            : QueuedTraining::State::Finished;
    m_hold->setText(m_held ? tr("Continue Queue") : tr("Pause Queue"));
    m_hold->setEnabled(!m_trainings.empty());
    m_act->setText(
        any && (state == QueuedTraining::State::Stopped || state == QueuedTraining::State::Failed)
            ? tr("Go On")
            : tr("Stop"));
    const bool exploded = any && m_trainings[static_cast<std::size_t>(training)].exploded;
    m_act->setToolTip(exploded ? tr("Going on would explode again: add it with a smaller learning "
                                    "rate")
                               : QString());
    m_act->setEnabled(any && !exploded
                      && (state == QueuedTraining::State::Running
                          || state == QueuedTraining::State::Stopped
                          || state == QueuedTraining::State::Failed));
    m_up->setEnabled(any && training > 0);
    m_down->setEnabled(any && training + 1 < static_cast<int>(m_trainings.size()));
    m_remove->setEnabled(any && state != QueuedTraining::State::Running);
}

void TrainingList::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        m_list->doItemsLayout();
}

} // namespace dt
