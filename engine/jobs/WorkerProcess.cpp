// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/WorkerProcess.h"

#include <QFileInfo>

#include <unistd.h>

namespace dt {

namespace {

constexpr qsizetype KeptStderrBytes = 4096;

Error workerError(const QString &sentence)
{
    return {ErrorCode::Worker, sentence.toStdString(), "worker"};
}

} // namespace

WorkerProcess::WorkerProcess(WorkerSettings settings, QObject *parent) :
    QObject(parent), m_settings(std::move(settings))
{
    m_timer.setSingleShot(true);
    m_grace.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (m_state == State::Starting)
            giveUp(tr("The simulator program did not start within %1 s.")
                       .arg(m_settings.startTimeoutMs / 1000.0),
                   true);
        else
            giveUp(tr("The simulator program gave no sign of life for %1 s and was stopped.")
                       .arg(m_settings.silenceTimeoutMs / 1000.0),
                   true);
    });
    connect(&m_grace, &QTimer::timeout, this, [this] {
        release();
        Q_EMIT killedOnCancel();
    });
}

WorkerProcess::~WorkerProcess()
{
    // The program ends: the only place that waits, for children that have just been killed.
    for (QProcess *process : findChildren<QProcess *>()) {
        process->disconnect();
        process->kill();
        process->waitForFinished(2000);
    }
}

void WorkerProcess::start()
{
    if (m_state != State::Stopped)
        return;
    const QFileInfo program(m_settings.program);
    m_state = State::Starting;
    m_frames = {};
    m_stderr.clear();
    if (!program.isExecutable() || program.isDir()) {
        // Queued: failures never arrive while the caller is still submitting.
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (m_state == State::Starting)
                    giveUp(tr("The simulator program %1 is missing or cannot be run. Build or "
                              "install DendroTwin again.")
                               .arg(m_settings.program),
                           false);
            },
            Qt::QueuedConnection);
        return;
    }
    m_process = new QProcess(this);
    connect(m_process, &QProcess::readyReadStandardOutput, this, &WorkerProcess::readOutput);
    connect(m_process, &QProcess::readyReadStandardError, this, [this] {
        m_stderr = (m_stderr + m_process->readAllStandardError()).right(KeptStderrBytes);
    });
    connect(m_process, &QProcess::finished, this, &WorkerProcess::onFinished);
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            giveUp(tr("The simulator program %1 could not be started: %2.")
                       .arg(m_settings.program, m_process->errorString()),
                   false);
    });
    // A group of its own: Ctrl-C in a terminal is this program's to hear and to pass on.
    m_process->setChildProcessModifier([] { ::setpgid(0, 0); });
    m_timer.start(m_settings.startTimeoutMs);
    m_process->start(m_settings.program, m_settings.arguments);
}

void WorkerProcess::run(const RunMessage &message)
{
    startRun(message.id, message);
}

void WorkerProcess::runLive(const LiveRunMessage &message)
{
    startRun(message.id, message);
}

void WorkerProcess::startRun(quint64 id, const Message &message)
{
    Q_ASSERT(m_state == State::Idle);
    m_state = State::Busy;
    m_runId = id;
    m_timer.start(m_settings.silenceTimeoutMs);
    send(message);
}

void WorkerProcess::tell(const Message &message)
{
    if (m_state == State::Busy)
        send(message);
}

void WorkerProcess::cancel()
{
    if (m_state != State::Busy)
        return;
    send(CancelMessage{m_runId});
    if (!m_grace.isActive())
        m_grace.start(m_settings.cancelGraceMs);
}

void WorkerProcess::setPace(double paceMsPerSecond)
{
    if (m_state == State::Busy)
        send(PaceMessage{m_runId, paceMsPerSecond});
}

void WorkerProcess::stop()
{
    release();
}

void WorkerProcess::send(const Message &message)
{
    m_process->write(frame(encode(message)));
}

void WorkerProcess::readOutput()
{
    m_frames.feed(m_process->readAllStandardOutput());
    while (m_process) { // a message may end the process
        const std::optional<QByteArray> body = m_frames.next();
        if (!body)
            break;
        const Result<Message> message = decode(*body);
        if (!message) {
            giveUp(tr("The simulator program sent %1.")
                       .arg(QString::fromStdString(message.error().message)),
                   true);
            return;
        }
        handle(*message);
    }
    if (m_process && m_frames.broken())
        giveUp(tr("The simulator program wrote something that is not part of a simulation: \"%1\".")
                   .arg(m_frames.nonsense()),
               true);
}

void WorkerProcess::handle(const Message &message)
{
    if (const auto *hello = std::get_if<HelloMessage>(&message)) {
        if (hello->protocol != ProtocolVersion) {
            giveUp(tr("The simulator program speaks protocol %1 and this program %2: they are "
                      "from different versions. Build or install DendroTwin again.")
                       .arg(hello->protocol)
                       .arg(ProtocolVersion),
                   false);
            return;
        }
        if (m_state == State::Starting) {
            m_engineVersion = hello->engine;
            m_timer.stop();
            m_state = State::Idle;
            Q_EMIT idle();
        }
        return;
    }
    if (m_state != State::Busy)
        return; // late words of a run that is over
    m_timer.start(m_settings.silenceTimeoutMs);
    if (const auto *samples = std::get_if<ChunkMessage>(&message)) {
        if (samples->id == m_runId)
            Q_EMIT chunk(*samples);
    } else if (const auto *report = std::get_if<LiveReportMessage>(&message)) {
        if (report->id == m_runId)
            Q_EMIT liveReport(*report);
    } else if (const auto *end = std::get_if<EndMessage>(&message)) {
        if (end->id != m_runId)
            return;
        m_timer.stop();
        m_grace.stop();
        m_state = State::Idle;
        Q_EMIT runEnded(*end);
        if (m_state == State::Idle)
            Q_EMIT idle();
    }
}

void WorkerProcess::onFinished(int exitCode, QProcess::ExitStatus status)
{
    // What it wrote before it died still counts.
    readOutput();
    if (!m_process)
        return;
    m_stderr = (m_stderr + m_process->readAllStandardError()).right(KeptStderrBytes);
    const bool cancelling = m_grace.isActive();
    if (m_state == State::Idle) {
        // Nobody was waiting for it; it is started again when needed.
        release();
        return;
    }
    if (cancelling) {
        release();
        Q_EMIT killedOnCancel();
        return;
    }
    const QString during =
        m_state == State::Starting ? tr("while starting") : tr("during the simulation");
    if (status == QProcess::CrashExit)
        giveUp(tr("The simulator program was stopped from outside or crashed %1.").arg(during),
               true);
    else if (m_frames.partial())
        giveUp(tr("The simulator program ended in the middle of a message %1.").arg(during), true);
    else
        giveUp(tr("The simulator program ended %1 (exit code %2).").arg(during).arg(exitCode),
               true);
}

QString WorkerProcess::lastWords()
{
    QStringList lines;
    for (const QString &line :
         QString::fromLocal8Bit(m_stderr).split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        if (const QString text = line.simplified(); text.size() > 1) // NEURON marks errors by "^"
            lines << text;
    }
    return lines.mid(std::max<qsizetype>(0, lines.size() - 3)).join(u"; ").left(300);
}

void WorkerProcess::giveUp(const QString &sentence, bool mayRetry)
{
    QString text = sentence;
    if (m_process)
        m_stderr = (m_stderr + m_process->readAllStandardError()).right(KeptStderrBytes);
    if (const QString words = lastWords(); !words.isEmpty())
        text += tr(" Its last words: \"%1\".").arg(words);
    release();
    Q_EMIT failed(workerError(text), mayRetry);
}

void WorkerProcess::release()
{
    m_timer.stop();
    m_grace.stop();
    m_state = State::Stopped;
    if (!m_process)
        return;
    // From here on nothing it does concerns anybody. QProcess must outlive the child to reap it.
    QProcess *process = m_process;
    m_process = nullptr;
    process->disconnect();
    process->closeReadChannel(QProcess::StandardOutput);
    if (process->state() == QProcess::NotRunning) {
        process->deleteLater();
        return;
    }
    connect(process, &QProcess::finished, process, &QObject::deleteLater);
    process->kill();
}

} // namespace dt
