// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/evaluation/Calibration.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <cmath>
#include <limits>
#include <numeric>

using namespace dt;

class tst_Calibration : public QObject
{
    Q_OBJECT

    using Labels = std::vector<std::uint8_t>;

private Q_SLOTS:
    void bins();
    void trimmed();
    void agreement();
    void undefined();
    void reliabilityBins();
    void histogram();
};

void tst_Calibration::bins()
{
    // Two simulations of 8 ms in two bins each.
    const std::vector<float> p{0.5f, 0.5f, 0, 0, 1,     1,     1,     1,
                               0,    0,    0, 0, 0.25f, 0.25f, 0.25f, 0.25f};
    const Labels y{1, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0};
    const Calibration c = calibrate(p, y, 8, 2);
    QCOMPARE(c.binMs, 4);
    QCOMPARE(c.truth, (std::vector<float>{0.25f, 0.75f, 0.0f, 0.25f}));
    QCOMPARE(c.predicted, (std::vector<float>{0.25f, 1.0f, 0.0f, 0.25f}));
    // x - y is 0, -1/4, 0, 0; Var = 3/256, Var(x) = 19/256.
    QVERIFY(std::abs(*c.explainedVariancePercent - 100.0 * (1.0 - 3.0 / 19.0)) < 1e-9);
    QVERIFY(std::abs(*c.correlation - 0.40625 / std::sqrt(0.296875 * 0.5625)) < 1e-12);
}

void tst_Calibration::trimmed()
{
    // Bins that do not divide the window: what is left over at its end does not count.
    const std::vector<float> p{0, 1, 0.5f, 0.5f, 9, 1, 1, 0, 0, 9};
    const Labels y{0, 1, 1, 1, 1, 1, 1, 0, 0, 1};
    const Calibration c = calibrate(p, y, 5, 2);
    QCOMPARE(c.binMs, 2);
    QCOMPARE(c.truth, (std::vector<float>{0.5f, 1.0f, 1.0f, 0.0f}));
    QCOMPARE(c.predicted, (std::vector<float>{0.5f, 0.5f, 1.0f, 0.0f}));
    QCOMPARE(calibrate(std::vector<float>(8128), Labels(8128), 8128, 8).binMs, 1016);
    QCOMPARE(calibrate(std::vector<float>(7680), Labels(7680), 7680, 16).binMs, 480);
}

void tst_Calibration::agreement()
{
    std::vector<float> p;
    Labels y;
    for (int i = 0; i < 100; ++i) {
        for (int t = 0; t < 10; ++t) {
            y.push_back(t < i % 10 ? 1 : 0);
            p.push_back(static_cast<float>(i % 10) / 10.0f);
        }
    }
    Calibration c = calibrate(p, y, 10, 1);
    QVERIFY(std::abs(*c.correlation - 1.0) < 1e-6);
    QVERIFY(std::abs(*c.explainedVariancePercent - 100.0) < 1e-4);
    for (float &v : p)
        v /= 2.0f; // perfectly correlated and still wrong
    c = calibrate(p, y, 10, 1);
    QVERIFY(std::abs(*c.correlation - 1.0) < 1e-6);
    QVERIFY(std::abs(*c.explainedVariancePercent - 75.0) < 1e-4);
}

void tst_Calibration::undefined()
{
    const std::vector<float> flat(40, 0.1f);
    Labels silent(40, 0);
    Calibration c = calibrate(flat, silent, 20, 2);
    QCOMPARE(c.truth.size(), 4u);
    QVERIFY(!c.correlation && !c.explainedVariancePercent);
    silent[3] = 1;
    c = calibrate(flat, silent, 20, 2);
    QVERIFY(!c.correlation); // the prediction never changes
    QVERIFY(std::abs(*c.explainedVariancePercent) < 1e-9);
    QVERIFY(calibrate(flat, silent, 20, 0).truth.empty());
    QVERIFY(calibrate(flat, silent, 20, 21).truth.empty());
    QVERIFY(calibrate({}, {}, 20, 2).truth.empty());
    std::vector<float> spoiled(40, 0.2f);
    spoiled[0] = std::numeric_limits<float>::quiet_NaN();
    c = calibrate(spoiled, silent, 20, 2);
    QVERIFY(!c.correlation && !c.explainedVariancePercent);
}

void tst_Calibration::reliabilityBins()
{
    const std::vector<float> p{
        0.0f, 0.1f, 0.3f, 0.6f, 0.9f, 1.0f, std::numeric_limits<float>::quiet_NaN(), 1.5f};
    const auto bins = reliability(p, Labels{0, 1, 0, 1, 1, 1, 1, 1}, 2);
    QCOMPARE(bins.size(), 2u);
    QCOMPARE(bins[0].from, 0.0);
    QCOMPARE(bins[0].to, 0.5);
    QCOMPARE(bins[0].count, 3u);
    QCOMPARE(bins[0].spikes, 1u);
    QVERIFY(std::abs(bins[0].meanProbability - 0.4 / 3.0) < 1e-6);
    QVERIFY(std::abs(*bins[0].observed() - 1.0 / 3.0) < 1e-12);
    QCOMPARE(bins[1].count, 3u);
    QCOMPARE(bins[1].to, 1.0);
    QCOMPARE(*bins[1].observed(), 1.0);
    QVERIFY(!reliability({}, {}, 10)[4].observed());
}

void tst_Calibration::histogram()
{
    const std::vector<float> p{0.0f, 0.005f, 0.5f, 0.999f, 1.0f};
    const ProbabilityHistogram h = probabilityHistogram(p, Labels{0, 1, 0, 1, 1});
    QCOMPARE(h.noSpike[0], 1u);
    QCOMPARE(h.spike[0], 1u);
    QCOMPARE(h.noSpike[49], 1u);
    QCOMPARE(h.spike[98], 2u);
    QCOMPARE(std::accumulate(h.spike.begin(), h.spike.end(), std::uint64_t{0}), 3u);
}

DT_TEST(tst_Calibration, QCoreApplication)
#include "tst_Calibration.moc"
