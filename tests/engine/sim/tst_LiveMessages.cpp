// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/Messages.h"

#include "tests/support/Neurons.h"
#include "tests/support/TestProgram.h"

#include <QCborMap>
#include <QCborValue>
#include <QCoreApplication>
#include <QTest>

using namespace dt;

namespace {

template <typename T>
T liveRoundTrip(const T &message)
{
    const Result<Message> back = decode(encode(message));
    if (!back || !std::holds_alternative<T>(*back))
        qFatal("a live message did not come back");
    return std::get<T>(*back);
}

Electrode holding()
{
    Electrode e;
    e.name = "electrode 1";
    e.clamp = Clamp::Voltage;
    e.dendrite = 2;
    e.x = 0.75;
    e.stepMv = -31.5;
    e.seriesMohm = 2.5;
    e.on = false;
    return e;
}

Probe at(int dendrite, double x)
{
    Probe p;
    p.dendrite = dendrite;
    p.x = x;
    return p;
}

} // namespace

class tst_LiveMessages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void run();
    void change();
    void changeOfNothing();
    void poke();
    void control();
    void report();
    void malformed();
};

void tst_LiveMessages::run()
{
    LiveRunMessage sent;
    sent.id = 7;
    sent.neuron = test::treeWithTable();
    sent.electrodes = {holding()};
    sent.probes = {at(SomaIndex, 0.5), at(1, 0.25)};
    sent.paceMsPerSecond = 12.5;
    sent.paused = true;
    const LiveRunMessage back = liveRoundTrip(sent);
    QCOMPARE(back.id, sent.id);
    QVERIFY(back.neuron == sent.neuron);
    QVERIFY(back.electrodes == sent.electrodes);
    QVERIFY(back.probes == sent.probes);
    QCOMPARE(back.paceMsPerSecond, 12.5);
    QVERIFY(back.paused);
}

void tst_LiveMessages::change()
{
    LiveChangeMessage sent;
    sent.id = 7;
    sent.number = 1ull << 40;
    sent.neuron = test::smallTree();
    sent.electrodes = {holding(), holding()};
    sent.electrodes->back().name = "electrode 2";
    sent.probes = std::vector<Probe>{};
    const LiveChangeMessage back = liveRoundTrip(sent);
    QCOMPARE(back.number, sent.number);
    QVERIFY(back.neuron == sent.neuron);
    QVERIFY(back.electrodes == sent.electrodes);
    QVERIFY(back.probes.has_value() && back.probes->empty());
}

void tst_LiveMessages::changeOfNothing()
{
    const LiveChangeMessage back = liveRoundTrip(LiveChangeMessage{3, 4, {}, {}, {}});
    QVERIFY(!back.neuron && !back.electrodes && !back.probes);
}

void tst_LiveMessages::poke()
{
    const PokeMessage back = liveRoundTrip(PokeMessage{7, 9, 2, 63, 4.25, 50.0});
    QCOMPARE(back.number, 9ull);
    QCOMPARE(back.kind, 2);
    QCOMPARE(back.row, 63);
    QCOMPARE(back.weight, 4.25);
    QCOMPARE(back.rateHz, 50.0);
}

void tst_LiveMessages::control()
{
    using What = LiveControlMessage::What;
    for (const What what : {What::Play, What::Pause, What::Step, What::Rewind, What::Release}) {
        const LiveControlMessage back = liveRoundTrip(LiveControlMessage{7, what, 0.025});
        QVERIFY(back.what == what);
        QCOMPARE(back.ms, 0.025);
    }
}

void tst_LiveMessages::report()
{
    LiveReportMessage sent;
    sent.id = 7;
    sent.epoch = 3;
    sent.number = 12;
    sent.paused = true;
    sent.firstSample = 1ll << 33;
    sent.soma = {-85.0f, -84.5f};
    sent.probes = {{1.0f, 2.0f}, {3.0f, 4.0f}};
    sent.now = {-84.5f, 2.0f, 4.0f};
    const LiveReportMessage back = liveRoundTrip(sent);
    QCOMPARE(back.epoch, 3);
    QCOMPARE(back.number, 12ull);
    QVERIFY(back.paused);
    QCOMPARE(back.firstSample, sent.firstSample);
    QCOMPARE(back.soma, sent.soma);
    QCOMPARE(back.probes, sent.probes);
    QCOMPARE(back.now, sent.now);
}

void tst_LiveMessages::malformed()
{
    const auto refused = [](QCborMap map) { return !decode(QCborValue(map).toCbor()).ok(); };
    QVERIFY(refused({{QStringLiteral("type"), QStringLiteral("control")},
                     {QStringLiteral("what"), QStringLiteral("dance")}}));
    QVERIFY(refused({{QStringLiteral("type"), QStringLiteral("report")}}));
    QVERIFY(refused({{QStringLiteral("type"), QStringLiteral("live")}}));
    QVERIFY(refused(
        {{QStringLiteral("type"), QStringLiteral("change")}, {QStringLiteral("probes"), 3}}));
    QVERIFY(refused({{QStringLiteral("type"), QStringLiteral("change")},
                     {QStringLiteral("neuron"), QStringLiteral("{")}}));
    LiveReportMessage unequal;
    unequal.soma = {1.0f, 2.0f};
    unequal.probes = {{1.0f}};
    QVERIFY(!decode(encode(unequal)).ok());
}

DT_TEST(tst_LiveMessages, QCoreApplication)
#include "tst_LiveMessages.moc"
