// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/Cable.h"

#include "tests/support/Neurons.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <cmath>
#include <numbers>

using namespace dt;

namespace {

bool within(double value, double expected, double tolerance)
{
    return std::abs(value - expected) <= tolerance;
}

} // namespace

class tst_Cable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void presets_data();
    void presets();
    void coarse();
    void tree();
    void timeConstant();
};

void tst_Cable::presets_data()
{
    QTest::addColumn<double>("lambda");
    QTest::addColumn<double>("length");
    QTest::addColumn<int>("segments");
    // As published: 3.55 and 0.11 length constants.
    QTest::newRow("nmda-cable") << 577.35 << 3.547 << 8;
    QTest::newRow("ampa-point") << 1154.70 << 0.1108 << 8;
    QTest::newRow("nmda-cable-64") << 577.35 << 3.547 << 64;
}

void tst_Cable::presets()
{
    QFETCH(double, lambda);
    QFETCH(double, length);
    QFETCH(int, segments);
    const CableCard card = cableCard(presetNeuron(QTest::currentDataTag()).value());
    QVERIFY(within(card.lambdaUm, lambda, 0.005));
    QVERIFY(within(card.electrotonicLength, length, 0.0005));
    QVERIFY(within(card.segmentLambda, card.electrotonicLength / segments, 1e-12));
    QVERIFY(within(card.tauMs, 20.0, 1e-12));
    QVERIFY(within(card.somaAreaUm2, std::numbers::pi * 625.0, 1e-9));
    QCOMPARE(card.segments, segments);
}

void tst_Cable::coarse()
{
    QVERIFY(cableCard(presetNeuron("nmda-cable").value()).coarse());
    QVERIFY(!cableCard(presetNeuron("nmda-cable-64").value()).coarse());
    QVERIFY(!cableCard(presetNeuron("ampa-point").value()).coarse());
    // 3.547 / 0.2 rounded up, and so many do it.
    Neuron neuron = presetNeuron("nmda-cable").value();
    QCOMPARE(cableCard(neuron).coarseDendrites, (std::vector<CableCard::Coarse>{{0, 18}}));
    const int suggested = cableCard(neuron).coarseDendrites.front().needs;
    setSegments(neuron, 0, suggested);
    QVERIFY(!cableCard(neuron).coarse());
    setSegments(neuron, 0, suggested - 1);
    QVERIFY(cableCard(neuron).coarse());
}

void tst_Cable::tree()
{
    // A trunk of diameter 4 (lambda 1154.70) with two branches of diameter 1 (577.35), one at its
    // end and one at its middle.
    Neuron neuron = defaultNeuron();
    neuron.dendrites = {{"trunk", SomaIndex, 1.0, 1154.7005383792516, 4.0, 4, {}},
                        {"end", 0, 1.0, 288.6751345948129, 1.0, 5, {}},
                        {"middle", 0, 0.5, 577.3502691896258, 1.0, 2, {}}};
    neuron.synapses = onePairPerSegment(neuron);
    CableCard card = cableCard(neuron);
    QVERIFY(within(card.lambdaUm, 1154.7005, 1e-4));
    QVERIFY(within(card.electrotonicLength, 1.5, 1e-9)); // both tips
    QVERIFY(within(card.segmentLambda, 0.5, 1e-9)); // the middle branch
    QVERIFY(within(card.totalLengthUm, 2020.7259, 1e-3));
    QVERIFY(within(
        card.dendriteAreaUm2,
        std::numbers::pi * (4 * 1154.7005383792516 + 288.6751345948129 + 577.3502691896258), 1e-6));
    QCOMPARE(card.segments, 11);

    neuron.dendrites[2].lengthUm *= 2.0;
    QVERIFY(within(cableCard(neuron).electrotonicLength, 2.5, 1e-9));
    neuron.dendrites[1].lengthUm *= 5.0;
    QVERIFY(within(cableCard(neuron).electrotonicLength, 3.5, 1e-9));
}

void tst_Cable::timeConstant()
{
    Membrane membrane;
    membrane.rmOhmCm2 = 10000.0;
    membrane.cmUfPerCm2 = 0.5;
    QVERIFY(within(membraneTimeConstantMs(membrane), 5.0, 1e-12));
    membrane.raOhmCm = 600.0; // four times the resistance halves lambda; half of Rm takes sqrt(2)
    QVERIFY(within(lengthConstantUm(1.0, membrane), 577.3502691896 / 2.0 / std::sqrt(2.0), 1e-9));
}

DT_TEST(tst_Cable, QCoreApplication)
#include "tst_Cable.moc"
