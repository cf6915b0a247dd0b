// SPDX-License-Identifier: GPL-3.0-or-later
//
// Training in the window, as a student does it: data set, twin, queue, curves, evaluation.
#include "app/train/TwinLibrary.h"
#include "engine/json/TwinJson.h"
#include "tests/gui/train/TrainBench.h"
#include "tests/support/SmallTwins.h"
#include "tests/support/TestProgram.h"
#include "tests/support/Wait.h"
#include "widgets/compare/BarsView.h"
#include "widgets/data/DatasetWizard.h"
#include "widgets/pages/ComparePage.h"
#include "widgets/pages/DataPage.h"
#include "widgets/shell/NoticeBar.h"
#include "widgets/theme/Theme.h"
#include "widgets/train/TrainingView.h"

#include <QAbstractButton>
#include <QApplication>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScopeGuard>
#include <QSettings>
#include <QTabWidget>
#include <QToolButton>

using namespace dt;
using namespace dt::test;

class tst_TrainPage : public TrainBench
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TrainBench::init(); }
    void cleanup() { TrainBench::cleanup(); }

    void withoutDataSetsItOffersToBuildOne();
    void newestListOfDataSetsCounts();
    void formTellsSizeAndCost();
    void fieldsBeginAtOneLine();
    void ownSizesGetTheirName();
    void assignmentInOneClick();
    void aRunFromTheFormToTheEvaluation();
    void fromDataToTheBarsOfFourRuns();
    void stopGoOnAndRemove();
    void pausedQueueWaits();
    void failureSaysWhyAndTheRestGoesOn();
    void movedDataSetIsLocated();
    void interruptedRunIsOfferedAtTheStart();
    void nothingIsClipped();
    /// Not a test: how fluid the window is while training uses all cores. Trainings when
    /// DENDROTWIN_BENCH is set.
    void benchWindowWhileTraining();
    /// Nor this: memory of the window over twenty trainings.
    void soakTwentyRuns();

private:
    [[nodiscard]] QAbstractButton *pageButton(const QString &name) const
    {
        for (auto *button :
             window().findChildren<QAbstractButton *>(QStringLiteral("pageButton"))) {
            if (button->text() == name)
                return button;
        }
        qFatal("there is no page %s", qPrintable(name));
    }
};

void tst_TrainPage::withoutDataSetsItOffersToBuildOne()
{
    QVERIFY(!child<QPushButton>(page(), "trainAddButton")->isEnabled());
    QVERIFY(shown(page(), "trainCostLabel").contains(QStringLiteral("Build one first")));
    click(child<QPushButton>(page(), "trainBuildButton"));
    QVERIFY(window().datasets()->wizard());
    window().datasets()->wizard()->close();
}

void tst_TrainPage::newestListOfDataSetsCounts()
{
    const QString file = makeData(QStringLiteral("ds.h5"));
    const auto *box = child<QComboBox>(page(), "trainDatasetBox");
    open({file});
    // An empty list is read sooner than one with a file.
    window().training()->setDatasets({file});
    window().training()->setDatasets({});
    QTRY_COMPARE(box->count(), 0);
    QVERIFY(test::stays([&] { return box->count() == 0; }));
}

void tst_TrainPage::formTellsSizeAndCost()
{
    open({makeData(QStringLiteral("ds.h5"))});
    // TCN A for two segments: 8 x 4 x 91 + 8 + 8 x 8 x 91 + 8 + 2 x 8 + 6 x 9 = 8,822.
    QVERIFY2(shown(page(), "trainAboutLabel").contains(QStringLiteral("8,822 parameters")),
             qPrintable(shown(page(), "trainAboutLabel")));
    QVERIFY(shown(page(), "trainAboutLabel").contains(QStringLiteral("181 ms of the past")));
    choose(child<QComboBox>(page(), "trainRecipeBox"), QStringLiteral("Published"));
    QVERIFY(shown(page(), "trainCostLabel")
                .contains(QStringLiteral("100 training steps on 8 simulations")));
    choose(child<QComboBox>(page(), "trainTwinBox"), QStringLiteral("ELM Neuron"));
    QVERIFY(shown(page(), "trainAboutLabel").contains(QStringLiteral("all of the past")));
    // Too few are refused with the range.
    setField("trainEpochsField", QStringLiteral("3"));
    QVERIFY2(shown(page(), "trainEpochsWhyLabel").contains(QStringLiteral("6 to 10000")),
             qPrintable(shown(page(), "trainEpochsWhyLabel")));
    setField("trainEpochsField", QStringLiteral("6"));
    QVERIFY(!child<QLabel>(page(), "trainEpochsWhyLabel")->isVisible());
    QVERIFY2(
        shown(page(), "trainWarningLabel").contains(QStringLiteral("never")),
        qPrintable(shown(page(), "trainWarningLabel"))); // so few never reach the final weights
}

void tst_TrainPage::fieldsBeginAtOneLine()
{
    const auto restore = qScopeGuard([] { theme::apply(*qApp, theme::Scheme::Light, false); });
    click(child<QCheckBox>(page(), "trainMoreBox"));
    const auto left = [&](const char *field) {
        return child<QWidget>(page(), field)->mapTo(&page(), QPoint(0, 0)).x();
    };
    for (const bool projector : {false, true}) {
        theme::apply(*qApp, theme::Scheme::Light, projector);
        QTRY_COMPARE(left("trainTwinBox"), left("trainDatasetBox"));
        QCOMPARE(left("tcnKernelField"), left("trainDatasetBox"));
        QCOMPARE(left("trainBatchField"), left("trainDatasetBox"));
    }
}

void tst_TrainPage::ownSizesGetTheirName()
{
    open({makeData(QStringLiteral("ds.h5"))});
    queue().hold(true);
    const auto *form = page().form();
    QCOMPARE(QString::fromStdString(twinTitle(form->twin())), QStringLiteral("TCN A"));
    QVERIFY(!child<QuantityField>(page(), "tcnWidthField")->isVisible());
    click(child<QCheckBox>(page(), "trainMoreBox"));
    QVERIFY(child<QuantityField>(page(), "tcnWidthField")->isVisible());
    QVERIFY(!child<QuantityField>(page(), "elmMemoryField")->isVisible());
    setField("tcnWidthField", QStringLiteral("12"));
    setField("tcnLayersField", QStringLiteral("3"));
    setField("tcnKernelField", QStringLiteral("21"));
    const auto tcn = std::get<TcnConfig>(form->twin().network);
    QCOMPARE(tcn.widths, std::vector<int>{12});
    QCOMPARE(tcn.layers, std::vector<int>{3});
    QCOMPARE(tcn.firstKernel, 21);
    QVERIFY(shown(page(), "trainAboutLabel").contains(QStringLiteral("81 ms of the past")));
    click(child<QPushButton>(page(), "trainAddButton"));
    QCOMPARE(queue().trainings().size(), std::size_t{1});
    QVERIFY2(queue().trainings()[0].title.find("TCN_D_4_W_12_T_81") == 0,
             queue().trainings()[0].title.c_str());
    // Another preset brings its own sizes.
    choose(child<QComboBox>(page(), "trainTwinBox"), QStringLiteral("Transformer"));
    QVERIFY(child<QuantityField>(page(), "transformerHeadsField")->isVisible());
    setField("transformerHeadsField", QStringLiteral("3"));
    QVERIFY(validateTwin(form->twin()));
    QCOMPARE(std::get<TransformerConfig>(form->twin().network).width, 24);
}

void tst_TrainPage::assignmentInOneClick()
{
    open({makeData(QStringLiteral("ampa.h5")), makeData(QStringLiteral("nmda.h5"))});
    queue().hold(true);
    auto *button = child<QPushButton>(page(), "trainAddAllButton");
    QVERIFY(button->menu());
    child<QAction>(*button->menu(), "trainAddAllOnEach")->trigger();
    QCOMPARE(queue().trainings().size(), std::size_t{10});
    QCOMPARE(queue().trainings()[0].title, std::string("TCN A"));
    QCOMPARE(queue().trainings()[9].title, std::string("TCN E"));
    QVERIFY(queue().trainings()[0].request.dataset != queue().trainings()[9].request.dataset);
    QCOMPARE(child<QListWidget>(page(), "trainingList")->count(), 10);
    // Each has a file of its own, beside its data set.
    QVERIFY(QString::fromStdString(queue().trainings()[9].request.target)
                .endsWith(QStringLiteral("nmda-tcn-e.twin")));
}

void tst_TrainPage::aRunFromTheFormToTheEvaluation()
{
    open({makeData(QStringLiteral("ds.h5"))});
    chooseSmall(8);
    auto *author = child<QLineEdit>(page(), "trainAuthorEdit");
    author->setFocus();
    QTest::keyClicks(author, QStringLiteral("Anna"));
    auto *tabs = child<QTabWidget>(page(), "trainingTabs");
    tabs->setCurrentIndex(2);
    QCOMPARE(tabs->tabText(2), QStringLiteral("Preview"));
    click(child<QPushButton>(page(), "trainAddButton"));
    QCOMPARE(queue().trainings().size(), std::size_t{1});
    QTRY_VERIFY_WITH_TIMEOUT(queue().trainings()[0].state == State::Finished, Patience);
    QTRY_VERIFY_WITH_TIMEOUT(
        shown(page(), "trainingStageLabel").startsWith(QStringLiteral("Finished")), Patience);
    // A finished training has no preview: who looked at it sees test simulations now.
    QVERIFY(!tabs->isTabVisible(2));
    QCOMPARE(tabs->tabText(tabs->currentIndex()), QStringLiteral("Simulations"));
    // It is called as its file, and says who trained it.
    const QString target = QString::fromStdString(queue().trainings()[0].request.target);
    QCOMPARE(child<QListWidget>(page(), "trainingList")->item(0)->text(),
             QFileInfo(target).completeBaseName());
    QVERIFY(shown(page(), "trainingTitleLabel").startsWith(QFileInfo(target).completeBaseName()));
    QCOMPARE(loadTwin(target.toStdString()).value().contents.author, std::string("Anna"));
    tabs->setCurrentIndex(0);
    // The curves are there, and the evaluation.
    QTRY_VERIFY_WITH_TIMEOUT(child<PlotCanvas>(page(), "loss0Plot")->table().count(u'\n') > 10,
                             Patience);
    tabs->setCurrentIndex(3);
    QTRY_VERIFY_WITH_TIMEOUT(child<PlotCanvas>(page(), "rocPlot")->table().count(u'\n') > 3,
                             Patience);
    // Each test simulation beside the twin.
    tabs->setCurrentIndex(4);
    QTRY_COMPARE_WITH_TIMEOUT(child<QComboBox>(page(), "simulationBox")->count(), 2, Patience);
    auto *view = page().findChild<QWidget *>(QStringLiteral("simulationBox"))->parentWidget();
    QTRY_VERIFY_WITH_TIMEOUT(child<PlotCanvas>(*view, "twinSomaPlot")->table().count(u'\n') > 250,
                             Patience);
    // The list says how good it is, and the program remembers the twin.
    QVERIFY(child<QListWidget>(page(), "trainingList")
                ->item(0)
                ->data(Qt::AccessibleTextRole)
                .toString()
                .contains(QStringLiteral("AUC")));
    QVERIFY(QSettings()
                .value(QStringLiteral("twins/own"))
                .toStringList()
                .contains(QString::fromStdString(queue().trainings()[0].request.target)));
    // Renamed elsewhere, it is the same run.
    QVERIFY(window().twins()->rename(target, QStringLiteral("best")).ok());
    QCOMPARE(child<QListWidget>(page(), "trainingList")->item(0)->text(), QStringLiteral("best"));
    QTRY_VERIFY_WITH_TIMEOUT(
        shown(page(), "trainingTitleLabel").startsWith(QStringLiteral("best · ")), Patience);
    QTRY_VERIFY_WITH_TIMEOUT(child<PlotCanvas>(page(), "rocPlot")->table().count(u'\n') > 3,
                             Patience);
    // The next training is the same person's, and is previewed again.
    QCOMPARE(QSettings().value(QStringLiteral("train/author")).toString(), QStringLiteral("Anna"));
    queue().hold(true);
    click(child<QPushButton>(page(), "trainAddButton"));
    QVERIFY(tabs->isTabVisible(2));
}

void tst_TrainPage::fromDataToTheBarsOfFourRuns()
{
    // A data set from the wizard, on an engine that makes voltages up.
    window().showPage(MainWindow::Data);
    click(child<QPushButton>(*window().dataPage(), "newDatasetButton"));
    DatasetWizard &wizard = *window().datasets()->wizard();
    wizard.next();
    wizard.next();
    const auto fill = [&](const char *name, int value) {
        auto *field = child<QuantityField>(wizard, name);
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, QString::number(value));
        QTest::keyClick(field, Qt::Key_Tab);
    };
    fill("trainCountField", 10);
    fill("validCountField", 3);
    fill("testCountField", 2);
    fill("datasetDurationField", 600);
    const QString file = path(QStringLiteral("mine.h5"));
    child<QLineEdit>(wizard, "datasetPathEdit")->setText(file);
    for (int page = 0; page < 3; ++page)
        wizard.next();
    wizard.close();
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(file), Patience);
    // Four small twins of it, queued one after the other.
    click(pageButton(QStringLiteral("Train")));
    QTRY_COMPARE_WITH_TIMEOUT(child<QComboBox>(page(), "trainDatasetBox")->count(), 1, Patience);
    for (const int width : {2, 3, 4, 5}) {
        chooseSmall(6);
        setField("tcnWidthField", QString::number(width));
        click(child<QPushButton>(page(), "trainAddButton"));
    }
    QTRY_VERIFY_WITH_TIMEOUT(queue().trainings().size() == 4
                                 && queue().trainings()[3].state == State::Finished,
                             2 * Patience);
    for (const QueuedTraining &training : queue().trainings())
        QVERIFY2(training.state == State::Finished, training.message.c_str());
    // And their bars.
    click(pageButton(QStringLiteral("Compare")));
    ComparePage &compare = *window().comparePage();
    QTRY_COMPARE_WITH_TIMEOUT(compare.ticked().size(), std::size_t{4}, Patience);
    const auto bars = compare.bars()->table();
    QCOMPARE(bars.networks.size(), std::size_t{4});
    QVERIFY(bars.networks[0].find("W_") != std::string::npos);
    QVERIFY(!compare.bars()->grab().isNull());
}

void tst_TrainPage::stopGoOnAndRemove()
{
    open({makeData(QStringLiteral("ds.h5"))});
    chooseSmall(5000);
    click(child<QPushButton>(page(), "trainAddButton"));
    QTRY_VERIFY_WITH_TIMEOUT(queue().session() && queue().session()->history().iterations() > 30,
                             Patience);
    QVERIFY(shown(page(), "trainingStageLabel").contains(QStringLiteral("iterations a second")));
    // The preview follows the validations.
    QTRY_VERIFY_WITH_TIMEOUT(
        shown(page(), "previewCaptionLabel").contains(QStringLiteral("Validation simulation")),
        Patience);
    auto *act = child<QPushButton>(page(), "trainingActButton");
    QCOMPARE(act->text(), QStringLiteral("Stop"));
    QVERIFY(!child<QToolButton>(page(), "trainingRemoveButton")->isEnabled());
    click(act);
    QTRY_VERIFY_WITH_TIMEOUT(queue().trainings()[0].state == State::Stopped, Patience);
    QCOMPARE(act->text(), QStringLiteral("Go On"));
    click(act);
    QTRY_VERIFY_WITH_TIMEOUT(queue().trainings()[0].state == State::Running, Patience);
    QTRY_VERIFY_WITH_TIMEOUT(queue().session() && queue().session()->history().iterations() > 40,
                             Patience);
    click(act);
    QTRY_VERIFY_WITH_TIMEOUT(queue().current() < 0, Patience);
    const QString file = QString::fromStdString(queue().trainings()[0].request.target);
    click(child<QToolButton>(page(), "trainingRemoveButton"));
    QVERIFY(queue().trainings().empty());
    QVERIFY(QFileInfo::exists(file));
    QCOMPARE(shown(page(), "trainingTitleLabel"), QStringLiteral("No training chosen"));
}

void tst_TrainPage::pausedQueueWaits()
{
    open({makeData(QStringLiteral("ds.h5"))});
    chooseSmall(5000);
    click(child<QPushButton>(page(), "trainAddButton"));
    chooseSmall(6);
    click(child<QPushButton>(page(), "trainAddButton"));
    auto *hold = child<QPushButton>(page(), "trainingHoldButton");
    QTRY_VERIFY_WITH_TIMEOUT(queue().session() && queue().session()->history().iterations() > 3,
                             Patience);
    click(hold);
    QTRY_VERIFY_WITH_TIMEOUT(queue().current() < 0, Patience);
    QCOMPARE(hold->text(), QStringLiteral("Continue Queue"));
    // The short one first.
    page().list()->choose(1);
    click(child<QToolButton>(page(), "trainingUpButton"));
    QCOMPARE(page().list()->chosen(), 0);
    click(hold);
    QTRY_VERIFY_WITH_TIMEOUT(queue().trainings()[0].state == State::Finished, Patience);
    QTRY_COMPARE_WITH_TIMEOUT(queue().current(), 1, Patience);
}

void tst_TrainPage::failureSaysWhyAndTheRestGoesOn()
{
    const QString good = makeData(QStringLiteral("good.h5"));
    const QString bad = makeData(QStringLiteral("bad.h5"));
    open({bad, good});
    chooseSmall(6);
    QVERIFY(QFile::remove(bad));
    TrainForm *form = page().form();
    form->chooseDataset(bad);
    click(child<QPushButton>(page(), "trainAddButton"));
    form->chooseDataset(good);
    click(child<QPushButton>(page(), "trainAddButton"));
    QTRY_VERIFY_WITH_TIMEOUT(queue().trainings().size() == 2
                                 && queue().trainings()[1].state == State::Finished,
                             Patience);
    QCOMPARE(queue().trainings()[0].state, State::Failed);
    page().list()->choose(0);
    QVERIFY2(shown(page(), "trainingStageLabel").contains(QStringLiteral("bad.h5")),
             qPrintable(shown(page(), "trainingStageLabel")));
    QVERIFY(child<QPushButton>(page(), "trainingLocateButton")->isVisible());
    QVERIFY(window().findChild<NoticeBar *>()->sentence().contains(QStringLiteral("bad.h5")));
}

void tst_TrainPage::movedDataSetIsLocated()
{
    const QString here = makeData(QStringLiteral("here.h5"));
    open({here});
    chooseSmall(5000);
    click(child<QPushButton>(page(), "trainAddButton"));
    QTRY_VERIFY_WITH_TIMEOUT(queue().session() && queue().session()->history().iterations() > 3,
                             Patience);
    click(child<QPushButton>(page(), "trainingActButton"));
    QTRY_VERIFY_WITH_TIMEOUT(queue().current() < 0, Patience);
    const QString there = path(QStringLiteral("there.h5"));
    QVERIFY(QFile::rename(here, there));
    click(child<QPushButton>(page(), "trainingActButton"));
    QTRY_VERIFY_WITH_TIMEOUT(queue().trainings()[0].state == State::Failed, Patience);
    auto *locate = child<QPushButton>(page(), "trainingLocateButton");
    QTRY_VERIFY(locate->isVisible());
    click(locate); // cancelled
    QCOMPARE(queue().trainings()[0].state, State::Failed);
    m_bench->dialogs.datasetPath = there;
    click(locate);
    QTRY_VERIFY_WITH_TIMEOUT(queue().session() && queue().session()->history().iterations() > 6,
                             Patience);
}

void tst_TrainPage::interruptedRunIsOfferedAtTheStart()
{
    const QString list = path(QStringLiteral("runs.json"));
    TrainingRequest request;
    request.target = path(QStringLiteral("a.twin")).toStdString();
    request.dataset = makeData(QStringLiteral("ds.h5")).toStdString();
    request.spec = twinFromText(smallSpec("TCN").toStdString(), "test").value();
    request.settings.epochs = 5000;
    request.settings.trainBatch = 4;
    request.settings.threads = 1;
    QByteArray killed;
    {
        TrainingQueue other(list);
        QVERIFY(other.add("mine", request));
        QTRY_VERIFY_WITH_TIMEOUT(other.session()->history().iterations() > 3, Patience);
        QFile file(list);
        QVERIFY(file.open(QIODevice::ReadOnly));
        killed = file.readAll();
    }
    QFile file(MainWindow::trainingListFile());
    QVERIFY(QDir().mkpath(QFileInfo(file).absolutePath()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(killed);
    file.close();
    m_bench->window.reset(); // the queue belongs to one window at a time
    MainWindow again(&m_bench->engine, &m_bench->dialogs, m_bench->autosave.path(),
                     &m_bench->dialogs);
    again.show();
    again.begin({});
    auto *notice = again.findChild<NoticeBar *>();
    QVERIFY2(notice->sentence().contains(QStringLiteral("Training was interrupted")),
             qPrintable(notice->sentence()));
    TrainingQueue &queue = *again.training()->queue();
    QCOMPARE(queue.trainings().size(), std::size_t{1});
    QCOMPARE(queue.trainings()[0].state, State::Stopped);
    click(child<QPushButton>(*notice, "noticeActionButton"));
    QTRY_VERIFY_WITH_TIMEOUT(queue.session() && queue.session()->history().iterations() > 6,
                             Patience);
}

void tst_TrainPage::nothingIsClipped()
{
    open({makeData(QStringLiteral("ds.h5"))});
    chooseSmall(6);
    click(child<QPushButton>(page(), "trainAddButton"));
    QTRY_VERIFY_WITH_TIMEOUT(queue().trainings()[0].state == State::Finished, Patience);
    // A sentence of two lines takes its room with the next events.
    QTRY_COMPARE(clippedTexts(&page()).join(u'|'), QString());
    QCOMPARE(unreachable(&window(), &page()).join(u'|'), QString());
}

void tst_TrainPage::benchWindowWhileTraining()
{
    if (!qEnvironmentVariableIsSet("DENDROTWIN_BENCH"))
        QSKIP("A measurement; set DENDROTWIN_BENCH to run it.");
    const QString data = path(QStringLiteral("bench.h5"));
    DatasetPlan plan = smallPlan({64, 8, 2}, 4200);
    setSegments(plan.neuron, 0, 8);
    QVERIFY(makeDataset(data.toStdString(), plan));
    open({data});
    choose(child<QComboBox>(page(), "trainTwinBox"), QStringLiteral("TCN C"));
    click(child<QPushButton>(page(), "trainAddButton"));
    QTRY_VERIFY_WITH_TIMEOUT(queue().session() && queue().session()->history().iterations() > 2,
                             Patience);
    auto *plot = child<PlotCanvas>(page(), "loss0Plot");
    int redraws = 0;
    connect(plot, &PlotCanvas::drawn, this, [&] { ++redraws; });
    std::vector<double> answers;
    double longest = 0.0;
    QElapsedTimer all;
    QElapsedTimer sinceTurn;
    all.start();
    sinceTurn.start();
    double from = 1.0;
    while (all.elapsed() < 15000) {
        QTest::qWait(25);
        longest = std::max(longest, static_cast<double>(sinceTurn.restart()) - 25.0);
        // Somebody drags the eight plots, and changes tabs.
        plot->timeAxis()->show(from, from + 2.0);
        from = from > 2.0 ? 1.0 : from + 0.05;
        QElapsedTimer click;
        click.start();
        QTabWidget *tabs = child<QTabWidget>(page(), "trainingTabs");
        if (answers.size() % 20 == 19)
            tabs->setCurrentIndex(1 - tabs->currentIndex());
        plot->window()->repaint();
        answers.push_back(static_cast<double>(click.nsecsElapsed()) / 1e6);
    }
    std::sort(answers.begin(), answers.end());
    qInfo("%d threads train TCN C; %.1f redraws of eight plots a second; a change is on the screen "
          "after %.1f ms (median), %.1f ms (99 %%), longest turn of the event loop %.0f ms; %.2f "
          "iterations a second",
          queue().session()->settings().threads, redraws / 15.0, answers[answers.size() / 2],
          answers[answers.size() * 99 / 100], longest,
          static_cast<double>(queue().session()->history().iterations())
              / queue().session()->history().seconds);
}

void tst_TrainPage::soakTwentyRuns()
{
    if (!qEnvironmentVariableIsSet("DENDROTWIN_BENCH"))
        QSKIP("A measurement; set DENDROTWIN_BENCH to run it.");
    const QString data = path(QStringLiteral("soak.h5"));
    DatasetPlan plan = smallPlan({64, 8, 4}, 4200);
    setSegments(plan.neuron, 0, 8);
    QVERIFY(makeDataset(data.toStdString(), plan));
    open({data});
    setField("trainEpochsField", QStringLiteral("30"));
    for (int i = 0; i < 20; ++i)
        click(child<QPushButton>(page(), "trainAddButton"));
    QList<double> megabytes;
    connect(&queue(), &TrainingQueue::trainingEnded, this, [&](int training) {
        page().list()->choose(training); // somebody looks at each
        child<QTabWidget>(page(), "trainingTabs")->setCurrentIndex(training % 5);
        QFile status(QStringLiteral("/proc/self/status"));
        if (!status.open(QIODevice::ReadOnly))
            return;
        for (const QByteArray &line : status.readAll().split('\n')) {
            if (line.startsWith("VmRSS:"))
                megabytes << line.mid(6).trimmed().split(' ').first().toDouble() / 1024.0;
        }
    });
    QTRY_VERIFY_WITH_TIMEOUT(queue().trainings()[19].state == State::Finished, 1200000);
    QString text;
    for (const double mb : std::as_const(megabytes))
        text += QString::number(mb, 'f', 0) + u' ';
    qInfo("MB after each of 20 runs of TCN A, 30 epochs of 64 simulations: %s", qPrintable(text));
}

DT_TEST(tst_TrainPage, QApplication)
#include "tst_TrainPage.moc"
