// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/Cable.h"
#include "engine/cell/DendritePath.h"
#include "engine/cell/Frusta.h"
#include "engine/cell/LambdaRule.h"
#include "engine/cell/Presets.h"
#include "tests/support/Near.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

using namespace dt;
using dt::test::near;

namespace {

/// Of the branch below: 0.393 as the cylinder of the same length and area, 0.441 with the mean
/// diameter of every frustum.
constexpr double Expected = 0.448;
constexpr double Tolerance = 0.001;

/// 300 um that taper from 4 to 0.5 um, as traced dendrites do.
Dendrite tapered()
{
    Dendrite branch{"branch", SomaIndex, 1.0, 300.0, 1.0, 3, {}};
    setPoints(branch, {{0, 0, 0, 4.0}, {100, 0, 0, 2.0}, {200, 0, 0, 1.0}, {300, 0, 0, 0.5}});
    return branch;
}

Neuron cellOf(std::vector<Dendrite> dendrites)
{
    Neuron neuron = defaultNeuron();
    neuron.membrane.rmOhmCm2 = 20000.0;
    neuron.membrane.raOhmCm = 150.0;
    neuron.dendrites = std::move(dendrites);
    neuron.synapses = onePairPerSegment(neuron);
    return neuron;
}

/// Sum of dx / lambda(x) over many short pieces, the diameter read off the points.
double summed(const Dendrite &dendrite, const Membrane &membrane, double toX)
{
    constexpr int Pieces = 20000;
    double sum = 0.0;
    for (int i = 0; i < Pieces; ++i) {
        const double um = toX * dendrite.lengthUm * (i + 0.5) / Pieces;
        double begin = 0.0;
        for (std::size_t p = 1; p < dendrite.points.size(); ++p) {
            const Point3 &a = dendrite.points[p - 1];
            const Point3 &b = dendrite.points[p];
            const double length = distanceUm(a, b);
            if (um >= begin && um < begin + length)
                sum += toX * dendrite.lengthUm / Pieces
                    / lengthConstantUm(a.diam + (b.diam - a.diam) * (um - begin) / length,
                                       membrane);
            begin += length;
        }
    }
    return sum;
}

} // namespace

class tst_LengthInLambda : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyDoorSaysTheSame();
    void isTheIntegral();
    void childrenOfTaperedBranches();
    void coarseIsJudgedByIt();
    void ofACylinder();
};

void tst_LengthInLambda::everyDoorSaysTheSame()
{
    const Neuron neuron = cellOf({tapered()});
    // Tables, inspector, the label of a drag.
    QVERIFY(near(lengthInLambda(neuron.dendrites[0], neuron.membrane), Expected, Tolerance));
    // The card and `neuron show`.
    const CableCard card = cableCard(neuron);
    QVERIFY(near(card.electrotonicLength, Expected, Tolerance));
    QVERIFY(near(card.segmentLambda, Expected / 3.0, Tolerance));
    // Experiments.
    QVERIFY(near(distanceLambda(neuron, {0, 1.0}), Expected, Tolerance));
    // All of them to rounding.
    const double length = lengthInLambda(neuron.dendrites[0], neuron.membrane);
    QVERIFY(near(card.electrotonicLength, length, 1e-12));
    QVERIFY(near(distanceLambda(neuron, {0, 1.0}), length, 1e-12));
    // How many segments the rule gives.
    QCOMPARE(segmentsByLambda(neuron.dendrites[0], neuron.membrane, 0.1), 5);
}

void tst_LengthInLambda::isTheIntegral()
{
    const Neuron neuron = cellOf({tapered()});
    const Dendrite &branch = neuron.dendrites[0];
    for (const double x : {0.0, 0.1, 1.0 / 3.0, 0.5, 0.9, 1.0})
        QVERIFY(near(lengthInLambda(branch, neuron.membrane, x), summed(branch, neuron.membrane, x),
                     1e-5));
}

/// What hangs in the middle of a tapered branch is less than half its length constants away: the
/// thick half comes first.
void tst_LengthInLambda::childrenOfTaperedBranches()
{
    Neuron neuron = cellOf({tapered(), tapered(), tapered()});
    neuron.dendrites[1].name = "middle";
    neuron.dendrites[1].parent = 0;
    neuron.dendrites[1].parentX = 0.5;
    neuron.dendrites[2].name = "end";
    neuron.dendrites[2].parent = 0;
    const double half = summed(neuron.dendrites[0], neuron.membrane, 0.5);
    QVERIFY(half < 0.45 * Expected);
    const std::vector<double> starts = dendriteStartsLambda(neuron);
    QVERIFY(near(starts[1], half, 1e-5));
    QVERIFY(near(starts[2], Expected, Tolerance));
    QVERIFY(near(distanceLambda(neuron, {1, 0.0}), half, 1e-5));
    QVERIFY(near(distanceLambda(neuron, {1, 1.0}), half + Expected, Tolerance));
    QVERIFY(near(cableCard(neuron).electrotonicLength, 2.0 * Expected, 2.0 * Tolerance));
    QCOMPARE(farthestTip(neuron, PathMeasure::Lambda), 2);
}

/// Where the table calls a dendrite coarse, the card does, too.
void tst_LengthInLambda::coarseIsJudgedByIt()
{
    Neuron neuron = cellOf({tapered()});
    setSegments(neuron, 0, 2); // 0.224 lambda each; 0.197 as a cylinder
    QCOMPARE(cableCard(neuron).coarseDendrites, (std::vector<CableCard::Coarse>{{0, 3}}));
    setSegments(neuron, 0, 3);
    QVERIFY(!cableCard(neuron).coarse());
}

void tst_LengthInLambda::ofACylinder()
{
    Neuron neuron = cellOf({{"d", SomaIndex, 1.0, 577.35026918962, 1.0, 10, {}}});
    QVERIFY(near(lengthInLambda(neuron.dendrites[0], neuron.membrane), 1.0, 1e-12));
    QVERIFY(near(lengthInLambda(neuron.dendrites[0], neuron.membrane, 0.25), 0.25, 1e-12));
    QVERIFY(near(cableCard(neuron).electrotonicLength, 1.0, 1e-12));
    // Drawn, with a ring where the diameter jumps: 100 um of 1 and as much of 4 um.
    setPoints(neuron.dendrites[0],
              {{0, 0, 0, 1.0}, {100, 0, 0, 1.0}, {100, 0, 0, 4.0}, {200, 0, 0, 4.0}});
    QVERIFY(near(distanceLambda(neuron, {0, 1.0}), 150.0 / 577.35026918962, 1e-12));
    QVERIFY(near(distanceLambda(neuron, {0, 0.75}), 125.0 / 577.35026918962, 1e-12));
}

DT_TEST(tst_LengthInLambda, QCoreApplication)
#include "tst_LengthInLambda.moc"
