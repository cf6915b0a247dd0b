// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dataset/DatasetPlan.h"

#include "engine/cell/Parameters.h"
#include "engine/cell/Validation.h"
#include "tests/support/Neurons.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <functional>
#include <limits>

using namespace dt;

namespace {

DatasetPlan plan(const char *preset = "nmda-cable")
{
    DatasetPlan p;
    p.neuron = presetNeuron(preset).value();
    return p;
}

} // namespace

class tst_DatasetPlan : public QObject
{
    Q_OBJECT

    using Change = std::function<void(DatasetPlan &)>;

private Q_SLOTS:
    void valid();
    void invalid_data();
    void invalid();
    void blocks_data();
    void blocks();
    void hopeless_data();
    void hopeless();
    void estimates();
    void inputOfCustomTables();
    void shortNames_data();
    void shortNames();
};

void tst_DatasetPlan::valid()
{
    VERIFY_OK(validatePlan(plan()));
    DatasetPlan p;
    p.neuron = test::smallTree();
    p.wanted = {1, 0, 0};
    p.durationMs = 100;
    p.filter.clear();
    VERIFY_OK(validatePlan(p));
    p.wanted = {1000000, 1000000, 1000000};
    p.durationMs = MaxDurationMs;
    VERIFY_OK(validatePlan(p));
    QCOMPARE(p.wantedInAll(), 3000000);
    QCOMPARE(p.wantedIn(Split::Test), 1000000);
}

void tst_DatasetPlan::invalid_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<Change>("change");
    const auto row = [](const char *name, const char *words, const Change &change) {
        QTest::newRow(name) << QByteArray(words) << change;
    };
    constexpr double Inf = std::numeric_limits<double>::infinity();
    row("neuron", "", [](DatasetPlan &p) { p.neuron.dendrites[0].lengthUm = -1.0; });
    row("inputs", "interval", [](DatasetPlan &p) { p.recipe.minIntervalMs = 0; });
    row("negative", "-1 simulations in train", [](DatasetPlan &p) { p.wanted[0] = -1; });
    row("too many", "1000001 simulations in test", [](DatasetPlan &p) { p.wanted[2] = 1000001; });
    row("none", "no simulation at all", [](DatasetPlan &p) { p.wanted = {0, 0, 0}; });
    row("too short", "99 ms", [](DatasetPlan &p) { p.durationMs = 99; });
    row("too long", "ms", [](DatasetPlan &p) { p.durationMs = MaxDurationMs + 1; });
    row("empty range", "The range of soma_v_sd is empty", [](DatasetPlan &p) {
        p.filter = {{Statistic::SomaVSd, 2.0, 1.0}};
    });
    row("range of NaN", "exc_sd", [](DatasetPlan &p) {
        p.filter = {{Statistic::ExcSd, 0.0, std::numeric_limits<double>::quiet_NaN()}};
    });
    // The plan's file could not hold it.
    row("endless range", "exc_sd", [](DatasetPlan &p) {
        p.filter = {{Statistic::ExcSd, 0.0, Inf}};
    });
    row("endless range downwards", "exc_sd", [](DatasetPlan &p) {
        p.filter = {{Statistic::ExcSd, -Inf, 0.0}};
    });
    row("two ranges of one statistic", "exc_sd", [](DatasetPlan &p) {
        p.filter = {{Statistic::ExcSd, 0.0, 1.0}, {Statistic::ExcSd, 0.5, 2.0}};
    });
}

void tst_DatasetPlan::invalid()
{
    QFETCH(QByteArray, words);
    QFETCH(Change, change);
    DatasetPlan p = plan();
    change(p);
    VERIFY_ERROR(validatePlan(p), ErrorCode::InvalidValue, words.toStdString());
}

void tst_DatasetPlan::blocks_data()
{
    QTest::addColumn<int>("wanted");
    QTest::addColumn<int>("size");
    QTest::newRow("none") << 0 << 1;
    QTest::newRow("one") << 1 << 1;
    QTest::newRow("four") << 4 << 1;
    QTest::newRow("five") << 5 << 2;
    QTest::newRow("sixty") << 60 << 15;
    QTest::newRow("sixty-four") << 64 << 16;
    QTest::newRow("many") << 1000000 << 16;
}

void tst_DatasetPlan::blocks()
{
    QFETCH(int, wanted);
    QFETCH(int, size);
    DatasetPlan p = plan();
    p.wanted = {24, wanted, 0};
    QCOMPARE(blockSize(p, Split::Valid), size);
    QCOMPARE(blockSize(p, Split::Train), 6);
    QCOMPARE(blockSize(p, Split::Test), 1);
}

void tst_DatasetPlan::hopeless_data()
{
    QTest::addColumn<int>("tried");
    QTest::addColumn<int>("accepted");
    QTest::addColumn<bool>("expected");
    QTest::newRow("nothing yet") << 0 << 0 << false;
    QTest::newRow("too early") << 99 << 0 << false;
    QTest::newRow("none of a hundred") << 100 << 0 << true;
    QTest::newRow("one of a hundred") << 100 << 1 << true;
    QTest::newRow("one in fifty") << 100 << 2 << false;
    QTest::newRow("just below") << 101 << 2 << true;
    QTest::newRow("published") << 100 << 75 << false;
}

void tst_DatasetPlan::hopeless()
{
    QFETCH(int, tried);
    QFETCH(int, accepted);
    QFETCH(bool, expected);
    QCOMPARE(isHopeless(static_cast<std::uint64_t>(tried), static_cast<std::uint64_t>(accepted)),
             expected);
}

void tst_DatasetPlan::estimates()
{
    DatasetPlan p = plan();
    p.wanted = {1000, 0, 0};
    // 190 kB were packed for a published simulation of 475 kB, at most.
    QVERIFY(estimateBytes(p) > 1000ull * 60'000 && estimateBytes(p) < 1000ull * 250'000);
    QVERIFY(estimateBuildBytes(p) >= 2 * estimateBytes(p));
    DatasetPlan more = p;
    more.wanted = {1000, 1000, 0};
    QVERIFY(estimateBytes(more) >= 2 * estimateBytes(p));
    more.wanted = {1000000, 1000000, 1000000};
    more.durationMs = MaxDurationMs; // 64 bits are enough for the largest
    QVERIFY(estimateBuildBytes(more) > estimateBytes(p) * 100000);
}

void tst_DatasetPlan::inputOfCustomTables()
{
    DatasetPlan p = plan();
    p.durationMs = 400;
    const SpikeInput whole = planInput(p, Split::Valid, 3);
    // Where every segment has a pair, everything that is drawn arrives.
    QCOMPARE(
        whole.events,
        drawInput(p.recipe, p.seed, Split::Valid, 3, p.neuron.segmentCount(), p.durationMs).events);
    p.neuron.synapses = {{0, 0, 0.2}, {0, 0, 0.21, 3.0}, {1, 0, 0.9}};
    VERIFY_OK(validatePlan(p));
    const SpikeInput some = planInput(p, Split::Valid, 3);
    VERIFY_OK(validateInput(some, p.neuron));
    std::vector<InputEvent> expected = whole.events;
    std::erase_if(expected, [](const InputEvent &e) {
        return !(e.polarity == Polarity::Excitatory ? e.row == 1 : e.row == 7);
    });
    QVERIFY(!expected.empty());
    QCOMPARE(some.events, expected);
    p.neuron.synapses.clear();
    VERIFY_ERROR(validatePlan(p), ErrorCode::InvalidValue, "no synapse");
}

void tst_DatasetPlan::shortNames_data()
{
    QTest::addColumn<double>("length");
    QTest::addColumn<double>("diam");
    QTest::addColumn<int>("segments");
    QTest::addColumn<QByteArray>("name");
    const auto row = [](double length, double diam, int segments, const char *name) {
        QTest::newRow(name) << length << diam << segments
                            << "BallAndStickNeuron_Soma_Hay2011_Dend_" + QByteArray(name);
    };
    row(128.0, 4.0, 8, "Lxd_128um_x_4_0um_8segs");
    row(2048.0, 1.0, 64, "Lxd_2048um_x_1_0um_64segs");
    row(500.0, 0.5, 1, "Lxd_500um_x_0_5um_1segs");
    row(500.0, 1.25, 3, "Lxd_500um_x_1_2um_3segs"); // as Python's %.1f: ties to even
    row(500.0, 1.35, 3, "Lxd_500um_x_1_4um_3segs");
    row(500.0, 0.04, 3, "Lxd_500um_x_0_0um_3segs");
    row(500.0, 12.0, 3, "Lxd_500um_x_12_0um_3segs");
    row(1000000.0, 2.0, 3, "Lxd_1000000um_x_2_0um_3segs");
}

void tst_DatasetPlan::shortNames()
{
    QFETCH(double, length);
    QFETCH(double, diam);
    QFETCH(int, segments);
    QFETCH(QByteArray, name);
    Neuron neuron = presetNeuron("nmda-cable").value();
    neuron.dendrites[0].lengthUm = length;
    neuron.dendrites[0].diamUm = diam;
    setSegments(neuron, 0, segments);
    QCOMPARE(QByteArray::fromStdString(shortName(neuron)), name);
}

DT_TEST(tst_DatasetPlan, QCoreApplication)
#include "tst_DatasetPlan.moc"
