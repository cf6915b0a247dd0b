// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/input/SpikeInput.h"

#include "engine/cell/Validation.h"
#include "tests/support/Neurons.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <cmath>
#include <functional>
#include <limits>

using namespace dt;

namespace {

constexpr auto Exc = Polarity::Excitatory;
constexpr auto Inh = Polarity::Inhibitory;
constexpr double NaN = std::numeric_limits<double>::quiet_NaN();

} // namespace

class tst_SpikeInput : public QObject
{
    Q_OBJECT

    using Events = std::vector<InputEvent>;
    using Change = std::function<void(SpikeInput &, Neuron &)>;

private Q_SLOTS:
    void normalise_data();
    void normalise();
    void notANumberStays();
    void matrix();
    void accepted_data();
    void accepted();
    void refused_data();
    void refused();
};

void tst_SpikeInput::normalise_data()
{
    QTest::addColumn<Events>("events");
    QTest::addColumn<Events>("expected");

    QTest::newRow("nothing") << Events{} << Events{};
    QTest::newRow("by time, then polarity, then row")
        << Events{{Inh, 0, 5, 1}, {Exc, 3, 5, 2}, {Exc, 1, 5, 3}, {Inh, 7, 2, 4}, {Exc, 0, 9, 5}}
        << Events{{Inh, 7, 2, 4}, {Exc, 1, 5, 3}, {Exc, 3, 5, 2}, {Inh, 0, 5, 1}, {Exc, 0, 9, 5}};
    QTest::newRow("one cell") << Events{{Exc, 1, 5, 1.5}, {Exc, 1, 5, 2}, {Exc, 1, 5, 0.25}}
                              << Events{{Exc, 1, 5, 3.75}};
    QTest::newRow("neighbouring cells")
        << Events{{Exc, 1, 5, 1}, {Inh, 1, 5, 1}, {Exc, 2, 5, 1}, {Exc, 1, 6, 1}}
        << Events{{Exc, 1, 5, 1}, {Exc, 2, 5, 1}, {Inh, 1, 5, 1}, {Exc, 1, 6, 1}};
    QTest::newRow("zeros") << Events{{Exc, 1, 5, 0}, {Exc, 2, 5, 1}, {Exc, 3, 5, -0.0}}
                           << Events{{Exc, 2, 5, 1}};
    QTest::newRow("sums to zero") << Events{{Exc, 1, 5, 1}, {Exc, 1, 5, -1}} << Events{};
    QTest::newRow("negative stays") << Events{{Exc, 1, 5, -1}} << Events{{Exc, 1, 5, -1}};
}

void tst_SpikeInput::normalise()
{
    QFETCH(Events, events);
    QFETCH(Events, expected);
    SpikeInput input;
    input.segments = 8;
    input.durationMs = 10;
    input.events = events;
    input.normalise();
    QCOMPARE(input.events, expected);
    input.normalise();
    QCOMPARE(input.events, expected);
}

void tst_SpikeInput::notANumberStays()
{
    SpikeInput input;
    input.events = {{Exc, 1, 5, NaN}, {Exc, 1, 5, 2}, {Exc, 0, 0, 1}};
    input.normalise();
    QCOMPARE(input.events.size(), std::size_t(2));
    QVERIFY(std::isnan(input.events[1].weight));
}

void tst_SpikeInput::matrix()
{
    SpikeInput input;
    input.segments = 2;
    input.durationMs = 3;
    input.events = {{Exc, 0, 0, 1}, {Inh, 0, 1, 9}, {Exc, 1, 2, 2}, {Exc, 1, 2, 0.5}};
    QCOMPARE(input.matrix(Exc), (std::vector<double>{1, 0, 0, 0, 0, 2.5}));
    QCOMPARE(input.matrix(Inh), (std::vector<double>{0, 9, 0, 0, 0, 0}));
}

void tst_SpikeInput::accepted_data()
{
    QTest::addColumn<Change>("change");
    QTest::newRow("no events") << Change([](SpikeInput &i, Neuron &) { i.events.clear(); });
    QTest::newRow("both kinds") << Change([](SpikeInput &i, Neuron &) {
        i.events = {{Exc, 0, 0, 1}, {Inh, 7, 99, 2.5}};
    });
    QTest::newRow("one ms") << Change([](SpikeInput &i, Neuron &) {
        i.durationMs = 1;
        i.events = {{Exc, 0, 0, 1}};
    });
    QTest::newRow("largest weight") << Change([](SpikeInput &i, Neuron &) {
        i.events = {{Exc, 0, 0, MaxEventWeight}};
    });
    QTest::newRow("no synapses, no events") << Change([](SpikeInput &i, Neuron &n) {
        i.events.clear();
        n.synapses.clear();
    });
    // Tree: tuft is rows 3 and 4, a synapse at 0.9 of it lies in row 4.
    QTest::newRow("where the tree's synapses are") << Change([](SpikeInput &i, Neuron &n) {
        n = test::treeWithTable();
        i.segments = 8;
        i.events = {{Exc, 4, 5, 1}, {Exc, 0, 5, 1}, {Inh, 5, 5, 1}, {Inh, 7, 5, 1}};
    });
}

void tst_SpikeInput::accepted()
{
    QFETCH(Change, change);
    Neuron neuron = presetNeuron("nmda-cable").value();
    SpikeInput input{8, 100, {}, WeightPrecision::Half};
    change(input, neuron);
    VERIFY_OK(validateInput(input, neuron));
}

void tst_SpikeInput::refused_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<Change>("change");
    const auto row = [](const char *name, const char *words, const Change &change) {
        QTest::newRow(name) << QByteArray(words) << change;
    };
    const auto event = [&](const char *name, const char *words, const InputEvent &e) {
        row(name, words, [e](SpikeInput &i, Neuron &) { i.events = {e}; });
    };
    row("other neuron", "64 segment rows", [](SpikeInput &i, Neuron &) { i.segments = 64; });
    row("on its side", "It lies on its side", [](SpikeInput &i, Neuron &n) {
        i.durationMs = n.segmentCount();
        i.segments = 300;
    });
    row("no rows", "0 segment rows", [](SpikeInput &i, Neuron &) { i.segments = 0; });
    row("no time", "0 ms", [](SpikeInput &i, Neuron &) { i.durationMs = 0; });
    row("negative time", "-5 ms", [](SpikeInput &i, Neuron &) { i.durationMs = -5; });
    row("too long", "1 to 1000000", [](SpikeInput &i, Neuron &) { i.durationMs = 1000001; });
    event("row outside", "lies outside", {Exc, 8, 0, 1});
    event("negative row", "lies outside", {Exc, -1, 0, 1});
    event("time outside", "at 100 ms lies outside", {Inh, 0, 100, 1});
    event("negative time of an event", "lies outside", {Exc, 0, -1, 1});
    event("not a number", "excitatory input of segment 3 at 7 ms is not a number",
          {Exc, 3, 7, NaN});
    event("endless", "is not a number", {Inh, 3, 7, std::numeric_limits<double>::infinity()});
    event("negative", "inhibitory input of segment 3 at 7 ms has the negative weight -0.5",
          {Inh, 3, 7, -0.5});
    event("too heavy", "largest", {Exc, 3, 7, MaxEventWeight * 1.001});
    row("no inhibitory synapse there", "no inhibitory synapse", [](SpikeInput &i, Neuron &n) {
        n.synapses = {{0, 0, 0.5}};
        i.events = {{Inh, 4, 0, 1}};
    });
    row("no synapse in that row", "no excitatory synapse", [](SpikeInput &i, Neuron &n) {
        n.synapses = {{0, 0, 0.5}};
        i.events = {{Exc, 3, 0, 1}};
    });
}

void tst_SpikeInput::refused()
{
    QFETCH(QByteArray, words);
    QFETCH(Change, change);
    Neuron neuron = presetNeuron("nmda-cable").value();
    SpikeInput input{8, 100, {}, WeightPrecision::Half};
    change(input, neuron);
    VERIFY_ERROR(validateInput(input, neuron), ErrorCode::InvalidValue, words.toStdString());
}

DT_TEST(tst_SpikeInput, QCoreApplication)
#include "tst_SpikeInput.moc"
