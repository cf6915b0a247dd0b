// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/DatasetBuilder.h"
#include "tests/support/AnsweringEngine.h"
#include "tests/support/Datasets.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>

using namespace dt;

namespace {

DatasetPlan plan()
{
    DatasetPlan p = test::smallPlan({40, 5, 3}, 150);
    p.filter = {{Statistic::FiringRateHz, 1.0, 1000.0}}; // four in five
    return p;
}

} // namespace

/// Builds with an engine that answers at once and in any order.
class tst_DatasetBuilder : public QObject
{
    Q_OBJECT

    using State = DatasetBuilder::State;

private Q_SLOTS:
    void initTestCase();
    void init();
    void workers_data();
    void workers();
    void reports();
    void pauses();
    void pausesWhilePreparing();
    void cancels_data();
    void cancels();
    void cancelsAtOnce();
    void engineFails();
    void workerStartsAgain();
    void wrongEngine();
    void hopeless();
    void deletedMidRun();
    void diskTooSmall();
    void folderVanishes();
    void targetAppears();

private:
    [[nodiscard]] std::string target() const { return m_folder->file("ds.h5"); }
    [[nodiscard]] BuildFolder create(const DatasetPlan &p = plan()) const
    {
        return BuildFolder::create(target(), p, false).value();
    }
    /// Takes the build up with a new engine and checks the result.
    void finishAndCompare() const;
    static bool wait(DatasetBuilder &builder)
    {
        QSignalSpy ended(&builder, &DatasetBuilder::ended);
        return builder.isOver() || ended.wait(20000);
    }

    QByteArray m_expected;
    std::unique_ptr<test::TestFolder> m_folder;
};

void tst_DatasetBuilder::initTestCase()
{
    init();
    test::AnsweringEngine engine;
    DatasetBuilder builder(engine, 2, create());
    builder.start();
    QVERIFY(wait(builder));
    QVERIFY2(builder.state() == State::Finished, builder.error().message.c_str());
    m_expected = m_folder->read("ds.h5");
    const Result<DatasetFile> file = DatasetFile::open(target());
    VERIFY_OK(file);
    VERIFY_OK(file->verify({}));
    // Some were rejected, and the lowest-numbered others are there.
    const std::vector<std::uint64_t> index = file->statistics(Split::Train)->index;
    QCOMPARE(index.size(), std::size_t(40));
    QVERIFY(index.back() > 40);
    QCOMPARE(file->info().acceptance[0].tried, index.back() + 1);
}

void tst_DatasetBuilder::init()
{
    m_folder = std::make_unique<test::TestFolder>();
}

void tst_DatasetBuilder::finishAndCompare() const
{
    test::AnsweringEngine engine(99);
    Result<BuildFolder> folder = BuildFolder::open(target());
    VERIFY_OK(folder);
    DatasetBuilder builder(engine, 3, std::move(*folder));
    builder.start();
    QVERIFY(wait(builder));
    QVERIFY2(builder.state() == State::Finished, builder.error().message.c_str());
    QCOMPARE(m_folder->names(), QStringList("ds.h5"));
    QVERIFY(m_folder->read("ds.h5") == m_expected);
}

void tst_DatasetBuilder::workers_data()
{
    QTest::addColumn<int>("number");
    for (const int number : {1, 2, 8, 100})
        QTest::addRow("%d", number) << number;
}

void tst_DatasetBuilder::workers()
{
    QFETCH(int, number);
    test::AnsweringEngine engine(static_cast<std::uint64_t>(number));
    DatasetBuilder builder(engine, number, create());
    builder.start();
    QVERIFY(wait(builder));
    QCOMPARE(builder.state(), State::Finished);
    QCOMPARE(m_folder->names(), QStringList("ds.h5"));
    QVERIFY(m_folder->read("ds.h5") == m_expected);
}

void tst_DatasetBuilder::reports()
{
    test::AnsweringEngine engine;
    DatasetBuilder builder(engine, 2, create());
    QCOMPARE(builder.state(), State::Idle);
    QCOMPARE(builder.secondsLeft(), -1.0);
    QCOMPARE(builder.simulationsPerSecond(), 0.0);
    QSignalSpy ended(&builder, &DatasetBuilder::ended);
    std::vector<State> states;
    connect(&builder, &DatasetBuilder::stateChanged, this,
            [&] { states.push_back(builder.state()); });
    bool inRange = true;
    connect(&builder, &DatasetBuilder::progressed, this, [&] {
        inRange = inRange && builder.progress() >= 0.0 && builder.progress() < 1.0;
        std::uint64_t tried = 0;
        for (const Split split : AllSplits)
            tried += builder.tried(split);
        inRange = inRange
            && tried == builder.acceptedStatistics().size() + builder.rejectedStatistics().size()
            && builder.rejectedBy()[0] == builder.rejectedStatistics().size();
    });
    QCOMPARE(builder.progress(), 0.0);
    builder.start();
    builder.start(); // once is enough
    QVERIFY(wait(builder));
    QVERIFY(inRange);
    QCOMPARE(builder.progress(), 1.0);
    QCOMPARE(
        states,
        (std::vector<State>{State::Preparing, State::Running, State::Assembling, State::Finished}));
    QCOMPARE(ended.size(), 1);
    QVERIFY(!builder.resumable());
    QVERIFY(builder.bytesWritten() > 10000);
    QVERIFY(builder.lastSample());
    QVERIFY(!builder.rejectedStatistics().empty());
    builder.cancel(); // too late
    builder.pause();
    builder.resume();
    QCOMPARE(builder.state(), State::Finished);
    QCOMPARE(ended.size(), 1);
}

void tst_DatasetBuilder::pauses()
{
    test::AnsweringEngine engine;
    DatasetBuilder builder(engine, 2, create());
    QSignalSpy progressed(&builder, &DatasetBuilder::progressed);
    connect(&builder, &DatasetBuilder::progressed, &builder, &DatasetBuilder::pause);
    builder.start();
    QTRY_COMPARE(builder.state(), State::Paused);
    // What is under way is finished, then nothing happens.
    int submitted = -1;
    while (submitted != engine.submitted() || progressed.wait(300))
        submitted = engine.submitted();
    for (int pauses = 0; builder.state() == State::Paused; ++pauses) {
        QVERIFY(pauses < 100);
        builder.resume(); // and paused again by the next report
        QTRY_VERIFY(builder.state() == State::Paused || builder.isOver());
    }
    QCOMPARE(builder.state(), State::Finished);
    QVERIFY(engine.submitted() > submitted);
    QVERIFY(m_folder->read("ds.h5") == m_expected);
}

void tst_DatasetBuilder::pausesWhilePreparing()
{
    test::AnsweringEngine engine;
    DatasetBuilder builder(engine, 2, create());
    QSignalSpy progressed(&builder, &DatasetBuilder::progressed);
    builder.start();
    builder.pause();
    builder.resume();
    builder.pause();
    QVERIFY(progressed.wait());
    QVERIFY(!progressed.wait(100));
    QCOMPARE(engine.submitted(), 0);
    builder.resume();
    QVERIFY(wait(builder));
    QVERIFY(m_folder->read("ds.h5") == m_expected);
}

void tst_DatasetBuilder::cancels_data()
{
    QTest::addColumn<int>("after"); // reports of progress
    QTest::addColumn<bool>("paused");
    for (const int after : {1, 2, 4}) {
        QTest::addRow("after %d", after) << after << false;
        QTest::addRow("after %d, paused", after) << after << true;
    }
}

void tst_DatasetBuilder::cancels()
{
    QFETCH(int, after);
    QFETCH(bool, paused);
    test::AnsweringEngine engine;
    DatasetBuilder builder(engine, 2, create());
    QSignalSpy ended(&builder, &DatasetBuilder::ended);
    int reports = 0;
    connect(&builder, &DatasetBuilder::progressed, this, [&] {
        if (++reports != after)
            return;
        if (paused)
            builder.pause();
        builder.cancel();
        builder.cancel();
        builder.resume();
    });
    builder.start();
    QVERIFY(wait(builder));
    QCOMPARE(builder.state(), State::Cancelled);
    QVERIFY(builder.resumable());
    QCOMPARE(m_folder->names(), QStringList("ds.h5.building"));
    finishAndCompare(); // at once, while the old builder is still there
    QCOMPARE(ended.size(), 1);
}

void tst_DatasetBuilder::cancelsAtOnce()
{
    test::AnsweringEngine engine;
    DatasetBuilder builder(engine, 2, create());
    builder.cancel(); // not yet begun
    QCOMPARE(builder.state(), State::Idle);
    builder.start();
    builder.cancel();
    QVERIFY(wait(builder));
    QCOMPARE(builder.state(), State::Cancelled);
    QCOMPARE(engine.submitted(), 0);
    finishAndCompare();
}

void tst_DatasetBuilder::engineFails()
{
    test::AnsweringEngine engine;
    engine.instead = [](int n, SimulationJob *job) {
        if (n == 3)
            job->fail({ErrorCode::Worker, "The simulator crashed twice.", "worker"});
        return n == 3;
    };
    DatasetBuilder builder(engine, 2, create());
    QSignalSpy ended(&builder, &DatasetBuilder::ended);
    builder.start();
    QVERIFY(wait(builder));
    QCOMPARE(builder.state(), State::Failed);
    QCOMPARE(builder.error().message, std::string("The simulator crashed twice."));
    QVERIFY(builder.resumable());
    finishAndCompare();
    QCOMPARE(ended.size(), 1);
}

void tst_DatasetBuilder::workerStartsAgain()
{
    test::AnsweringEngine engine;
    engine.instead = [](int n, SimulationJob *job) {
        if (n == 1)
            job->restart(QStringLiteral("The simulator crashed."));
        return false;
    };
    DatasetBuilder builder(engine, 2, create());
    QSignalSpy restarted(&builder, &DatasetBuilder::restarted);
    builder.start();
    QVERIFY(wait(builder));
    QCOMPARE(restarted.size(), 1);
    QVERIFY(m_folder->read("ds.h5") == m_expected);
}

void tst_DatasetBuilder::wrongEngine()
{
    DatasetPlan other = plan();
    other.engine = "fast";
    test::AnsweringEngine engine;
    DatasetBuilder builder(engine, 2, create(other));
    builder.start();
    QVERIFY(wait(builder));
    QCOMPARE(builder.state(), State::Failed);
    QVERIFY(test::isSentence(builder.error().message));
    QVERIFY(test::contains(builder.error().message, "'fast'"));
    QVERIFY(builder.resumable());
}

void tst_DatasetBuilder::hopeless()
{
    std::string sentence;
    for (const int workers : {1, 8}) {
        DatasetPlan p = plan();
        p.filter = {{Statistic::FiringRateHz, 900.0, 1000.0}};
        test::AnsweringEngine engine(static_cast<std::uint64_t>(workers));
        DatasetBuilder builder(engine, workers, create(p));
        builder.start();
        QVERIFY(wait(builder));
        QCOMPARE(builder.state(), State::Failed);
        QVERIFY(test::contains(builder.error().message, "firing_rate_hz (900 to 1000)"));
        QVERIFY(!builder.resumable());
        QVERIFY(m_folder->names().isEmpty());
        if (sentence.empty())
            sentence = builder.error().message;
        QCOMPARE(builder.error().message, sentence);
    }
}

void tst_DatasetBuilder::deletedMidRun()
{
    RandomStream random({4});
    for (int k = 0; k < 12; ++k) {
        init();
        test::AnsweringEngine engine(static_cast<std::uint64_t>(k));
        auto builder = std::make_unique<DatasetBuilder>(engine, 3, create());
        QSignalSpy ended(builder.get(), &DatasetBuilder::ended);
        builder->start();
        // Any moment: drawing, simulating, storing.
        const auto events = 1 + random.below(60);
        for (std::uint64_t i = 0; i < events && !builder->isOver(); ++i)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        const bool over = builder->isOver();
        builder.reset();
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        QCOMPARE(ended.size(), int(over));
        if (BuildFolder::exists(target()))
            finishAndCompare();
        QVERIFY(m_folder->read("ds.h5") == m_expected);
    }
}

void tst_DatasetBuilder::diskTooSmall()
{
    // Some 55 TB: found out before anything is simulated.
    DatasetPlan huge = plan();
    huge.wanted = {1000000, 1000000, 1000000};
    huge.durationMs = 1000000;
    test::AnsweringEngine engine;
    DatasetBuilder builder(engine, 2, create(huge));
    builder.start();
    QVERIFY(wait(builder));
    QCOMPARE(builder.state(), State::Failed);
    const std::string &message = builder.error().message;
    QVERIFY2(test::isSentence(message) && test::contains(message, "The data set needs about ")
                 && test::contains(message, m_folder->path().toStdString()),
             message.c_str());
    QCOMPARE(engine.submitted(), 0);
    QVERIFY(builder.resumable());
    QCOMPARE(m_folder->names(), QStringList("ds.h5.building"));
}

void tst_DatasetBuilder::folderVanishes()
{
    test::AnsweringEngine engine;
    DatasetBuilder builder(engine, 2, create());
    connect(&builder, &DatasetBuilder::progressed, this, [&] {
        if (builder.tried(Split::Train) > 0)
            QDir(m_folder->at("ds.h5.building")).removeRecursively();
    });
    builder.start();
    QVERIFY(wait(builder));
    QCOMPARE(builder.state(), State::Failed);
    QVERIFY2(test::isSentence(builder.error().message), builder.error().message.c_str());
    QVERIFY(!m_folder->names().contains("ds.h5"));
}

void tst_DatasetBuilder::targetAppears()
{
    test::AnsweringEngine engine;
    DatasetBuilder builder(engine, 2, create());
    builder.start();
    QVERIFY(m_folder->write("ds.h5", "somebody else's"));
    QVERIFY(wait(builder));
    QCOMPARE(builder.state(), State::Failed);
    QVERIFY(test::contains(builder.error().message, "exists already"));
    QVERIFY(builder.resumable());
    QCOMPARE(m_folder->read("ds.h5"), QByteArray("somebody else's"));
    QVERIFY(QFile::remove(m_folder->at("ds.h5")));
    finishAndCompare();
}

DT_TEST(tst_DatasetBuilder, QCoreApplication)
#include "tst_DatasetBuilder.moc"
