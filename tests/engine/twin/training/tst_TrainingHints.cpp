// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/training/TrainingHints.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <functional>

using namespace dt;

/// Shapes of trainings, from the published validation losses and from made-up troubles.
class tst_TrainingHints : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingBeforeTheFirstStep();
    void warmUp();
    void publishedShelf();
    void publishedBump();
    void publishedEndsAreFine();
    void overfitting();
    void diverging();
    void endedOnTheShelf();
    void endedBeforeTheShelf();
    void stillImproving();
};

namespace {

using Kind = TrainingHint::Kind;
constexpr int PerEpoch = 192; // as published

/// One validation at the end of each epoch; training losses are `ratio` of them.
TrainingHistory history(const std::vector<HeadValues> &epochs, double ratio = 1.0,
                        TrainingSettings settings = {})
{
    TrainingHistory h;
    h.iterationsPerEpoch = PerEpoch;
    for (std::size_t e = 0; e < epochs.size(); ++e) {
        h.learningRate.push_back(settings.learningRateAt(static_cast<int>(e)));
        LossRecord record;
        record.weights = settings.lossWeights(static_cast<int>(e));
        record.losses.heads = epochs[e];
        LossRecord training = record;
        for (double &loss : training.losses.heads)
            loss *= ratio;
        for (int i = 0; i < PerEpoch; ++i)
            h.addIteration(training, 2.0);
        h.addValidation(record, settings);
    }
    return h;
}

std::vector<Kind> kinds(const TrainingHistory &h, bool over = false,
                        const TrainingSettings &settings = {})
{
    std::vector<Kind> list;
    for (const TrainingHint &hint : trainingHints(h, settings, over)) {
        list.push_back(hint.kind);
        if (hint.sentence.empty())
            qFatal("a hint without a sentence");
    }
    return list;
}

bool has(const std::vector<Kind> &list, Kind kind)
{
    return std::find(list.begin(), list.end(), kind) != list.end();
}

/// Training specification, section 26.5: spikes, soma, near, rate, dend.
const std::vector<HeadValues> AmpaStart{
    {0.0986, 0.5261, 0.4168, 0.0429, 0.2911}, {0.0657, 0.4026, 0.4143, 0.0126, 0.1268},
    {0.0545, 0.4020, 0.4106, 0.0123, 0.1260}, {0.0523, 0.4012, 0.4101, 0.0121, 0.1254},
    {0.0518, 0.4013, 0.4113, 0.0116, 0.1260}, {0.0514, 0.3968, 0.3991, 0.0097, 0.1245},
    {0.0506, 0.3958, 0.3918, 0.0079, 0.1243}, {0.0502, 0.3953, 0.3902, 0.0066, 0.1238},
    {0.0502, 0.3905, 0.3858, 0.0057, 0.1225}, {0.0408, 0.2003, 0.1785, 0.0032, 0.0748},
    {0.0344, 0.1552, 0.1385, 0.0026, 0.0607}};
const std::vector<HeadValues> NmdaStart{
    {0.1479, 0.6326, 0.3649, 0.0713, 0.6141}, {0.0670, 0.3616, 0.3554, 0.0100, 0.4211},
    {0.0621, 0.3459, 0.3119, 0.0081, 0.2723}, {0.0499, 0.3337, 0.2926, 0.0071, 0.2194},
    {0.0444, 0.3282, 0.2845, 0.0063, 0.2023}, {0.0422, 0.2908, 0.2455, 0.0049, 0.1757}};

TrainingHistory first(const std::vector<HeadValues> &epochs, std::size_t count)
{
    return history({epochs.begin(), epochs.begin() + static_cast<std::ptrdiff_t>(count)});
}

} // namespace

void tst_TrainingHints::nothingBeforeTheFirstStep()
{
    QVERIFY(trainingHints({}, {}, false).empty());
    QVERIFY(trainingHints({}, {}, true).empty());
}

void tst_TrainingHints::warmUp()
{
    QCOMPARE(kinds(first(AmpaStart, 1)), std::vector<Kind>{Kind::WarmUp});
    QVERIFY(!has(kinds(first(AmpaStart, 2)), Kind::WarmUp));
    QVERIFY(!has(kinds(first(AmpaStart, 1), true), Kind::WarmUp));
}

void tst_TrainingHints::publishedShelf()
{
    // From epoch 3 to 9; the first falls are none.
    for (const std::size_t epoch : {7U, 8U, 9U})
        QVERIFY2(has(kinds(first(AmpaStart, epoch)), Kind::Shelf),
                 qPrintable(QString::number(epoch)));
    for (const std::size_t epoch : {2U, 3U, 4U, 10U, 11U})
        QVERIFY2(!has(kinds(first(AmpaStart, epoch)), Kind::Shelf),
                 qPrintable(QString::number(epoch)));
    // The NMDA training has none.
    for (std::size_t epoch = 1; epoch <= NmdaStart.size(); ++epoch)
        QVERIFY(!has(kinds(first(NmdaStart, epoch)), Kind::Shelf));
}

void tst_TrainingHints::publishedBump()
{
    // The dendrites' loss of the published NMDA training: lowest at epoch 30, then up to 0.099.
    std::vector<HeadValues> training;
    for (int e = 0; e < 30; ++e)
        training.push_back(
            {0.06 - 0.001 * e, 0.3 - 0.005 * e, 0.25 - 0.004 * e, 0.002, 0.4 - 0.0105 * e});
    QVERIFY(!has(kinds(history(training)), Kind::DendriteBump));
    for (const double dend : {0.0831, 0.0849, 0.0888, 0.0920, 0.0992})
        training.push_back({training.back()[0] - 0.0003, 0.1548, 0.1249, 0.0020, dend});
    QVERIFY(has(kinds(history(training)), Kind::DendriteBump));
}

void tst_TrainingHints::publishedEndsAreFine()
{
    // Epochs 76 to 100 of the AMPA training improve slowly and train at 0.63 of validation: no
    // trouble.
    std::vector<HeadValues> training(60, {0.0100, 0.064, 0.047, 0.0009, 0.0257});
    for (int e = 0; e < 40; ++e)
        training.push_back({0.0072 - 0.000006 * e, 0.0520 - 0.00004 * e, 0.0385, 0.00067, 0.0210});
    QCOMPARE(kinds(history(training, 0.63), true), std::vector<Kind>{});
}

void tst_TrainingHints::overfitting()
{
    std::vector<HeadValues> training;
    for (int e = 0; e < 20; ++e)
        training.push_back(
            {0.04 - 0.001 * std::min(e, 10) + 0.0002 * std::max(e - 10, 0), 0.2, 0.2, 0.002, 0.1});
    QVERIFY(has(kinds(history(training, 0.4)), Kind::Overfitting));
    QVERIFY(!has(kinds(history(training, 0.7)), Kind::Overfitting));
}

void tst_TrainingHints::diverging()
{
    std::vector<HeadValues> training(10, {0.03, 0.2, 0.15, 0.002, 0.1});
    QVERIFY(!has(kinds(history(training)), Kind::Diverging));
    for (const double factor : {1.3, 1.8, 3.0})
        training.push_back({0.03 * factor, 0.2 * factor, 0.15 * factor, 0.002, 0.1});
    QCOMPARE(kinds(history(training)).front(), Kind::Diverging);
}

void tst_TrainingHints::endedOnTheShelf()
{
    const std::vector<TrainingHint> hints = trainingHints(first(AmpaStart, 8), {}, true);
    QCOMPARE(hints.size(), std::size_t{1});
    QCOMPARE(hints[0].kind, Kind::Shelf);
    QVERIFY(QString::fromStdString(hints[0].sentence).contains(QStringLiteral("more epochs")));
}

// Forty iterations, as ten epochs of 60 simulations are: too few for a shelf to be seen.
void tst_TrainingHints::endedBeforeTheShelf()
{
    TrainingHistory h;
    h.iterationsPerEpoch = 4;
    const TrainingSettings settings;
    for (int i = 0; i < 40; ++i) {
        LossRecord record;
        record.losses.heads = {0.1 - 0.001 * i, 0.5 - 0.002 * i, 0.45, 0.04, 0.3 - 0.004 * i};
        h.addIteration(record, 5.0);
        h.addValidation(record, settings);
    }
    h.learningRate.assign(10, 1.0e-4);
    QVERIFY(!has(kinds(h), Kind::Shelf)); // it may still learn
    const std::vector<TrainingHint> hints = trainingHints(h, settings, true);
    QVERIFY(!hints.empty());
    QCOMPARE(hints[0].kind, Kind::Shelf);
    QVERIFY(QString::fromStdString(hints[0].sentence).contains(QStringLiteral("before the twin")));
    // One that has learned in so few is fine.
    LossRecord learned;
    learned.losses.heads = {0.03, 0.1, 0.1, 0.002, 0.05};
    h.addIteration(learned, 5.0);
    h.addValidation(learned, settings);
    QVERIFY(!has(kinds(h, true), Kind::Shelf));
}

void tst_TrainingHints::stillImproving()
{
    std::vector<HeadValues> training;
    for (int e = 0; e < 20; ++e)
        training.push_back({0.05 * std::pow(0.95, e), 0.2, 0.2, 0.002, 0.1});
    QVERIFY(has(kinds(history(training), true), Kind::StillImproving));
    QVERIFY(!has(kinds(history(training), false), Kind::StillImproving));
}

DT_TEST(tst_TrainingHints, QCoreApplication)
#include "tst_TrainingHints.moc"
