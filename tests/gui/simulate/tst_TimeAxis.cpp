// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestProgram.h"
#include "widgets/plots/TimeAxis.h"

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTest>

using namespace dt;

class tst_TimeAxis : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsAllAtFirst();
    void show_data();
    void show();
    void zoomKeepsThePlace_data();
    void zoomKeepsThePlace();
    void zoomStopsAtTheEnds();
    void panKeepsTheLength();
    void newLength_data();
    void newLength();
    void saysWhatChangedOnly();
    void cursor();

private:
    static void compare(const TimeAxis::Range &range, double from, double to)
    {
        QVERIFY2(qAbs(range.from - from) < 1e-9 && qAbs(range.to - to) < 1e-9,
                 qPrintable(QStringLiteral("%1 to %2 in place of %3 to %4")
                                .arg(range.from)
                                .arg(range.to)
                                .arg(from)
                                .arg(to)));
    }
};

void tst_TimeAxis::showsAllAtFirst()
{
    TimeAxis axis;
    axis.setFull(0.0, 1024.0);
    compare(axis.full(), 0.0, 1024.0);
    compare(axis.shown(), 0.0, 1024.0);
    QVERIFY(!axis.cursor());
}

void tst_TimeAxis::show_data()
{
    QTest::addColumn<double>("from");
    QTest::addColumn<double>("to");
    QTest::addColumn<double>("shownFrom");
    QTest::addColumn<double>("shownTo");
    QTest::newRow("inside") << 100.0 << 200.0 << 100.0 << 200.0;
    QTest::newRow("before the start") << -50.0 << 50.0 << 0.0 << 100.0;
    QTest::newRow("beyond the end") << 950.0 << 1050.0 << 900.0 << 1000.0;
    QTest::newRow("longer than all") << -500.0 << 5000.0 << 0.0 << 1000.0;
    QTest::newRow("too short") << 100.0 << 100.5 << 100.0 << 102.0;
    QTest::newRow("too short at the end") << 999.9 << 1000.0 << 998.0 << 1000.0;
    QTest::newRow("the wrong way round") << 300.0 << 200.0 << 300.0 << 302.0;
}

void tst_TimeAxis::show()
{
    QFETCH(double, from);
    QFETCH(double, to);
    QFETCH(double, shownFrom);
    QFETCH(double, shownTo);
    TimeAxis axis;
    axis.setFull(0.0, 1000.0);
    axis.show(from, to);
    compare(axis.shown(), shownFrom, shownTo);
    compare(axis.full(), 0.0, 1000.0);
}

void tst_TimeAxis::zoomKeepsThePlace_data()
{
    QTest::addColumn<double>("factor");
    QTest::addColumn<double>("around");
    QTest::newRow("in, middle") << 0.5 << 500.0;
    QTest::newRow("in, left") << 0.8 << 420.0;
    QTest::newRow("out") << 1.25 << 480.0;
}

void tst_TimeAxis::zoomKeepsThePlace()
{
    QFETCH(double, factor);
    QFETCH(double, around);
    TimeAxis axis;
    axis.setFull(0.0, 1000.0);
    axis.show(400.0, 600.0);
    const double share = (around - 400.0) / 200.0;
    axis.zoom(factor, around);
    const TimeAxis::Range shown = axis.shown();
    QCOMPARE(shown.to - shown.from, 200.0 * factor);
    QCOMPARE((around - shown.from) / (shown.to - shown.from), share);
}

void tst_TimeAxis::zoomStopsAtTheEnds()
{
    TimeAxis axis;
    axis.setFull(0.0, 1000.0);
    for (int i = 0; i < 100; ++i)
        axis.zoom(0.8, 700.0);
    QCOMPARE(axis.shown().to - axis.shown().from, 2.0);
    QVERIFY(axis.shown().from <= 700.0 && axis.shown().to >= 700.0);
    for (int i = 0; i < 100; ++i)
        axis.zoom(1.25, 700.0);
    compare(axis.shown(), 0.0, 1000.0);
}

void tst_TimeAxis::panKeepsTheLength()
{
    TimeAxis axis;
    axis.setFull(0.0, 1000.0);
    axis.show(400.0, 500.0);
    axis.pan(50.0);
    compare(axis.shown(), 450.0, 550.0);
    axis.pan(-10000.0);
    compare(axis.shown(), 0.0, 100.0);
    axis.pan(10000.0);
    compare(axis.shown(), 900.0, 1000.0);
    axis.showAll();
    compare(axis.shown(), 0.0, 1000.0);
    axis.pan(10.0); // nothing beyond
    compare(axis.shown(), 0.0, 1000.0);
}

void tst_TimeAxis::newLength_data()
{
    QTest::addColumn<double>("from");
    QTest::addColumn<double>("to");
    QTest::addColumn<double>("length");
    QTest::addColumn<double>("shownFrom");
    QTest::addColumn<double>("shownTo");
    QTest::newRow("all stays all, longer") << 0.0 << 1000.0 << 2000.0 << 0.0 << 2000.0;
    QTest::newRow("all stays all, shorter") << 0.0 << 1000.0 << 300.0 << 0.0 << 300.0;
    QTest::newRow("a part stays") << 100.0 << 200.0 << 2000.0 << 100.0 << 200.0;
    QTest::newRow("a part that is gone") << 800.0 << 900.0 << 300.0 << 200.0 << 300.0;
    QTest::newRow("a part that is too long") << 100.0 << 900.0 << 300.0 << 0.0 << 300.0;
    QTest::newRow("next to nothing") << 0.0 << 1000.0 << 0.5 << 0.0 << 2.0;
}

void tst_TimeAxis::newLength()
{
    QFETCH(double, from);
    QFETCH(double, to);
    QFETCH(double, length);
    QFETCH(double, shownFrom);
    QFETCH(double, shownTo);
    TimeAxis axis;
    axis.setFull(0.0, 1000.0);
    axis.show(from, to);
    axis.setFull(0.0, length);
    compare(axis.shown(), shownFrom, shownTo);
}

void tst_TimeAxis::saysWhatChangedOnly()
{
    TimeAxis axis;
    axis.setFull(0.0, 1000.0);
    QSignalSpy shown(&axis, &TimeAxis::shownChanged);
    QSignalSpy cursor(&axis, &TimeAxis::cursorChanged);
    axis.setFull(0.0, 1000.0);
    axis.showAll();
    axis.zoom(2.0, 500.0);
    axis.setCursor(std::nullopt);
    QCOMPARE(shown.count(), 0);
    QCOMPARE(cursor.count(), 0);
    axis.show(10.0, 20.0);
    QCOMPARE(shown.count(), 1);
    axis.setCursor(15.0);
    axis.setCursor(15.0);
    QCOMPARE(cursor.count(), 1);
    axis.setCursor(std::nullopt);
    QCOMPARE(cursor.count(), 2);
    QCOMPARE(shown.count(), 1);
}

void tst_TimeAxis::cursor()
{
    TimeAxis axis;
    axis.setFull(0.0, 1000.0);
    axis.setCursor(12.5);
    QCOMPARE(axis.cursor(), std::optional(12.5));
    axis.setCursor(-3.0);
    QCOMPARE(axis.cursor(), std::optional(0.0));
    axis.setCursor(4000.0);
    QCOMPARE(axis.cursor(), std::optional(1000.0));
}

DT_TEST(tst_TimeAxis, QCoreApplication)
#include "tst_TimeAxis.moc"
