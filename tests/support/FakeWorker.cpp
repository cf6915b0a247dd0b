// SPDX-License-Identifier: GPL-3.0-or-later
//
// fakeworker [MODE [MARKER]]: a simulator program without a simulator. It speaks the worker's
// protocol on stdin and stdout, invents samples, and misbehaves on demand. Without a MODE it is
// what FAKEWORKER_MODE says, else ok, for programs that start it themselves. MODE "ask" takes the
// mode of each run from the name of the neuron's first dendrite, so that jobs of one pool differ.
//
// At start:  garbage-start silent wrong-protocol exit-start crash-start
// In a run:  ok slow refuse garbage partial hang exit crash crash-once wrong-samples wrong-cells
//            early-end malformed ignore-cancel
// In a live run the soma and all else is at -85 mV plus the weights of all pokes, ten samples a
// report; ok, refuse, crash (after the first report), hang (after the first poke), ignore-cancel.
// crash-once crashes unless the file MARKER exists, and makes it.

#include "engine/input/LiveChange.h"
#include "engine/sim/Frames.h"
#include "engine/sim/Messages.h"

#include <QFile>

#include <cstdio>
#include <cstdlib>
#include <poll.h>
#include <unistd.h>

using namespace dt;

namespace {

FrameReader g_frames;

void writeBytes(const QByteArray &bytes)
{
    const char *data = bytes.constData();
    qsizetype left = bytes.size();
    while (left > 0) {
        const ssize_t written = ::write(STDOUT_FILENO, data, static_cast<std::size_t>(left));
        if (written <= 0)
            ::_exit(0);
        data += written;
        left -= written;
    }
}

void send(const Message &message)
{
    writeBytes(frame(encode(message)));
}

/// The next message, or none within the time; -1 waits for ever. Ends when nobody is there.
std::optional<Message> receive(int waitMs)
{
    for (;;) {
        if (const std::optional<QByteArray> body = g_frames.next()) {
            const Result<Message> message = decode(*body);
            if (!message)
                ::_exit(9);
            return *message;
        }
        pollfd in{STDIN_FILENO, POLLIN, 0};
        if (::poll(&in, 1, waitMs) <= 0)
            return std::nullopt;
        QByteArray buffer(65536, Qt::Uninitialized);
        const ssize_t got = ::read(STDIN_FILENO, buffer.data(), std::size_t(buffer.size()));
        if (got <= 0)
            ::_exit(0);
        g_frames.feed(buffer.left(got));
    }
}

[[noreturn]] void hang()
{
    for (;;)
        ::pause();
}

/// Samples of one millisecond; v = -85 + t/1000 in the soma of the first cell, one less in each
/// further cell and segment.
ChunkMessage millisecond(const RunMessage &run, int ms, bool last)
{
    const int perMs = run.request.neuron.samplesPerMs;
    ChunkMessage chunk;
    chunk.id = run.id;
    chunk.firstSample = static_cast<qint64>(ms) * perMs;
    for (std::size_t c = 0; c < run.request.inputs.size(); ++c) {
        ChunkMessage::Cell cell;
        const float base = -85.0f - static_cast<float>(c);
        for (int i = 0; i < perMs + (last ? 1 : 0); ++i)
            cell.soma.push_back(base + static_cast<float>(ms * perMs + i) / 1000.0f);
        for (int s = 0; s < run.request.neuron.segmentCount(); ++s)
            cell.dend.push_back(base - static_cast<float>(s + 1));
        chunk.cells.push_back(cell);
    }
    if (run.request.live)
        chunk.now.assign(static_cast<std::size_t>(run.request.neuron.segmentCount()) + 1, -85.0f);
    return chunk;
}

/// Misbehaviour after the first millisecond; most of it does not return.
void misbehave(const QByteArray &mode, const RunMessage &run, const QString &marker)
{
    if (mode == "garbage")
        writeBytes("Segmentation violation in fake\n");
    else if (mode == "malformed")
        writeBytes(frame("this is no CBOR map"));
    else if (mode == "partial") {
        writeBytes(frame(encode(millisecond(run, 1, false))).chopped(5));
        ::_exit(0);
    } else if (mode == "hang")
        hang();
    else if (mode == "exit") {
        std::fputs("fakeworker: out of ideas\n", stderr);
        std::exit(3);
    } else if (mode == "crash")
        std::abort();
    else if (mode == "crash-once" && !QFile::exists(marker)) {
        QFile(marker).open(QIODevice::WriteOnly);
        std::abort();
    } else if (mode == "wrong-samples")
        send(millisecond(run, 2, false)); // one millisecond is missing
    else if (mode == "wrong-cells") {
        ChunkMessage chunk = millisecond(run, 1, false);
        chunk.cells.push_back(chunk.cells.front());
        send(chunk);
    } else
        return;
    hang(); // whoever noticed ends this program
}

void simulate(const RunMessage &run, const QByteArray &mode, const QString &marker)
{
    EndMessage end;
    end.id = run.id;
    end.seconds = 0.125;
    if (mode == "refuse") {
        end.how = EndMessage::How::Failed;
        end.message = QStringLiteral("The fake has refused this neuron.");
        send(end);
        return;
    }
    const bool slow = mode == "slow" || mode == "ignore-cancel";
    const int total = run.request.durationMs();
    for (int ms = 0; ms < total; ++ms) {
        send(millisecond(run, ms, ms + 1 == total));
        if (ms == 0)
            misbehave(mode, run, marker);
        if (mode == "early-end" && ms == total / 2)
            break;
        if (!slow)
            continue;
        const std::optional<Message> message = receive(20);
        const auto *cancel = message ? std::get_if<CancelMessage>(&*message) : nullptr;
        if (cancel && cancel->id == run.id && mode == "slow") {
            end.how = EndMessage::How::Cancelled;
            break;
        }
    }
    send(end);
}

/// What a live run has come to.
struct FakeLive
{
    LiveReportMessage report;
    Neuron neuron;
    std::size_t probes = 0;
    float level = -85.0f;
    int samples = 10;

    void beginAgain()
    {
        ++report.epoch;
        report.firstSample = 0;
        level = -85.0f;
    }
    void send(bool withSamples)
    {
        const std::size_t n = withSamples ? static_cast<std::size_t>(samples) : 0;
        report.soma.assign(n, level);
        report.probes.assign(probes, std::vector<float>(n, level));
        report.now.assign(static_cast<std::size_t>(neuron.segmentCount()) + 1, level);
        ::send(report);
        report.firstSample += static_cast<qint64>(n);
    }
    void obey(const LiveControlMessage &control)
    {
        using What = LiveControlMessage::What;
        if (control.what == What::Play)
            report.paused = false;
        else if (control.what == What::Pause)
            report.paused = true;
        else if (control.what == What::Rewind)
            beginAgain();
        else if (control.what == What::Step) {
            report.paused = true;
            samples = static_cast<int>(control.ms * neuron.samplesPerMs);
            send(true);
            samples = 10;
        }
    }
    void obey(const LiveChangeMessage &change)
    {
        report.number = change.number;
        if (change.neuron && !needsRestart(neuron, *change.neuron).empty())
            beginAgain();
        if (change.neuron)
            neuron = *change.neuron;
        if (change.probes)
            probes = change.probes->size();
    }
};

void live(const LiveRunMessage &run, const QByteArray &mode)
{
    EndMessage end;
    end.id = run.id;
    if (mode == "refuse") {
        end.how = EndMessage::How::Failed;
        end.message = QStringLiteral("The fake has refused this neuron.");
        send(end);
        return;
    }
    FakeLive state;
    state.report.id = run.id;
    state.report.paused = run.paused;
    state.neuron = run.neuron;
    state.probes = run.probes.size();
    for (;;) {
        state.send(!state.report.paused);
        if (mode == "crash")
            std::abort();
        const std::optional<Message> message = receive(10);
        if (!message)
            continue;
        if (const auto *cancel = std::get_if<CancelMessage>(&*message)) {
            if (cancel->id != run.id || mode == "ignore-cancel")
                continue;
            end.how = EndMessage::How::Cancelled;
            send(end);
            return;
        }
        if (const auto *poke = std::get_if<PokeMessage>(&*message)) {
            if (mode == "hang")
                hang();
            state.report.number = poke->number;
            state.level += static_cast<float>(poke->weight);
        } else if (const auto *control = std::get_if<LiveControlMessage>(&*message)) {
            state.obey(*control);
        } else if (const auto *change = std::get_if<LiveChangeMessage>(&*message)) {
            state.obey(*change);
        }
    }
}

} // namespace

int main(int argc, char **argv)
{
    const QByteArray mode = argc > 1 ? QByteArray(argv[1]) : qgetenv("FAKEWORKER_MODE");
    const QString marker = argc > 2 ? QString::fromLocal8Bit(argv[2]) : QString();
    if (mode == "silent")
        hang();
    if (mode == "exit-start") {
        std::fputs("fakeworker: error while loading shared libraries\n", stderr);
        return 127;
    }
    if (mode == "crash-start")
        std::abort();
    if (mode == "garbage-start") {
        writeBytes("NEURON -- VERSION 8.2.2\n");
        hang();
    }
    send(HelloMessage{mode == "wrong-protocol" ? ProtocolVersion + 1 : ProtocolVersion,
                      QStringLiteral("FAKE 1.0")});
    for (;;) {
        const std::optional<Message> message = receive(-1);
        if (const auto *run = message ? std::get_if<RunMessage>(&*message) : nullptr)
            simulate(*run,
                     mode == "ask"
                         ? QByteArray::fromStdString(run->request.neuron.dendrites.front().name)
                         : mode,
                     marker);
        else if (const auto *liveRun = message ? std::get_if<LiveRunMessage>(&*message) : nullptr)
            live(*liveRun, mode);
    }
}
