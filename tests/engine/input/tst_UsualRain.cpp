// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/input/UsualRain.h"

#include "engine/base/ReadUnits.h"
#include "engine/cell/Presets.h"
#include "engine/input/DrawnInput.h"
#include "engine/input/SegmentInput.h"
#include "engine/recording/RunSettings.h"
#include "engine/recording/SilenceHint.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

using namespace dt;

class tst_UsualRain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void newProjectsHaveIt();
    void fewerSegmentsGetMoreEach();
    void largerCellsGetMore();
    void presetRoundTrip();
    void chosenRatesStay();
    void otherChangesLeaveIt();
    void noteOnlyWhereItDoesNotFollow();
    void likeTrainingData();
    void hints();

private:
    [[nodiscard]] static Neuron preset(const char *name) { return presetNeuron(name).value(); }
    [[nodiscard]] static double rate(const Neuron &neuron)
    {
        return rainRateHz(usualRain(neuron).excSparsity);
    }
};

void tst_UsualRain::newProjectsHaveIt()
{
    QCOMPARE(usualRain(defaultNeuron()), Rain{});
    QCOMPARE(defaultStimulus().rain, usualRain(defaultNeuron(), defaultStimulus().rain));
}

// 128 events a second in all.
void tst_UsualRain::fewerSegmentsGetMoreEach()
{
    QCOMPARE(rate(preset("nmda-cable-64")), 2.0);
    QCOMPARE(rate(preset("nmda-cable")), 16.0);
    QCOMPARE(rate(preset("ampa-point")), 16.0);
    QCOMPARE(rainRateHz(usualRain(preset("nmda-cable")).inhSparsity), 8.0);
}

void tst_UsualRain::largerCellsGetMore()
{
    Neuron neuron = preset("nmda-cable");
    neuron.dendrites.front().lengthUm = 4096.0;
    QCOMPARE(rate(neuron), 32.0);
    neuron.dendrites.front().diamUm = 0.25; // less membrane than the cable, but no less rain
    QCOMPARE(rate(neuron), 16.0);
}

void tst_UsualRain::presetRoundTrip()
{
    Rain rain = defaultStimulus().rain;
    const Rain before = rain;
    followNeuron(rain, preset("nmda-cable-64"), preset("nmda-cable"));
    QCOMPARE(rainRateHz(rain.excSparsity), 16.0);
    QCOMPARE(rain.seed, before.seed);
    followNeuron(rain, preset("nmda-cable"), preset("nmda-cable-64"));
    QCOMPARE(rain, before);
}

void tst_UsualRain::chosenRatesStay()
{
    Rain rain;
    rain.excSparsity = rainSparsity(5.0);
    const Rain chosen = rain;
    followNeuron(rain, preset("nmda-cable-64"), preset("nmda-cable"));
    QCOMPARE(rain, chosen);
}

// Thicker or longer: the same input, so that the difference is the dendrite's.
void tst_UsualRain::otherChangesLeaveIt()
{
    const Neuron before = preset("nmda-cable");
    Rain rain = usualRain(before);
    const Rain same = rain;
    Neuron after = before;
    after.dendrites.front().diamUm = 4.0;
    after.dendrites.front().lengthUm = 4096.0;
    QVERIFY(usualRain(after) != rain);
    followNeuron(rain, before, after);
    QCOMPARE(rain, same);
}

void tst_UsualRain::noteOnlyWhereItDoesNotFollow()
{
    const Neuron before = preset("nmda-cable-64");
    Neuron after = before;
    after.dendrites.front().segments = 32;
    after.synapses = onePairPerSegment(after);
    Stimulus stimulus;
    stimulus.rain = usualRain(after);
    QCOMPARE(segmentInputNote(before, after, stimulus), std::string());
    stimulus.rain.excSparsity = rainSparsity(5.0);
    QVERIFY(!segmentInputNote(before, after, stimulus).empty());
    stimulus.rain.on = false;
    QCOMPARE(segmentInputNote(before, after, stimulus), std::string());
    stimulus.training.on = true;
    QVERIFY(!segmentInputNote(before, after, stimulus).empty());
}

// The very input that a data set of this seed begins with, cut to the run.
void tst_UsualRain::likeTrainingData()
{
    const Neuron neuron = preset("nmda-cable");
    Stimulus stimulus;
    stimulus.rain.on = false;
    QVERIFY(renderStimulus(stimulus, neuron).events.empty());
    stimulus.training = {true, 4711};
    const SpikeInput expected =
        drawInput(InputRecipe{}, 4711, Split::Train, 0, neuron.segmentCount(), stimulus.durationMs);
    QVERIFY(expected.events.size() > 400);
    QCOMPARE(renderStimulus(stimulus, neuron).events, expected.events);
    QVERIFY(isRandom(stimulus));
    QCOMPARE(seedOf(stimulus), std::uint64_t{4711});
    setSeed(stimulus, 7);
    QCOMPARE(stimulus.training.seed, std::uint64_t{7});
    QCOMPARE(stimulus.rain.seed, Rain{}.seed);
}

void tst_UsualRain::hints()
{
    const auto says = [](const RunSetup &setup, int spikes, const char *what) {
        return silenceHint(setup, spikes, -70.24).find(what) != std::string::npos;
    };
    RunSetup setup{preset("nmda-cable"), Stimulus{}};
    QCOMPARE(silenceHint(setup, 1, 40.0), std::string()); // it fired
    // The rain of a new project on few segments.
    QVERIFY(says(setup, 0, "the soma reached -70.2 mV at most"));
    QVERIFY(says(setup, 0, "Rain of 2 Hz is little"));
    QVERIFY(says(setup, 0, "16 Hz is usual"));
    setup.stimulus.rain = usualRain(setup.neuron);
    QVERIFY(says(setup, 0, "tick Like Training Data"));
    setup.stimulus.rain.on = false;
    QVERIFY(says(setup, 0, "nothing excites the neuron"));
    setup.stimulus.painted = {{Polarity::Inhibitory, 1, 10, 1.0}};
    QVERIFY(says(setup, 0, "nothing excites the neuron"));
    setup.stimulus.painted.push_back({Polarity::Excitatory, 1, 10, 1.0});
    QVERIFY(says(setup, 0, "Raise weights or rates"));
    // Somebody measures with an electrode.
    setup.stimulus.electrodes.emplace_back();
    QCOMPARE(silenceHint(setup, 0, -70.0), std::string());
    setup.stimulus.electrodes.front().on = false;
    QVERIFY(!silenceHint(setup, 0, -70.0).empty());
}

DT_TEST(tst_UsualRain, QCoreApplication)
#include "tst_UsualRain.moc"
