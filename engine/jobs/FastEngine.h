// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/jobs/SimulationEngine.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <memory>
#include <vector>

namespace dt {

/// The vectorised engine (engine/fast) on threads of this process: up to `threads` batches at a
/// time. Cancelled jobs end within some milliseconds. Watching a run live and slowing it down are
/// for NEURON (WorkerPool); here such requests run as fast as they can. Lives on a thread with an
/// event loop, as jobs do; destroying it cancels what runs and waits for the threads.
class FastEngine : public QObject, public SimulationEngine
{
    Q_OBJECT

public:
    explicit FastEngine(int threads, QObject *parent = nullptr);
    ~FastEngine() override;

    [[nodiscard]] std::string name() const override { return "fast"; }
    SimulationJob *submit(SimulationRequest request, QObject *parent) override;

private:
    struct Work;

    void start(const std::shared_ptr<Work> &work);
    void end(const std::shared_ptr<Work> &work);
    void report();

    QThreadPool m_threads;
    QTimer m_reports; ///< tells jobs how far they are
    std::vector<std::shared_ptr<Work>> m_work; ///< work that is submitted and not over
};

} // namespace dt
