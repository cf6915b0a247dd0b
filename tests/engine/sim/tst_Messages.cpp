// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/Messages.h"

#include "tests/support/Neurons.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCborArray>
#include <QCborMap>
#include <QCoreApplication>
#include <QTest>

#include <functional>
#include <random>

using namespace dt;

namespace {

constexpr quint64 Id = 1234567890123;

SimulationRequest request()
{
    SimulationRequest request;
    request.neuron = test::treeWithTable();
    request.inputs = {
        {8, 20, {{Polarity::Excitatory, 4, 3, 0.1}, {Polarity::Inhibitory, 7, 19, 1e6}}},
        {8, 20, {}}};
    Electrode clamp;
    clamp.clamp = Clamp::Voltage;
    clamp.dendrite = 2;
    clamp.x = 0.3;
    clamp.stepMv = -12.5;
    Electrode off;
    off.name = "spare \u00e9lectrode";
    off.on = false;
    request.electrodes = {{clamp, off}, {}};
    request.probes = {
        {{Probe::What::ElectrodeCurrent, SomaIndex, 0.5, 1}, {Probe::What::Voltage, 2, 0.125, 0}},
        {{Probe::What::Voltage, SomaIndex, 0.5, 0}}};
    request.live = true;
    request.paceMsPerSecond = 62.5;
    return request;
}

QByteArray floats(const std::vector<float> &values)
{
    return {reinterpret_cast<const char *>(values.data()),
            qsizetype(values.size() * sizeof(float))};
}

template <typename T>
T roundTrip(const T &message)
{
    const Result<Message> decoded = decode(encode(message));
    if (!decoded || !std::holds_alternative<T>(*decoded)) {
        QTest::qFail("the message came back as another one", __FILE__, __LINE__);
        return {};
    }
    return std::get<T>(*decoded);
}

/// A stretch of `count` samples of both cells from `first` on, with the dendritic rows of the
/// whole milliseconds in it: 2 segments, 5 samples a millisecond, 3 milliseconds.
ChunkMessage stretch(int first, int count)
{
    ChunkMessage chunk;
    chunk.firstSample = first;
    chunk.cells.resize(2);
    for (std::size_t c = 0; c < 2; ++c) {
        for (int i = first; i < first + count; ++i) {
            chunk.cells[c].soma.push_back(static_cast<float>(100 * int(c) + i));
            if (i % 5 == 0 && i < 15) {
                chunk.cells[c].dend.push_back(static_cast<float>(1000 + i));
                chunk.cells[c].dend.push_back(static_cast<float>(2000 + i));
            }
        }
    }
    return chunk;
}

SimulationRequest smallRequest()
{
    SimulationRequest request;
    request.neuron = presetNeuron("nmda-cable").value();
    setSegments(request.neuron, 0, 2);
    request.neuron.samplesPerMs = 5;
    request.inputs.assign(2, SpikeInput{2, 3, {}, WeightPrecision::Half});
    return request;
}

} // namespace

class tst_Messages : public QObject
{
    Q_OBJECT

    using Chunks = std::vector<ChunkMessage>;

private Q_SLOTS:
    void hello();
    void run();
    void cancelAndPace();
    void chunk();
    void end_data();
    void end();
    void malformed_data();
    void malformed();
    void cutShort();
    void randomBytes();
    void append_data();
    void append();
    void appendProbes();
    void appendRefused_data();
    void appendRefused();
};

void tst_Messages::hello()
{
    const HelloMessage message = roundTrip(HelloMessage{7, QStringLiteral("NEURON 8.2.2")});
    QCOMPARE(message.protocol, 7);
    QCOMPARE(message.engine, QStringLiteral("NEURON 8.2.2"));
    QCOMPARE(roundTrip(HelloMessage()).protocol, ProtocolVersion);
}

void tst_Messages::run()
{
    const SimulationRequest sent = request();
    const RunMessage message = roundTrip(RunMessage{Id, sent});
    QCOMPARE(message.id, Id);
    QCOMPARE(message.request.neuron, sent.neuron);
    QCOMPARE(message.request.live, true);
    QVERIFY(message.request.paceMsPerSecond == 62.5);
    QCOMPARE(message.request.inputs.size(), std::size_t(2));
    for (std::size_t i = 0; i < 2; ++i) {
        QCOMPARE(message.request.inputs[i].segments, sent.inputs[i].segments);
        QCOMPARE(message.request.inputs[i].durationMs, sent.inputs[i].durationMs);
        QCOMPARE(message.request.inputs[i].events, sent.inputs[i].events);
    }
    QVERIFY(message.request.electrodes == sent.electrodes);
    QVERIFY(message.request.probes == sent.probes);
    QVERIFY(roundTrip(RunMessage()).request.inputs.empty());
}

void tst_Messages::cancelAndPace()
{
    QCOMPARE(roundTrip(CancelMessage{Id}).id, Id);
    const PaceMessage pace = roundTrip(PaceMessage{Id, 0.1});
    QCOMPARE(pace.id, Id);
    QVERIFY(pace.paceMsPerSecond == 0.1);
}

void tst_Messages::chunk()
{
    ChunkMessage sent = stretch(7, 6);
    sent.id = Id;
    sent.now = {-61.5f, -60.25f, -1.0f / 3.0f};
    sent.cells[1].probes = {{1.0f, 2.0f}, {}, {-3.5f}};
    const ChunkMessage message = roundTrip(sent);
    QCOMPARE(message.id, Id);
    QCOMPARE(message.firstSample, 7);
    QCOMPARE(message.now, sent.now);
    QCOMPARE(message.cells.size(), std::size_t(2));
    for (std::size_t c = 0; c < 2; ++c) {
        QCOMPARE(message.cells[c].soma, sent.cells[c].soma);
        QCOMPARE(message.cells[c].dend, sent.cells[c].dend);
        QVERIFY(message.cells[c].probes == sent.cells[c].probes);
    }
    QVERIFY(roundTrip(ChunkMessage()).cells.empty());
}

void tst_Messages::end_data()
{
    QTest::addColumn<int>("how");
    QTest::newRow("finished") << int(EndMessage::How::Finished);
    QTest::newRow("cancelled") << int(EndMessage::How::Cancelled);
    QTest::newRow("failed") << int(EndMessage::How::Failed);
}

void tst_Messages::end()
{
    QFETCH(int, how);
    const EndMessage message =
        roundTrip(EndMessage{Id, EndMessage::How(how), QStringLiteral("µ „quoted“"), 0.75});
    QCOMPARE(message.id, Id);
    QCOMPARE(int(message.how), how);
    QCOMPARE(message.message, QStringLiteral("µ „quoted“"));
    QVERIFY(message.seconds == 0.75);
}

void tst_Messages::malformed_data()
{
    QTest::addColumn<QByteArray>("body");
    const auto cbor = [](const QCborValue &value) { return value.toCbor(); };
    const auto with = [](const Message &message, const char *key, const QCborValue &value) {
        QCborMap map = QCborValue::fromCbor(encode(message)).toMap();
        if (value.isInvalid())
            map.remove(QLatin1String(key));
        else
            map[QLatin1String(key)] = value;
        return QCborValue(map).toCbor();
    };
    const QCborValue none{QCborValue::Invalid};
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("text") << QByteArray("hello");
    QTest::newRow("a list") << cbor(QCborArray{1, 2});
    QTest::newRow("a number") << cbor(QCborValue(3));
    QTest::newRow("an empty map") << cbor(QCborMap());
    QTest::newRow("unknown type") << cbor(
        QCborMap{{QStringLiteral("type"), QStringLiteral("sing")}});
    QTest::newRow("type is a number") << cbor(QCborMap{{QStringLiteral("type"), 1}});

    const RunMessage run{Id, request()};
    QTest::newRow("run without a neuron") << with(run, "neuron", none);
    QTest::newRow("run with half a neuron") << with(run, "neuron", QStringLiteral("{\"soma\":"));
    QTest::newRow("run with a wrong neuron")
        << with(run, "neuron", QStringLiteral("{\"soma\": 1}"));
    QTest::newRow("run with a number for an input") << with(run, "inputs", QCborArray{1});
    const auto withInput = [&](const char *key, const QCborValue &value) {
        QCborMap map = QCborValue::fromCbor(encode(run)).toMap();
        QCborArray inputs = map[QStringLiteral("inputs")].toArray();
        QCborMap input = inputs[0].toMap();
        input[QLatin1String(key)] = value;
        inputs[0] = input;
        map[QStringLiteral("inputs")] = inputs;
        return QCborValue(map).toCbor();
    };
    QTest::newRow("times as text") << withInput("times", QStringLiteral("3, 19"));
    QTest::newRow("one row less") << withInput("rows", QByteArray(4, '\0'));
    QTest::newRow("a row and a half") << withInput("rows", QByteArray(6, '\0'));
    QTest::newRow("one weight more") << withInput("weights", QByteArray(24, '\0'));
    QTest::newRow("one polarity less") << withInput("inhibitory", QByteArray(1, '\0'));

    ChunkMessage chunk = stretch(0, 5);
    QTest::newRow("chunk before the start") << with(chunk, "first_sample", -1);
    QTest::newRow("chunk from nowhere") << with(chunk, "first_sample", none);
    QTest::newRow("chunk without now") << with(chunk, "now", none);
    QTest::newRow("chunk with half a float") << with(chunk, "now", QByteArray(6, '\0'));
    QTest::newRow("chunk of numbers") << with(chunk, "cells", QCborArray{1, 2});
    QTest::newRow("cell without dendrites")
        << with(chunk, "cells", QCborArray{QCborMap{{QStringLiteral("soma"), floats({1})}}});
    QTest::newRow("cell of half floats")
        << with(chunk, "cells",
                QCborArray{QCborMap{{QStringLiteral("soma"), QByteArray(3, '\0')},
                                    {QStringLiteral("dend"), QByteArray()}}});
    QTest::newRow("end of no kind") << with(EndMessage(), "how", QStringLiteral("somehow"));
    QTest::newRow("end without how") << with(EndMessage(), "how", none);
}

void tst_Messages::malformed()
{
    QFETCH(QByteArray, body);
    const Result<Message> message = decode(body);
    QVERIFY(!message.ok());
    QVERIFY(!message.error().message.empty());
}

void tst_Messages::cutShort()
{
    for (const QByteArray &body : {encode(RunMessage{Id, request()}), encode(stretch(0, 9))}) {
        for (qsizetype size = 0; size < body.size(); ++size) {
            const Result<Message> message = decode(body.left(size));
            QVERIFY2(!message.ok(), qPrintable(QString::number(size)));
            QCOMPARE(message.error().code, ErrorCode::Worker);
        }
    }
}

void tst_Messages::randomBytes()
{
    // Whatever comes over the pipe: a message or an error.
    const QByteArray good = encode(RunMessage{Id, request()});
    std::mt19937 random(3);
    int refused = 0;
    for (int i = 0; i < 3000; ++i) {
        QByteArray body = good;
        for (int k = 0; k < 3; ++k)
            body[static_cast<qsizetype>(random() % std::size_t(body.size()))] =
                static_cast<char>(random());
        if (const Result<Message> message = decode(body); !message) {
            ++refused;
            QVERIFY(!message.error().message.empty());
        }
    }
    QVERIFY2(refused > 300, qPrintable(QString::number(refused)));
}

void tst_Messages::append_data()
{
    QTest::addColumn<Chunks>("chunks");
    QTest::newRow("at once") << Chunks{stretch(0, 16)};
    QTest::newRow("by the millisecond")
        << Chunks{stretch(0, 5), stretch(5, 5), stretch(10, 5), stretch(15, 1)};
    QTest::newRow("across milliseconds") << Chunks{stretch(0, 1), stretch(1, 6), stretch(7, 9)};
    QTest::newRow("an empty one") << Chunks{stretch(0, 0), stretch(0, 16), stretch(16, 0)};
    Chunks single;
    for (int i = 0; i < 16; ++i)
        single.push_back(stretch(i, 1));
    QTest::newRow("by the sample") << single;
    Chunks live{stretch(0, 16)};
    live[0].now = {1, 2, 3};
    QTest::newRow("live") << live;
}

void tst_Messages::append()
{
    QFETCH(Chunks, chunks);
    const SimulationRequest request = smallRequest();
    std::vector<VoltageTrace> traces;
    for (const ChunkMessage &chunk : chunks) {
        VERIFY_OK(appendChunk(traces, chunk, request));
        for (const VoltageTrace &trace : traces)
            QCOMPARE(trace.dendV.size(), std::size_t(trace.recordedMs) * 2);
    }
    QCOMPARE(traces.size(), std::size_t(2));
    for (std::size_t c = 0; c < 2; ++c) {
        const ChunkMessage all = stretch(0, 16);
        QCOMPARE(traces[c].somaFine, all.cells[c].soma);
        QCOMPARE(traces[c].dendV, all.cells[c].dend);
        QCOMPARE(traces[c].recordedMs, 3);
        QCOMPARE(traces[c].segments, 2);
        QCOMPARE(traces[c].samplesPerMs, 5);
    }
}

void tst_Messages::appendRefused_data()
{
    QTest::addColumn<Chunks>("good");
    QTest::addColumn<Chunks>("bad");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char *name, const Chunks &good, const ChunkMessage &bad,
                        const char *words) {
        QTest::newRow(name) << good << Chunks{bad} << QByteArray(words);
    };
    row("late start", {}, stretch(1, 5), "a gap");
    row("gap", {stretch(0, 5)}, stretch(6, 5), "a gap");
    row("twice the same", {stretch(0, 5)}, stretch(0, 5), "a gap");
    row("overlap", {stretch(0, 5)}, stretch(4, 5), "a gap");
    row("beyond the end", {stretch(0, 10)}, stretch(10, 7), "another length");
    row("after the end", {stretch(0, 16)}, stretch(16, 1), "another length");
    const auto changed = [](const std::function<void(ChunkMessage &)> &change) {
        ChunkMessage chunk = stretch(0, 7);
        change(chunk);
        return chunk;
    };
    row("a cell less", {}, changed([](auto &c) { c.cells.pop_back(); }), "number of cells");
    row("a cell more", {}, changed([](auto &c) { c.cells.push_back(c.cells[0]); }), "of cells");
    row("no cells", {}, changed([](auto &c) { c.cells.clear(); }), "number of cells");
    row("a dendritic row less", {}, changed([](auto &c) { c.cells[0].dend.resize(2); }),
        "another length");
    row("a dendritic row more", {}, changed([](auto &c) { c.cells[1].dend.resize(6); }),
        "another length");
    row("half a dendritic row", {}, changed([](auto &c) { c.cells[1].dend.pop_back(); }),
        "another length");
    row("second cell longer", {}, changed([](auto &c) { c.cells[1].soma.resize(11, 0.0f); }),
        "another length");
    row("a probe too many", {}, changed([](auto &c) { c.cells[0].probes.resize(1); }),
        "number of probes");
    row("now of another neuron", {}, changed([](auto &c) {
            c.now = {1, 2, 3, 4};
        }),
        "number of segments");
}

void tst_Messages::appendRefused()
{
    QFETCH(Chunks, good);
    QFETCH(Chunks, bad);
    QFETCH(QByteArray, words);
    const SimulationRequest request = smallRequest();
    std::vector<VoltageTrace> traces;
    for (const ChunkMessage &chunk : good)
        VERIFY_OK(appendChunk(traces, chunk, request));
    const Status status = appendChunk(traces, bad[0], request);
    QVERIFY(!status.ok());
    QCOMPARE(status.error().code, ErrorCode::Worker);
    QVERIFY2(test::contains(status.error().message, words.toStdString()),
             status.error().message.c_str());
}

void tst_Messages::appendProbes()
{
    SimulationRequest request = smallRequest();
    request.probes = {{Probe{}, Probe{}}, {}};
    std::vector<VoltageTrace> traces;
    for (const auto &[first, count] : {std::pair{0, 7}, std::pair{7, 9}}) {
        ChunkMessage chunk = stretch(first, count);
        chunk.cells[0].probes = {chunk.cells[0].soma, chunk.cells[1].soma};
        VERIFY_OK(appendChunk(traces, chunk, request));
    }
    QVERIFY(traces[0].probes[0] == traces[0].somaFine);
    QVERIFY(traces[0].probes[1] == traces[1].somaFine);
    QVERIFY(traces[1].probes.empty());

    traces.clear();
    ChunkMessage shorter = stretch(0, 7);
    shorter.cells[0].probes = {{1.0f}, {1.0f}};
    const Status status = appendChunk(traces, shorter, request);
    QVERIFY(!status.ok());
    QVERIFY(test::contains(status.error().message, "another length"));
}

DT_TEST(tst_Messages, QCoreApplication)
#include "tst_Messages.moc"
