// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/input/SpikeInput.h"
#include "engine/jobs/StoredTwin.h"
#include "engine/twin/TwinBatch.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <string>

class QThread;

namespace dt {

/// A trained twin that says, piece by piece, what it makes of an input while a neuron is simulated
/// on the same input. The twin is loaded once and lives on a thread of its own; this object belongs
/// to the thread that made it and reports to it at most 30 times a second. The twin sees the input
/// alone and never waits for the neuron. In a run that is slowed down, allow() keeps it from saying
/// more than the neuron has reached, so that both grow together.
class LiveTwin : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Loading,
        Ready, ///< no run
        Running, ///< also while it waits for allow()
        Finished, ///< all of the run is said
        Failed, ///< the twin could not be loaded or the run went wrong: error()
    };

    /// Begins to load the twin.
    explicit LiveTwin(std::string path, QObject *parent = nullptr);
    /// Waits for nothing. The thread ends by itself after what it loads or computes, and before the
    /// program does.
    ~LiveTwin() override;

    /// Begins a run and forgets the one before. Does nothing when there is no twin to run. May be
    /// called while Loading: the run then begins when the twin is loaded. `allowedMs` of the input
    /// may be said at first.
    void run(SpikeInput input, int allowedMs);
    /// The run may be said up to this ms. A smaller value than before changes nothing.
    void allow(int ms);
    /// Ends the run after the piece that is being computed. What was said stays.
    void cancel();

    [[nodiscard]] const std::string &path() const { return m_path; }
    [[nodiscard]] State state() const { return m_state; }
    /// The network; valid once the twin is loaded.
    [[nodiscard]] const TwinSpec &spec() const { return m_spec; }
    [[nodiscard]] const Error &error() const { return m_error; }

    /// What the twin has said in this run: one window as long as the input (dendMv has that
    /// stride). Its first reachedMs() are said, the rest is 0.
    [[nodiscard]] const TwinPrediction &said() const { return m_said; }
    [[nodiscard]] int reachedMs() const { return m_reachedMs; }

Q_SIGNALS:
    void stateChanged();
    /// said() reaches further.
    void grew();

private:
    class Shared;

    void collect();
    void setState(State state);

    std::string m_path;
    std::shared_ptr<Shared> m_shared;
    std::unique_ptr<QThread> m_thread;
    QTimer m_timer;
    State m_state = State::Loading;
    bool m_loaded = false;
    bool m_over = false; ///< the thread has ended
    bool m_wanted = false; ///< a run was asked for and not cancelled
    TwinSpec m_spec;
    Error m_error;
    std::uint64_t m_run = 0;
    TwinPrediction m_said;
    int m_reachedMs = 0;
};

} // namespace dt
