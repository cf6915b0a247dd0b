// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/explore/Experiment.h"
#include "engine/jobs/SimulationEngine.h"

#include <QElapsedTimer>
#include <QObject>

#include <deque>
#include <optional>
#include <vector>

namespace dt {

/// Runs an experiment: an engine simulates the plan, several batches at a time; each simulation is
/// measured as it comes, and its samples are dropped, so that memory stays small however long the
/// list is. Lives on a thread with an event loop (the GUI's) and reports there. It ends once:
/// Finished, Cancelled or Failed. What is measured so far can be read at any time.
///
/// A simulation that fails does not spoil its neighbours: a failed batch is done again one by one,
/// and what fails then is left out. The run goes on and ends as Failed with the first reason. When
/// the first simulations all fail, the rest is not tried.
class ExperimentRun : public QObject
{
    Q_OBJECT

public:
    enum class State { Idle, Running, Finished, Cancelled, Failed };

    /// `workers`: batches the engine runs at the same time. The engine must outlive the run.
    ExperimentRun(SimulationEngine &engine, int workers, ExperimentPlan plan,
                  QObject *parent = nullptr);
    ~ExperimentRun() override;

    void start();
    /// Ends as Cancelled within a fifth of a second.
    void cancel();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isOver() const { return m_state > State::Running; }
    /// Why it Failed.
    [[nodiscard]] const Error &error() const { return m_error; }
    [[nodiscard]] const ExperimentPlan &plan() const { return m_plan; }

    [[nodiscard]] std::size_t done() const { return m_done; } ///< simulations measured
    [[nodiscard]] std::size_t total() const { return m_plan.trials.size(); }
    /// Share (0..1) of the neuron time that is simulated, those under way included.
    [[nodiscard]] double progress() const;
    /// Seconds since the start; constant once the run is over.
    [[nodiscard]] double seconds() const;
    /// Seconds to the end, estimated from the time so far; negative when nothing is known yet.
    [[nodiscard]] double secondsLeft() const;

    /// One entry for each trial, empty where there is nothing yet.
    [[nodiscard]] const std::vector<std::optional<TrialResult>> &measured() const
    {
        return m_measured;
    }
    /// The result of what is measured so far.
    [[nodiscard]] ExperimentResult result() const { return evaluateExperiment(m_plan, m_measured); }

Q_SIGNALS:
    /// More was simulated; comes often.
    void progressed();
    /// More simulations are measured: result() says more.
    void measuredMore();
    /// A simulator program broke down and a batch begins again; `why` is a sentence.
    void restarted(const QString &why);
    void ended();

private:
    void dispatch();
    void onJobEnded(SimulationJob *job, const TrialBatch &batch);
    void onBatchFailed(const TrialBatch &batch, const Error &error);
    void end(State state);

    struct Running
    {
        SimulationJob *job = nullptr;
        TrialBatch batch;
    };

    SimulationEngine &m_engine;
    int m_workers;
    ExperimentPlan m_plan;
    std::vector<std::optional<TrialResult>> m_measured;
    std::deque<TrialBatch> m_waiting;
    std::vector<Running> m_running;
    State m_state = State::Idle;
    Error m_error;
    std::size_t m_done = 0;
    std::size_t m_failed = 0;
    bool m_cancelling = false;
    double m_doneMs = 0.0; ///< neuron time of what is measured or failed
    QElapsedTimer m_clock;
    double m_seconds = 0.0;
};

} // namespace dt
