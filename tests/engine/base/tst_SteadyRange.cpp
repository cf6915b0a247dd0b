// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/SteadyRange.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <cmath>

using namespace dt;

class tst_SteadyRange : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void smallPotentialsFillIt();
    void restIsNotMagnified();
    void spikesFit();
    void standsStillWhileDataCome();
    void shrinksOnlyWhenItMay();
    void nothingIsNoData();
};

// An EPSP of 1 mV takes a good part of the height.
void tst_SteadyRange::smallPotentialsFillIt()
{
    SteadyRange range(1.5, -90.0, 50.0);
    range.fit({-76.02, -75.01}, true);
    QVERIFY(range.from() <= -76.02 && range.to() >= -75.01);
    QVERIFY2(range.to() - range.from() < 2.2, qPrintable(QString::number(range.to())));
}

void tst_SteadyRange::restIsNotMagnified()
{
    SteadyRange range(1.5, -90.0, 50.0);
    range.fit({-76.0, -75.999}, true);
    QVERIFY(range.to() - range.from() >= 1.5);
    QVERIFY(range.to() - range.from() < 2.2);
}

void tst_SteadyRange::spikesFit()
{
    SteadyRange range(1.5, -90.0, 50.0);
    range.fit({-81.3, 40.0}, true);
    QCOMPARE(range.from(), -90.0);
    QCOMPARE(range.to(), 50.0);
    range.fit({-95.0, 60.0}, true);
    QVERIFY(range.from() <= -95.0 && range.to() >= 60.0);
    QCOMPARE(std::remainder(range.from(), 10.0), 0.0);
    QCOMPARE(std::remainder(range.to(), 10.0), 0.0);
}

// A slow rise is drawn sample by sample: the axis moves a few times, not with each of them.
void tst_SteadyRange::standsStillWhileDataCome()
{
    SteadyRange range(1.5, -76.0, -74.0);
    Extent seen;
    int moves = 0;
    for (double mv = -75.0; mv < 20.0; mv += 0.02) {
        const double from = range.from();
        const double to = range.to();
        seen.take(mv);
        range.fit(seen, false);
        moves += from != range.from() || to != range.to();
        QVERIFY(range.from() <= seen.low && range.to() >= seen.high);
    }
    QVERIFY2(moves < 60, qPrintable(QString::number(moves)));
}

void tst_SteadyRange::shrinksOnlyWhenItMay()
{
    SteadyRange range(1.5, -90.0, 50.0);
    range.fit({-76.0, -75.0}, false);
    QCOMPARE(range.to(), 50.0);
    range.fit({-76.0, -75.0}, true);
    QVERIFY(range.to() < -70.0);
    // A little less is no reason to move.
    const double to = range.to();
    range.fit({-76.0, -75.3}, true);
    QCOMPARE(range.to(), to);
}

void tst_SteadyRange::nothingIsNoData()
{
    SteadyRange range(1.5, -90.0, 50.0);
    range.fit({}, true);
    Extent none;
    none.take(std::nan(""));
    range.fit(none, true);
    QCOMPARE(range.from(), -90.0);
    QCOMPARE(range.to(), 50.0);
    // Nor does it add anything to data.
    Extent some;
    some.take(-76.0);
    some.take(none);
    QCOMPARE(some.low, -76.0);
    QCOMPARE(some.high, -76.0);
}

DT_TEST(tst_SteadyRange, QCoreApplication)
#include "tst_SteadyRange.moc"
