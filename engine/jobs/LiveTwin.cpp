// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/LiveTwin.h"

#include "engine/base/Words.h"
#include "engine/jobs/MlLoader.h"

#include <QCoreApplication>
#include <QThread>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace dt {

namespace {

constexpr int LiveReportMs = 33;
/// Length of a piece: long enough to keep a network busy, short enough that a large one can be
/// stopped.
constexpr int LivePieceMs = 512;

/// Columns [from, from + length) of an input; `event` is the first one of them and moves on.
TwinInputs inputPiece(const SpikeInput &input, std::size_t &event, int from, int length,
                      const Scaling &scaling)
{
    TwinInputs piece;
    piece.resize(1, input.segments, length);
    for (; event < input.events.size() && input.events[event].timeMs < from + length; ++event) {
        const InputEvent &e = input.events[event];
        const int line = (e.polarity == Polarity::Inhibitory ? input.segments : 0) + e.row;
        piece.values[static_cast<std::size_t>(line) * static_cast<std::size_t>(length)
                     + static_cast<std::size_t>(e.timeMs - from)] =
            scaling.input(static_cast<float>(e.weight));
    }
    return piece;
}

void copyPiece(TwinPrediction &whole, const TwinPrediction &piece, int fromMs)
{
    const auto put = [fromMs](std::vector<float> &to, const std::vector<float> &from) {
        std::copy(from.begin(), from.end(), to.begin() + fromMs);
    };
    put(whole.spikeProbability, piece.spikeProbability);
    put(whole.nearSpikeProbability, piece.nearSpikeProbability);
    put(whole.somaMv, piece.somaMv);
    put(whole.rate, piece.rate);
    for (std::ptrdiff_t k = 0; k < whole.dendHeads; ++k)
        std::copy_n(piece.dendMv.begin() + k * piece.lengthMs, piece.lengthMs,
                    whole.dendMv.begin() + k * whole.lengthMs + fromMs);
}

Error wrongSegments(int twin, int input, const std::string &path)
{
    return {ErrorCode::InvalidValue,
            "The twin is made for " + counted(twin, "segment") + ", but the input has "
                + std::to_string(input) + ". Use the neuron it was trained on.",
            path};
}

/// Threads of twins that are gone, each until it has seen that. They end before the program does,
/// because they compute with libraries that go then.
class Leaving
{
public:
    static Leaving &all()
    {
        static Leaving leaving;
        return leaving;
    }
    void take(std::unique_ptr<QThread> thread)
    {
        if (!QCoreApplication::instance() || QCoreApplication::closingDown()) {
            thread->wait();
            return;
        }
        const std::lock_guard held(m_mutex);
        std::erase_if(m_threads, [](const auto &t) { return t->isFinished(); });
        if (!std::exchange(m_waitsAtEnd, true))
            qAddPostRoutine([] { all().wait(); });
        m_threads.push_back(std::move(thread));
    }

private:
    void wait()
    {
        const std::lock_guard held(m_mutex);
        for (const auto &thread : m_threads)
            thread->wait();
        m_threads.clear();
        m_waitsAtEnd = false;
    }

    std::mutex m_mutex;
    std::vector<std::unique_ptr<QThread>> m_threads;
    bool m_waitsAtEnd = false;
};

} // namespace

/// What the two threads share.
class LiveTwin::Shared
{
public:
    struct Piece
    {
        int fromMs = 0;
        TwinPrediction said;
    };
    struct News
    {
        std::optional<TwinSpec> loaded;
        std::uint64_t run = 0; ///< whose pieces and error they are
        std::vector<Piece> pieces;
        std::optional<Error> error;
        std::optional<Error> over; ///< the thread has ended: nothing will be said any more
    };

    // The owner's side.
    void setRun(std::uint64_t run, SpikeInput input, int allowedMs)
    {
        const std::lock_guard held(m_mutex);
        m_wanted = run;
        m_input = std::make_shared<const SpikeInput>(std::move(input));
        m_allowedMs = allowedMs;
        forgetRun();
        m_changed.notify_all();
    }
    void allow(int ms)
    {
        const std::lock_guard held(m_mutex);
        m_allowedMs = std::max(m_allowedMs, ms);
        m_changed.notify_all();
    }
    void cancel()
    {
        const std::lock_guard held(m_mutex);
        m_wanted = 0;
        m_input.reset();
        forgetRun();
        m_changed.notify_all();
    }
    void quit()
    {
        const std::lock_guard held(m_mutex);
        m_quit = true;
        m_wanted = 0;
        m_input.reset();
        forgetRun();
        m_changed.notify_all();
    }
    News take()
    {
        const std::lock_guard held(m_mutex);
        return std::exchange(m_news, {});
    }

    /// What the thread does from its start to its end.
    void live(const std::string &path)
    {
        try {
            Result<StoredTwin> stored = loadTwin(path);
            if (!stored)
                return end(stored.error());
            if (hasQuit())
                return;
            const Result<MlModule *> ml = loadMlModule();
            if (!ml)
                return end(ml.error());
            Result<std::unique_ptr<TwinPredictor>> twin =
                (*ml)->predictor(stored->spec, stored->contents.weights, {});
            if (!twin)
                return end(twin.error());
            stored->contents = {}; // the network has its weights
            {
                const std::lock_guard held(m_mutex);
                m_news.loaded = stored->spec;
            }
            serve(**twin, path);
        } catch (const std::exception &e) { // memory ran out
            end({ErrorCode::Engine,
                 std::string("The twin could not be run: ") + e.what()
                     + ". Close other programs, or choose a smaller twin.",
                 path});
        }
    }

private:
    void end(const Error &error)
    {
        const std::lock_guard held(m_mutex);
        m_news.over = error;
    }
    bool hasQuit()
    {
        const std::lock_guard held(m_mutex);
        return m_quit;
    }
    /// Drops pieces of an older run that were not collected.
    void forgetRun()
    {
        m_news.pieces.clear();
        m_news.error.reset();
    }

    /// Says the wanted run piece by piece, as far as it is allowed.
    void serve(TwinPredictor &twin, const std::string &path)
    {
        std::uint64_t run = 0;
        std::shared_ptr<const SpikeInput> input;
        int reachedMs = 0;
        std::size_t event = 0;
        for (;;) {
            int length = 0;
            {
                std::unique_lock held(m_mutex);
                m_changed.wait(held, [&] {
                    return m_quit
                        || (m_wanted != 0
                            && (m_wanted != run
                                || reachedMs < std::min(m_allowedMs, input->durationMs)));
                });
                if (m_quit)
                    return;
                if (m_wanted != run) {
                    run = m_wanted;
                    input = m_input;
                    reachedMs = 0;
                    event = 0;
                    twin.reset();
                    if (input->segments != twin.spec().segments) {
                        m_news.run = run;
                        m_news.error = wrongSegments(twin.spec().segments, input->segments, path);
                        m_wanted = 0;
                        continue;
                    }
                }
                length =
                    std::min({m_allowedMs, input->durationMs, reachedMs + LivePieceMs}) - reachedMs;
            }
            if (length <= 0)
                continue;
            Result<TwinPrediction> said =
                twin.push(inputPiece(*input, event, reachedMs, length, twin.spec().scaling));
            const std::lock_guard held(m_mutex);
            if (m_wanted != run)
                continue; // nobody waits for it any more
            m_news.run = run;
            if (!said) {
                m_news.error = said.error();
                m_wanted = 0;
                continue;
            }
            m_news.pieces.push_back({reachedMs, std::move(*said)});
            reachedMs += length;
        }
    }

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::uint64_t m_wanted = 0; ///< 0: none. What is computed for another one is thrown away
    bool m_quit = false;
    std::shared_ptr<const SpikeInput> m_input;
    int m_allowedMs = 0;
    News m_news;
};

LiveTwin::LiveTwin(std::string path, QObject *parent) :
    QObject(parent), m_path(std::move(path)), m_shared(std::make_shared<Shared>()),
    m_thread(QThread::create([shared = m_shared, path = m_path] { shared->live(path); }))
{
    m_timer.setInterval(LiveReportMs);
    connect(&m_timer, &QTimer::timeout, this, &LiveTwin::collect);
    m_timer.start();
    m_thread->start();
}

LiveTwin::~LiveTwin()
{
    m_shared->quit();
    Leaving::all().take(std::move(m_thread));
}

void LiveTwin::run(SpikeInput input, int allowedMs)
{
    if (m_over)
        return; // there is no twin (any more)
    if (m_loaded && input.segments != m_spec.segments) {
        m_shared->cancel();
        m_error = wrongSegments(m_spec.segments, input.segments, m_path);
        m_wanted = false;
        setState(State::Failed);
        return;
    }
    ++m_run;
    m_wanted = true;
    const auto total = static_cast<std::size_t>(input.durationMs);
    m_said = {};
    m_said.windows = 1;
    m_said.lengthMs = input.durationMs;
    m_said.spikeProbability.resize(total);
    m_said.nearSpikeProbability.resize(total);
    m_said.somaMv.resize(total);
    m_said.rate.resize(total);
    m_reachedMs = 0;
    m_shared->setRun(m_run, std::move(input), allowedMs);
    if (m_loaded)
        setState(State::Running);
    m_timer.start();
}

void LiveTwin::allow(int ms)
{
    m_shared->allow(ms);
}

void LiveTwin::cancel()
{
    m_shared->cancel();
    m_wanted = false;
    if (m_state == State::Running) {
        m_timer.stop();
        setState(State::Ready);
    }
}

void LiveTwin::collect()
{
    Shared::News news = m_shared->take();
    if (news.loaded) {
        m_loaded = true;
        m_spec = *news.loaded;
        setState(m_wanted ? State::Running : State::Ready);
    }
    if (news.run == m_run && m_wanted) {
        for (const Shared::Piece &piece : news.pieces) {
            if (m_said.dendMv.empty()) {
                m_said.dendHeads = piece.said.dendHeads;
                m_said.dendMv.resize(m_said.spikeProbability.size()
                                     * static_cast<std::size_t>(m_said.dendHeads));
            }
            copyPiece(m_said, piece.said, piece.fromMs);
            m_reachedMs = piece.fromMs + piece.said.lengthMs;
        }
        if (!news.pieces.empty())
            Q_EMIT grew();
    }
    if (news.over)
        m_over = true;
    if (news.over || (news.error && news.run == m_run && m_wanted)) {
        m_error = news.over ? *news.over : *news.error;
        m_wanted = false;
        setState(State::Failed);
    } else if (m_state == State::Running && m_reachedMs == m_said.lengthMs) {
        m_wanted = false;
        setState(State::Finished);
    }
    if (m_state != State::Loading && m_state != State::Running)
        m_timer.stop();
}

void LiveTwin::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged();
}

} // namespace dt
