// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/training/TrainingHistory.h"

#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <cmath>
#include <functional>
#include <limits>

using namespace dt;

namespace {

LossRecord record(double spikes, double others = 1.0)
{
    LossRecord r;
    r.losses.heads = {spikes, others, others, others, others};
    r.weights = {2.0, 1.0, 1.0, 1.0, 1.0};
    r.losses.total = 2.0 * spikes + 4.0 * others;
    return r;
}

/// Two epochs of 30 iterations, spike losses 0, 1, 2, ...; validations after 29 and 59.
TrainingHistory twoEpochs()
{
    TrainingHistory h;
    h.iterationsPerEpoch = 30;
    const TrainingSettings settings;
    for (int i = 0; i < 60; ++i) {
        if (i % 30 == 0)
            h.learningRate.push_back(1e-4);
        h.addIteration(record(i), 60.0 - i);
        if (i % 30 == 29) {
            h.addValidation(record(i == 29 ? 0.5 : 0.25), settings);
            h.epochSeconds.push_back(1.0);
        }
    }
    h.seconds = 90.0;
    return h;
}

} // namespace

class tst_TrainingHistory : public QObject
{
    Q_OBJECT

    using Change = std::function<void(TrainingHistory &)>;

private Q_SLOTS:
    void columns();
    void recentMeans();
    void best();
    void bestInOneWeighting();
    void kept();
    void notANumber();
    void report();
    void emptyReport();
    void lines();
    void wrong_data();
    void wrong();
};

void tst_TrainingHistory::columns()
{
    const TrainingHistory h = twoEpochs();
    VERIFY_OK(validateHistory(h));
    VERIFY_OK(validateHistory(TrainingHistory{}));
    QCOMPARE(h.iterations(), 60u);
    QCOMPARE(h.validations(), 2u);
    QCOMPARE(h.validationIteration, (std::vector<std::int64_t>{29, 59}));
    const LossRecord row = h.training.row(7);
    QCOMPARE(row.losses, record(7).losses);
    QCOMPARE(row.weights, record(7).weights);
    QCOMPARE(h.gradNorm[7], 53.0);
    QCOMPARE(h.training.heads[headIndex(Head::Spikes)][59], 59.0);
}

void tst_TrainingHistory::recentMeans()
{
    const TrainingHistory h = twoEpochs();
    QCOMPARE(h.recentMean(59)->heads[0], 34.5); // 10..59
    QCOMPARE(h.recentMean(59)->total, 2 * 34.5 + 4.0);
    QCOMPARE(h.recentMean(49)->heads[0], 24.5);
    QCOMPARE(h.recentMean(9)->heads[0], 4.5); // a short training has fewer
    QCOMPARE(h.recentMean(0)->heads[0], 0.0);
    QVERIFY(!h.recentMean(-1));
    QVERIFY(!TrainingHistory{}.recentMean(0));
}

void tst_TrainingHistory::best()
{
    TrainingHistory h = twoEpochs();
    QVERIFY(h.best.has_value());
    QCOMPARE(h.best->iteration, 59);
    QCOMPARE(h.best->validation.heads[0], 0.25); // without slack
    QCOMPARE(h.best->training.heads[0], 34.5);
    const TrainingSettings settings; // the other losses are the same all the time
    h.addIteration(record(1), 1.0);
    QVERIFY(!h.addValidation(record(0.26), settings));
    QCOMPARE(h.best->iteration, 59);
    h.addIteration(record(1), 1.0);
    QVERIFY(h.addValidation(record(0.25009), settings));
    QCOMPARE(h.best->iteration, 61);
    QCOMPARE(h.best->validation.heads[0], 0.25009);
    h.addIteration(record(1), 1.0);
    QVERIFY(!h.addValidation(record(0.25015), settings)); // 0.25 is still the lowest
    VERIFY_OK(validateHistory(h));
}

// Losses of TCN A in ten epochs on 60 simulations: all fall but that of spikes, which the first
// weights have low by accident, and the sum in force, whose weights move.
void tst_TrainingHistory::bestInOneWeighting()
{
    const struct
    {
        int epoch;
        HeadValues losses;
    } validations[] = {{0, {0.1351, 1.1289, 0.4840, 0.0672, 0.3456}},
                       {2, {0.1515, 0.8358, 0.4725, 0.0284, 0.2880}},
                       {5, {0.1513, 0.8012, 0.4707, 0.0228, 0.2728}},
                       {9, {0.1477, 0.7807, 0.4696, 0.0171, 0.2728}}};
    const struct
    {
        BestRule rule;
        std::int64_t kept;
    } rules[] = {{BestRule::Lowest, 0}, {BestRule::Kept, 0}, {BestRule::Halfway, 3}};
    for (const auto &[rule, kept] : rules) {
        TrainingSettings settings;
        settings.epochs = 10;
        settings.bestRule = rule;
        TrainingHistory h;
        h.iterationsPerEpoch = 1;
        for (const auto &[epoch, losses] : validations) {
            LossRecord r;
            r.losses.heads = losses;
            r.weights = settings.lossWeights(epoch);
            for (std::size_t head = 0; head < HeadCount; ++head)
                r.losses.total += r.weights[head] * losses[head];
            h.addIteration(r, 1.0);
            h.addValidation(r, settings);
        }
        QVERIFY(h.validation.total[3] > h.validation.total[2]); // though all losses fell
        QCOMPARE(h.best->iteration, kept);
        QCOMPARE(h.lowestScore(settings)->iteration, kept);
    }
}

void tst_TrainingHistory::kept()
{
    TrainingSettings settings;
    settings.bestRule = BestRule::Kept;
    TrainingHistory h;
    h.iterationsPerEpoch = 1;
    double loss = 0.1;
    for (int i = 0; i < 10; ++i) {
        h.addIteration(record(1), 1.0);
        QVERIFY(h.addValidation(record(loss), settings)); // the reference's rule ratchets upwards
        loss += 0.9e-4;
    }
    QCOMPARE(h.best->iteration, 9);
}

void tst_TrainingHistory::notANumber()
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    TrainingHistory h;
    h.iterationsPerEpoch = 1;
    const TrainingSettings settings;
    h.addIteration(record(nan), nan);
    QVERIFY(!h.addValidation(record(nan), settings));
    QVERIFY(!h.best);
    h.addIteration(record(1), 1.0);
    QVERIFY(h.addValidation(record(0.5), settings));
    h.addIteration(record(1), 1.0);
    QVERIFY(!h.addValidation(record(nan), settings));
    QCOMPARE(h.best->iteration, 1);
    QCOMPARE(h.lowestValidation(Head::Spikes)->iteration, 1);
}

void tst_TrainingHistory::report()
{
    const TrainingHistory h = twoEpochs();
    TrainingSettings settings;
    settings.epochs = 6; // 2 epochs of warm-up: the whole training
    const TrainingReport r = trainingReport(h, settings);
    QCOMPARE(r.iterations, 60);
    QCOMPARE(r.validations, 2);
    QCOMPARE(r.finalTraining->heads[0], 34.5);
    QCOMPARE(r.finalValidation->heads[0], 0.25);
    QCOMPARE(*r.best, *h.best);
    QCOMPARE(*r.meanGradNorm, 25.5); // 1..50
    QCOMPARE(*r.maxGradNorm, 60.0);
    QCOMPARE(r.gradNormLimit, 25.0);
    QCOMPARE(r.lowest[0]->loss, 0.25);
    QCOMPARE(r.lowest[0]->iteration, 59);
    QCOMPARE(r.lowest[1]->iteration, 29); // the first of equal ones
    double warmUp = 0.0;
    double last = 0.0;
    for (int i = 0; i < 60; ++i) {
        const double share = 2.0 * i / (2.0 * i + 4.0);
        warmUp += share / 60.0;
        last += i >= 30 ? share / 30.0 : 0.0;
    }
    QVERIFY(std::abs((*r.warmUpShare)[0] - warmUp) < 1e-12);
    QVERIFY(std::abs((*r.lastEpochShare)[0] - last) < 1e-12);
    double sum = 0.0;
    for (const double share : *r.lastEpochShare)
        sum += share;
    QVERIFY(std::abs(sum - 1.0) < 1e-12);
}

void tst_TrainingHistory::emptyReport()
{
    const TrainingReport r = trainingReport(TrainingHistory{}, TrainingSettings{});
    QVERIFY(!r.finalTraining && !r.finalValidation && !r.best && !r.meanGradNorm && !r.maxGradNorm);
    QVERIFY(!r.warmUpShare && !r.lastEpochShare && !r.lowest[0]);
    QCOMPARE(reportLines(r).size(), 1u);
}

void tst_TrainingHistory::lines()
{
    const std::vector<std::string> lines = reportLines(trainingReport(twoEpochs(), {}));
    const auto has = [&](const std::string &line) {
        return std::find(lines.begin(), lines.end(), line) != lines.end();
    };
    QVERIFY(has("trained 60 iterations with 2 validations in 1.50 min"));
    QVERIFY(has("best model: iteration 59, spike loss 0.25000 in validation"));
    QVERIFY(has("best spikes: training 34.50000, validation 0.25000"));
    QVERIFY(has("final total: training 73.00000, validation 4.50000"));
    QVERIFY(has("gradient norm: mean of the last iterations 25.50000, largest 60.00000, clipped at "
                "25.00000"));
    QVERIFY(has("lowest validation spikes: 0.25000 at iteration 59"));
}

void tst_TrainingHistory::wrong_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<Change>("change");
    const auto row = [](const char *name, const char *words, const Change &change) {
        QTest::newRow(name) << QByteArray(words) << change;
    };
    row("short loss", "iterations differ in length",
        [](TrainingHistory &h) { h.training.heads[3].pop_back(); });
    row("short weight", "iterations differ in length",
        [](TrainingHistory &h) { h.training.weights[0].pop_back(); });
    row("short norm", "iterations differ in length",
        [](TrainingHistory &h) { h.gradNorm.pop_back(); });
    row("short validation", "validations differ in length",
        [](TrainingHistory &h) { h.validation.total.pop_back(); });
    row("no places", "validations differ in length",
        [](TrainingHistory &h) { h.validationIteration.clear(); });
    row("beyond", "not among the iterations",
        [](TrainingHistory &h) { h.validationIteration[1] = 60; });
    row("unordered", "not in order", [](TrainingHistory &h) { h.validationIteration[0] = 59; });
    row("best", "never validated", [](TrainingHistory &h) { h.best->iteration = 5; });
    row("epochs", "iterations per epoch", [](TrainingHistory &h) { h.iterationsPerEpoch = 0; });
    row("seconds", "more epochs ended", [](TrainingHistory &h) { h.learningRate.clear(); });
}

void tst_TrainingHistory::wrong()
{
    QFETCH(QByteArray, words);
    QFETCH(Change, change);
    TrainingHistory h = twoEpochs();
    change(h);
    VERIFY_ERROR(validateHistory(h), ErrorCode::Format, words.toStdString());
}

DT_TEST(tst_TrainingHistory, QCoreApplication)
#include "tst_TrainingHistory.moc"
