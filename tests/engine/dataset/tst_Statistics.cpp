// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dataset/Statistics.h"

#include "engine/base/Half.h"
#include "engine/dataset/StoredSimulation.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <cmath>
#include <limits>
#include <set>

using namespace dt;

namespace {

double of(const StatisticValues &values, Statistic statistic)
{
    return values[static_cast<std::size_t>(statistic)];
}

bool near(double a, double b)
{
    return std::abs(a - b) <= 1e-12 * std::max(1.0, std::abs(b));
}

} // namespace

class tst_Statistics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names();
    void handMade();
    void largeMeans();
    void ofStored();
    void intervals_data();
    void intervals();
    void closedRanges();
    void published();
    void firstIsTold();
    void parses_data();
    void parses();
    void refuses_data();
    void refuses();
};

void tst_Statistics::names()
{
    QCOMPARE(statistics().size(), StatisticCount);
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < StatisticCount; ++i) {
        const StatisticInfo &info = statistics()[i];
        QCOMPARE(static_cast<std::size_t>(info.statistic), i);
        QVERIFY(findStatistic(info.name) == &info);
        QVERIFY(!info.title.empty());
        seen.insert(info.name);
    }
    // The names of the command line, docs/guide/9-command-line.md.
    const std::set<std::string_view> expected{
        "firing_rate_hz",    "near_spike_mean", "soma_v_mean", "soma_v_sd",
        "inst_rate_mean_hz", "inst_rate_sd_hz", "dend_v_mean", "dend_v_sd",
        "exc_mean",          "exc_sd",          "inh_mean",    "inh_sd"};
    QVERIFY(seen == expected);
    QVERIFY(!findStatistic("spikes"));
    QVERIFY(!findStatistic(""));
}

void tst_Statistics::handMade()
{
    // Two segments, four ms; every value was computed by hand.
    const std::vector<float> exc{0, 1, 0, 0, 2, 0, 0, 5};
    const std::vector<float> inh{0, 0, 0, 0, 0, 0, 0, 4};
    const std::vector<float> soma{-80, -70, -80, -70};
    const std::vector<float> dend{-60, -60, -60, -60, -50, -50, -50, -50};
    const std::vector<float> rate{0.0f, 0.5f, 0.0f, 0.5f};
    const std::vector<std::uint8_t> spike{0, 1, 0, 0};
    const std::vector<std::uint8_t> nearSpike{0, 1, 1, 1};
    const StatisticValues v = computeStatistics({exc, inh, soma, dend, rate, spike, nearSpike});
    QCOMPARE(of(v, Statistic::FiringRateHz), 250.0);
    QCOMPARE(of(v, Statistic::NearSpikeMean), 0.75);
    QCOMPARE(of(v, Statistic::SomaVMean), -75.0);
    QCOMPARE(of(v, Statistic::SomaVSd), 5.0);
    QCOMPARE(of(v, Statistic::InstRateMeanHz), 250.0);
    QCOMPARE(of(v, Statistic::InstRateSdHz), 250.0);
    QCOMPARE(of(v, Statistic::DendVMean), -55.0);
    QCOMPARE(of(v, Statistic::DendVSd), 5.0);
    QCOMPARE(of(v, Statistic::ExcMean), 1.0);
    // Population: squares 1+0+1+1+1+1+1+16 = 22, over 8.
    QVERIFY(near(of(v, Statistic::ExcSd), std::sqrt(22.0 / 8.0)));
    QCOMPARE(of(v, Statistic::InhMean), 0.5);
    QVERIFY(near(of(v, Statistic::InhSd), std::sqrt(7 * 0.25 / 8.0 + 3.5 * 3.5 / 8.0)));
}

void tst_Statistics::largeMeans()
{
    // In one pass of squares the spread would drown.
    const std::vector<float> soma{-1.0e7f, -1.0e7f - 1.0f, -1.0e7f + 1.0f};
    const StatisticValues v = computeStatistics({{}, {}, soma, {}, {}, {}, {}});
    QVERIFY(near(of(v, Statistic::SomaVSd), std::sqrt(2.0 / 3.0)));
    QCOMPARE(of(v, Statistic::DendVMean), 0.0); // of nothing
    QCOMPARE(of(v, Statistic::DendVSd), 0.0);
}

void tst_Statistics::ofStored()
{
    // What counts are the rounded numbers in the file.
    StoredSimulation s;
    s.inputs = {halfFromFloat(0.1f), 0, 0, halfFromFloat(3.0f)};
    s.dendV = {halfFromFloat(-70.03f), halfFromFloat(-60.0f)};
    s.somaV = {-80.5f, -79.5f};
    s.instRate = {0.001f, 0.002f};
    s.spikes = {1, 0};
    s.nearSpikes = {1, 1};
    const StatisticValues v = statisticsOf(s, 1);
    QCOMPARE(of(v, Statistic::ExcMean), double(floatFromHalf(halfFromFloat(0.1f))) / 2.0);
    QCOMPARE(of(v, Statistic::InhMean), 1.5);
    QCOMPARE(of(v, Statistic::DendVMean),
             (double(floatFromHalf(halfFromFloat(-70.03f))) - 60.0) / 2.0);
    QCOMPARE(of(v, Statistic::SomaVMean), -80.0);
    QCOMPARE(of(v, Statistic::FiringRateHz), 500.0);
}

void tst_Statistics::intervals_data()
{
    QTest::addColumn<QByteArray>("spikes");
    QTest::addColumn<QList<int>>("expected");
    QTest::newRow("nothing") << QByteArray() << QList<int>{};
    QTest::newRow("silence") << QByteArray("0000") << QList<int>{};
    QTest::newRow("one spike") << QByteArray("0010") << QList<int>{};
    QTest::newRow("two at the ends") << QByteArray("1001") << QList<int>{3};
    QTest::newRow("neighbours") << QByteArray("0110100001") << QList<int>{1, 2, 5};
}

void tst_Statistics::intervals()
{
    QFETCH(QByteArray, spikes);
    QFETCH(QList<int>, expected);
    std::vector<std::uint8_t> flags;
    for (const char c : spikes)
        flags.push_back(c == '1');
    const std::vector<int> found = interSpikeIntervals(flags);
    QCOMPARE(QList<int>(found.begin(), found.end()), expected);
}

void tst_Statistics::closedRanges()
{
    const StatisticRange range{Statistic::FiringRateHz, 0.4, 20.0};
    QVERIFY(range.contains(0.4));
    QVERIFY(range.contains(20.0));
    QVERIFY(!range.contains(std::nextafter(0.4, 0.0)));
    QVERIFY(!range.contains(std::nextafter(20.0, 30.0)));
    QVERIFY(!range.contains(std::numeric_limits<double>::quiet_NaN()));
    StatisticValues values{};
    values[0] = 20.0;
    QVERIFY(!firstViolation(values, std::vector{range}));
    values[0] = 20.1;
    QCOMPARE(*firstViolation(values, std::vector{range}), range);
    QVERIFY(!firstViolation(values, std::vector<StatisticRange>{}));
}

void tst_Statistics::published()
{
    // The eight criteria of docs/DATASETS.md.
    const std::vector<StatisticRange> expected{
        {Statistic::FiringRateHz, 0.4, 20.0},   {Statistic::NearSpikeMean, 0.0, 0.75},
        {Statistic::SomaVMean, -85.0, -70.0},   {Statistic::SomaVSd, 1.0, 12.0},
        {Statistic::InstRateMeanHz, 0.0, 20.0}, {Statistic::InstRateSdHz, 1.0, 30.0},
        {Statistic::DendVMean, -85.0, -5.0},    {Statistic::DendVSd, 1.0, 30.0}};
    QCOMPARE(publishedFilter(), expected);
}

void tst_Statistics::firstIsTold()
{
    const std::vector<StatisticRange> filter{{Statistic::SomaVSd, 1.0, 2.0},
                                             {Statistic::FiringRateHz, 5.0, 6.0}};
    const auto broken = firstViolation(StatisticValues{}, filter); // both
    QVERIFY(broken.has_value());
    QVERIFY(broken->statistic == Statistic::SomaVSd);
}

void tst_Statistics::parses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("statistic");
    QTest::addColumn<double>("lo");
    QTest::addColumn<double>("hi");
    QTest::newRow("rate") << QByteArray("firing_rate_hz=0.4:20") << int(Statistic::FiringRateHz)
                          << 0.4 << 20.0;
    QTest::newRow("negative") << QByteArray("soma_v_mean=-85:-70.5") << int(Statistic::SomaVMean)
                              << -85.0 << -70.5;
    QTest::newRow("one value") << QByteArray("exc_sd=1e-3:1e-3") << int(Statistic::ExcSd) << 1e-3
                               << 1e-3;
}

void tst_Statistics::parses()
{
    QFETCH(QByteArray, text);
    QFETCH(int, statistic);
    QFETCH(double, lo);
    QFETCH(double, hi);
    const Result<StatisticRange> range = parseRange(text.toStdString());
    VERIFY_OK(range);
    QCOMPARE(*range, (StatisticRange{static_cast<Statistic>(statistic), lo, hi}));
}

void tst_Statistics::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char *text, const char *words) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(words);
    };
    row("", "NAME=LO:HI");
    row("firing_rate_hz", "NAME=LO:HI");
    row("firing_rate_hz=1", "NAME=LO:HI");
    row("firing_rate_hz=:", "NAME=LO:HI");
    row("firing_rate_hz=1:", "NAME=LO:HI");
    row("firing_rate_hz=:2", "NAME=LO:HI");
    row("firing_rate_hz=a:b", "NAME=LO:HI");
    row("firing_rate_hz=1:2:3", "NAME=LO:HI");
    row("firing_rate_hz=1:2 ", "NAME=LO:HI");
    row("firing_rate_hz:1=2", "NAME=LO:HI");
    row("firing_rate_hz=nan:2", "NAME=LO:HI");
    row("=1:2", "no statistic ''");
    row("rate=1:2", "no statistic 'rate'");
    row("firing_rate_hz=2:1", "2 is above 1");
}

void tst_Statistics::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, words);
    const Result<StatisticRange> range = parseRange(text.toStdString());
    QVERIFY(!range);
    QVERIFY2(test::isSentence(range.error().message), range.error().message.c_str());
    QVERIFY2(test::contains(range.error().message, words.toStdString()),
             range.error().message.c_str());
    if (text.startsWith("rate"))
        QVERIFY(test::contains(range.error().message, "near_spike_mean"));
}

DT_TEST(tst_Statistics, QCoreApplication)
#include "tst_Statistics.moc"
