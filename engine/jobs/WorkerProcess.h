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
    int startTimeoutMs = 20'000; ///< until it says hello
    int silenceTimeoutMs = 30'000; ///< without a byte while it should be running
    int cancelGraceMs = 150; ///< from a cancel to killing it
};

/// One worker child: starting, talking, time-outs, and every way it can go wrong turned into one
/// signal. It knows runs by id only; jobs are the pool's business. Same thread as its owner.
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
    /// Only when Idle.
    void run(const RunMessage &message);
    /// A run without end; reports come as liveReport(). Only when Idle.
    void runLive(const LiveRunMessage &message);
    /// Something for the run that goes on; nothing when there is none.
    void tell(const Message &message);
    /// Asks, and kills after the grace time; then cancelled() comes either way.
    void cancel();
    void setPace(double paceMsPerSecond);
    /// Kills without a signal.
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
    QTimer m_timer; ///< start and silence time-out
    QTimer m_grace; ///< after a cancel
    State m_state = State::Stopped;
    quint64 m_runId = 0;
};

} // namespace dt
