// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Random.h"
#include "engine/jobs/SimulationEngine.h"

#include <QTimer>

#include <cmath>
#include <functional>

namespace dt::test {

/// A simulation engine without a simulator. Answers depend on the input alone and come in an order
/// that depends on the seed. One in five inputs makes no spike.
class AnsweringEngine : public SimulationEngine
{
public:
    explicit AnsweringEngine(std::uint64_t seed = 1) : m_random({seed}) { }

    /// What happens to the n-th batch instead of being answered; returns true when it did anything.
    std::function<bool(int n, SimulationJob *job)> instead;

    [[nodiscard]] std::string name() const override { return "neuron"; }
    [[nodiscard]] int submitted() const { return m_submitted; }

    SimulationJob *submit(SimulationRequest request, QObject *parent) override
    {
        auto *job = new SimulationJob(std::move(request), parent);
        QObject::connect(job, &SimulationJob::cancelRequested, job, [job] { job->endCancelled(); });
        const int n = m_submitted++;
        QTimer::singleShot(static_cast<int>(m_random.below(8)), job, [this, n, job] {
            job->begin();
            if (!instead || !instead(n, job))
                answer(job);
        });
        return job;
    }

    static void answer(SimulationJob *job)
    {
        const SimulationRequest &request = job->request();
        const int perMs = request.neuron.samplesPerMs;
        ChunkMessage chunk;
        for (const SpikeInput &input : request.inputs) {
            std::uint64_t hash = 1;
            for (const InputEvent &event : input.events)
                hash = hash * 31 + static_cast<std::uint64_t>(event.row * 1000 + event.timeMs)
                    + static_cast<std::uint64_t>(event.weight * 64.0);
            const int everyMs = hash % 5 == 0 ? 1'000'000 : 20 + static_cast<int>(hash % 50);
            ChunkMessage::Cell cell;
            const int samples = request.durationMs() * perMs + 1;
            for (int i = 0; i < samples; ++i) {
                const bool spike = (i / perMs) % everyMs == everyMs - 1;
                cell.soma.push_back(spike ? 20.0f : -70.0f + static_cast<float>(hash % 7));
            }
            for (int i = 0; i < request.durationMs() * request.neuron.segmentCount(); ++i)
                cell.dend.push_back(-60.0f
                                    + static_cast<float>((hash + static_cast<unsigned>(i)) % 13));
            // Probes read what the soma does.
            const std::size_t number = chunk.cells.size();
            if (number < request.probes.size())
                cell.probes.assign(request.probes[number].size(), cell.soma);
            chunk.cells.push_back(std::move(cell));
        }
        if (const Status status = job->append(chunk); !status)
            job->fail(status.error());
        else
            job->finish(0.001);
    }

private:
    RandomStream m_random;
    int m_submitted = 0;
};

} // namespace dt::test
