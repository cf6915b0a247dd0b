// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/worker/Runner.h"

#include "engine/cell/Validation.h"
#include "engine/worker/Pacer.h"

#include <algorithm>

namespace dt {

namespace {

constexpr double BatchReportSeconds = 0.2;
constexpr std::size_t MaxFloatsPerReport = 1u << 20;

/// Collects the samples of all cells until they are sent.
class ChunkWriter
{
public:
    ChunkWriter(Pipe &pipe, NeuronEngine &engine, quint64 id, std::size_t cells, bool live) :
        m_pipe(pipe), m_engine(engine), m_live(live)
    {
        m_chunk.id = id;
        m_chunk.cells.resize(cells);
    }

    void sample(bool wholeMs)
    {
        for (std::size_t c = 0; c < m_chunk.cells.size(); ++c) {
            const int cell = static_cast<int>(c);
            m_chunk.cells[c].soma.push_back(static_cast<float>(m_engine.somaV(cell)));
            ++m_floats;
            const std::span<double *const> probes = m_engine.probes(cell);
            m_chunk.cells[c].probes.resize(probes.size());
            for (std::size_t p = 0; p < probes.size(); ++p)
                m_chunk.cells[c].probes[p].push_back(static_cast<float>(*probes[p]));
            m_floats += probes.size();
            if (!wholeMs)
                continue;
            for (const double *v : m_engine.dendV(cell))
                m_chunk.cells[c].dend.push_back(static_cast<float>(*v));
            m_floats += m_engine.dendV(cell).size();
        }
    }

    [[nodiscard]] bool full() const { return m_floats >= MaxFloatsPerReport; }
    [[nodiscard]] double age() const { return secondsSince(m_sent); }

    void send()
    {
        if (m_chunk.cells.front().soma.empty())
            return;
        if (m_live) {
            m_chunk.now.assign(1, static_cast<float>(m_engine.somaV(0)));
            for (const double *v : m_engine.dendV(0))
                m_chunk.now.push_back(static_cast<float>(*v));
        }
        const auto samples = static_cast<qint64>(m_chunk.cells.front().soma.size());
        m_pipe.send(m_chunk);
        m_chunk.firstSample += samples;
        for (ChunkMessage::Cell &cell : m_chunk.cells) {
            cell.soma.clear();
            cell.dend.clear();
            for (std::vector<float> &probe : cell.probes)
                probe.clear();
        }
        m_floats = 0;
        m_sent = Clock::now();
    }

private:
    Pipe &m_pipe;
    NeuronEngine &m_engine;
    bool m_live;
    ChunkMessage m_chunk;
    std::size_t m_floats = 0;
    Clock::time_point m_sent = Clock::now();
};

} // namespace

void Runner::run(const RunMessage &message)
{
    const Clock::time_point start = Clock::now();
    bool cancelled = false;
    const Status status = simulate(message, cancelled);
    EndMessage end;
    end.id = message.id;
    end.seconds = secondsSince(start);
    end.how = !status ? EndMessage::How::Failed
        : cancelled   ? EndMessage::How::Cancelled
                      : EndMessage::How::Finished;
    if (!status)
        end.message = QString::fromStdString(status.error().message);
    m_pipe.send(end);
}

Status Runner::simulate(const RunMessage &message, bool &cancelled)
{
    const SimulationRequest &request = message.request;
    if (request.inputs.empty())
        return Error{ErrorCode::InvalidValue, "There is no input to simulate.", "input"};
    if (Status valid = validateNeuron(request.neuron); !valid)
        return valid;
    for (const SpikeInput &input : request.inputs) {
        if (Status valid = validateInput(input, request.neuron); !valid)
            return valid;
        if (input.durationMs != request.durationMs())
            return Error{ErrorCode::InvalidValue, "The inputs of a batch differ in duration.",
                         "input"};
    }
    std::vector<NeuronEngine::CellSetup> cells;
    for (std::size_t i = 0; i < request.inputs.size(); ++i) {
        cells.push_back({request.electrodesOf(i), request.probesOf(i)});
        if (Status valid = validateElectrodes(cells.back().electrodes, request.neuron); !valid)
            return valid;
        if (Status valid =
                validateProbes(cells.back().probes, cells.back().electrodes, request.neuron);
            !valid)
            return valid;
    }
    if (Status built = m_engine.build(request.neuron, cells); !built)
        return built;
    if (Status started = m_engine.initialise(); !started)
        return started;

    // Events come sorted by time; a cursor per cell walks along.
    std::vector<std::size_t> cursor(request.inputs.size(), 0);
    const auto deliverEvents = [&](int ms) {
        for (std::size_t c = 0; c < request.inputs.size(); ++c) {
            const std::vector<InputEvent> &events = request.inputs[c].events;
            for (; cursor[c] < events.size() && events[cursor[c]].timeMs == ms; ++cursor[c]) {
                const InputEvent &e = events[cursor[c]];
                m_engine.deliver(static_cast<int>(c), e.polarity, e.row, e.weight);
            }
        }
    };

    const int perMs = request.neuron.samplesPerMs;
    const double stepMs = 1.0 / perMs;
    ChunkWriter chunk(m_pipe, m_engine, message.id, request.inputs.size(), request.live);
    Pacer pacer(request.live ? request.paceMsPerSecond : 0.0);
    const double reportSeconds = request.live ? LiveReportSeconds : BatchReportSeconds;

    for (int ms = 0; ms < request.durationMs(); ++ms) {
        deliverEvents(ms);
        for (int sub = 0; sub < perMs; ++sub) {
            chunk.sample(sub == 0);
            m_engine.step();

            const double neuronMs = ms + (sub + 1) * stepMs;
            double ahead = pacer.ahead(neuronMs);
            while (ahead > 0.0 && !m_pipe.cancelled(message.id)) {
                if (chunk.age() >= reportSeconds)
                    chunk.send();
                m_pipe.sleep(std::min(ahead, reportSeconds));
                if (const std::optional<double> pace = m_pipe.newPace(message.id))
                    pacer.setPace(*pace, neuronMs);
                ahead = pacer.ahead(neuronMs);
            }
            if (m_pipe.cancelled(message.id))
                break;
        }
        if (m_pipe.cancelled(message.id)) {
            cancelled = true;
            return Done{};
        }
        if (const std::optional<double> pace = m_pipe.newPace(message.id))
            pacer.setPace(*pace, ms + 1.0);
        if (chunk.full() || chunk.age() >= reportSeconds)
            chunk.send();
    }
    chunk.sample(false); // the closing sample, at the end time
    chunk.send();
    return Done{};
}

} // namespace dt
