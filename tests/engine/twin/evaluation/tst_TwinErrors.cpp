// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/evaluation/TwinErrors.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

using namespace dt;

namespace {

/// Ten ms of two segments; spikes at 3 and 7.
struct Both
{
    VoltageTrace trace;
    SomaLabels labels;
    LabelSettings settings;
    TwinPrediction twin;

    Both()
    {
        trace.segments = 2;
        trace.recordedMs = 10;
        labels.spike = {0, 0, 0, 1, 0, 0, 0, 1, 0, 0};
        labels.nearSpike = {0, 0, 0, 1, 1, 0, 0, 1, 1, 0};
        twin.windows = 1;
        twin.lengthMs = 10;
        twin.dendHeads = 2;
        twin.spikeProbability = {0, 0, 0, 0.9F, 0, 0.7F, 0, 0.4F, 0, 0};
        twin.nearSpikeProbability = {0, 0, 0, 0.9F, 0.8F, 0, 0, 0.9F, 0.8F, 0};
        settings.dendCapMv = 0.0;
        for (int t = 0; t < 10; ++t) {
            labels.somaV.push_back(static_cast<float>(-80 + t));
            twin.somaMv.push_back(static_cast<float>(-80 + t + (t % 2 ? 2 : 0)));
            labels.instRate.push_back(0.01F * static_cast<float>(t));
            twin.rate.push_back(0.01F * static_cast<float>(t));
            trace.dendV.push_back(-70.0F + static_cast<float>(t)); // segment 0
            trace.dendV.push_back(t == 4 ? 20.0F : -40.0F); // segment 1, cut at the cap
        }
        for (int t = 0; t < 10; ++t)
            twin.dendMv.push_back(-70.0F + static_cast<float>(t));
        for (int t = 0; t < 10; ++t)
            twin.dendMv.push_back(t == 4 ? -10.0F : -40.0F);
    }
    [[nodiscard]] TwinErrors errors(int ms) const
    {
        return twinErrors(trace, labels, settings, twin, ms);
    }
};

} // namespace

class tst_TwinErrors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void byHand()
    {
        const TwinErrors e = Both().errors(10);
        QCOMPARE(e.comparedMs, 10);
        QCOMPARE(e.spikes, 2);
        // One of the eight others ranks above the second spike, none above the first.
        QCOMPARE(*e.spikesAuc, 15.0 / 16.0);
        QCOMPARE(*e.nearSpikeAuc, 1.0);
        QCOMPARE(*e.decisions.precision(), 0.5);
        QCOMPARE(*e.decisions.recall(), 0.5);
        QVERIFY(std::abs(e.soma->mae - 1.0) < 1e-5);
        QVERIFY(std::abs(e.soma->rmse - std::sqrt(2.0)) < 1e-5);
        QVERIFY(std::abs(e.soma->r2 - (1.0 - 20.0 / 82.5)) < 1e-5);
        QCOMPARE(e.rate->rmse, 0.0);
        // 10 mV once in 20 values: the neuron's 20 mV counts as the cap's 0.
        QVERIFY(std::abs(e.dend->rmse - std::sqrt(100.0 / 20.0)) < 1e-5);
    }
    void noMoreThanBothReach()
    {
        Both both;
        QCOMPARE(both.errors(100).comparedMs, 10);
        const TwinErrors e = both.errors(3);
        QCOMPARE(e.comparedMs, 3);
        QCOMPARE(e.spikes, 0);
        QVERIFY(!e.spikesAuc); // undefined, not zero
        QVERIFY(!e.decisions.precision());
        both.trace.recordedMs = 5;
        QCOMPARE(both.errors(10).comparedMs, 5);
        const TwinErrors none = both.errors(0);
        QVERIFY(!none.soma && !none.rate && !none.dend);
    }
    void otherNumberOfSegments()
    {
        Both both;
        both.twin.dendHeads = 1;
        QVERIFY(!both.errors(10).dend);
        QVERIFY(both.errors(10).soma);
    }
};

DT_TEST(tst_TwinErrors, QCoreApplication)
#include "tst_TwinErrors.moc"
