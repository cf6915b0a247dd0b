// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/sim/Frames.h"
#include "engine/sim/Messages.h"

#include <QObject>
#include <QProcess>
#include <QTimer>

namespace dt {

struct WorkerSettings
{
    QString program;
    QStringList arguments;
    int startTimeoutMs = 20'000; ///< time until the worker says hello
    int silenceTimeoutMs = 30'000; ///< time without a byte while a run is on
    int cancelGraceMs = 150; ///< time from a cancel to killing the worker
};

/// One worker process: starts it, talks to it, times it out, and turns every way it can go wrong
/// into one signal. It knows runs by id only; jobs are the business of the pool. Lives on its
/// owner's thread.
class WorkerProcess : public QObject
{
    Q_OBJECT

public:
    enum class State { Stopped, Starting, Idle, Busy };

    explicit WorkerProcess(WorkerSettings settings, QObject *parent = nullptr);
    ~WorkerProcess() override;

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] qint64 processId() const { return m_process ? m_process->processId() : 0; }
    [[nodiscard]] const QString &engineVersion() const { return m_engineVersion; }

    void start();
    /// Begins a run; only when Idle.
    void run(const RunMessage &message);
    /// Begins a run without end; reports come as liveReport(). Only when Idle.
    void runLive(const LiveRunMessage &message);
    /// Sends a message to the current run; does nothing when there is none.
    void tell(const Message &message);
    /// Asks the run to end, and kills the worker after the grace time. Either runEnded() or
    /// killedOnCancel() follows.
    void cancel();
    void setPace(double paceMsPerSecond);
    /// Kills the worker; no signal follows.
    void stop();

Q_SIGNALS:
    void idle();
    void chunk(const dt::ChunkMessage &message);
    void liveReport(const dt::LiveReportMessage &message);
    /// The run is over; state is Idle again.
    void runEnded(const dt::EndMessage &message);
    /// The run was cancelled by killing; state is Stopped.
    void killedOnCancel();
    /// The worker is gone; state is Stopped. `mayRetry`: another attempt could work.
    void failed(const dt::Error &error, bool mayRetry);

private:
    void startRun(quint64 id, const Message &message);
    void readOutput();
    void handle(const Message &message);
    void onFinished(int exitCode, QProcess::ExitStatus status);
    void giveUp(const QString &sentence, bool mayRetry);
    void release();
    void send(const Message &message);
    [[nodiscard]] QString lastWords();

    WorkerSettings m_settings;
    QProcess *m_process = nullptr;
    FrameReader m_frames;
    QString m_engineVersion;
    QByteArray m_stderr;
    QTimer m_timer; ///< time-outs of start and of silence
    QTimer m_grace; ///< grace time after a cancel
    State m_state = State::Stopped;
    quint64 m_runId = 0;
};

} // namespace dt
