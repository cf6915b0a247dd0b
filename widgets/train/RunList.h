// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/jobs/TrainingQueue.h"

#include <QWidget>

class QLabel;
class QListWidget;
class QPushButton;
class QToolButton;

namespace dt {

/// The queue of training runs, with what can be done to them.
class RunList : public QWidget
{
    Q_OBJECT

public:
    explicit RunList(QWidget *parent = nullptr);

    /// `progress` of the running one, 0..1.
    void setRuns(const std::vector<QueuedRun> &runs, double progress, bool held);
    [[nodiscard]] int chosen() const;
    void choose(int run);

Q_SIGNALS:
    void runChosen(int run);
    void holdRequested(bool on);
    void stopRequested();
    void goOnRequested(int run);
    void removeRequested(int run);
    void moveRequested(int run, int by);

protected:
    void changeEvent(QEvent *event) override;

private:
    void updateButtons();

    std::vector<QueuedRun> m_runs;
    bool m_held = false;
    QListWidget *m_list;
    QLabel *m_empty;
    QPushButton *m_hold;
    QPushButton *m_act; ///< Stop or Go On, as the chosen run needs
    QToolButton *m_up;
    QToolButton *m_down;
    QToolButton *m_remove;
};

} // namespace dt
