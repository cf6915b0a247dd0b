// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/DrivenEngine.h"

#include <QTimer>

#include <cmath>

namespace dt::test {

float DrivenWave::soma(double ms) const
{
    for (const int spike : spikesMs) {
        if (std::abs(ms - (spike + 0.5)) < 0.5)
            return static_cast<float>(30.0 - 2.0 * (30.0 - restMv) * std::abs(ms - (spike + 0.5)));
    }
    return static_cast<float>(restMv);
}

float DrivenWave::dendrite(int row) const
{
    return static_cast<float>(restMv + stepMv * row);
}

SimulationJob *DrivenEngine::submit(SimulationRequest request, QObject *parent)
{
    m_requests.push_back(request);
    auto *job = new SimulationJob(std::move(request), parent);
    job->setEngineName(name());
    m_job = job;
    connect(job, &SimulationJob::paceRequested, this,
            [this](double pace) { m_paces.push_back(pace); });
    // cancel() and the end of the object may both ask; it is one wish.
    connect(
        job, &SimulationJob::cancelRequested, this,
        [this, job = QPointer<SimulationJob>(job)] {
            ++m_cancels;
            if (m_obedient && job && !job->isOver())
                QTimer::singleShot(0, job, &SimulationJob::endCancelled);
        },
        Qt::SingleShotConnection);
    if (m_byItself)
        QTimer::singleShot(0, job, [this, job] {
            if (job == m_job)
                complete();
        });
    return job;
}

void DrivenEngine::begin()
{
    if (!m_job)
        qFatal("there is no job to drive");
    m_job->begin();
}

void DrivenEngine::appendTo(int ms)
{
    if (!m_job)
        qFatal("there is no job to drive");
    const int perMs = m_job->request().neuron.samplesPerMs;
    const int rows = m_job->request().neuron.segmentCount();
    const auto &traces = m_job->traces();
    const int firstSample = traces.empty() ? 0 : static_cast<int>(traces.front().somaFine.size());
    const int firstMs = traces.empty() ? 0 : traces.front().recordedMs;
    const int end = ms * perMs + (ms == m_job->request().durationMs() ? 1 : 0);

    ChunkMessage chunk;
    chunk.firstSample = firstSample;
    ChunkMessage::Cell cell;
    for (int i = firstSample; i < end; ++i)
        cell.soma.push_back(m_wave.soma(static_cast<double>(i) / perMs));
    for (int t = firstMs; t < ms; ++t) {
        for (int row = 0; row < rows; ++row)
            cell.dend.push_back(m_wave.dendrite(row));
    }
    chunk.now.push_back(m_wave.soma(ms));
    for (int row = 0; row < rows; ++row)
        chunk.now.push_back(m_wave.dendrite(row));
    // Every simulation of a batch does the same; probes read what the soma does.
    const SimulationRequest &request = m_job->request();
    for (std::size_t i = 0; i < request.inputs.size(); ++i) {
        chunk.cells.push_back(cell);
        if (i < request.probes.size())
            chunk.cells.back().probes.assign(request.probes[i].size(), cell.soma);
    }
    const Status status = m_job->append(chunk);
    if (!status)
        qFatal("the fake engine's samples do not fit: %s", status.error().message.c_str());
}

void DrivenEngine::finish(double seconds)
{
    if (!m_job)
        qFatal("there is no job to drive");
    m_job->finish(seconds);
}

void DrivenEngine::complete(double seconds)
{
    begin();
    appendTo(m_job->request().durationMs());
    finish(seconds);
}

} // namespace dt::test
