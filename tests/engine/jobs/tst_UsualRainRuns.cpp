// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the rain of a new project does to every neuron that a student can choose, in NEURON.
#include "engine/cell/Presets.h"
#include "engine/cell/tree/TreePresets.h"
#include "engine/input/UsualRain.h"
#include "engine/jobs/SimulationJob.h"
#include "engine/jobs/WorkerPool.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

using namespace dt;

class tst_UsualRainRuns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fires_data();
    void fires();

private:
    WorkerPool m_pool{WorkerPool::defaultSettings(), 1};
};

void tst_UsualRainRuns::fires_data()
{
    QTest::addColumn<QString>("preset");
    QTest::addColumn<QString>("tree");
    for (const NeuronPreset &preset : neuronPresets())
        QTest::newRow(preset.name.data()) << QString::fromUtf8(preset.name.data()) << QString();
    for (const TreePreset &tree : treePresets())
        QTest::newRow(tree.name.data())
            << QStringLiteral("nmda-cable-64") << QString::fromUtf8(tree.name.data());
}

// Some of a handful of seeds make it fire within two seconds, and none makes it run wild.
void tst_UsualRainRuns::fires()
{
    QFETCH(QString, preset);
    QFETCH(QString, tree);
    SimulationRequest request;
    request.neuron = presetNeuron(preset.toStdString()).value();
    if (!tree.isEmpty())
        QVERIFY(plantTree(request.neuron, tree.toStdString()).ok());
    Stimulus stimulus;
    stimulus.durationMs = 2048;
    stimulus.rain = usualRain(request.neuron);
    constexpr int Seeds = 6;
    for (int seed = 1; seed <= Seeds; ++seed) {
        stimulus.rain.seed = static_cast<std::uint64_t>(seed);
        request.inputs.push_back(renderStimulus(stimulus, request.neuron));
    }
    SimulationJob *job = m_pool.submit(request, this);
    QTRY_VERIFY_WITH_TIMEOUT(job->isOver(), 60'000);
    QVERIFY2(job->state() == SimulationJob::State::Finished, job->error().message.c_str());
    int fired = 0;
    QString counts;
    for (std::size_t i = 0; i < Seeds; ++i) {
        const int spikes = job->recording(i).spikeCount();
        fired += spikes > 0;
        counts += QStringLiteral(" %1").arg(spikes);
        QVERIFY2(spikes < 80, qPrintable(counts));
    }
    qInfo("%d segments, spikes in 2048 ms:%s", request.neuron.segmentCount(), qPrintable(counts));
    QVERIFY2(fired >= Seeds / 2, qPrintable(counts));
}

DT_TEST(tst_UsualRainRuns, QCoreApplication)
#include "tst_UsualRainRuns.moc"
