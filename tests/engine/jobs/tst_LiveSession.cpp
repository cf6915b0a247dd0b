// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/LiveSession.h"

#include "tests/support/Neurons.h"
#include "tests/support/Paths.h"
#include "tests/support/Processes.h"
#include "tests/support/TestProgram.h"
#include "tests/support/WorkerPrograms.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace dt;
using test::fakeWorker;

namespace {

std::unique_ptr<LiveSession> session(const char *mode)
{
    auto made = std::make_unique<LiveSession>(fakeWorker(mode));
    made->setNeuron(test::smallTree());
    made->setPace(100.0);
    return made;
}

float newestSoma(const LiveSession &s)
{
    return s.trace().at(0, s.trace().next() - 1);
}

} // namespace

/// The session against a worker that invents its samples.
class tst_LiveSession : public QObject
{
    Q_OBJECT

    using State = LiveSession::State;

private Q_SLOTS:
    void cleanup() { QTRY_VERIFY(test::childProcesses().empty()); }
    void plays();
    void pauseHolds();
    void stepsFromTheStart();
    void stepWhileRunning();
    void rewinds();
    void pokeArrives();
    void pokeBeforePlayIsDropped();
    void pokesWhileBusyAreDropped();
    void valuesChangeAsItRuns();
    void structureBeginsAgain();
    void aDragDoesNotPileUp();
    void sitesKeepTheirPast();
    void stops_data();
    void stops();
    void refused();
    void dies();
    void killedAndPlayedAgain();
    void fallsSilent();
    void missingProgram();
    void deletedWhileRunning();
};

void tst_LiveSession::plays()
{
    const auto s = session("ok");
    QCOMPARE(s->state(), State::Stopped);
    QSignalSpy reports(s.get(), &LiveSession::reported);
    s->play();
    QCOMPARE(s->state(), State::Starting);
    QTRY_COMPARE(s->state(), State::Running);
    QTRY_VERIFY(reports.count() > 5);
    QCOMPARE(s->now().size(), std::size_t(test::smallTree().segmentCount()) + 1);
    QCOMPARE(newestSoma(*s), -85.0f);
    const double before = s->neuronMs();
    QTRY_VERIFY(s->neuronMs() > before);
    QTRY_VERIFY(s->reachedPace() > 0.0);
}

void tst_LiveSession::pauseHolds()
{
    const auto s = session("ok");
    s->play();
    QTRY_VERIFY(s->neuronMs() > 1.0);
    s->pause();
    QCOMPARE(s->state(), State::Paused);
    QSignalSpy reports(s.get(), &LiveSession::reported);
    QTRY_VERIFY(reports.count() > 3); // what was on its way
    const double held = s->neuronMs();
    QTRY_VERIFY(reports.count() > 20); // alive, but
    QCOMPARE(s->neuronMs(), held);
    s->play();
    QCOMPARE(s->state(), State::Running);
    QTRY_VERIFY(s->neuronMs() > held);
}

void tst_LiveSession::stepsFromTheStart()
{
    const auto s = session("ok");
    s->step(1.0);
    QTRY_COMPARE(s->state(), State::Paused);
    // The fake's samples count from 0: 40 of them end at 0.975 ms.
    QTRY_COMPARE(s->trace().next(), 40);
    s->step(0.025);
    QTRY_COMPARE(s->trace().next(), 41);
}

void tst_LiveSession::stepWhileRunning()
{
    const auto s = session("ok");
    s->play();
    QTRY_COMPARE(s->state(), State::Running);
    s->step(1.0);
    QCOMPARE(s->state(), State::Paused);
}

void tst_LiveSession::rewinds()
{
    const auto s = session("ok");
    s->play();
    QTRY_VERIFY(s->neuronMs() > 5.0);
    const std::int64_t before = s->trace().next();
    s->pause();
    s->rewind();
    QTRY_VERIFY(s->trace().next() < before);
    QCOMPARE(s->state(), State::Paused);
}

void tst_LiveSession::pokeArrives()
{
    const auto s = session("ok");
    s->play();
    QTRY_COMPARE(s->state(), State::Running);
    QVERIFY(s->poke(0, 3, 7.0));
    const quint64 number = s->sentNumber();
    QTRY_COMPARE(s->arrivedNumber(), number);
    QTRY_COMPARE(newestSoma(*s), -78.0f);
    QCOMPARE(s->now().front(), -78.0f);
}

void tst_LiveSession::pokeBeforePlayIsDropped()
{
    const auto s = session("ok");
    QSignalSpy dropped(s.get(), &LiveSession::pokeDropped);
    QVERIFY(!s->poke(0, 0, 1.0));
    s->play();
    QVERIFY(!s->poke(0, 0, 1.0));
    QCOMPARE(dropped.count(), 2);
    QTRY_VERIFY(s->neuronMs() > 1.0);
    QCOMPARE(newestSoma(*s), -85.0f); // and not kept for later
}

void tst_LiveSession::pokesWhileBusyAreDropped()
{
    const auto s = session("hang");
    s->play();
    QTRY_COMPARE(s->state(), State::Running);
    QSignalSpy dropped(s.get(), &LiveSession::pokeDropped);
    QSignalSpy busy(s.get(), &LiveSession::busyChanged);
    QVERIFY(s->poke(0, 0, 1.0)); // it hangs from now on
    QTRY_VERIFY(s->isBusy());
    QCOMPARE(busy.count(), 1);
    QVERIFY(!s->poke(0, 0, 1.0));
    QCOMPARE(dropped.count(), 1);
    s->stop();
    QTRY_COMPARE(s->state(), State::Stopped);
    QVERIFY(!s->isBusy());
}

void tst_LiveSession::valuesChangeAsItRuns()
{
    const auto s = session("ok");
    s->play();
    QTRY_VERIFY(s->neuronMs() > 2.0);
    QSignalSpy again(s.get(), &LiveSession::restarted);
    const std::int64_t before = s->trace().next();
    Neuron thick = test::smallTree();
    thick.dendrites[0].diamUm = 5.0;
    s->setNeuron(thick);
    QTRY_COMPARE(s->arrivedNumber(), 1ull);
    QTRY_VERIFY(s->trace().next() > before + 20);
    QCOMPARE(again.count(), 0);
    QCOMPARE(s->trace().first(), 0); // nothing of the past is lost
}

void tst_LiveSession::structureBeginsAgain()
{
    const auto s = session("ok");
    s->play();
    QTRY_VERIFY(s->trace().next() > 300);
    QSignalSpy again(s.get(), &LiveSession::restarted);
    Neuron finer = test::smallTree();
    setSegments(finer, 0, 7);
    s->setNeuron(finer);
    QTRY_COMPARE(again.count(), 1);
    QVERIFY(again.front().front().toString().contains(QStringLiteral("segments")));
    QTRY_COMPARE(s->now().size(), std::size_t(finer.segmentCount()) + 1);
    QVERIFY(s->trace().next() < 300);
    QCOMPARE(s->state(), State::Running);
}

void tst_LiveSession::aDragDoesNotPileUp()
{
    const auto s = session("ok");
    s->play();
    QTRY_COMPARE(s->state(), State::Running);
    QElapsedTimer timer;
    timer.start();
    Neuron neuron = test::smallTree();
    int edits = 0;
    while (timer.elapsed() < 200) {
        neuron.membrane.rmOhmCm2 += 1.0;
        s->setNeuron(neuron);
        ++edits;
        QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
    }
    const quint64 sent = s->sentNumber();
    QVERIFY2(sent >= 2 && sent <= static_cast<quint64>(timer.elapsed()) / 16 + 2,
             qPrintable(QString::number(sent)));
    QVERIFY(edits > static_cast<int>(sent));
    // The last one is never left out.
    QTRY_VERIFY(s->arrivedNumber() >= sent);
}

void tst_LiveSession::sitesKeepTheirPast()
{
    const auto s = session("ok");
    s->setSites({{1, 0, 0.2}, {2, 1, 0.5}});
    s->play();
    QTRY_VERIFY(s->trace().next() > 50);
    QCOMPARE(s->trace().siteCount(), 3);
    QCOMPARE(s->trace().at(2, 10), -85.0f);
    s->setSites({{2, 1, 0.5}, {3, 3, 0.5}});
    QCOMPARE(s->trace().siteCount(), 3);
    QCOMPARE(s->trace().at(1, 10), -85.0f); // the one that stayed
    QVERIFY(std::isnan(s->trace().at(2, 10)));
    QTRY_VERIFY(!std::isnan(s->trace().at(2, s->trace().next() - 1)));
    QCOMPARE(s->trace().at(1, s->trace().next() - 1), -85.0f);
    s->setSites({});
    QCOMPARE(s->trace().siteCount(), 1);
}

void tst_LiveSession::stops_data()
{
    QTest::addColumn<QByteArray>("mode");
    QTest::newRow("polite") << QByteArray("ok");
    QTest::newRow("deaf") << QByteArray("ignore-cancel");
}

void tst_LiveSession::stops()
{
    QFETCH(QByteArray, mode);
    const auto s = session(mode.constData());
    s->play();
    QTRY_VERIFY(s->neuronMs() > 1.0);
    QElapsedTimer timer;
    timer.start();
    s->stop();
    QTRY_COMPARE(s->state(), State::Stopped);
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    qInfo("stopped after %lld ms", static_cast<long long>(timer.elapsed()));
    s->play(); // and again
    QTRY_COMPARE(s->state(), State::Running);
    QTRY_VERIFY(s->neuronMs() > 0.0);
}

void tst_LiveSession::refused()
{
    const auto s = session("refuse");
    QSignalSpy failed(s.get(), &LiveSession::failed);
    s->play();
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(s->state(), State::Stopped);
    QCOMPARE(qvariant_cast<Error>(failed.front().front()).message,
             std::string("The fake has refused this neuron."));
}

void tst_LiveSession::dies()
{
    const auto s = session("crash");
    QSignalSpy failed(s.get(), &LiveSession::failed);
    s->play();
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(s->state(), State::Stopped);
}

void tst_LiveSession::killedAndPlayedAgain()
{
    const auto s = session("ok");
    QSignalSpy failed(s.get(), &LiveSession::failed);
    s->play();
    QTRY_VERIFY(s->neuronMs() > 1.0);
    ::kill(static_cast<pid_t>(s->processId()), SIGKILL);
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(s->state(), State::Stopped);
    QVERIFY(s->trace().next() > 0); // what was seen stays
    s->play();
    QTRY_COMPARE(s->state(), State::Running);
    QVERIFY(s->poke(0, 0, 2.0));
    QTRY_COMPARE(newestSoma(*s), -83.0f);
    QCOMPARE(failed.count(), 1);
}

void tst_LiveSession::fallsSilent()
{
    const auto s = session("hang");
    s->play();
    QTRY_COMPARE(s->state(), State::Running);
    QSignalSpy failed(s.get(), &LiveSession::failed);
    QVERIFY(s->poke(0, 0, 1.0));
    QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, 20000);
    QVERIFY(QString::fromStdString(qvariant_cast<Error>(failed.front().front()).message)
                .contains(QStringLiteral("no sign of life")));
    QCOMPARE(s->state(), State::Stopped);
}

void tst_LiveSession::missingProgram()
{
    WorkerSettings settings;
    settings.program = QStringLiteral("/nowhere/worker");
    LiveSession s(settings);
    s.setNeuron(test::smallTree());
    QSignalSpy failed(&s, &LiveSession::failed);
    s.play();
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(s.state(), State::Stopped);
}

void tst_LiveSession::deletedWhileRunning()
{
    auto s = session("ok");
    s->play();
    QTRY_VERIFY(s->neuronMs() > 0.0);
    s.reset(); // cleanup() looks for what is left
}

DT_TEST(tst_LiveSession, QCoreApplication)
#include "tst_LiveSession.moc"
