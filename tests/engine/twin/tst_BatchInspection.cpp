// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/BatchInspection.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <cmath>

using namespace dt;

class tst_BatchInspection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void physicalUnits();
    void emptyBatch();
};

void tst_BatchInspection::physicalUnits()
{
    const Scaling scaling;
    TwinBatch batch;
    batch.inputs.resize(1, 1, 5);
    // Weights 0 0 0 0 10, and as many zeros of the other kind.
    batch.inputs.values[4] = scaling.input(10.0F);
    for (const float mV : {-85.0F, -80.0F, -75.0F, -70.0F, -62.0F})
        batch.truth.soma.push_back(scaling.somaTarget(mV));
    for (const float rate : {0.0F, 0.01F, 0.02F, 0.03F, 0.04F})
        batch.truth.rate.push_back(scaling.rateTarget(rate));
    for (const float mV : {0.0F, -80.0F, -60.0F, -40.0F, -20.0F})
        batch.truth.dend.push_back(scaling.dendTarget(mV));
    const BatchInspection i = inspect(batch, scaling);
    const auto near = [](double a, double b) { return std::abs(a - b) < 1e-4; };
    QVERIFY(i.windows == 1 && i.segments == 1 && i.lengthMs == 5);
    QVERIFY(near(i.inputs.mean, 1.0) && near(i.inputs.sd, 3.0));
    QVERIFY(near(i.inputs.low, 0.0)); // the 80th percentile
    QVERIFY(near(i.inputs.high, 9.1)); // the 99th, between 0 and 10
    QVERIFY(near(i.soma.min, -85.0) && near(i.soma.median, -75.0) && near(i.soma.max, -62.0));
    QVERIFY(near(i.soma.low, -84.6) && near(i.soma.high, -62.64));
    QVERIFY(near(i.rate.mean, 0.02) && near(i.rate.sd, std::sqrt(0.0002)));
    QVERIFY(near(i.dend.mean, -40.0) && near(i.dend.min, -80.0) && near(i.dend.max, 0.0));
    const std::vector<std::string> lines = inspectionLines(i);
    QCOMPARE(lines.size(), std::size_t(7));
    QVERIFY(lines[1].find("inputs (1, 2, 1, 5); spikes, soma, near spike, rate (1, 5)")
            != std::string::npos);
    QVERIFY(lines[2].find("soma (V - -85) / 11.5 in -90 .. -57 mV") != std::string::npos);
    QVERIFY(lines[3].find("mean 1.0000, sd 3.0000") != std::string::npos);
}

void tst_BatchInspection::emptyBatch()
{
    const BatchInspection i = inspect({}, {});
    QCOMPARE(i.soma.mean, 0.0);
    QCOMPARE(inspectionLines(i).size(), std::size_t(7));
}

DT_TEST(tst_BatchInspection, QCoreApplication)
#include "tst_BatchInspection.moc"
