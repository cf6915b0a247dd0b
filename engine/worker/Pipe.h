// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/sim/Messages.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

namespace dt {

/// The worker's end of the pipe. A reader thread takes messages in while the main thread computes;
/// cancel and pace requests are visible at once, runs wait in a queue. When the other side closes
/// or speaks nonsense the process ends: nobody is left to work for.
class Pipe
{
public:
    /// Takes over stdin and stdout: NEURON may read the one and print on the other, so from now on
    /// stdin is empty and stdout goes to stderr. Call once, first thing in main().
    static Pipe &open();

    void send(const Message &message);

    /// The next run; blocks.
    RunMessage waitForRun();

    /// Has run `id` been cancelled?
    [[nodiscard]] bool cancelled(quint64 id) const { return m_cancelled.load() >= id; }

    /// The pace last asked for run `id`, if any.
    [[nodiscard]] std::optional<double> newPace(quint64 id);

    /// Sleeps until the time has passed or a message arrives.
    void sleep(double seconds);

private:
    Pipe(int in, int out);
    void readMessages();

    int m_in;
    int m_out;
    std::mutex m_mutex;
    std::condition_variable m_arrived;
    std::deque<RunMessage> m_runs;
    std::optional<PaceMessage> m_pace;
    std::atomic<quint64> m_cancelled{0}; ///< ids rise, so the largest cancelled one is enough
};

} // namespace dt
