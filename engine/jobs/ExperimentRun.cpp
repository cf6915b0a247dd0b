// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/ExperimentRun.h"

#include <QTimer>

#include <algorithm>
#include <utility>

namespace dt {

namespace {

/// A worker that does not hear is killed after 150 ms; the run does not wait for it longer.
constexpr int CancelMs = 180;
/// After so many failures before any success the rest would fail, too.
constexpr std::size_t HopelessFailures = 3;

double durationOf(const ExperimentPlan &plan, const TrialBatch &batch)
{
    double ms = 0.0;
    for (const std::size_t i : batch)
        ms += plan.trials[i].input.durationMs;
    return ms;
}

} // namespace

ExperimentRun::ExperimentRun(SimulationEngine &engine, int workers, ExperimentPlan plan,
                             QObject *parent) :
    QObject(parent),
    m_engine(engine), m_workers(std::max(1, workers)), m_plan(std::move(plan)),
    m_measured(m_plan.trials.size())
{
}

ExperimentRun::~ExperimentRun()
{
    for (const Running &running : std::exchange(m_running, {})) {
        running.job->disconnect(this);
        delete running.job;
    }
}

void ExperimentRun::start()
{
    if (m_state != State::Idle)
        return;
    m_state = State::Running;
    m_clock.start();
    for (TrialBatch &batch : trialBatches(m_plan, m_workers))
        m_waiting.push_back(std::move(batch));
    dispatch();
}

void ExperimentRun::cancel()
{
    if (isOver() || m_cancelling)
        return;
    if (m_state == State::Idle || m_running.empty()) {
        end(State::Cancelled);
        return;
    }
    m_cancelling = true;
    m_waiting.clear();
    QTimer::singleShot(CancelMs, this, [this] {
        if (!isOver())
            end(State::Cancelled);
    });
    // A job may end at once and take itself off the list.
    const std::vector<Running> jobs = m_running;
    for (const Running &running : jobs)
        running.job->cancel();
}

void ExperimentRun::dispatch()
{
    if (isOver() || m_cancelling)
        return;
    while (!m_waiting.empty() && m_running.size() < static_cast<std::size_t>(m_workers)) {
        TrialBatch batch = std::move(m_waiting.front());
        m_waiting.pop_front();
        SimulationJob *job = m_engine.submit(batchRequest(m_plan, batch), this);
        m_running.push_back({job, batch});
        connect(job, &SimulationJob::progressed, this, &ExperimentRun::progressed);
        connect(job, &SimulationJob::restarted, this, &ExperimentRun::restarted);
        connect(job, &SimulationJob::ended, this,
                [this, job, batch = std::move(batch)] { onJobEnded(job, batch); });
    }
    if (!m_running.empty())
        return;
    if (m_failed == 0)
        end(State::Finished);
    else
        end(State::Failed);
}

void ExperimentRun::onJobEnded(SimulationJob *job, const TrialBatch &batch)
{
    std::erase_if(m_running, [job](const Running &running) { return running.job == job; });
    job->deleteLater();
    if (isOver())
        return;
    if (job->state() == SimulationJob::State::Finished) {
        const std::vector<VoltageTrace> traces = job->takeTraces();
        for (std::size_t k = 0; k < batch.size() && k < traces.size(); ++k)
            m_measured[batch[k]] = measureTrial(m_plan, batch[k], traces[k]);
        m_done += batch.size();
        m_doneMs += durationOf(m_plan, batch);
        Q_EMIT progressed();
        Q_EMIT measuredMore();
    } else if (job->state() == SimulationJob::State::Failed && !m_cancelling) {
        onBatchFailed(batch, job->error());
    } else {
        // Cancelled: by us, or because the engine is gone.
        m_cancelling = true;
        m_waiting.clear();
    }
    if (m_cancelling) {
        if (m_running.empty())
            end(State::Cancelled);
        return;
    }
    dispatch();
}

void ExperimentRun::onBatchFailed(const TrialBatch &batch, const Error &error)
{
    if (batch.size() > 1) {
        // Perhaps only one simulation of the batch is to blame.
        for (auto it = batch.rbegin(); it != batch.rend(); ++it)
            m_waiting.push_front({*it});
        return;
    }
    ++m_failed;
    m_doneMs += durationOf(m_plan, batch);
    if (m_error.message.empty()) {
        m_error = error;
        m_error.message =
            "The simulation '" + m_plan.trials[batch.front()].name + "' failed: " + error.message;
    }
    if (m_done == 0 && m_failed >= HopelessFailures)
        m_waiting.clear();
}

double ExperimentRun::progress() const
{
    const double total = m_plan.totalMs();
    double ms = m_doneMs;
    for (const Running &running : m_running)
        ms += running.job->progress() * durationOf(m_plan, running.batch);
    return total > 0.0 ? std::min(1.0, ms / total) : 0.0;
}

double ExperimentRun::seconds() const
{
    return m_state == State::Running ? static_cast<double>(m_clock.nsecsElapsed()) * 1e-9
                                     : m_seconds;
}

double ExperimentRun::secondsLeft() const
{
    const double share = progress();
    if (isOver())
        return 0.0;
    return share > 0.02 ? seconds() * (1.0 - share) / share : -1.0;
}

void ExperimentRun::end(State state)
{
    m_seconds = seconds();
    m_state = state;
    m_waiting.clear();
    for (const Running &running : std::exchange(m_running, {})) {
        running.job->disconnect(this);
        running.job->deleteLater(); // which cancels it if it still runs
    }
    Q_EMIT ended();
}

} // namespace dt
