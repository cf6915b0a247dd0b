// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/evaluation/TwinVerdict.h"
#include "engine/twin/training/TrainingRecipe.h"

#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

using namespace dt;

/// Classroom recipes: what they choose, that they keep their time, and when they are suggested; and
/// what is said of a twin that has not learned.
class tst_TrainingRecipe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names();
    void published();
    void keepsItsTime_data();
    void keepsItsTime();
    void notByHeart();
    void sixEpochsAtLeast();
    void shortSimulations();
    void suggested();
    void verdicts();
};

namespace {

constexpr double Speed = 250.0; // 10^9 operations a second, as two cores have

double seconds(const TwinSpec &spec, const TrainingSettings &settings, const TrainingSize &size)
{
    return trainingGigaOperations(spec, settings, size) / Speed;
}

} // namespace

void tst_TrainingRecipe::names()
{
    for (const RecipeInfo &info : trainingRecipes()) {
        QCOMPARE(recipeFrom(info.name), std::optional(info.recipe));
        QCOMPARE(recipeInfo(info.recipe).title, info.title);
        QVERIFY(test::isSentence(std::string(info.why)));
    }
    QCOMPARE(recipeFrom("2min"), std::optional(TrainingRecipe::TwoMinutes));
    QCOMPARE(recipeFrom("15min"), std::optional(TrainingRecipe::FifteenMinutes));
    QVERIFY(!recipeFrom("quick"));
}

// The same as without recipes, on every computer.
void tst_TrainingRecipe::published()
{
    for (const TwinPreset &preset : twinPresets()) {
        const TwinSpec spec = presetTwin(preset.name, 8).value();
        const TwinWindows windows = defaultWindows(spec.architecture());
        TrainingSettings expected;
        expected.trainWindowMs = windows.trainMs;
        expected.validWindowMs = windows.validMs;
        expected.trainBatch = windows.trainBatch;
        expected.validBatch = windows.validBatch;
        for (const double speed : {0.0, 1.0, 1000.0})
            QCOMPARE(recipeSettings(TrainingRecipe::Published, spec, {3068, 263, 8192}, speed),
                     expected);
    }
}

void tst_TrainingRecipe::keepsItsTime_data()
{
    QTest::addColumn<QByteArray>("twin");
    QTest::addColumn<TrainingSize>("size");
    for (const char *twin : {"tcn-a", "tcn-b", "tcn-c", "tcn-d", "elm"}) {
        for (const TrainingSize &size : {TrainingSize{48, 8, 2048}, TrainingSize{60, 8, 8192},
                                         TrainingSize{192, 32, 4096}, TrainingSize{480, 48, 8192}})
            QTest::addRow("%s, %d of %d ms", twin, size.train, size.durationMs)
                << QByteArray(twin) << size;
    }
}

void tst_TrainingRecipe::keepsItsTime()
{
    QFETCH(QByteArray, twin);
    QFETCH(TrainingSize, size);
    const TwinSpec spec = presetTwin(twin.toStdString(), 8).value();
    for (const auto recipe : {TrainingRecipe::TwoMinutes, TrainingRecipe::FifteenMinutes}) {
        TrainingSettings settings = recipeSettings(recipe, spec, size, Speed);
        QCOMPARE(settings.trainBatch, 8);
        QVERIFY(validateTraining(settings));
        VERIFY_OK(fitWindows(settings, size.durationMs));
        const double most = 60.0 * recipeInfo(recipe).minutes;
        if (settings.epochs > TrainingSettings::MinEpochs)
            QVERIFY(seconds(spec, settings, size) < most);
        // Half as fast a computer trains fewer epochs, or as many when they were few.
        TrainingSettings slower = recipeSettings(recipe, spec, size, 0.5 * Speed);
        VERIFY_OK(fitWindows(slower, size.durationMs));
        QVERIFY(slower.epochs * slower.trainWindowMs <= settings.epochs * settings.trainWindowMs
                || slower.epochs == TrainingSettings::MinEpochs);
        // What it does is worth doing, where the network is one for so little time.
        if (size.durationMs > 2048 && (twin == "tcn-a" || twin == "tcn-b"))
            QVERIFY(!endsOnShelf(settings, static_cast<std::size_t>(size.train)));
    }
}

// However fast a computer is: a small data set is not learnt by heart.
void tst_TrainingRecipe::notByHeart()
{
    const TwinSpec spec = presetTwin("tcn-a", 8).value();
    for (const auto recipe : {TrainingRecipe::TwoMinutes, TrainingRecipe::FifteenMinutes}) {
        QCOMPARE(recipeSettings(recipe, spec, {60, 8, 8192}, 1.0e6).epochs, 60);
        QCOMPARE(recipeSettings(recipe, spec, {480, 48, 8192}, 1.0e6).epochs, 60);
        QCOMPARE(recipeSettings(recipe, spec, {48, 8, 2048}, 1.0e6).epochs, 80); // 480 steps
        QCOMPARE(recipeSettings(recipe, spec, {7, 3, 2048}, 1.0e6).epochs, 480);
    }
}

// A large network on a large data set: shorter windows, then longer than asked for.
void tst_TrainingRecipe::sixEpochsAtLeast()
{
    const TwinSpec spec = presetTwin("tcn-d", 8).value();
    const TrainingSize size{7132, 582, 8192};
    const TrainingSettings settings = recipeSettings(TrainingRecipe::TwoMinutes, spec, size, Speed);
    QCOMPARE(settings.epochs, TrainingSettings::MinEpochs);
    QCOMPARE(settings.trainWindowMs, 512);
    QVERIFY(settings.trainWindowMs >= 2 * receptiveFieldMs(spec));
    QVERIFY(seconds(spec, settings, size) > 120.0);
    // Nothing to go by: no division by nothing.
    QCOMPARE(recipeSettings(TrainingRecipe::TwoMinutes, spec, {}, Speed),
             recipeSettings(TrainingRecipe::Published, spec, {}, Speed));
    QCOMPARE(recipeSettings(TrainingRecipe::TwoMinutes, spec, size, 0.0),
             recipeSettings(TrainingRecipe::Published, spec, size, 0.0));
}

// Windows that do not fit are counted as long as they fit.
void tst_TrainingRecipe::shortSimulations()
{
    const TwinSpec spec = presetTwin("tcn-a", 8).value();
    TrainingSettings asked;
    TrainingSettings fitted;
    VERIFY_OK(fitWindows(fitted, 600));
    const TrainingSize size{48, 8, 600};
    QVERIFY(fitted.trainWindowMs < asked.trainWindowMs);
    QCOMPARE(trainingGigaOperations(spec, asked, size), trainingGigaOperations(spec, fitted, size));
}

void tst_TrainingRecipe::suggested()
{
    for (const int train : {0, 48, 60, 192, 240, 480})
        QCOMPARE(recipeFor({train, 8, 8192}), TrainingRecipe::TwoMinutes);
    for (const int train : {3068, 3145, 5000, 7211})
        QCOMPARE(recipeFor({train, 263, 8192}), TrainingRecipe::Published);
}

void tst_TrainingRecipe::verdicts()
{
    QVERIFY(notLearnedSentence(std::nullopt).empty());
    QVERIFY(notLearnedSentence(0.96).empty());
    QVERIFY(notLearnedSentence(0.6).empty());
    const std::string sentence = notLearnedSentence(0.5104);
    QVERIFY(test::isSentence(sentence));
    QVERIFY2(test::contains(sentence, "has not learned: its AUC is 0.51"), sentence.c_str());
    QVERIFY(!notLearnedSentence(0.3).empty());
}

DT_TEST(tst_TrainingRecipe, QCoreApplication)
#include "tst_TrainingRecipe.moc"
