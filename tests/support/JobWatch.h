// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/jobs/SimulationJob.h"
#include "tests/support/Neurons.h"

#include <QPointer>
#include <QSignalSpy>
#include <QTest>

namespace dt::test {

/// A small job for a fake or real worker: `mode` names the first dendrite.
inline SimulationRequest smallRequest(int durationMs, const char *mode = "ok", int inputs = 1)
{
    SimulationRequest request;
    request.neuron = presetNeuron("nmda-cable").value();
    setSegments(request.neuron, 0, 2);
    request.neuron.dendrites[0].name = mode;
    request.inputs.assign(static_cast<std::size_t>(inputs),
                          SpikeInput{2, durationMs, {}, WeightPrecision::Half});
    return request;
}

/// Counts what a job says. The job may die first.
struct JobWatch
{
    explicit JobWatch(SimulationJob *watched) :
        job(watched), started(watched, &SimulationJob::started),
        progressed(watched, &SimulationJob::progressed),
        restarted(watched, &SimulationJob::restarted), ended(watched, &SimulationJob::ended)
    {
    }

    [[nodiscard]] bool over() const { return job && job->isOver(); }
    /// Unlike QTRY_VERIFY, which looks every 50 ms, back at once.
    [[nodiscard]] bool waitForEnd(int ms = 30000) { return over() || (ended.wait(ms) && over()); }

    QPointer<SimulationJob> job;
    QSignalSpy started;
    QSignalSpy progressed;
    QSignalSpy restarted;
    QSignalSpy ended;
};

} // namespace dt::test
