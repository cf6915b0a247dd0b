// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/jobs/SimulationEngine.h"

#include <QTimer>

#include <cmath>
#include <numbers>

namespace dt::test {

/// How a BatchEngine answers; may be changed while it runs.
struct BatchBehaviour
{
    int delayMs = 0; ///< time before a batch is answered
    int firingHz = 5; ///< 0: silent, which the published filter rejects
    QString failure; ///< fails every batch with this sentence; empty: none
    int batches = 0; ///< number of batches answered so far
};

/// Answers every batch by itself with made-up voltages that a quality filter takes.
class BatchEngine : public SimulationEngine
{
public:
    explicit BatchEngine(BatchBehaviour *behaviour) : m_behaviour(behaviour) { }

    [[nodiscard]] std::string name() const override { return "neuron"; }

    SimulationJob *submit(SimulationRequest request, QObject *parent) override
    {
        auto *job = new SimulationJob(std::move(request), parent);
        job->setEngineName(name());
        QTimer::singleShot(m_behaviour->delayMs, job, [job, behaviour = m_behaviour] {
            if (!job->isOver())
                answer(job, *behaviour);
        });
        QObject::connect(job, &SimulationJob::cancelRequested, job, [job] {
            if (!job->isOver())
                job->endCancelled();
        });
        return job;
    }

private:
    static void answer(SimulationJob *job, BatchBehaviour &behaviour)
    {
        ++behaviour.batches;
        job->begin();
        if (!behaviour.failure.isEmpty()) {
            job->fail({ErrorCode::Engine, behaviour.failure.toStdString(), ""});
            return;
        }
        const SimulationRequest &request = job->request();
        const int perMs = request.neuron.samplesPerMs;
        const int T = request.durationMs();
        const int rows = request.neuron.segmentCount();
        ChunkMessage chunk;
        for (std::size_t n = 0; n < request.inputs.size(); ++n) {
            const SpikeInput &input = request.inputs[n];
            // The level depends on the input, so that simulations differ.
            double level = -78.0 + 3.0 * std::sin(static_cast<double>(input.events.size()));
            for (const Electrode &electrode : request.electrodesOf(n))
                level += 10.0 * electrode.currentNa;
            ChunkMessage::Cell cell;
            cell.soma.assign(static_cast<std::size_t>(T * perMs + 1), 0.0F);
            for (std::size_t i = 0; i < cell.soma.size(); ++i) {
                const double ms = static_cast<double>(i) / perMs;
                cell.soma[i] = static_cast<float>(level + wave(ms));
            }
            for (int spike = 0; behaviour.firingHz > 0 && spike < T;
                 spike += 1000 / behaviour.firingHz)
                cell.soma[static_cast<std::size_t>(spike * perMs + perMs / 2)] = 30.0F;
            for (int t = 0; t < T; ++t) {
                for (int row = 0; row < rows; ++row)
                    cell.dend.push_back(static_cast<float>(level + row + wave(t)));
            }
            cell.probes.assign(request.probesOf(n).size(), cell.soma);
            chunk.cells.push_back(std::move(cell));
        }
        if (const Status status = job->append(chunk); !status)
            qFatal("made-up voltages do not fit: %s", status.error().message.c_str());
        job->finish(0.01);
    }

    static double wave(double ms) { return 4.0 * std::sin(2.0 * std::numbers::pi * ms / 100.0); }

    BatchBehaviour *m_behaviour;
};

} // namespace dt::test
