// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/jobs/BuildLedger.h"
#include "engine/jobs/SimulationEngine.h"

#include <QElapsedTimer>
#include <QObject>

#include <atomic>
#include <memory>
#include <optional>
#include <vector>

namespace dt {

/// One simulation to look at while a build goes on.
struct DatasetSample
{
    Split split = Split::Train;
    bool accepted = false;
    StoredSimulation simulation;
};

/// Builds a data set: draws inputs, has them simulated in batches, labels, filters and stores them
/// as shards, and puts the file together at the end. Simulating runs in the engine's workers,
/// everything else on background threads; the object lives on a thread with an event loop and
/// reports there. It ends once: Finished, Cancelled or Failed. What is finished stays on disk, so
/// that another builder on the same folder goes on where this one ended.
class DatasetBuilder : public QObject
{
    Q_OBJECT

public:
    enum class State { Idle, Preparing, Running, Paused, Assembling, Finished, Cancelled, Failed };

    /// `workers`: batches the engine runs at the same time. The engine must outlive the builder.
    DatasetBuilder(SimulationEngine &engine, int workers, BuildFolder folder,
                   QObject *parent = nullptr);
    ~DatasetBuilder() override;

    void start();
    /// Begins no new batches; those under way are finished.
    void pause();
    void resume();
    /// Ends as Cancelled, or as Finished when the build was just done. It ends as soon as nothing
    /// works in the background any more, so that the build can be taken up again at once.
    void cancel();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isOver() const { return m_state > State::Assembling; }
    /// Why it Failed.
    [[nodiscard]] const Error &error() const { return m_error; }
    /// Whether what is finished is still there, so that a new builder can go on.
    [[nodiscard]] bool resumable() const { return m_resumable; }
    [[nodiscard]] const DatasetPlan &plan() const { return m_ledger.plan(); }
    [[nodiscard]] const std::string &target() const { return m_target; }

    /// How the simulations of the file were chosen, as the file says it: candidates behind the
    /// last one needed do not count. The counts below are of everything that was simulated.
    [[nodiscard]] const Acceptance &acceptance(Split split) const
    {
        return m_ledger.state(split).acceptance;
    }
    [[nodiscard]] std::uint64_t tried(Split split) const { return m_ledger.tried(split); }
    [[nodiscard]] std::uint64_t accepted(Split split) const { return m_ledger.accepted(split); }
    /// How many of all finished candidates were rejected, by the first range they violated.
    [[nodiscard]] const std::array<std::uint64_t, StatisticCount> &rejectedBy() const
    {
        return m_rejectedBy;
    }
    /// Statistics of all finished candidates, accepted ones and rejected ones; both only grow.
    [[nodiscard]] const std::vector<StatisticValues> &acceptedStatistics() const
    {
        return m_acceptedStatistics;
    }
    [[nodiscard]] const std::vector<StatisticValues> &rejectedStatistics() const
    {
        return m_rejectedStatistics;
    }
    /// The most recent simulation, or nothing yet.
    [[nodiscard]] std::shared_ptr<const DatasetSample> lastSample() const { return m_sample; }

    /// Share of the build that is done, 0..1. The last hundredth is for putting the file together.
    [[nodiscard]] double progress() const;
    /// Candidates per second since the start, without pauses; 0 when nothing is known yet.
    [[nodiscard]] double simulationsPerSecond() const;
    /// Estimated seconds to the end; negative when nothing is known yet.
    [[nodiscard]] double secondsLeft() const;
    /// Bytes of all shards so far.
    [[nodiscard]] std::uint64_t bytesWritten() const { return m_bytes; }

Q_SIGNALS:
    void stateChanged();
    /// More candidates are finished.
    void progressed();
    /// A batch is tried again; `why` is a sentence.
    void restarted(const QString &why);
    void ended();

private:
    struct Batch;
    struct Processed;
    struct Scanned;

    void setState(State state);
    void onScanned(const Result<Scanned> &found);
    void record(const ShardSummary &shard);
    void dispatch();
    void onJobEnded(SimulationJob *job, const std::shared_ptr<Batch> &batch);
    void onProcessed(const std::shared_ptr<Batch> &batch, const Result<Processed> &result);
    void assemble();
    void fail(const Error &error);
    void end(State state);
    /// Call it first when background work is back; true when its result is of no use.
    bool backIsLate();
    void stopJobs();
    [[nodiscard]] double underWay() const;
    [[nodiscard]] double activeSeconds() const;

    SimulationEngine &m_engine;
    int m_workers;
    std::string m_target;
    std::shared_ptr<BuildFolder> m_folder; ///< shared with background work, which may outlive us
    BuildLedger m_ledger;
    State m_state = State::Idle;
    Error m_error;
    bool m_resumable = true;

    std::vector<SimulationJob *> m_jobs;
    int m_batches = 0; ///< batches that are being drawn, simulated or stored
    int m_storing = 0; ///< those of them that are being stored
    int m_background = 0; ///< number of pieces of work on other threads
    bool m_scanned = false; ///< what is on disk is known
    std::optional<State> m_ending; ///< how it ends when the background work is back
    std::shared_ptr<std::atomic<bool>> m_stop; ///< seen by background work
    std::shared_ptr<std::atomic<double>> m_assembled;

    std::array<std::uint64_t, StatisticCount> m_rejectedBy{};
    std::vector<StatisticValues> m_acceptedStatistics;
    std::vector<StatisticValues> m_rejectedStatistics;
    std::shared_ptr<const DatasetSample> m_sample;
    std::uint64_t m_bytes = 0;

    QElapsedTimer m_clock; ///< time since the build last began or resumed
    double m_secondsBefore = 0.0;
    double m_simulatedNow = 0.0; ///< candidates finished by this builder
};

} // namespace dt
