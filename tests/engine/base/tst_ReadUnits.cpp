// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/ReadUnits.h"

#include "engine/cell/Parameters.h"
#include "engine/input/DrawnInput.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

using namespace dt;

class tst_ReadUnits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void conductances_data();
    void conductances();
    void thereAndBack();
    void othersStay();
    void rates();
};

void tst_ReadUnits::conductances_data()
{
    QTest::addColumn<double>("stored");
    QTest::addColumn<double>("read");
    QTest::newRow("AMPA") << 0.0004 << 0.4;
    QTest::newRow("NMDA, human") << 0.0008 << 0.8;
    QTest::newRow("GABA-A") << 0.001 << 1.0;
    QTest::newRow("none") << 0.0 << 0.0;
    QTest::newRow("most") << 1.0 << 1000.0;
    QTest::newRow("odd") << 0.00123456789 << 1.23456789;
    QTest::newRow("negative") << -0.0003 << -0.3;
}

void tst_ReadUnits::conductances()
{
    QFETCH(double, stored);
    QFETCH(double, read);
    // To the last bit: what comes back from a field is compared with presets.
    QVERIFY(readValue(stored, "uS") == read);
    QVERIFY(storedValue(read, "uS") == stored);
    QCOMPARE(readUnit("uS"), std::string_view("nS"));
}

void tst_ReadUnits::thereAndBack()
{
    for (int i = 1; i <= 9999; ++i) {
        const double read = i / 100.0;
        QVERIFY2(readValue(storedValue(read, "uS"), "uS") == read, qPrintable(QString::number(i)));
    }
}

void tst_ReadUnits::othersStay()
{
    for (const ParameterInfo &parameter : parameters()) {
        if (parameter.unit == "uS")
            continue;
        QCOMPARE(readUnit(parameter.unit), parameter.unit);
        QVERIFY(readValue(0.1 + 0.2, parameter.unit) == 0.1 + 0.2);
        QVERIFY(storedValue(0.1 + 0.2, parameter.unit) == 0.1 + 0.2);
    }
}

// The published ranges, as people count.
void tst_ReadUnits::rates()
{
    QCOMPARE(rainRateHz(0.998), 2.0);
    QCOMPARE(rainSparsity(2.0), 0.998);
    const InputRecipe published;
    const DrawnRange rates = rainRatesHz(published.excSparsity);
    const DrawnRange expected{{20.0, 30.0}, {50.0, 80.0}};
    QVERIFY(rates == expected);
    QVERIFY(rainSparsities(rates) == published.excSparsity);
    QVERIFY(rainSparsities(rainRatesHz(published.inhSparsity)) == published.inhSparsity);
}

DT_TEST(tst_ReadUnits, QCoreApplication)
#include "tst_ReadUnits.moc"
