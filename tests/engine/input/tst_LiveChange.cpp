// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/input/LiveChange.h"

#include "engine/cell/Frusta.h"
#include "tests/support/Neurons.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <functional>

using namespace dt;

class tst_LiveChange : public QObject
{
    Q_OBJECT

    using Change = std::function<void(Neuron &)>;

private Q_SLOTS:
    void change_data();
    void change();
    void bothWays();
};

void tst_LiveChange::change_data()
{
    QTest::addColumn<Change>("edit");
    QTest::addColumn<QString>("why"); // part of the sentence; empty: none needed
    const auto row = [](const char *name, Change edit, const char *why) {
        QTest::newRow(name) << std::move(edit) << QString::fromLatin1(why);
    };
    row(
        "nothing", [](Neuron &) {}, "");
    row(
        "length", [](Neuron &n) { n.dendrites[1].lengthUm *= 2.0; }, "");
    row(
        "diameter", [](Neuron &n) { n.dendrites[0].diamUm *= 2.0; }, "");
    row(
        "membrane", [](Neuron &n) { n.membrane.rmOhmCm2 /= 3.0; }, "");
    row(
        "channels", [](Neuron &n) { n.channels.skFactor = 1.0; }, "");
    row(
        "soma", [](Neuron &n) { n.soma.diamUm = 30.0; }, "");
    row(
        "kinetics", [](Neuron &n) { n.synapseKinds[0].tauDecayMs = 9.0; }, "");
    row(
        "weight", [](Neuron &n) { n.synapses[0].weight = 3.0; }, "");
    row(
        "labels", [](Neuron &n) { n.labels.somaCapMv = -50.0; }, "");
    row(
        "name", [](Neuron &n) { n.dendrites[0].name = "apical"; }, "");
    row(
        "a kind that nothing uses", [](Neuron &n) { n.synapseKinds.push_back({}); }, "");
    row(
        "segments", [](Neuron &n) { setSegments(n, 0, 9); }, "segments");
    row(
        "steps", [](Neuron &n) { n.samplesPerMs = 20; }, "step");
    row(
        "another dendrite",
        [](Neuron &n) {
            n.dendrites.push_back({"more", SomaIndex, 1.0, 10.0, 1.0, 1, {}});
        },
        "number of dendrites");
    row(
        "connection", [](Neuron &n) { n.dendrites[3].parentX = 0.7; }, "connected");
    row(
        "parent", [](Neuron &n) { n.dendrites[3].parent = SomaIndex; }, "connected");
    row(
        "drawn",
        [](Neuron &n) {
            setPoints(n.dendrites[1], {{0, 0, 0, 1}, {0, 50, 0, 1}});
        },
        "shape");
    row(
        "polarity", [](Neuron &n) { n.synapseKinds[0].polarity = Polarity::Inhibitory; }, "kind");
    row(
        "synapse more",
        [](Neuron &n) {
            n.synapses.push_back({0, 0, 0.5});
        },
        "number of synapses");
    row(
        "synapse elsewhere", [](Neuron &n) { n.synapses[2].x = 0.77; }, "place");
    row(
        "synapse of another kind", [](Neuron &n) { n.synapses[0].kind = 1; }, "kind");
}

void tst_LiveChange::change()
{
    QFETCH(Change, edit);
    QFETCH(QString, why);
    const Neuron from = test::treeWithTable();
    Neuron to = from;
    edit(to);
    const QString sentence = QString::fromStdString(needsRestart(from, to));
    QCOMPARE(sentence.isEmpty(), why.isEmpty());
    QVERIFY2(sentence.contains(why), qPrintable(sentence));
    QVERIFY(sentence.isEmpty() || sentence.endsWith(u'.'));
}

void tst_LiveChange::bothWays()
{
    const Neuron a = test::treeWithTable();
    Neuron b = a;
    setPoints(b.dendrites[1], {{0, 0, 0, 1}, {0, 50, 0, 1}});
    QVERIFY(!needsRestart(a, b).empty());
    QVERIFY(!needsRestart(b, a).empty());
    Neuron c = b;
    setPoints(c.dendrites[1], {{0, 0, 0, 2}, {0, 70, 0, 1}, {0, 90, 0, 1}});
    QVERIFY(needsRestart(b, c).empty()); // another drawn shape is only values
}

DT_TEST(tst_LiveChange, QCoreApplication)
#include "tst_LiveChange.moc"
