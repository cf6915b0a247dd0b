// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/LambdaRule.h"

#include "engine/cell/Frusta.h"
#include "tests/support/Neurons.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <cmath>
#include <limits>

using namespace dt;
using namespace dt::test;

class tst_LambdaRule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void steady_data();
    void steady();
    void tapered();
    void limits();
    void pairsStayPairs();
    void tablesKeepTheirPlaces();
};

void tst_LambdaRule::steady_data()
{
    QTest::addColumn<double>("share");
    QTest::addColumn<int>("segments");
    // The cable of 2048 um is 3.547 length constants long.
    QTest::newRow("0.1 lambda") << 0.1 << 37; // 35.5 pieces
    QTest::newRow("0.2 lambda") << 0.2 << 19; // 17.7
    QTest::newRow("1 lambda") << 1.0 << 5; // 3.5
    QTest::newRow("10 lambda") << 10.0 << 1;
}

void tst_LambdaRule::steady()
{
    QFETCH(double, share);
    const Neuron neuron = presetNeuron("nmda-cable").value();
    QTEST(segmentsByLambda(neuron.dendrites[0], neuron.membrane, share), "segments");
}

void tst_LambdaRule::tapered()
{
    const Membrane membrane;
    Dendrite cylinder{"d", SomaIndex, 1.0, 200.0, 2.0, 1, {}};
    Dendrite drawn = cylinder;
    setPoints(drawn, {{0, 0, 0, 2.0}, {100, 0, 0, 2.0}, {100, 100, 0, 2.0}});
    QVERIFY(std::abs(lengthInLambda(drawn, membrane) - lengthInLambda(cylinder, membrane)) < 1e-12);
    // 100 um each of diameters 1 and 4: thin membrane counts twice as much as thick.
    setPoints(drawn, {{0, 0, 0, 1.0}, {100, 0, 0, 1.0}, {100, 0, 0, 4.0}, {200, 0, 0, 4.0}});
    cylinder.diamUm = 1.0;
    cylinder.lengthUm = 150.0;
    QVERIFY(std::abs(lengthInLambda(drawn, membrane) - lengthInLambda(cylinder, membrane)) < 1e-12);
}

void tst_LambdaRule::limits()
{
    const Membrane membrane;
    Dendrite dendrite{"d", SomaIndex, 1.0, 20000.0, 0.05, 1, {}};
    QCOMPARE(segmentsByLambda(dendrite, membrane, 1e-9), 999);
    QCOMPARE(segmentsByLambda(dendrite, membrane, 0.0), 1);
    QCOMPARE(segmentsByLambda(dendrite, membrane, -1.0), 1);
    QCOMPARE(segmentsByLambda(dendrite, membrane, std::numeric_limits<double>::quiet_NaN()), 1);
    dendrite.diamUm = 0.0;
    QVERIFY(segmentsByLambda(dendrite, membrane, 0.1) >= 1);
}

void tst_LambdaRule::pairsStayPairs()
{
    Neuron tree = smallTree();
    applyLambdaRule(tree, 0.1);
    for (const Dendrite &d : tree.dendrites) {
        QCOMPARE(d.segments, segmentsByLambda(d, tree.membrane, 0.1));
        QCOMPARE(d.segments % 2, 1);
    }
    QCOMPARE(tree.dendrites[0].segments, 5); // 400 um of lambda 816 um
    QVERIFY(hasOnePairPerSegment(tree));
}

void tst_LambdaRule::tablesKeepTheirPlaces()
{
    Neuron tree = treeWithTable();
    const std::vector<Synapse> before = tree.synapses;
    applyLambdaRule(tree, 0.1);
    QCOMPARE(tree.synapses, before);
}

DT_TEST(tst_LambdaRule, QCoreApplication)
#include "tst_LambdaRule.moc"
