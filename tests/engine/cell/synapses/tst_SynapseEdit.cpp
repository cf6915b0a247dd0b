// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/synapses/SynapseEdit.h"

#include "engine/base/Random.h"
#include "engine/cell/DendritePath.h"
#include "engine/cell/Validation.h"
#include "engine/input/Stimulus.h"
#include "tests/support/Neurons.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace dt;
using namespace dt::test;

class tst_SynapseEdit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void distances();
    void segmentCentres();
    void editsOfMany();
    void weightsByDistance();
    void unknownItemsAreIgnored();
    void onePairIsThePublishedTable();
    void onePairMakesMissingKinds();
    void kindsComeAndGo();
    void presetsAreRecognised();
    void textThereAndBack();
    void textRefused_data();
    void textRefused();
    void anyEditsKeepTheCellValid();
    void absurdTablesAreRefused();
    void rainFallsWhereSynapsesAre();
    void paintedEventsAreKept();
};

void tst_SynapseEdit::distances()
{
    const Neuron tree = smallTree();
    QCOMPARE(dendriteStartsUm(tree), (std::vector<double>{0.0, 0.0, 400.0, 200.0}));
    QCOMPARE(distanceUm(tree, {0, 0.25}), 100.0);
    QCOMPARE(distanceUm(tree, {2, 0.5}), 550.0);
    QCOMPARE(distanceUm(tree, {3, 1.0}), 300.0);
}

void tst_SynapseEdit::segmentCentres()
{
    Dendrite d;
    d.segments = 4;
    QCOMPARE(segmentCentre(d, 0.0), 0.125);
    QCOMPARE(segmentCentre(d, 0.3), 0.375);
    QCOMPARE(segmentCentre(d, 1.0), 0.875);
    QVERIFY(isAtSegmentCentre(d, 0.625));
    QVERIFY(!isAtSegmentCentre(d, 0.6));
    // What the table of the data sets holds is at the centres whatever the count.
    for (int n = 1; n < 300; ++n) {
        d.segments = n;
        for (int i = 0; i < n; ++i)
            QVERIFY(isAtSegmentCentre(d, (i + 0.5) / n));
    }
}

void tst_SynapseEdit::editsOfMany()
{
    Neuron neuron = treeWithTable();
    const std::vector<int> added = addSynapses(neuron, {{2, 1, 0.3, 4.0}, {0, 0, 0.5}});
    QCOMPARE(added, (std::vector<int>{5, 6}));
    setSynapseKind(neuron, added, 1);
    QCOMPARE(neuron.synapses[5], (Synapse{1, 1, 0.3, 4.0}));
    moveSynapses(neuron, added, 2, 0.9);
    QCOMPARE(neuron.synapses[6], (Synapse{1, 2, 0.9, 1.0}));
    shiftSynapses(neuron, added, -30.0);
    QVERIFY(std::abs(neuron.synapses[5].x - 0.8) < 1e-12);
    shiftSynapses(neuron, added, 1e6);
    QCOMPARE(neuron.synapses[5].x, 1.0);
    snapSynapses(neuron, added);
    QCOMPARE(neuron.synapses[5].x, 0.75);
    setSynapseWeights(neuron, added, 3.0);
    scaleSynapseWeights(neuron, std::vector{5}, 0.5);
    QCOMPARE(neuron.synapses[5].weight, 1.5);
    QCOMPARE(neuron.synapses[6].weight, 3.0);
    scaleSynapseWeights(neuron, added, 1e9);
    QCOMPARE(neuron.synapses[6].weight, MaxSynapseWeight);
    removeSynapses(neuron, added);
    QCOMPARE(neuron.synapses, treeWithTable().synapses);
    removeSynapses(neuron, std::vector{0, 2, 4});
    QCOMPARE(neuron.synapses, (std::vector<Synapse>{{0, 0, 0.1}, {1, 1, 1.0}}));
}

void tst_SynapseEdit::weightsByDistance()
{
    Neuron neuron = smallTree();
    neuron.synapses = {{0, 0, 0.25}, {0, 2, 1.0}, {0, 0, 1.0}}; // 100, 700, 400 um
    setSynapseWeightsByDistance(neuron, std::vector{0, 1, 2}, 1.0, 3.0);
    QCOMPARE(neuron.synapses[0].weight, 1.0);
    QCOMPARE(neuron.synapses[1].weight, 3.0);
    QCOMPARE(neuron.synapses[2].weight, 2.0);
    setSynapseWeightsByDistance(neuron, std::vector{1}, 5.0, 9.0); // one has no distance to go by
    QCOMPARE(neuron.synapses[1].weight, 5.0);
}

void tst_SynapseEdit::unknownItemsAreIgnored()
{
    Neuron neuron = treeWithTable();
    const std::vector<int> wrong{-1, 5, 100000};
    moveSynapses(neuron, wrong, 0, 0.5);
    setSynapseKind(neuron, wrong, 1);
    removeSynapses(neuron, wrong);
    snapSynapses(neuron, {});
    QCOMPARE(neuron, treeWithTable());
    QCOMPARE(synapsesToText(neuron, wrong), std::string("kind\tdendrite\tx\tweight\n"));
}

void tst_SynapseEdit::onePairIsThePublishedTable()
{
    for (const NeuronPreset &preset : neuronPresets()) {
        const Neuron published = presetNeuron(preset.name).value();
        Neuron neuron = published;
        neuron.synapses.clear();
        setOnePairPerSegment(neuron);
        QCOMPARE(neuron, published);
    }
    Neuron tree = treeWithTable();
    setOnePairPerSegment(tree);
    QCOMPARE(tree.synapses, smallTree().synapses);
    QCOMPARE(tree.synapseKinds.size(), std::size_t(3));
}

void tst_SynapseEdit::onePairMakesMissingKinds()
{
    Neuron neuron = smallTree();
    removeKind(neuron, 1, std::nullopt);
    setOnePairPerSegment(neuron);
    QCOMPARE(neuron, smallTree());
    neuron.synapses.clear();
    neuron.synapseKinds = {neuron.synapseKinds[1]};
    setOnePairPerSegment(neuron);
    QVERIFY(validateNeuron(neuron));
    QCOMPARE(neuron.synapseKinds[static_cast<std::size_t>(neuron.synapses[0].kind)].polarity,
             Polarity::Excitatory);
}

void tst_SynapseEdit::kindsComeAndGo()
{
    Neuron neuron = treeWithTable();
    QCOMPARE(addKind(neuron, neuron.synapseKinds[2]), 3);
    QCOMPARE(neuron.synapseKinds[3].name, std::string("shunt 2"));
    QCOMPARE(addKind(neuron, neuron.synapseKinds[2]), 4);
    QCOMPARE(neuron.synapseKinds[4].name, std::string("shunt 3"));
    QCOMPARE(synapsesOfKind(neuron, 0), (std::vector<int>{0, 1, 4}));

    Neuron moved = neuron;
    removeKind(moved, 0, 3); // 3 becomes 2
    QCOMPARE(moved.synapses.size(), std::size_t(5));
    QCOMPARE(moved.synapses[0].kind, 2);
    QCOMPARE(moved.synapseKinds[2].name, std::string("shunt 2"));
    QCOMPARE(moved.synapses[2].kind, 1); // was 2

    removeKind(neuron, 0, std::nullopt);
    QCOMPARE(neuron.synapses, (std::vector<Synapse>{{1, 3, 0.5}, {0, 1, 1.0}}));
    QVERIFY(validateNeuron(neuron));
}

void tst_SynapseEdit::presetsAreRecognised()
{
    for (const SynapseKindPreset &preset : synapseKindPresets()) {
        SynapseKind kind = preset.kind;
        kind.name = "mine";
        QCOMPARE(kindPresetTitle(kind), preset.title);
        kind.reversalMv += 1.0;
        QCOMPARE(kindPresetTitle(kind), std::string_view("Custom"));
    }
    // The kinds of the published neurons are these.
    QCOMPARE(kindPresetTitle(presetNeuron("ampa-point")->synapseKinds[0]),
             std::string_view("AMPA"));
    QCOMPARE(kindPresetTitle(presetNeuron("nmda-cable")->synapseKinds[0]),
             std::string_view("AMPA + NMDA (Human)"));
    QCOMPARE(kindPresetTitle(presetNeuron("nmda-cable")->synapseKinds[1]),
             std::string_view("GABA-A"));
}

void tst_SynapseEdit::textThereAndBack()
{
    Neuron neuron = treeWithTable();
    neuron.synapses[1].weight = 0.1 + 0.2; // 17 digits
    const std::vector<int> all{0, 1, 2, 3, 4};
    const auto back = synapsesFromText(neuron, synapsesToText(neuron, all));
    VERIFY_OK(back);
    QCOMPARE(*back, neuron.synapses);
    // From a spreadsheet on Windows, and by hand.
    const auto own =
        synapsesFromText(neuron, "shunt\toblique\t0.25\t3\r\n\r\nexcitatory\ttrunk\t1\r\n");
    VERIFY_OK(own);
    QCOMPARE(*own, (std::vector<Synapse>{{2, 3, 0.25, 3.0}, {0, 0, 1.0, 1.0}}));
    const auto commas =
        synapsesFromText(neuron, "kind,dendrite,x,weight\ninhibitory, tuft, .5, 2\n");
    VERIFY_OK(commas);
    QCOMPARE(*commas, (std::vector<Synapse>{{1, 2, 0.5, 2.0}}));
}

void tst_SynapseEdit::textRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("nothing") << QByteArray("") << QByteArray("clipboard");
    QTest::newRow("prose") << QByteArray("Dear student") << QByteArray("Line 1");
    QTest::newRow("kind") << QByteArray("excitatory\ttrunk\t0\nAMPB\ttrunk\t0")
                          << QByteArray("Line 2");
    QTest::newRow("dendrite") << QByteArray("excitatory\tapical\t0") << QByteArray("apical");
    QTest::newRow("x") << QByteArray("excitatory\ttrunk\t1.5") << QByteArray("1.5");
    QTest::newRow("no number") << QByteArray("excitatory\ttrunk\tnan") << QByteArray("nan");
    QTest::newRow("weight") << QByteArray("excitatory\ttrunk\t0\t-1") << QByteArray("-1");
    QTest::newRow("columns") << QByteArray("excitatory\ttrunk\t0\t1\t2") << QByteArray("5 columns");
}

void tst_SynapseEdit::textRefused()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, says);
    const auto read = synapsesFromText(treeWithTable(), text.toStdString());
    VERIFY_ERROR(read, ErrorCode::Format, says.toStdString());
}

void tst_SynapseEdit::anyEditsKeepTheCellValid()
{
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        RandomStream random({seed});
        Neuron neuron = seed % 2 ? treeWithTable() : presetNeuron("nmda-cable").value();
        for (int step = 0; step < 40; ++step) {
            std::vector<int> items;
            for (std::size_t i = 0; i < neuron.synapses.size(); ++i) {
                if (random.uniform() < 0.3)
                    items.push_back(static_cast<int>(i));
            }
            const int kind = static_cast<int>(random.below(neuron.synapseKinds.size()));
            const int dendrite = static_cast<int>(random.below(neuron.dendrites.size()));
            const std::size_t before = neuron.synapses.size();
            switch (random.below(10)) {
            case 0:
                addSynapses(neuron, {{kind, dendrite, random.uniform(), random.uniform(0, 9)}});
                break;
            case 1:
                moveSynapses(neuron, items, dendrite, random.uniform(-1.0, 2.0));
                break;
            case 2:
                shiftSynapses(neuron, items, random.uniform(-500.0, 500.0));
                break;
            case 3:
                snapSynapses(neuron, items);
                break;
            case 4:
                setSynapseKind(neuron, items, kind);
                break;
            case 5:
                removeSynapses(neuron, items);
                QCOMPARE(neuron.synapses.size(), before - items.size());
                break;
            case 6:
                scaleSynapseWeights(neuron, items, random.uniform(0.0, 100.0));
                break;
            case 7:
                setSynapseWeightsByDistance(neuron, items, random.uniform(0, 5),
                                            random.uniform(0, 5));
                break;
            case 8:
                addKind(neuron, neuron.synapseKinds[static_cast<std::size_t>(kind)]);
                break;
            case 9:
                if (neuron.synapseKinds.size() > 1) {
                    const int to = kind == 0 ? 1 : 0;
                    removeKind(neuron, kind,
                               random.uniform() < 0.5 ? std::optional(to) : std::nullopt);
                }
                break;
            }
            const Status valid = validateNeuron(neuron);
            VERIFY_OK(valid);
        }
    }
}

void tst_SynapseEdit::absurdTablesAreRefused()
{
    Neuron neuron = treeWithTable();
    for (const double weight : {-0.1, 1000.1, std::nan("")}) {
        neuron.synapses[1].weight = weight;
        VERIFY_ERROR(validateNeuron(neuron), ErrorCode::InvalidValue, "Synapse 2");
    }
    neuron.synapses.assign(static_cast<std::size_t>(MaxSynapses) + 1, {0, 0, 0.5});
    VERIFY_ERROR(validateNeuron(neuron), ErrorCode::InvalidValue, "50000");
}

void tst_SynapseEdit::rainFallsWhereSynapsesAre()
{
    Neuron neuron = presetNeuron("nmda-cable").value();
    Stimulus stimulus;
    stimulus.painted.clear();
    stimulus.rain.excSparsity = stimulus.rain.inhSparsity = 0.9;
    stimulus.axons.on = true;
    const SpikeInput whole = renderStimulus(stimulus, neuron);
    QCOMPARE(whole.events, renderStimulus(stimulus, 8).events); // every row hears: nothing is lost

    neuron.synapses = {{0, 0, 0.2}, {1, 0, 0.9}}; // excitation in row 1, inhibition in row 7
    const SpikeInput input = renderStimulus(stimulus, neuron);
    const Status valid = validateInput(input, neuron);
    VERIFY_OK(valid);
    std::vector<InputEvent> expected = whole.events;
    std::erase_if(expected, [](const InputEvent &e) {
        return !(e.polarity == Polarity::Excitatory ? e.row == 1 : e.row == 7);
    });
    QVERIFY(expected.size() > 100);
    QCOMPARE(input.events, expected);

    neuron.synapses.clear();
    QVERIFY(renderStimulus(stimulus, neuron).events.empty());
}

void tst_SynapseEdit::paintedEventsAreKept()
{
    Neuron neuron = presetNeuron("nmda-cable").value();
    neuron.synapses = {{0, 0, 0.2}};
    Stimulus stimulus;
    stimulus.rain.on = false;
    stimulus.durationMs = 100;
    stimulus.painted = {{Polarity::Excitatory, 1, 10, 2.0},
                        {Polarity::Inhibitory, 1, 10, 2.0}, // no inhibitory synapse there
                        {Polarity::Excitatory, 2, 10, 2.0}, // none at all
                        {Polarity::Excitatory, 2, 500, 2.0}, // after the end in any case
                        {Polarity::Excitatory, 99, 10, 2.0}};
    QCOMPARE(unheardEvents(stimulus, neuron), (std::vector<std::size_t>{1, 2}));
    QCOMPARE(renderStimulus(stimulus, neuron).events,
             (std::vector<InputEvent>{stimulus.painted[0]}));
    setOnePairPerSegment(neuron);
    QVERIFY(unheardEvents(stimulus, neuron).empty());
}

DT_TEST(tst_SynapseEdit, QCoreApplication)
#include "tst_SynapseEdit.moc"
