// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/jobs/TrainingSession.h"

#include <QLockFile>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QTimer>

#include <string>
#include <vector>

namespace dt {

/// One training of the queue; its twin's file is its name.
struct QueuedTraining
{
    enum class State { Waiting, Running, Finished, Stopped, Failed };
    std::string title; ///< e.g. "TCN A"
    TrainingRequest request;
    State state = State::Waiting;
    std::string message; ///< why it failed
    bool begun = false; ///< its target is its own checkpoint or twin
    bool exploded = false; ///< failed for good: going on would explode again
    std::optional<double> spikesAuc; ///< on the test split, when finished
};

/// Trainings that are trained one after another. The list is kept in a file, so that a program that
/// was closed or killed has it again: what was running is Stopped then, and goes on from its
/// checkpoint.
class TrainingQueue : public QObject
{
    Q_OBJECT

public:
    /// Reads the list; a damaged one is set aside under another name and said in problem(). While
    /// another program has it, this one only shows it, and takes it over when the other ends.
    explicit TrainingQueue(const QString &listFile, QObject *parent = nullptr);
    ~TrainingQueue() override;

    [[nodiscard]] const std::vector<QueuedTraining> &trainings() const { return m_trainings; }
    /// Of the training that trains now, -1: none.
    [[nodiscard]] int current() const { return m_current; }
    [[nodiscard]] TrainingSession *session() const { return m_session; }
    [[nodiscard]] bool isHeld() const { return m_held; }
    /// Empty, or what is wrong with the list's file. A change comes as problemChanged().
    [[nodiscard]] const QString &problem() const { return m_problem; }
    /// Nothing can be changed here: the list is another program's, or cannot be read.
    [[nodiscard]] bool isReadOnly() const { return m_readOnly; }

    /// Refuses a twin file that another training has already.
    Status add(const std::string &title, const TrainingRequest &request);
    /// Takes it off the list; its file stays. Not the one that runs.
    void remove(int training);
    /// Up (-1) or down (+1).
    void move(int training, int by);
    /// Stops the one that runs, with a checkpoint, and goes on with the next.
    void stop();
    /// A stopped or failed one waits again.
    void goOn(int training);
    /// Stops the one that runs, and nothing starts until it is taken back.
    void hold(bool on);
    /// Its data set is elsewhere now; a stopped or failed one waits again.
    void relocate(int training, const std::string &dataset);
    /// A twin's file has another name now. Not that of the one that runs.
    void retarget(const std::string &from, const std::string &to);
    /// The training that was training when the program ended without stopping it; -1: none.
    [[nodiscard]] int interrupted() const;

Q_SIGNALS:
    /// The list, or a training's state.
    void changed();
    void problemChanged();
    /// The session has news.
    void progressed();
    void remarked(const QString &sentence);
    /// A training ended, one way or another.
    void trainingEnded(int training);

private:
    void open();
    void read();
    void setAside();
    void write();
    void setProblem(const QString &sentence);
    void onProgressed();
    void startNext(int wanted = -1);
    void onEnded();

    QString m_listFile;
    QString m_problem;
    std::vector<QueuedTraining> m_trainings;
    int m_current = -1;
    QPointer<TrainingSession> m_session;
    QLockFile m_lock;
    QTimer m_retry; ///< for the lock
    bool m_readOnly = false;
    std::string m_interrupted; ///< target
    bool m_held = false;
    bool m_waitAgain = false; ///< the one that is stopping was stopped by hold()
};

} // namespace dt
