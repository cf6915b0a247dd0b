// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/jobs/TrainingQueue.h"

#include <QWidget>

class QLabel;
class QListWidget;
class QPushButton;
class QToolButton;

namespace dt {

/// The queue of trainings, with what can be done to them.
class TrainingList : public QWidget
{
    Q_OBJECT

public:
    explicit TrainingList(QWidget *parent = nullptr);

    /// `progress` of the running one, 0..1.
    void setTrainings(const std::vector<QueuedTraining> &trainings, double progress, bool held);
    [[nodiscard]] int chosen() const;
    void choose(int training);

Q_SIGNALS:
    void trainingChosen(int training);
    void holdRequested(bool on);
    void stopRequested();
    void goOnRequested(int training);
    void removeRequested(int training);
    void moveRequested(int training, int by);

protected:
    void changeEvent(QEvent *event) override;

private:
    void updateButtons();

    std::vector<QueuedTraining> m_trainings;
    bool m_held = false;
    QListWidget *m_list;
    QLabel *m_empty;
    QPushButton *m_hold;
    QPushButton *m_act; ///< Stop or Go On, as the chosen training needs
    QToolButton *m_up;
    QToolButton *m_down;
    QToolButton *m_remove;
};

} // namespace dt
