// SPDX-License-Identifier: GPL-3.0-or-later
//
// Synapses and electrodes in the window with real NEURON: from the picture of the cell to the
// plots. Leaves pictures in DENDROTWIN_SCREENSHOTS or <build>/screenshots for somebody to look at.

#include "app/simulate/SimulationController.h"
#include "app/window/MainWindow.h"
#include "engine/cell/synapses/SynapseEdit.h"
#include "engine/document/CellSelection.h"
#include "engine/document/Document.h"
#include "engine/jobs/WorkerPool.h"
#include "tests/gui/GuiTest.h"
#include "tests/support/Neurons.h"
#include "tests/support/TestProgram.h"
#include "tests/support/Wait.h"
#include "widgets/cell/CellView.h"
#include "widgets/input/EventPainter.h"
#include "widgets/pages/NeuronPage.h"
#include "widgets/pages/SimulatePage.h"
#include "widgets/plots/ElectrodePlot.h"
#include "widgets/synapses/PlacePalette.h"
#include "widgets/synapses/SynapsePanel.h"
#include "widgets/theme/Theme.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabWidget>
#include <QTest>

using namespace dt;

class tst_SynapseWindow : public QObject
{
    Q_OBJECT

    using Kind = CellSelection::Kind;

private Q_SLOTS:
    void initTestCase()
    {
        m_sandbox = std::make_unique<test::Sandbox>();
        m_folder = qEnvironmentVariable("DENDROTWIN_SCREENSHOTS");
        if (m_folder.isEmpty())
            m_folder = QCoreApplication::applicationDirPath() + QStringLiteral("/../screenshots");
        QVERIFY(QDir().mkpath(m_folder));
    }
    void init() { open(QSize(1280, 800)); }
    void cleanup()
    {
        m_window.reset();
        m_pool.reset();
        theme::apply(*qApp, theme::Scheme::Light, false);
    }

    void electrodesAreMeasured();
    void voltageClampHolds();
    void inputFallsWhereSynapsesAre();
    void selectionOpensItsForm();
    void deletedBranchIsTold();
    void pictures_data();
    void pictures();

private:
    void open(const QSize &size)
    {
        m_pool = std::make_unique<WorkerPool>(WorkerPool::defaultSettings(), 1);
        m_window = std::make_unique<MainWindow>(m_pool.get(), nullptr, m_autosave.path());
        m_window->resize(size);
        m_window->show();
        m_window->begin({});
        waitForRun();
        QVERIFY(edit([](Project &p) {
            p.neuron = presetNeuron("nmda-cable").value();
            p.stimulus.durationMs = 200;
            p.stimulus.rain.on = false;
            p.stimulus.painted.clear();
        }));
        waitForRun();
    }
    bool edit(const std::function<void(Project &)> &change)
    {
        return m_window->document()->edit(QStringLiteral("edit"), change).ok();
    }
    void waitForRun()
    {
        SimulationController *run = m_window->simulation();
        QTRY_VERIFY_WITH_TIMEOUT(
            !run->isRunning() && run->recording() && run->runId() == run->newestRunId()
                && run->recording()->durationMs == m_window->document()->stimulus().durationMs,
            60000);
        QTest::qWait(80); // an edit reruns after a moment
        QTRY_VERIFY_WITH_TIMEOUT(!run->isRunning() && run->recording(), 60000);
    }
    [[nodiscard]] NeuronPage *page() const { return m_window->findChild<NeuronPage *>(); }
    void drop(const PlaceItem &item, const Place &place)
    {
        m_window->showPage(MainWindow::Neuron);
        QCoreApplication::processEvents();
        CellView *cell = page()->cell();
        const QPointF at = cell->positionOf(place);
        const std::unique_ptr<QMimeData> mime(PlacePalette::mimeOf(item));
        QDragEnterEvent enter(at.toPoint(), Qt::CopyAction, mime.get(), Qt::LeftButton, {});
        QCoreApplication::sendEvent(cell, &enter);
        QDropEvent event(at, Qt::CopyAction, mime.get(), Qt::LeftButton, {});
        QCoreApplication::sendEvent(cell, &event);
    }
    [[nodiscard]] const std::vector<float> &probe(std::size_t i) const
    {
        return m_window->simulation()->trace().probes.at(i);
    }
    [[nodiscard]] double at(std::size_t index, double ms) const
    {
        return static_cast<double>(probe(index).at(static_cast<std::size_t>(ms * 40.0)));
    }
    void shoot(const QString &name)
    {
        test::settle();
        QVERIFY(m_window->grab().save(m_folder + u'/' + name + QStringLiteral(".png")));
    }

    std::unique_ptr<test::Sandbox> m_sandbox;
    QTemporaryDir m_autosave;
    QString m_folder;
    std::unique_ptr<WorkerPool> m_pool;
    std::unique_ptr<MainWindow> m_window;
};

void tst_SynapseWindow::electrodesAreMeasured()
{
    auto *panel = test::child<QWidget>(*m_window, "electrodesPanel");
    QVERIFY(panel->isHidden());
    drop({PlaceItem::What::CurrentClamp, {}}, {SomaIndex, 0.5});
    QCOMPARE(m_window->document()->stimulus().electrodes.size(), std::size_t(1));
    QVERIFY(edit([](Project &p) {
        p.stimulus.electrodes[0].startMs = 50.0;
        p.stimulus.electrodes[0].durationMs = 100.0;
        p.stimulus.electrodes[0].currentNa = 0.3;
    }));
    m_window->showPage(MainWindow::Simulate);
    waitForRun();
    QVERIFY(!panel->isHidden());
    QCOMPARE(at(0, 20.0), 0.0);
    QVERIFY(std::abs(at(0, 100.0) - 0.3) < 1e-6);
    QCOMPARE(at(0, 180.0), 0.0);
    QVERIFY(at(1, 140.0) > at(1, 45.0)); // it depolarises
    QVERIFY(m_window->simulation()->recording()->spikeCount() > 0); // 0.3 nA fires the cell
    const auto *plot = test::child<ElectrodePlot>(*m_window, "electrodesPlot");
    QVERIFY(plot->words(100.0).contains(QStringLiteral("0.3000 nA")));
    // Turned off, it is as if it were not there.
    QVERIFY(edit([](Project &p) { p.stimulus.electrodes[0].on = false; }));
    waitForRun();
    QVERIFY(panel->isHidden());
    QCOMPARE(m_window->simulation()->recording()->spikeCount(), 0);
}

void tst_SynapseWindow::voltageClampHolds()
{
    drop({PlaceItem::What::VoltageClamp, {}}, {SomaIndex, 0.5});
    QVERIFY(edit([](Project &p) {
        Electrode &e = p.stimulus.electrodes[0];
        e.holdMv = -80.0;
        e.stepMv = -60.0;
        e.startMs = 100.0;
        e.durationMs = 50.0;
        p.neuron.channels.rhoFactor = 0.0; // a passive soma
    }));
    m_window->showPage(MainWindow::Simulate);
    waitForRun();
    QVERIFY(std::abs(at(1, 90.0) + 80.0) < 0.1);
    QVERIFY(std::abs(at(1, 140.0) + 60.0) < 0.1);
    QVERIFY(at(0, 140.0) > at(0, 90.0)); // to hold it higher takes more current
    // The axis shows the holding currents, not the hundred times larger charging current.
    auto *plot = test::child<ElectrodePlot>(*m_window, "electrodesPlot");
    QVERIFY(plot->yRange().second < 0.5 * *std::max_element(probe(0).begin(), probe(0).end()));
    test::choose(test::child<QComboBox>(*m_window, "electrodeQuantityCombo"),
                 QStringLiteral("Voltage [mV]"));
    QVERIFY(plot->words(140.0).contains(QStringLiteral("-60.0 mV")));
}

void tst_SynapseWindow::inputFallsWhereSynapsesAre()
{
    QVERIFY(edit([](Project &p) {
        p.neuron.synapses = {{0, 0, 0.0625}};
        p.stimulus.rain.on = true;
        p.stimulus.painted = {{Polarity::Excitatory, 0, 50, 20.0},
                              {Polarity::Excitatory, 5, 60, 5.0}};
    }));
    m_window->showPage(MainWindow::Simulate);
    waitForRun();
    QVERIFY(m_window->simulation()->recording().has_value());
    for (const InputEvent &e : m_window->simulation()->recording()->input.events)
        QCOMPARE(e.row, 0);
    QCOMPARE(m_window->document()->stimulus().painted.size(), std::size_t(2)); // nothing is lost
    bool said = false;
    for (const QLabel *label : m_window->findChildren<QLabel *>())
        said = said || label->text().contains(QStringLiteral("1 painted event was left out"));
    QVERIFY(said);
    // No synapse at all: a quiet run, and no complaint.
    QVERIFY(edit([](Project &p) { p.neuron.synapses.clear(); }));
    waitForRun();
    QVERIFY(m_window->simulation()->recording()->input.events.empty());
}

void tst_SynapseWindow::selectionOpensItsForm()
{
    m_window->showPage(MainWindow::Neuron);
    auto *side = test::child<QTabWidget>(*m_window, "neuronSideTabs");
    CellView *cell = page()->cell();
    QCOMPARE(side->currentIndex(), 0);
    page()->selection()->select(Kind::Synapses, {3});
    QCOMPARE(side->currentWidget(), page()->synapses());
    test::clickAt(cell, cell->positionOf({0, 0.5}));
    QCOMPARE(page()->selection()->kind(), Kind::Dendrites);
    QCOMPARE(side->currentIndex(), 0);
    // While places are asked for, the panel stays.
    page()->synapses()->showTab(SynapsePanel::Distribute);
    side->setCurrentIndex(1);
    test::clickAt(cell, cell->positionOf({0, 0.3}));
    QCOMPARE(side->currentIndex(), 1);
    // A frame around synapses; the picture's own tools work on.
    page()->synapses()->showTab(SynapsePanel::Table);
    const QPointF from = cell->positionOf({0, 0.27}) - QPointF(0, 50);
    test::drag(cell, from, cell->positionOf({0, 0.42}) + QPointF(0, 50));
    QCOMPARE(page()->selection()->items(), (std::vector<int>{4, 5}));
}

void tst_SynapseWindow::deletedBranchIsTold()
{
    m_window->showPage(MainWindow::Neuron);
    QVERIFY(edit([](Project &p) {
        p.neuron = test::treeWithTable();
        p.stimulus.electrodes = {Electrode{.name = "probe", .dendrite = 3}};
    }));
    const Project before = m_window->document()->project();
    page()->selection()->select(Kind::Dendrites, {3});
    page()->cell()->setFocus();
    QTest::keyClick(page()->cell(), Qt::Key_Delete);
    QCOMPARE(m_window->document()->neuron().dendrites.size(), std::size_t(3));
    QCOMPARE(m_window->document()->neuron().synapses.size(), std::size_t(4));
    QVERIFY(m_window->document()->stimulus().electrodes.empty());
    const QString told = test::labelText(*m_window, "treeMessageLabel");
    QVERIFY2(told.contains(QStringLiteral("synapse")) && told.contains(QStringLiteral("electrode")),
             qPrintable(told));
    m_window->document()->undoStack()->undo();
    QVERIFY(m_window->document()->project() == before);
    QCOMPARE(page()->cell()->marks().size(), std::size_t(6));
}

void tst_SynapseWindow::pictures_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("projector");
    QTest::addColumn<QSize>("size");
    QTest::newRow("light") << false << false << QSize(1280, 800);
    QTest::newRow("dark") << true << false << QSize(1280, 800);
    QTest::newRow("projector") << false << true << QSize(1680, 1000);
    QTest::newRow("small") << false << false << QSize(1000, 640);
}

void tst_SynapseWindow::pictures()
{
    QFETCH(bool, dark);
    QFETCH(bool, projector);
    QFETCH(QSize, size);
    const QString row = QStringLiteral("synapses-") + QString::fromLatin1(QTest::currentDataTag());
    theme::apply(*qApp, dark ? theme::Scheme::Dark : theme::Scheme::Light, projector);
    m_window->resize(size);
    QVERIFY(edit([](Project &p) {
        p.stimulus.rain.on = true;
        p.stimulus.rain.excSparsity = 0.99;
        p.stimulus.painted = {{Polarity::Excitatory, 3, 60, 8.0}};
    }));
    m_window->showPage(MainWindow::Neuron);
    test::child<QTabWidget>(*m_window, "neuronSideTabs")->setCurrentIndex(1);
    shoot(row + QStringLiteral("-empty"));
    page()->selection()->select(Kind::Synapses, {2, 4, 7});
    shoot(row + QStringLiteral("-several"));
    page()->selection()->select(Kind::Synapses, {4});
    shoot(row + QStringLiteral("-one"));
    page()->synapses()->showTab(SynapsePanel::Kinds);
    shoot(row + QStringLiteral("-kinds"));
    page()->synapses()->showTab(SynapsePanel::Distribute);
    page()->selection()->clear();
    shoot(row + QStringLiteral("-distribute"));
    drop({PlaceItem::What::CurrentClamp, {}}, {SomaIndex, 0.5});
    drop({PlaceItem::What::VoltageClamp, {}}, {0, 0.7});
    shoot(row + QStringLiteral("-electrodes"));
    QVERIFY(edit([](Project &p) {
        p.stimulus.electrodes[0].currentNa = 0.2;
        removeSynapses(p.neuron, std::vector{6, 7});
    }));
    m_window->showPage(MainWindow::Simulate);
    waitForRun();
    shoot(row + QStringLiteral("-simulate"));
}

DT_TEST(tst_SynapseWindow, QApplication)
#include "tst_SynapseWindow.moc"
