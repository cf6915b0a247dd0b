// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/LiveTwin.h"

#include "engine/jobs/TwinPrediction.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"
#include "tests/support/TwinFiles.h"
#include "tests/support/Wait.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace dt;

namespace {

constexpr int Segments = 3;
constexpr int PatienceMs = 30000;

SpikeInput rain(int durationMs, std::uint64_t seed = 5)
{
    Stimulus stimulus;
    stimulus.durationMs = durationMs;
    stimulus.rain.seed = seed;
    stimulus.rain.excSparsity = 0.9;
    stimulus.rain.inhSparsity = 0.95;
    return renderStimulus(stimulus, Segments);
}

} // namespace

/// Twins that stream on a thread of their own, with the real machine-learning module.
class tst_LiveTwin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void streamsWhatIsPredicted_data();
    void streamsWhatIsPredicted();
    void saysNoMoreThanIsAllowed();
    void newRunForgetsTheOld();
    void cancelled();
    void deletedInTheMiddle();
    void deletedWhileItLoads();
    void missingFile();
    void damagedFile();
    void otherSegments();
    void otherSegmentsWhileLoading();
    void errorOfTheRunBefore();

private:
    [[nodiscard]] QString path(const QByteArray &architecture) const
    {
        return m_folder.filePath(QString::fromLatin1(architecture) + QStringLiteral(".twin"));
    }
    [[nodiscard]] TwinPrediction whole(const QByteArray &architecture,
                                       const SpikeInput &input) const
    {
        const StoredTwin twin = loadTwin(path(architecture).toStdString()).value();
        const auto predictor =
            loadMlModule().value()->predictor(twin.spec, twin.contents.weights, {});
        return predictInput(**predictor, input, [](double) { return true; }).value();
    }
    static bool near(const std::vector<float> &a, const std::vector<float> &b, float tolerance)
    {
        return a.size() == b.size()
            && std::equal(a.begin(), a.end(), b.begin(),
                          [tolerance](float x, float y) { return std::abs(x - y) <= tolerance; });
    }
    QTemporaryDir m_folder;
};

void tst_LiveTwin::initTestCase()
{
    for (const QByteArray &architecture : test::architectures())
        test::writeSmallTwin(path(architecture), architecture, Segments);
}

void tst_LiveTwin::streamsWhatIsPredicted_data()
{
    QTest::addColumn<QByteArray>("architecture");
    for (const QByteArray &name : test::architectures())
        QTest::newRow(name.constData()) << name;
}

void tst_LiveTwin::streamsWhatIsPredicted()
{
    QFETCH(QByteArray, architecture);
    const SpikeInput input = rain(1777);
    const TwinPrediction expected = whole(architecture, input);
    LiveTwin twin(path(architecture).toStdString());
    QCOMPARE(twin.state(), LiveTwin::State::Loading);
    QSignalSpy grew(&twin, &LiveTwin::grew);
    twin.run(input, 10); // asked before it is loaded
    // In uneven steps, as a neuron in real time would go.
    for (int ms = 100; twin.state() != LiveTwin::State::Finished; ms += 393) {
        const int reached = std::min(ms, input.durationMs);
        twin.allow(reached);
        QTRY_COMPARE_WITH_TIMEOUT(twin.reachedMs(), reached, PatienceMs);
        QVERIFY(twin.state() == LiveTwin::State::Running
                || twin.state() == LiveTwin::State::Finished);
    }
    QVERIFY(grew.count() >= 5);
    const TwinPrediction &said = twin.said();
    QCOMPARE(said.lengthMs, 1777);
    QCOMPARE(said.dendHeads, Segments);
    QVERIFY(near(said.spikeProbability, expected.spikeProbability, 1e-5F));
    QVERIFY(near(said.nearSpikeProbability, expected.nearSpikeProbability, 1e-5F));
    QVERIFY(near(said.somaMv, expected.somaMv, 2e-4F)); // mV: 11.5 to a unit
    QVERIFY(near(said.rate, expected.rate, 1e-5F));
    QVERIFY(near(said.dendMv, expected.dendMv, 1e-3F));
}

void tst_LiveTwin::saysNoMoreThanIsAllowed()
{
    LiveTwin twin(path("TCN").toStdString());
    twin.run(rain(5000), 700);
    QTRY_COMPARE_WITH_TIMEOUT(twin.reachedMs(), 700, PatienceMs);
    QVERIFY(test::stays([&] { return twin.reachedMs() == 700; }));
    QCOMPARE(twin.said().somaMv[700], 0.0F);
    twin.allow(300); // never taken back
    twin.allow(9000);
    QTRY_COMPARE_WITH_TIMEOUT(twin.state(), LiveTwin::State::Finished, PatienceMs);
    QCOMPARE(twin.reachedMs(), 5000);
}

void tst_LiveTwin::newRunForgetsTheOld()
{
    LiveTwin twin(path("TCN").toStdString());
    twin.run(rain(60000, 1), 60000);
    QTRY_VERIFY_WITH_TIMEOUT(twin.reachedMs() > 0, PatienceMs);
    const SpikeInput input = rain(900, 2);
    for (int i = 0; i < 5; ++i)
        twin.run(rain(3000, 3), 3000);
    twin.run(input, 900);
    QCOMPARE(twin.reachedMs(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(twin.state(), LiveTwin::State::Finished, PatienceMs);
    QVERIFY(near(twin.said().somaMv, whole("TCN", input).somaMv, 2e-4F));
}

void tst_LiveTwin::cancelled()
{
    LiveTwin twin(path("ELM").toStdString());
    twin.run(rain(60000), 1000);
    QTRY_VERIFY_WITH_TIMEOUT(twin.reachedMs() > 0, PatienceMs);
    twin.cancel();
    QCOMPARE(twin.state(), LiveTwin::State::Ready);
    const int reached = twin.reachedMs();
    twin.allow(60000);
    QVERIFY(test::stays([&] { return twin.reachedMs() == reached; }));
    twin.run(rain(200), 200);
    QTRY_COMPARE_WITH_TIMEOUT(twin.state(), LiveTwin::State::Finished, PatienceMs);
}

void tst_LiveTwin::deletedInTheMiddle()
{
    {
        const LiveTwin loading(path("TCN").toStdString());
    }
    auto twin = std::make_unique<LiveTwin>(path("Transformer").toStdString());
    twin->run(rain(60000), 60000);
    QTRY_VERIFY_WITH_TIMEOUT(twin->reachedMs() > 0, PatienceMs);
    QElapsedTimer timer;
    timer.start();
    twin.reset();
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
}

void tst_LiveTwin::deletedWhileItLoads()
{
    // A pipe that nobody writes into: opening it takes for ever, as a dead network drive does.
    const QByteArray pipe = m_folder.filePath(QStringLiteral("slow.twin")).toLocal8Bit();
    QCOMPARE(mkfifo(pipe.constData(), 0600), 0);
    QElapsedTimer timer;
    timer.start();
    {
        const LiveTwin loading(pipe.toStdString());
        QVERIFY(test::stays([&] { return loading.state() == LiveTwin::State::Loading; }));
    }
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    // Its end, for which the program waits. On a busy machine the thread may have been told to end
    // before it opened the pipe: then there is nobody at the other side.
    for (int attempt = 0; attempt < 50; ++attempt) {
        const int end = open(pipe.constData(), O_WRONLY | O_NONBLOCK);
        if (end >= 0) {
            close(end);
            break;
        }
        QTest::qWait(100);
    }
    QVERIFY(QFile::remove(QString::fromLocal8Bit(pipe)));
}

void tst_LiveTwin::missingFile()
{
    LiveTwin twin(m_folder.filePath(QStringLiteral("none.twin")).toStdString());
    twin.run(rain(100), 100);
    QTRY_COMPARE_WITH_TIMEOUT(twin.state(), LiveTwin::State::Failed, PatienceMs);
    QVERIFY2(test::isSentence(twin.error().message), twin.error().message.c_str());
    QVERIFY(test::contains(twin.error().message, "none.twin"));
    twin.run(rain(100), 100); // in vain, and harmless
    QCOMPARE(twin.state(), LiveTwin::State::Failed);
}

void tst_LiveTwin::damagedFile()
{
    const QString copy = m_folder.filePath(QStringLiteral("damaged.twin"));
    QVERIFY(QFile::copy(path("TCN"), copy));
    QFile file(copy);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(file.size() / 2));
    QVERIFY(file.write("xxxx") == 4);
    file.close();
    LiveTwin twin(copy.toStdString());
    QTRY_COMPARE_WITH_TIMEOUT(twin.state(), LiveTwin::State::Failed, PatienceMs);
    QVERIFY2(test::isSentence(twin.error().message), twin.error().message.c_str());
}

void tst_LiveTwin::otherSegments()
{
    LiveTwin twin(path("TCN").toStdString());
    QTRY_COMPARE_WITH_TIMEOUT(twin.state(), LiveTwin::State::Ready, PatienceMs);
    SpikeInput input = rain(100);
    input.segments = 8;
    twin.run(input, 100);
    QCOMPARE(twin.state(), LiveTwin::State::Failed);
    QVERIFY(test::contains(twin.error().message, "3 segments"));
    QVERIFY(test::isSentence(twin.error().message));
    twin.run(rain(100), 100);
    QTRY_COMPARE_WITH_TIMEOUT(twin.state(), LiveTwin::State::Finished, PatienceMs);
}

void tst_LiveTwin::otherSegmentsWhileLoading()
{
    LiveTwin twin(path("TCN").toStdString());
    SpikeInput input = rain(100);
    input.segments = 8;
    twin.run(input, 100);
    QTRY_COMPARE_WITH_TIMEOUT(twin.state(), LiveTwin::State::Failed, PatienceMs);
    QVERIFY(test::contains(twin.error().message, "3 segments"));
    twin.run(rain(100), 100);
    QTRY_COMPARE_WITH_TIMEOUT(twin.state(), LiveTwin::State::Finished, PatienceMs);
}

void tst_LiveTwin::errorOfTheRunBefore()
{
    LiveTwin twin(path("TCN").toStdString());
    SpikeInput input = rain(100);
    input.segments = 8;
    twin.run(input, 100);
    QTest::qSleep(2000); // it is loaded and refuses, but nobody looks
    QSignalSpy changed(&twin, &LiveTwin::stateChanged);
    twin.run(rain(900), 900);
    QTRY_COMPARE_WITH_TIMEOUT(twin.reachedMs(), 900, PatienceMs);
    QCOMPARE(twin.state(), LiveTwin::State::Finished);
    QCOMPARE(changed.count(), 2); // Running, Finished
}

DT_TEST(tst_LiveTwin, QCoreApplication)
#include "tst_LiveTwin.moc"
