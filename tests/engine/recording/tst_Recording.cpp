// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dataset/StoredSimulation.h"
#include "engine/recording/Recording.h"

#include "tests/support/Neurons.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

using namespace dt;

class tst_Recording : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void derived();
    void storedAndBack();
    void rateOfNothing();
};

namespace {

Neuron smallNeuron()
{
    Neuron neuron = presetNeuron("nmda-cable").value();
    setSegments(neuron, 0, 2);
    neuron.samplesPerMs = 5;
    return neuron;
}

/// Three ms of it; a spike in the second.
VoltageTrace oneSpike()
{
    VoltageTrace trace;
    trace.segments = 2;
    trace.samplesPerMs = 5;
    trace.recordedMs = 3;
    trace.somaFine.assign(16, -85.0f);
    trace.somaFine[7] = 20.0f;
    trace.dendV = {-80, -70, -60, -50, 10, -1}; // by time
    return trace;
}

} // namespace

void tst_Recording::derived()
{
    const Neuron neuron = smallNeuron();
    VoltageTrace trace = oneSpike();
    trace.somaFine[10] = -50.0f;
    const SpikeInput input{2, 3, {{Polarity::Excitatory, 0, 0, 1.0}}, WeightPrecision::Half};

    const Recording recording = makeRecording(neuron, input, trace, "neuron");
    QCOMPARE(recording.neuron, neuron);
    QCOMPARE(recording.input.events, input.events);
    QCOMPARE(recording.engine, std::string("neuron"));
    QCOMPARE(recording.durationMs, 3);
    QCOMPARE(recording.segments, 2);
    QCOMPARE(recording.somaFine, trace.somaFine);
    QCOMPARE(recording.somaV, (std::vector<float>{-85, -85, -62}));
    QCOMPARE(recording.dendV, (std::vector<float>{-80, -60, 0, -70, -50, -1})); // by segment
    QCOMPARE(recording.spike, (std::vector<std::uint8_t>{0, 1, 0}));
    QCOMPARE(recording.nearSpike, (std::vector<std::uint8_t>{0, 1, 1}));
    QCOMPARE(recording.instRate.size(), std::size_t(3));
    QCOMPARE(recording.spikeCount(), 1);
    QVERIFY(recording.rateHz() == 1000.0 / 3.0);
}

void tst_Recording::storedAndBack()
{
    const Neuron neuron = smallNeuron();
    const VoltageTrace trace = oneSpike();
    const SpikeInput input{2,
                           3,
                           {{Polarity::Excitatory, 0, 0, 1.5},
                            {Polarity::Excitatory, 1, 2, 0.25},
                            {Polarity::Inhibitory, 1, 2, 4.0}},
                           WeightPrecision::Half};
    const Recording before = makeRecording(neuron, input, trace, "neuron");
    const Recording after = recordingFrom(storedFrom(before, 7), neuron);
    QCOMPARE(after.neuron, neuron);
    QCOMPARE(after.durationMs, 3);
    QCOMPARE(after.segments, 2);
    QCOMPARE(after.input.segments, 2);
    QCOMPARE(after.input.events, before.input.events);
    QCOMPARE(after.somaV, before.somaV);
    QCOMPARE(after.dendV, before.dendV); // whole mV are halves
    QCOMPARE(after.spike, before.spike);
    QCOMPARE(after.nearSpike, before.nearSpike);
    QCOMPARE(after.instRate, before.instRate);
    QVERIFY(after.somaFine.empty());
}

void tst_Recording::rateOfNothing()
{
    QVERIFY(Recording().rateHz() == 0.0);
    QCOMPARE(Recording().spikeCount(), 0);
}

DT_TEST(tst_Recording, QCoreApplication)
#include "tst_Recording.moc"
