// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/recording/Recording.h"
#include "engine/sim/Messages.h"
#include "engine/sim/SimulationRequest.h"

#include <QObject>

#include <utility>
#include <vector>

namespace dt {

/// One submitted batch of simulations, from queue to end. Lives on the thread that submitted it;
/// the receiver owns it (QObject parent or deleteLater()) and may delete it at any time, which
/// cancels. It ends exactly once: Finished, Cancelled or Failed, told by ended().
class SimulationJob : public QObject
{
    Q_OBJECT

public:
    enum class State { Queued, Running, Finished, Cancelled, Failed };

    explicit SimulationJob(SimulationRequest request, QObject *parent = nullptr);
    ~SimulationJob() override;

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isOver() const { return m_state > State::Running; }
    [[nodiscard]] const SimulationRequest &request() const { return m_request; }

    /// Samples so far, one trace per input; empty until the first arrive. A trace only grows,
    /// except when a crashed run starts again (restarted()).
    [[nodiscard]] const std::vector<VoltageTrace> &traces() const { return m_traces; }
    /// [mV] soma and all segments of the first simulation, most recent; empty unless live.
    [[nodiscard]] const std::vector<float> &now() const { return m_now; }
    /// Neuron time reached [ms].
    [[nodiscard]] double reachedMs() const;
    /// Share of the neuron time that is reached, 0..1.
    [[nodiscard]] double progress() const;
    /// Seconds the engine needed; set when Finished.
    [[nodiscard]] double engineSeconds() const { return m_engineSeconds; }
    /// How often the job was begun: 2 after a crash and a second try.
    [[nodiscard]] int attempts() const { return m_attempts; }
    /// Why it Failed.
    [[nodiscard]] const Error &error() const { return m_error; }

    /// The recording of input i; only when Finished.
    [[nodiscard]] Recording recording(std::size_t i) const;
    /// Hands the samples of a Finished job over, for work on another thread; traces() is empty
    /// afterwards.
    [[nodiscard]] std::vector<VoltageTrace> takeTraces() { return std::exchange(m_traces, {}); }
    void setEngineName(const std::string &name) { m_engineName = name; }

    /// Ends a queued job at once, and a running one within a fifth of a second.
    void cancel();
    void setPace(double paceMsPerSecond);

    // For engines, which drive the job.
    void begin();
    Status append(const ChunkMessage &chunk);
    /// Sets how far the job is [ms], for an engine that hands over its traces at the end.
    void reach(double ms);
    void restart(const QString &why);
    void finish(double engineSeconds);
    void finish(std::vector<VoltageTrace> traces, double engineSeconds);
    void endCancelled();
    void fail(const Error &error);

Q_SIGNALS:
    void started();
    void progressed();
    /// The worker crashed and the run begins again; traces are empty. `why` is a sentence.
    void restarted(const QString &why);
    void ended();
    // For the engine.
    void cancelRequested();
    void paceRequested(double paceMsPerSecond);

private:
    void endAs(State state);

    SimulationRequest m_request;
    State m_state = State::Queued;
    std::vector<VoltageTrace> m_traces;
    std::vector<float> m_now;
    double m_reachedMs = 0.0;
    std::string m_engineName = "neuron";
    double m_engineSeconds = 0.0;
    int m_attempts = 1;
    Error m_error;
};

} // namespace dt
