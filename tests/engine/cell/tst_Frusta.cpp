// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/Frusta.h"
#include "tests/support/Near.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <cmath>
#include <numbers>

using namespace dt;
using test::near;

class tst_Frusta : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void coneAndRing();
    void derived();
    void tooFewPoints();
    void stretch();
    void thicken();
};

void tst_Frusta::coneAndRing()
{
    const std::vector<Point3> cone{{0, 0, 0, 6}, {0, 4, 0, 0}};
    QVERIFY(near(arcLengthUm(cone), 4.0));
    QVERIFY(near(frustaAreaUm2(cone), std::numbers::pi * 3.0 * 5.0)); // pi r slant
    const std::vector<Point3> ring{{1, 1, 1, 4}, {1, 1, 1, 2}};
    QVERIFY(near(arcLengthUm(ring), 0.0));
    QVERIFY(near(frustaAreaUm2(ring), std::numbers::pi * (4.0 - 1.0)));
}

void tst_Frusta::derived()
{
    Dendrite d;
    setPoints(d, {{0, 0, 0, 2}, {3, 4, 0, 2}, {3, 4, 12, 2}});
    QVERIFY(near(d.lengthUm, 17.0));
    QVERIFY(near(d.diamUm, 2.0));
    QVERIFY(near(dendriteAreaUm2(d), std::numbers::pi * 2.0 * 17.0));
}

void tst_Frusta::tooFewPoints()
{
    Dendrite d;
    d.lengthUm = 100.0;
    d.diamUm = 3.0;
    for (const std::vector<Point3> &points :
         {std::vector<Point3>{}, {{0, 0, 0, 1}}, {{5, 5, 5, 1}, {5, 5, 5, 2}}}) {
        setPoints(d, points);
        QVERIFY(d.points.empty());
        QCOMPARE(d.lengthUm, 100.0);
        QCOMPARE(d.diamUm, 3.0);
    }
}

void tst_Frusta::stretch()
{
    Dendrite d;
    setPoints(d, {{10, 0, 0, 4}, {20, 0, 0, 2}, {20, 10, 0, 1}});
    setLengthUm(d, 50.0);
    QCOMPARE(d.lengthUm, 50.0);
    QVERIFY(near(arcLengthUm(d.points), 50.0));
    QCOMPARE(d.points.front().x, 10.0);
    QVERIFY(near(d.points[1].x, 35.0));
    QCOMPARE(d.points[1].diam, 2.0);
    Dendrite cylinder;
    setLengthUm(cylinder, 7.0);
    QCOMPARE(cylinder.lengthUm, 7.0);
}

void tst_Frusta::thicken()
{
    Dendrite d;
    setPoints(d, {{0, 0, 0, 20}, {10, 0, 0, 1}, {15, 0, 0, 8}});
    setDiamUm(d, 3.0);
    QCOMPARE(d.diamUm, 3.0);
    QVERIFY(near(frustaAreaUm2(d.points), std::numbers::pi * 3.0 * 15.0));
    QVERIFY(near(d.points[0].diam / d.points[1].diam, 20.0));
    Dendrite cylinder;
    setDiamUm(cylinder, 7.0);
    QCOMPARE(cylinder.diamUm, 7.0);
}

DT_TEST(tst_Frusta, QCoreApplication)
#include "tst_Frusta.moc"
