// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/WorkerPool.h"

#include "engine/input/Stimulus.h"
#include "tests/support/JobWatch.h"
#include "tests/support/Paths.h"
#include "tests/support/Processes.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"
#include "tests/support/Wait.h"
#include "tests/support/WorkerPrograms.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QTest>

#include <cmath>

using namespace dt;
using test::JobWatch;
using test::realWorker;

namespace {

/// Four inputs that have little in common: silence, rain, much rain, one strong event.
std::vector<SpikeInput> fourInputs(const Neuron &neuron, int durationMs)
{
    std::vector<SpikeInput> inputs;
    for (int i = 0; i < 4; ++i) {
        Stimulus stimulus;
        stimulus.durationMs = durationMs;
        stimulus.rain.on = i == 1 || i == 2;
        stimulus.rain.seed = static_cast<std::uint64_t>(i);
        stimulus.rain.excSparsity = i == 2 ? 0.9 : 0.98;
        stimulus.rain.inhSparsity = 0.98;
        if (i == 3)
            stimulus.painted = {{Polarity::Excitatory, 0, durationMs / 3, 60.0}};
        inputs.push_back(renderStimulus(stimulus, neuron.segmentCount()));
    }
    return inputs;
}

SimulationRequest request(const Neuron &neuron, const std::vector<SpikeInput> &inputs)
{
    SimulationRequest request;
    request.neuron = neuron;
    request.inputs = inputs;
    return request;
}

Neuron other()
{
    Neuron neuron = presetNeuron("ampa-point").value();
    setSegments(neuron, 0, 3);
    return neuron;
}

bool same(const VoltageTrace &a, const VoltageTrace &b)
{
    return a.segments == b.segments && a.samplesPerMs == b.samplesPerMs
        && a.recordedMs == b.recordedMs && a.somaFine == b.somaFine && a.dendV == b.dendV;
}

} // namespace

/// The real worker program, with NEURON in it.
class tst_Worker : public QObject
{
    Q_OBJECT

    using State = SimulationJob::State;

private Q_SLOTS:
    void cleanup();
    void version();
    void rest();
    void anyWeightCounts();
    void batchEqualsAlone_data();
    void batchEqualsAlone();
    void twoWorkersAgree();
    void rebuildAgrees();
    void labelsNeedNoNewCell();
    void stepsPerMs();
    void memoryStaysFlat();
    void liveReportsNow();
    void pace();
    void paceChanges();
    void cancel();
    void refused_data();
    void refused();
    void noMechanisms();
    void notByHand();

private:
    /// Runs a request to its end; the job is kept by m_owner.
    SimulationJob *finished(WorkerPool &pool, const SimulationRequest &request)
    {
        JobWatch watch(pool.submit(request, &m_owner));
        if (!watch.waitForEnd())
            qWarning("the job did not end");
        if (watch.job->state() != State::Finished)
            qWarning("%s", watch.job->error().message.c_str());
        return watch.job;
    }

    QObject m_owner;
};

void tst_Worker::cleanup()
{
    QTRY_VERIFY(test::childProcesses().empty());
}

void tst_Worker::version()
{
    WorkerPool pool(realWorker(), 1);
    pool.warmUp();
    QTRY_VERIFY_WITH_TIMEOUT(!pool.engineVersion().isEmpty(), 10000);
    QVERIFY2(pool.engineVersion().startsWith(QStringLiteral("NEURON ")),
             qPrintable(pool.engineVersion()));
}

void tst_Worker::rest()
{
    WorkerPool pool(realWorker(), 1);
    Neuron passive = presetNeuron("nmda-cable").value();
    passive.channels.rhoFactor = 0.0;
    const SimulationJob *job =
        finished(pool, request(passive, {SpikeInput{8, 50, {}, WeightPrecision::Half}}));
    QCOMPARE(job->state(), State::Finished);
    QVERIFY(job->engineSeconds() > 0.0);
    const VoltageTrace &trace = job->traces()[0];
    QCOMPARE(trace.somaFine.size(), std::size_t(2001));
    QCOMPARE(trace.dendV.size(), std::size_t(400));
    for (const float v : trace.somaFine)
        QVERIFY(std::abs(v + 85.0f) < 1e-4f);
    for (const float v : trace.dendV)
        QVERIFY(std::abs(v + 85.0f) < 1e-4f);
}

// Sums of axons are small and anything but whole: each counts by what it is.
void tst_Worker::anyWeightCounts()
{
    WorkerPool pool(realWorker(), 1);
    Neuron neuron = presetNeuron("ampa-point").value();
    neuron.channels.rhoFactor = 0.0; // passive: a small input moves it in proportion
    SimulationRequest request;
    request.neuron = neuron;
    const std::vector<double> weights{0.0, 0.013, 0.026, 0.37};
    for (const double weight : weights) {
        SpikeInput input{8, 60, {}, WeightPrecision::Half};
        if (weight > 0.0)
            input.events.push_back({Polarity::Excitatory, 3, 10, weight});
        request.inputs.push_back(input);
    }
    const SimulationJob *job = finished(pool, request);
    QCOMPARE(job->state(), State::Finished);
    std::vector<double> moved;
    for (const VoltageTrace &trace : job->traces()) {
        float most = 0.0F;
        for (std::size_t i = 0; i < trace.somaFine.size(); ++i)
            most = std::max(most, trace.somaFine[i] - job->traces()[0].somaFine[i]);
        moved.push_back(static_cast<double>(most));
    }
    QVERIFY(moved[1] > 0.0);
    QVERIFY2(std::abs(moved[2] / moved[1] - 2.0) < 0.02, qPrintable(QString::number(moved[2])));
    QVERIFY2(std::abs(moved[3] / moved[1] - 0.37 / 0.013) < 1.5,
             qPrintable(QString::number(moved[3] / moved[1])));
}

void tst_Worker::batchEqualsAlone_data()
{
    QTest::addColumn<Neuron>("neuron");
    QTest::newRow("nmda-cable") << presetNeuron("nmda-cable").value();
    QTest::newRow("tree") << test::smallTree();
}

void tst_Worker::batchEqualsAlone()
{
    QFETCH(Neuron, neuron);
    const std::vector<SpikeInput> inputs = fourInputs(neuron, 200);
    WorkerPool pool(realWorker(), 1);
    const SimulationJob *batch = finished(pool, request(neuron, inputs));
    QCOMPARE(batch->state(), State::Finished);
    int spikes = 0;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const SimulationJob *alone = finished(pool, request(neuron, {inputs[i]}));
        QCOMPARE(alone->state(), State::Finished);
        QVERIFY2(same(alone->traces()[0], batch->traces()[i]), qPrintable(QString::number(i)));
        spikes += alone->recording(0).spikeCount();
        for (std::size_t k = 0; k < i; ++k) // or else the comparison says nothing
            QVERIFY(!same(batch->traces()[i], batch->traces()[k]));
    }
    QVERIFY(spikes > 0);
}

void tst_Worker::twoWorkersAgree()
{
    const Neuron neuron = presetNeuron("nmda-cable").value();
    const std::vector<SpikeInput> inputs = fourInputs(neuron, 150);
    WorkerPool one(realWorker(), 1);
    const SimulationJob *expected = finished(one, request(neuron, inputs));
    QCOMPARE(expected->state(), State::Finished);

    WorkerPool two(realWorker(), 2);
    std::vector<std::unique_ptr<JobWatch>> watches;
    for (const SpikeInput &input : inputs)
        watches.push_back(
            std::make_unique<JobWatch>(two.submit(request(neuron, {input}), &m_owner)));
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        QTRY_VERIFY_WITH_TIMEOUT(watches[i]->over(), 30000);
        QCOMPARE(watches[i]->job->state(), State::Finished);
        QVERIFY(same(watches[i]->job->traces()[0], expected->traces()[i]));
    }
}

void tst_Worker::rebuildAgrees()
{
    const Neuron neuron = presetNeuron("nmda-cable").value();
    const std::vector<SpikeInput> inputs = fourInputs(neuron, 100);
    WorkerPool pool(realWorker(), 1);
    const SimulationJob *first = finished(pool, request(neuron, inputs));
    const SimulationJob *again = finished(pool, request(neuron, inputs)); // same cells, new start
    for (const Neuron &between : {other(), test::treeWithTable()}) {
        const SimulationJob *elsewhere = finished(
            pool,
            request(between, {SpikeInput{between.segmentCount(), 40, {}, WeightPrecision::Half}}));
        QCOMPARE(elsewhere->state(), State::Finished);
    }
    const SimulationJob *back = finished(pool, request(neuron, inputs));
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        QVERIFY(same(again->traces()[i], first->traces()[i]));
        QVERIFY(same(back->traces()[i], first->traces()[i]));
    }
}

void tst_Worker::labelsNeedNoNewCell()
{
    Neuron neuron = presetNeuron("nmda-cable").value();
    const std::vector<SpikeInput> inputs = fourInputs(neuron, 60);
    WorkerPool pool(realWorker(), 1);
    const SimulationJob *first = finished(pool, request(neuron, inputs));
    neuron.labels.somaCapMv = -70.0;
    const SimulationJob *second = finished(pool, request(neuron, inputs));
    QVERIFY(same(second->traces()[3], first->traces()[3]));
    const std::vector<float> capped = second->recording(3).somaV;
    QVERIFY(*std::max_element(capped.begin(), capped.end()) == -70.0f);
}

void tst_Worker::stepsPerMs()
{
    // Finer steps: more samples, nearly the same voltages.
    Neuron neuron = presetNeuron("nmda-cable").value();
    SpikeInput input{8, 40, {{Polarity::Excitatory, 2, 5, 2.0}}, WeightPrecision::Half};
    WorkerPool pool(realWorker(), 1);
    const SimulationJob *coarse = finished(pool, request(neuron, {input}));
    neuron.samplesPerMs = 160;
    const SimulationJob *fine = finished(pool, request(neuron, {input}));
    const std::vector<float> &a = coarse->traces()[0].somaFine;
    const std::vector<float> &b = fine->traces()[0].somaFine;
    QCOMPARE(a.size(), std::size_t(1601));
    QCOMPARE(b.size(), std::size_t(6401));
    float largest = 0.0f;
    for (std::size_t i = 0; i < a.size(); ++i)
        largest = std::max(largest, std::abs(a[i] - b[4 * i]));
    QVERIFY2(largest < 0.2f && largest > 0.0f, qPrintable(QString::number(double(largest))));
}

void tst_Worker::memoryStaysFlat()
{
#ifdef __SANITIZE_ADDRESS__
    QSKIP("the address sanitizer keeps freed memory");
#endif
    // Rebuilding between two neurons is what a student does all day.
    const Neuron neurons[] = {presetNeuron("nmda-cable").value(),
                              presetNeuron("ampa-point").value()};
    WorkerPool pool(realWorker(), 1);
    int pid = 0;
    long before = 0;
    for (int i = 0; i < 500; ++i) {
        const Neuron &neuron = neurons[i % 2];
        JobWatch watch(pool.submit(
            request(
                neuron,
                {SpikeInput{8, 20, {{Polarity::Excitatory, 1, 2, 1.0}}, WeightPrecision::Half}}),
            &m_owner));
        connect(watch.job, &SimulationJob::started, this,
                [&] { pid = static_cast<int>(pool.processOf(watch.job)); });
        QVERIFY(watch.waitForEnd());
        QCOMPARE(watch.job->state(), State::Finished);
        QCOMPARE(watch.job->attempts(), 1);
        delete watch.job;
        if (i == 99)
            before = test::residentKiB(pid);
    }
    const long after = test::residentKiB(pid);
    QVERIFY(before > 0 && after > 0);
    qInfo("resident memory of the worker after 100 runs %ld KiB, after 500 %ld KiB", before, after);
    QVERIFY2(after - before < 5 * 1024, "the worker's memory grows");
}

void tst_Worker::liveReportsNow()
{
    const Neuron neuron = presetNeuron("nmda-cable").value();
    SimulationRequest live = request(
        neuron, {SpikeInput{8, 300, {{Polarity::Excitatory, 7, 10, 5.0}}, WeightPrecision::Half}});
    live.live = true;
    live.paceMsPerSecond = 600.0;
    WorkerPool pool(realWorker(), 1);
    const JobWatch watch(pool.submit(live, &m_owner));
    std::vector<std::pair<std::size_t, std::vector<float>>> seen;
    double reached = 0.0;
    connect(watch.job, &SimulationJob::progressed, this, [&] {
        seen.emplace_back(watch.job->traces()[0].somaFine.size(), watch.job->now());
        QVERIFY(watch.job->reachedMs() >= reached);
        reached = watch.job->reachedMs();
    });
    QTRY_VERIFY_WITH_TIMEOUT(watch.over(), 15000);
    QCOMPARE(watch.job->state(), State::Finished);
    QVERIFY2(watch.progressed.count() >= 10, qPrintable(QString::number(watch.progressed.count())));
    // The soma now is the sample that comes next; the tip was seen to answer its synapse.
    const std::vector<float> &soma = watch.job->traces()[0].somaFine;
    float highestTip = -100.0f;
    for (const auto &[samples, now] : seen) {
        QCOMPARE(now.size(), std::size_t(9));
        QVERIFY(now[0] == soma[std::min(samples, soma.size() - 1)]);
        highestTip = std::max(highestTip, now.back());
    }
    QVERIFY2(highestTip > -80.0f, qPrintable(QString::number(double(highestTip))));
    // What was watched is what a run without a watcher computes.
    const SimulationJob *unwatched = finished(pool, request(neuron, live.inputs));
    QVERIFY(same(watch.job->traces()[0], unwatched->traces()[0]));
}

void tst_Worker::pace()
{
    const Neuron neuron = presetNeuron("nmda-cable").value();
    WorkerPool pool(realWorker(), 1);
    pool.warmUp();
    QTRY_VERIFY_WITH_TIMEOUT(!pool.engineVersion().isEmpty(), 10000);
    SimulationRequest live = request(neuron, {SpikeInput{8, 100, {}, WeightPrecision::Half}});
    live.live = true;
    live.paceMsPerSecond = 200.0; // half a second
    QElapsedTimer timer;
    timer.start();
    const SimulationJob *job = finished(pool, live);
    const qint64 elapsed = timer.elapsed();
    QCOMPARE(job->state(), State::Finished);
    QVERIFY2(elapsed > 300 && elapsed < 3000, qPrintable(QString::number(elapsed)));
    QVERIFY2(job->engineSeconds() > 0.3, qPrintable(QString::number(job->engineSeconds())));
}

void tst_Worker::paceChanges()
{
    // So slow that it would take hours, until somebody asks for more.
    const Neuron neuron = presetNeuron("nmda-cable").value();
    WorkerPool pool(realWorker(), 1);
    SimulationRequest live = request(neuron, {SpikeInput{8, 1000, {}, WeightPrecision::Half}});
    live.live = true;
    live.paceMsPerSecond = 0.1;
    const JobWatch watch(pool.submit(live, &m_owner));
    QTRY_COMPARE_WITH_TIMEOUT(watch.job->state(), State::Running, 10000);
    QVERIFY(test::stays([&] { return watch.job->reachedMs() < 10.0; }));
    watch.job->setPace(0.0);
    QTRY_VERIFY_WITH_TIMEOUT(watch.over(), 15000);
    QCOMPARE(watch.job->state(), State::Finished);
}

void tst_Worker::cancel()
{
    const Neuron neuron = presetNeuron("nmda-cable-64").value();
    WorkerPool pool(realWorker(), 1);
    for (const double pace : {0.0, 10.0}) {
        SimulationRequest live =
            request(neuron, {SpikeInput{64, 100000, {}, WeightPrecision::Half}});
        live.live = pace > 0.0;
        live.paceMsPerSecond = pace;
        const JobWatch watch(pool.submit(live, &m_owner));
        QTRY_VERIFY_WITH_TIMEOUT(watch.progressed.count() > 0, 10000);
        const qint64 process = pool.processOf(watch.job);
        QElapsedTimer timer;
        timer.start();
        watch.job->cancel();
        QTRY_VERIFY(watch.over());
        QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(watch.job->state(), State::Cancelled);
        QCOMPARE(watch.ended.count(), 1);
        QVERIFY(process > 0);
    }
    const SimulationJob *next = finished(pool, test::smallRequest(20));
    QCOMPARE(next->state(), State::Finished);
}

void tst_Worker::refused_data()
{
    QTest::addColumn<int>("what");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("input of another shape") << 0 << QByteArray("64 segment rows");
    QTest::newRow("event outside") << 1 << QByteArray("lies outside");
    QTest::newRow("weight not a number") << 2 << QByteArray("is not a number");
    QTest::newRow("inputs of two durations") << 3 << QByteArray("differ in duration");
    QTest::newRow("no input") << 4 << QByteArray("no input");
    QTest::newRow("absurd neuron") << 5 << QByteArray("diameter of 0 um");
    QTest::newRow("no synapse there") << 6 << QByteArray("finds no excitatory synapse");
}

void tst_Worker::refused()
{
    QFETCH(int, what);
    QFETCH(QByteArray, words);
    Neuron neuron = presetNeuron("nmda-cable").value();
    SimulationRequest bad = request(neuron, {SpikeInput{8, 20, {}, WeightPrecision::Half}});
    SpikeInput &input = bad.inputs[0];
    switch (what) {
    case 0:
        input.segments = 64;
        break;
    case 1:
        input.events = {{Polarity::Excitatory, 9, 0, 1.0}};
        break;
    case 2:
        input.events = {{Polarity::Excitatory, 0, 0, std::nan("")}};
        break;
    case 3:
        bad.inputs.push_back({8, 30, {}, WeightPrecision::Half});
        break;
    case 4:
        bad.inputs.clear();
        break;
    case 5:
        bad.neuron.dendrites[0].diamUm = 0.0;
        break;
    default:
        bad.neuron.synapses = {{1, 0, 0.5}};
        input.events = {{Polarity::Excitatory, 4, 0, 1.0}};
        break;
    }
    WorkerPool pool(realWorker(), 1);
    const JobWatch watch(pool.submit(bad, &m_owner));
    QTRY_VERIFY_WITH_TIMEOUT(watch.over(), 10000);
    QCOMPARE(watch.job->state(), State::Failed);
    QCOMPARE(watch.job->attempts(), 1);
    const std::string &message = watch.job->error().message;
    QVERIFY2(test::isSentence(message) && test::contains(message, words.toStdString()),
             message.c_str());
    const SimulationJob *next = finished(pool, test::smallRequest(10));
    QCOMPARE(next->state(), State::Finished);
}

void tst_Worker::noMechanisms()
{
    const QByteArray before = qgetenv("DENDROTWIN_MECHANISMS");
    qputenv("DENDROTWIN_MECHANISMS", "/no/such/libdendromech.so");
    WorkerPool pool(realWorker(), 1);
    const JobWatch watch(pool.submit(test::smallRequest(10), &m_owner));
    QTRY_VERIFY_WITH_TIMEOUT(watch.over(), 20000);
    if (before.isEmpty())
        qunsetenv("DENDROTWIN_MECHANISMS");
    else
        qputenv("DENDROTWIN_MECHANISMS", before);
    QCOMPARE(watch.job->state(), State::Failed);
    const std::string &message = watch.job->error().message;
    QVERIFY2(test::isSentence(message) && test::contains(message, "/no/such/libdendromech.so"),
             message.c_str());
}

void tst_Worker::notByHand()
{
    QProcess process;
    process.start(realWorker().program, {QStringLiteral("--help")});
    QVERIFY(process.waitForFinished(10000));
    QCOMPARE(process.exitCode(), 2);
    QVERIFY(process.readAllStandardError().contains("dendrotwin-cli"));
    QVERIFY(process.readAllStandardOutput().isEmpty());
}

DT_TEST(tst_Worker, QCoreApplication)
#include "tst_Worker.moc"
