// SPDX-License-Identifier: GPL-3.0-or-later
//
// A new or opened project starts clean: nothing of the one before is shown, selected or kept, on
// any page. On an engine that simulates nothing.
#include "app/explore/LiveController.h"
#include "app/simulate/RunsController.h"
#include "app/simulate/SimulationController.h"
#include "engine/document/CellSelection.h"
#include "engine/document/Document.h"
#include "engine/explore/Experiment.h"
#include "engine/jobs/LiveSession.h"
#include "engine/project/ProjectFile.h"
#include "tests/gui/GuiTest.h"
#include "tests/support/TestProgram.h"
#include "tests/support/Wait.h"
#include "widgets/cell/CellView.h"
#include "widgets/explore/LiveCell.h"
#include "widgets/explore/LivePanels.h"
#include "widgets/explore/LiveView.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/input/EventPainter.h"
#include "widgets/pages/ExplorePage.h"
#include "widgets/pages/NeuronPage.h"
#include "widgets/pages/SimulatePage.h"
#include "widgets/runs/RunsPanel.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>

using namespace dt;
using namespace dt::test;

class tst_NewProject : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_bench.reset(); }

    void simulate_data();
    void simulate();
    void runThatGoesOn();
    void traceThatIsRead();
    void neuron_data();
    void neuron();
    void live_data();
    void live();
    void experiments_data();
    void experiments();
    void experimentThatGoesOn();
    void nothingOldIsSaved();

private:
    [[nodiscard]] MainWindow &window() const { return *m_bench->window; }
    [[nodiscard]] Document &document() const { return *window().document(); }
    [[nodiscard]] DrivenEngine &engine() const { return m_bench->engine; }
    [[nodiscard]] SimulatePage &page() const { return *window().simulatePage(); }
    [[nodiscard]] QString at(const char *name) const
    {
        return m_bench->sandbox.path(QLatin1String(name));
    }
    static void ways()
    {
        QTest::addColumn<bool>("opened");
        QTest::newRow("new") << false;
        QTest::newRow("opened") << true;
    }
    /// Another project, by a person's hand.
    void another(bool opened) const
    {
        m_bench->dialogs.unsaved = ProjectDialogs::Unsaved::Discard;
        m_bench->dialogs.openPath = at("other.dendro");
        trigger(window(), opened ? "openAction" : "newAction");
        QCOMPARE(document().project(), opened ? m_other : Project{});
        QVERIFY(!document().isModified());
    }
    void run() const
    {
        window().simulation()->run();
        engine().complete();
        QVERIFY(!window().simulation()->isRunning());
    }

    std::unique_ptr<Bench> m_bench;
    Project m_other;
};

void tst_NewProject::init()
{
    m_bench = std::make_unique<Bench>(QSize(1400, 900));
    window().simulation()->setAutoRun(false);
    m_other.neuron = presetNeuron("ampa-point").value();
    m_other.stimulus.durationMs = 444;
    m_other.stimulus.painted = {{Polarity::Excitatory, 2, 30, 3.0}};
    QVERIFY(saveProject(at("other.dendro"), m_other).ok());
    Project project;
    project.neuron = presetNeuron("nmda-cable").value();
    project.stimulus.durationMs = 300;
    document().reset(project, {});
}

void tst_NewProject::simulate_data()
{
    ways();
}

void tst_NewProject::simulate()
{
    QFETCH(bool, opened);
    run();
    run();
    RunPlots &plots = *page().plots();
    TimeAxis &axis = *plots.timeAxis();
    page().runs()->pinWanted(window().runs()->history().runs().back().key, true);
    QCOMPARE(plots.ghosts().size(), std::size_t{1});
    plots.rowClicked(3);
    QCOMPARE(plots.selectedRow(), std::optional<int>(3));
    axis.show(100.0, 150.0);
    axis.setMark(110.0);
    axis.setCursor(120.0);
    page().cell()->zoomBy(4.0, page().cell()->rect().center());
    choose(child<QComboBox>(page(), "brushPolarityCombo"), QStringLiteral("Inhibitory"));
    typeInto(child<QuantityField>(page(), "brushWeightField"), QStringLiteral("77"));
    plots.painter()->select(0);
    QVERIFY(child<QAction>(window(), "exportRunAction")->isEnabled());

    another(opened);

    QVERIFY(window().runs()->history().runs().empty());
    QCOMPARE(child<QTableView>(window(), "runsTable")->model()->rowCount(), 0);
    QVERIFY(plots.ghosts().empty());
    QVERIFY(plots.trace().somaFine.empty());
    QCOMPARE(plots.neuron(), document().neuron());
    QVERIFY(!plots.selectedRow());
    QVERIFY(!page().cell()->selection());
    QCOMPARE(page().cell()->zoom(), 1.0);
    QCOMPARE(page().runId(), 0);
    QVERIFY(!axis.cursor() && !axis.mark());
    QCOMPARE(axis.shown(), axis.full());
    QCOMPARE(axis.full().to, double(document().stimulus().durationMs));
    QVERIFY(!plots.painter()->selection());
    QVERIFY(!child<QWidget>(page(), "staleBar")->isVisible());
    QCOMPARE(child<QComboBox>(page(), "brushPolarityCombo")->currentIndex(), 0);
    QCOMPARE(child<QuantityField>(page(), "brushWeightField")->value(), 8.0);
    QVERIFY(!child<QAction>(window(), "exportRunAction")->isEnabled());
    QVERIFY(!child<QAction>(window(), "saveRecordingAction")->isEnabled());
    QVERIFY(!window().simulation()->recording());
    QCOMPARE(labelText(window(), "statusLabel"), QString());
    // What the brush paints is what the form says.
    const std::size_t painted = document().stimulus().painted.size();
    QTest::keyClick(plots.painter(), Qt::Key_Insert);
    QCOMPARE(document().stimulus().painted.size(), painted + 1);
    QCOMPARE(document().stimulus().painted.back().weight, 8.0);
    QCOMPARE(document().stimulus().painted.back().polarity, Polarity::Excitatory);
    // Its runs are its own, from the first on.
    run();
    QCOMPARE(page().runId(), 1);
    QCOMPARE(window().runs()->history().runs().size(), std::size_t{1});
    QCOMPARE(window().runs()->history().runs().front().setup->neuron, document().neuron());
}

// What the old project's run still says is heard by nobody.
void tst_NewProject::runThatGoesOn()
{
    engine().setObedient(false);
    window().simulation()->run();
    engine().begin();
    engine().appendTo(100);
    QTRY_VERIFY(!page().plots()->trace().somaFine.empty());
    another(false);
    QVERIFY(!window().simulation()->isRunning());
    QVERIFY(!child<QAction>(window(), "stopAction")->isEnabled());
    QVERIFY(stays([&] { return page().plots()->trace().somaFine.empty(); }));
    QVERIFY(window().runs()->history().runs().empty());
}

void tst_NewProject::traceThatIsRead()
{
    QFile file(at("trace.csv"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("ms,mV\n0,-80\n10,-70\n20,-80\n");
    file.close();
    FakeDialogs dialogs;
    dialogs.tablePath = at("trace.csv");
    window().runs()->setDialogs(&dialogs);
    window().runs()->importTrace();
    another(false); // before the file is read
    window().runs()->importTrace(); // for the new one
    QTRY_COMPARE(window().runs()->history().runs().size(), std::size_t{1});
    QVERIFY(stays([&] { return window().runs()->history().runs().size() == 1; }));
}

void tst_NewProject::neuron_data()
{
    ways();
}

void tst_NewProject::neuron()
{
    QFETCH(bool, opened);
    window().showPage(MainWindow::Neuron);
    auto *neurons = child<NeuronPage>(window(), "neuronPage");
    neurons->selection()->select(CellSelection::Kind::Synapses, {1, 2});
    neurons->cell()->zoomBy(4.0, neurons->cell()->rect().center());
    child<QAbstractButton>(*neurons, "toScaleRadio")->click();
    auto *kinds = child<QComboBox>(*neurons, "kindCombo");
    Q_EMIT kinds->activated(1);
    QVERIFY(document()
                .edit(QStringLiteral("e"), [](Project &p) { p.stimulus.electrodes.push_back({}); })
                .ok());
    neurons->selection()->select(CellSelection::Kind::Electrodes, {0});

    another(opened);

    QCOMPARE(neurons->selection()->kind(), CellSelection::Kind::Nothing);
    QCOMPARE(neurons->cell()->zoom(), 1.0);
    QCOMPARE(neurons->cell()->mode(), CellLayout::Mode::Schematic);
    QVERIFY(child<QAbstractButton>(*neurons, "schematicRadio")->isChecked());
    QCOMPARE(kinds->currentIndex(), 0);
    QCOMPARE(child<QTabWidget>(*neurons, "neuronSideTabs")->currentIndex(), 0);
    QVERIFY(!neurons->isTree());
}

void tst_NewProject::live_data()
{
    ways();
}

void tst_NewProject::live()
{
    QFETCH(bool, opened);
    window().showPage(MainWindow::Explore);
    auto *view = child<LiveView>(window(), "liveView");
    LiveSession *session = window().live()->session();
    LiveCell *cell = view->cell();
    QTest::keyClick(cell, Qt::Key_Right);
    QCOMPARE(cell->selection(), std::optional<int>(CellView::SomaSelected));
    QTest::keyClick(cell, Qt::Key_Right);
    QCOMPARE(cell->selection(), std::optional<int>(0));
    QTest::keyClick(cell, Qt::Key_Return); // a poke's place is recorded
    QCOMPARE(view->sites().size(), std::size_t{1});
    cell->zoomBy(3.0, cell->rect().center());
    child<QAbstractButton>(*view, "liveMoveElectrodeButton")->click();
    child<QCheckBox>(*view, "liveElectrodeCheck")->click();
    typeInto(child<QuantityField>(*view, "liveElectrodeField"), QStringLiteral("0.7"));
    QVERIFY(view->electrodes().front().on);
    choose(child<QComboBox>(*view, "liveKindCombo"),
           child<QComboBox>(*view, "liveKindCombo")->itemText(1));
    session->play();
    QVERIFY(session->isLive());

    another(opened);

    QVERIFY(!session->isLive());
    QCOMPARE(session->trace().next(), session->trace().first());
    QVERIFY(session->now().empty());
    QVERIFY(view->sites().empty());
    QVERIFY(!cell->selection());
    QCOMPARE(cell->zoom(), 1.0);
    QCOMPARE(cell->neuron(), document().neuron());
    const Electrode electrode = view->electrodes().front();
    QVERIFY(!electrode.on);
    QCOMPARE(electrode.dendrite, SomaIndex);
    QCOMPARE(electrode.currentNa, 0.2);
    QVERIFY(!child<QCheckBox>(*view, "liveElectrodeCheck")->isChecked());
    QCOMPARE(child<QComboBox>(*view, "liveKindCombo")->currentIndex(), 0);
    QVERIFY(!child<QAction>(window(), "stopAction")->isEnabled());
}

void tst_NewProject::experiments_data()
{
    ways();
}

void tst_NewProject::experiments()
{
    QFETCH(bool, opened);
    window().showPage(MainWindow::Explore);
    auto *tabs = child<QTabWidget>(window(), "exploreTabs");
    for (int i = 0; i < tabs->count(); ++i) {
        if (tabs->widget(i)->objectName() == QStringLiteral("experimentsView"))
            tabs->setCurrentIndex(i);
    }
    auto *list = child<QListWidget>(window(), "experimentList");
    list->setCurrentRow(2);
    const QString untouched = labelText(window(), "experimentProgressLabel");
    m_bench->batches = {};
    trigger(window(), "runAction");
    auto *runButton = child<QPushButton>(window(), "runExperimentButton");
    QTRY_VERIFY_WITH_TIMEOUT(runButton->isEnabled(), 30000);
    QTRY_VERIFY(labelText(window(), "experimentProgressLabel") != untouched);

    another(opened);

    QCOMPARE(list->currentRow(), 0);
    for (const int row : {0, 2}) {
        list->setCurrentRow(row);
        QCOMPARE(labelText(window(), "experimentProgressLabel"), QString());
        QCOMPARE(child<QTableView>(window(), "resultTable")->model()->rowCount(), 0);
    }
}

void tst_NewProject::experimentThatGoesOn()
{
    window().showPage(MainWindow::Explore);
    auto *tabs = child<QTabWidget>(window(), "exploreTabs");
    for (int i = 0; i < tabs->count(); ++i) {
        if (tabs->widget(i)->objectName() == QStringLiteral("experimentsView"))
            tabs->setCurrentIndex(i);
    }
    trigger(window(), "runAction");
    QVERIFY(!child<QPushButton>(window(), "runExperimentButton")->isEnabled());
    another(false);
    QVERIFY(child<QPushButton>(window(), "runExperimentButton")->isEnabled());
    QVERIFY(!child<QAction>(window(), "stopAction")->isEnabled());
    const QAbstractItemModel *table = child<QTableView>(window(), "resultTable")->model();
    QVERIFY(stays([&] { return table->rowCount() == 0; }));
    // It can be run at once on the new neuron.
    trigger(window(), "runAction");
    QTRY_VERIFY_WITH_TIMEOUT(child<QPushButton>(window(), "runExperimentButton")->isEnabled(),
                             30000);
    QTRY_VERIFY(child<QTableView>(window(), "resultTable")->model()->rowCount() > 0);
}

void tst_NewProject::nothingOldIsSaved()
{
    run();
    page().runs()->pinWanted(window().runs()->history().runs().front().key, true);
    QVERIFY(document()
                .edit(QStringLiteral("e"), [](Project &p) { p.stimulus.electrodes.push_back({}); })
                .ok());
    another(false);
    m_bench->dialogs.savePath = at("new.dendro");
    trigger(window(), "saveAction");
    QCOMPARE(loadProject(at("new.dendro")).value(), Project{});
    QFile saved(at("new.dendro"));
    QVERIFY(saved.open(QIODevice::ReadOnly));
    QCOMPARE(saved.readAll(), projectText(Project{}));
}

DT_TEST(tst_NewProject, QApplication)
#include "tst_NewProject.moc"
