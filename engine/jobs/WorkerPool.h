// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/jobs/SimulationEngine.h"
#include "engine/jobs/WorkerProcess.h"

#include <QPointer>

#include <deque>
#include <memory>
#include <vector>

namespace dt {

/// The NEURON engine: up to `size` worker processes and a queue of jobs. Workers start when there
/// is work and stay warm. A job whose worker dies, hangs or talks nonsense is tried once more on
/// a new one, then Fails with a sentence; other jobs go on. Lives on one thread with an event
/// loop (the GUI's); nothing blocks.
class WorkerPool : public QObject, public SimulationEngine
{
    Q_OBJECT

public:
    WorkerPool(WorkerSettings settings, int size, QObject *parent = nullptr);
    ~WorkerPool() override;

    [[nodiscard]] std::string name() const override { return "neuron"; }
    SimulationJob *submit(SimulationRequest request, QObject *parent) override;

    /// Starts one worker ahead of the first job.
    void warmUp();

    /// The version that the workers reported, e.g. "NEURON 8.2.2"; empty before the first hello.
    [[nodiscard]] QString engineVersion() const;

    /// Process id of the worker that runs a job; 0 when there is none. Tests kill it.
    [[nodiscard]] qint64 processOf(const SimulationJob *job) const;

    /// Settings for dendrotwin-worker beside the running program, or for the program that
    /// DENDROTWIN_WORKER names.
    static WorkerSettings defaultSettings();

Q_SIGNALS:
    void engineVersionChanged(const QString &version);

private:
    struct Slot
    {
        std::unique_ptr<WorkerProcess> worker;
        QPointer<SimulationJob> job;
        bool hadJob = false; ///< set while busy, even if the job object is gone
    };

    void dispatch();
    void assign(Slot &slot, SimulationJob *job);
    void connectWorker(Slot &slot);
    void onFailed(Slot &slot, const Error &error, bool mayRetry);
    SimulationJob *takeNext();
    void forget(SimulationJob *job);

    std::vector<std::unique_ptr<Slot>> m_slots;
    std::deque<QPointer<SimulationJob>> m_queue;
    quint64 m_lastRunId = 0;
};

} // namespace dt
