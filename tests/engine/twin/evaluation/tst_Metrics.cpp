// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/evaluation/Metrics.h"

#include "engine/base/Random.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

using namespace dt;

namespace {

constexpr float Nan = std::numeric_limits<float>::quiet_NaN();
constexpr float Infinity = std::numeric_limits<float>::infinity();

using Labels = std::vector<std::uint8_t>;

struct Points
{
    std::vector<float> scores;
    Labels labels;
};

/// `levels` distinct scores at most; 0: all different.
Points randomPoints(std::uint64_t seed, std::size_t count, int levels, double positives = 0.2)
{
    RandomStream random({seed});
    Points points;
    for (std::size_t i = 0; i < count; ++i) {
        const bool positive = random.uniform() < positives;
        double score = (random.uniform() + random.uniform() + (positive ? 0.5 : 0.0)) / 2.5;
        if (levels > 0)
            score = std::floor(score * levels) / levels;
        points.scores.push_back(static_cast<float>(score));
        points.labels.push_back(positive ? 1 : 0);
    }
    return points;
}

/// Chance that a positive scores higher than a negative, by looking at every pair.
double aucOfPairs(const Points &p)
{
    double wins = 0.0;
    double pairs = 0.0;
    for (std::size_t i = 0; i < p.scores.size(); ++i) {
        for (std::size_t j = 0; j < p.scores.size(); ++j) {
            if (p.labels[i] && !p.labels[j]) {
                pairs += 1.0;
                wins += p.scores[i] > p.scores[j] ? 1.0 : p.scores[i] == p.scores[j] ? 0.5 : 0.0;
            }
        }
    }
    return wins / pairs;
}

double trapezoids(const RocCurve &roc)
{
    double area = 0.0;
    for (std::size_t i = 1; i < roc.size(); ++i)
        area += (roc.fpr[i] - roc.fpr[i - 1]) * (roc.tpr[i] + roc.tpr[i - 1]) / 2.0;
    return area;
}

bool near(double a, double b, double tolerance = 1e-12)
{
    return std::abs(a - b) <= tolerance;
}

} // namespace

class tst_Metrics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rocExample();
    void rocVertices();
    void rocAgainstPairs_data();
    void rocAgainstPairs();
    void rocUndefined_data();
    void rocUndefined();
    void scoresOfAnySign();
    void tprAtFpr();
    void averagePrecision();
    void thinning();
    void fiveMillionPoints();
    void decisions();
    void regressionExample();
    void regressionOffset();
    void regressionDegenerate();
    void regressionChunks();
    void regressionPrecision();
    void regressionUndefined();
    void places();
};

void tst_Metrics::rocExample()
{
    // Acceptance test 4 of the specification.
    const std::vector<float> scores{0.1f, 0.4f, 0.35f, 0.8f};
    const Labels labels{0, 0, 1, 1};
    const auto s = binaryScores(scores, labels);
    QVERIFY(s.has_value());
    QCOMPARE(s->roc.fpr, (std::vector<double>{0, 0, 0.5, 0.5, 1}));
    QCOMPARE(s->roc.tpr, (std::vector<double>{0, 0.5, 0.5, 1, 1}));
    QCOMPARE(s->roc.threshold[0], std::numeric_limits<double>::infinity());
    QCOMPARE(static_cast<float>(s->roc.threshold[1]), 0.8f);
    QCOMPARE(static_cast<float>(s->roc.threshold[4]), 0.1f);
    QCOMPARE(s->auc, 0.75);
    QCOMPARE(rocAuc(scores, labels).value(), 0.75);
    QCOMPARE(s->positives, 2u);
    QCOMPARE(s->negatives, 2u);
    QVERIFY(near(s->averagePrecision, 0.5 * 1.0 + 0.5 * (2.0 / 3.0)));
    QCOMPARE(s->precisionRecall.recall, (std::vector<double>{0.5, 0.5, 1, 1}));
    QCOMPARE(s->precisionRecall.precision[0], 1.0);
    QCOMPARE(s->precisionRecall.precision[1], 0.5);
}

void tst_Metrics::rocVertices()
{
    // Equal steps on the way are left out, the first and the last vertex never.
    const std::vector<float> scores{0.9f, 0.8f, 0.7f, 0.6f, 0.5f, 0.4f};
    const auto s = binaryScores(scores, Labels{1, 1, 1, 0, 0, 0});
    QCOMPARE(s->roc.fpr, (std::vector<double>{0, 0, 0, 1}));
    QCOMPARE(s->roc.tpr, (std::vector<double>{0, 1.0 / 3.0, 1, 1}));
    QCOMPARE(s->auc, 1.0);
    QCOMPARE(s->averagePrecision, 1.0);
    // One score for all says nothing.
    const auto flat = binaryScores(std::vector<float>(4, 0.5f), Labels{1, 0, 0, 0});
    QCOMPARE(flat->auc, 0.5);
    QCOMPARE(flat->averagePrecision, 0.25);
    QCOMPARE(flat->roc.fpr, (std::vector<double>{0, 1}));
    QCOMPARE(binaryScores(std::vector<float>{0.1f, 0.9f}, Labels{1, 0})->auc, 0.0);
}

void tst_Metrics::rocAgainstPairs_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("levels");
    QTest::newRow("few, ties") << 20 << 3;
    QTest::newRow("distinct") << 700 << 0;
    QTest::newRow("ties") << 700 << 10;
    QTest::newRow("radix sort, distinct") << 3000 << 0;
    QTest::newRow("radix sort, ties") << 3000 << 50;
}

void tst_Metrics::rocAgainstPairs()
{
    QFETCH(int, count);
    QFETCH(int, levels);
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        const Points p = randomPoints(seed, static_cast<std::size_t>(count), levels);
        const auto s = binaryScores(p.scores, p.labels);
        QVERIFY(s.has_value());
        QVERIFY(near(s->auc, aucOfPairs(p)));
        QVERIFY(near(s->auc, trapezoids(s->roc)));
        QCOMPARE(rocAuc(p.scores, p.labels).value(), s->auc);
        QVERIFY(std::is_sorted(s->roc.fpr.begin(), s->roc.fpr.end()));
        QVERIFY(std::is_sorted(s->roc.tpr.begin(), s->roc.tpr.end()));
        QVERIFY(std::is_sorted(s->roc.threshold.rbegin(), s->roc.threshold.rend()));
        // Every vertex says what its threshold does.
        for (std::size_t i = 1; i < s->roc.size(); i += s->roc.size() / 5 + 1) {
            double tp = 0.0;
            double fp = 0.0;
            for (std::size_t j = 0; j < p.scores.size(); ++j) {
                if (static_cast<double>(p.scores[j]) >= s->roc.threshold[i])
                    (p.labels[j] ? tp : fp) += 1.0;
            }
            QCOMPARE(s->roc.tpr[i], tp / static_cast<double>(s->positives));
            QCOMPARE(s->roc.fpr[i], fp / static_cast<double>(s->negatives));
            QCOMPARE(s->precisionRecall.precision[i - 1], tp / (tp + fp));
        }
    }
}

void tst_Metrics::rocUndefined_data()
{
    QTest::addColumn<std::vector<float>>("scores");
    QTest::addColumn<Labels>("labels");
    using F = std::vector<float>;
    QTest::newRow("nothing") << F{} << Labels{};
    QTest::newRow("no positive") << F{0.1f, 0.2f} << Labels{0, 0};
    QTest::newRow("no negative") << F{0.1f, 0.2f} << Labels{1, 1};
    QTest::newRow("not a number") << F{0.1f, Nan} << Labels{0, 1};
    QTest::newRow("lengths differ") << F{0.1f, 0.2f} << Labels{0, 1, 1};
}

void tst_Metrics::rocUndefined()
{
    QFETCH(std::vector<float>, scores);
    QFETCH(Labels, labels);
    QVERIFY(!binaryScores(scores, labels));
    QVERIFY(!rocAuc(scores, labels));
}

void tst_Metrics::scoresOfAnySign()
{
    const std::vector<float> scores{-Infinity, -2.0f, -1e-30f, -0.0f, 0.0f, 1e-30f, 3.0f, Infinity};
    const auto s = binaryScores(scores, Labels{0, 1, 0, 1, 0, 1, 0, 1});
    QCOMPARE(s->roc.threshold,
             (std::vector<double>{Infinity, Infinity, 3.0, double(1e-30f), 0.0, double(-1e-30f),
                                  -2.0, -Infinity}));
    QCOMPARE(s->roc.tpr, (std::vector<double>{0, 0.25, 0.25, 0.5, 0.75, 0.75, 1, 1}));
    QCOMPARE(s->roc.fpr, (std::vector<double>{0, 0, 0.25, 0.25, 0.5, 0.75, 0.75, 1}));
}

void tst_Metrics::tprAtFpr()
{
    // 1000 negatives, a positive after each of the first ten of them.
    std::vector<float> scores;
    Labels labels;
    float score = 1.0f;
    const auto add = [&](std::uint8_t label) {
        scores.push_back(score -= 1e-4f);
        labels.push_back(label);
    };
    for (int i = 0; i < 10; ++i) {
        add(0);
        add(1);
    }
    for (int i = 10; i < 1000; ++i)
        add(0);
    const auto s = binaryScores(scores, labels);
    QCOMPARE(s->requestedFpr, 0.002);
    QCOMPARE(s->achievedFpr, 0.002);
    QCOMPARE(s->tprAtFpr, 0.1); // the first of the two vertices there
    QVERIFY(near(binaryScores(scores, labels, 0.0042)->achievedFpr, 0.004));
    // The vertex at the origin is never taken, though it is nearest.
    const auto far = binaryScores(std::vector<float>{0.9f, 0.5f, 0.1f}, Labels{0, 1, 0});
    QCOMPARE(far->achievedFpr, 0.5);
    QCOMPARE(far->tprAtFpr, 0.0);
}

void tst_Metrics::averagePrecision()
{
    const Points p = randomPoints(5, 400, 20);
    std::set<float, std::greater<>> levels(p.scores.begin(), p.scores.end());
    const double positives = std::accumulate(p.labels.begin(), p.labels.end(), 0.0);
    double expected = 0.0;
    double recallBefore = 0.0;
    for (const float level : levels) {
        double tp = 0.0;
        double all = 0.0;
        for (std::size_t i = 0; i < p.scores.size(); ++i) {
            if (p.scores[i] >= level) {
                all += 1.0;
                tp += p.labels[i];
            }
        }
        expected += (tp / positives - recallBefore) * tp / all;
        recallBefore = tp / positives;
    }
    QVERIFY(near(binaryScores(p.scores, p.labels)->averagePrecision, expected));
}

void tst_Metrics::thinning()
{
    const Points p = randomPoints(1, 50000, 0);
    const auto s = binaryScores(p.scores, p.labels);
    QVERIFY(s->roc.size() > 10000);
    const RocCurve roc = thinned(s->roc, 500);
    QVERIFY(roc.size() <= 500 && roc.size() > 300);
    QCOMPARE(roc.fpr.front(), 0.0);
    QCOMPARE(roc.tpr.back(), 1.0);
    QCOMPARE(roc.tpr.size(), roc.size());
    QCOMPARE(roc.threshold.size(), roc.size());
    QVERIFY(near(trapezoids(roc), s->auc, 1e-4));
    for (std::size_t i = 1; i < roc.size(); ++i) {
        // Near the next one, unless the curve is straight in between.
        const double gap = roc.fpr[i] - roc.fpr[i - 1] + roc.tpr[i] - roc.tpr[i - 1];
        const auto whole =
            std::find(s->roc.threshold.begin(), s->roc.threshold.end(), roc.threshold[i]);
        QVERIFY(gap < 0.01 || *(whole - 1) == roc.threshold[i - 1]);
    }
    const PrecisionRecallCurve pr = thinned(s->precisionRecall, 500);
    QVERIFY(pr.recall.size() <= 500 && pr.recall.size() == pr.precision.size());
    const auto few = binaryScores(std::vector<float>{0.1f, 0.9f}, Labels{0, 1});
    QCOMPARE(thinned(few->roc, 500), few->roc);
    QCOMPARE(thinned(RocCurve{}, 10), RocCurve{});
}

void tst_Metrics::fiveMillionPoints()
{
    const Points p = randomPoints(2, 5'000'000, 0, 0.01);
    QElapsedTimer timer;
    timer.start();
    const auto s = binaryScores(p.scores, p.labels);
    const qint64 ms = timer.elapsed();
    QVERIFY(s.has_value());
    QVERIFY(near(s->auc, trapezoids(s->roc), 1e-9));
    QVERIFY2(ms < 10000, qPrintable(QStringLiteral("%1 ms").arg(ms))); // 0.5 s when optimised
    qInfo("5 million points: %lld ms", static_cast<long long>(ms));
}

void tst_Metrics::decisions()
{
    const std::vector<float> p{0.9f, 0.6f, 0.5f, 0.2f, 0.7f};
    const SpikeDecisions d = spikeDecisions(p, Labels{1, 0, 1, 0, 1});
    QCOMPARE(d, (SpikeDecisions{2, 1, 1})); // 0.5 is not above 0.5
    QCOMPARE(d.precision().value(), 2.0 / 3.0);
    QCOMPARE(d.recall().value(), 2.0 / 3.0);
    const SpikeDecisions none = spikeDecisions(std::vector<float>{0.1f}, Labels{0});
    QVERIFY(!none.precision() && !none.recall());
    QCOMPARE(spikeDecisions(p, Labels{1, 0, 1, 0, 1}, 0.0).recall().value(), 1.0);
}

void tst_Metrics::regressionExample()
{
    // Acceptance test 5 of the specification.
    const auto s = regressionSums(std::vector<float>{3.0f, -0.5f, 2.0f, 7.0f},
                                  std::vector<float>{2.5f, 0.0f, 2.0f, 8.0f})
                       .scores();
    QVERIFY(s.has_value());
    QCOMPARE(s->count, 4u);
    QVERIFY(near(s->explainedVariancePercent, 95.71734475374732, 1e-10));
    QVERIFY(near(s->r2, 0.9486081370449679));
    QCOMPARE(s->mae, 0.5);
    QVERIFY(near(s->rmse, 0.6123724356957945));
}

void tst_Metrics::regressionOffset()
{
    // Explained variance is blind to an offset, R2 is not.
    const auto s = regressionSums(std::vector<float>{1, 2, 3, 4}, std::vector<float>{3, 4, 5, 6});
    QVERIFY(near(s.scores()->explainedVariancePercent, 100.0));
    QVERIFY(near(s.scores()->r2, 1.0 - 16.0 / 5.0));
    QVERIFY(near(s.scores()->rmse, 2.0));
}

void tst_Metrics::regressionDegenerate()
{
    // 0.1 is no sum of powers of two: means get rounded, variances must still be 0.
    const std::vector<float> flat(10001, 0.1f);
    const auto exact = regressionSums(flat, flat).scores();
    QCOMPARE(exact->explainedVariancePercent, 100.0);
    QCOMPARE(exact->r2, 1.0);
    QCOMPARE(exact->rmse, 0.0);
    const auto shifted = regressionSums(flat, std::vector<float>(10001, 0.3f)).scores();
    QCOMPARE(shifted->explainedVariancePercent, 100.0);
    QCOMPARE(shifted->r2, 0.0);
    std::vector<float> other(10001, 0.1f);
    other[7000] = 0.2f;
    const auto wrong = regressionSums(flat, other).scores();
    QCOMPARE(wrong->explainedVariancePercent, 0.0);
    QCOMPARE(wrong->r2, 0.0);
}

void tst_Metrics::regressionChunks()
{
    RandomStream random({3});
    std::vector<float> truth;
    std::vector<float> predicted;
    for (int i = 0; i < 30000; ++i) {
        truth.push_back(static_cast<float>(random.uniform(-85.0, -60.0)));
        predicted.push_back(truth.back() + static_cast<float>(random.uniform(-2.0, 3.0)));
    }
    const auto whole = regressionSums(truth, predicted).scores();
    RegressionSums sums;
    RegressionSums second;
    const std::span<const float> t(truth);
    const std::span<const float> p(predicted);
    for (std::size_t begin = 0, size = 1; begin < t.size(); begin += size, size = size * 2 + 1) {
        const std::size_t n = std::min(size, t.size() - begin);
        (begin < 10000 ? sums : second).add(t.subspan(begin, n), p.subspan(begin, n));
    }
    sums.merge(second);
    sums.merge(RegressionSums{});
    const auto parts = sums.scores();
    QCOMPARE(parts->count, whole->count);
    QVERIFY(near(parts->explainedVariancePercent, whole->explainedVariancePercent, 1e-9));
    QVERIFY(near(parts->r2, whole->r2, 1e-11));
    QVERIFY(near(parts->rmse, whole->rmse, 1e-11));
    QVERIFY(near(parts->mae, whole->mae, 1e-11));
}

void tst_Metrics::regressionPrecision()
{
    // A small signal on a large offset, many times over.
    RegressionSums sums;
    const std::vector<float> truth{-85.0f, -84.984375f};
    const std::vector<float> predicted{-85.0f, -84.9921875f};
    for (int i = 0; i < 500'000; ++i)
        sums.add(truth, predicted);
    QCOMPARE(sums.count(), 1'000'000u);
    QVERIFY(near(sums.scores()->explainedVariancePercent, 75.0, 1e-6));
}

void tst_Metrics::regressionUndefined()
{
    QVERIFY(!RegressionSums{}.scores());
    for (const float bad : {Nan, Infinity, -Infinity}) {
        for (std::size_t at : {0u, 1u, 5000u}) {
            std::vector<float> good(6000, 1.0f);
            good[3] = 2.0f;
            std::vector<float> spoiled = good;
            spoiled[at] = bad;
            QVERIFY(!regressionSums(good, spoiled).scores());
            QVERIFY(!regressionSums(spoiled, good).scores());
            RegressionSums sums = regressionSums(good, good);
            sums.merge(regressionSums(good, spoiled));
            QVERIFY(!sums.scores());
        }
    }
}

void tst_Metrics::places()
{
    const std::vector<std::size_t> all = samplePlaces(1, 5, 20000);
    QCOMPARE(all, (std::vector<std::size_t>{0, 1, 2, 3, 4}));
    QVERIFY(samplePlaces(1, 0, 10).empty());
    const std::vector<std::size_t> some = samplePlaces(1, 1'000'000, 20000);
    QCOMPARE(some.size(), 20000u);
    QVERIFY(std::adjacent_find(some.begin(), some.end(), std::greater_equal<>()) == some.end());
    QVERIFY(some.back() < 1'000'000);
    QCOMPARE(samplePlaces(1, 1'000'000, 20000), some);
    QVERIFY(samplePlaces(2, 1'000'000, 20000) != some);
    // All of the range, not the first part of it (which was the reference's fault for dendrites).
    const auto firstHalf = std::lower_bound(some.begin(), some.end(), 500'000u) - some.begin();
    QVERIFY(firstHalf > 9600 && firstHalf < 10400);
}

DT_TEST(tst_Metrics, QCoreApplication)
#include "tst_Metrics.moc"
