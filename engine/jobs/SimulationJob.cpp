// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/SimulationJob.h"

namespace dt {

SimulationJob::SimulationJob(SimulationRequest request, QObject *parent) :
    QObject(parent), m_request(std::move(request))
{
}

SimulationJob::~SimulationJob()
{
    if (isOver())
        return;
    m_state = State::Cancelled; // the engine hears of it, receivers do not any more
    Q_EMIT cancelRequested();
}

double SimulationJob::reachedMs() const
{
    if (m_traces.empty() || m_traces.front().somaFine.empty())
        return m_reachedMs;
    return static_cast<double>(m_traces.front().somaFine.size() - 1)
        / m_traces.front().samplesPerMs;
}

double SimulationJob::progress() const
{
    const int total = m_request.durationMs();
    return total > 0 ? reachedMs() / total : 0.0;
}

Recording SimulationJob::recording(std::size_t i) const
{
    return makeRecording(m_request.neuron, m_request.inputs[i], m_traces[i], m_engineName);
}

void SimulationJob::cancel()
{
    if (!isOver())
        Q_EMIT cancelRequested();
}

void SimulationJob::setPace(double paceMsPerSecond)
{
    m_request.paceMsPerSecond = paceMsPerSecond;
    if (m_state == State::Running)
        Q_EMIT paceRequested(paceMsPerSecond);
}

void SimulationJob::begin()
{
    if (m_state != State::Queued)
        return;
    m_state = State::Running;
    Q_EMIT started();
}

Status SimulationJob::append(const ChunkMessage &chunk)
{
    if (const Status status = appendChunk(m_traces, chunk, m_request); !status)
        return status;
    m_now = chunk.now;
    Q_EMIT progressed();
    return Done{};
}

void SimulationJob::reach(double ms)
{
    m_reachedMs = ms;
    Q_EMIT progressed();
}

void SimulationJob::restart(const QString &why)
{
    ++m_attempts;
    m_traces.clear();
    m_now.clear();
    m_reachedMs = 0.0;
    Q_EMIT restarted(why);
}

void SimulationJob::finish(double engineSeconds)
{
    m_engineSeconds = engineSeconds;
    endAs(State::Finished);
}

void SimulationJob::finish(std::vector<VoltageTrace> traces, double engineSeconds)
{
    m_traces = std::move(traces);
    Q_EMIT progressed();
    finish(engineSeconds);
}

void SimulationJob::endCancelled()
{
    endAs(State::Cancelled);
}

void SimulationJob::fail(const Error &error)
{
    m_error = error;
    endAs(State::Failed);
}

void SimulationJob::endAs(State state)
{
    if (isOver())
        return;
    m_state = state;
    Q_EMIT ended();
}

} // namespace dt
