// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/input/Electrode.h"

#include "tests/support/Neurons.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <functional>
#include <limits>

using namespace dt;

class tst_Electrode : public QObject
{
    Q_OBJECT

    using Change = std::function<void(Electrode &)>;

private Q_SLOTS:
    void good();
    void refused_data();
    void refused();
    void names();
    void probes();
    void followDendritesByName();
};

void tst_Electrode::good()
{
    const Neuron neuron = test::smallTree();
    Electrode a;
    Electrode b;
    b.name = "other";
    b.clamp = Clamp::Voltage;
    b.dendrite = 3;
    b.x = 1.0;
    QVERIFY(validateElectrodes({a, b}, neuron).ok());
    QVERIFY(validateElectrodes({}, neuron).ok());
}

void tst_Electrode::refused_data()
{
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    QTest::addColumn<Change>("change");
    QTest::newRow("no such dendrite") << Change([](Electrode &e) { e.dendrite = 4; });
    QTest::newRow("below the soma") << Change([](Electrode &e) { e.dendrite = -2; });
    QTest::newRow("beyond the end") << Change([](Electrode &e) { e.x = 1.01; });
    QTest::newRow("nan place") << Change([=](Electrode &e) { e.x = nan; });
    QTest::newRow("start") << Change([](Electrode &e) { e.startMs = -1.0; });
    QTest::newRow("duration") << Change([=](Electrode &e) { e.durationMs = nan; });
    QTest::newRow("current") << Change([](Electrode &e) { e.currentNa = 101.0; });
    QTest::newRow("step") << Change([](Electrode &e) { e.stepMv = 300.0; });
    QTest::newRow("hold") << Change([](Electrode &e) { e.holdMv = -300.0; });
    QTest::newRow("series") << Change([](Electrode &e) { e.seriesMohm = 0.0; });
    QTest::newRow("no name") << Change([](Electrode &e) { e.name.clear(); });
}

void tst_Electrode::refused()
{
    QFETCH(Change, change);
    Electrode e;
    change(e);
    const Status status = validateElectrodes({e}, test::smallTree());
    QVERIFY(!status.ok());
    QVERIFY2(test::isSentence(status.error().message), status.error().message.c_str());
}

void tst_Electrode::names()
{
    QVERIFY(!validateElectrodes({Electrode{}, Electrode{}}, test::smallTree()).ok());
}

void tst_Electrode::probes()
{
    const Neuron neuron = test::smallTree();
    const std::vector<Electrode> one{Electrode{}};
    using What = Probe::What;
    QVERIFY(validateProbes({{What::Voltage, 3, 1.0, 0}, {What::ElectrodeCurrent, 0, 0.5, 0}}, one,
                           neuron)
                .ok());
    QVERIFY(!validateProbes({{What::Voltage, 4, 1.0, 0}}, one, neuron).ok());
    QVERIFY(!validateProbes({{What::Voltage, 0, -0.1, 0}}, one, neuron).ok());
    QVERIFY(!validateProbes({{What::ElectrodeCurrent, 0, 0.5, 1}}, one, neuron).ok());
    QVERIFY(!validateProbes({{What::ElectrodeCurrent, 0, 0.5, 0}}, {}, neuron).ok());
}

void tst_Electrode::followDendritesByName()
{
    const Neuron before = test::smallTree();
    Neuron after = before;
    std::swap(after.dendrites[0], after.dendrites[1]); // basal, trunk, tuft, oblique
    after.dendrites[2].parent = 1;
    after.dendrites[3].parent = 1;
    after.dendrites.pop_back(); // the oblique branch goes
    std::vector<Electrode> electrodes(3);
    electrodes[1].dendrite = 0;
    electrodes[1].x = 0.7;
    electrodes[2].dendrite = 3;
    const std::vector<Electrode> moved = remapElectrodes(electrodes, before, after);
    QCOMPARE(moved.size(), std::size_t(2));
    QCOMPARE(moved[0].dendrite, SomaIndex);
    QCOMPARE(moved[1].dendrite, 1);
    QCOMPARE(moved[1].x, 0.7);
}

DT_TEST(tst_Electrode, QCoreApplication)
#include "tst_Electrode.moc"
