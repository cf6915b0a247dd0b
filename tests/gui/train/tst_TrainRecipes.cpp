// SPDX-License-Identifier: GPL-3.0-or-later
//
// Recipes of training on the Train page: which one small data get, what a training is said to have
// learned.
#include "tests/gui/train/TrainBench.h"
#include "tests/support/TestProgram.h"

#include <QApplication>
#include <QLabel>

using namespace dt;
using namespace dt::test;

class tst_TrainRecipes : public TrainBench
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TrainBench::init(); }
    void cleanup() { TrainBench::cleanup(); }

    void classroomRecipeForSmallData();
    void recipeFollowsTheSpeed();
    void verdictOfARunInVain();
};

// Few simulations begin with a classroom recipe; what would not learn is said before it runs.
void tst_TrainRecipes::classroomRecipeForSmallData()
{
    open({makeData(QStringLiteral("ds.h5"))});
    queue().hold(true);
    auto *recipe = child<QComboBox>(page(), "trainRecipeBox");
    auto *warning = child<QLabel>(page(), "trainWarningLabel");
    const auto value = [this](const char *field) {
        return child<QuantityField>(page(), field)->value();
    };
    QCOMPARE(recipe->currentText(), QStringLiteral("2 Minutes"));
    QVERIFY2(!warning->isVisible(), qPrintable(warning->text()));
    QCOMPARE(value("trainBatchField"), 8.0);
    QCOMPARE(value("trainRateField"), 0.002);
    click(child<QPushButton>(page(), "trainAddButton"));
    const TrainingSettings queued = queue().trainings().at(0).request.settings;
    QCOMPARE(queued.trainBatch, 8);
    QCOMPARE(queued.learningRate, 0.002);
    QCOMPARE(double(queued.epochs), value("trainEpochsField"));
    QVERIFY(!endsOnShelf(queued, 8));
    // As published it would end where it began.
    choose(recipe, QStringLiteral("Published"));
    QCOMPARE(value("trainEpochsField"), 100.0);
    QCOMPARE(value("trainBatchField"), 16.0);
    QVERIFY(warning->isVisible());
    QVERIFY2(warning->text().contains(QStringLiteral("too short to learn anything")),
             qPrintable(warning->text()));
    click(child<QPushButton>(page(), "trainAddButton")); // it is said, not forbidden
    QCOMPARE(queue().trainings().at(1).request.settings.epochs, 100);
    // Whoever types has their own.
    setField("trainEpochsField", QStringLiteral("60"));
    QCOMPARE(recipe->currentText(), QStringLiteral("My Own"));
    QCOMPARE(value("trainBatchField"), 16.0);
    click(child<QPushButton>(page(), "trainAddButton"));
    QCOMPARE(queue().trainings().at(2).request.settings.epochs, 60);
    QCOMPARE(queue().trainings().at(2).request.settings.learningRate, 3.0e-4);
}

// Twice as fast a computer does more in the same time, where there is more to do.
void tst_TrainRecipes::recipeFollowsTheSpeed()
{
    const QString data = makeData(QStringLiteral("ds.h5"), {64, 3, 2});
    TrainForm form;
    form.setDatasets({{data, 2, 8192, 480, 48}});
    const TwinSpec spec = presetTwin("tcn-c", 2).value();
    form.chooseTwin(QStringLiteral("tcn-c"));
    choose(child<QComboBox>(form, "trainRecipeBox"), QStringLiteral("2 Minutes"));
    form.setSpeed(Architecture::Tcn, 100.0);
    const TrainingSettings slow = form.settingsFor(spec, data);
    form.setSpeed(Architecture::Tcn, 200.0);
    const TrainingSettings fast = form.settingsFor(spec, data);
    QVERIFY(fast.epochs * fast.trainWindowMs > slow.epochs * slow.trainWindowMs * 3 / 2);
    QCOMPARE(child<QuantityField>(form, "trainEpochsField")->value(), double(fast.epochs));
    QVERIFY2(shown(form, "trainCostLabel").contains(QStringLiteral("about 2 min")),
             qPrintable(shown(form, "trainCostLabel")));
}

// A training that was trained to its end in vain is not merely finished.
void tst_TrainRecipes::verdictOfARunInVain()
{
    open({makeData(QStringLiteral("ds.h5"))});
    chooseSmall(6);
    setField("trainRateField", QStringLiteral("0.000001")); // nothing moves
    click(child<QPushButton>(page(), "trainAddButton"));
    QTRY_VERIFY_WITH_TIMEOUT(queue().trainings()[0].state == State::Finished, Patience);
    QVERIFY(queue().trainings()[0].spikesAuc);
    const bool learned = *queue().trainings()[0].spikesAuc >= 0.6; // by luck of the first weights
    QTRY_VERIFY_WITH_TIMEOUT(
        shown(page(), "trainingStageLabel").startsWith(QStringLiteral("Finished")), Patience);
    QCOMPARE(shown(page(), "trainingStageLabel").contains(QStringLiteral("has not learned")),
             !learned);
    // What the loss alone can tell is said below.
    QTRY_VERIFY2_WITH_TIMEOUT(
        shown(page(), "trainingHintLabel").contains(QStringLiteral("before the twin had learned")),
        qPrintable(shown(page(), "trainingHintLabel")), Patience);

    std::vector<QueuedTraining> trainings = queue().trainings();
    for (const double auc : {0.51, 0.96}) {
        TrainingList list;
        trainings[0].spikesAuc = auc;
        list.setTrainings(trainings, 0.0, false);
        const QString said = child<QListWidget>(list, "trainingList")
                                 ->item(0)
                                 ->data(Qt::AccessibleTextRole)
                                 .toString();
        QCOMPARE(said.contains(QStringLiteral("has not learned, AUC 0.51")), auc < 0.6);
        QVERIFY2(said.contains(QStringLiteral("AUC %1").arg(auc)), qPrintable(said));
    }
}

DT_TEST(tst_TrainRecipes, QApplication)
#include "tst_TrainRecipes.moc"
