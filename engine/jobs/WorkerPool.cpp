// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/WorkerPool.h"

#include <QCoreApplication>

#include <algorithm>

namespace dt {

WorkerPool::WorkerPool(WorkerSettings settings, int size, QObject *parent) : QObject(parent)
{
    for (int i = 0; i < std::max(1, size); ++i) {
        auto slot = std::make_unique<Slot>();
        slot->worker = std::make_unique<WorkerProcess>(settings);
        connectWorker(*slot);
        m_slots.push_back(std::move(slot));
    }
}

WorkerPool::~WorkerPool()
{
    for (const auto &slot : m_slots) {
        slot->worker->disconnect(this);
        if (slot->job)
            m_queue.push_back(slot->job);
    }
    // No job stays open for ever because its engine is gone.
    for (const QPointer<SimulationJob> &job : m_queue) {
        if (!job)
            continue;
        job->disconnect(this);
        job->endCancelled();
    }
}

WorkerSettings WorkerPool::defaultSettings()
{
    WorkerSettings settings;
    settings.program = qEnvironmentVariable("DENDROTWIN_WORKER");
    if (settings.program.isEmpty())
        settings.program =
            QCoreApplication::applicationDirPath() + QStringLiteral("/dendrotwin-worker");
    return settings;
}

QString WorkerPool::engineVersion() const
{
    for (const auto &slot : m_slots) {
        if (!slot->worker->engineVersion().isEmpty())
            return slot->worker->engineVersion();
    }
    return {};
}

qint64 WorkerPool::processOf(const SimulationJob *job) const
{
    for (const auto &slot : m_slots) {
        if (slot->job == job)
            return slot->worker->processId();
    }
    return 0;
}

void WorkerPool::warmUp()
{
    m_slots.front()->worker->start();
}

SimulationJob *WorkerPool::submit(SimulationRequest request, QObject *parent)
{
    auto *job = new SimulationJob(std::move(request), parent);
    job->setEngineName(name());
    connect(job, &SimulationJob::cancelRequested, this, [this, job] { forget(job); });
    connect(job, &SimulationJob::paceRequested, this, [this, job](double pace) {
        for (const auto &slot : m_slots) {
            if (slot->job == job)
                slot->worker->setPace(pace);
        }
    });
    m_queue.emplace_back(job);
    QMetaObject::invokeMethod(this, &WorkerPool::dispatch, Qt::QueuedConnection);
    return job;
}

SimulationJob *WorkerPool::takeNext()
{
    while (!m_queue.empty()) {
        const QPointer<SimulationJob> job = m_queue.front();
        m_queue.pop_front();
        if (job && !job->isOver())
            return job;
    }
    return nullptr;
}

void WorkerPool::dispatch()
{
    for (const auto &slot : m_slots) {
        if (slot->worker->state() == WorkerProcess::State::Idle) {
            if (SimulationJob *job = takeNext())
                assign(*slot, job);
        }
    }
    // Still work waiting: start as many workers as there are jobs without one on the way.
    auto waiting = static_cast<std::ptrdiff_t>(m_queue.size());
    waiting -= std::count_if(m_slots.begin(), m_slots.end(), [](const auto &slot) {
        return slot->worker->state() == WorkerProcess::State::Starting;
    });
    for (const auto &slot : m_slots) {
        if (waiting > 0 && slot->worker->state() == WorkerProcess::State::Stopped) {
            slot->worker->start();
            --waiting;
        }
    }
}

void WorkerPool::assign(Slot &slot, SimulationJob *job)
{
    slot.job = job;
    slot.hadJob = true;
    RunMessage message;
    message.id = ++m_lastRunId;
    message.request = job->request();
    slot.worker->run(message);
    job->begin();
}

void WorkerPool::connectWorker(Slot &slot)
{
    WorkerProcess *worker = slot.worker.get();
    connect(worker, &WorkerProcess::idle, this, [this, &slot] {
        Q_EMIT engineVersionChanged(slot.worker->engineVersion());
        dispatch();
    });
    connect(worker, &WorkerProcess::chunk, this, [this, &slot](const ChunkMessage &chunk) {
        if (!slot.job)
            return;
        if (const Status status = slot.job->append(chunk); !status) {
            slot.worker->stop();
            onFailed(slot,
                     {ErrorCode::Worker,
                      "The simulator program sent " + status.error().message + ".", "worker"},
                     true);
        }
    });
    connect(worker, &WorkerProcess::runEnded, this, [&slot](const EndMessage &end) {
        const QPointer<SimulationJob> job = slot.job;
        slot.job.clear();
        slot.hadJob = false;
        if (!job)
            return;
        switch (end.how) {
        case EndMessage::How::Finished:
            if (job->progress() < 1.0)
                job->fail({ErrorCode::Worker,
                           "The simulator program said it was done before all samples had come.",
                           "worker"});
            else
                job->finish(end.seconds);
            break;
        case EndMessage::How::Cancelled:
            job->endCancelled();
            break;
        case EndMessage::How::Failed:
            job->fail({ErrorCode::Engine, end.message.toStdString(), "NEURON"});
            break;
        }
    });
    connect(worker, &WorkerProcess::killedOnCancel, this, [this, &slot] {
        const QPointer<SimulationJob> job = slot.job;
        slot.job.clear();
        slot.hadJob = false;
        if (job)
            job->endCancelled();
        slot.worker->start(); // warm again for what comes next
        dispatch();
    });
    connect(worker, &WorkerProcess::failed, this,
            [this, &slot](const Error &error, bool mayRetry) { onFailed(slot, error, mayRetry); });
}

void WorkerPool::onFailed(Slot &slot, const Error &error, bool mayRetry)
{
    QPointer<SimulationJob> job = slot.job;
    slot.job.clear();
    const bool whileStarting = !slot.hadJob;
    slot.hadJob = false;
    if (!job && whileStarting) {
        // The worker never said hello: the first waiting job answers for it, so that a broken
        // installation ends in a sentence instead of endless starts.
        job = takeNext();
    }
    if (job && !job->isOver()) {
        const bool retried = job->attempts() > 1;
        if (mayRetry && !retried) {
            m_queue.emplace_front(job);
            job->restart(QString::fromStdString(error.message));
        } else {
            Error final = error;
            if (retried)
                final.message += " It was tried twice. Run it again; if it fails again, try a "
                                 "smaller neuron or a shorter time.";
            job->fail(final);
        }
    }
    QMetaObject::invokeMethod(this, &WorkerPool::dispatch, Qt::QueuedConnection);
}

void WorkerPool::forget(SimulationJob *job)
{
    for (const auto &slot : m_slots) {
        if (slot->job == job) {
            slot->worker->cancel();
            return;
        }
    }
    std::erase_if(m_queue, [job](const auto &queued) { return queued == job; });
    job->endCancelled();
}

} // namespace dt
