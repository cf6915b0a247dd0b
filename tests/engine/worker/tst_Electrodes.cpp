// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/Frusta.h"
#include "engine/jobs/WorkerPool.h"
#include "tests/support/JobWatch.h"
#include "tests/support/Neurons.h"
#include "tests/support/Paths.h"
#include "tests/support/Processes.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"
#include "tests/support/WorkerPrograms.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace dt;
using test::JobWatch;
using test::realWorker;

namespace {

/// Without channels, so that theory knows the answers.
Neuron passive()
{
    Neuron neuron = presetNeuron("ampa-point").value();
    neuron.channels.rhoFactor = 0.0;
    return neuron;
}

SpikeInput silence(const Neuron &neuron, int durationMs)
{
    return {neuron.segmentCount(), durationMs, {}, WeightPrecision::Half};
}

Electrode current(double nA, double startMs, double durationMs)
{
    Electrode e;
    e.currentNa = nA;
    e.startMs = startMs;
    e.durationMs = durationMs;
    return e;
}

} // namespace

/// Electrodes, probes, weights and drawn shapes in the real worker program.
class tst_Electrodes : public QObject
{
    Q_OBJECT

    using State = SimulationJob::State;

private Q_SLOTS:

    void currentStepBeginsAndEnds();
    void clampsAgree();
    void offIsAbsent();
    void everyCellHasItsOwn();
    void probesEqualRows();
    void weightsMultiply();
    void synapsesActInTheirSegment_data();
    void synapsesActInTheirSegment();
    void electrodesActInTheirSegment_data();
    void electrodesActInTheirSegment();
    void epspOfOneSegment_data();
    void epspOfOneSegment();
    void drawnCylinderIsACylinder();
    void coneHasItsArea();
    void refused();

private:
    SimulationJob *finished(const SimulationRequest &request)
    {
        JobWatch watch(m_pool.submit(request, &m_owner));
        if (!watch.waitForEnd())
            qWarning("the job did not end");
        if (watch.job->state() != State::Finished)
            qWarning("%s", watch.job->error().message.c_str());
        return watch.job;
    }

    QObject m_owner;
    WorkerPool m_pool{realWorker(), 1};
};

void tst_Electrodes::currentStepBeginsAndEnds()
{
    SimulationRequest request;
    request.neuron = passive();
    request.inputs = {silence(request.neuron, 60)};
    request.electrodes = {{current(0.02, 10.0, 20.0)}};
    request.probes = {{{Probe::What::ElectrodeCurrent, SomaIndex, 0.5, 0}}};
    const SimulationJob *job = finished(request);
    QCOMPARE(job->state(), State::Finished);
    const VoltageTrace &trace = job->traces()[0];
    QCOMPARE(trace.probes.size(), std::size_t(1));
    QCOMPARE(trace.probes[0].size(), trace.somaFine.size());
    QVERIFY(std::abs(trace.somaFine[400] + 85.0F) < 1e-4F); // t = 10 ms: not yet
    QVERIFY(trace.somaFine[401] > trace.somaFine[400]);
    QVERIFY(trace.somaFine[1200] > -84.0F);
    QVERIFY(trace.somaFine[1202] < trace.somaFine[1200]); // over at 30 ms
    QCOMPARE(trace.probes[0][400], 0.0F);
    QCOMPARE(trace.probes[0][800], 0.02F);
    QCOMPARE(trace.probes[0][1300], 0.0F);
}

// The current that a voltage clamp needs for 10 mV moves the cell by 10 mV in a current clamp.
void tst_Electrodes::clampsAgree()
{
    SimulationRequest request;
    request.neuron = passive();
    request.inputs = {silence(request.neuron, 500)};
    Electrode clamp;
    clamp.clamp = Clamp::Voltage;
    clamp.startMs = 50.0;
    clamp.durationMs = 1000.0;
    clamp.holdMv = -85.0;
    clamp.stepMv = -75.0;
    clamp.seriesMohm = 0.001;
    request.electrodes = {{clamp}};
    request.probes = {{{Probe::What::ElectrodeCurrent, SomaIndex, 0.5, 0}}};
    const SimulationJob *job = finished(request);
    QCOMPARE(job->state(), State::Finished);
    const VoltageTrace held = job->traces()[0];
    QVERIFY(std::abs(held.somaFine[1900] + 85.0F) < 1e-3F);
    QVERIFY(std::abs(held.somaFine.back() + 75.0F) < 1e-3F);
    const double needed = static_cast<double>(held.probes[0].back());
    QVERIFY2(needed > 1e-4, qPrintable(QString::number(needed)));

    request.electrodes = {{current(needed, 50.0, 1000.0)}};
    job = finished(request);
    QCOMPARE(job->state(), State::Finished);
    QVERIFY2(std::abs(job->traces()[0].somaFine.back() + 75.0F) < 0.01F,
             qPrintable(QString::number(static_cast<double>(job->traces()[0].somaFine.back()))));
}

void tst_Electrodes::offIsAbsent()
{
    SimulationRequest request;
    request.neuron = presetNeuron("nmda-cable").value();
    request.inputs = {silence(request.neuron, 40)};
    const VoltageTrace bare = finished(request)->traces()[0];
    Electrode off = current(1.0, 0.0, 100.0);
    off.on = false;
    request.electrodes = {{off}};
    request.probes = {{{Probe::What::ElectrodeCurrent, SomaIndex, 0.5, 0}}};
    const VoltageTrace with = finished(request)->traces()[0];
    QVERIFY(with.somaFine == bare.somaFine);
    QCOMPARE(with.probes[0].back(), 0.0F);
}

void tst_Electrodes::everyCellHasItsOwn()
{
    SimulationRequest request;
    request.neuron = presetNeuron("nmda-cable").value();
    request.inputs.assign(3, silence(request.neuron, 60));
    Electrode tip = current(0.05, 5.0, 50.0);
    tip.dendrite = 0;
    tip.x = 1.0;
    request.electrodes = {{}, {current(0.3, 5.0, 50.0)}, {tip}};
    request.probes = {{}, {}, {{Probe::What::Voltage, 0, 1.0, 0}}};
    const SimulationJob *batch = finished(request);
    QCOMPARE(batch->state(), State::Finished);
    for (std::size_t i = 0; i < 3; ++i) {
        SimulationRequest alone;
        alone.neuron = request.neuron;
        alone.inputs = {request.inputs[i]};
        alone.electrodes = {request.electrodes[i]};
        alone.probes = {request.probes[i]};
        const SimulationJob *job = finished(alone);
        QCOMPARE(job->state(), State::Finished);
        QVERIFY(job->traces()[0].somaFine == batch->traces()[i].somaFine);
        QVERIFY(job->traces()[0].probes == batch->traces()[i].probes);
    }
    const auto peak = [&](std::size_t i) {
        const std::vector<float> &v = batch->traces()[i].somaFine;
        return *std::max_element(v.begin(), v.end());
    };
    QVERIFY(peak(1) > 0.0F); // fires
    QVERIFY(peak(0) < -80.0F);
    QVERIFY(batch->traces()[2].probes[0][2000] > -60.0F); // the tip, while its soma rests
}

void tst_Electrodes::probesEqualRows()
{
    SimulationRequest request;
    request.neuron = test::smallTree();
    request.inputs = {silence(request.neuron, 40)};
    request.inputs[0].events = {{Polarity::Excitatory, 4, 3, 5.0}};
    const std::vector<SegmentRef> rows = segmentRows(request.neuron);
    request.probes.emplace_back();
    for (const SegmentRef &row : rows)
        request.probes[0].push_back({Probe::What::Voltage, row.dendrite, row.x, 0});
    request.probes[0].push_back({Probe::What::Voltage, SomaIndex, 0.5, 0});
    const SimulationJob *job = finished(request);
    QCOMPARE(job->state(), State::Finished);
    const VoltageTrace &trace = job->traces()[0];
    for (std::size_t r = 0; r < rows.size(); ++r) {
        for (std::size_t ms = 0; ms < 40; ++ms)
            QCOMPARE(trace.probes[r][ms * 40], trace.dendV[ms * rows.size() + r]);
    }
    QVERIFY(trace.probes.back() == trace.somaFine);
}

void tst_Electrodes::weightsMultiply()
{
    SimulationRequest request;
    request.neuron = passive();
    request.inputs = {silence(request.neuron, 30)};
    request.inputs[0].events = {{Polarity::Excitatory, 2, 5, 6.0}};
    const VoltageTrace plain = finished(request)->traces()[0];
    for (Synapse &s : request.neuron.synapses)
        s.weight = 3.0;
    request.inputs[0].events[0].weight = 2.0;
    const VoltageTrace weighted = finished(request)->traces()[0];
    QVERIFY(plain.somaFine == weighted.somaFine);
    QVERIFY(plain.somaFine[400] > plain.somaFine[200]);
}

namespace {

/// A tree with side branches, one of them drawn.
Neuron treeWithDrawnBranch()
{
    Neuron neuron = test::smallTree();
    Dendrite drawn{"drawn", 0, 0.5, 0.0, 0.0, 3, {}};
    setPoints(drawn, {{0, 0, 0, 2.0}, {60, 10, 0, 1.5}, {120, -20, 30, 0.8}, {200, 0, 30, 0.6}});
    neuron.dendrites.push_back(drawn);
    neuron.synapses.clear();
    return neuron;
}

} // namespace

void tst_Electrodes::synapsesActInTheirSegment_data()
{
    QTest::addColumn<int>("dendrite");
    QTest::addColumn<double>("x");
    const Neuron neuron = treeWithDrawnBranch();
    for (int d = 0; d < int(neuron.dendrites.size()); ++d) {
        for (const double x : {0.0, 1e-15, 0.001, 0.5, 0.999, 1.0})
            QTest::addRow("%s at %g", neuron.dendrites[std::size_t(d)].name.c_str(), x) << d << x;
    }
}

// NEURON's own 0 and 1 are points between sections: the first is a part of what the branch hangs
// on.
void tst_Electrodes::synapsesActInTheirSegment()
{
    QFETCH(int, dendrite);
    QFETCH(double, x);
    SimulationRequest request;
    request.neuron = treeWithDrawnBranch();
    const int row = rowAt(request.neuron, dendrite, x);
    request.inputs = {silence(request.neuron, 30)};
    request.inputs[0].events = {{Polarity::Excitatory, row, 5, 4.0}};
    const auto with = [&](double place) {
        request.neuron.synapses = {{0, dendrite, place, 2.0}};
        const SimulationJob *job = finished(request);
        return job->state() == State::Finished ? job->traces()[0] : VoltageTrace{};
    };
    const VoltageTrace there = with(x);
    const VoltageTrace centre = with(segmentRows(request.neuron)[std::size_t(row)].x);
    QVERIFY(!there.somaFine.empty());
    QCOMPARE(there.somaFine, centre.somaFine);
    QCOMPARE(there.dendV, centre.dendV);
    // It acted in the segment that the row stands for.
    const auto n = std::size_t(request.neuron.segmentCount());
    const auto after = there.dendV.begin() + std::ptrdiff_t(6 * n);
    QCOMPARE(int(std::max_element(after, after + std::ptrdiff_t(n)) - after), row);
}

void tst_Electrodes::electrodesActInTheirSegment_data()
{
    QTest::addColumn<Clamp>("clamp");
    QTest::addColumn<int>("dendrite");
    QTest::addColumn<double>("x");
    for (const Clamp clamp : {Clamp::Current, Clamp::Voltage}) {
        const char *name = clamp == Clamp::Current ? "current" : "voltage";
        for (const double x : {0.0, 0.4, 1.0}) {
            QTest::addRow("%s clamp, soma at %g", name, x) << clamp << SomaIndex << x;
            QTest::addRow("%s clamp, side branch at %g", name, x) << clamp << 3 << x;
            QTest::addRow("%s clamp, drawn branch at %g", name, x) << clamp << 4 << x;
        }
    }
}

void tst_Electrodes::electrodesActInTheirSegment()
{
    QFETCH(Clamp, clamp);
    QFETCH(int, dendrite);
    QFETCH(double, x);
    SimulationRequest request;
    request.neuron = treeWithDrawnBranch();
    request.inputs = {silence(request.neuron, 30)};
    const auto with = [&](double place) {
        Electrode e = current(0.05, 5.0, 20.0);
        e.clamp = clamp;
        e.dendrite = dendrite;
        e.x = place;
        request.electrodes = {{e}};
        request.probes = {{{Probe::What::ElectrodeCurrent, dendrite, place, 0},
                           {Probe::What::Voltage, dendrite, place, 0}}};
        const SimulationJob *job = finished(request);
        return job->state() == State::Finished ? job->traces()[0] : VoltageTrace{};
    };
    const VoltageTrace there = with(x);
    const VoltageTrace centre = with(
        dendrite == SomaIndex ? 0.5
                              : segmentCentre(request.neuron.dendrites[std::size_t(dendrite)], x));
    QCOMPARE(there.probes.size(), std::size_t{2});
    QCOMPARE(there.somaFine, centre.somaFine);
    QCOMPARE(there.dendV, centre.dendV);
    QCOMPARE(there.probes, centre.probes);
    if (dendrite == SomaIndex)
        QCOMPARE(there.probes[1], there.somaFine);
}

void tst_Electrodes::epspOfOneSegment_data()
{
    QTest::addColumn<double>("x");
    for (const double x : {0.0, 0.001, 0.5, 0.999, 1.0})
        QTest::addRow("x = %g", x) << x;
}

// A dendrite of one segment: one EPSP [mV], wherever the synapse is said to sit. At NEURON's own 0
// and 1 it would be 16.2851 and 9.6346 mV.
void tst_Electrodes::epspOfOneSegment()
{
    QFETCH(double, x);
    SimulationRequest request;
    request.neuron = Neuron{};
    request.neuron.dendrites = {{"d", SomaIndex, 1.0, 512.0, 2.0, 1, {}}};
    SynapseKind kind;
    kind.nmdaGMaxUs = 0.0;
    kind.nmdaGammaPerMv = 0.062;
    request.neuron.synapseKinds = {kind};
    request.neuron.synapses = {{0, 0, x}};
    request.inputs = {silence(request.neuron, 100)};
    request.inputs[0].events = {{Polarity::Excitatory, 0, 20, 8.0}};
    const SimulationJob *job = finished(request);
    QCOMPARE(job->state(), State::Finished);
    const std::vector<float> &v = job->traces()[0].somaFine;
    const double epsp = double(*std::max_element(v.begin() + 800, v.end()) - v[800]);
    QVERIFY2(std::abs(epsp - 11.4890) < 1e-3, qPrintable(QString::number(epsp, 'f', 5)));
}

void tst_Electrodes::drawnCylinderIsACylinder()
{
    SimulationRequest request;
    request.neuron = presetNeuron("nmda-cable").value();
    request.inputs = {silence(request.neuron, 60)};
    request.inputs[0].events = {{Polarity::Excitatory, 6, 5, 8.0}};
    const VoltageTrace cylinder = finished(request)->traces()[0];
    Dendrite &dendrite = request.neuron.dendrites[0];
    setPoints(dendrite, {{0, 0, 0, 1}, {600, 800, 0, 1}, {600, 800, 1048, 1}});
    QCOMPARE(dendrite.lengthUm, 2048.0);
    const VoltageTrace drawn = finished(request)->traces()[0];
    for (std::size_t i = 0; i < cylinder.somaFine.size(); ++i)
        QVERIFY(std::abs(cylinder.somaFine[i] - drawn.somaFine[i]) < 1e-3F);
    QVERIFY(cylinder.dendV.size() == drawn.dendV.size());
}

// In a cell of one compartment per section and no axial resistance to speak of, a step of current
// ends at I / (g1 A1 + g2 A2): the area of the cone can be read from it.
void tst_Electrodes::coneHasItsArea()
{
    SimulationRequest request;
    request.neuron = passive();
    Neuron &neuron = request.neuron;
    neuron.membrane.raOhmCm = 1.0;
    neuron.membrane.rmOhmCm2 = 2000.0;
    Dendrite cone = neuron.dendrites[0];
    setPoints(cone, {{0, 0, 0, 8}, {100, 0, 0, 2}});
    cone.segments = 5;
    neuron.dendrites = {cone};
    neuron.synapses = onePairPerSegment(neuron);
    request.inputs = {silence(neuron, 100)};
    request.electrodes = {{current(0.05, 0.0, 1000.0)}};
    const SimulationJob *job = finished(request);
    QCOMPARE(job->state(), State::Finished);
    const double area = frustaAreaUm2(cone.points);
    QVERIFY(std::abs(area - 3.14159265 * 5.0 * std::hypot(3.0, 100.0)) < 1e-3);
    const double somaArea = 3.14159265358979 * neuron.soma.lengthUm * neuron.soma.diamUm;
    const double nS = 10.0 * (somaArea * neuron.membrane.somaLeakSPerCm2 + area / 2000.0);
    const double expected = 0.05 / (nS * 1.0e-3); // mV from nA and uS
    const double seen = static_cast<double>(job->traces()[0].somaFine.back()) + 85.0;
    QVERIFY2(std::abs(seen / expected - 1.0) < 0.005,
             qPrintable(QStringLiteral("%1 instead of %2 mV").arg(seen).arg(expected)));
}

void tst_Electrodes::refused()
{
    SimulationRequest request;
    request.neuron = passive();
    request.inputs = {silence(request.neuron, 20)};
    Electrode nowhere = current(0.1, 0.0, 10.0);
    nowhere.dendrite = 7;
    request.electrodes = {{nowhere}};
    JobWatch watch(m_pool.submit(request, &m_owner));
    QVERIFY(watch.waitForEnd());
    QCOMPARE(watch.job->state(), State::Failed);
    QVERIFY2(test::isSentence(watch.job->error().message), watch.job->error().message.c_str());
    request.electrodes.clear();
    request.probes = {{{Probe::What::ElectrodeCurrent, SomaIndex, 0.5, 0}}};
    JobWatch second(m_pool.submit(request, &m_owner));
    QVERIFY(second.waitForEnd());
    QCOMPARE(second.job->state(), State::Failed);
}

DT_TEST(tst_Electrodes, QCoreApplication)
#include "tst_Electrodes.moc"
