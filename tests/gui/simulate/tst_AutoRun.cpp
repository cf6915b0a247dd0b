// SPDX-License-Identifier: GPL-3.0-or-later
//
// When runs start and stop: by themselves after edits, by button, key and pace. In the window, on
// an engine that simulates nothing.
#include "tests/gui/simulate/RunBench.h"
#include "tests/support/TestProgram.h"
#include "tests/support/Wait.h"
#include "widgets/pages/SimulatePage.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QToolButton>

using namespace dt;
using namespace dt::test;

class tst_AutoRun : public RunBench
{
    Q_OBJECT

private Q_SLOTS:
    void init() { RunBench::init(); }
    void cleanup() { RunBench::cleanup(); }

    void runsAtTheStart();
    void whatIsAskedFor();
    void editRunsByItself();
    void quickEditsAreOneRun();
    void newerEditCancelsTheRun();
    void autoRunOff();
    void longRunsWaitForTheButton();
    void slowNeuronDoesNotRunByItself();
    void costIsLearned();
    void undoRunsToo();
    void editsOnExploreWait();
    void pace_data();
    void pace();
    void paceOfARunningJob();
    void runAndStopActions();
    void stopButtonOfTheStatusLine();
    void runShowsTheSimulatePage();
    void closingTheWindowStopsTheRun();
};

void tst_AutoRun::runsAtTheStart()
{
    window().begin({});
    QCOMPARE(engine().submitted(), 1);
    QVERIFY(simulation().isRunning());
    QVERIFY(stays([&] { return engine().submitted() == 1; })); // once, not twice
}

void tst_AutoRun::whatIsAskedFor()
{
    simulation().run();
    const SimulationRequest &request = engine().requests().back();
    QCOMPARE(request.neuron, document().neuron());
    QCOMPARE(request.inputs.size(), std::size_t(1));
    QCOMPARE(request.inputs[0].events,
             renderStimulus(document().stimulus(), document().neuron().segmentCount()).events);
    QCOMPARE(request.durationMs(), DurationMs);
    QVERIFY(request.live);
    QCOMPARE(request.paceMsPerSecond, 0.0);
}

void tst_AutoRun::editRunsByItself()
{
    haveRun();
    editLength(1000.0);
    QTRY_COMPARE(engine().submitted(), 2);
    QCOMPARE(engine().requests().back().neuron.dendrites[0].lengthUm, 1000.0);
}

void tst_AutoRun::quickEditsAreOneRun()
{
    haveRun();
    for (int i = 1; i <= 10; ++i)
        editLength(1000.0 + i);
    QTRY_COMPARE(engine().submitted(), 2);
    QVERIFY(stays([&] { return engine().submitted() == 2; }));
    QCOMPARE(engine().requests().back().neuron.dendrites[0].lengthUm, 1010.0); // the last of them
}

void tst_AutoRun::newerEditCancelsTheRun()
{
    simulation().run();
    engine().begin();
    engine().appendTo(50);
    const QPointer<SimulationJob> first = engine().job();
    editLength(1000.0);
    QTRY_COMPARE(engine().submitted(), 2);
    QCOMPARE(engine().cancels(), 1);
    QVERIFY(simulation().isRunning());
    QTRY_VERIFY(first.isNull());
    engine().complete();
    QCOMPARE(simulation().recording()->neuron.dendrites[0].lengthUm, 1000.0);
}

void tst_AutoRun::autoRunOff()
{
    haveRun();
    action("autoRunAction")->trigger();
    editLength(1000.0);
    QVERIFY(stale());
    QVERIFY(stays([&] { return engine().submitted() == 1; }));
    // Running by hand still works, and an edit stops a run that would end stale.
    action("runAction")->trigger();
    QCOMPARE(engine().submitted(), 2);
    engine().begin();
    editLength(900.0);
    QTRY_VERIFY(!simulation().isRunning());
    QCOMPARE(engine().cancels(), 1);
    QCOMPARE(engine().submitted(), 2);
    action("autoRunAction")->trigger();
    editLength(800.0);
    QTRY_COMPARE(engine().submitted(), 3);
}

void tst_AutoRun::longRunsWaitForTheButton()
{
    haveRun();
    edit([](Project &p) { p.stimulus.durationMs = 60'000; });
    QVERIFY(stale());
    QVERIFY(stays([&] { return engine().submitted() == 1; }));
    edit([](Project &p) { p.stimulus.durationMs = 500; }); // quick again
    QTRY_COMPARE(engine().submitted(), 2);
}

void tst_AutoRun::slowNeuronDoesNotRunByItself()
{
    haveRun();
    choose(child<QComboBox>(window(), "paceCombo"), QStringLiteral("10 ms a second"));
    editLength(1000.0);
    QVERIFY(stale());
    QVERIFY(stays([&] { return engine().submitted() == 1; }));
}

void tst_AutoRun::costIsLearned()
{
    // On a machine where such a run takes ten seconds, edits wait for the button.
    for (int i = 0; i < 10; ++i) {
        simulation().run();
        engine().complete(10.0);
    }
    editLength(1000.0);
    QVERIFY(stale());
    QVERIFY(stays([&] { return engine().submitted() == 10; }));
}

void tst_AutoRun::undoRunsToo()
{
    haveRun();
    editLength(1000.0);
    QTRY_COMPARE(engine().submitted(), 2);
    engine().complete();
    action("undoAction")->trigger();
    QTRY_COMPARE(engine().submitted(), 3);
    QCOMPARE(engine().requests().back().neuron.dendrites[0].lengthUm, 2048.0);
}

// There a live run or an experiment has the neuron: what nobody sees waits.
void tst_AutoRun::editsOnExploreWait()
{
    haveRun();
    window().showPage(MainWindow::Explore);
    editLength(700.0);
    editLength(800.0);
    QVERIFY(stays([&] { return engine().submitted() == 1; }));
    window().showPage(MainWindow::Simulate);
    QTRY_COMPARE(engine().submitted(), 2);
    QCOMPARE(engine().requests().back().neuron, document().neuron());
    engine().complete();
    window().showPage(MainWindow::Explore);
    window().showPage(MainWindow::Simulate);
    QVERIFY(stays([&] { return engine().submitted() == 2; })); // nothing was changed
}

void tst_AutoRun::pace_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("pace");
    QTest::newRow("fast") << QStringLiteral("As fast as it goes") << 0.0;
    QTest::newRow("real time") << QStringLiteral("Real time") << 1000.0;
    QTest::newRow("200") << QStringLiteral("200 ms a second") << 200.0;
    QTest::newRow("50") << QStringLiteral("50 ms a second") << 50.0;
    QTest::newRow("10") << QStringLiteral("10 ms a second") << 10.0;
    QTest::newRow("1") << QStringLiteral("1 ms a second") << 1.0;
}

void tst_AutoRun::pace()
{
    QFETCH(QString, text);
    QFETCH(double, pace);
    haveRun();
    choose(child<QComboBox>(window(), "paceCombo"), text);
    QVERIFY(stays([&] { return engine().submitted() == 1; })); // a pace is no run
    simulation().run();
    QCOMPARE(engine().requests().back().paceMsPerSecond, pace);
}

void tst_AutoRun::paceOfARunningJob()
{
    simulation().run();
    auto *combo = child<QComboBox>(window(), "paceCombo");
    choose(combo, QStringLiteral("50 ms a second")); // while it waits in the queue
    QVERIFY(engine().paces().empty());
    QCOMPARE(engine().job()->request().paceMsPerSecond, 50.0);
    engine().begin();
    choose(combo, QStringLiteral("1 ms a second"));
    choose(combo, QStringLiteral("As fast as it goes"));
    QCOMPARE(engine().paces(), (std::vector{1.0, 0.0}));
    QCOMPARE(engine().submitted(), 1);
}

void tst_AutoRun::runAndStopActions()
{
    QVERIFY(action("runAction")->isEnabled());
    QVERIFY(!action("stopAction")->isEnabled());
    action("runAction")->trigger();
    QVERIFY(action("stopAction")->isEnabled());
    engine().begin();
    engine().appendTo(100);
    action("stopAction")->trigger();
    QTRY_VERIFY(!simulation().isRunning());
    QVERIFY(!action("stopAction")->isEnabled());
    QCOMPARE(engine().cancels(), 1);
    QCOMPARE(status(), QStringLiteral("Run 1 was stopped at 100 ms."));
    action("runAction")->trigger();
    engine().complete();
    QVERIFY(!action("stopAction")->isEnabled());
    // Run while it runs starts again.
    action("runAction")->trigger();
    action("runAction")->trigger();
    QCOMPARE(engine().submitted(), 4);
    QCOMPARE(engine().cancels(), 2);
    QVERIFY(action("stopAction")->isEnabled());
}

void tst_AutoRun::stopButtonOfTheStatusLine()
{
    auto *button = child<QToolButton>(window(), "statusStopButton");
    QVERIFY(!button->isVisible());
    simulation().run();
    QTRY_VERIFY(button->isVisible());
    engine().begin();
    click(button);
    QTRY_VERIFY(!simulation().isRunning());
    QVERIFY(!button->isVisible());
    QCOMPARE(engine().cancels(), 1);
}

void tst_AutoRun::runShowsTheSimulatePage()
{
    window().showPage(MainWindow::Neuron);
    QVERIFY(!window().simulatePage()->isVisible());
    action("runAction")->trigger();
    QVERIFY(window().simulatePage()->isVisible());
    // A run by itself does not: somebody is at the sliders.
    engine().complete();
    window().showPage(MainWindow::Neuron);
    editLength(1000.0);
    QTRY_COMPARE(engine().submitted(), 2);
    QVERIFY(!window().simulatePage()->isVisible());
}

void tst_AutoRun::closingTheWindowStopsTheRun()
{
    simulation().run();
    engine().begin();
    engine().appendTo(100);
    m_bench->window.reset();
    QCOMPARE(engine().cancels(), 1);
    QVERIFY(!engine().job());
}

DT_TEST(tst_AutoRun, QApplication)
#include "tst_AutoRun.moc"
