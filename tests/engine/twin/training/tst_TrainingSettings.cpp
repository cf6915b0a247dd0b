// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/training/TrainingSettings.h"

#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <cmath>
#include <functional>
#include <limits>

using namespace dt;

namespace {

TrainingSettings withEpochs(int epochs)
{
    TrainingSettings settings;
    settings.epochs = epochs;
    return settings;
}

double rounded(double value, int decimals)
{
    const double factor = std::pow(10.0, decimals);
    return std::round(value * factor) / factor;
}

const double NaN = std::numeric_limits<double>::quiet_NaN();

} // namespace

/// Check values: training specification, sections 8, 9, 26.1 and 28.
class tst_TrainingSettings : public QObject
{
    Q_OBJECT

    using Change = std::function<void(TrainingSettings &)>;

private Q_SLOTS:
    void defaults();
    void epochsOfSchedule_data();
    void epochsOfSchedule();
    void learningRate_data();
    void learningRate();
    void learningRateOfShortRun();
    void ratePerStep();
    void transition_data();
    void transition();
    void lossWeights();
    void validationInterval_data();
    void validationInterval();
    void iterationsPerEpoch();
    void valid_data();
    void valid();
    void remarks();
    void windows();
    void shortenedWindows();
    void tooShort();
    void modelScore();
    void bestRules();
};

void tst_TrainingSettings::defaults()
{
    const TrainingSettings s;
    VERIFY_OK(validateTraining(s));
    QCOMPARE(s.epochs, 100);
    QCOMPARE(s.learningRate, 3e-4);
    QCOMPARE(s.weightDecay, 1e-3);
    QCOMPARE(s.maxGradNorm, 25.0);
    QCOMPARE(s.trainWindowMs, 2048);
    QCOMPARE(s.validWindowMs, 4096);
    QVERIFY(s.ratePerStep == false && s.bestRule == BestRule::Halfway);
}

void tst_TrainingSettings::epochsOfSchedule_data()
{
    QTest::addColumn<int>("epochs");
    QTest::addColumn<int>("warmUp");
    QTest::addColumn<int>("coolDown");
    QTest::addColumn<double>("from");
    QTest::addColumn<double>("to");
    QTest::newRow("6") << 6 << 2 << 3 << 5.0 << 8.0;
    QTest::newRow("10") << 10 << 2 << 3 << 5.0 << 8.0;
    QTest::newRow("20") << 20 << 2 << 5 << 5.0 << 8.0;
    QTest::newRow("50") << 50 << 5 << 12 << 12.5 << 20.0;
    QTest::newRow("100") << 100 << 10 << 25 << 25.0 << 40.0;
    QTest::newRow("150") << 150 << 15 << 37 << 37.5 << 60.0;
    QTest::newRow("480") << 480 << 40 << 120 << 100.0 << 160.0;
    QTest::newRow("800") << 800 << 40 << 200 << 100.0 << 160.0;
}

void tst_TrainingSettings::epochsOfSchedule()
{
    QFETCH(int, epochs);
    QFETCH(int, warmUp);
    QFETCH(int, coolDown);
    QFETCH(double, from);
    QFETCH(double, to);
    const TrainingSettings s = withEpochs(epochs);
    QCOMPARE(s.warmUpEpochs(), warmUp);
    QCOMPARE(s.coolDownEpochs(), coolDown);
    QCOMPARE(s.transitionStartEpoch(), from);
    QCOMPARE(s.transitionEndEpoch(), to);
    VERIFY_OK(validateTraining(s));
}

void tst_TrainingSettings::learningRate_data()
{
    QTest::addColumn<int>("printedEpoch");
    QTest::addColumn<double>("rate");
    const std::pair<int, double> values[] = {
        {1, 3e-7},      {2, 2.03e-5},   {3, 4.02e-5},  {5, 8.02e-5},   {6, 0.0001001},
        {7, 0.0001201}, {8, 0.0001401}, {9, 1.6e-4},   {10, 1.8e-4},   {11, 3e-4},
        {50, 3e-4},     {75, 3e-4},     {76, 1.5e-4},  {77, 1.438e-4}, {80, 1.25e-4},
        {85, 9.38e-5},  {90, 6.26e-5},  {92, 5.01e-5}, {94, 3.76e-5},  {95, 3.14e-5},
        {96, 2.51e-5},  {97, 1.89e-5},  {98, 1.26e-5}, {99, 6.4e-6},   {100, 2e-7}};
    for (const auto &[epoch, rate] : values)
        QTest::addRow("epoch %d", epoch) << epoch << rate;
}

void tst_TrainingSettings::learningRate()
{
    QFETCH(int, printedEpoch);
    QFETCH(double, rate);
    const double value = TrainingSettings{}.learningRateAt(printedEpoch - 1);
    QVERIFY2(std::abs(rounded(value, 7) - rate) < 1e-12, qPrintable(QString::number(value)));
}

void tst_TrainingSettings::learningRateOfShortRun()
{
    const TrainingSettings s = withEpochs(6);
    const double factors[] = {0.001, 0.6, 1.0, 0.5, 0.25025, 0.0005};
    for (int epoch = 0; epoch < 6; ++epoch)
        QVERIFY(std::abs(s.learningRateAt(epoch) - 3e-4 * factors[epoch]) < 1e-15);
}

void tst_TrainingSettings::ratePerStep()
{
    TrainingSettings s;
    QCOMPARE(s.learningRateAt(3, 100, 192), s.learningRateAt(3));
    s.ratePerStep = true;
    QCOMPARE(s.learningRateAt(0, 0, 192), 3e-4 * 0.001);
    QCOMPARE(s.learningRateAt(50, 100, 192), 3e-4);
    double before = 0.0;
    for (int step = 0; step < 10 * 192; ++step) {
        const double rate = s.learningRateAt(step / 192, step % 192, 192);
        QVERIFY(rate > before && rate < 3e-4 * 0.6);
        before = rate;
    }
    QVERIFY(before > 3e-4 * 0.599);
    QCOMPARE(s.learningRateAt(75, 0, 192), 1.5e-4);
    const double last = s.learningRateAt(99, 191, 192);
    QVERIFY(last > 3e-4 * 0.0005 && last < 3e-4 * 0.001);
}

void tst_TrainingSettings::transition_data()
{
    QTest::addColumn<int>("printedEpoch");
    QTest::addColumn<double>("phi");
    const std::pair<int, double> values[] = {{1, 0.0},   {26, 0.0},  {27, 0.07},
                                             {28, 0.13}, {30, 0.27}, {35, 0.60},
                                             {40, 0.93}, {41, 1.0},  {100, 1.0}};
    for (const auto &[epoch, phi] : values)
        QTest::addRow("epoch %d", epoch) << epoch << phi;
}

void tst_TrainingSettings::transition()
{
    QFETCH(int, printedEpoch);
    QFETCH(double, phi);
    QCOMPARE(rounded(TrainingSettings{}.phi(printedEpoch - 1), 2), phi);
}

void tst_TrainingSettings::lossWeights()
{
    TrainingSettings s;
    QCOMPARE(s.lossWeights(0), (HeadValues{2.0, 0.7, 1.8, 3.0, 6.0}));
    QCOMPARE(s.lossWeights(40), (HeadValues{24.0, 0.15, 0.25, 3.0, 0.6}));
    const HeadValues some = s.lossWeights(30); // a third of the way
    QVERIFY(std::abs(some[0] - (2.0 + 22.0 / 3.0)) < 1e-12);
    QVERIFY(std::abs(some[4] - (6.0 - 5.4 / 3.0)) < 1e-12);
    s.weightDecay = 0.1;
    QCOMPARE(s.lossWeights(99), (HeadValues{24.0, 0.165, 0.3, 3.5, 0.8}));
    s.endWeights = HeadValues{1.0, 2.0, 3.0, 4.0, 5.0};
    QCOMPARE(s.lossWeights(99), (HeadValues{1.0, 2.0, 3.0, 4.0, 5.0}));
    // So few epochs never get there.
    QVERIFY(withEpochs(8).phi(7) < 1.0);
    QCOMPARE(withEpochs(9).phi(8), 1.0);
}

void tst_TrainingSettings::validationInterval_data()
{
    QTest::addColumn<int>("iterations");
    QTest::addColumn<int>("interval");
    for (const auto &[iterations, interval] :
         {std::pair{192, 182}, {446, 423}, {96, 91}, {1, 1}, {2, 1}, {20, 19}, {100, 95}})
        QTest::addRow("%d", iterations) << iterations << interval;
}

void tst_TrainingSettings::validationInterval()
{
    QFETCH(int, iterations);
    QFETCH(int, interval);
    QCOMPARE(TrainingSettings{}.validationInterval(iterations), interval);
}

void tst_TrainingSettings::iterationsPerEpoch()
{
    const TrainingSettings s;
    QCOMPARE(s.iterationsPerEpoch(3068), 192);
    QCOMPARE(s.iterationsPerEpoch(7132), 446);
    QCOMPARE(s.iterationsPerEpoch(1532), 96);
    QCOMPARE(s.iterationsPerEpoch(1), 1);
    QCOMPARE(s.iterationsPerEpoch(16), 1);
    QCOMPARE(s.iterationsPerEpoch(17), 2);
    QCOMPARE(s.iterationsPerEpoch(0), 0);
    // Validations of the published trainings, and the iterations of their last ones.
    QCOMPARE(100 * 192 / 182, 105);
    QCOMPARE(105 * s.validationInterval(192) - 1, 19109);
    QCOMPARE(105 * s.validationInterval(446) - 1, 44414);
    QCOMPARE(150 * 96 / s.validationInterval(96), 158);
}

void tst_TrainingSettings::valid_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<QByteArray>("place");
    QTest::addColumn<Change>("change");
    const auto row = [](const char *name, const char *words, const char *place,
                        const Change &change) {
        QTest::newRow(name) << QByteArray(words) << QByteArray(place) << change;
    };
    row("few epochs", "at least 6 epochs", "epochs", [](auto &s) { s.epochs = 5; });
    row("negative epochs", "-1 is too few", "epochs", [](auto &s) { s.epochs = -1; });
    row("many epochs", "number of epochs", "epochs", [](auto &s) { s.epochs = 2'000'000'000; });
    row("no batch", "batch size of 0", "batch", [](auto &s) { s.trainBatch = 0; });
    row("no validation batch", "batch size of validation", "valid_batch",
        [](auto &s) { s.validBatch = -3; });
    row("no window", "training window", "window_ms", [](auto &s) { s.trainWindowMs = 0; });
    row("no validation window", "validation window", "valid_window_ms",
        [](auto &s) { s.validWindowMs = 0; });
    row("margin", "margin", "margin_ms", [](auto &s) { s.marginMs = -1; });
    row("no rate", "learning rate of 0", "lr", [](auto &s) { s.learningRate = 0.0; });
    row("rate is NaN", "learning rate of nan", "lr", [](auto &s) { s.learningRate = NaN; });
    row("huge rate", "learning rate of", "lr", [](auto &s) { s.learningRate = 1e3; });
    row("decay", "weight decay of -1", "weight_decay", [](auto &s) { s.weightDecay = -1.0; });
    row("beta", "beta2 of 1", "beta2", [](auto &s) { s.beta2 = 1.0; });
    row("clip", "gradient's norm of 0", "max_grad_norm", [](auto &s) { s.maxGradNorm = 0.0; });
    row("weights", "loss weight of -1", "start_weights", [](auto &s) { s.startWeights[2] = -1.0; });
    row("end weights", "loss weight of nan", "end_weights", [](auto &s) {
        s.endWeights = HeadValues{NaN, 1, 1, 1, 1};
    });
    row("transition backwards", "end of the loss weights' transition of 2", "transition_to",
        [](auto &s) { s.transitionTo = 2.0; });
    row("slack", "slack", "best_slack", [](auto &s) { s.bestSlack = NaN; });
    row("factor", "factor on the learning rate", "lr_factors", [](auto &s) { s.warmUpTo = -1.0; });
}

void tst_TrainingSettings::valid()
{
    QFETCH(QByteArray, words);
    QFETCH(QByteArray, place);
    QFETCH(Change, change);
    TrainingSettings s;
    change(s);
    const Status status = validateTraining(s);
    VERIFY_ERROR(status, ErrorCode::InvalidValue, words.toStdString());
    QCOMPARE(status.error().place, place.toStdString());
}

void tst_TrainingSettings::remarks()
{
    constexpr std::size_t Many = 20000;
    QVERIFY(trainingRemarks(withEpochs(9), Many).empty());
    QVERIFY(trainingRemarks(TrainingSettings{}, Many).empty());
    QCOMPARE(trainingRemarks(withEpochs(8), Many).size(), 1u);
    QVERIFY(test::isSentence(trainingRemarks(withEpochs(6), Many)[0]));
}

void tst_TrainingSettings::tooShort()
{
    // Ten epochs of 60 simulations in batches of 16: 40 steps, of which none is far.
    const TrainingSettings s = withEpochs(10);
    double sum = 0.0;
    for (int epoch = 0; epoch < 10; ++epoch)
        sum += 4 * s.learningRateAt(epoch);
    QCOMPARE(travel(s, 60), sum);
    QVERIFY(endsOnShelf(s, 60));
    const std::vector<std::string> remarks = trainingRemarks(s, 60);
    QCOMPARE(remarks.size(), 1u);
    QVERIFY2(test::contains(remarks[0], "too short to learn anything: 40 steps"),
             remarks[0].c_str());
    QVERIFY(trainingRemarks(s, 0).empty()); // there is nothing to train on at all
    // The published trainings leave it: after some 1,650 of 19,200 and at once of 44,600.
    QVERIFY(!endsOnShelf(TrainingSettings{}, 3068));
    QVERIFY(!endsOnShelf(TrainingSettings{}, 7132));
    // Smaller batches at a higher rate do on few simulations what the published settings do not.
    QVERIFY(endsOnShelf(TrainingSettings{}, 60));
    TrainingSettings small = withEpochs(60);
    small.trainBatch = 8;
    small.learningRate = 2.0e-3;
    QVERIFY(!endsOnShelf(small, 60));
    // What the remark advises is enough.
    const auto begin = remarks[0].find("Train for ") + 10;
    const int epochs = std::stoi(remarks[0].substr(begin));
    QVERIFY(!endsOnShelf(withEpochs(epochs), 60));
}

void tst_TrainingSettings::modelScore()
{
    const HeadValues losses{0.05, 0.4, 0.3, 0.01, 0.12};
    TrainingSettings s;
    QCOMPARE(s.bestRule, BestRule::Halfway);
    // 13 0.425 1.025 3 3.3, in units of the spike loss; the same in every epoch.
    QCOMPARE(s.halfwayWeights(), (HeadValues{13.0, 0.425, 1.025, 3.0, 3.3}));
    QCOMPARE(s.modelScore(losses),
             (13 * 0.05 + 0.425 * 0.4 + 1.025 * 0.3 + 3 * 0.01 + 3.3 * 0.12) / 13.0);
    s.startWeights = s.endWeights.emplace(HeadValues{0.0, 1.0, 0.0, 0.0, 2.0});
    QCOMPARE(s.modelScore({NaN, 0.4, NaN, NaN, 0.12}), 0.64); // what does not count may be anything
    QVERIFY(std::isnan(s.modelScore({0.05, NaN, 0.3, 0.01, 0.12})));
    for (const BestRule rule : {BestRule::Lowest, BestRule::Kept}) {
        s.bestRule = rule;
        QCOMPARE(s.modelScore(losses), 0.05);
    }
}

void tst_TrainingSettings::windows()
{
    // The duration must be strictly above window + 2 margins.
    QCOMPARE(longestWindowMs(8192, 16), 8159);
    TrainingSettings s;
    VERIFY_OK(checkWindows(s, 8192));
    VERIFY_OK(checkWindows(s, 4096 + 33));
    const Status valid = checkWindows(s, 4096 + 32);
    VERIFY_ERROR(valid, ErrorCode::InvalidValue, "at most 4095 ms");
    QCOMPARE(valid.error().place, std::string("valid_window_ms"));
    const Status train = checkWindows(s, 1000);
    VERIFY_ERROR(train, ErrorCode::InvalidValue, "simulations of 1000 ms: at most 967 ms");
    QCOMPARE(train.error().place, std::string("window_ms"));
    VERIFY_ERROR(checkWindows(s, 33), ErrorCode::InvalidValue, "at least 34 ms");
}

void tst_TrainingSettings::shortenedWindows()
{
    TrainingSettings s;
    Result<std::vector<std::string>> notes = fitWindows(s, 8192);
    VERIFY_OK(notes);
    QVERIFY(notes->empty() && s == TrainingSettings{});
    notes = fitWindows(s, 3000);
    VERIFY_OK(notes);
    QCOMPARE(notes->size(), 1u);
    QVERIFY(test::isSentence((*notes)[0]) && test::contains((*notes)[0], "shortened to 2967 ms"));
    QCOMPARE(s.trainWindowMs, 2048);
    QCOMPARE(s.validWindowMs, 2967);
    notes = fitWindows(s, 34);
    VERIFY_OK(notes);
    QCOMPARE(notes->size(), 2u);
    QCOMPARE(s.trainWindowMs, 1);
    QCOMPARE(s.validWindowMs, 1);
    VERIFY_OK(checkWindows(s, 34));
    VERIFY_ERROR(fitWindows(s, 33), ErrorCode::InvalidValue, "at least 34 ms");
    VERIFY_ERROR(fitWindows(s, 0), ErrorCode::InvalidValue, "at least 34 ms");
}

void tst_TrainingSettings::bestRules()
{
    TrainingSettings s;
    QVERIFY(isBetter(s, 0.5, std::nullopt, std::nullopt));
    QVERIFY(!isBetter(s, NaN, std::nullopt, std::nullopt));
    QVERIFY(isBetter(s, 0.10005, 0.1, 0.1));
    QVERIFY(!isBetter(s, 0.1002, 0.1, 0.1));
    QVERIFY(!isBetter(s, NaN, 0.1, 0.1));
    // A little worse again and again: kept models must not drift upwards.
    QVERIFY(!isBetter(s, 0.10012, 0.10006, 0.1));
    s.bestRule = BestRule::Kept;
    QVERIFY(isBetter(s, 0.10012, 0.10006, 0.1));
    s.bestSlack = 0.0;
    QVERIFY(!isBetter(s, 0.1, 0.1, 0.1));
    QVERIFY(isBetter(s, 0.0999, 0.1, 0.1));
}

DT_TEST(tst_TrainingSettings, QCoreApplication)
#include "tst_TrainingSettings.moc"
