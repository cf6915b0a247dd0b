// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/FastEngine.h"

#include "engine/fast/FastSimulator.h"

#include <QElapsedTimer>
#include <QPointer>

#include <atomic>
#include <exception>
#include <optional>

namespace dt {

namespace {

constexpr int ProgressMs = 100;

} // namespace

/// One job, and what its thread and ours tell each other.
struct FastEngine::Work
{
    QPointer<SimulationJob> job;
    SimulationRequest request; ///< the job may be deleted while its thread works
    std::atomic<bool> cancelled = false;
    std::atomic<bool> begun = false;
    std::atomic<int> reachedMs = 0;
    // Written by the thread before it says that it is done.
    std::optional<Result<std::vector<VoltageTrace>>> result;
    double seconds = 0.0;
};

FastEngine::FastEngine(int threads, QObject *parent) : QObject(parent)
{
    m_threads.setMaxThreadCount(std::max(1, threads));
    m_reports.setInterval(ProgressMs);
    connect(&m_reports, &QTimer::timeout, this, &FastEngine::report);
}

FastEngine::~FastEngine()
{
    for (const std::shared_ptr<Work> &work : m_work)
        work->cancelled = true;
    m_threads.clear();
    m_threads.waitForDone();
    // No job stays open for ever because its engine is gone.
    for (const std::shared_ptr<Work> &work : m_work) {
        if (!work->job)
            continue;
        work->job->disconnect(this);
        work->job->endCancelled();
    }
}

SimulationJob *FastEngine::submit(SimulationRequest request, QObject *parent)
{
    auto work = std::make_shared<Work>();
    work->request = request;
    auto *job = new SimulationJob(std::move(request), parent);
    job->setEngineName(name());
    work->job = job;
    connect(job, &SimulationJob::cancelRequested, this, [work] {
        work->cancelled = true;
        if (!work->begun && work->job)
            work->job->endCancelled(); // its thread will find nothing to do
    });
    m_work.push_back(work);
    QMetaObject::invokeMethod(
        this, [this, work] { start(work); }, Qt::QueuedConnection);
    return job;
}

void FastEngine::start(const std::shared_ptr<Work> &work)
{
    if (!m_reports.isActive())
        m_reports.start();
    m_threads.start([this, work] {
        QElapsedTimer clock;
        clock.start();
        work->begun = true;
        try {
            const SimulationRequest &r = work->request;
            work->result = fastSimulate({r.neuron, r.inputs, r.electrodes, r.probes},
                                        work->cancelled, [&](int ms) { work->reachedMs = ms; });
        } catch (const std::exception &e) {
            work->result = Error{ErrorCode::Engine,
                                 std::string("The simulation ended: ") + e.what() + ".", "engine"};
        }
        work->seconds = static_cast<double>(clock.nsecsElapsed()) * 1.0e-9;
        QMetaObject::invokeMethod(
            this, [this, work] { end(work); }, Qt::QueuedConnection);
    });
}

void FastEngine::report()
{
    for (const std::shared_ptr<Work> &work : std::vector(m_work)) {
        if (!work->job || !work->begun)
            continue;
        work->job->begin();
        work->job->reach(work->reachedMs);
    }
}

void FastEngine::end(const std::shared_ptr<Work> &work)
{
    std::erase(m_work, work);
    if (m_work.empty())
        m_reports.stop();
    SimulationJob *const job = work->job;
    if (!job)
        return;
    job->begin();
    if (work->cancelled)
        job->endCancelled();
    else if (!*work->result)
        job->fail(work->result->error());
    else
        job->finish(std::move(work->result->value()), work->seconds);
}

} // namespace dt
