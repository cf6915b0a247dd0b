// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/TrainingQueue.h"
#include "engine/json/TwinJson.h"
#include "tests/support/Datasets.h"
#include "tests/support/SmallTwins.h"
#include "tests/support/TestProgram.h"
#include "tests/support/Wait.h"

#include <QCoreApplication>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace dt;

/// The queue of trainings with real networks on a small data set.
class tst_TrainingQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup() { m_folder.reset(); }

    void trainsOneAfterAnother();
    void aFailureDoesNotStopTheRest();
    void stopAndGoOn();
    void holdStopsAndWaits();
    void orderAndRemoval();
    void refusesATargetTwice();
    void listSurvives();
    void followsARenamedTwin();
    void interruptedRunIsThereAgain();
    void movedDataset();
    void damagedListIsSetAside();
    void oneProgramAtATime();
    void lostCheckpointIsSaid();
    void finishedWithoutTheListKnowing();
    void foreignFileIsNotTakenForACheckpoint();
    void previewOfAValidationSimulation();
    void manyRunsKeepMemoryFlat();

private:
    using State = QueuedTraining::State;
    [[nodiscard]] QString list() const { return m_folder->filePath(QStringLiteral("runs.json")); }
    [[nodiscard]] std::string path(const char *name) const
    {
        return m_folder->filePath(QString::fromLatin1(name)).toStdString();
    }
    [[nodiscard]] TrainingRequest request(const char *target, int epochs = 6) const
    {
        TrainingRequest r;
        r.target = path(target);
        r.dataset = m_data.filePath(QStringLiteral("ds.h5")).toStdString();
        r.spec = twinFromText(test::smallSpec("TCN").toStdString(), "test").value();
        r.settings.epochs = epochs;
        r.settings.trainWindowMs = 100;
        r.settings.validWindowMs = 100;
        r.settings.trainBatch = 2;
        r.settings.threads = 1;
        return r;
    }
    static State stateOf(const TrainingQueue &queue, std::size_t training)
    {
        return queue.trainings()[training].state;
    }
    static bool isQuiet(const TrainingQueue &queue) { return queue.current() < 0; }

    QTemporaryDir m_data;
    std::unique_ptr<QTemporaryDir> m_folder;
};

constexpr int Patience = 60000;

void tst_TrainingQueue::initTestCase()
{
    const Status made = test::makeDataset(m_data.filePath(QStringLiteral("ds.h5")).toStdString(),
                                          test::smallPlan({8, 4, 3}, 300));
    QVERIFY2(made, made ? "" : made.error().message.c_str());
}

void tst_TrainingQueue::trainsOneAfterAnother()
{
    TrainingQueue queue(list());
    QSignalSpy ended(&queue, &TrainingQueue::trainingEnded);
    QVERIFY(queue.add("first", request("a.twin")));
    QVERIFY(queue.add("second", request("b.twin")));
    QCOMPARE(queue.current(), 0);
    QCOMPARE(stateOf(queue, 1), State::Waiting);
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 2, Patience);
    for (std::size_t training : {0U, 1U}) {
        QCOMPARE(stateOf(queue, training), State::Finished);
        QVERIFY(queue.trainings()[training].spikesAuc.has_value());
        const Result<StoredTwin> twin = loadTwin(queue.trainings()[training].request.target);
        QVERIFY(twin && twin->contents.complete);
    }
    // The same seed and data: the same twin.
    QCOMPARE(queue.trainings()[0].spikesAuc, queue.trainings()[1].spikesAuc);
}

void tst_TrainingQueue::aFailureDoesNotStopTheRest()
{
    TrainingQueue queue(list());
    TrainingRequest missing = request("a.twin");
    missing.dataset = path("nowhere.h5");
    TrainingRequest misfit = request("b.twin");
    misfit.spec.segments = 5; // the data set's neuron has two
    misfit.spec.dendHeads = 5;
    QVERIFY(queue.add("missing", missing));
    QVERIFY(queue.add("misfit", misfit));
    QVERIFY(queue.add("fine", request("c.twin")));
    QTRY_VERIFY_WITH_TIMEOUT(stateOf(queue, 2) == State::Finished, Patience);
    QCOMPARE(stateOf(queue, 0), State::Failed);
    QVERIFY(QString::fromStdString(queue.trainings()[0].message)
                .contains(QStringLiteral("nowhere.h5")));
    QCOMPARE(stateOf(queue, 1), State::Failed);
    QVERIFY2(
        QString::fromStdString(queue.trainings()[1].message).contains(QStringLiteral("segments")),
        queue.trainings()[1].message.c_str());
}

void tst_TrainingQueue::stopAndGoOn()
{
    TrainingQueue queue(list());
    QVERIFY(queue.add("long", request("a.twin", 2000)));
    QTRY_VERIFY_WITH_TIMEOUT(queue.session() && queue.session()->history().iterations() > 20,
                             Patience);
    queue.stop();
    QTRY_VERIFY_WITH_TIMEOUT(isQuiet(queue), Patience);
    QCOMPARE(stateOf(queue, 0), State::Stopped);
    const std::size_t reached =
        loadTwin(queue.trainings()[0].request.target)->contents.history.iterations();
    QVERIFY(reached > 20);
    queue.goOn(0);
    QTRY_VERIFY_WITH_TIMEOUT(queue.session() && queue.session()->history().iterations() > reached,
                             Patience);
    queue.stop();
    QTRY_VERIFY_WITH_TIMEOUT(isQuiet(queue), Patience);
}

void tst_TrainingQueue::holdStopsAndWaits()
{
    TrainingQueue queue(list());
    QVERIFY(queue.add("long", request("a.twin", 2000)));
    QVERIFY(queue.add("next", request("b.twin")));
    QTRY_VERIFY_WITH_TIMEOUT(queue.session() && queue.session()->history().iterations() > 5,
                             Patience);
    queue.hold(true);
    QTRY_VERIFY_WITH_TIMEOUT(isQuiet(queue), Patience);
    QCOMPARE(stateOf(queue, 0), State::Waiting); // its turn is not lost
    QCOMPARE(stateOf(queue, 1), State::Waiting);
    QVERIFY(test::stays([&] { return isQuiet(queue); }));
    queue.move(0, 1); // while it waits, the order may change
    queue.hold(false);
    QTRY_VERIFY_WITH_TIMEOUT(stateOf(queue, 0) == State::Finished, Patience);
    QCOMPARE(queue.trainings()[0].title, std::string("next"));
    QTRY_COMPARE_WITH_TIMEOUT(queue.current(), 1, Patience);
    queue.stop();
    QTRY_VERIFY_WITH_TIMEOUT(isQuiet(queue), Patience);
}

void tst_TrainingQueue::orderAndRemoval()
{
    TrainingQueue queue(list());
    queue.hold(true);
    for (const char *name : {"a", "b", "c"})
        QVERIFY(queue.add(name, request((std::string(name) + ".twin").c_str())));
    queue.move(2, -1);
    queue.move(0, -1); // no place there
    QCOMPARE(queue.trainings()[1].title, std::string("c"));
    queue.remove(0);
    QCOMPARE(queue.trainings().size(), std::size_t{2});
    QCOMPARE(queue.trainings()[0].title, std::string("c"));
    queue.remove(7);
    QCOMPARE(queue.trainings().size(), std::size_t{2});
}

void tst_TrainingQueue::refusesATargetTwice()
{
    TrainingQueue queue(list());
    queue.hold(true);
    QVERIFY(queue.add("a", request("a.twin")));
    const Status again = queue.add("b", request("a.twin"));
    QVERIFY(!again);
    QCOMPARE(again.error().code, ErrorCode::Exists);
    QCOMPARE(queue.trainings().size(), std::size_t{1});
}

void tst_TrainingQueue::listSurvives()
{
    TrainingRequest wanted = request("a.twin", 17);
    wanted.settings.learningRate = 0.0123;
    wanted.settings.seed = 9;
    wanted.author = "Anna";
    {
        TrainingQueue queue(list());
        queue.hold(true);
        QVERIFY(queue.add("mine", wanted));
    }
    TrainingQueue queue(list());
    QVERIFY2(queue.problem().isEmpty(), qPrintable(queue.problem()));
    QCOMPARE(queue.trainings().size(), std::size_t{1});
    const QueuedTraining &training = queue.trainings()[0];
    QCOMPARE(training.title, std::string("mine"));
    QCOMPARE(training.request.target, wanted.target);
    QCOMPARE(training.request.dataset, wanted.dataset);
    QCOMPARE(training.request.author, wanted.author);
    QVERIFY(training.request.spec == wanted.spec);
    QVERIFY(training.request.settings == wanted.settings);
    // Nothing starts by itself when the program does.
    QVERIFY(queue.isHeld());
    QVERIFY(isQuiet(queue));
    QCOMPARE(queue.interrupted(), -1);
}

void tst_TrainingQueue::followsARenamedTwin()
{
    {
        TrainingQueue queue(list());
        TrainingRequest wanted = request("a.twin");
        wanted.author = "Anna";
        QVERIFY(queue.add("mine", wanted));
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(queue, 0) == State::Finished, Patience);
        QVERIFY(QFile::rename(QString::fromStdString(wanted.target),
                              QString::fromStdString(path("b.twin"))));
        queue.retarget(wanted.target, path("b.twin"));
        queue.retarget(path("unknown.twin"), path("c.twin"));
    }
    const TrainingQueue queue(list());
    QCOMPARE(queue.trainings().size(), std::size_t{1});
    QCOMPARE(queue.trainings()[0].request.target, path("b.twin"));
    const Result<StoredTwin> twin = loadTwin(queue.trainings()[0].request.target);
    QVERIFY(twin.ok());
    QCOMPARE(twin->contents.author, std::string("Anna"));
}

void tst_TrainingQueue::interruptedRunIsThereAgain()
{
    // The list as a program leaves it that was killed in mid-run, and the training's checkpoint.
    QByteArray killed;
    {
        TrainingQueue queue(list());
        QVERIFY(queue.add("done", request("a.twin")));
        QVERIFY(queue.add("long", request("b.twin", 2000)));
        QTRY_VERIFY_WITH_TIMEOUT(queue.current() == 1 && queue.session()
                                     && queue.session()->history().iterations() > 5,
                                 Patience);
        QFile file(list());
        QVERIFY(file.open(QIODevice::ReadOnly));
        killed = file.readAll();
    }
    QFile file(list());
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(killed), killed.size());
    file.close();

    TrainingQueue queue(list());
    QCOMPARE(stateOf(queue, 0), State::Finished);
    QCOMPARE(stateOf(queue, 1), State::Stopped);
    QCOMPARE(queue.interrupted(), 1);
    QVERIFY(isQuiet(queue));
    const std::size_t reached =
        loadTwin(queue.trainings()[1].request.target)->contents.history.iterations();
    queue.goOn(1);
    QTRY_VERIFY_WITH_TIMEOUT(queue.session() && queue.session()->history().iterations() > reached,
                             Patience);
    QCOMPARE(queue.interrupted(), -1);
}

void tst_TrainingQueue::movedDataset()
{
    const QString moved = m_folder->filePath(QStringLiteral("moved.h5"));
    TrainingRequest wanted = request("a.twin", 2000);
    const QString original = m_folder->filePath(QStringLiteral("here.h5"));
    QVERIFY(QFile::copy(QString::fromStdString(wanted.dataset), original));
    wanted.dataset = original.toStdString();
    TrainingQueue queue(list());
    QVERIFY(queue.add("mine", wanted));
    QTRY_VERIFY_WITH_TIMEOUT(queue.session() && queue.session()->history().iterations() > 5,
                             Patience);
    queue.stop();
    QTRY_VERIFY_WITH_TIMEOUT(isQuiet(queue), Patience);
    QVERIFY(QFile::rename(original, moved));
    queue.goOn(0);
    QTRY_VERIFY_WITH_TIMEOUT(stateOf(queue, 0) == State::Failed, Patience);
    QVERIFY(
        QString::fromStdString(queue.trainings()[0].message).contains(QStringLiteral("here.h5")));
    queue.relocate(0, moved.toStdString());
    QTRY_VERIFY_WITH_TIMEOUT(queue.session() && queue.session()->history().iterations() > 10,
                             Patience);
}

void tst_TrainingQueue::damagedListIsSetAside()
{
    QFile file(list());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"runs\": [{\"title\": 3}]}");
    file.close();
    TrainingQueue queue(list());
    QVERIFY(!queue.problem().isEmpty());
    QVERIFY(queue.trainings().empty());
    QVERIFY(QFile::exists(list() + QStringLiteral(".damaged")));
}

void tst_TrainingQueue::oneProgramAtATime()
{
    auto first = std::make_unique<TrainingQueue>(list());
    first->hold(true);
    QVERIFY(first->add("a", request("a.twin")));
    TrainingQueue second(list());
    QVERIFY(second.isReadOnly());
    QVERIFY(second.problem().contains(QStringLiteral("Another DendroTwin")));
    QCOMPARE(second.trainings().size(), std::size_t{1});
    QVERIFY(!second.add("b", request("b.twin")));
    second.remove(0);
    QCOMPARE(second.trainings().size(), std::size_t{1});
    QVERIFY(first->add("c", request("c.twin")));
    first.reset();
    // It takes over, with what the other left.
    QTRY_VERIFY_WITH_TIMEOUT(!second.isReadOnly(), Patience);
    QCOMPARE(second.trainings().size(), std::size_t{2});
    QVERIFY(second.problem().isEmpty());
    QVERIFY(second.add("d", request("d.twin")));
}

void tst_TrainingQueue::lostCheckpointIsSaid()
{
    TrainingQueue queue(list());
    QVERIFY(queue.add("long", request("a.twin", 2000)));
    QTRY_VERIFY_WITH_TIMEOUT(queue.session() && queue.session()->history().iterations() > 5,
                             Patience);
    queue.stop();
    QTRY_VERIFY_WITH_TIMEOUT(isQuiet(queue), Patience);
    QVERIFY(QFile::remove(m_folder->filePath(QStringLiteral("a.twin"))));
    queue.goOn(0);
    QCOMPARE(stateOf(queue, 0), State::Failed);
    QVERIFY(QString::fromStdString(queue.trainings()[0].message)
                .contains(QStringLiteral("is not there any more")));
    QVERIFY(!QFile::exists(m_folder->filePath(QStringLiteral("a.twin"))));
}

void tst_TrainingQueue::finishedWithoutTheListKnowing()
{
    {
        TrainingQueue queue(list());
        QVERIFY(queue.add("short", request("a.twin")));
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(queue, 0) == State::Finished, Patience);
    }
    // As a program leaves it that was killed between the two writes.
    QFile file(list());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray text = file.readAll();
    file.close();
    QVERIFY(text.contains("\"finished\""));
    text.replace("\"finished\"", "\"running\"");
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    TrainingQueue queue(list());
    QCOMPARE(queue.interrupted(), 0);
    queue.goOn(0);
    QTRY_VERIFY_WITH_TIMEOUT(isQuiet(queue), Patience);
    QCOMPARE(stateOf(queue, 0), State::Finished);
    QVERIFY(queue.trainings()[0].spikesAuc.has_value());
}

void tst_TrainingQueue::foreignFileIsNotTakenForACheckpoint()
{
    QVERIFY(QFile::copy(m_data.filePath(QStringLiteral("ds.h5")),
                        m_folder->filePath(QStringLiteral("a.twin"))));
    TrainingQueue queue(list());
    QVERIFY(queue.add("mine", request("a.twin")));
    QTRY_VERIFY_WITH_TIMEOUT(isQuiet(queue), Patience);
    QCOMPARE(stateOf(queue, 0), State::Failed);
    QVERIFY2(
        QString::fromStdString(queue.trainings()[0].message).contains(QStringLiteral("exists")),
        queue.trainings()[0].message.c_str());
}

void tst_TrainingQueue::previewOfAValidationSimulation()
{
    TrainingSession session(request("a.twin", 40));
    session.setPreview(true);
    QSignalSpy ended(&session, &TrainingSession::ended);
    session.start();
    QTRY_VERIFY_WITH_TIMEOUT(session.preview().has_value() || !ended.isEmpty(), Patience);
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, Patience);
    QVERIFY(session.preview().has_value());
    const TwinPrediction &said = session.preview()->said;
    QCOMPARE(said.lengthMs, 300);
    QCOMPARE(said.windows, 1);
    QCOMPARE(said.dendMv.size(), std::size_t{600});
    QVERIFY(session.preview()->iteration > 0);
    for (const float p : said.spikeProbability)
        QVERIFY(p >= 0.0F && p <= 1.0F);
}

namespace {

/// Memory of this process [kB].
double residentKb()
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0.0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').first().toDouble();
    }
    return 0.0;
}

} // namespace

void tst_TrainingQueue::manyRunsKeepMemoryFlat()
{
    TrainingQueue queue(list());
    double afterSome = 0.0;
    connect(&queue, &TrainingQueue::trainingEnded, this, [&](int training) {
        if (training == 7) // what is loaded once is loaded
            afterSome = residentKb();
    });
    queue.hold(true);
    for (int i = 0; i < 24; ++i)
        QVERIFY(queue.add("run", request(qPrintable(QStringLiteral("%1.twin").arg(i)), 20)));
    queue.hold(false);
    QTRY_VERIFY_WITH_TIMEOUT(stateOf(queue, 23) == State::Finished, 2 * Patience);
    const double grown = (residentKb() - afterSome) / 1024.0;
    qInfo("%.1f MB more after 16 more runs", grown);
    QVERIFY(afterSome > 0.0);
    QVERIFY2(grown < 24.0, qPrintable(QString::number(grown)));
}

DT_TEST(tst_TrainingQueue, QCoreApplication)
#include "tst_TrainingQueue.moc"
