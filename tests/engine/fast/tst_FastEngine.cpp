// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fast/FastState.h"
#include "engine/jobs/FastEngine.h"
#include "engine/jobs/WorkerPool.h"
#include "tests/support/JobWatch.h"
#include "tests/support/Paths.h"
#include "tests/support/RandomTree.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <hwy/targets.h>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTest>

#include <cmath>

using namespace dt;
using test::Dice;
using test::JobWatch;

namespace {

constexpr double AwayMv = 1.0e-3;
constexpr double WithinMv = 1.0e-2;
constexpr double AroundSpikeMs = 2.0;

WorkerSettings real()
{
    WorkerSettings settings;
    settings.program = QString::fromStdString(test::binDir() + "/dendrotwin-worker");
    return settings;
}

/// Weights at random times, as training inputs have them but in a short time.
SpikeInput randomInput(const Neuron &neuron, int durationMs, Dice &dice)
{
    SpikeInput input{neuron.segmentCount(), durationMs, {}, WeightPrecision::Double};
    const double density = dice.between(0.01, 0.08);
    for (int row = 0; row < input.segments; ++row) {
        for (int ms = 0; ms < durationMs; ++ms) {
            for (const Polarity polarity : {Polarity::Excitatory, Polarity::Inhibitory}) {
                if (dice.between(0.0, 1.0) < density)
                    input.events.push_back({polarity, row, ms, dice.between(0.0, 7.0)});
            }
        }
    }
    keepHeard(input, neuron);
    input.normalise();
    return input;
}

/// A neuron of any kind: tree or stick, drawn or not, with synapses of three kinds anywhere.
Neuron randomNeuron(Dice &dice)
{
    Neuron neuron = dice.below(3) == 0 ? presetNeuron("nmda-cable").value()
                                       : test::randomTree(dice, 1 + dice.below(9));
    neuron.channels.skFactor = dice.below(2);
    neuron.channels.rhoFactor = dice.below(4) == 0 ? dice.between(0.5, 1.5) : 1.0;
    neuron.membrane.raOhmCm = dice.between(80.0, 250.0);
    neuron.membrane.rmOhmCm2 = dice.between(8000.0, 40000.0);
    neuron.samplesPerMs = dice.below(4) == 0 ? 80 : 40;
    if (dice.below(2)) {
        SynapseKind &excitatory = neuron.synapseKinds[0];
        excitatory.nmdaGMaxUs = dice.below(2) ? 0.0 : dice.between(2.0e-4, 1.0e-3);
        excitatory.nmdaGammaPerMv = dice.between(0.05, 0.09);
        excitatory.tauDecayMs = dice.between(1.0, 6.0);
        SynapseKind shunt = neuron.synapseKinds[1];
        shunt.name = "shunt";
        shunt.reversalMv = -70.0;
        shunt.tauDecayMs = dice.between(1.0, 20.0);
        neuron.synapseKinds.push_back(shunt);
        const int count = static_cast<int>(neuron.dendrites.size());
        for (int i = 0; i < 12; ++i)
            neuron.synapses.push_back({dice.below(3), dice.below(count), dice.between(0.01, 0.99),
                                       dice.between(0.2, 2.0)});
    }
    return neuron;
}

std::vector<Electrode> randomElectrodes(const Neuron &neuron, Dice &dice)
{
    std::vector<Electrode> electrodes;
    const int wanted = dice.below(3);
    for (int i = 0; i < wanted; ++i) {
        Electrode e;
        e.name = "e" + std::to_string(i);
        e.clamp = dice.below(3) == 0 ? Clamp::Voltage : Clamp::Current;
        e.dendrite = dice.below(static_cast<int>(neuron.dendrites.size()) + 1) - 1;
        e.x = dice.between(0.05, 0.95);
        e.startMs = dice.between(0.0, 100.0);
        e.durationMs = dice.between(1.0, 100.0);
        e.currentNa = dice.between(-0.05, 0.1);
        e.stepMv = dice.between(-70.0, -40.0);
        e.seriesMohm = dice.between(1.0, 20.0);
        electrodes.push_back(e);
    }
    return electrodes;
}

std::vector<char> nearSpikes(const std::vector<float> &v, int samplesPerMs)
{
    std::vector<char> near(v.size(), 0);
    const auto reach = static_cast<std::ptrdiff_t>(AroundSpikeMs * samplesPerMs);
    for (std::size_t i = 1; i + 1 < v.size(); ++i) {
        if (!(v[i] > 0.0F && v[i] > v[i - 1] && v[i] >= v[i + 1]))
            continue;
        const auto at = static_cast<std::ptrdiff_t>(i);
        for (std::ptrdiff_t j = std::max<std::ptrdiff_t>(0, at - reach);
             j <= std::min(at + reach, static_cast<std::ptrdiff_t>(v.size()) - 1); ++j)
            near[static_cast<std::size_t>(j)] = 1;
    }
    return near;
}

/// Runs on one kind of processor until it goes.
struct OnTarget
{
    explicit OnTarget(int64_t target)
    {
        hwy::SetSupportedTargetsForTest(target);
        hwy::GetChosenTarget().DeInit();
    }
    ~OnTarget()
    {
        hwy::SetSupportedTargetsForTest(0);
        hwy::GetChosenTarget().DeInit();
    }
};

} // namespace

/// The vectorised engine against NEURON and against itself.
class tst_FastEngine : public QObject
{
    Q_OBJECT

    using State = SimulationJob::State;

private Q_SLOTS:
    void equalsNeuron_data();
    void equalsNeuron();
    void companyChangesNothing();
    void everyProcessorAgrees();
    void extremesStayFinite_data();
    void extremesStayFinite();
    void refusesWhatNeuronRefuses();
    void cancelledAtOnce();
    void deletedWhileItRuns();

private:
    SimulationJob *finished(SimulationEngine &engine, const SimulationRequest &request)
    {
        JobWatch watch(engine.submit(request, &m_owner));
        if (!watch.waitForEnd(60000))
            qWarning("the job did not end");
        if (watch.job->state() != State::Finished)
            qWarning("%s", watch.job->error().message.c_str());
        return watch.job;
    }

    QObject m_owner;
};

void tst_FastEngine::equalsNeuron_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 12; ++seed)
        QTest::newRow(qPrintable(QString::number(seed))) << seed;
}

void tst_FastEngine::equalsNeuron()
{
    QFETCH(unsigned, seed);
    Dice dice(seed);
    SimulationRequest request;
    request.neuron = randomNeuron(dice);
    for (int i = 0; i < 3; ++i) {
        request.inputs.push_back(randomInput(request.neuron, 250, dice));
        request.electrodes.push_back(randomElectrodes(request.neuron, dice));
        std::vector<Probe> probes = electrodeProbes(request.electrodes.back());
        probes.push_back({Probe::What::Voltage, 0, 0.9, 0});
        request.probes.push_back(probes);
    }
    WorkerPool pool(real(), 1);
    FastEngine fast(1);
    const SimulationJob *expected = finished(pool, request);
    const SimulationJob *job = finished(fast, request);
    QCOMPARE(expected->state(), State::Finished);
    QCOMPARE(job->state(), State::Finished);
    double away = 0.0;
    double within = 0.0;
    int spikes = 0;
    for (std::size_t i = 0; i < request.inputs.size(); ++i) {
        const VoltageTrace &a = expected->traces()[i];
        const VoltageTrace &b = job->traces()[i];
        QCOMPARE(b.somaFine.size(), a.somaFine.size());
        QCOMPARE(b.dendV.size(), a.dendV.size());
        QCOMPARE(b.recordedMs, a.recordedMs);
        QCOMPARE(b.probes.size(), a.probes.size());
        const std::vector<char> near = nearSpikes(a.somaFine, a.samplesPerMs);
        const auto compare = [&](float x, float y, std::size_t sample) {
            double &worst = near[sample] ? within : away;
            const double difference = std::abs(static_cast<double>(x) - static_cast<double>(y));
            worst = difference <= worst ? worst : difference; // NaN wins
        };
        for (std::size_t k = 0; k < a.somaFine.size(); ++k)
            compare(a.somaFine[k], b.somaFine[k], k);
        const auto rows = static_cast<std::size_t>(a.segments);
        const auto perMs = static_cast<std::size_t>(a.samplesPerMs);
        for (std::size_t k = 0; k < a.dendV.size(); ++k)
            compare(a.dendV[k], b.dendV[k], k / rows * perMs);
        for (std::size_t p = 0; p < a.probes.size(); ++p) {
            for (std::size_t k = 0; k < a.probes[p].size(); ++k)
                compare(a.probes[p][k], b.probes[p][k], k);
        }
        const Recording x = makeRecording(request.neuron, request.inputs[i], a, "neuron");
        const Recording y = makeRecording(request.neuron, request.inputs[i], b, "fast");
        QCOMPARE(y.spike, x.spike);
        spikes += x.spikeCount();
    }
    qInfo("%d spikes, %d segments; largest differences %.2g mV, near spikes %.2g mV", spikes,
          request.neuron.segmentCount(), away, within);
    QVERIFY2(away <= AwayMv, qPrintable(QString::number(away)));
    QVERIFY2(within <= WithinMv, qPrintable(QString::number(within)));
}

// One, a few, or more than fit side by side: the same numbers to the last bit.
void tst_FastEngine::companyChangesNothing()
{
    Dice dice(77);
    SimulationRequest all;
    all.neuron = randomNeuron(dice);
    for (int i = 0; i < FastLanes + 3; ++i)
        all.inputs.push_back(randomInput(all.neuron, 60, dice));
    FastEngine fast(2);
    const SimulationJob *together = finished(fast, all);
    QCOMPARE(together->state(), State::Finished);
    QCOMPARE(together->traces().size(), all.inputs.size());
    for (const std::size_t i : {std::size_t(0), std::size_t(7), all.inputs.size() - 1}) {
        SimulationRequest one;
        one.neuron = all.neuron;
        one.inputs = {all.inputs[i]};
        const SimulationJob *alone = finished(fast, one);
        QCOMPARE(alone->state(), State::Finished);
        QCOMPARE(alone->traces()[0].somaFine, together->traces()[i].somaFine);
        QCOMPARE(alone->traces()[0].dendV, together->traces()[i].dendV);
    }
}

// Every instruction set that this processor has gives NEURON's spikes.
void tst_FastEngine::everyProcessorAgrees()
{
    Dice dice(5);
    SimulationRequest request;
    request.neuron = presetNeuron("nmda-cable").value();
    for (int i = 0; i < 5; ++i)
        request.inputs.push_back(randomInput(request.neuron, 300, dice));
    FastEngine fast(1);
    const SimulationJob *best = finished(fast, request);
    QCOMPARE(best->state(), State::Finished);
    int targets = 0;
    for (int64_t left = hwy::SupportedTargets(); left != 0; left &= left - 1) {
        const int64_t target = left & -left;
        const OnTarget forced(target);
        const SimulationJob *job = finished(fast, request);
        QCOMPARE(job->state(), State::Finished);
        ++targets;
        double worst = 0.0;
        for (std::size_t i = 0; i < request.inputs.size(); ++i) {
            const VoltageTrace &a = best->traces()[i];
            const VoltageTrace &b = job->traces()[i];
            QCOMPARE(makeRecording(request.neuron, request.inputs[i], b, "fast").spike,
                     makeRecording(request.neuron, request.inputs[i], a, "fast").spike);
            for (std::size_t k = 0; k < a.somaFine.size(); ++k)
                worst = std::max(worst,
                                 std::abs(static_cast<double>(a.somaFine[k])
                                          - static_cast<double>(b.somaFine[k])));
        }
        qInfo("%s: %d lanes, largest difference %.2g mV", fastTarget(), fastVectorLanes(), worst);
        QVERIFY2(worst <= WithinMv, fastTarget());
    }
    QVERIFY(targets >= 1);
}

void tst_FastEngine::extremesStayFinite_data()
{
    QTest::addColumn<double>("weight");
    QTest::addColumn<double>("currentNa");
    QTest::addColumn<double>("clampMv");
    QTest::addColumn<int>("durationMs");
    QTest::newRow("no input, 1 ms") << 0.0 << 0.0 << 0.0 << 1;
    QTest::newRow("weight 1e4") << 1.0e4 << 0.0 << 0.0 << 50;
    QTest::newRow("100 nA") << 1.0 << MaxElectrodeNa << 0.0 << 50;
    QTest::newRow("-100 nA") << 1.0 << -MaxElectrodeNa << 0.0 << 50;
    QTest::newRow("+200 mV") << 1.0 << 0.0 << MaxElectrodeMv << 300;
    QTest::newRow("-200 mV") << 1.0 << 0.0 << -MaxElectrodeMv << 300;
}

void tst_FastEngine::extremesStayFinite()
{
    QFETCH(double, weight);
    QFETCH(double, currentNa);
    QFETCH(double, clampMv);
    QFETCH(int, durationMs);
    SimulationRequest request;
    request.neuron = presetNeuron("nmda-cable").value();
    SpikeInput input{8, durationMs, {}, WeightPrecision::Double};
    for (int row = 0; weight > 0.0 && row < 8; ++row)
        input.events.push_back({Polarity::Excitatory, row, 0, weight});
    input.normalise();
    request.inputs = {input};
    Electrode e;
    e.dendrite = currentNa != 0.0 ? 0 : SomaIndex;
    e.clamp = clampMv != 0.0 ? Clamp::Voltage : Clamp::Current;
    e.on = currentNa != 0.0 || clampMv != 0.0;
    e.currentNa = currentNa;
    e.stepMv = clampMv;
    e.startMs = 0.0;
    e.durationMs = durationMs;
    request.electrodes = {{e}};
    FastEngine fast(1);
    const SimulationJob *job = finished(fast, request);
    QCOMPARE(job->state(), State::Finished);
    for (const float v : job->traces()[0].somaFine)
        QVERIFY(std::isfinite(v));
    for (const float v : job->traces()[0].dendV)
        QVERIFY(std::isfinite(v));
    // As NEURON has it, though far from any physiology.
    WorkerPool pool(real(), 1);
    const SimulationJob *expected = finished(pool, request);
    QCOMPARE(expected->state(), State::Finished);
    for (std::size_t k = 0; k < expected->traces()[0].somaFine.size(); ++k) {
        const double x = static_cast<double>(expected->traces()[0].somaFine[k]);
        const double y = static_cast<double>(job->traces()[0].somaFine[k]);
        QVERIFY2(std::abs(x - y) <= 1.0e-4 * std::max(100.0, std::abs(x)),
                 qPrintable(QStringLiteral("sample %1: %2, not %3").arg(k).arg(y).arg(x)));
    }
}

void tst_FastEngine::refusesWhatNeuronRefuses()
{
    SimulationRequest request = test::smallRequest(10);
    request.inputs[0].events.push_back({Polarity::Excitatory, 5, 0, 1.0});
    FastEngine fast(1);
    JobWatch watch(fast.submit(request, &m_owner));
    QVERIFY(watch.waitForEnd());
    QCOMPARE(watch.job->state(), State::Failed);
    QVERIFY(test::isSentence(watch.job->error().message));
}

void tst_FastEngine::cancelledAtOnce()
{
    FastEngine fast(1);
    JobWatch running(fast.submit(test::smallRequest(1'000'000), &m_owner));
    JobWatch waiting(fast.submit(test::smallRequest(1'000'000), &m_owner));
    QVERIFY(running.started.wait());
    waiting.job->cancel();
    QCOMPARE(waiting.job->state(), State::Cancelled); // its turn had not come
    running.job->cancel();
    QVERIFY(running.waitForEnd());
    QCOMPARE(running.job->state(), State::Cancelled);
    QCOMPARE(running.ended.count(), 1);
}

void tst_FastEngine::deletedWhileItRuns()
{
    QPointer<SimulationJob> left;
    {
        FastEngine fast(1);
        JobWatch watch(fast.submit(test::smallRequest(1'000'000), &m_owner));
        QVERIFY(watch.started.wait());
        delete watch.job; // its thread works on
        left = fast.submit(test::smallRequest(1'000'000), &m_owner);
    }
    QVERIFY(left); // the engine is gone, its job is over
    QCOMPARE(left->state(), State::Cancelled);
}

DT_TEST(tst_FastEngine, QCoreApplication)
#include "tst_FastEngine.moc"
