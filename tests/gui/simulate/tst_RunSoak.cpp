// SPDX-License-Identifier: GPL-3.0-or-later
//
// Five hundred runs in a row, stopping, and clicks made while a run goes on. With DENDROTWIN_BENCH
// set the runs are NEURON's.
#include "app/simulate/RunsController.h"
#include "app/simulate/SimulationController.h"
#include "engine/document/Document.h"
#include "engine/jobs/WorkerPool.h"
#include "tests/gui/GuiTest.h"
#include "tests/support/TestProgram.h"
#include "tests/support/Wait.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTableView>

#include <algorithm>
#include <ctime>
#include <vector>

#include <unistd.h>

using namespace dt;
using namespace dt::test;

namespace {

/// DENDROTWIN_SOAK_RUNS for more.
const int Runs = std::max(500, qEnvironmentVariableIntValue("DENDROTWIN_SOAK_RUNS"));
constexpr int StopMs = 200;

/// Resident memory of this program [MB].
double residentMb()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0.0;
    return file.readAll().split(' ').value(1).toDouble()
        * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1048576.0;
}

double median(std::vector<double> values)
{
    std::nth_element(values.begin(), values.begin() + std::ptrdiff_t(values.size() / 2),
                     values.end());
    return values[values.size() / 2];
}

/// `Runs` runs in the window: seconds of the processor that each took, which do not count what else
/// the machine does, and memory after the first hundred and at the end.
struct Soak
{
    std::vector<double> seconds;
    double mbAfterHundred = 0.0;
    double mbAtEnd = 0.0;
};

template <typename RunOne>
Soak soak(RunOne runOne)
{
    Soak soak;
    for (int i = 0; i < Runs; ++i) {
        const std::clock_t begun = std::clock();
        runOne(i);
        QCoreApplication::processEvents();
        soak.seconds.push_back(static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC);
        if (i == 99)
            soak.mbAfterHundred = residentMb();
        if (i % 500 == 499 && i + 1 < Runs)
            qInfo("%d runs: %.1f MB", i + 1, residentMb());
    }
    soak.mbAtEnd = residentMb();
    return soak;
}

void report(const Soak &soak)
{
    const std::vector<double> first(soak.seconds.begin() + 50, soak.seconds.begin() + 150);
    const std::vector<double> last(soak.seconds.end() - 100, soak.seconds.end());
    qInfo("%d runs: %.1f ms each at first, %.1f ms at last; %.1f MB after 100, %.1f MB at the end",
          Runs, 1000.0 * median(first), 1000.0 * median(last), soak.mbAfterHundred, soak.mbAtEnd);
    QVERIFY2(soak.mbAtEnd - soak.mbAfterHundred < 24.0,
             qPrintable(QStringLiteral("%1 MB more").arg(soak.mbAtEnd - soak.mbAfterHundred)));
    QVERIFY(median(last) < 1.6 * median(first) + 0.005);
}

} // namespace

class tst_RunSoak : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fiveHundredRuns();
    void fiveHundredRealRuns();
    void stopWithNeuron();
    void clicksWhileBusy();
};

/// With the table open, a ghost and the difference drawn: all that a run can cost the window.
void tst_RunSoak::fiveHundredRuns()
{
    Bench bench(QSize(1280, 900));
    MainWindow &window = *bench.window;
    Project project;
    project.neuron = presetNeuron("nmda-cable").value();
    project.stimulus.durationMs = 300;
    window.simulation()->setAutoRun(false);
    window.document()->reset(project, {});
    click(child<QAbstractButton>(window, "runsButton"));
    const Soak measured = soak([&](int i) {
        bench.engine.setWave({-80.0 + 0.01 * (i % 100), 0.5, {100 + i % 50}});
        if (i % 2 == 0)
            (void)window.document()->edit(QStringLiteral("x"), [i](Project &p) {
                p.neuron.membrane.raOhmCm = 100.0 + i % 40;
            });
        window.simulation()->run();
        bench.engine.complete();
        if (i == 0) {
            click(child<QAbstractButton>(window, "pinRunButton"));
        } else if (i == 1) {
            click(child<QAbstractButton>(window, "differenceCheck"));
        }
    });
    QCOMPARE(window.simulation()->runId(), Runs);
    QCOMPARE(window.runs()->history().runs().size(), RunHistory::MaxUnpinned + 1);
    QCOMPARE(child<QTableView>(window, "runsTable")->model()->rowCount(), 51);
    report(measured);
}

void tst_RunSoak::fiveHundredRealRuns()
{
    if (!qEnvironmentVariableIsSet("DENDROTWIN_BENCH"))
        QSKIP("takes minutes: set DENDROTWIN_BENCH");
    Sandbox sandbox;
    QTemporaryDir autosave;
    WorkerPool pool(WorkerPool::defaultSettings(), 1);
    MainWindow window(&pool, nullptr, autosave.path());
    window.show();
    window.simulation()->setAutoRun(false);
    Project project;
    project.neuron = presetNeuron("nmda-cable").value();
    project.stimulus.durationMs = 300;
    window.document()->reset(project, {});
    const Soak measured = soak([&](int) {
        window.simulation()->run();
        QTRY_VERIFY_WITH_TIMEOUT(!window.simulation()->isRunning(), 60000);
    });
    QCOMPARE(window.simulation()->runId(), Runs);
    report(measured);
}

/// A minute of a large neuron; the button of the tool bar ends it within a fifth of a second.
void tst_RunSoak::stopWithNeuron()
{
    Sandbox sandbox;
    QTemporaryDir autosave;
    WorkerPool pool(WorkerPool::defaultSettings(), 1);
    MainWindow window(&pool, nullptr, autosave.path());
    window.show();
    window.simulation()->setAutoRun(false);
    Project project;
    project.neuron = presetNeuron("nmda-cable").value();
    project.stimulus.durationMs = MaxStimulusMs;
    window.document()->reset(project, {});
    double longest = 0.0;
    for (int i = 0; i < 3; ++i) {
        trigger(window, "runAction");
        QTRY_VERIFY_WITH_TIMEOUT(window.simulation()->trace().recordedMs > 50
                                     && window.simulation()->isRunning(),
                                 60000);
        QElapsedTimer timer;
        double tookMs = -1.0; // QTRY looks only now and then
        const auto heard =
            connect(window.simulation(), &SimulationController::runningChanged, this,
                    [&] { tookMs = static_cast<double>(timer.nsecsElapsed()) / 1e6; });
        timer.start();
        trigger(window, "stopAction");
        QTRY_VERIFY_WITH_TIMEOUT(!window.simulation()->isRunning(), 10000);
        disconnect(heard);
        longest = std::max(longest, tookMs);
        QVERIFY(labelText(window, "statusLabel").contains(QStringLiteral("was stopped at")));
        // Nothing of it comes later.
        const int reached = window.simulation()->trace().recordedMs;
        QVERIFY(stays([&] { return window.simulation()->trace().recordedMs == reached; }, 50));
        QVERIFY(!window.simulation()->isRunning());
    }
    qInfo("stopped after %.0f ms at most", longest);
    // A processor with much else to do is no fault of the program.
    QVERIFY2(longest < (qEnvironmentVariableIsSet("DENDROTWIN_BENCH") ? 1.0 : 5.0) * StopMs,
             qPrintable(QString::number(longest)));
}

/// Ten clicks on Run and on the die while a run goes on: one run is left of them, and when it is
/// over nothing more begins.
void tst_RunSoak::clicksWhileBusy()
{
    Bench bench;
    MainWindow &window = *bench.window;
    Project project;
    project.neuron = presetNeuron("nmda-cable").value();
    project.stimulus.durationMs = 300;
    window.document()->reset(project, {});
    QTRY_VERIFY_WITH_TIMEOUT(bench.engine.submitted() == 1, 20000); // it ran by itself
    bench.engine.complete();
    window.simulation()->run();
    bench.engine.begin();
    bench.engine.appendTo(100);
    auto *dice = child<QAbstractButton>(window, "runRerollButton");
    const int steps = window.document()->undoStack()->index();
    for (int i = 0; i < 10; ++i) {
        click(dice);
        trigger(window, "runAction");
    }
    QCOMPARE(window.document()->undoStack()->index(), steps + 10); // each was done at once
    const int submitted = bench.engine.submitted();
    QVERIFY(stays([&] { return bench.engine.submitted() <= submitted + 1; }));
    bench.engine.complete();
    QVERIFY(!window.simulation()->isRunning());
    const int done = bench.engine.submitted();
    QVERIFY(stays([&] { return bench.engine.submitted() == done; }));
    QVERIFY(!window.simulation()->isRunning());
}

DT_TEST(tst_RunSoak, QApplication)
#include "tst_RunSoak.moc"
