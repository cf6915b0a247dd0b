// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/WorkerPool.h"

#include "tests/support/JobWatch.h"
#include "tests/support/Paths.h"
#include "tests/support/Processes.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"
#include "tests/support/Wait.h"
#include "tests/support/WorkerPrograms.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTest>

#include <csignal>

using namespace dt;
using test::fakeWorker;
using test::JobWatch;
using test::smallRequest;

namespace {

bool noChildren()
{
    return test::childProcesses().empty();
}

} // namespace

class tst_WorkerPool : public QObject
{
    Q_OBJECT

    using State = SimulationJob::State;

private Q_SLOTS:
    void cleanup();
    void everyEnd_data();
    void everyEnd();
    void samplesArrive();
    void secondTryWorks();
    void programMissing_data();
    void programMissing();
    void othersGoOn();
    void order();
    void retriedFirst();
    void sideBySide();
    void manyJobs();
    void nothingBeforeTheLoop();
    void warmUp();
    void killed();
    void killedTwice();
    void killedWhileIdle();

private:
    QObject m_owner; // of jobs
};

void tst_WorkerPool::cleanup()
{
    // Pools are gone here; so must be their programs.
    QTRY_VERIFY(noChildren());
}

void tst_WorkerPool::everyEnd_data()
{
    QTest::addColumn<State>("state");
    QTest::addColumn<int>("attempts");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char *mode, State state, int attempts = 1,
                        ErrorCode code = ErrorCode::Worker, const char *words = "") {
        QTest::newRow(mode) << state << attempts << int(code) << QByteArray(words);
    };
    constexpr auto Worker = ErrorCode::Worker;
    row("ok", State::Finished);
    row("slow", State::Finished);
    row("refuse", State::Failed, 1, ErrorCode::Engine, "The fake has refused this neuron.");
    row("early-end", State::Failed, 1, Worker, "before all samples");
    row("wrong-protocol", State::Failed, 1, Worker, "different versions");
    row("garbage-start", State::Failed, 2, Worker, "\"NEURON -- VERSION 8.2.2.\"");
    row("silent", State::Failed, 2, Worker, "did not start within 0.5 s");
    row("exit-start", State::Failed, 2, Worker, "while starting (exit code 127)");
    row("crash-start", State::Failed, 2, Worker, "crashed while starting");
    row("garbage", State::Failed, 2, Worker, "\"Segmentation violation in fake.\"");
    row("malformed", State::Failed, 2, Worker, "malformed message");
    row("partial", State::Failed, 2, Worker, "in the middle of a message");
    row("hang", State::Failed, 2, Worker, "no sign of life for 0.5 s");
    row("exit", State::Failed, 2, Worker, "during the simulation (exit code 3)");
    row("crash", State::Failed, 2, Worker, "crashed during the simulation");
    row("wrong-samples", State::Failed, 2, Worker, "samples that do not fit the run");
    row("wrong-cells", State::Failed, 2, Worker, "another number of cells");
}

void tst_WorkerPool::everyEnd()
{
    QFETCH(State, state);
    QFETCH(int, attempts);
    QFETCH(int, code);
    QFETCH(QByteArray, words);
    const QByteArray mode = QTest::currentDataTag();
    WorkerSettings settings = fakeWorker(mode.constData());
    if (mode == "silent")
        settings.startTimeoutMs = 500;
    if (mode == "hang")
        settings.silenceTimeoutMs = 500;
    WorkerPool pool(settings, 1);
    const JobWatch watch(pool.submit(smallRequest(10), &m_owner));
    QTRY_VERIFY_WITH_TIMEOUT(watch.over(), 10000);
    test::settle(); // nothing more comes
    QCOMPARE(watch.ended.count(), 1);
    QVERIFY(watch.started.count() <= 1);
    QCOMPARE(watch.job->state(), state);
    QCOMPARE(watch.job->attempts(), attempts);
    QCOMPARE(watch.restarted.count(), attempts - 1);
    for (const QList<QVariant> &restart : watch.restarted)
        QVERIFY2(test::isSentence(restart[0].toString().toStdString()),
                 qPrintable(restart[0].toString()));
    if (state == State::Finished) {
        QVERIFY(watch.job->progress() == 1.0);
        return;
    }
    const Error &error = watch.job->error();
    QVERIFY2(test::isSentence(error.message), error.message.c_str());
    QVERIFY2(test::contains(error.message, words.toStdString()), error.message.c_str());
    QCOMPARE(int(error.code), code);
    QCOMPARE(test::contains(error.message, "tried twice"), attempts == 2);
    if (mode == "exit" || mode == "exit-start") // what it said itself
        QVERIFY2(test::contains(error.message, "fakeworker: "), error.message.c_str());
}

void tst_WorkerPool::samplesArrive()
{
    WorkerPool pool(fakeWorker("ok"), 1);
    const JobWatch watch(pool.submit(smallRequest(10, "ok", 3), &m_owner));
    QTRY_VERIFY(watch.over());
    const SimulationJob &job = *watch.job;
    QVERIFY(watch.progressed.count() > 0);
    QVERIFY(job.reachedMs() == 10.0);
    QVERIFY(job.engineSeconds() == 0.125);
    QVERIFY(job.now().empty()); // nobody asked to watch
    QCOMPARE(job.traces().size(), std::size_t(3));
    for (std::size_t c = 0; c < 3; ++c) {
        const Recording recording = job.recording(c);
        QCOMPARE(recording.durationMs, 10);
        QCOMPARE(recording.segments, 2);
        QCOMPARE(recording.somaFine.size(), std::size_t(401));
        QCOMPARE(recording.somaFine.back(), -85.0f - float(c) + 0.4f);
        QCOMPARE(recording.dendV.back(), -87.0f - float(c));
        QCOMPARE(recording.engine, std::string("neuron"));
    }
    SimulationRequest live = smallRequest(5);
    live.live = true;
    const JobWatch liveWatch(pool.submit(live, &m_owner));
    QTRY_VERIFY(liveWatch.over());
    QCOMPARE(liveWatch.job->now().size(), std::size_t(3));
}

void tst_WorkerPool::secondTryWorks()
{
    const test::TestFolder folder;
    WorkerPool pool(fakeWorker({"crash-once", folder.at("marker")}), 1);
    const JobWatch watch(pool.submit(smallRequest(10), &m_owner));
    std::size_t tracesAtRestart = 99;
    connect(watch.job, &SimulationJob::restarted, this,
            [&] { tracesAtRestart = watch.job->traces().size(); });
    QTRY_VERIFY(watch.over());
    QCOMPARE(watch.job->state(), State::Finished);
    QCOMPARE(watch.job->attempts(), 2);
    QCOMPARE(watch.restarted.count(), 1);
    QCOMPARE(watch.started.count(), 1);
    QCOMPARE(tracesAtRestart, std::size_t(0));
    QCOMPARE(watch.job->traces()[0].somaFine.size(), std::size_t(401));
}

void tst_WorkerPool::programMissing_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("missing") << "none";
    QTest::newRow("a folder") << "";
    QTest::newRow("not executable") << "text";
    QTest::newRow("not a program") << "script";
}

void tst_WorkerPool::programMissing()
{
    QFETCH(QString, name);
    const test::TestFolder folder;
    QVERIFY(folder.write("text", "hello"));
    QVERIFY(folder.write("script", "#!/no/such/interpreter\n"));
    QVERIFY(QFile::setPermissions(folder.at("script"), QFile::ReadOwner | QFile::ExeOwner));
    WorkerSettings settings;
    settings.program = name.isEmpty() ? folder.path() : folder.at(name);
    WorkerPool pool(settings, 2);
    std::vector<std::unique_ptr<JobWatch>> watches;
    for (int i = 0; i < 5; ++i)
        watches.push_back(std::make_unique<JobWatch>(pool.submit(smallRequest(10), &m_owner)));
    for (const auto &watch : watches) {
        QTRY_VERIFY(watch->over());
        QCOMPARE(watch->job->state(), State::Failed);
        QCOMPARE(watch->ended.count(), 1);
        QCOMPARE(watch->job->attempts(), 1);
        const std::string &message = watch->job->error().message;
        QVERIFY2(test::isSentence(message), message.c_str());
        QVERIFY2(test::contains(message, settings.program.toStdString()), message.c_str());
    }
}

void tst_WorkerPool::othersGoOn()
{
    WorkerSettings settings = fakeWorker("ask");
    settings.silenceTimeoutMs = 1500;
    WorkerPool pool(settings, 2);
    const char *const modes[] = {"ok",        "crash", "ok", "garbage", "hang",          "ok",
                                 "refuse",    "exit",  "ok", "partial", "wrong-samples", "ok",
                                 "early-end", "ok"};
    std::vector<std::unique_ptr<JobWatch>> watches;
    for (const char *mode : modes)
        watches.push_back(std::make_unique<JobWatch>(pool.submit(smallRequest(5, mode), &m_owner)));
    for (std::size_t i = 0; i < watches.size(); ++i) {
        QTRY_VERIFY_WITH_TIMEOUT(watches[i]->over(), 15000);
        const bool good = QByteArray(modes[i]) == "ok";
        QVERIFY2(watches[i]->job->state() == (good ? State::Finished : State::Failed), modes[i]);
        QVERIFY2(watches[i]->ended.count() == 1, modes[i]);
        if (good)
            QVERIFY2(watches[i]->job->attempts() == 1, modes[i]);
    }
}

void tst_WorkerPool::order()
{
    WorkerPool pool(fakeWorker("ok"), 1);
    std::vector<int> started;
    std::vector<int> ended;
    int running = 0;
    int most = 0;
    for (int i = 0; i < 6; ++i) {
        SimulationJob *job = pool.submit(smallRequest(5), &m_owner);
        connect(job, &SimulationJob::started, this, [&, i] {
            started.push_back(i);
            most = std::max(most, ++running);
        });
        connect(job, &SimulationJob::ended, this, [&, i] {
            ended.push_back(i);
            --running;
        });
    }
    QTRY_COMPARE(ended.size(), std::size_t(6));
    QCOMPARE(started, (std::vector<int>{0, 1, 2, 3, 4, 5}));
    QCOMPARE(ended, started);
    QCOMPARE(most, 1);
}

void tst_WorkerPool::retriedFirst()
{
    // A second try does not wait behind everything that came later.
    const test::TestFolder folder;
    WorkerPool pool(fakeWorker({"crash-once", folder.at("marker")}), 1);
    std::vector<int> ended;
    for (int i = 0; i < 3; ++i)
        connect(pool.submit(smallRequest(5), &m_owner), &SimulationJob::ended, this,
                [&, i] { ended.push_back(i); });
    QTRY_COMPARE(ended.size(), std::size_t(3));
    QCOMPARE(ended, (std::vector<int>{0, 1, 2}));
}

void tst_WorkerPool::sideBySide()
{
    WorkerPool pool(fakeWorker("slow"), 2);
    const JobWatch first(pool.submit(smallRequest(1000), &m_owner));
    const JobWatch second(pool.submit(smallRequest(1000), &m_owner));
    const JobWatch third(pool.submit(smallRequest(1000), &m_owner));
    QTRY_VERIFY(first.job->state() == State::Running && second.job->state() == State::Running);
    QCOMPARE(third.job->state(), State::Queued);
    QVERIFY(pool.processOf(first.job) > 0 && pool.processOf(second.job) > 0);
    QVERIFY(pool.processOf(first.job) != pool.processOf(second.job));
    QCOMPARE(pool.processOf(third.job), 0);
    first.job->cancel();
    QTRY_COMPARE(third.job->state(), State::Running);
    QCOMPARE(second.job->state(), State::Running);
}

void tst_WorkerPool::manyJobs()
{
    WorkerPool pool(fakeWorker("ok"), 2);
    int finished = 0;
    for (int i = 0; i < 200; ++i) {
        SimulationJob *job = pool.submit(smallRequest(2), &m_owner);
        connect(job, &SimulationJob::ended, this, [&, job] {
            finished += job->state() == State::Finished;
            job->deleteLater();
        });
    }
    QTRY_COMPARE_WITH_TIMEOUT(finished, 200, 20000);
    QVERIFY(test::childProcesses().size() <= 2);
}

void tst_WorkerPool::nothingBeforeTheLoop()
{
    for (const WorkerSettings &settings :
         {fakeWorker("ok"), WorkerSettings{"/no/such/program", {}}}) {
        WorkerPool pool(settings, 1);
        const JobWatch watch(pool.submit(smallRequest(5), &m_owner));
        QCOMPARE(watch.job->state(), State::Queued);
        QCOMPARE(watch.ended.count(), 0);
        QCOMPARE(watch.job->parent(), &m_owner);
        QTRY_VERIFY(watch.over());
    }
}

void tst_WorkerPool::warmUp()
{
    WorkerPool pool(fakeWorker("ok"), 2);
    QSignalSpy version(&pool, &WorkerPool::engineVersionChanged);
    QVERIFY(pool.engineVersion().isEmpty());
    pool.warmUp();
    QTRY_COMPARE(pool.engineVersion(), QStringLiteral("FAKE 1.0"));
    QCOMPARE(version.last().first().toString(), QStringLiteral("FAKE 1.0"));
    const std::vector<int> children = test::childProcesses();
    QCOMPARE(children.size(), std::size_t(1));
    const JobWatch watch(pool.submit(smallRequest(5), &m_owner));
    QTRY_VERIFY(watch.over());
    QCOMPARE(test::childProcesses(), children); // the warm one did it
    QCOMPARE(pool.name(), std::string("neuron"));
}

void tst_WorkerPool::killed()
{
    WorkerPool pool(fakeWorker("slow"), 1);
    const JobWatch watch(pool.submit(smallRequest(30), &m_owner));
    QTRY_VERIFY(watch.progressed.count() > 0);
    const auto first = static_cast<pid_t>(pool.processOf(watch.job));
    QVERIFY(first > 0);
    QCOMPARE(::kill(first, SIGKILL), 0);
    QTRY_VERIFY(watch.over());
    QCOMPARE(watch.job->state(), State::Finished);
    QCOMPARE(watch.restarted.count(), 1);
    QVERIFY(watch.restarted[0][0].toString().contains(QStringLiteral("stopped from outside")));
    QCOMPARE(watch.ended.count(), 1);
}

void tst_WorkerPool::killedTwice()
{
    WorkerPool pool(fakeWorker("slow"), 1);
    const JobWatch watch(pool.submit(smallRequest(1000), &m_owner));
    const JobWatch next(pool.submit(smallRequest(5), &m_owner));
    for (int round = 0; round < 2; ++round) {
        QTRY_COMPARE(watch.restarted.count(), round);
        QTRY_VERIFY(!watch.job->traces().empty() && pool.processOf(watch.job) > 0);
        QCOMPARE(::kill(static_cast<pid_t>(pool.processOf(watch.job)), SIGKILL), 0);
    }
    QTRY_VERIFY(watch.over());
    QCOMPARE(watch.job->state(), State::Failed);
    QCOMPARE(watch.ended.count(), 1);
    const std::string &message = watch.job->error().message;
    QVERIFY2(test::isSentence(message) && test::contains(message, "tried twice"), message.c_str());
    QTRY_VERIFY(next.over());
    QCOMPARE(next.job->state(), State::Finished);
    QCOMPARE(next.job->attempts(), 1);
}

void tst_WorkerPool::killedWhileIdle()
{
    WorkerPool pool(fakeWorker("ok"), 1);
    const JobWatch first(pool.submit(smallRequest(5), &m_owner));
    QTRY_VERIFY(first.over());
    const std::vector<int> children = test::childProcesses();
    QCOMPARE(children.size(), std::size_t(1));
    QCOMPARE(::kill(children[0], SIGKILL), 0);
    QTRY_VERIFY(noChildren());
    test::settle(); // the pool hears of it
    const JobWatch second(pool.submit(smallRequest(5), &m_owner));
    QTRY_VERIFY(second.over());
    QCOMPARE(second.job->state(), State::Finished);
    QCOMPARE(second.job->attempts(), 1);
}

DT_TEST(tst_WorkerPool, QCoreApplication)
#include "tst_WorkerPool.moc"
