// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recording/Labels.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace dt;
using Trace = std::vector<float>;
using Samples = std::vector<std::size_t>;
using Bins = std::vector<std::uint8_t>;

namespace {

/// The definition of the rate, term by term: a causal box, then a centred Gaussian cut at four
/// standard deviations and normalised, with nothing beyond either end.
std::vector<double> naiveRate(const Bins &spike, int windowMs, double sd)
{
    const int n = static_cast<int>(spike.size());
    const auto at = [](const auto &v, int i) {
        return i >= 0 && i < static_cast<int>(v.size()) ? double(v[static_cast<std::size_t>(i)])
                                                        : 0.0;
    };
    std::vector<double> box;
    for (int t = 0; t < n; ++t) {
        double sum = 0.0;
        for (int k = 0; k < windowMs; ++k)
            sum += at(spike, t - k) / windowMs;
        box.push_back(sum);
    }
    const int half = static_cast<int>(std::floor(4.0 * sd));
    double norm = 0.0;
    for (int k = -half; k <= half; ++k)
        norm += sd > 0.0 ? std::exp(-k * k / (2.0 * sd * sd)) : 1.0;
    std::vector<double> rate;
    for (int t = 0; t < n; ++t) {
        double sum = 0.0;
        for (int k = -half; k <= half; ++k)
            sum += (sd > 0.0 ? std::exp(-k * k / (2.0 * sd * sd)) : 1.0) * at(box, t + k);
        rate.push_back(sum / norm);
    }
    return rate;
}

/// A trace of T ms at `perMs` samples plus the closing one, at rest but for single peaks.
Trace resting(int ms, int perMs, const Samples &peaks = {})
{
    Trace trace(static_cast<std::size_t>(ms * perMs) + 1, -85.0f);
    for (const std::size_t peak : peaks)
        trace[peak] = 20.0f;
    return trace;
}

} // namespace

class tst_Labels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void spikes_data();
    void spikes();
    void bins_data();
    void bins();
    void nearSpike_data();
    void nearSpike();
    void capCutsOnlyTheSlowTrace();
    void oneSampleEachMs();
    void rate_data();
    void rate();
};

void tst_Labels::spikes_data()
{
    QTest::addColumn<Trace>("trace");
    QTest::addColumn<double>("threshold");
    QTest::addColumn<Samples>("expected");

    QTest::newRow("nothing") << Trace{} << 0.0 << Samples{};
    QTest::newRow("one sample") << Trace{30} << 0.0 << Samples{};
    QTest::newRow("two samples") << Trace{0, 30} << 0.0 << Samples{};
    QTest::newRow("silence") << Trace{-85, -85, -85, -85} << 0.0 << Samples{};
    QTest::newRow("high but flat") << Trace{30, 30, 30, 30} << 0.0 << Samples{};
    QTest::newRow("a peak") << Trace{-85, 10, 30, 5, -85} << 0.0 << Samples{2};
    QTest::newRow("a peak below threshold") << Trace{-85, -60, -20, -60} << 0.0 << Samples{};
    QTest::newRow("exactly at threshold") << Trace{-85, 0, -85} << 0.0 << Samples{};
    QTest::newRow("just above threshold") << Trace{-85, 1e-6f, -85} << 0.0 << Samples{1};
    QTest::newRow("another threshold") << Trace{-85, -20, -85} << -30.0 << Samples{1};
    QTest::newRow("flat top of two") << Trace{-85, 30, 30, -85} << 0.0 << Samples{1};
    QTest::newRow("flat top of three") << Trace{-85, 30, 30, 30, -85} << 0.0 << Samples{2};
    QTest::newRow("flat top of four") << Trace{0, -1, 30, 30, 30, 30, 0} << 0.0 << Samples{3};
    QTest::newRow("flat top to the end") << Trace{-85, 30, 30, 30} << 0.0 << Samples{};
    QTest::newRow("flat top from the start") << Trace{30, 30, -85, -85} << 0.0 << Samples{};
    QTest::newRow("highest at the start") << Trace{30, 10, -85} << 0.0 << Samples{};
    QTest::newRow("highest at the end") << Trace{-85, 10, 30} << 0.0 << Samples{};
    QTest::newRow("a step on the way up") << Trace{-85, 10, 10, 30, -85} << 0.0 << Samples{3};
    QTest::newRow("a step on the way down") << Trace{-85, 30, 10, 10, -85} << 0.0 << Samples{1};
    QTest::newRow("two peaks") << Trace{-85, 30, 10, 20, -85} << 0.0 << Samples{1, 3};
    QTest::newRow("two flat tops") << Trace{0, 9, 9, 1, 9, 9, 9, 0} << 0.0 << Samples{1, 5};
}

void tst_Labels::spikes()
{
    QFETCH(Trace, trace);
    QFETCH(double, threshold);
    QFETCH(Samples, expected);
    QCOMPARE(spikeSamples(trace, threshold), expected);
}

void tst_Labels::bins_data()
{
    QTest::addColumn<Trace>("trace");
    QTest::addColumn<int>("durationMs");
    QTest::addColumn<Bins>("expected");

    // Four samples a millisecond, five milliseconds: samples 0 to 20.
    QTest::newRow("silence") << resting(5, 4) << 5 << Bins{0, 0, 0, 0, 0};
    QTest::newRow("first sample of a ms") << resting(5, 4, {8}) << 5 << Bins{0, 0, 1, 0, 0};
    QTest::newRow("last sample of a ms") << resting(5, 4, {11}) << 5 << Bins{0, 0, 1, 0, 0};
    QTest::newRow("first ms") << resting(5, 4, {1}) << 5 << Bins{1, 0, 0, 0, 0};
    QTest::newRow("last ms") << resting(5, 4, {19}) << 5 << Bins{0, 0, 0, 0, 1};
    QTest::newRow("closing sample") << resting(5, 4, {20}) << 5 << Bins{0, 0, 0, 0, 0};
    QTest::newRow("closing sample of a longer trace")
        << resting(6, 4, {20}) << 5 << Bins{0, 0, 0, 0, 0};
    QTest::newRow("two peaks in one ms") << resting(5, 4, {5, 7}) << 5 << Bins{0, 1, 0, 0, 0};
    QTest::newRow("peaks in neighbouring ms") << resting(5, 4, {7, 9}) << 5 << Bins{0, 1, 1, 0, 0};
    Trace flat = resting(5, 4, {7, 8, 9, 10});
    QTest::newRow("flat top across a ms") << flat << 5 << Bins{0, 0, 1, 0, 0};
}

void tst_Labels::bins()
{
    QFETCH(Trace, trace);
    QFETCH(int, durationMs);
    QFETCH(Bins, expected);
    const SomaLabels labels = somaLabels(trace, 4, durationMs, {});
    QCOMPARE(labels.spike, expected);
    QCOMPARE(labels.somaV.size(), expected.size());
    QCOMPARE(labels.nearSpike.size(), expected.size());
    QCOMPARE(labels.instRate.size(), expected.size());
}

void tst_Labels::nearSpike_data()
{
    QTest::addColumn<Trace>("trace");
    QTest::addColumn<int>("nearMs");
    QTest::addColumn<Bins>("expected");

    // One sample a millisecond, cap -62 mV, margin 5 mV: near above -67 mV.
    const auto at = [](std::initializer_list<std::pair<std::size_t, float>> changes) {
        Trace trace(13, -85.0f);
        for (const auto &[i, v] : changes)
            trace[i] = v;
        return trace;
    };
    QTest::newRow("rest") << at({}) << 10 << Bins(12, 0);
    QTest::newRow("within the margin")
        << at({{3, -66.9f}}) << 10 << Bins{0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0};
    QTest::newRow("exactly at the margin") << at({{3, -67.0f}}) << 10 << Bins(12, 0);
    QTest::newRow("above the cap, no spike")
        << at({{3, -20.0f}, {4, -50.0f}}) << 10 << Bins{0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0};
    QTest::newRow("ten ms from a spike on")
        << at({{1, 20.0f}}) << 10 << Bins{0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0};
    QTest::newRow("cut at the end")
        << at({{9, 20.0f}}) << 10 << Bins{0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1};
    QTest::newRow("three ms") << at({{1, 20.0f}}) << 3 << Bins{0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0};
    // The peak itself is above the margin at its sample.
    QTest::newRow("no ms") << at({{1, 20.0f}}) << 0 << Bins{0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    QTest::newRow("overlapping") << at({{1, 20.0f}, {3, 20.0f}}) << 3
                                 << Bins{0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0};
}

void tst_Labels::nearSpike()
{
    QFETCH(Trace, trace);
    QFETCH(int, nearMs);
    QFETCH(Bins, expected);
    LabelSettings settings;
    settings.nearSpikeMs = nearMs;
    QCOMPARE(somaLabels(trace, 1, 12, settings).nearSpike, expected);
}

void tst_Labels::capCutsOnlyTheSlowTrace()
{
    // Two samples a millisecond; the peak between whole milliseconds is a spike all the same.
    const Trace trace{-85, -80, -70, 25, -50, -64, -62, -90, -85};
    LabelSettings settings;
    settings.somaCapMv = -62.0;
    const SomaLabels labels = somaLabels(trace, 2, 4, settings);
    QCOMPARE(labels.somaV, (Trace{-85, -70, -62, -62}));
    QCOMPARE(labels.spike, (Bins{0, 1, 0, 0}));

    settings.somaCapMv = 100.0;
    QCOMPARE(somaLabels(trace, 2, 4, settings).somaV, (Trace{-85, -70, -50, -62}));
}

void tst_Labels::oneSampleEachMs()
{
    // The least that is promised to be enough: nothing after the last whole millisecond.
    Trace trace = resting(3, 4, {5});
    trace.resize(9);
    const SomaLabels labels = somaLabels(trace, 4, 3, {});
    QCOMPARE(labels.spike, (Bins{0, 1, 0}));
    QCOMPARE(labels.somaV, (Trace{-85, -85, -85}));
}

void tst_Labels::rate_data()
{
    QTest::addColumn<int>("durationMs");
    QTest::addColumn<int>("windowMs");
    QTest::addColumn<double>("smoothingMs");
    QTest::addColumn<double>("probability");

    QTest::newRow("as the data sets") << 1024 << 50 << 2.5 << 0.02;
    QTest::newRow("as the demo") << 1024 << 50 << 2.0 << 0.02;
    QTest::newRow("no smoothing") << 300 << 50 << 0.0 << 0.05;
    QTest::newRow("a kernel of one tap") << 300 << 50 << 0.2 << 0.05;
    QTest::newRow("every bin") << 200 << 50 << 2.5 << 1.0;
    QTest::newRow("window of one ms") << 200 << 1 << 2.5 << 0.1;
    QTest::newRow("shorter than the window") << 30 << 50 << 2.5 << 0.2;
    QTest::newRow("shorter than the kernel") << 7 << 5 << 2.5 << 0.5;
    QTest::newRow("one ms") << 1 << 50 << 2.5 << 1.0;
    QTest::newRow("not a multiple of the window") << 137 << 50 << 3.3 << 0.05;
    QTest::newRow("silence") << 100 << 50 << 2.5 << 0.0;
    QTest::newRow("nothing") << 0 << 50 << 2.5 << 0.0;
}

void tst_Labels::rate()
{
    QFETCH(int, durationMs);
    QFETCH(int, windowMs);
    QFETCH(double, smoothingMs);
    QFETCH(double, probability);
    std::mt19937 random(7);
    Bins spike(static_cast<std::size_t>(durationMs));
    for (std::uint8_t &s : spike)
        s = static_cast<double>(random()) < probability * 4294967296.0;
    if (probability > 0.0 && probability < 1.0)
        QVERIFY(std::count(spike.begin(), spike.end(), 1) > 0);

    const std::vector<float> rate = instantRate(spike, windowMs, smoothingMs);
    const std::vector<double> expected = naiveRate(spike, windowMs, smoothingMs);
    QCOMPARE(rate.size(), expected.size());
    for (std::size_t t = 0; t < rate.size(); ++t)
        QVERIFY2(std::abs(static_cast<double>(rate[t]) - expected[t]) <= 1e-7 * expected[t] + 1e-15,
                 qPrintable(QStringLiteral("at %1 ms: %2, not %3")
                                .arg(t)
                                .arg(static_cast<double>(rate[t]))
                                .arg(expected[t])));
}

DT_TEST(tst_Labels, QCoreApplication)
#include "tst_Labels.moc"
