// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/Messages.h"

#include "engine/json/NeuronJson.h"
#include "engine/sim/CborParts.h"
#include "engine/sim/LiveCodec.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>

namespace dt {

using namespace Qt::StringLiterals;

namespace {

QCborMap inputMap(const SpikeInput &input)
{
    std::vector<qint32> times;
    std::vector<qint32> rows;
    std::vector<quint8> inhibitory;
    std::vector<double> weights;
    for (const InputEvent &e : input.events) {
        times.push_back(e.timeMs);
        rows.push_back(e.row);
        inhibitory.push_back(e.polarity == Polarity::Inhibitory);
        weights.push_back(e.weight);
    }
    return {{"segments"_L1, input.segments},        {"duration_ms"_L1, input.durationMs},
            {"times"_L1, bytesOf(times)},           {"rows"_L1, bytesOf(rows)},
            {"inhibitory"_L1, bytesOf(inhibitory)}, {"weights"_L1, bytesOf(weights)}};
}

bool readInputMap(const QCborMap &map, SpikeInput &input)
{
    std::vector<qint32> times;
    std::vector<qint32> rows;
    std::vector<quint8> inhibitory;
    std::vector<double> weights;
    if (!readBytes(map["times"_L1], times) || !readBytes(map["rows"_L1], rows)
        || !readBytes(map["inhibitory"_L1], inhibitory) || !readBytes(map["weights"_L1], weights)
        || rows.size() != times.size() || inhibitory.size() != times.size()
        || weights.size() != times.size())
        return false;
    input.segments = static_cast<int>(map["segments"_L1].toInteger());
    input.durationMs = static_cast<int>(map["duration_ms"_L1].toInteger());
    input.events.reserve(times.size());
    for (std::size_t i = 0; i < times.size(); ++i)
        input.events.push_back({inhibitory[i] ? Polarity::Inhibitory : Polarity::Excitatory,
                                rows[i], times[i], weights[i]});
    return true;
}

struct Encoder
{
    QCborMap operator()(const HelloMessage &m) const
    {
        return {{"type"_L1, "hello"_L1}, {"protocol"_L1, m.protocol}, {"engine"_L1, m.engine}};
    }
    QCborMap operator()(const RunMessage &m) const
    {
        QCborArray inputs;
        for (const SpikeInput &input : m.request.inputs)
            inputs.append(inputMap(input));
        QCborArray electrodes;
        for (const std::vector<Electrode> &list : m.request.electrodes)
            electrodes.append(electrodesMap(list));
        QCborArray probes;
        for (const std::vector<Probe> &list : m.request.probes)
            probes.append(probesMap(list));
        return {{"type"_L1, "run"_L1},
                {"id"_L1, static_cast<qint64>(m.id)},
                {"neuron"_L1, QString::fromStdString(neuronText(m.request.neuron))},
                {"inputs"_L1, inputs},
                {"electrodes"_L1, electrodes},
                {"probes"_L1, probes},
                {"live"_L1, m.request.live},
                {"pace_ms_per_s"_L1, m.request.paceMsPerSecond}};
    }
    QCborMap operator()(const CancelMessage &m) const
    {
        return {{"type"_L1, "cancel"_L1}, {"id"_L1, static_cast<qint64>(m.id)}};
    }
    QCborMap operator()(const PaceMessage &m) const
    {
        return {{"type"_L1, "pace"_L1},
                {"id"_L1, static_cast<qint64>(m.id)},
                {"pace_ms_per_s"_L1, m.paceMsPerSecond}};
    }
    QCborMap operator()(const ChunkMessage &m) const
    {
        QCborArray cells;
        for (const ChunkMessage::Cell &cell : m.cells) {
            QCborArray probes;
            for (const std::vector<float> &probe : cell.probes)
                probes.append(bytesOf(probe));
            cells.append(QCborMap{{"soma"_L1, bytesOf(cell.soma)},
                                  {"dend"_L1, bytesOf(cell.dend)},
                                  {"probes"_L1, probes}});
        }
        return {{"type"_L1, "chunk"_L1},
                {"id"_L1, static_cast<qint64>(m.id)},
                {"first_sample"_L1, m.firstSample},
                {"cells"_L1, cells},
                {"now"_L1, bytesOf(m.now)}};
    }
    QCborMap operator()(const LiveRunMessage &m) const { return liveMap(m); }
    QCborMap operator()(const LiveChangeMessage &m) const { return liveMap(m); }
    QCborMap operator()(const PokeMessage &m) const { return liveMap(m); }
    QCborMap operator()(const LiveControlMessage &m) const { return liveMap(m); }
    QCborMap operator()(const LiveReportMessage &m) const { return liveMap(m); }
    QCborMap operator()(const EndMessage &m) const
    {
        const QLatin1StringView how = m.how == EndMessage::How::Finished ? "finished"_L1
            : m.how == EndMessage::How::Cancelled                        ? "cancelled"_L1
                                                                         : "failed"_L1;
        return {{"type"_L1, "end"_L1},
                {"id"_L1, static_cast<qint64>(m.id)},
                {"how"_L1, how},
                {"message"_L1, m.message},
                {"seconds"_L1, m.seconds}};
    }
};

Result<Message> decodeRun(const QCborMap &map, quint64 id)
{
    RunMessage m;
    m.id = id;
    const Result<Neuron> neuron =
        neuronFromText(map["neuron"_L1].toString().toStdString(), "request");
    if (!neuron)
        return neuron.error();
    m.request.neuron = *neuron;
    m.request.live = map["live"_L1].toBool();
    m.request.paceMsPerSecond = map["pace_ms_per_s"_L1].toDouble();
    for (const QCborValue &value : map["inputs"_L1].toArray()) {
        SpikeInput input;
        if (!readInputMap(value.toMap(), input))
            return malformed(u"run input"_s);
        m.request.inputs.push_back(std::move(input));
    }
    for (const QCborValue &value : map["electrodes"_L1].toArray()) {
        std::vector<Electrode> &list = m.request.electrodes.emplace_back();
        if (!readElectrodesMap(value.toMap(), list))
            return malformed(u"run electrodes"_s);
    }
    for (const QCborValue &value : map["probes"_L1].toArray()) {
        std::vector<Probe> &list = m.request.probes.emplace_back();
        if (!readProbesMap(value.toMap(), list))
            return malformed(u"run probes"_s);
    }
    return Message(std::move(m));
}

Result<Message> decodeChunk(const QCborMap &map, quint64 id)
{
    ChunkMessage m;
    m.id = id;
    m.firstSample = map["first_sample"_L1].toInteger(-1);
    for (const QCborValue &value : map["cells"_L1].toArray()) {
        ChunkMessage::Cell cell;
        if (!readBytes(value["soma"_L1], cell.soma) || !readBytes(value["dend"_L1], cell.dend))
            return malformed(u"chunk cell"_s);
        for (const QCborValue &probe : value["probes"_L1].toArray()) {
            if (!readBytes(probe, cell.probes.emplace_back()))
                return malformed(u"chunk probe"_s);
        }
        m.cells.push_back(std::move(cell));
    }
    if (m.firstSample < 0 || !readBytes(map["now"_L1], m.now))
        return malformed(u"chunk"_s);
    return Message(std::move(m));
}

Result<Message> decodeEnd(const QCborMap &map, quint64 id)
{
    EndMessage m;
    m.id = id;
    const QString how = map["how"_L1].toString();
    if (how == "finished"_L1)
        m.how = EndMessage::How::Finished;
    else if (how == "cancelled"_L1)
        m.how = EndMessage::How::Cancelled;
    else if (how == "failed"_L1)
        m.how = EndMessage::How::Failed;
    else
        return malformed(u"end"_s);
    m.message = map["message"_L1].toString();
    m.seconds = map["seconds"_L1].toDouble();
    return Message(std::move(m));
}

} // namespace

QByteArray encode(const Message &message)
{
    return QCborValue(std::visit(Encoder{}, message)).toCbor();
}

Result<Message> decode(const QByteArray &body)
{
    QCborParserError error;
    const QCborValue value = QCborValue::fromCbor(body, &error);
    if (error.error != QCborError::NoError || !value.isMap())
        return malformed(u"not a CBOR map"_s);
    const QCborMap map = value.toMap();
    const QString type = map["type"_L1].toString();
    const auto id = static_cast<quint64>(map["id"_L1].toInteger());
    if (type == "hello"_L1)
        return Message(HelloMessage{static_cast<int>(map["protocol"_L1].toInteger()),
                                    map["engine"_L1].toString()});
    if (type == "run"_L1)
        return decodeRun(map, id);
    if (type == "cancel"_L1)
        return Message(CancelMessage{id});
    if (type == "pace"_L1)
        return Message(PaceMessage{id, map["pace_ms_per_s"_L1].toDouble()});
    if (type == "chunk"_L1)
        return decodeChunk(map, id);
    if (type == "end"_L1)
        return decodeEnd(map, id);
    if (std::optional<Result<Message>> live = decodeLive(type, map, id))
        return *std::move(live);
    return malformed(type.left(20));
}

Status appendChunk(std::vector<VoltageTrace> &traces, const ChunkMessage &chunk,
                   const SimulationRequest &request)
{
    const auto wrong = [](const char *what) {
        return Error{ErrorCode::Worker,
                     std::string("samples that do not fit the run (") + what + ")", "worker"};
    };
    if (traces.empty()) {
        VoltageTrace empty;
        empty.segments = request.neuron.segmentCount();
        empty.samplesPerMs = request.neuron.samplesPerMs;
        traces.assign(request.inputs.size(), empty);
        const auto samples = static_cast<std::size_t>(request.durationMs())
                * static_cast<std::size_t>(empty.samplesPerMs)
            + 1;
        for (VoltageTrace &trace : traces) {
            trace.somaFine.reserve(samples);
            trace.dendV.reserve(static_cast<std::size_t>(request.durationMs())
                                * static_cast<std::size_t>(empty.segments));
        }
        for (std::size_t i = 0; i < request.probes.size() && i < traces.size(); ++i)
            traces[i].probes.resize(request.probes[i].size());
    }
    if (chunk.cells.size() != traces.size())
        return wrong("another number of cells");
    const auto total = static_cast<std::size_t>(request.durationMs())
            * static_cast<std::size_t>(traces.front().samplesPerMs)
        + 1;
    for (std::size_t i = 0; i < traces.size(); ++i) {
        VoltageTrace &trace = traces[i];
        const ChunkMessage::Cell &cell = chunk.cells[i];
        if (trace.somaFine.size() != static_cast<std::size_t>(chunk.firstSample))
            return wrong("a gap");
        if (cell.probes.size() != trace.probes.size())
            return wrong("another number of probes");
        for (std::size_t p = 0; p < cell.probes.size(); ++p) {
            if (cell.probes[p].size() != cell.soma.size())
                return wrong("probes of another length");
            trace.probes[p].insert(trace.probes[p].end(), cell.probes[p].begin(),
                                   cell.probes[p].end());
        }
        const auto segments = static_cast<std::size_t>(trace.segments);
        trace.somaFine.insert(trace.somaFine.end(), cell.soma.begin(), cell.soma.end());
        trace.dendV.insert(trace.dendV.end(), cell.dend.begin(), cell.dend.end());
        trace.recordedMs = static_cast<int>(trace.dendV.size() / segments);
        // Whole ms seen so far: the sample at ms k is number k*samplesPerMs; the closing sample
        // has no dendritic row.
        const std::size_t seen = trace.somaFine.size();
        const std::size_t perMs = static_cast<std::size_t>(trace.samplesPerMs);
        const std::size_t expected =
            std::min((seen + perMs - 1) / perMs, static_cast<std::size_t>(request.durationMs()));
        if (seen > total || trace.dendV.size() != expected * segments)
            return wrong("another length");
    }
    if (!chunk.now.empty() && chunk.now.size() != static_cast<std::size_t>(traces[0].segments) + 1)
        return wrong("another number of segments");
    return Done{};
}

} // namespace dt
