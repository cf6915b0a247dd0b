// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/training/TrainingWindows.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>
#include <numeric>
#include <set>

using namespace dt;

class tst_TrainingWindows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void orders();
    void starts_data();
    void starts();
    void streamsDiffer();
    void sameEverywhere();
};

void tst_TrainingWindows::orders()
{
    const std::vector<std::uint32_t> order = epochOrder(1, 0, 100);
    std::vector<std::uint32_t> sorted = order;
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::uint32_t> all(100);
    std::iota(all.begin(), all.end(), 0u);
    QCOMPARE(sorted, all);
    QVERIFY(order != all);
    QCOMPARE(epochOrder(1, 0, 100), order);
    QVERIFY(epochOrder(1, 1, 100) != order);
    QVERIFY(epochOrder(2, 0, 100) != order);
    QVERIFY(epochOrder(1, 0, 0).empty());
    QCOMPARE(epochOrder(1, 0, 1), std::vector<std::uint32_t>{0});
    // Every place is about equally likely for every simulation.
    std::vector<int> firsts(5, 0);
    for (int epoch = 0; epoch < 5000; ++epoch)
        ++firsts[epochOrder(3, epoch, 5)[0]];
    for (const int count : firsts)
        QVERIFY(count > 850 && count < 1150);
}

void tst_TrainingWindows::starts_data()
{
    QTest::addColumn<int>("durationMs");
    QTest::addColumn<int>("windowMs");
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("last");
    QTest::newRow("test window of the reference") << 8192 << 8128 << 16 << 47;
    QTest::newRow("longest") << 200 << 167 << 16 << 16;
    QTest::newRow("short") << 100 << 60 << 16 << 23;
}

void tst_TrainingWindows::starts()
{
    QFETCH(int, durationMs);
    QFETCH(int, windowMs);
    QFETCH(int, first);
    QFETCH(int, last);
    QCOMPARE(windowStarts(durationMs, windowMs, 16), last - first + 1);
    std::set<int> training;
    std::set<int> validation;
    for (std::uint32_t i = 0; i < 2000; ++i) {
        training.insert(trainingWindowStart(1, 0, i, durationMs, windowMs, 16));
        validation.insert(validationWindowStart(1, 0, i, durationMs, windowMs, 16));
    }
    for (const std::set<int> &seen : {training, validation}) {
        QCOMPARE(*seen.begin(), first);
        QCOMPARE(*seen.rbegin(), last);
        QCOMPARE(static_cast<int>(seen.size()), last - first + 1);
    }
}

void tst_TrainingWindows::streamsDiffer()
{
    const auto draw = [](std::uint64_t seed, int epoch) {
        std::vector<int> starts;
        for (std::uint32_t i = 0; i < 20; ++i)
            starts.push_back(trainingWindowStart(seed, epoch, i, 8192, 2048, 16));
        return starts;
    };
    const std::vector<int> one = draw(1, 0);
    QCOMPARE(draw(1, 0), one);
    QVERIFY(draw(1, 1) != one);
    QVERIFY(draw(2, 0) != one);
    QVERIFY(std::set<int>(one.begin(), one.end()).size() > 15);
}

void tst_TrainingWindows::sameEverywhere()
{
    // Any change here makes old checkpoints go on differently.
    QCOMPARE(epochOrder(7, 3, 8), (std::vector<std::uint32_t>{3, 2, 5, 4, 0, 1, 7, 6}));
    QCOMPARE(trainingWindowStart(1, 0, 0, 8192, 2048, 16), 1091);
    QCOMPARE(trainingWindowStart(1, 0, 3, 8192, 2048, 16), 2013);
    QCOMPARE(validationWindowStart(1, 0, 0, 8192, 2048, 16), 3844);
}

DT_TEST(tst_TrainingWindows, QCoreApplication)
#include "tst_TrainingWindows.moc"
