// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recording/NeuronScript.h"

#include "engine/cell/Frusta.h"
#include "engine/cell/swc/Swc.h"
#include "engine/jobs/WorkerPool.h"
#include "tests/support/JobWatch.h"
#include "tests/support/Neurons.h"
#include "tests/support/Paths.h"
#include "tests/support/Python.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QFile>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace dt;
using namespace dt::test;

namespace {

/// Samples of the worker are floats, half a step of which is 3.8e-6 mV at -85 mV.
constexpr double ToleranceMv = 1.0e-5;

Stimulus silence(int durationMs)
{
    Stimulus stimulus;
    stimulus.durationMs = durationMs;
    stimulus.rain.on = false;
    return stimulus;
}

Stimulus rain(int durationMs)
{
    Stimulus stimulus;
    stimulus.durationMs = durationMs;
    stimulus.rain.excSparsity = 0.98;
    stimulus.rain.inhSparsity = 0.99;
    return stimulus;
}

Electrode electrode(Clamp clamp, int dendrite, double x)
{
    Electrode e;
    e.name =
        std::string(clamp == Clamp::Current ? "current" : "voltage") + std::to_string(dendrite);
    e.clamp = clamp;
    e.dendrite = dendrite;
    e.x = x;
    e.startMs = 20.0;
    e.durationMs = 60.0;
    e.currentNa = 1.0;
    e.stepMv = -30.0;
    return e;
}

/// A tree with drawn dendrites, read from a file.
Neuron drawnTree()
{
    QFile file(QString::fromStdString(dataPath("swc/sphere.swc")));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("sphere.swc is missing");
    return neuronFromSwc(*readSwc(file.readAll().toStdString()).morphology, defaultNeuron());
}

} // namespace

/// The script that a student reads is the simulation that the program runs.
class tst_NeuronScript : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void sameTrace_data();
    void sameTrace();
    void eventsOfThisMsAreNotYetSeen();
    void savesCsv();
    void saysWhatIsMissing();
    void titlesCannotBreakIt();

private:
    QString write(const Neuron &neuron, const Stimulus &stimulus, const std::string &title = "it");
    std::vector<double> scriptTrace(const Neuron &neuron, const Stimulus &stimulus);
    std::vector<float> workerTrace(const Neuron &neuron, const Stimulus &stimulus);
    TestFolder m_folder;
    QObject m_owner;
};

void tst_NeuronScript::initTestCase()
{
    REQUIRE_PYTHON("neuron");
}

QString tst_NeuronScript::write(const Neuron &neuron, const Stimulus &stimulus,
                                const std::string &title)
{
    const std::string text = neuronScript(neuron, stimulus, {title, mechanismLibrary()});
    m_folder.write(QStringLiteral("run.py"), QByteArray::fromStdString(text));
    return m_folder.at(QStringLiteral("run.py"));
}

std::vector<double> tst_NeuronScript::scriptTrace(const Neuron &neuron, const Stimulus &stimulus)
{
    const QString out = m_folder.at(QStringLiteral("soma.csv"));
    QFile::remove(out);
    const PythonOutcome outcome =
        runPython({write(neuron, stimulus), QStringLiteral("--out"), out});
    if (!outcome.ok)
        qWarning("%s", outcome.text.constData());
    std::vector<double> trace;
    for (const QByteArray &line : m_folder.read(QStringLiteral("soma.csv")).split('\n').mid(1)) {
        if (line.contains(','))
            trace.push_back(line.mid(line.indexOf(',') + 1).toDouble());
    }
    return trace;
}

std::vector<float> tst_NeuronScript::workerTrace(const Neuron &neuron, const Stimulus &stimulus)
{
    WorkerSettings settings;
    settings.program = QString::fromStdString(binDir() + "/dendrotwin-worker");
    WorkerPool pool(settings, 1);
    SimulationRequest request;
    request.neuron = neuron;
    request.inputs = {renderStimulus(stimulus, neuron.segmentCount())};
    request.electrodes = {stimulus.electrodes};
    JobWatch watch(pool.submit(std::move(request), &m_owner));
    if (!watch.waitForEnd() || watch.job->traces().empty())
        return {};
    return watch.job->traces()[0].somaFine;
}

void tst_NeuronScript::sameTrace_data()
{
    QTest::addColumn<Neuron>("neuron");
    QTest::addColumn<Stimulus>("stimulus");

    QTest::newRow("stick with rain") << defaultNeuron() << defaultStimulus();
    Neuron ahp = presetNeuron("ampa-point").value();
    ahp.channels.skFactor = 1.0;
    ahp.samplesPerMs = 20;
    QTest::newRow("point, slow AHP, 20 steps a ms") << ahp << rain(150);
    Stimulus axons = silence(150);
    axons.axons.on = true;
    QTest::newRow("axons") << presetNeuron("nmda-cable").value() << axons;
    QTest::newRow("drawn tree") << drawnTree() << rain(150);

    Neuron table = treeWithTable();
    for (std::size_t i = 0; i < table.synapses.size(); ++i)
        table.synapses[i].weight = 0.5 + 0.75 * static_cast<double>(i);
    Stimulus painted = silence(120);
    const int last = table.segmentCount() - 1;
    painted.painted = {{Polarity::Excitatory, rowAt(table, 2, 0.9), 10, 20.0},
                       {Polarity::Excitatory, rowAt(table, 0, 0.1), 20, 40.0},
                       {Polarity::Inhibitory, last, 40, 30.0},
                       {Polarity::Inhibitory, rowAt(table, 1, 1.0), 60, 3.0}};
    QTest::newRow("kinds and weights") << table << painted;

    Neuron ends = drawnTree();
    const int lastDendrite = static_cast<int>(ends.dendrites.size()) - 1;
    ends.synapses = {{0, 0, 0.0, 2.0}, {0, lastDendrite, 1.0, 2.0}, {1, 0, 1.0, 1.0}};
    Stimulus atEnds = silence(120);
    atEnds.painted = {{Polarity::Excitatory, rowAt(ends, 0, 0.0), 10, 8.0},
                      {Polarity::Excitatory, rowAt(ends, lastDendrite, 1.0), 50, 8.0},
                      {Polarity::Inhibitory, rowAt(ends, 0, 1.0), 70, 4.0}};
    atEnds.electrodes = {electrode(Clamp::Current, SomaIndex, 1.0),
                         electrode(Clamp::Current, lastDendrite, 0.0)};
    QTest::newRow("all at 0 and 1") << ends << atEnds;

    Stimulus current = silence(120);
    current.electrodes = {electrode(Clamp::Current, SomaIndex, 0.5),
                          electrode(Clamp::Current, 2, 0.8)};
    current.electrodes[1].currentNa = -0.2;
    QTest::newRow("current clamps") << smallTree() << current;
    Stimulus voltage = silence(120);
    voltage.electrodes = {electrode(Clamp::Voltage, 0, 0.5)};
    voltage.electrodes.push_back(electrode(Clamp::Current, SomaIndex, 0.5));
    voltage.electrodes.back().on = false;
    QTest::newRow("voltage clamp, another off") << smallTree() << voltage;
}

void tst_NeuronScript::sameTrace()
{
    QFETCH(Neuron, neuron);
    QFETCH(Stimulus, stimulus);
    const std::vector<double> script = scriptTrace(neuron, stimulus);
    const std::vector<float> worker = workerTrace(neuron, stimulus);
    QCOMPARE(script.size(), std::size_t(stimulus.durationMs * neuron.samplesPerMs + 1));
    QCOMPARE(worker.size(), script.size());
    double largest = 0.0;
    for (std::size_t i = 0; i < script.size(); ++i)
        largest = std::max(largest, std::abs(script[i] - double(worker[i])));
    const auto [low, high] = std::minmax_element(script.begin(), script.end());
    qInfo("soma from %.2f to %.2f mV; script and worker differ by %.2g mV at most", *low, *high,
          largest);
    QVERIFY(*high - *low > 0.5); // something happened
    QVERIFY(largest < ToleranceMv);
}

void tst_NeuronScript::eventsOfThisMsAreNotYetSeen()
{
    Stimulus stimulus = silence(20);
    stimulus.painted = {{Polarity::Excitatory, 0, 10, 50.0}};
    const std::vector<double> with = scriptTrace(defaultNeuron(), stimulus);
    stimulus.painted.clear();
    const std::vector<double> without = scriptTrace(defaultNeuron(), stimulus);
    QCOMPARE(with.size(), std::size_t{801});
    for (std::size_t i = 0; i <= 400; ++i)
        QCOMPARE(with[i], without[i]);
    QVERIFY(with[402] != without[402]);
}

void tst_NeuronScript::savesCsv()
{
    const std::vector<double> trace = scriptTrace(defaultNeuron(), rain(5));
    QCOMPARE(trace.size(), std::size_t{201});
    const QList<QByteArray> lines = m_folder.read(QStringLiteral("soma.csv")).split('\n');
    QCOMPARE(lines[0], QByteArray("time_ms,soma_mV"));
    QCOMPARE(lines[1], QByteArray("0.0,-85.0"));
    QVERIFY(lines[2].startsWith("0.025,"));
    REQUIRE_PYTHON("numpy");
    const QString npy = m_folder.at(QStringLiteral("soma.npy"));
    QVERIFY(runPython({m_folder.at(QStringLiteral("run.py")), QStringLiteral("--out"), npy}).ok);
    const PythonOutcome read = runPython(
        {QStringLiteral("-c"),
         QStringLiteral("import numpy, sys; print(repr(float(numpy.load(sys.argv[1])[-1])))"),
         npy});
    QVERIFY(read.ok);
    QCOMPARE(read.text.trimmed().toDouble(), trace.back());
}

void tst_NeuronScript::saysWhatIsMissing()
{
    const QString script = write(defaultNeuron(), rain(5));
    const PythonOutcome outcome =
        runPython({script, QStringLiteral("--mechanisms"), QStringLiteral("/no/such.so")});
    QVERIFY(!outcome.ok);
    QVERIFY2(outcome.text.contains("There is no /no/such.so. Name the libdendromech.so"),
             outcome.text.constData());
}

void tst_NeuronScript::titlesCannotBreakIt()
{
    Neuron neuron = smallTree();
    neuron.dendrites[0].name = "tr\"unk\\ \n\xc3\xa9";
    neuron.synapseKinds[0].name = "a\nb = 1";
    neuron.synapses.pop_back(); // a table of its own
    const PythonOutcome outcome =
        runPython({write(neuron, rain(5), "say \"\"\"hello\"\"\"\nimport no_such_module\\"),
                   QStringLiteral("--out"), m_folder.at(QStringLiteral("soma.csv"))});
    QVERIFY2(outcome.ok, outcome.text.constData());
}

DT_TEST(tst_NeuronScript, QCoreApplication)
#include "tst_NeuronScript.moc"
