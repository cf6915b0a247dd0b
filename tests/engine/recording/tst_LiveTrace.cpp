// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recording/LiveTrace.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace dt;

class tst_LiveTrace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void empty();
    void keepsTheNewest();
    void memoryIsBounded();
    void fineStepsAreBoundedToo();
    void gapForgets();
    void overwrites();
    void sitesComeAndGo();
    void everyPointOfAShortWindow();
    void noSpikeIsLost();
    void pointsStayWhileItScrolls();
    void restartEmpties();

private:
    static std::vector<float> ramp(std::int64_t from, std::size_t n)
    {
        std::vector<float> values(n);
        for (std::size_t i = 0; i < n; ++i)
            values[i] = static_cast<float>(from) + static_cast<float>(i);
        return values;
    }
    static void add(LiveTrace &trace, std::size_t n)
    {
        const std::vector<float> values = ramp(trace.next(), n);
        trace.append(trace.next(), {values});
    }
};

void tst_LiveTrace::empty()
{
    LiveTrace trace(40, 100.0);
    trace.addSite();
    QCOMPARE(trace.endMs(), 0.0);
    QCOMPARE(trace.first(), trace.next());
    QVERIFY(trace.lastOf(0, 50.0, 100).x.empty());
    QVERIFY(trace.lastOf(3, 50.0, 100).x.empty());
    QVERIFY(std::isnan(trace.at(0, 0)));
}

void tst_LiveTrace::keepsTheNewest()
{
    LiveTrace trace(10, 10.0); // 101 samples
    trace.addSite();
    QCOMPARE(trace.capacity(), 101);
    for (int i = 0; i < 50; ++i)
        add(trace, 7);
    QCOMPARE(trace.next(), 350);
    QCOMPARE(trace.first(), 249);
    QCOMPARE(trace.endMs(), 34.9);
    for (std::int64_t k = trace.first(); k < trace.next(); ++k)
        QCOMPARE(trace.at(0, k), static_cast<float>(k));
    QVERIFY(std::isnan(trace.at(0, 248)));
    QVERIFY(std::isnan(trace.at(0, 350)));
}

void tst_LiveTrace::memoryIsBounded()
{
    // An hour at 5000 ms a second would be 7e8 samples: a short part of that, and one stretch that
    // is longer than all that is kept.
    LiveTrace trace(40, 5000.0);
    trace.addSite();
    const std::int64_t capacity = trace.capacity();
    QCOMPARE(capacity, 200'001);
    for (int i = 0; i < 100; ++i)
        add(trace, 40'000);
    add(trace, 500'000);
    QCOMPARE(trace.capacity(), capacity);
    QCOMPARE(trace.next() - trace.first(), capacity);
    QCOMPARE(trace.at(0, trace.next() - 1), static_cast<float>(trace.next() - 1));
    QVERIFY(trace.lastOf(0, 5000.0, 1000).x.size() <= 1100);
}

void tst_LiveTrace::fineStepsAreBoundedToo()
{
    LiveTrace trace(100'000, 5000.0);
    QCOMPARE(trace.capacity(), LiveTrace::MaxSamples);
}

void tst_LiveTrace::gapForgets()
{
    LiveTrace trace(10, 10.0);
    trace.addSite();
    add(trace, 20);
    const std::vector<float> later{1.0f, 2.0f};
    trace.append(40, {later});
    QCOMPARE(trace.first(), 40);
    QCOMPARE(trace.next(), 42);
    QCOMPARE(trace.at(0, 41), 2.0f);
}

void tst_LiveTrace::overwrites()
{
    LiveTrace trace(10, 10.0);
    trace.addSite();
    add(trace, 20);
    const std::vector<float> again{-1.0f, -2.0f};
    trace.append(10, {again});
    QCOMPARE(trace.next(), 12);
    QCOMPARE(trace.at(0, 9), 9.0f);
    QCOMPARE(trace.at(0, 10), -1.0f);
    QVERIFY(std::isnan(trace.at(0, 12)));
}

void tst_LiveTrace::sitesComeAndGo()
{
    LiveTrace trace(10, 10.0);
    trace.addSite();
    add(trace, 5);
    trace.addSite();
    const std::vector<float> a = ramp(5, 5);
    const std::vector<float> b{50.0f, 51.0f, 52.0f, 53.0f, 54.0f};
    trace.append(5, {a, b});
    QVERIFY(std::isnan(trace.at(1, 4))); // its past is unknown
    QCOMPARE(trace.at(1, 5), 50.0f);
    QCOMPARE(trace.lastOf(1, 10.0, 1000).x.size(), std::size_t(5));
    trace.removeSite(0);
    QCOMPARE(trace.siteCount(), 1);
    QCOMPARE(trace.at(0, 9), 54.0f);
    trace.removeSite(7); // there is none
    // A stretch that is missing is unknown.
    trace.addSite();
    trace.append(10, {{}, a});
    QVERIFY(std::isnan(trace.at(0, 10)));
    QCOMPARE(trace.at(1, 10), 5.0f);
}

void tst_LiveTrace::everyPointOfAShortWindow()
{
    LiveTrace trace(40, 100.0);
    trace.addSite();
    add(trace, 1000);
    const LiveTrace::Line line = trace.lastOf(0, 5.0, 1000);
    QCOMPARE(line.x.size(), std::size_t(201));
    QCOMPARE(line.x.front(), -5.0);
    QCOMPARE(line.x.back(), 0.0);
    QCOMPARE(line.y.back(), 999.0);
    QVERIFY(std::is_sorted(line.x.begin(), line.x.end()));
}

void tst_LiveTrace::noSpikeIsLost()
{
    LiveTrace trace(40, 5000.0);
    trace.addSite();
    std::vector<float> values(200'000, -80.0f);
    values[123'457] = 40.0f;
    values[123'500] = -95.0f;
    trace.append(0, {values});
    const LiveTrace::Line line = trace.lastOf(0, 5000.0, 500);
    QVERIFY(line.x.size() <= 600);
    QCOMPARE(*std::max_element(line.y.begin(), line.y.end()), 40.0);
    QCOMPARE(*std::min_element(line.y.begin(), line.y.end()), -95.0);
    const auto peak = std::max_element(line.y.begin(), line.y.end()) - line.y.begin();
    QCOMPARE(line.x[static_cast<std::size_t>(peak)], (123'457 - 199'999) / 40.0);
}

void tst_LiveTrace::pointsStayWhileItScrolls()
{
    // The points of what has scrolled are the same samples, else a line would tremble.
    LiveTrace trace(40, 1000.0);
    trace.addSite();
    std::vector<float> values;
    for (int i = 0; i < 40'000; ++i)
        values.push_back(static_cast<float>(std::sin(0.37 * i) + 0.2 * std::sin(0.011 * i)));
    trace.append(0, {values});
    const auto samples = [&] {
        std::vector<std::int64_t> numbers;
        for (const double x : trace.lastOf(0, 500.0, 400).x)
            numbers.push_back(trace.next() - 1 + std::llround(x * 40.0));
        return numbers;
    };
    const std::vector<std::int64_t> before = samples();
    const std::vector<float> more(13, 0.0f);
    trace.append(trace.next(), {more});
    const std::vector<std::int64_t> after = samples();
    int missing = 0;
    for (const std::int64_t k : before) {
        if (k > trace.next() - 1 - 19'000 && k < 39'800
            && std::find(after.begin(), after.end(), k) == after.end())
            ++missing;
    }
    QCOMPARE(missing, 0);
}

void tst_LiveTrace::restartEmpties()
{
    LiveTrace trace(40, 100.0);
    trace.addSite();
    trace.addSite();
    add(trace, 100);
    trace.restart(40);
    QCOMPARE(trace.next(), 0);
    QCOMPARE(trace.siteCount(), 2);
    QVERIFY(std::isnan(trace.at(0, 0)));
    trace.restart(20);
    QCOMPARE(trace.capacity(), 2001);
    add(trace, 3);
    QCOMPARE(trace.endMs(), 0.1);
}

DT_TEST(tst_LiveTrace, QCoreApplication)
#include "tst_LiveTrace.moc"
