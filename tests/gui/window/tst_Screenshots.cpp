// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pictures of every page and state, light and dark, for somebody to look at. They land in
// DENDROTWIN_SCREENSHOTS or <build>/screenshots; on a screen with another scale their names end in
// it, e.g. -150. The test checks that they could be made.

#include "app/explore/LiveController.h"
#include "app/simulate/SimulationController.h"
#include "app/window/MainWindow.h"
#include "engine/document/Document.h"
#include "engine/jobs/WorkerPool.h"
#include "tests/gui/GuiTest.h"
#include "tests/support/Neurons.h"
#include "tests/support/TestProgram.h"
#include "tests/support/Wait.h"
#include "widgets/data/RangesPanel.h"
#include "widgets/explore/LiveCell.h"
#include "widgets/explore/LiveView.h"
#include "widgets/pages/DataPage.h"
#include "widgets/pages/ExplorePage.h"
#include "widgets/pages/SimulatePage.h"
#include "widgets/plots/PlotSheet.h"
#include "widgets/shell/NoticeBar.h"
#include "widgets/theme/Theme.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace dt;

class tst_Screenshots : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_folder = qEnvironmentVariable("DENDROTWIN_SCREENSHOTS");
        if (m_folder.isEmpty())
            m_folder = QCoreApplication::applicationDirPath() + QStringLiteral("/../screenshots");
        QVERIFY(QDir().mkpath(m_folder));
        const int percent = qRound(qApp->devicePixelRatio() * 100.0);
        if (percent != 100)
            m_suffix = QStringLiteral("-%1").arg(percent);
    }

    void pages_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<bool>("projector");
        QTest::addColumn<QSize>("size");
        QTest::newRow("light") << false << false << QSize(1280, 720);
        QTest::newRow("dark") << true << false << QSize(1280, 720);
        QTest::newRow("large") << false << false << QSize(1680, 1000);
        QTest::newRow("projector") << false << true << QSize(1680, 1000);
        QTest::newRow("projector-small") << false << true << QSize(1280, 720);
        QTest::newRow("projector-dark") << true << true << QSize(1280, 800);
    }

    void pages()
    {
        QFETCH(bool, dark);
        QFETCH(bool, projector);
        QFETCH(QSize, size);
        const QString row = QString::fromLatin1(QTest::currentDataTag());
        theme::apply(*qApp, dark ? theme::Scheme::Dark : theme::Scheme::Light, projector);

        WorkerPool pool(WorkerPool::defaultSettings(), 1);
        QTemporaryDir autosave;
        MainWindow window(&pool, nullptr, autosave.path());
        window.resize(size);
        window.show();
        window.showPage(MainWindow::Simulate);
        shoot(window, row + QStringLiteral("-simulate-empty"));

        window.begin({});
        QTRY_COMPARE_WITH_TIMEOUT(window.simulation()->runId(), 1, 20000);
        QTRY_VERIFY_WITH_TIMEOUT(!window.simulation()->isRunning(), 20000);
        shoot(window, row + QStringLiteral("-simulate-done"));

        QVERIFY(window.document()
                    ->edit(QStringLiteral("nothing"),
                           [](Project &p) {
                               p.stimulus.rain.on = false;
                               p.stimulus.painted.clear();
                           })
                    .ok());
        QTRY_COMPARE_WITH_TIMEOUT(window.simulation()->runId(), 2, 20000);
        QTRY_VERIFY_WITH_TIMEOUT(!window.simulation()->isRunning(), 20000);
        QCOMPARE(window.simulation()->recording()->spikeCount(), 0);
        shoot(window, row + QStringLiteral("-simulate-no-input"));
        window.document()->undoStack()->undo();
        QTRY_COMPARE_WITH_TIMEOUT(window.simulation()->runId(), 3, 20000);
        QTRY_VERIFY_WITH_TIMEOUT(!window.simulation()->isRunning(), 20000);

        window.simulation()->setPace(1000.0);
        window.simulation()->run();
        QTRY_COMPARE_WITH_TIMEOUT(window.simulation()->runId(), 4, 20000);
        QTRY_VERIFY(window.simulation()->trace().recordedMs > 200); // in the middle
        shoot(window, row + QStringLiteral("-simulate-running"));
        window.simulation()->stop();
        QTRY_VERIFY(!window.simulation()->isRunning());

        QVERIFY(window.document()
                    ->edit(QStringLiteral("x"), [](Project &p) { p.stimulus.rain.seed = 7; })
                    .ok());
        shoot(window, row + QStringLiteral("-simulate-stale"));

        window.showPage(MainWindow::Neuron);
        shoot(window, row + QStringLiteral("-neuron"));
        QVERIFY(window.document()
                    ->edit(QStringLiteral("y"),
                           [](Project &p) { p.neuron = presetNeuron("ampa-point").value(); })
                    .ok());
        shoot(window, row + QStringLiteral("-neuron-point"));
        window.findChild<QWidget *>(QStringLiteral("expertCheck"));
        QTest::mouseClick(window.findChild<QWidget *>(QStringLiteral("expertCheck")),
                          Qt::LeftButton, {}, QPoint(8, 8));
        shoot(window, row + QStringLiteral("-neuron-expert"));

        window.findChild<NoticeBar *>()->show(
            NoticeBar::Kind::Failure,
            QStringLiteral("The simulator program was stopped from outside or crashed during the "
                           "simulation. It was tried twice. Run it again; if it fails again, try a "
                           "smaller neuron or a shorter time."),
            QStringLiteral("Run Again"), [] {});
        window.showPage(MainWindow::Simulate);
        shoot(window, row + QStringLiteral("-error"));

        test::trigger(window, "guideAction");
        shoot(*test::child<QWidget>(window, "guideWindow"), row + QStringLiteral("-guide"));
        test::trigger(window, "shortcutsAction");
        shoot(*test::child<QWidget>(window, "guideWindow"), row + QStringLiteral("-shortcuts"));
    }

    void runs_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<bool>("projector");
        QTest::addColumn<QSize>("size");
        QTest::newRow("light") << false << false << QSize(1280, 800);
        QTest::newRow("dark") << true << false << QSize(1280, 800);
        QTest::newRow("smallest") << false << false << QSize(1000, 640);
        QTest::newRow("projector") << false << true << QSize(1280, 800);
    }

    /// One response with and without inhibition, compared in every way there is.
    void runs()
    {
        QFETCH(bool, dark);
        QFETCH(bool, projector);
        QFETCH(QSize, size);
        const QString row = QString::fromLatin1(QTest::currentDataTag());
        theme::apply(*qApp, dark ? theme::Scheme::Dark : theme::Scheme::Light, projector);
        WorkerPool pool(WorkerPool::defaultSettings(), 1);
        QTemporaryDir autosave;
        MainWindow window(&pool, nullptr, autosave.path());
        window.resize(size);
        window.show();
        window.simulation()->setAutoRun(false);
        Project project;
        project.stimulus.durationMs = 300;
        project.stimulus.rain.on = false;
        project.stimulus.painted = {{Polarity::Excitatory, 30, 60, 20.0},
                                    {Polarity::Excitatory, 31, 60, 20.0}};
        window.document()->reset(project, {});
        int runs = 0;
        const auto run = [&] {
            window.simulation()->run();
            ++runs;
            QTRY_VERIFY_WITH_TIMEOUT(
                window.simulation()->runId() == runs && !window.simulation()->isRunning(), 20000);
        };
        run();
        shoot(window, row + QStringLiteral("-runs-one"));
        test::click(test::child<QWidget>(window, "runsButton"));
        test::click(test::child<QWidget>(window, "pinRunButton"));
        QVERIFY(window.document()
                    ->edit(QStringLiteral("inhibit"),
                           [](Project &p) {
                               p.stimulus.painted.push_back({Polarity::Inhibitory, 10, 60, 30.0});
                           })
                    .ok());
        run();
        test::click(test::child<QWidget>(window, "pinRunButton"));
        QVERIFY(window.document()
                    ->edit(QStringLiteral("ra"),
                           [](Project &p) {
                               p.stimulus.painted.pop_back();
                               p.neuron.membrane.raOhmCm = 250.0;
                           })
                    .ok());
        run();
        Q_EMIT window.simulatePage()->plots()->rowClicked(30);
        window.simulatePage()->plots()->timeAxis()->setCursor(75.0);
        shoot(window, row + QStringLiteral("-runs-table"));
        test::click(test::child<QWidget>(window, "runsButton"));
        test::click(test::child<QWidget>(window, "differenceCheck"));
        window.simulatePage()->plots()->timeAxis()->setCursor(75.0);
        shoot(window, row + QStringLiteral("-runs-difference"));
        window.simulatePage()->plots()->timeAxis()->setMark(58.0);
        shoot(window, row + QStringLiteral("-runs-mark"));
        const auto *soma = test::child<PlotCanvas>(window, "somaPlot");
        QVERIFY(PlotSheet::of(*soma, QStringLiteral("Soma - ") + soma->stamp())
                    .pixmap(2.0)
                    .save(QDir(m_folder).filePath(row + QStringLiteral("-runs-picture.png"))));
        QVERIFY(PlotSheet::ofView(*window.simulatePage()->plots(), soma->stamp())
                    .pixmap(2.0)
                    .save(QDir(m_folder).filePath(row + QStringLiteral("-runs-all.png"))));
    }

    void live_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<bool>("projector");
        QTest::addColumn<QSize>("size");
        QTest::newRow("light") << false << false << QSize(1280, 800);
        QTest::newRow("dark") << true << false << QSize(1280, 800);
        QTest::newRow("small") << false << false << QSize(1000, 640);
        QTest::newRow("projector") << false << true << QSize(1280, 720);
        QTest::newRow("projector-dark") << true << true << QSize(1680, 1000);
    }

    void live()
    {
        QFETCH(bool, dark);
        QFETCH(bool, projector);
        QFETCH(QSize, size);
        const QString row = QString::fromLatin1(QTest::currentDataTag());
        theme::apply(*qApp, dark ? theme::Scheme::Dark : theme::Scheme::Light, projector);
        WorkerPool pool(WorkerPool::defaultSettings(), 1);
        QTemporaryDir autosave;
        MainWindow window(&pool, nullptr, autosave.path());
        window.resize(size);
        window.show();
        window.showPage(MainWindow::Explore);
        window.explorePage()->showTool(window.findChild<LiveView *>());
        shoot(window, row + QStringLiteral("-live-empty"));

        LiveSession *session = window.live()->session();
        auto *cell = window.findChild<LiveCell *>();
        test::click(test::child<QWidget>(window, "livePlayButton"));
        QTRY_VERIFY_WITH_TIMEOUT(session->neuronMs() > 50.0, 20000);
        const auto poke = [&](double x) { test::clickAt(cell, cell->positionOf({0, x})); };
        for (const double x : {0.9, 0.3, 0.6, 0.605, 0.61})
            poke(x);
        const double then = session->neuronMs();
        QTRY_VERIFY_WITH_TIMEOUT(session->neuronMs() > then + 8.0, 20000);
        test::click(test::child<QWidget>(window, "livePlayButton"));
        test::settle();
        shoot(window, row + QStringLiteral("-live-poked"));

        QVERIFY(window.document()
                    ->edit(QStringLiteral("tree"),
                           [](Project &p) {
                               p.neuron = test::smallTree();
                               for (std::size_t i = 0; i < p.neuron.dendrites.size(); ++i)
                                   setSegments(p.neuron, static_cast<int>(i), 9);
                               p.stimulus.painted.clear();
                           })
                    .ok());
        test::click(test::child<QWidget>(window, "livePlayButton"));
        QTRY_VERIFY_WITH_TIMEOUT(session->now().size() == 37, 20000);
        test::click(test::child<QWidget>(window, "liveElectrodeCheck"));
        QTRY_VERIFY_WITH_TIMEOUT(session->neuronMs() > 10.0, 20000);
        test::clickAt(cell, cell->positionOf({2, 0.7}));
        test::clickAt(cell, cell->positionOf({3, 0.5}));
        test::settle();
        shoot(window, row + QStringLiteral("-live-tree"));
    }

    void dataPages_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<bool>("projector");
        QTest::addColumn<QSize>("size");
        QTest::newRow("light") << false << false << QSize(1280, 720);
        QTest::newRow("dark") << true << false << QSize(1280, 720);
        QTest::newRow("projector") << false << true << QSize(1280, 800);
        QTest::newRow("small") << false << false << QSize(1000, 640);
    }

    void dataPages()
    {
        QFETCH(bool, dark);
        QFETCH(bool, projector);
        QFETCH(QSize, size);
        const QString row = QString::fromLatin1(QTest::currentDataTag());
        theme::apply(*qApp, dark ? theme::Scheme::Dark : theme::Scheme::Light, projector);
        QSettings().clear();

        WorkerPool pool(WorkerPool::defaultSettings(), 1);
        QTemporaryDir folder;
        MainWindow window(&pool, nullptr, folder.path());
        window.resize(size);
        window.show();
        window.showPage(MainWindow::Data);
        shoot(window, row + QStringLiteral("-data-empty"));

        window.datasets()->newDataset();
        DatasetWizard &wizard = *window.datasets()->wizard();
        shoot(wizard, row + QStringLiteral("-wizard-1-neuron"));
        wizard.next();
        test::child<QPushButton>(wizard, "trialButton")->click();
        QTRY_VERIFY_WITH_TIMEOUT(!test::labelText(wizard, "sampleTitleLabel").isEmpty(), 20000);
        shoot(wizard, row + QStringLiteral("-wizard-2-inputs"));
        wizard.next();
        const QString file = folder.filePath(QStringLiteral("nmda-cable.h5"));
        test::child<QLineEdit>(wizard, "datasetPathEdit")->setText(file);
        shoot(wizard, row + QStringLiteral("-wizard-3-size"));
        wizard.next();
        shoot(wizard, row + QStringLiteral("-wizard-4-filter"));
        wizard.next();
        shoot(wizard, row + QStringLiteral("-wizard-5-review"));
        wizard.next();
        QTRY_VERIFY_WITH_TIMEOUT(window.datasets()->builds()->progress().accepted[0] > 20, 60000);
        QTest::qWait(600); // histograms are redrawn twice a second
        shoot(wizard, row + QStringLiteral("-wizard-6-run"));
        shoot(window, row + QStringLiteral("-data-building"));
        wizard.close();
        QTRY_COMPARE_WITH_TIMEOUT(window.dataPage()->datasetView()->contents().path, file, 60000);
        auto *ranges = test::child<RangesPanel>(window, "rangesPanel");
        ranges->setRanges(
            {{Statistic::FiringRateHz, 2.0, 12.0}, {Statistic::DendVMean, -70.0, -30.0}});
        shoot(window, row + QStringLiteral("-data-statistics"));
        auto *tabs = test::child<QTabWidget>(window, "datasetTabs");
        tabs->setCurrentIndex(1);
        shoot(window, row + QStringLiteral("-data-scatter"));
        tabs->setCurrentIndex(2);
        QTRY_VERIFY(
            !test::labelText(*window.dataPage()->datasetView(), "sampleTitleLabel").isEmpty());
        shoot(window, row + QStringLiteral("-data-simulation"));
    }

private:
    void shoot(QWidget &window, const QString &name)
    {
        test::settle();
        const QString file = QDir(m_folder).filePath(name + m_suffix + QStringLiteral(".png"));
        constexpr int Quickly = 90; // as PNG: the same picture, less tightly packed
        QVERIFY2(window.grab().save(file, nullptr, Quickly), qPrintable(file));
    }

    test::Sandbox m_sandbox;
    QString m_folder;
    QString m_suffix;
};

DT_TEST(tst_Screenshots, QApplication)
#include "tst_Screenshots.moc"
