// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/SynapseKernels.h"

#include "engine/cell/synapses/SynapseEdit.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace dt;

class tst_SynapseKernels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void magnesiumBlockOfTheLessons_data();
    void magnesiumBlockOfTheLessons();
    void conductanceAtAClamp();
};

void tst_SynapseKernels::magnesiumBlockOfTheLessons_data()
{
    QTest::addColumn<double>("mv");
    QTest::addColumn<double>("rodent");
    QTest::addColumn<double>("human");
    QTest::newRow("rest") << -85.0 << 0.018 << 0.004;
    QTest::newRow("half way") << -50.0 << 0.139 << 0.061;
    QTest::newRow("zero") << 0.0 << 0.781 << 0.781;
}

void tst_SynapseKernels::magnesiumBlockOfTheLessons()
{
    QFETCH(double, mv);
    QFETCH(double, rodent);
    QFETCH(double, human);
    QVERIFY(std::abs(magnesiumBlock(synapseKindPresets()[1].kind, mv) - rodent) < 0.0005);
    QVERIFY(std::abs(magnesiumBlock(synapseKindPresets()[2].kind, mv) - human) < 0.0005);
}

void tst_SynapseKernels::conductanceAtAClamp()
{
    const auto peak = [](const SynapseKind &kind, double mv) {
        double highest = 0.0;
        for (double ms = 0.0; ms < 100.0; ms += 0.01)
            highest = std::max(highest, kindConductanceUs(kind, ms, mv));
        return highest;
    };
    const SynapseKind &ampa = synapseKindPresets()[0].kind;
    const SynapseKind &human = synapseKindPresets()[2].kind;
    const SynapseKind &gaba = synapseKindPresets()[3].kind;
    QVERIFY(std::abs(peak(ampa, -85.0) - 4.0e-4) < 1e-8);
    QCOMPARE(peak(ampa, -85.0), peak(ampa, -40.0)); // no block
    QVERIFY(std::abs(peak(gaba, -40.0) - 1.0e-3) < 1e-7);
    // 50 ms after the event AMPA is over and NMDA is what its block leaves.
    const double open = kindConductanceUs(human, 50.0, 0.0) / kindConductanceUs(human, 50.0, -85.0);
    QVERIFY(std::abs(open - magnesiumBlock(human, 0.0) / magnesiumBlock(human, -85.0)) < 0.1);
    QCOMPARE(kindConductanceUs(human, 0.0, -40.0), 0.0);
}

DT_TEST(tst_SynapseKernels, QCoreApplication)
#include "tst_SynapseKernels.moc"
