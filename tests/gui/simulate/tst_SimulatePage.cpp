// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the Simulate page says and shows of runs: progress, end, stale plots, failures. In the
// window, on an engine that simulates nothing.
#include "tests/gui/simulate/RunBench.h"
#include "tests/support/TestProgram.h"
#include "tests/support/Wait.h"
#include "widgets/cell/CellView.h"
#include "widgets/pages/SimulatePage.h"
#include "widgets/shell/NoticeBar.h"
#include "widgets/theme/Colours.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QProgressBar>
#include <QRegularExpression>

using namespace dt;
using namespace dt::test;

class tst_SimulatePage : public RunBench
{
    Q_OBJECT

private Q_SLOTS:
    void init() { RunBench::init(); }
    void cleanup() { RunBench::cleanup(); }

    void progressIsSaid();
    void endIsSaid_data();
    void endIsSaid();
    void chunksGrowThePlots();
    void cellIsColoured();
    void oldPlotsStayUntilTheFirstSamples();
    void staleMark();
    void noFlickerOfTheStaleMark();
    void staleMarkRunsAgain();
    void samplesOfAnOutdatedRunAreMarked();
    void samplesBeforeARerunDoNotHideTheMark();
    void stoppedRunIsNotStale();
    void failedRun_data();
    void failedRun();
    void failureKeepsTheOldPlots();
    void restartedRun();
    void inputWithoutSynapses();
    void longSentencesDoNotWidenTheWindow();
    void rasterOfTwentyRuns();
    void saveRecordingOnlyWhenThereIsOne();
    void seedAndRunNumber();
    void theStatusLineKeepsItsHeight();

private:
    [[nodiscard]] PlotCanvas *soma() const
    {
        return child<PlotCanvas>(*window().simulatePage(), "somaPlot");
    }
    [[nodiscard]] bool drawnAt(double ms, double mv) const
    {
        return shows(soma(), soma()->palette().color(QPalette::WindowText),
                     soma()->toPixel({ms, mv}), 2, 60);
    }
};

void tst_SimulatePage::progressIsSaid()
{
    auto *bar = child<QProgressBar>(window(), "runProgressBar");
    QVERIFY(!bar->isVisible());
    simulation().run();
    QVERIFY(bar->isVisible());
    QVERIFY2(status().startsWith(QStringLiteral("Simulating: 0 of 300 ms")), qPrintable(status()));
    QVERIFY2(!status().contains(QStringLiteral("left")), qPrintable(status())); // nobody knows
    engine().begin();
    engine().appendTo(150);
    QTRY_VERIFY2(
        QRegularExpression(QStringLiteral("^Simulating: 150 of 300 ms, \\d+\\.\\d s left$"))
            .match(status())
            .hasMatch(),
        qPrintable(status()));
    QVERIFY(qAbs(bar->value() - bar->maximum() / 2) <= 2);
    engine().appendTo(DurationMs);
    engine().finish();
    QVERIFY(!bar->isVisible());
}

void tst_SimulatePage::endIsSaid_data()
{
    QTest::addColumn<QList<int>>("spikes");
    QTest::addColumn<QString>("said");
    QTest::newRow("silent") << QList<int>{} << QStringLiteral("0 spikes, 0.0 Hz.");
    QTest::newRow("one") << QList<int>{100} << QStringLiteral("1 spike, 3.3 Hz.");
    QTest::newRow("three") << QList<int>{100, 150, 200} << QStringLiteral("3 spikes, 10.0 Hz.");
}

void tst_SimulatePage::endIsSaid()
{
    QFETCH(QList<int>, spikes);
    QFETCH(QString, said);
    haveRun({-80.0, 0.5, {spikes.begin(), spikes.end()}});
    QVERIFY2(QRegularExpression(QStringLiteral("^Run 1 finished in \\d+\\.\\d\\d s: "))
                 .match(status())
                 .hasMatch(),
             qPrintable(status()));
    QVERIFY2(status().endsWith(said), qPrintable(status()));
    QVERIFY(stays([&] { return status().endsWith(said); })); // until something else
}

void tst_SimulatePage::chunksGrowThePlots()
{
    simulation().run();
    engine().begin();
    engine().appendTo(100);
    QTRY_VERIFY(drawnAt(50.0, -80.0));
    QVERIFY(!drawnAt(150.0, -80.0));
    QCOMPARE(simulation().runId(), 1);
    engine().appendTo(200);
    QTRY_VERIFY(drawnAt(150.0, -80.0));
    QVERIFY(!drawnAt(250.0, -80.0));
    engine().appendTo(DurationMs);
    engine().finish();
    QTRY_VERIFY(drawnAt(290.0, -80.0)); // the last chunk with the end
    const Recording &recording = *simulation().recording();
    QCOMPARE(recording.durationMs, DurationMs);
    QCOMPARE(recording.engine, std::string("fake"));
    QCOMPARE(recording.somaFine.size(), std::size_t(DurationMs * 40 + 1));
}

void tst_SimulatePage::cellIsColoured()
{
    CellView *cell = window().simulatePage()->cell();
    const QColor colour = colours::voltage(-30.0);
    QCOMPARE(pixelsLike(cell, colour, {}, -1, 3), 0);
    engine().setWave({-30.0, 0.0, {}});
    simulation().run();
    engine().begin();
    engine().appendTo(100);
    QTRY_VERIFY(pixelsLike(cell, colour, {}, -1, 3) > 100);
}

void tst_SimulatePage::oldPlotsStayUntilTheFirstSamples()
{
    haveRun();
    QTRY_VERIFY(drawnAt(250.0, -80.0));
    engine().setWave({-60.0, 0.5, {}});
    simulation().run();
    engine().begin();
    QVERIFY(stays([&] { return drawnAt(250.0, -80.0); }));
    QCOMPARE(simulation().runId(), 1);
    QVERIFY(simulation().recording());
    engine().appendTo(50);
    QTRY_VERIFY(drawnAt(25.0, -60.0));
    QVERIFY(!drawnAt(250.0, -80.0));
    QCOMPARE(simulation().runId(), 2);
}

void tst_SimulatePage::staleMark()
{
    action("autoRunAction")->trigger();
    editLength(1000.0);
    QVERIFY(!stale()); // nothing is shown that could be
    haveRun();
    QVERIFY(!stale());
    editLength(900.0);
    QVERIFY(stale());
    bool named = false;
    for (const QLabel *label : child<QWidget>(window(), "staleBar")->findChildren<QLabel *>())
        named = named || label->text().contains(QStringLiteral("run 1"));
    QVERIFY(named);
    simulation().run();
    engine().begin();
    QVERIFY(stale()); // until there is something new
    engine().appendTo(20);
    QTRY_VERIFY(!stale());
}

void tst_SimulatePage::noFlickerOfTheStaleMark()
{
    // A rerun that answers at once replaces the plots before they are marked.
    haveRun();
    editLength(1000.0);
    QVERIFY(!stale());
    QTRY_COMPARE(engine().submitted(), 2);
    engine().begin();
    engine().appendTo(20);
    QTRY_COMPARE(simulation().runId(), 2);
    QVERIFY(!stale());
    // One that does not answer is marked after a moment.
    editLength(900.0);
    QTRY_COMPARE(engine().submitted(), 3);
    QTRY_VERIFY(stale());
    engine().begin();
    engine().appendTo(20);
    QTRY_VERIFY(!stale());
}

void tst_SimulatePage::staleMarkRunsAgain()
{
    action("autoRunAction")->trigger();
    haveRun();
    editLength(900.0);
    click(child<QWidget>(window(), "runAgainButton"));
    QCOMPARE(engine().submitted(), 2);
    engine().complete();
    QVERIFY(!stale());
}

void tst_SimulatePage::samplesOfAnOutdatedRunAreMarked()
{
    // Samples may be on their way when a run is stopped because of an edit.
    action("autoRunAction")->trigger();
    haveRun();
    engine().setObedient(false);
    simulation().run();
    engine().begin();
    editLength(900.0);
    QVERIFY(stale());
    engine().appendTo(100);
    engine().job()->endCancelled();
    QVERIFY(stays([&] { return stale(); }));
}

void tst_SimulatePage::samplesBeforeARerunDoNotHideTheMark()
{
    // The first samples of a run come between the next edit and its rerun, which then takes long.
    haveRun();
    simulation().run();
    engine().begin();
    editLength(900.0);
    engine().appendTo(100);
    QTRY_COMPARE(engine().submitted(), 3);
    QTRY_VERIFY(stale());
    engine().begin();
    engine().appendTo(100);
    QTRY_VERIFY(!stale());
}

void tst_SimulatePage::stoppedRunIsNotStale()
{
    simulation().run();
    engine().begin();
    engine().appendTo(100);
    QTRY_VERIFY(drawnAt(50.0, -80.0));
    simulation().stop();
    QTRY_VERIFY(!simulation().isRunning());
    QVERIFY(!stale());
    QTRY_VERIFY(drawnAt(50.0, -80.0)); // what there is stays to be looked at
    QVERIFY(!simulation().recording());
}

void tst_SimulatePage::failedRun_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("worker") << ErrorCode::Worker
                            << QStringLiteral("The simulator program crashed. It was tried twice.");
    QTest::newRow("engine") << ErrorCode::Engine << QStringLiteral("NEURON refused: no such step.");
}

void tst_SimulatePage::failedRun()
{
    QFETCH(ErrorCode, code);
    QFETCH(QString, sentence);
    auto *notice = window().findChild<NoticeBar *>();
    simulation().run();
    engine().begin();
    engine().job()->fail({code, sentence.toStdString(), "worker"});
    QVERIFY(notice->isVisible());
    QCOMPARE(notice->sentence(), sentence);
    QCOMPARE(status(), QStringLiteral("Run 1 failed."));
    QVERIFY(!simulation().isRunning());
    QVERIFY(!action("stopAction")->isEnabled());
    QVERIFY(!child<QWidget>(window(), "runProgressBar")->isVisible());
    QVERIFY(stays([&] { return engine().submitted() == 1; })); // not by itself
    auto *again = child<QAbstractButton>(window(), "noticeActionButton");
    QCOMPARE(again->text(), QStringLiteral("Run Again"));
    click(again);
    QCOMPARE(engine().submitted(), 2);
    QVERIFY(!notice->isVisible());
    engine().complete();
    QVERIFY(simulation().recording());
}

void tst_SimulatePage::failureKeepsTheOldPlots()
{
    haveRun();
    QTRY_VERIFY(drawnAt(250.0, -80.0));
    simulation().run();
    engine().begin();
    engine().job()->fail({ErrorCode::Worker, "It crashed.", {}});
    QVERIFY(stays([&] { return drawnAt(250.0, -80.0); }));
    QVERIFY(simulation().recording());
    QCOMPARE(simulation().runId(), 1);
    QVERIFY(!stale()); // they belong to this neuron
}

void tst_SimulatePage::restartedRun()
{
    const QString why = QStringLiteral("The simulator program was stopped from outside.");
    engine().setWave({-60.0, 0.5, {}});
    simulation().run();
    engine().begin();
    engine().appendTo(200);
    QTRY_VERIFY(drawnAt(150.0, -60.0));
    engine().job()->restart(why);
    QVERIFY(status().contains(why));
    QVERIFY(stays([&] { return status().contains(why); })); // long enough to be read
    QVERIFY(simulation().isRunning());
    engine().setWave({-80.0, 0.5, {}});
    engine().appendTo(50);
    QTRY_VERIFY(drawnAt(25.0, -80.0)); // the plots start over
    QVERIFY(!drawnAt(150.0, -60.0));
    engine().appendTo(DurationMs);
    engine().finish();
    QVERIFY2(status().startsWith(QStringLiteral("Run 1 finished")), qPrintable(status()));
    QCOMPARE(simulation().recording()->somaV.front(), -80.0F);
    QTRY_VERIFY(drawnAt(250.0, -80.0));
}

// Nothing of the input is lost, and nothing has to be repaired before a run.
void tst_SimulatePage::inputWithoutSynapses()
{
    Project project = document().project();
    project.stimulus.painted = {{Polarity::Excitatory, 3, 50, 2.0},
                                {Polarity::Inhibitory, 4, 60, 2.0},
                                {Polarity::Excitatory, 5, DurationMs + 1, 2.0}};
    document().reset(project, {});
    simulation().run();
    engine().begin();
    const int before = engine().submitted();
    edit([](Project &p) { p.neuron.synapses.clear(); });
    QTRY_COMPARE(engine().submitted(), before + 1);
    QVERIFY(engine().requests().back().inputs.front().events.empty());
    QCOMPARE(document().stimulus(), project.stimulus);
    QVERIFY(!window().findChild<NoticeBar *>()->isVisible());
    engine().complete();
    // What lies after the end of the run is not missed.
    QTRY_VERIFY2(status().contains(QStringLiteral("2 painted events were left out")),
                 qPrintable(status()));
    action("undoAction")->trigger();
    QTRY_COMPARE(engine().submitted(), before + 2);
    QVERIFY(engine().requests().back().inputs.front().events.size() >= 2);
}

void tst_SimulatePage::longSentencesDoNotWidenTheWindow()
{
    const QSize before = window().size();
    const int narrowest = window().minimumSizeHint().width();
    simulation().run();
    engine().begin();
    const QString words = QStringLiteral("This is a long reason. ").repeated(30);
    engine().job()->restart(words);
    QCoreApplication::processEvents();
    QCOMPARE(window().minimumSizeHint().width(), narrowest);
    QCOMPARE(window().size(), before);
    engine().job()->fail({ErrorCode::Worker, words.toStdString(), {}});
    QCoreApplication::processEvents();
    QCOMPARE(window().minimumSizeHint().width(), narrowest);
    QCOMPARE(window().size(), before);
    const QStringList clipped = clippedTexts(window().findChild<NoticeBar *>());
    QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(u'\n'))); // all of it can be read
}

void tst_SimulatePage::rasterOfTwentyRuns()
{
    auto *raster = child<PlotCanvas>(window(), "rasterPlot");
    click(child<QWidget>(window(), "rasterMaximiseButton"));
    const auto spikeOf = [](int run) { return 10 * run; };
    const QColor ink = raster->palette().color(QPalette::WindowText);
    const auto shown = [&](int run) { return showsInColumn(raster, ink, spikeOf(run) + 0.5); };
    for (int run = 1; run <= 21; ++run) {
        haveRun({-80.0, 0.5, {spikeOf(run)}});
        if (run == 1) {
            QTRY_VERIFY(shown(1));
            QVERIFY(!shown(2));
        }
    }
    QTRY_VERIFY(shown(21));
    for (int run = 2; run <= 21; ++run)
        QVERIFY2(shown(run), qPrintable(QString::number(run)));
    QVERIFY(!shown(1));
    // The newest on top, 20 rows.
    const double top = raster->yRange().second;
    QVERIFY(qAbs(top - 19.7) < 0.01);
    QVERIFY(shows(raster, ink, raster->toPixel({spikeOf(21) + 0.5, 19.0}), 1, 60));
    QVERIFY(shows(raster, ink, raster->toPixel({spikeOf(2) + 0.5, 0.0}), 1, 60));
    // A stopped run leaves no row.
    simulation().run();
    engine().begin();
    simulation().stop();
    QTRY_VERIFY(!simulation().isRunning());
    QVERIFY(shown(2));
}

void tst_SimulatePage::saveRecordingOnlyWhenThereIsOne()
{
    QAction *save = action("saveRecordingAction");
    QVERIFY(!save->isEnabled());
    haveRun();
    QVERIFY(save->isEnabled());
    simulation().run();
    engine().begin();
    engine().appendTo(100);
    QTRY_COMPARE(simulation().runId(), 2);
    simulation().stop();
    QTRY_VERIFY(!simulation().isRunning());
    QVERIFY(!simulation().recording());
    QVERIFY(!save->isEnabled()); // half a run is none
    haveRun();
    QVERIFY(save->isEnabled());
}

void tst_SimulatePage::seedAndRunNumber()
{
    QCOMPARE(labelText(window(), "seedLabel"), QStringLiteral("Seed 13"));
    QCOMPARE(labelText(window(), "runLabel"), QString());
    haveRun();
    haveRun();
    QCOMPARE(labelText(window(), "runLabel"), QStringLiteral("Run 2"));
    edit([](Project &p) { p.stimulus.rain.seed = 99; });
    QCOMPARE(labelText(window(), "seedLabel"), QStringLiteral("Seed 99"));
    edit([](Project &p) { p.stimulus.rain.on = false; });
    QCOMPARE(labelText(window(), "seedLabel"), QStringLiteral("No random input"));
    QCOMPARE(labelText(window(), "runLabel"), QStringLiteral("Run 2"));
}

void tst_SimulatePage::theStatusLineKeepsItsHeight()
{
    haveRun();
    QCoreApplication::processEvents();
    const QWidget *page = window().simulatePage();
    const QRect before = page->geometry();
    simulation().run();
    QTRY_VERIFY(child<QWidget>(window(), "statusStopButton")->isVisible());
    QCoreApplication::processEvents();
    QCOMPARE(page->geometry(), before);
    simulation().stop();
}

DT_TEST(tst_SimulatePage, QApplication)
#include "tst_SimulatePage.moc"
