// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/sim/Messages.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <variant>
#include <vector>

namespace dt {

/// The worker's end of the pipe. A reader thread takes in messages while the main thread computes:
/// cancel and pace requests are visible at once, and runs and messages to a live run wait in
/// queues. When the other side closes the pipe or sends nonsense the process ends, because nobody
/// is left to work for.
class Pipe
{
public:
    /// Takes over stdin and stdout. NEURON may read stdin and print to stdout, so from now on stdin
    /// is empty and stdout goes to stderr. Call once, first thing in main().
    static Pipe &open();

    void send(const Message &message);

    /// Waits for the next run; blocks.
    std::variant<RunMessage, LiveRunMessage> waitForRun();

    /// Whether run `id` has been cancelled.
    [[nodiscard]] bool cancelled(quint64 id) const { return m_cancelled.load() >= id; }

    /// The pace that was asked for last for run `id`, if any.
    [[nodiscard]] std::optional<double> newPace(quint64 id);

    /// A count that rises with every message. Asking is cheap enough for every step.
    [[nodiscard]] quint64 arrivals() const { return m_arrivals.load(); }

    /// The messages to live run `id` in order: changes, pokes, controls. Messages to other runs are
    /// dropped.
    std::vector<Message> takeWords(quint64 id);

    /// Sleeps until the time has passed or a message arrives.
    void sleep(double seconds);
    /// Sleeps like sleep(), but not at all if something has arrived since arrivals() was `seen`.
    void sleep(double seconds, quint64 seen);

private:
    Pipe(int in, int out);
    void readMessages();

    int m_in;
    int m_out;
    std::mutex m_mutex;
    std::condition_variable m_arrived;
    std::deque<std::variant<RunMessage, LiveRunMessage>> m_runs;
    std::vector<Message> m_words;
    std::optional<PaceMessage> m_pace;
    std::atomic<quint64> m_arrivals{0};
    std::atomic<quint64> m_cancelled{0}; ///< ids rise, so the largest cancelled one is enough
};

} // namespace dt
