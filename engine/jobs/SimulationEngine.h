// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/jobs/SimulationJob.h"

namespace dt {

/// Runs batches of simulations: NEURON's workers (WorkerPool) or threads of this process
/// (FastEngine). Widgets and controllers know only this class, so that tests can put a fake in its
/// place.
class SimulationEngine
{
public:
    virtual ~SimulationEngine() = default;

    /// The name as in `--engine` and in files.
    [[nodiscard]] virtual std::string name() const = 0;

    /// Queues a batch. The job is returned Queued and reports through its signals, never before
    /// the caller's event loop runs again. `parent` owns it.
    virtual SimulationJob *submit(SimulationRequest request, QObject *parent) = 0;
};

} // namespace dt
