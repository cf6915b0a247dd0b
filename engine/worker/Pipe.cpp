// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/worker/Pipe.h"

#include "engine/sim/Frames.h"

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <fcntl.h>
#include <thread>
#include <unistd.h>

namespace dt {

Pipe &Pipe::open()
{
    const int in = ::dup(STDIN_FILENO);
    const int out = ::dup(STDOUT_FILENO);
    ::fcntl(in, F_SETFD, FD_CLOEXEC);
    ::fcntl(out, F_SETFD, FD_CLOEXEC);
    const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    ::dup2(nothing, STDIN_FILENO);
    ::close(nothing);
    ::dup2(STDERR_FILENO, STDOUT_FILENO);
    // Never destroyed: the reader thread uses it until the process ends.
    static Pipe &pipe = *new Pipe(in, out);
    return pipe;
}

Pipe::Pipe(int in, int out) : m_in(in), m_out(out)
{
    std::thread([this] { readMessages(); }).detach();
}

void Pipe::send(const Message &message)
{
    const QByteArray bytes = frame(encode(message));
    const char *data = bytes.constData();
    qsizetype left = bytes.size();
    while (left > 0) {
        const ssize_t written = ::write(m_out, data, static_cast<std::size_t>(left));
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            ::_exit(0); // the other side is gone
        data += written;
        left -= written;
    }
}

void Pipe::readMessages()
{
    FrameReader frames;
    QByteArray buffer(1 << 16, Qt::Uninitialized);
    for (;;) {
        const ssize_t got = ::read(m_in, buffer.data(), static_cast<std::size_t>(buffer.size()));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            ::_exit(0);
        frames.feed(buffer.left(got));
        while (const std::optional<QByteArray> body = frames.next()) {
            const Result<Message> message = decode(*body);
            if (!message) {
                std::fprintf(stderr, "dendrotwin-worker: received %s\n",
                             message.error().message.c_str());
                ::_exit(2);
            }
            const std::lock_guard held(m_mutex);
            if (const auto *run = std::get_if<RunMessage>(&*message))
                m_runs.push_back(*run);
            else if (const auto *cancel = std::get_if<CancelMessage>(&*message))
                m_cancelled.store(std::max(m_cancelled.load(), cancel->id));
            else if (const auto *pace = std::get_if<PaceMessage>(&*message))
                m_pace = *pace;
            else if (const auto *live = std::get_if<LiveRunMessage>(&*message))
                m_runs.push_back(*live);
            else if (std::holds_alternative<LiveChangeMessage>(*message)
                     || std::holds_alternative<PokeMessage>(*message)
                     || std::holds_alternative<LiveControlMessage>(*message))
                m_words.push_back(*message);
            ++m_arrivals;
            m_arrived.notify_all();
        }
        if (frames.broken()) {
            std::fprintf(stderr, "dendrotwin-worker: received nonsense\n");
            ::_exit(2);
        }
    }
}

std::variant<RunMessage, LiveRunMessage> Pipe::waitForRun()
{
    std::unique_lock held(m_mutex);
    m_arrived.wait(held, [this] { return !m_runs.empty(); });
    std::variant<RunMessage, LiveRunMessage> run = std::move(m_runs.front());
    m_runs.pop_front();
    return run;
}

std::optional<double> Pipe::newPace(quint64 id)
{
    const std::lock_guard held(m_mutex);
    if (!m_pace || m_pace->id != id)
        return std::nullopt;
    const double pace = m_pace->paceMsPerSecond;
    m_pace.reset();
    return pace;
}

std::vector<Message> Pipe::takeWords(quint64 id)
{
    std::vector<Message> words;
    {
        const std::lock_guard held(m_mutex);
        words.swap(m_words);
    }
    std::erase_if(words, [id](const Message &word) {
        return std::visit(
                   [](const auto &m) {
                       if constexpr (requires { m.id; })
                           return m.id;
                       else
                           return quint64(0);
                   },
                   word)
            != id;
    });
    return words;
}

void Pipe::sleep(double seconds)
{
    std::unique_lock held(m_mutex);
    m_arrived.wait_for(held, std::chrono::duration<double>(seconds));
}

void Pipe::sleep(double seconds, quint64 seen)
{
    std::unique_lock held(m_mutex);
    m_arrived.wait_for(held, std::chrono::duration<double>(seconds),
                       [this, seen] { return m_arrivals.load() != seen; });
}

} // namespace dt
