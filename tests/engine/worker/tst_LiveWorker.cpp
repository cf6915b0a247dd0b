// SPDX-License-Identifier: GPL-3.0-or-later
//
// A run without end with real NEURON: the physics of pokes and of changes in a running cell.

#include "engine/cell/Frusta.h"
#include "engine/cell/Presets.h"
#include "engine/jobs/LiveSession.h"
#include "engine/jobs/WorkerPool.h"
#include "tests/support/JobWatch.h"
#include "tests/support/Neurons.h"
#include "tests/support/Paths.h"
#include "tests/support/TestProgram.h"
#include "tests/support/WorkerPrograms.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>
#include <unistd.h>

using namespace dt;
using test::JobWatch;
using test::realWorker;

namespace {

/// Eight segments, one pair of synapses each.
Neuron cable()
{
    return presetNeuron("nmda-cable").value();
}

/// Soma voltage of an ordinary run.
std::vector<float> batch(const Neuron &neuron, const std::vector<InputEvent> &events,
                         int durationMs)
{
    WorkerPool pool(realWorker(), 1);
    QObject owner;
    SimulationRequest request;
    request.neuron = neuron;
    SpikeInput input;
    input.segments = neuron.segmentCount();
    input.durationMs = durationMs;
    input.events = events;
    request.inputs = {input};
    const JobWatch watch(pool.submit(request, &owner));
    if (!QTest::qWaitFor([&] { return watch.over(); }, 30000)
        || watch.job->state() != SimulationJob::State::Finished)
        return {};
    return watch.job->traces().front().somaFine;
}

} // namespace

class tst_LiveWorker : public QObject
{
    Q_OBJECT

    using State = LiveSession::State;

private Q_SLOTS:
    void init();
    void pokeIsAnEvent_data();
    void pokeIsAnEvent();
    void pokesAddUp();
    void trainHasItsRate();
    void trainGoesOnFromThePress();
    void valuesChangeAsItRuns_data();
    void valuesChangeAsItRuns();
    void changedKineticsOfFingersAndSynapses();
    void aNewKindIsNotAnOldOne();
    void structureBeginsAgain();
    void electrodeComesMovesAndGoes();
    void electrodeActsInItsSegment_data();
    void electrodeActsInItsSegment();
    void voltageClampHolds();
    void sitesAreRecorded();
    void rewindIsTheSameAgain();
    void pauseHolds();
    void keepsThePace();
    void invalidNeuronEndsIt();
    void stopsAndAnOrdinaryRunFollows();
    void costOfAPoke_data();
    void costOfAPoke();
    void staysFastAndSmall();

private:
    /// Steps a paused run and waits for its end.
    bool stepTo(double ms)
    {
        const auto wanted =
            std::llround(ms * s->trace().samplesPerMs()) + 1; // the first sample is at 0
        s->step(ms - (s->isLive() ? s->neuronMs() : 0.0));
        return QTest::qWaitFor([&] { return s->trace().next() == wanted; }, 20000);
    }
    bool settled() const
    {
        return QTest::qWaitFor([&] { return s->arrivedNumber() == s->sentNumber(); }, 10000);
    }
    /// A change goes out with the event loop's next turn.
    bool changeArrived(quint64 before) const
    {
        return QTest::qWaitFor([&] { return s->arrivedNumber() > before; }, 10000);
    }
    float somaAt(double ms) const
    {
        return s->trace().at(0, std::llround(ms * s->trace().samplesPerMs()));
    }

    std::unique_ptr<LiveSession> s;
};

void tst_LiveWorker::init()
{
    s = std::make_unique<LiveSession>(realWorker());
    s->setNeuron(cable());
}

void tst_LiveWorker::pokeIsAnEvent_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("row");
    QTest::addColumn<double>("weight");
    QTest::newRow("excitatory") << 0 << 2 << 8.0;
    QTest::newRow("excitatory, far and strong") << 0 << 7 << 40.0;
    QTest::newRow("inhibitory") << 1 << 0 << 10.0;
}

void tst_LiveWorker::pokeIsAnEvent()
{
    // A finger's synapse, made in the running cell, does what the neuron's own does.
    QFETCH(int, kind);
    QFETCH(int, row);
    QFETCH(double, weight);
    QVERIFY(stepTo(5.0));
    QVERIFY(s->poke(kind, row, weight));
    QVERIFY(stepTo(60.0));
    const std::vector<float> expected = batch(
        cable(), {{kind == 0 ? Polarity::Excitatory : Polarity::Inhibitory, row, 5, weight}}, 60);
    QCOMPARE(expected.size(), std::size_t(2401));
    double worst = 0.0;
    double moved = 0.0;
    for (std::size_t k = 0; k < expected.size(); ++k) {
        worst = std::max(worst,
                         std::abs(double(s->trace().at(0, std::int64_t(k))) - double(expected[k])));
        moved = std::max(moved, std::abs(double(expected[k]) - double(expected[200])));
    }
    QVERIFY2(worst < 1e-4, qPrintable(QString::number(worst)));
    QVERIFY2(moved > 0.01, qPrintable(QString::number(moved)));
}

void tst_LiveWorker::pokesAddUp()
{
    QVERIFY(stepTo(5.0));
    QVERIFY(s->poke(0, 2, 3.0));
    QVERIFY(s->poke(0, 2, 5.0));
    QVERIFY(stepTo(20.0));
    const std::vector<float> expected = batch(cable(), {{Polarity::Excitatory, 2, 5, 8.0}}, 20);
    QVERIFY(std::abs(somaAt(20.0) - expected.back()) < 1e-4f);
}

void tst_LiveWorker::trainHasItsRate()
{
    QVERIFY(stepTo(10.0));
    QVERIFY(s->poke(1, 3, 4.0, 100.0)); // every 10 ms: at 10, 20, 30 and 40
    QVERIFY(stepTo(45.0));
    s->release();
    QVERIFY(stepTo(80.0));
    std::vector<InputEvent> events;
    for (const int ms : {10, 20, 30, 40})
        events.push_back({Polarity::Inhibitory, 3, ms, 4.0});
    const std::vector<float> expected = batch(cable(), events, 80);
    for (const double ms : {15.0, 35.0, 45.0, 60.0, 80.0})
        QVERIFY2(std::abs(somaAt(ms) - expected[std::size_t(ms * 40.0)]) < 1e-4f,
                 qPrintable(QString::number(ms)));
}

void tst_LiveWorker::trainGoesOnFromThePress()
{
    QVERIFY(stepTo(10.0));
    QVERIFY(s->poke(1, 3, 4.0)); // pressed; that it is held turns out later
    QVERIFY(stepTo(23.0));
    QVERIFY(s->poke(1, 3, 4.0, 100.0));
    QVERIFY(stepTo(35.0));
    s->release();
    QVERIFY(stepTo(60.0));
    std::vector<InputEvent> events;
    for (const int ms : {10, 30})
        events.push_back({Polarity::Inhibitory, 3, ms, 4.0});
    const std::vector<float> expected = batch(cable(), events, 60);
    for (const double ms : {15.0, 25.0, 35.0, 60.0})
        QVERIFY2(std::abs(somaAt(ms) - expected[std::size_t(ms * 40.0)]) < 1e-4f,
                 qPrintable(QString::number(ms)));
}

using Edit = std::function<void(Neuron &)>;

void tst_LiveWorker::valuesChangeAsItRuns_data()
{
    QTest::addColumn<Edit>("edit");
    const auto row = [](const char *name, Edit edit) { QTest::newRow(name) << std::move(edit); };
    row("Rm", [](Neuron &n) { n.membrane.rmOhmCm2 = 5000.0; });
    row("Ra and cm", [](Neuron &n) {
        n.membrane.raOhmCm = 400.0;
        n.membrane.cmUfPerCm2 = 2.0;
    });
    row("leak", [](Neuron &n) { n.membrane.restMv = -70.0; });
    row("length", [](Neuron &n) { setLengthUm(n.dendrites[0], 300.0); });
    row("diameter", [](Neuron &n) { setDiamUm(n.dendrites[0], 6.0); });
    row("soma", [](Neuron &n) { n.soma.diamUm = 40.0; });
    row("channels", [](Neuron &n) {
        n.channels.skFactor = 1.0;
        n.channels.rhoFactor = 0.5;
    });
}

void tst_LiveWorker::valuesChangeAsItRuns()
{
    // After some time the changed cell is where a cell that was built so ends up.
    QFETCH(Edit, edit);
    QSignalSpy again(s.get(), &LiveSession::restarted);
    QVERIFY(stepTo(20.0));
    const float before = somaAt(20.0);
    Neuron other = cable();
    edit(other);
    const quint64 sent = s->sentNumber();
    s->setNeuron(other);
    QVERIFY(changeArrived(sent));
    QCOMPARE(s->neuronMs(), 20.0); // time stood still, and was not lost
    QVERIFY(stepTo(20.025));
    QVERIFY(std::abs(somaAt(20.025) - before) < 3.0f); // no jump: the state was kept
    QVERIFY(stepTo(800.0));
    QCOMPARE(again.count(), 0);
    const std::vector<float> expected = batch(other, {}, 800);
    static const std::vector<float> old = batch(cable(), {}, 800);
    QVERIFY2(std::abs(somaAt(800.0) - expected.back()) < 0.05f,
             qPrintable(QStringLiteral("%1 against %2").arg(somaAt(800.0)).arg(expected.back())));
    // And that place is another one than before.
    QVERIFY(std::abs(old.back() - expected.back()) > 0.01f);
}

void tst_LiveWorker::changedKineticsOfFingersAndSynapses()
{
    // A finger that exists takes over changed kinetics.
    QVERIFY(stepTo(2.0));
    QVERIFY(s->poke(0, 2, 1e-6)); // makes it
    QVERIFY(stepTo(5.0));
    Neuron other = cable();
    other.synapseKinds[0].tauDecayMs = 12.0;
    other.synapseKinds[0].gMaxUs *= 2.0;
    other.synapseKinds[0].nmdaTauDecayMs = 30.0;
    const quint64 sent = s->sentNumber();
    s->setNeuron(other);
    QVERIFY(changeArrived(sent));
    QVERIFY(s->poke(0, 2, 8.0));
    QVERIFY(stepTo(60.0));
    const std::vector<float> expected = batch(other, {{Polarity::Excitatory, 2, 5, 8.0}}, 60);
    for (const double ms : {8.0, 20.0, 60.0})
        QVERIFY2(std::abs(somaAt(ms) - expected[std::size_t(ms * 40.0)]) < 1e-3f,
                 qPrintable(QString::number(ms)));
}

void tst_LiveWorker::aNewKindIsNotAnOldOne()
{
    // A kind goes and another comes in its place: what was poked before is not asked again.
    const auto tell = [&](const Neuron &neuron) {
        const quint64 sent = s->sentNumber();
        s->setNeuron(neuron);
        return changeArrived(sent);
    };
    Neuron with = cable();
    with.synapseKinds.push_back(with.synapseKinds[0]);
    with.synapseKinds[2].name = "third";
    QVERIFY(stepTo(2.0));
    QVERIFY(tell(with));
    QVERIFY(s->poke(2, 2, 1e-6)); // makes an excitatory one
    QVERIFY(stepTo(5.0));
    QVERIFY(tell(cable()));
    with.synapseKinds[2] = with.synapseKinds[1]; // inhibitory
    with.synapseKinds[2].name = "another third";
    QVERIFY(tell(with));
    QVERIFY(s->poke(2, 2, 8.0));
    QVERIFY(stepTo(60.0));
    const std::vector<float> expected = batch(cable(), {{Polarity::Inhibitory, 2, 5, 8.0}}, 60);
    for (const double ms : {8.0, 20.0, 60.0})
        QVERIFY2(std::abs(somaAt(ms) - expected[std::size_t(ms * 40.0)]) < 1e-3f,
                 qPrintable(QString::number(ms)));
}

void tst_LiveWorker::structureBeginsAgain()
{
    QSignalSpy again(s.get(), &LiveSession::restarted);
    s->play();
    QTRY_VERIFY(s->neuronMs() > 50.0);
    const Neuron tree = test::treeWithTable();
    s->setNeuron(tree);
    QTRY_COMPARE(again.count(), 1);
    QTRY_COMPARE(s->now().size(), std::size_t(tree.segmentCount()) + 1);
    QTRY_COMPARE(s->state(), State::Running);
    QVERIFY(s->poke(2, 5, 3.0)); // the third kind, on a branch
    QVERIFY(settled());
}

void tst_LiveWorker::electrodeComesMovesAndGoes()
{
    QVERIFY(stepTo(200.0));
    const float rest = somaAt(200.0);
    Electrode electrode;
    electrode.startMs = 0.0;
    electrode.currentNa = 0.1;
    quint64 sent = s->sentNumber();
    s->setElectrodes({electrode});
    QVERIFY(changeArrived(sent));
    QVERIFY(stepTo(400.0));
    const float driven = somaAt(400.0);
    QVERIFY2(driven > rest + 1.0f, qPrintable(QString::number(driven - rest)));
    // Turned: only a value changes.
    electrode.currentNa = -0.1;
    sent = s->sentNumber();
    s->setElectrodes({electrode});
    QVERIFY(changeArrived(sent));
    QVERIFY(stepTo(600.0));
    QVERIFY(somaAt(600.0) < rest - 1.0f);
    // Far out its current reaches the soma weakly.
    electrode.dendrite = 0;
    electrode.x = 0.99;
    sent = s->sentNumber();
    s->setElectrodes({electrode});
    QVERIFY(changeArrived(sent));
    QVERIFY(stepTo(800.0));
    QVERIFY(somaAt(800.0) > somaAt(600.0));
    QVERIFY(s->now().back() < s->now().front()); // it hyperpolarises the tip
    electrode.on = false;
    sent = s->sentNumber();
    s->setElectrodes({electrode});
    QVERIFY(changeArrived(sent));
    QVERIFY(stepTo(1400.0));
    QVERIFY2(std::abs(somaAt(1400.0) - rest) < 0.3f,
             qPrintable(QString::number(somaAt(1400.0) - rest)));
}

void tst_LiveWorker::electrodeActsInItsSegment_data()
{
    QTest::addColumn<int>("dendrite");
    QTest::addColumn<double>("x");
    QTest::newRow("trunk at 0") << 0 << 0.0;
    QTest::newRow("side branch at 0") << 3 << 0.0;
    QTest::newRow("side branch at 1") << 3 << 1.0;
    QTest::newRow("soma at 1") << SomaIndex << 1.0;
}

// As in ordinary runs: NEURON's own 0 and 1 are points between sections.
void tst_LiveWorker::electrodeActsInItsSegment()
{
    QFETCH(int, dendrite);
    QFETCH(double, x);
    Neuron tree = test::smallTree();
    tree.channels.rhoFactor = 0.0; // after a spike the soma would be lower than what it drove
    const auto with = [&](double place) {
        init();
        s->setNeuron(tree);
        Electrode electrode;
        electrode.currentNa = 0.1;
        electrode.dendrite = dendrite;
        electrode.x = place;
        s->setElectrodes({electrode});
        s->setSites({{1, dendrite, place}});
        return stepTo(20.0) ? s->now() : std::vector<float>();
    };
    const std::vector<float> there = with(x);
    const std::vector<float> centre =
        with(dendrite == SomaIndex ? 0.5 : segmentCentre(tree.dendrites[std::size_t(dendrite)], x));
    QVERIFY(!there.empty());
    QCOMPARE(there, centre);
    // Nowhere is the voltage higher than where the current enters, and the site measures it there.
    const int part = dendrite == SomaIndex ? 0 : rowAt(tree, dendrite, x) + 1;
    QCOMPARE(int(std::max_element(there.begin(), there.end()) - there.begin()), part);
    QCOMPARE(s->trace().at(1, s->trace().next() - 1), there[std::size_t(part)]);
}

void tst_LiveWorker::voltageClampHolds()
{
    Electrode electrode;
    electrode.clamp = Clamp::Voltage;
    electrode.startMs = 0.0;
    electrode.stepMv = -60.0;
    electrode.dendrite = 0;
    electrode.x = 0.5;
    s->setElectrodes({electrode});
    s->setSites({{1, 0, 0.5}});
    QVERIFY(stepTo(20.0));
    QVERIFY(std::abs(s->trace().at(1, 800) + 60.0f) < 0.5f);
}

void tst_LiveWorker::sitesAreRecorded()
{
    s->setSites({{1, 0, 0.9}});
    QVERIFY(stepTo(5.0));
    s->setSites({{1, 0, 0.9}, {2, 0, 0.1}});
    QVERIFY(s->poke(0, 7, 10.0));
    QVERIFY(stepTo(15.0));
    const std::int64_t end = s->trace().next() - 1;
    QVERIFY(s->trace().at(1, end) > s->trace().at(2, end));
    QCOMPARE(s->trace().at(1, end), s->now()[8]); // row 7
    QCOMPARE(s->trace().at(2, end), s->now()[1]);
}

void tst_LiveWorker::rewindIsTheSameAgain()
{
    const auto act = [&] { return stepTo(5.0) && s->poke(0, 4, 20.0) && stepTo(30.0); };
    QVERIFY(act());
    const float first = somaAt(30.0);
    s->rewind();
    QTRY_COMPARE(s->trace().next(), 1);
    QVERIFY(act());
    QCOMPARE(somaAt(30.0), first);
}

void tst_LiveWorker::pauseHolds()
{
    s->play();
    QTRY_VERIFY_WITH_TIMEOUT(s->neuronMs() > 20.0, 20000);
    s->pause();
    QSignalSpy reports(s.get(), &LiveSession::reported);
    QTRY_VERIFY(reports.count() >= 2);
    const double held = s->neuronMs();
    QTRY_VERIFY(reports.count() >= 6);
    QCOMPARE(s->neuronMs(), held);
    QVERIFY(!s->isBusy());
}

void tst_LiveWorker::keepsThePace()
{
    s->setPace(50.0);
    s->play();
    QTRY_VERIFY_WITH_TIMEOUT(s->neuronMs() > 10.0, 20000);
    QElapsedTimer timer;
    timer.start();
    const double from = s->neuronMs();
    QTRY_VERIFY(timer.elapsed() > 1500);
    const double pace = 1000.0 * (s->neuronMs() - from) / double(timer.elapsed());
    qInfo("asked 50, reached %.1f ms/s (the session says %.1f)", pace, s->reachedPace());
    QVERIFY2(pace > 30.0 && pace < 56.0, qPrintable(QString::number(pace)));
    s->setPace(0.0);
    QTRY_VERIFY_WITH_TIMEOUT(s->reachedPace() > 200.0, 20000);
}

void tst_LiveWorker::invalidNeuronEndsIt()
{
    QSignalSpy failed(s.get(), &LiveSession::failed);
    Neuron bad = cable();
    bad.dendrites[0].lengthUm = -1.0;
    s->setNeuron(bad);
    s->play();
    QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, 20000);
    QCOMPARE(s->state(), State::Stopped);
    s->setNeuron(cable());
    s->play();
    QTRY_COMPARE_WITH_TIMEOUT(s->state(), State::Running, 20000);
}

void tst_LiveWorker::stopsAndAnOrdinaryRunFollows()
{
    s->setPace(0.0);
    s->play();
    QTRY_VERIFY_WITH_TIMEOUT(s->neuronMs() > 20.0, 20000);
    QVERIFY(s->poke(0, 1, 5.0));
    QElapsedTimer timer;
    timer.start();
    s->stop();
    QTRY_COMPARE(s->state(), State::Stopped);
    const qint64 pid = s->processId();
    qInfo("stopped after %lld ms", static_cast<long long>(timer.elapsed()));
    QVERIFY(timer.elapsed() < 1000);
    // The same worker begins a run from rest: nothing of the last one is left.
    QVERIFY(stepTo(10.0));
    QVERIFY(pid == 0 || s->processId() == pid);
    const std::vector<float> expected = batch(cable(), {}, 10);
    QVERIFY(std::abs(somaAt(10.0) - expected.back()) < 1e-5f);
}

void tst_LiveWorker::costOfAPoke_data()
{
    QTest::addColumn<int>("segments");
    QTest::newRow("64 segments") << 64;
    QTest::newRow("1000 segments") << 1000;
}

void tst_LiveWorker::costOfAPoke()
{
    // Figures for the documents: from a poke of a segment that was never poked, and of one that
    // was, to the report that knows of it. Paused, so that nothing else takes time.
    QFETCH(int, segments);
    Neuron neuron = presetNeuron("nmda-cable-64").value();
    setSegments(neuron, 0, segments);
    s->setNeuron(neuron);
    QVERIFY(stepTo(1.0));
    const auto wait = [&](int row) {
        QElapsedTimer timer;
        timer.start();
        if (!s->poke(0, row, 1.0))
            return -1.0;
        s->step(0.025);
        const std::int64_t wanted = s->trace().next() + 1;
        QSignalSpy reports(s.get(), &LiveSession::reported);
        while (s->trace().next() < wanted) {
            if (!reports.wait(10000))
                return -1.0;
        }
        return double(timer.nsecsElapsed()) / 1e6;
    };
    std::vector<double> first;
    std::vector<double> later;
    for (int i = 0; i < 30; ++i)
        first.push_back(wait(i));
    for (int i = 0; i < 30; ++i)
        later.push_back(wait(i));
    std::sort(first.begin(), first.end());
    std::sort(later.begin(), later.end());
    qInfo("%d segments: first poke of a segment %.2f ms (median), %.2f ms (longest of 30); later "
          "ones %.2f ms, %.2f ms",
          segments, first[15], first.back(), later[15], later.back());
    QVERIFY(first.front() >= 0.0 && later.front() >= 0.0);
    QVERIFY2(first[15] < 500.0, qPrintable(QString::number(first[15])));
}

void tst_LiveWorker::staysFastAndSmall()
{
    // Memory of the worker, and neuron time per second of processor time, as it runs on and on. A
    // few seconds here; DENDROTWIN_SOAK_SECONDS for longer.
    const int seconds = std::max(6, qEnvironmentVariableIntValue("DENDROTWIN_SOAK_SECONDS"));
    s->setNeuron(presetNeuron("nmda-cable-64").value());
    s->play();
    QTRY_VERIFY_WITH_TIMEOUT(s->neuronMs() > 100.0, 20000);
    struct Look
    {
        double neuronMs = 0.0;
        double processorSeconds = 0.0;
        double megabytes = 0.0;
    };
    const auto look = [&] {
        Look l;
        l.neuronMs = s->neuronMs();
        QFile stat(QStringLiteral("/proc/%1/stat").arg(s->processId()));
        if (stat.open(QIODevice::ReadOnly)) {
            const QList<QByteArray> words = stat.readAll().split(')').last().trimmed().split(' ');
            // Fields 14, 15 and 24 of proc(5), counted from the state, field 3.
            l.processorSeconds =
                (words[11].toDouble() + words[12].toDouble()) / double(::sysconf(_SC_CLK_TCK));
            l.megabytes = words[21].toDouble() * double(::sysconf(_SC_PAGESIZE)) / 1048576.0;
        }
        return l;
    };
    std::vector<Look> looks{look()};
    QElapsedTimer timer;
    timer.start();
    int pokes = 0;
    for (int part = 1; part <= 6; ++part) {
        while (timer.elapsed() < seconds * 1000LL * part / 6) {
            if (s->poke(pokes % 2, pokes * 7 % 64, 5.0))
                ++pokes;
            QTest::qWait(100);
        }
        looks.push_back(look());
        const Look &a = looks[looks.size() - 2];
        const Look &b = looks.back();
        qInfo("after %3lld s: %.0f s of the neuron, %.0f ms per processor second, %.1f MB",
              static_cast<long long>(timer.elapsed() / 1000), b.neuronMs / 1000.0,
              (b.neuronMs - a.neuronMs) / std::max(0.01, b.processorSeconds - a.processorSeconds),
              b.megabytes);
    }
    QVERIFY(pokes > 10);
    QVERIFY(looks.back().megabytes > 5.0);
    QVERIFY2(looks.back().megabytes < looks[1].megabytes + 8.0,
             qPrintable(QString::number(looks.back().megabytes)));
}

DT_TEST(tst_LiveWorker, QCoreApplication)
#include "tst_LiveWorker.moc"
