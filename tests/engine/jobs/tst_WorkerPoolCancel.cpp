// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/WorkerPool.h"

#include "tests/support/JobWatch.h"
#include "tests/support/Paths.h"
#include "tests/support/Processes.h"
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

/// Cancelling, deleting and destroying at every moment.
class tst_WorkerPoolCancel : public QObject
{
    Q_OBJECT

    using State = SimulationJob::State;

private Q_SLOTS:
    void cleanup();
    void queued();
    void whileStarting();
    void running_data();
    void running();
    void politeWorkerStays();
    void afterTheEnd();
    void betweenTwoTries();
    void deleteQueued();
    void deleteRunning_data();
    void deleteRunning();
    void deleteInItsSignal_data();
    void deleteInItsSignal();
    void deletePool_data();
    void deletePool();

private:
    QObject m_owner; // of jobs
};

void tst_WorkerPoolCancel::cleanup()
{
    QTRY_VERIFY(test::childProcesses().empty());
}

void tst_WorkerPoolCancel::queued()
{
    WorkerPool pool(fakeWorker("slow"), 1);
    const JobWatch first(pool.submit(smallRequest(30), &m_owner));
    const JobWatch second(pool.submit(smallRequest(30), &m_owner));
    const JobWatch third(pool.submit(smallRequest(5), &m_owner));
    QTRY_COMPARE(first.job->state(), State::Running);
    second.job->cancel();
    QCOMPARE(second.job->state(), State::Cancelled); // at once
    QCOMPARE(second.ended.count(), 1);
    QTRY_VERIFY(third.over());
    QCOMPARE(first.job->state(), State::Finished);
    QCOMPARE(third.job->state(), State::Finished);
    QCOMPARE(second.started.count(), 0);
    QCOMPARE(second.ended.count(), 1);
}

void tst_WorkerPoolCancel::whileStarting()
{
    WorkerPool pool(fakeWorker("silent"), 1);
    const JobWatch watch(pool.submit(smallRequest(30), &m_owner));
    QTRY_COMPARE(test::childProcesses().size(), std::size_t(1));
    watch.job->cancel();
    QCOMPARE(watch.job->state(), State::Cancelled);
    QCOMPARE(watch.ended.count(), 1);
}

void tst_WorkerPoolCancel::running_data()
{
    QTest::addColumn<QByteArray>("mode");
    QTest::newRow("polite") << QByteArray("slow");
    QTest::newRow("deaf") << QByteArray("ignore-cancel");
    QTest::newRow("hanging") << QByteArray("hang");
}

void tst_WorkerPoolCancel::running()
{
    QFETCH(QByteArray, mode);
    WorkerPool pool(fakeWorker("ask"), 1);
    const JobWatch watch(pool.submit(smallRequest(1000, mode.constData()), &m_owner));
    const JobWatch next(pool.submit(smallRequest(5), &m_owner));
    QTRY_VERIFY(watch.progressed.count() > 0);
    QElapsedTimer timer;
    timer.start();
    watch.job->cancel();
    watch.job->cancel(); // impatience changes nothing
    QTRY_VERIFY(watch.over());
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(watch.job->state(), State::Cancelled);
    QTRY_VERIFY(next.over());
    QCOMPARE(next.job->state(), State::Finished);
    QCOMPARE(next.job->attempts(), 1);
    QCOMPARE(watch.ended.count(), 1);
    QCOMPARE(watch.restarted.count(), 0);
}

void tst_WorkerPoolCancel::politeWorkerStays()
{
    WorkerPool pool(fakeWorker("slow"), 1);
    const JobWatch watch(pool.submit(smallRequest(1000), &m_owner));
    QTRY_VERIFY(watch.progressed.count() > 0);
    const qint64 process = pool.processOf(watch.job);
    watch.job->cancel();
    QTRY_VERIFY(watch.over());
    const JobWatch next(pool.submit(smallRequest(1000), &m_owner));
    QTRY_VERIFY(next.progressed.count() > 0);
    QCOMPARE(pool.processOf(next.job), process);
}

void tst_WorkerPoolCancel::afterTheEnd()
{
    WorkerPool pool(fakeWorker("ask"), 1);
    for (const char *mode : {"ok", "refuse"}) {
        const JobWatch watch(pool.submit(smallRequest(5, mode), &m_owner));
        QTRY_VERIFY(watch.over());
        const State state = watch.job->state();
        watch.job->cancel();
        test::settle();
        QCOMPARE(watch.job->state(), state);
        QCOMPARE(watch.ended.count(), 1);
    }
}

void tst_WorkerPoolCancel::betweenTwoTries()
{
    WorkerPool pool(fakeWorker("ask"), 1);
    const JobWatch watch(pool.submit(smallRequest(5, "crash"), &m_owner));
    connect(watch.job, &SimulationJob::restarted, watch.job, &SimulationJob::cancel);
    QTRY_VERIFY(watch.over());
    const JobWatch next(pool.submit(smallRequest(5), &m_owner));
    QTRY_VERIFY(next.over());
    QCOMPARE(watch.job->state(), State::Cancelled);
    QCOMPARE(watch.ended.count(), 1);
    QCOMPARE(watch.restarted.count(), 1);
    QCOMPARE(next.job->state(), State::Finished);
}

void tst_WorkerPoolCancel::deleteQueued()
{
    WorkerPool pool(fakeWorker("slow"), 1);
    const JobWatch first(pool.submit(smallRequest(20), &m_owner));
    const JobWatch second(pool.submit(smallRequest(20), &m_owner));
    const JobWatch third(pool.submit(smallRequest(5), &m_owner));
    delete second.job;
    QCOMPARE(second.ended.count(), 0); // nobody is there to tell
    QTRY_VERIFY(first.over() && third.over());
    QCOMPARE(first.job->state(), State::Finished);
    QCOMPARE(third.job->state(), State::Finished);
}

void tst_WorkerPoolCancel::deleteRunning_data()
{
    running_data();
}

void tst_WorkerPoolCancel::deleteRunning()
{
    QFETCH(QByteArray, mode);
    WorkerPool pool(fakeWorker("ask"), 1);
    const JobWatch watch(pool.submit(smallRequest(1000, mode.constData()), &m_owner));
    const JobWatch next(pool.submit(smallRequest(5), &m_owner));
    QTRY_VERIFY(watch.progressed.count() > 0);
    QElapsedTimer timer;
    timer.start();
    delete watch.job;
    QTRY_VERIFY(next.over());
    QCOMPARE(next.job->state(), State::Finished);
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(watch.ended.count(), 0);
}

void tst_WorkerPoolCancel::deleteInItsSignal_data()
{
    QTest::addColumn<QByteArray>("mode");
    QTest::addColumn<int>("signal");
    QTest::newRow("started") << QByteArray("slow") << 0;
    QTest::newRow("progressed") << QByteArray("slow") << 1;
    QTest::newRow("restarted") << QByteArray("crash") << 2;
    QTest::newRow("ended, finished") << QByteArray("ok") << 3;
    QTest::newRow("ended, failed") << QByteArray("refuse") << 3;
}

void tst_WorkerPoolCancel::deleteInItsSignal()
{
    QFETCH(QByteArray, mode);
    QFETCH(int, signal);
    WorkerPool pool(fakeWorker("ask"), 1);
    QPointer<SimulationJob> job = pool.submit(smallRequest(1000, mode.constData()), &m_owner);
    const auto away = [&job] { delete job; };
    if (signal == 0)
        connect(job, &SimulationJob::started, this, away);
    else if (signal == 1)
        connect(job, &SimulationJob::progressed, this, away);
    else if (signal == 2)
        connect(job, &SimulationJob::restarted, this, away);
    else
        connect(job, &SimulationJob::ended, this, away);
    const JobWatch next(pool.submit(smallRequest(5), &m_owner));
    QTRY_VERIFY(next.over());
    QVERIFY(!job);
    QCOMPARE(next.job->state(), State::Finished);
}

void tst_WorkerPoolCancel::deletePool_data()
{
    QTest::addColumn<QByteArray>("mode");
    QTest::addColumn<int>("moment"); // 0 starting, 1 running, 2 cancelling, 3 idle, 4 killed
    QTest::newRow("starting") << QByteArray("silent") << 0;
    QTest::newRow("running") << QByteArray("slow") << 1;
    QTest::newRow("hanging") << QByteArray("hang") << 1;
    QTest::newRow("cancelling") << QByteArray("ignore-cancel") << 2;
    QTest::newRow("idle") << QByteArray("ok") << 3;
    QTest::newRow("just killed") << QByteArray("ignore-cancel") << 4;
}

void tst_WorkerPoolCancel::deletePool()
{
    QFETCH(QByteArray, mode);
    QFETCH(int, moment);
    auto pool = std::make_unique<WorkerPool>(fakeWorker(mode.constData()), 2);
    JobWatch first(pool->submit(smallRequest(1000), &m_owner));
    const JobWatch second(pool->submit(smallRequest(1000), &m_owner));
    const JobWatch third(pool->submit(smallRequest(1000), &m_owner));
    QTRY_COMPARE(test::childProcesses().size(), std::size_t(2));
    if (moment == 1 || moment == 2 || moment == 4)
        QTRY_VERIFY(first.progressed.count() > 0 && second.progressed.count() > 0);
    if (moment == 2 || moment == 4)
        first.job->cancel();
    if (moment == 4)
        QVERIFY(first.waitForEnd());
    if (moment == 3)
        QTRY_VERIFY(first.over() && second.over() && third.over());
    pool.reset();
    QVERIFY(test::childProcesses().empty());
    // Jobs may outlive their pool, but none stays open.
    for (const JobWatch *watch : std::initializer_list<const JobWatch *>{&first, &second, &third}) {
        QVERIFY(watch->over());
        watch->job->cancel();
        delete watch->job;
    }
}

DT_TEST(tst_WorkerPoolCancel, QCoreApplication)
#include "tst_WorkerPoolCancel.moc"
