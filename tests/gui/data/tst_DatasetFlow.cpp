// SPDX-License-Identifier: GPL-3.0-or-later
//
// Data sets in the window, from the wizard to the file and back, on an engine that makes voltages
// up: building, pausing, stopping, going on, filtering, importing, exporting, bad files.
#include "app/data/DatasetController.h"
#include "engine/data/BuildFolder.h"
#include "engine/data/RecordingFile.h"
#include "engine/document/Document.h"
#include "tests/gui/GuiTest.h"
#include "tests/support/Neurons.h"
#include "tests/support/Recordings.h"
#include "tests/support/TestProgram.h"
#include "tests/support/Wait.h"
#include "widgets/data/RangesPanel.h"
#include "widgets/data/RecipeForm.h"
#include "widgets/data/SampleView.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/pages/DataPage.h"
#include "widgets/shell/NoticeBar.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QSettings>
#include <QStackedWidget>
#include <QTabWidget>

using namespace dt;
using namespace dt::test;

namespace {

constexpr int Patience = 20000; ///< with a build on a busy machine [ms]

bool says(const QObject &widget, const char *label, const char *words)
{
    return labelText(widget, label).contains(QLatin1String(words));
}

/// Types into a field of the wizard and leaves it; Enter would go on to the next page.
void fill(QWidget &wizard, const char *name, const QString &text)
{
    auto *field = child<QuantityField>(wizard, name);
    field->setFocus();
    field->selectAll();
    QTest::keyClicks(field, text);
    QTest::keyClick(field, Qt::Key_Tab);
}

} // namespace

class tst_DatasetFlow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<Bench>();
        window().showPage(MainWindow::Data);
    }
    void cleanup() { m_bench.reset(); }

    void pageIsReachable();
    void wizardBuildsADataset();
    void wizardBeginsWithTheNeuron();
    void escapeAsksWhenSomethingIsSet_data();
    void escapeAsksWhenSomethingIsSet();
    void wizardRefusesImpossibleSizes();
    void rainIsInHz();
    void wizardShowsATrial();
    void wizardMayBeClosedWhileItBuilds();
    void buildIsPausedAndGoesOn();
    void stoppedBuildGoesOnLater();
    void unfinishedBuildIsOfferedAtTheStart();
    void failedBuildSaysWhy();
    void hopelessBuildNamesTheRange();
    void oneBuildAtATime();
    void filterWritesANewFile();
    void filterNeverOverwritesItsSource();
    void exportAndImport();
    void check();
    void foreignFileIsExplained_data();
    void foreignFileIsExplained();
    void missingFileIsTakenOffTheList();
    void forgetKeepsTheFile();
    void listSurvivesARestart();

private:
    [[nodiscard]] MainWindow &window() const { return *m_bench->window; }
    [[nodiscard]] BuildPanel &panel() const { return *page().buildPanel(); }
    [[nodiscard]] DataPage &page() const { return *window().dataPage(); }
    [[nodiscard]] DatasetController &datasets() const { return *window().datasets(); }
    [[nodiscard]] QString path(const QString &name) const { return m_bench->sandbox.path(name); }
    [[nodiscard]] QWidget *shownPart() const
    {
        return page().findChild<QStackedWidget *>()->currentWidget();
    }
    [[nodiscard]] QString notice() const { return window().findChild<NoticeBar *>()->sentence(); }
    [[nodiscard]] QString status() const { return labelText(window(), "statusLabel"); }
    /// The wizard, filled in for a small data set and on its run page.
    DatasetWizard &runWizard(const QString &file, int train = 12);
    /// A finished data set is shown.
    void haveDataset(const QString &file);

    std::unique_ptr<Bench> m_bench;
};

DatasetWizard &tst_DatasetFlow::runWizard(const QString &file, int train)
{
    click(child<QPushButton>(page(), "newDatasetButton"));
    DatasetWizard &wizard = *datasets().wizard();
    wizard.next(); // inputs
    wizard.next(); // size
    fill(wizard, "trainCountField", QString::number(train));
    fill(wizard, "validCountField", QStringLiteral("2"));
    fill(wizard, "testCountField", QStringLiteral("2"));
    fill(wizard, "datasetDurationField", QStringLiteral("600"));
    child<QLineEdit>(wizard, "datasetPathEdit")->setText(file);
    for (int i = 0; i < 3; ++i) // filter, review, run
        wizard.next();
    return wizard;
}

void tst_DatasetFlow::haveDataset(const QString &file)
{
    runWizard(file).close();
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(file), Patience);
    QTRY_COMPARE_WITH_TIMEOUT(shownPart(), page().datasetView(), Patience);
    QTRY_COMPARE_WITH_TIMEOUT(page().datasetView()->contents().path, file, Patience);
}

void tst_DatasetFlow::pageIsReachable()
{
    QVERIFY(page().isVisible());
    QCOMPARE(unreachable(&window(), &page()), QStringList());
    QCOMPARE(clippedTexts(&page()), QStringList());
    QVERIFY(says(page(), "dataEmptyLabel", "many simulations"));
    QVERIFY(child<QLabel>(page(), "datasetListHintLabel")->isVisible());
}

void tst_DatasetFlow::wizardBuildsADataset()
{
    const QString file = path("one.h5");
    DatasetWizard &wizard = runWizard(file);
    QCOMPARE(wizard.currentId(), int(DatasetWizard::RunPageId));
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(file), Patience);
    QTRY_VERIFY_WITH_TIMEOUT(says(wizard, "buildTitleLabel", "finished"), Patience);
    QTRY_VERIFY(!BuildFolder::exists(file.toStdString()));
    // The Data page has gone over to it.
    QTRY_COMPARE_WITH_TIMEOUT(shownPart(), page().datasetView(), Patience);
    const DatasetContents &c = page().datasetView()->contents();
    QCOMPARE(c.info.count(Split::Train), std::size_t{12});
    QCOMPARE(c.info.count(Split::Test), std::size_t{2});
    QCOMPARE(c.info.durationMs, 600);
    QCOMPARE(c.info.neuron, presetNeuron("nmda-cable").value());
    QVERIFY(c.info.plan.has_value());
    QCOMPARE(c.info.plan->filter, publishedFilter());
    QCOMPARE(page().chosen(), file);
    // Both tell the same of how it came about.
    QCOMPARE(labelText(*page().datasetView(), "statisticsSummaryLabel").section(u'%', 0, 0),
             labelText(wizard, "statisticsSummaryLabel").section(u'%', 0, 0));
    QCOMPARE(wizard.currentPage()->title(), QStringLiteral("Finished"));
    // A simulation of it can be looked at.
    child<QTabWidget>(page(), "datasetTabs")->setCurrentIndex(2);
    QTRY_VERIFY_WITH_TIMEOUT(says(*page().datasetView(), "sampleTitleLabel", "Train"), Patience);
    QCOMPARE(status(), QStringLiteral("one.h5 is finished."));
}

// With the one of the Neuron page, once somebody chose or changed it.
void tst_DatasetFlow::wizardBeginsWithTheNeuron()
{
    for (const bool own : {false, true}) {
        Project project;
        if (own)
            project.neuron = smallTree();
        window().document()->reset(project, {});
        click(child<QPushButton>(page(), "newDatasetButton"));
        DatasetWizard &wizard = *datasets().wizard();
        QCOMPARE(child<QRadioButton>(wizard, "neuronChoice0")->isChecked(), own);
        QCOMPARE(wizard.state().plan.neuron == project.neuron, own);
        wizard.reject();
        QTRY_VERIFY(!datasets().wizard());
    }
}

// What somebody has set is not lost by a slip of the hand; what nobody has set is no loss.
void tst_DatasetFlow::escapeAsksWhenSomethingIsSet_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what : {"number", "half typed", "name", "inputs", "filter"})
        QTest::newRow(what) << QString::fromUtf8(what);
}

void tst_DatasetFlow::escapeAsksWhenSomethingIsSet()
{
    QFETCH(QString, what);
    FakeDialogs &dialogs = m_bench->dialogs;
    dialogs.discard = false;
    const auto open = [&](int pages) -> DatasetWizard & {
        click(child<QPushButton>(page(), "newDatasetButton"));
        for (int i = 0; i < pages; ++i)
            datasets().wizard()->next();
        return *datasets().wizard();
    };
    for (const int pages : {0, 1, 2, 3, 4}) {
        DatasetWizard &wizard = open(pages);
        QTest::keyClick(&wizard, Qt::Key_Escape);
        QCOMPARE(dialogs.discardAsked, 0);
        QTRY_VERIFY(!datasets().wizard());
    }
    DatasetWizard &wizard = open(what == QStringLiteral("inputs") ? 1 : 2);
    if (what == QStringLiteral("number")) {
        fill(wizard, "trainCountField", QStringLiteral("60"));
    } else if (what == QStringLiteral("half typed")) {
        auto *field = child<QuantityField>(wizard, "datasetDurationField");
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, QStringLiteral("4096")); // Enter or Tab has not come
    } else if (what == QStringLiteral("name")) {
        child<QLineEdit>(wizard, "datasetPathEdit")->setText(path("mine.h5"));
    } else if (what == QStringLiteral("inputs")) {
        InputRecipe recipe;
        recipe.modulationProbability = 0.25;
        child<RecipeForm>(wizard, "recipeForm")->setRecipe(recipe);
        Q_EMIT child<RecipeForm>(wizard, "recipeForm")->changed();
    } else {
        wizard.next();
        click(child<QAbstractButton>(wizard, "filterCheck"));
    }
    QTest::keyClick(&wizard, Qt::Key_Escape);
    QCOMPARE(dialogs.discardAsked, 1);
    QVERIFY(wizard.isVisible());
    QVERIFY(!wizard.close()); // the window's cross
    QCOMPARE(dialogs.discardAsked, 2);
    QVERIFY(wizard.isVisible());
    dialogs.discard = true;
    wizard.reject(); // Cancel
    QCOMPARE(dialogs.discardAsked, 3);
    QTRY_VERIFY(!datasets().wizard());
}

void tst_DatasetFlow::wizardRefusesImpossibleSizes()
{
    click(child<QPushButton>(page(), "newDatasetButton"));
    DatasetWizard &wizard = *datasets().wizard();
    wizard.next();
    wizard.next();
    for (const char *name : {"trainCountField", "validCountField", "testCountField"})
        fill(wizard, name, QStringLiteral("0"));
    QVERIFY(!wizard.currentPage()->isComplete());
    QVERIFY(!labelText(wizard, "sizeProblemLabel").isEmpty());
    fill(wizard, "trainCountField", QStringLiteral("5"));
    QVERIFY(wizard.currentPage()->isComplete());
    child<QLineEdit>(wizard, "datasetPathEdit")->setText(QStringLiteral("/no/such/folder/a.h5"));
    QVERIFY(!wizard.currentPage()->isComplete());
    QVERIFY(says(wizard, "sizeProblemLabel", "/no/such/folder"));
    child<QLineEdit>(wizard, "datasetPathEdit")->setText({});
    QVERIFY(!wizard.currentPage()->isComplete());
    // Far more than any disk holds.
    child<QLineEdit>(wizard, "datasetPathEdit")->setText(path("a.h5"));
    fill(wizard, "trainCountField", QStringLiteral("1000000"));
    fill(wizard, "datasetDurationField", QStringLiteral("60000"));
    wizard.next();
    wizard.next();
    QCOMPARE(wizard.currentId(), int(DatasetWizard::ReviewPageId));
    QVERIFY(!wizard.currentPage()->isComplete());
    QVERIFY(says(wizard, "reviewProblemLabel", "room"));
}

void tst_DatasetFlow::wizardShowsATrial()
{
    click(child<QPushButton>(page(), "newDatasetButton"));
    DatasetWizard &wizard = *datasets().wizard();
    wizard.next();
    settle();
    const QSize before = wizard.currentPage()->size();
    QCOMPARE(clippedTexts(wizard.currentPage()), QStringList());
    click(child<QPushButton>(wizard, "trialButton"));
    QVERIFY(!child<QPushButton>(wizard, "trialButton")->isEnabled());
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->engine.submitted(), 1, Patience);
    m_bench->engine.complete();
    QTRY_VERIFY_WITH_TIMEOUT(says(wizard, "sampleTitleLabel", "Candidate 0"), Patience);
    // The plots take no room from the fields.
    settle();
    QCOMPARE(clippedTexts(wizard.currentPage()), QStringList());
    QCOMPARE(wizard.currentPage()->size(), before);
    auto *column = child<RecipeForm>(wizard, "recipeForm")->parentWidget()->parentWidget();
    QVERIFY(column->geometry().right() < child<SampleView>(wizard, "trialView")->geometry().left());
    QCOMPARE(m_bench->engine.requests().front().neuron, presetNeuron("nmda-cable").value());
    click(child<QPushButton>(wizard, "trialButton"));
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->engine.submitted(), 2, Patience);
    QVERIFY(m_bench->engine.requests()[0].inputs[0].events
            != m_bench->engine.requests()[1].inputs[0].events);
    // Closing while one is under way is no harm.
    wizard.close();
    QTRY_VERIFY_WITH_TIMEOUT(!datasets().wizard(), Patience);
    m_bench->engine.complete();
}

void tst_DatasetFlow::wizardMayBeClosedWhileItBuilds()
{
    m_bench->batches.delayMs = 100;
    const QString file = path("on.h5");
    runWizard(file).close();
    QTRY_VERIFY_WITH_TIMEOUT(!datasets().wizard(), Patience);
    QVERIFY(datasets().builds()->isRunning());
    QTRY_COMPARE_WITH_TIMEOUT(shownPart(), page().buildPanel(), Patience);
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(file), Patience);
    QTRY_COMPARE_WITH_TIMEOUT(shownPart(), page().datasetView(), Patience);
}

void tst_DatasetFlow::buildIsPausedAndGoesOn()
{
    m_bench->batches.delayMs = 20;
    const QString file = path("paused.h5");
    runWizard(file, 200).close();
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->batches.batches > 1, Patience);
    click(child<QPushButton>(panel(), "buildPauseButton"));
    QTRY_VERIFY_WITH_TIMEOUT(says(panel(), "buildTitleLabel", "paused"), Patience);
    // What was under way is finished; then nothing more comes.
    const auto still = [this](int before) { return m_bench->batches.batches == before; };
    QTRY_VERIFY_WITH_TIMEOUT(stays([&, n = m_bench->batches.batches] { return still(n); }),
                             Patience);
    QVERIFY(!QFileInfo::exists(file));
    // The size to expect follows from what the accepted ones took.
    const BuildProgress p = datasets().builds()->progress();
    const double share =
        double(p.accepted[0] + p.accepted[1] + p.accepted[2]) / (200.0 + 2.0 + 2.0);
    QVERIFY(share > 0.0 && share < 1.0);
    QVERIFY(std::abs(double(p.bytesNeeded) * share - double(p.bytes)) < 2.0);
    m_bench->batches.delayMs = 0;
    click(child<QPushButton>(panel(), "buildPauseButton"));
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(file), Patience);
}

void tst_DatasetFlow::stoppedBuildGoesOnLater()
{
    m_bench->batches.delayMs = 20;
    const QString file = path("stopped.h5");
    runWizard(file, 120).close();
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->batches.batches > 1, Patience);
    click(child<QPushButton>(panel(), "buildCancelButton"));
    QTRY_VERIFY_WITH_TIMEOUT(!datasets().builds()->isRunning(), Patience);
    QVERIFY(BuildFolder::exists(file.toStdString()));
    QVERIFY(!QFileInfo::exists(file));
    m_bench->batches.delayMs = 0;
    click(child<QPushButton>(panel(), "buildPauseButton"));
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(file), Patience);
    QTRY_VERIFY(!BuildFolder::exists(file.toStdString()));
}

void tst_DatasetFlow::unfinishedBuildIsOfferedAtTheStart()
{
    const QString file = path("left.h5");
    m_bench->batches.delayMs = 20;
    runWizard(file, 120).close();
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->batches.batches > 1, Patience);
    // Closing the window stops the build; it is there at the next start.
    m_bench->window.reset();
    m_bench->batches.delayMs = 0;
    m_bench->window = std::make_unique<MainWindow>(
        &m_bench->engine, &m_bench->dialogs, m_bench->autosave.path(), &m_bench->dialogs,
        [this](int) { return std::make_unique<BatchEngine>(&m_bench->batches); });
    window().show();
    window().begin({});
    QVERIFY(notice().contains(QStringLiteral("left.h5")));
    click(child<QAbstractButton>(window(), "noticeActionButton"));
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(file), Patience);
    QVERIFY(page().isVisible());
}

void tst_DatasetFlow::failedBuildSaysWhy()
{
    m_bench->batches.failure = QStringLiteral("The simulator fell over.");
    runWizard(path("bad.h5")).close();
    QTRY_VERIFY(says(panel(), "buildTitleLabel", "The simulator fell over."));
    QCOMPARE(notice(), QStringLiteral("The simulator fell over."));
    m_bench->batches.failure.clear();
    click(child<QPushButton>(panel(), "buildPauseButton"));
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(path("bad.h5")), Patience);
}

void tst_DatasetFlow::hopelessBuildNamesTheRange()
{
    m_bench->batches.firingHz = 0;
    const QString file = path("silent.h5");
    runWizard(file, 100).close();
    QTRY_VERIFY_WITH_TIMEOUT(says(panel(), "buildTitleLabel", "firing_rate"), Patience);
    // Nothing is left behind to go on with.
    QTRY_VERIFY(!BuildFolder::exists(file.toStdString()));
    QVERIFY(!child<QPushButton>(panel(), "buildPauseButton")->isVisible());
}

void tst_DatasetFlow::oneBuildAtATime()
{
    m_bench->batches.delayMs = 300;
    runWizard(path("first.h5")).close();
    QTRY_VERIFY_WITH_TIMEOUT(!datasets().wizard(), Patience);
    DatasetWizard &second = runWizard(path("second.h5"));
    QTRY_VERIFY_WITH_TIMEOUT(says(second, "runProblemLabel", "first.h5"), Patience);
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(path("first.h5")), Patience);
    QTRY_VERIFY(!BuildFolder::exists(path("second.h5").toStdString()));
}

void tst_DatasetFlow::filterWritesANewFile()
{
    const QString file = path("all.h5");
    haveDataset(file);
    const QByteArray before = [&] {
        QFile f(file);
        return f.open(QIODevice::ReadOnly) ? f.readAll() : QByteArray();
    }();
    // The soma's level differs from simulation to simulation; the middle goes through both.
    auto values = page().datasetView()->contents().statistics[0].values;
    std::vector<double> means;
    for (const StatisticValues &v : values)
        means.push_back(v[static_cast<std::size_t>(Statistic::SomaVMean)]);
    std::sort(means.begin(), means.end());
    child<RangesPanel>(page(), "rangesPanel")
        ->setRanges({{Statistic::SomaVMean, -120.0, means[means.size() / 2]}});
    const std::size_t kept = page().datasetView()->keptInAll();
    QVERIFY(kept > 0 && kept < 16);
    const QString some = path("some.h5");
    m_bench->dialogs.saveDatasetPath = some;
    click(child<QPushButton>(page(), "rangesSaveButton"));
    QTRY_COMPARE_WITH_TIMEOUT(page().datasetView()->contents().path, some, Patience);
    QCOMPARE(page().datasetView()->contents().info.countInAll(), kept);
    QCOMPARE(status(),
             QStringLiteral("Saved %1 simulations to %2.").arg(QString::number(kept), some));
    QVERIFY(m_bench->dialogs.lastSuggestion.endsWith(QStringLiteral("all-filtered.h5")));
    QFile f(file);
    QVERIFY(f.open(QIODevice::ReadOnly));
    QCOMPARE(f.readAll(), before);
}

void tst_DatasetFlow::filterNeverOverwritesItsSource()
{
    const QString file = path("all.h5");
    haveDataset(file);
    child<RangesPanel>(page(), "rangesPanel")->setRanges({{Statistic::SomaVMean, -77.9, 60.0}});
    const qint64 size = QFileInfo(file).size();
    m_bench->dialogs.saveDatasetPath = file;
    click(child<QPushButton>(page(), "rangesSaveButton"));
    QVERIFY(status().contains(QStringLiteral("name of its own")));
    QVERIFY(stays([&] { return QFileInfo(file).size() == size; }));
}

void tst_DatasetFlow::exportAndImport()
{
    const QString file = path("all.h5");
    haveDataset(file);
    QVERIFY(QDir().mkpath(path("numpy")));
    m_bench->dialogs.exportFolder = path("numpy");
    click(child<QPushButton>(page(), "datasetExportButton"));
    QTRY_VERIFY_WITH_TIMEOUT(status().contains(QStringLiteral("Exported")), Patience);
    const QStringList folders = QDir(path("numpy")).entryList(QDir::AllDirs | QDir::NoDotAndDotDot);
    QCOMPARE(folders.size(), 1);
    // The folder that was made, not the one that was chosen.
    QCOMPARE(
        status(),
        QStringLiteral("Exported to %1.").arg(path(QStringLiteral("numpy/") + folders.front())));
    // A second time it is in the way; the line forgets the first time.
    click(child<QPushButton>(page(), "datasetExportButton"));
    QTRY_VERIFY_WITH_TIMEOUT(notice().contains(QStringLiteral("exists already")), Patience);
    QCOMPARE(status(), QString());
    m_bench->dialogs.importFolder = path(QStringLiteral("numpy/") + folders.front());
    m_bench->dialogs.saveDatasetPath = path("back.h5");
    click(child<QPushButton>(page(), "importDatasetButton"));
    QTRY_COMPARE_WITH_TIMEOUT(page().datasetView()->contents().path, path("back.h5"), Patience);
    QCOMPARE(page().datasetView()->contents().info.count(Split::Train), std::size_t{12});
    QVERIFY(says(page(), "datasetDetailLabel", "imported"));
    QCOMPARE(status(), QStringLiteral("Imported to %1.").arg(path("back.h5")));
    // A folder that is none is explained.
    m_bench->dialogs.importFolder = path("numpy");
    m_bench->dialogs.lastSuggestion.clear();
    click(child<QPushButton>(page(), "importDatasetButton"));
    QTRY_VERIFY_WITH_TIMEOUT(notice().contains(QStringLiteral("no folder 'train'")), Patience);
    QCOMPARE(m_bench->dialogs.lastSuggestion, QString()); // nobody is asked in vain where to put it
}

void tst_DatasetFlow::check()
{
    haveDataset(path("all.h5"));
    click(child<QPushButton>(page(), "datasetVerifyButton"));
    QTRY_COMPARE_WITH_TIMEOUT(status(), QStringLiteral("all.h5 is in order."), Patience);
}

void tst_DatasetFlow::foreignFileIsExplained_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("why");
    const auto row = [](const char *what, const char *reason) {
        QTest::newRow(what) << QString::fromUtf8(what) << QString::fromUtf8(reason);
    };
    row("text", "not an HDF5 file");
    row("recording", "is a recording, not a data set.");
    row("missing", "There is no file");
}

void tst_DatasetFlow::foreignFileIsExplained()
{
    QFETCH(QString, kind);
    QFETCH(QString, why);
    const QString mine = path("mine.h5");
    haveDataset(mine);
    const QString file = path("foreign.h5");
    if (kind == QStringLiteral("text")) {
        QFile f(file);
        QVERIFY(f.open(QIODevice::WriteOnly) && f.write("no HDF5 at all") > 0);
    } else if (kind == QStringLiteral("recording")) {
        const Recording made = test::randomRecording(presetNeuron("nmda-cable").value(), 20);
        QVERIFY(writeRecording(file.toStdString(), made, true).ok());
    }
    m_bench->dialogs.datasetPath = file;
    trigger(window(), "openDatasetAction");
    QTRY_VERIFY2_WITH_TIMEOUT(notice().contains("foreign.h5"), qPrintable(notice()), Patience);
    QVERIFY2(notice().contains(why), qPrintable(notice()));
    // What was shown stays, and the list holds data sets only, also at the next start.
    QCOMPARE(shownPart(), page().datasetView());
    QCOMPARE(page().datasetView()->contents().path, mine);
    QCOMPARE(page().chosen(), mine);
    QCOMPARE(datasets().paths(), QStringList{mine});
    QCOMPARE(QSettings().value(QStringLiteral("datasets")).toStringList(), QStringList{mine});
}

void tst_DatasetFlow::missingFileIsTakenOffTheList()
{
    const QString file = path("gone.h5");
    haveDataset(file);
    const QString other = path("other.h5");
    QVERIFY(QFile::copy(file, other));
    datasets().openPath(other);
    QTRY_COMPARE_WITH_TIMEOUT(page().datasetView()->contents().path, other, Patience);
    QVERIFY(QFile::remove(file));
    page().choose(file);
    QTRY_VERIFY_WITH_TIMEOUT(says(page(), "dataEmptyLabel", "gone.h5"), Patience);
    QVERIFY(!child<QPushButton>(page(), "emptyNewButton")->isVisible());
    click(child<QPushButton>(page(), "emptyForgetButton"));
    QCOMPARE(datasets().paths(), QStringList{other});
    // Now there is one to choose, and the page says so.
    QVERIFY(says(page(), "dataEmptyLabel", "on the left"));
    QVERIFY(!child<QLabel>(page(), "datasetListHintLabel")->isVisible());
}

void tst_DatasetFlow::forgetKeepsTheFile()
{
    const QString file = path("all.h5");
    haveDataset(file);
    trigger(page(), "forgetDatasetAction");
    QCOMPARE(child<QListWidget>(page(), "datasetList")->count(), 0);
    QVERIFY(QFileInfo::exists(file));
    QVERIFY(datasets().paths().isEmpty());
}

void tst_DatasetFlow::listSurvivesARestart()
{
    const QString file = path("all.h5");
    haveDataset(file);
    m_bench->window.reset();
    m_bench->window = std::make_unique<MainWindow>(&m_bench->engine, &m_bench->dialogs,
                                                   m_bench->autosave.path(), &m_bench->dialogs);
    window().show();
    window().showPage(MainWindow::Data);
    QCOMPARE(child<QListWidget>(page(), "datasetList")->count(), 1);
    QVERIFY(says(page(), "dataEmptyLabel", "on the left"));
    page().choose(file);
    QTRY_COMPARE_WITH_TIMEOUT(page().datasetView()->contents().path, file, Patience);
}

// Stored is the share of ms without an event; people read and type events a second.
void tst_DatasetFlow::rainIsInHz()
{
    RecipeForm form;
    form.show();
    form.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&form));
    const auto field = [&](const char *name) { return child<QuantityField>(form, name); };
    QStringList shown;
    for (const char *name : {"excRateLowFromField", "excRateLowToField", "excRateHighFromField",
                             "excRateHighToField", "inhRateLowFromField", "inhRateHighToField"})
        shown << field(name)->text();
    QCOMPARE(shown.join(u','), QStringLiteral("20 Hz,30 Hz,50 Hz,80 Hz,10 Hz,70 Hz"));
    typeInto(field("excRateLowFromField"), QStringLiteral("25"));
    InputRecipe expected;
    expected.excSparsity.high.to = 0.975;
    QVERIFY(form.recipe() == expected);
    QVERIFY(form.problem().isEmpty());
    typeInto(field("excRateHighToField"), QStringLiteral("40"));
    QVERIFY2(form.problem().contains(QStringLiteral("rates of 25..30 to 50..40 Hz")),
             qPrintable(form.problem()));
}

DT_TEST(tst_DatasetFlow, QApplication)
#include "tst_DatasetFlow.moc"
