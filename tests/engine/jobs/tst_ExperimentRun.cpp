// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/ExperimentRun.h"

#include "tests/support/AnsweringEngine.h"
#include "tests/support/Neurons.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"
#include "tests/support/Wait.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace dt;

namespace {

ExperimentPlan trials(int trials)
{
    std::vector<double> weights;
    for (int i = 0; i < trials; ++i)
        weights.push_back(1.0 + i);
    Neuron neuron = presetNeuron("nmda-cable").value();
    const Result<ExperimentPlan> planned = planExperiment("weight-response",
                                                          {{"kind", std::string("neuron")},
                                                           {"weights", weights},
                                                           {"settle_ms", 10.0},
                                                           {"window_ms", 20.0}},
                                                          neuron);
    if (!planned)
        qFatal("%s", planned.error().message.c_str());
    return *planned;
}

/// Weight of the only event.
double weightOf(const SpikeInput &input)
{
    return input.events.front().weight;
}

} // namespace

class tst_ExperimentRun : public QObject
{
    Q_OBJECT

    using State = ExperimentRun::State;

private Q_SLOTS:
    void finishes();
    void partialResults();
    void atMostSoManyAtOnce();
    void cancel_data();
    void cancel();
    void cancelBeforeStart();
    void deletedWhileRunning();
    void oneFails();
    void allFail();
    void batchBreaksUp();
    void engineGone();
};

void tst_ExperimentRun::finishes()
{
    test::AnsweringEngine engine;
    ExperimentRun run(engine, 2, trials(40));
    QSignalSpy ended(&run, &ExperimentRun::ended);
    QCOMPARE(run.state(), State::Idle);
    run.start();
    QCOMPARE(run.state(), State::Running);
    QVERIFY(ended.wait(30000));
    QCOMPARE(run.state(), State::Finished);
    QCOMPARE(run.done(), std::size_t(40));
    QCOMPARE(run.progress(), 1.0);
    QCOMPARE(run.result().table.rows.size(), std::size_t(40));
    QVERIFY(run.result().remarks.size() == 1); // eight coarse segments
    // Each trial has its own trace, whatever the order in which batches came back.
    for (std::size_t i = 0; i < run.total(); ++i) {
        SimulationRequest one = batchRequest(run.plan(), {i});
        SimulationJob job(one);
        job.begin();
        test::AnsweringEngine::answer(&job);
        const TrialResult alone = measureTrial(run.plan(), i, job.traces()[0]);
        QCOMPARE(run.measured()[i]->voltages[0].peakMv, alone.voltages[0].peakMv);
        QCOMPARE(run.measured()[i]->voltages[2].peakMv, alone.voltages[2].peakMv);
    }
    run.start(); // over is over
    run.cancel();
    QCOMPARE(run.state(), State::Finished);
    QCOMPARE(ended.count(), 1);
}

void tst_ExperimentRun::partialResults()
{
    test::AnsweringEngine engine;
    ExperimentRun run(engine, 1, trials(40));
    std::size_t rows = 0;
    int steps = 0;
    connect(&run, &ExperimentRun::measuredMore, this, [&] {
        const std::size_t now = run.result().table.rows.size();
        QVERIFY(now > rows);
        rows = now;
        ++steps;
        QVERIFY(run.progress() > 0.0);
    });
    QSignalSpy ended(&run, &ExperimentRun::ended);
    run.start();
    QVERIFY(ended.wait(30000));
    QVERIFY(steps >= 2);
    QCOMPARE(rows, std::size_t(40));
}

void tst_ExperimentRun::atMostSoManyAtOnce()
{
    test::AnsweringEngine engine;
    std::vector<SimulationJob *> held;
    engine.instead = [&](int, SimulationJob *job) {
        held.push_back(job);
        return true;
    };
    ExperimentRun run(engine, 3, trials(60));
    QSignalSpy ended(&run, &ExperimentRun::ended);
    run.start();
    QTRY_COMPARE(held.size(), std::size_t(3));
    QCOMPARE(engine.submitted(), 3);
    while (!run.isOver()) {
        QTRY_VERIFY(!held.empty() || run.isOver());
        if (held.empty())
            break;
        SimulationJob *job = held.front();
        held.erase(held.begin());
        test::AnsweringEngine::answer(job);
        // Samples are let go as soon as they are measured.
        QVERIFY(job->traces().empty());
    }
    QCOMPARE(run.state(), State::Finished);
}

void tst_ExperimentRun::cancel_data()
{
    QTest::addColumn<bool>("obedient");
    QTest::newRow("at once") << true;
    QTest::newRow("a worker that does not hear") << false;
}

void tst_ExperimentRun::cancel()
{
    QFETCH(bool, obedient);
    test::AnsweringEngine engine;
    int begun = 0;
    engine.instead = [&](int n, SimulationJob *job) {
        ++begun;
        if (!obedient)
            job->disconnect(SIGNAL(cancelRequested()));
        return n >= 2; // the first two batches are answered
    };
    ExperimentRun run(engine, 2, trials(80));
    QSignalSpy ended(&run, &ExperimentRun::ended);
    run.start();
    QTRY_VERIFY(begun >= 4);
    QElapsedTimer clock;
    clock.start();
    run.cancel();
    QTRY_VERIFY_WITH_TIMEOUT(run.isOver(), 2000);
    QVERIFY2(clock.elapsed() < 1500, qPrintable(QString::number(clock.elapsed())));
    QCOMPARE(run.state(), State::Cancelled);
    QCOMPARE(ended.count(), 1);
    // What was measured is still there, and nothing more is asked for.
    const std::size_t done = run.done();
    QVERIFY(done > 0);
    QCOMPARE(run.result().table.rows.size(), done);
    const int submitted = engine.submitted();
    QVERIFY(test::stays([&] { return engine.submitted() == submitted; }));
    QCOMPARE(ended.count(), 1);
}

void tst_ExperimentRun::cancelBeforeStart()
{
    test::AnsweringEngine engine;
    ExperimentRun run(engine, 2, trials(4));
    run.cancel();
    QCOMPARE(run.state(), State::Cancelled);
    run.start();
    QCOMPARE(engine.submitted(), 0);
}

void tst_ExperimentRun::deletedWhileRunning()
{
    test::AnsweringEngine engine;
    int cancelled = 0;
    int begun = 0;
    engine.instead = [&](int, SimulationJob *job) {
        ++begun;
        connect(job, &SimulationJob::cancelRequested, this, [&] { ++cancelled; });
        return true;
    };
    auto *run = new ExperimentRun(engine, 2, trials(40));
    run->start();
    QTRY_COMPARE(begun, 2);
    delete run;
    QCOMPARE(cancelled, 2);
}

// One simulation that cannot be run costs one row.
void tst_ExperimentRun::oneFails()
{
    test::AnsweringEngine engine;
    engine.instead = [](int, SimulationJob *job) {
        for (const SpikeInput &input : job->request().inputs) {
            if (weightOf(input) == 7.0) {
                job->fail({ErrorCode::Engine, "NEURON did not like it.", "NEURON"});
                return true;
            }
        }
        return false;
    };
    ExperimentRun run(engine, 2, trials(40));
    QSignalSpy ended(&run, &ExperimentRun::ended);
    run.start();
    QVERIFY(ended.wait(30000));
    QCOMPARE(run.state(), State::Failed);
    QVERIFY2(test::contains(run.error().message, "weight 7"), run.error().message.c_str());
    QVERIFY2(test::contains(run.error().message, "did not like"), run.error().message.c_str());
    QCOMPARE(run.done(), std::size_t(39));
    QVERIFY(!run.measured()[6]);
    const ExperimentResult result = run.result();
    QCOMPARE(result.table.rows.size(), std::size_t(39));
    QVERIFY(test::contains(result.remarks.front(), "39 of 40"));
}

// Where nothing works, the rest is not tried.
void tst_ExperimentRun::allFail()
{
    test::AnsweringEngine engine;
    engine.instead = [](int, SimulationJob *job) {
        job->fail({ErrorCode::Worker, "The simulator program is missing.", "worker"});
        return true;
    };
    ExperimentRun run(engine, 2, trials(80));
    QSignalSpy ended(&run, &ExperimentRun::ended);
    run.start();
    QVERIFY(ended.wait(30000));
    QCOMPARE(run.state(), State::Failed);
    QVERIFY2(engine.submitted() < 12, qPrintable(QString::number(engine.submitted())));
    QCOMPARE(run.done(), std::size_t(0));
}

void tst_ExperimentRun::batchBreaksUp()
{
    // Batches fail, single simulations work: all are measured, and it is a success.
    test::AnsweringEngine engine;
    engine.instead = [](int, SimulationJob *job) {
        if (job->request().inputs.size() < 2)
            return false;
        job->fail({ErrorCode::Worker, "Too much at once.", "worker"});
        return true;
    };
    ExperimentRun run(engine, 2, trials(20));
    QSignalSpy ended(&run, &ExperimentRun::ended);
    run.start();
    QVERIFY(ended.wait(30000));
    QCOMPARE(run.state(), State::Finished);
    QCOMPARE(run.done(), std::size_t(20));
}

void tst_ExperimentRun::engineGone()
{
    test::AnsweringEngine engine;
    engine.instead = [](int, SimulationJob *job) {
        job->endCancelled(); // as a pool does with its jobs when it is destroyed
        return true;
    };
    ExperimentRun run(engine, 2, trials(20));
    QSignalSpy ended(&run, &ExperimentRun::ended);
    run.start();
    QVERIFY(ended.wait(30000));
    QCOMPARE(run.state(), State::Cancelled);
}

DT_TEST(tst_ExperimentRun, QCoreApplication)
#include "tst_ExperimentRun.moc"
