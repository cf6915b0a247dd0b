// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/LiveCodec.h"

#include "engine/json/NeuronJson.h"
#include "engine/sim/CborParts.h"

#include <QCborArray>

#include <array>
#include <utility>

namespace dt {

namespace {

using namespace Qt::StringLiterals;
using What = LiveControlMessage::What;

constexpr std::array Controls{std::pair{What::Play, "play"_L1}, std::pair{What::Pause, "pause"_L1},
                              std::pair{What::Step, "step"_L1},
                              std::pair{What::Rewind, "rewind"_L1},
                              std::pair{What::Release, "release"_L1}};

QCborMap head(QLatin1StringView type, quint64 id)
{
    return {{"type"_L1, type}, {"id"_L1, static_cast<qint64>(id)}};
}

Result<Message> decodeLiveRun(const QCborMap &map, quint64 id)
{
    LiveRunMessage m;
    m.id = id;
    const Result<Neuron> neuron =
        neuronFromText(map["neuron"_L1].toString().toStdString(), "request");
    if (!neuron)
        return neuron.error();
    m.neuron = *neuron;
    m.paceMsPerSecond = map["pace_ms_per_s"_L1].toDouble();
    m.paused = map["paused"_L1].toBool();
    if (!readElectrodesMap(map["electrodes"_L1].toMap(), m.electrodes)
        || !readProbesMap(map["probes"_L1].toMap(), m.probes))
        return malformed(u"live run"_s);
    return Message(std::move(m));
}

Result<Message> decodeLiveChange(const QCborMap &map, quint64 id)
{
    LiveChangeMessage m;
    m.id = id;
    m.number = static_cast<quint64>(map["number"_L1].toInteger());
    if (map.contains("neuron"_L1)) {
        const Result<Neuron> neuron =
            neuronFromText(map["neuron"_L1].toString().toStdString(), "request");
        if (!neuron)
            return neuron.error();
        m.neuron = *neuron;
    }
    if (map.contains("electrodes"_L1)
        && !readElectrodesMap(map["electrodes"_L1].toMap(), m.electrodes.emplace()))
        return malformed(u"live electrodes"_s);
    if (map.contains("probes"_L1) && !readProbesMap(map["probes"_L1].toMap(), m.probes.emplace()))
        return malformed(u"live probes"_s);
    return Message(std::move(m));
}

Result<Message> decodeReport(const QCborMap &map, quint64 id)
{
    LiveReportMessage m;
    m.id = id;
    m.epoch = static_cast<int>(map["epoch"_L1].toInteger());
    m.number = static_cast<quint64>(map["number"_L1].toInteger());
    m.paused = map["paused"_L1].toBool();
    m.firstSample = map["first_sample"_L1].toInteger(-1);
    for (const QCborValue &probe : map["probes"_L1].toArray()) {
        if (!readBytes(probe, m.probes.emplace_back()))
            return malformed(u"report probe"_s);
    }
    if (m.firstSample < 0 || !readBytes(map["soma"_L1], m.soma) || !readBytes(map["now"_L1], m.now))
        return malformed(u"report"_s);
    for (const std::vector<float> &probe : m.probes) {
        if (probe.size() != m.soma.size())
            return malformed(u"report of unequal lengths"_s);
    }
    return Message(std::move(m));
}

} // namespace

QCborMap liveMap(const LiveRunMessage &m)
{
    QCborMap map = head("live"_L1, m.id);
    map.insert("neuron"_L1, QString::fromStdString(neuronText(m.neuron)));
    map.insert("electrodes"_L1, electrodesMap(m.electrodes));
    map.insert("probes"_L1, probesMap(m.probes));
    map.insert("pace_ms_per_s"_L1, m.paceMsPerSecond);
    map.insert("paused"_L1, m.paused);
    return map;
}

QCborMap liveMap(const LiveChangeMessage &m)
{
    QCborMap map = head("change"_L1, m.id);
    map.insert("number"_L1, static_cast<qint64>(m.number));
    if (m.neuron)
        map.insert("neuron"_L1, QString::fromStdString(neuronText(*m.neuron)));
    if (m.electrodes)
        map.insert("electrodes"_L1, electrodesMap(*m.electrodes));
    if (m.probes)
        map.insert("probes"_L1, probesMap(*m.probes));
    return map;
}

QCborMap liveMap(const PokeMessage &m)
{
    QCborMap map = head("poke"_L1, m.id);
    map.insert("number"_L1, static_cast<qint64>(m.number));
    map.insert("kind"_L1, m.kind);
    map.insert("row"_L1, m.row);
    map.insert("weight"_L1, m.weight);
    map.insert("rate_hz"_L1, m.rateHz);
    return map;
}

QCborMap liveMap(const LiveControlMessage &m)
{
    QCborMap map = head("control"_L1, m.id);
    for (const auto &[what, name] : Controls) {
        if (what == m.what)
            map.insert("what"_L1, name);
    }
    map.insert("ms"_L1, m.ms);
    return map;
}

QCborMap liveMap(const LiveReportMessage &m)
{
    QCborArray probes;
    for (const std::vector<float> &probe : m.probes)
        probes.append(bytesOf(probe));
    QCborMap map = head("report"_L1, m.id);
    map.insert("epoch"_L1, m.epoch);
    map.insert("number"_L1, static_cast<qint64>(m.number));
    map.insert("paused"_L1, m.paused);
    map.insert("first_sample"_L1, m.firstSample);
    map.insert("soma"_L1, bytesOf(m.soma));
    map.insert("probes"_L1, probes);
    map.insert("now"_L1, bytesOf(m.now));
    return map;
}

std::optional<Result<Message>> decodeLive(const QString &type, const QCborMap &map, quint64 id)
{
    if (type == "live"_L1)
        return decodeLiveRun(map, id);
    if (type == "change"_L1)
        return decodeLiveChange(map, id);
    if (type == "report"_L1)
        return decodeReport(map, id);
    if (type == "poke"_L1) {
        PokeMessage m;
        m.id = id;
        m.number = static_cast<quint64>(map["number"_L1].toInteger());
        m.kind = static_cast<int>(map["kind"_L1].toInteger(-1));
        m.row = static_cast<int>(map["row"_L1].toInteger(-1));
        m.weight = map["weight"_L1].toDouble();
        m.rateHz = map["rate_hz"_L1].toDouble();
        return Result<Message>(Message(m));
    }
    if (type == "control"_L1) {
        for (const auto &[what, name] : Controls) {
            if (map["what"_L1].toString() == name)
                return Result<Message>(
                    Message(LiveControlMessage{id, what, map["ms"_L1].toDouble()}));
        }
        return Result<Message>(malformed(u"control"_s));
    }
    return std::nullopt;
}

} // namespace dt
