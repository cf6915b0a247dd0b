// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Words.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <limits>

using namespace dt;

class tst_Words : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void counts()
    {
        QCOMPARE(counted(0, "point"), std::string("0 points"));
        QCOMPARE(counted(1, "point"), std::string("1 point"));
        QCOMPARE(counted(2, "point"), std::string("2 points"));
        QCOMPARE(counted(1, "synapse is", "synapses are"), std::string("1 synapse is"));
        QCOMPARE(counted(-1, "branch", "branches"), std::string("-1 branches"));
    }
    void listsWithOr()
    {
        QCOMPARE(listedWithOr({}), std::string());
        QCOMPARE(listedWithOr({"a"}), std::string("a"));
        QCOMPARE(listedWithOr({"a", "b"}), std::string("a or b"));
        QCOMPARE(listedWithOr({"a", "b", "c"}), std::string("a, b or c"));
    }
    void numbersOutsideAreSeenToBe()
    {
        QCOMPARE(roundedOutside(28.201843023086834, 1.0, 20.0), std::string("28.2018"));
        QCOMPARE(roundedOutside(0.19999999999999998, 0.5, 20.0), std::string("0.2"));
        QCOMPARE(roundedOutside(20.0000001, 1.0, 20.0), std::string("20.0000001"));
        QCOMPARE(roundedOutside(std::numeric_limits<double>::quiet_NaN(), 1.0, 20.0),
                 std::string("nan"));
    }
    void numbers_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("long") << 28.201843023086834 << QByteArray("28.2018");
        QTest::newRow("noise") << 0.19999999999999998 << QByteArray("0.2");
        QTest::newRow("whole") << 25.0 << QByteArray("25");
        QTest::newRow("large") << 1234567.891 << QByteArray("1234568");
        QTest::newRow("small") << 0.00012345678 << QByteArray("0.000123457");
        QTest::newRow("tiny") << 1.5e-9 << QByteArray("1.5e-09");
        QTest::newRow("huge") << 1e300 << QByteArray("1e+300");
        QTest::newRow("negative") << -0.30000000000000004 << QByteArray("-0.3");
        QTest::newRow("rounds up") << 999999.7 << QByteArray("1000000");
        QTest::newRow("no sign of nothing") << -0.0 << QByteArray("0");
    }
    void numbers()
    {
        QFETCH(double, value);
        QFETCH(QByteArray, text);
        QCOMPARE(QByteArray::fromStdString(rounded(value)), text);
    }
};

DT_TEST(tst_Words, QCoreApplication)
#include "tst_Words.moc"
