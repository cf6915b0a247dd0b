// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/worker/NeuronEngine.h"
#include "engine/worker/Pacer.h"
#include "engine/worker/Pipe.h"

#include <map>
#include <optional>
#include <utility>

namespace dt {

/// Runs one cell without end and does what it is told meanwhile: pokes, changes, buttons. Reports
/// on the pipe every 16 ms, and now and then while paused; one EndMessage when it is cancelled or
/// NEURON fails. The memory it takes does not grow with time.
class LiveRunner
{
public:
    LiveRunner(NeuronEngine &engine, Pipe &pipe) : m_engine(engine), m_pipe(pipe) { }

    void run(const LiveRunMessage &message);

private:
    Status simulate(const LiveRunMessage &message);
    /// Builds the cell and puts it to rest at 0 ms.
    Status begin();
    Status backToRest();
    Status heed();
    Status obey(const LiveChangeMessage &change);
    Status obey(const PokeMessage &poke);
    Status obey(const LiveControlMessage &control);
    Status deliver();
    void sample();
    void report();
    [[nodiscard]] bool rests() const { return m_paused && m_stepsLeft == 0; }
    [[nodiscard]] double nowMs() const;

    NeuronEngine &m_engine;
    Pipe &m_pipe;

    Neuron m_neuron;
    std::vector<Electrode> m_electrodes;
    std::vector<Probe> m_probes;
    bool m_paused = false;
    qint64 m_stepsLeft = 0; ///< left of a step that a person asked for
    qint64 m_steps = 0; ///< steps done since 0 ms
    qint64 m_reportAt = -1; ///< step that is reported at once, because a poke is near its peak then
    quint64 m_seen = 0; ///< last value of Pipe::arrivals()
    Pacer m_pacer{0.0};
    /// Weights that arrive with the next step, by kind and row; several pokes at one place add up.
    std::map<std::pair<int, int>, double> m_pokes;
    struct Train
    {
        PokeMessage poke;
        double nextMs = 0.0;
    };
    std::optional<Train> m_train;
    struct Single
    {
        int kind = 0;
        int row = 0;
        double ms = 0.0;
    };
    std::optional<Single> m_single; ///< the last poke that was no train
    LiveReportMessage m_report;
    Clock::time_point m_sent;
};

} // namespace dt
