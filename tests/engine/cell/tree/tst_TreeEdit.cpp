// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/tree/TreeEdit.h"
#include "engine/input/MovedStimulus.h"

#include "engine/cell/Cable.h"
#include "engine/cell/Frusta.h"
#include "engine/cell/Presets.h"
#include "engine/cell/Validation.h"
#include "engine/cell/tree/TreePresets.h"
#include "engine/dataset/DatasetPlan.h"
#include "engine/input/Stimulus.h"
#include "tests/support/Neurons.h"
#include "tests/support/RandomTree.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <cmath>

using namespace dt;
using namespace dt::test;

namespace {

int indexOf(const Neuron &neuron, const std::string &name)
{
    for (std::size_t i = 0; i < neuron.dendrites.size(); ++i) {
        if (neuron.dendrites[i].name == name)
            return static_cast<int>(i);
    }
    return -2;
}

double areaOf(const Neuron &neuron)
{
    double area = 0.0;
    for (const Dendrite &d : neuron.dendrites)
        area += dendriteAreaUm2(d);
    return area;
}

/// Distance from the soma along the dendrites [um].
double pathOf(const Neuron &neuron, int dendrite, double x)
{
    double path = 0.0;
    while (dendrite != SomaIndex) {
        const Dendrite &d = neuron.dendrites[static_cast<std::size_t>(dendrite)];
        path += x * d.lengthUm;
        x = d.parentX;
        dendrite = d.parent;
    }
    return path;
}

/// A table that is not one pair per segment.
Neuron sparseTree()
{
    Neuron neuron = smallTree();
    neuron.synapses = {{0, 0, 0.1, 1.0},  {1, 0, 0.6, 2.0}, {0, 1, 0.5, 1.0},
                       {0, 2, 0.25, 0.5}, {1, 2, 0.9, 1.0}, {0, 3, 1.0, 1.0}};
    return neuron;
}

QString sentenceOf(const Result<EditOutcome> &outcome)
{
    return outcome ? QString() : QString::fromStdString(outcome.error().message);
}

} // namespace

class tst_TreeEdit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addsABranch();
    void splitKeepsEverything();
    void splitOfADrawnDendrite();
    void joinIsTheInverseOfSplit_data();
    void joinIsTheInverseOfSplit();
    void joinOfDifferentDiameters();
    void reconnectMovesTheBranch();
    void removeTellsWhatWent();
    void removeKeepsChildren();
    void duplicateCopiesSynapses();
    void renameKeepsPlaces();
    void lambdaRule();
    void stickAndBack();
    void refusals_data();
    void refusals();
    void stimulusFollows();
    void presetsAreValid();
    void rallsRule();
    void anyEdit_data();
    void anyEdit();
};

void tst_TreeEdit::addsABranch()
{
    Neuron neuron = smallTree();
    const auto outcome = addBranch(neuron, 0, 0.75, 120.0, 0.8);
    QVERIFY(outcome.ok());
    QCOMPARE(neuron.dendrites.size(), std::size_t(5));
    const Dendrite &d = neuron.dendrites.back();
    QCOMPARE(d.name, std::string("dend"));
    QCOMPARE(d.parent, 0);
    QCOMPARE(d.parentX, 0.75);
    QVERIFY(cableCard(neuron).segmentLambda > 0.0);
    QVERIFY(d.lengthUm / lengthConstantUm(d.diamUm, neuron.membrane) / d.segments < 0.2);
    QVERIFY(hasOnePairPerSegment(neuron));
    QCOMPARE(outcome->touched, std::vector<int>{4});
    QVERIFY(outcome->sentence().empty());
    // Names stay unique, and on the soma it works as well.
    QVERIFY(addBranch(neuron, SomaIndex, 1.0, 50.0, 1.0).ok());
    QCOMPARE(neuron.dendrites.back().name, std::string("dend_2"));
    QVERIFY(validateNeuron(neuron).ok());
}

void tst_TreeEdit::splitKeepsEverything()
{
    Neuron neuron = sparseTree();
    const Neuron before = neuron;
    const auto outcome = splitDendrite(neuron, 0, 0.55);
    QVERIFY(outcome.ok());
    QVERIFY(validateNeuron(neuron).ok());
    const int far = indexOf(neuron, "trunk_2");
    QCOMPARE(outcome->touched, std::vector<int>{far});
    const Dendrite &near = neuron.dendrites[0];
    QCOMPARE(near.name, std::string("trunk"));
    QCOMPARE(near.lengthUm, 220.0);
    QCOMPARE(neuron.dendrites[static_cast<std::size_t>(far)].lengthUm, 180.0);
    QCOMPARE(near.segments + neuron.dendrites[static_cast<std::size_t>(far)].segments, 3);
    // The branch at 0.5 stays on the near part, that at the end goes with the far one.
    QCOMPARE(neuron.dendrites[static_cast<std::size_t>(indexOf(neuron, "oblique"))].parent, 0);
    QCOMPARE(neuron.dendrites[static_cast<std::size_t>(indexOf(neuron, "tuft"))].parent, far);
    // Synapses are where they were, measured from the soma.
    QCOMPARE(neuron.synapses.size(), before.synapses.size());
    for (std::size_t i = 0; i < neuron.synapses.size(); ++i) {
        const Synapse &a = before.synapses[i];
        const Synapse &b = neuron.synapses[i];
        QCOMPARE(pathOf(neuron, b.dendrite, b.x), pathOf(before, a.dendrite, a.x));
        QCOMPARE(b.weight, a.weight);
        QCOMPARE(b.kind, a.kind);
    }
    QCOMPARE(areaOf(neuron), areaOf(before));
}

void tst_TreeEdit::splitOfADrawnDendrite()
{
    Neuron neuron = defaultNeuron();
    setPoints(neuron.dendrites[0], {{0, 0, 0, 4}, {100, 0, 0, 2}, {100, 100, 0, 1}});
    const double area = areaOf(neuron);
    QVERIFY(splitDendrite(neuron, 0, 0.25).ok());
    const std::vector<Point3> near{{0, 0, 0, 4}, {50, 0, 0, 3}};
    const std::vector<Point3> far{{50, 0, 0, 3}, {100, 0, 0, 2}, {100, 100, 0, 1}};
    QVERIFY(neuron.dendrites[0].points == near);
    QVERIFY(neuron.dendrites[1].points == far);
    QVERIFY(std::abs(areaOf(neuron) / area - 1.0) < 1e-9);
    QVERIFY(joinWithChild(neuron, 0).ok());
    QCOMPARE(neuron.dendrites.size(), std::size_t(1));
    QVERIFY(std::abs(areaOf(neuron) / area - 1.0) < 1e-9);

    // Where the diameter steps each side keeps its own.
    setPoints(neuron.dendrites[0], {{0, 0, 0, 2}, {10, 0, 0, 2}, {10, 0, 0, 1}, {20, 0, 0, 1}});
    QVERIFY(splitDendrite(neuron, 0, 0.5).ok());
    QVERIFY(neuron.dendrites[0].points == (std::vector<Point3>{{0, 0, 0, 2}, {10, 0, 0, 2}}));
    QVERIFY(neuron.dendrites[1].points == (std::vector<Point3>{{10, 0, 0, 1}, {20, 0, 0, 1}}));
}

void tst_TreeEdit::joinIsTheInverseOfSplit_data()
{
    QTest::addColumn<int>("dendrite");
    QTest::addColumn<double>("x");
    QTest::newRow("trunk, middle") << 0 << 0.5;
    QTest::newRow("trunk, near") << 0 << 0.25;
    QTest::newRow("tip") << 2 << 0.5;
    QTest::newRow("basal") << 1 << 0.75;
}

void tst_TreeEdit::joinIsTheInverseOfSplit()
{
    QFETCH(int, dendrite);
    QFETCH(double, x);
    Neuron neuron = sparseTree();
    const Neuron before = neuron;
    const std::string name = neuron.dendrites[static_cast<std::size_t>(dendrite)].name;
    QVERIFY(splitDendrite(neuron, dendrite, x).ok());
    QVERIFY(joinWithChild(neuron, indexOf(neuron, name)).ok());
    QCOMPARE(neuron.dendrites.size(), before.dendrites.size());
    for (std::size_t i = 0; i < before.dendrites.size(); ++i) {
        QCOMPARE(neuron.dendrites[i].name, before.dendrites[i].name);
        QCOMPARE(neuron.dendrites[i].parent, before.dendrites[i].parent);
        QCOMPARE(neuron.dendrites[i].parentX, before.dendrites[i].parentX);
        QCOMPARE(neuron.dendrites[i].lengthUm, before.dendrites[i].lengthUm);
    }
    for (std::size_t i = 0; i < before.synapses.size(); ++i) {
        QCOMPARE(neuron.synapses[i].dendrite, before.synapses[i].dendrite);
        QVERIFY(std::abs(neuron.synapses[i].x - before.synapses[i].x) < 1e-12);
    }
}

void tst_TreeEdit::joinOfDifferentDiameters()
{
    Neuron neuron = defaultNeuron();
    neuron.dendrites[0].lengthUm = 100.0;
    neuron.dendrites[0].diamUm = 2.0;
    QVERIFY(addBranch(neuron, 0, 1.0, 300.0, 1.0).ok());
    const double area = areaOf(neuron);
    const auto outcome = joinWithChild(neuron, 0);
    QVERIFY(outcome.ok());
    QCOMPARE(neuron.dendrites[0].lengthUm, 400.0);
    QCOMPARE(neuron.dendrites[0].diamUm, 1.25);
    QCOMPARE(areaOf(neuron), area);
    QVERIFY(QString::fromStdString(outcome->sentence()).contains(QStringLiteral("1.25 um")));
}

void tst_TreeEdit::reconnectMovesTheBranch()
{
    Neuron neuron = sparseTree();
    // trunk with all that hangs on it goes onto what comes behind it in the list
    QVERIFY(reconnect(neuron, 0, 1, 0.5).ok());
    QVERIFY(validateNeuron(neuron).ok());
    QCOMPARE(neuron.dendrites.front().name, std::string("basal")); // parents come first
    const int trunk = indexOf(neuron, "trunk");
    QCOMPARE(neuron.dendrites[static_cast<std::size_t>(trunk)].parent, 0);
    QCOMPARE(neuron.dendrites[static_cast<std::size_t>(trunk)].parentX, 0.5);
    QCOMPARE(branchOf(neuron, trunk).size(), std::size_t(3));
    QCOMPARE(neuron.synapses.front().dendrite, trunk);
    QCOMPARE(neuron.synapses.size(), std::size_t(6));
    // Pictures go by the order of the others: a branch that moves leaves it.
    Neuron order = sparseTree();
    order.dendrites.push_back({"side", SomaIndex, 1.0, 100.0, 1.0, 1, {}});
    const int side = indexOf(order, "side");
    std::vector<std::string> names;
    for (int i = 0; i < side; ++i) {
        if (i != indexOf(order, "basal"))
            names.push_back(order.dendrites[static_cast<std::size_t>(i)].name);
    }
    names.insert(names.end(), {"side", "basal"});
    QVERIFY(reconnect(order, indexOf(order, "basal"), side, 0.5).ok());
    for (std::size_t i = 0; i < names.size(); ++i)
        QCOMPARE(order.dendrites[i].name, names[i]);
    // A drawn branch goes along in space.
    Neuron drawn = defaultNeuron();
    setPoints(drawn.dendrites[0], {{0, 0, 0, 2}, {100, 0, 0, 2}});
    drawn.dendrites.push_back({"a", 0, 1.0, 1.0, 1.0, 1, {}});
    setPoints(drawn.dendrites[1], {{100, 0, 0, 1}, {100, 50, 0, 1}});
    QVERIFY(reconnect(drawn, 1, 0, 0.5).ok());
    QCOMPARE(drawn.dendrites[1].points.front().x, 50.0);
    QCOMPARE(drawn.dendrites[1].points.back().y, 50.0);
    // And when the parent grows, its branch stays on it.
    QVERIFY(setLength(drawn, {0}, 200.0).ok());
    QCOMPARE(drawn.dendrites[1].points.front().x, 100.0);
}

void tst_TreeEdit::removeTellsWhatWent()
{
    Neuron neuron = sparseTree();
    const auto outcome = removeDendrites(neuron, {0}, Children::Remove);
    QVERIFY(outcome.ok());
    QCOMPARE(outcome->removedDendrites, 3);
    QCOMPARE(outcome->removedSynapses, 5);
    QCOMPARE(QString::fromStdString(outcome->sentence()),
             QStringLiteral("Removed 3 dendrites with 5 synapses. Undo brings it back."));
    QCOMPARE(neuron.dendrites.size(), std::size_t(1));
    QCOMPARE(neuron.synapses.size(), std::size_t(1));
    QCOMPARE(neuron.synapses.front().dendrite, 0);
}

void tst_TreeEdit::removeKeepsChildren()
{
    Neuron neuron = sparseTree();
    const auto outcome = removeDendrites(neuron, {0}, Children::Reconnect);
    QVERIFY(outcome.ok());
    QCOMPARE(outcome->removedDendrites, 1);
    QCOMPARE(outcome->removedSynapses, 2);
    QCOMPARE(neuron.dendrites.size(), std::size_t(3));
    for (const Dendrite &d : neuron.dendrites)
        QCOMPARE(d.parent, SomaIndex);
    QVERIFY(validateNeuron(neuron).ok());
}

void tst_TreeEdit::duplicateCopiesSynapses()
{
    Neuron neuron = sparseTree();
    const auto outcome = duplicateBranch(neuron, 0);
    QVERIFY(outcome.ok());
    QCOMPARE(neuron.dendrites.size(), std::size_t(7));
    QCOMPARE(neuron.synapses.size(), std::size_t(11));
    const int copy = outcome->touched.front();
    QCOMPARE(neuron.dendrites[static_cast<std::size_t>(copy)].name, std::string("trunk_2"));
    QCOMPARE(branchOf(neuron, copy).size(), std::size_t(3));
    QVERIFY(validateNeuron(neuron).ok());
    Neuron paired = smallTree();
    QVERIFY(duplicateBranch(paired, 2).ok());
    QVERIFY(hasOnePairPerSegment(paired));
}

void tst_TreeEdit::renameKeepsPlaces()
{
    Neuron neuron = sparseTree();
    const Neuron before = neuron;
    QVERIFY(renameDendrite(neuron, 2, "tuft left").ok());
    QCOMPARE(neuron.dendrites[2].name, std::string("tuft left"));
    QVERIFY(neuron.synapses == before.synapses);
    QVERIFY(renameDendrite(neuron, 2, "tuft left").ok()); // its own name is not taken
}

void tst_TreeEdit::lambdaRule()
{
    Neuron neuron = smallTree();
    QVERIFY(setSegmentsByLambda(neuron, {0, 2}, 0.05).ok());
    QCOMPARE(neuron.dendrites[1].segments, 2); // was not chosen
    for (const std::size_t d : {0U, 2U}) {
        const Dendrite &dendrite = neuron.dendrites[d];
        const double share = dendrite.lengthUm / lengthConstantUm(dendrite.diamUm, neuron.membrane)
            / dendrite.segments;
        QVERIFY2(share < 0.08, qPrintable(QString::number(share)));
    }
    QVERIFY(hasOnePairPerSegment(neuron));
}

void tst_TreeEdit::stickAndBack()
{
    Neuron neuron = defaultNeuron();
    const Neuron before = neuron;
    QVERIFY(splitDendrite(neuron, 0, 0.25).ok());
    QVERIFY(splitDendrite(neuron, 1, 0.5).ok());
    QVERIFY(isUnbranched(neuron));
    QVERIFY(toStick(neuron).ok());
    QVERIFY(neuron.isBallAndStick());
    QVERIFY(neuron == before);
    QVERIFY(!toStick(neuron)->touched.empty());
    Neuron tree = smallTree();
    QVERIFY(!toStick(tree).ok());
}

void tst_TreeEdit::refusals_data()
{
    QTest::addColumn<int>("which");
    QTest::addColumn<QString>("says");
    QTest::newRow("zero length") << 0 << QStringLiteral("0 um");
    QTest::newRow("negative diameter") << 1 << QStringLiteral("-1 um");
    QTest::newRow("not a number") << 2 << QStringLiteral("nan");
    QTest::newRow("outside the parent") << 3 << QStringLiteral("1.5");
    QTest::newRow("split at the end") << 4 << QStringLiteral("ends");
    QTest::newRow("split outside") << 5 << QStringLiteral("ends");
    QTest::newRow("join a fork") << 6 << QStringLiteral("fork");
    QTest::newRow("join a tip") << 7 << QStringLiteral("nothing hangs");
    QTest::newRow("loop") << 8 << QStringLiteral("loop");
    QTest::newRow("on itself") << 9 << QStringLiteral("itself");
    QTest::newRow("the last one") << 10 << QStringLiteral("at least one");
    QTest::newRow("name taken") << 11 << QStringLiteral("taken");
    QTest::newRow("no name") << 12 << QStringLiteral("needs a name");
    QTest::newRow("soma as name") << 13 << QStringLiteral("taken");
    QTest::newRow("no segments") << 14 << QStringLiteral("0 segments");
    QTest::newRow("too many segments") << 15 << QStringLiteral("1001 segments");
    QTest::newRow("absurd length") << 16 << QStringLiteral("1000000000 um");
    QTest::newRow("a dendrite that is gone") << 17 << QStringLiteral("no such dendrite");
    QTest::newRow("absurd share") << 18 << QStringLiteral("0.001 to 10");
}

void tst_TreeEdit::refusals()
{
    QFETCH(int, which);
    QFETCH(QString, says);
    Neuron neuron = sparseTree();
    neuron.dendrites.push_back({"second", 0, 1.0, 50.0, 1.0, 1, {}});
    const Neuron before = neuron;
    const auto attempt = [&]() -> Result<EditOutcome> {
        switch (which) {
        case 0:
            return setLength(neuron, {1}, 0.0);
        case 1:
            return setDiameter(neuron, {0, 1}, -1.0);
        case 2:
            return addBranch(neuron, 0, 0.5, std::nan(""), 1.0);
        case 3:
            return addBranch(neuron, 0, 1.5, 100.0, 1.0);
        case 4:
            return splitDendrite(neuron, 0, 1.0);
        case 5:
            return splitDendrite(neuron, 0, std::nan(""));
        case 6:
            return joinWithChild(neuron, 0);
        case 7:
            return joinWithChild(neuron, 1);
        case 8:
            return reconnect(neuron, 0, 2, 1.0);
        case 9:
            return reconnect(neuron, 0, 0, 1.0);
        case 10:
            return removeDendrites(neuron, {0, 1}, Children::Remove);
        case 11:
            return renameDendrite(neuron, 0, "tuft");
        case 12:
            return renameDendrite(neuron, 0, "  ");
        case 13:
            return renameDendrite(neuron, 0, "soma");
        case 14:
            return setSegmentCount(neuron, {0}, 0);
        case 15:
            return setSegmentCount(neuron, {0}, 1001);
        case 16:
            return setLength(neuron, {0}, 1.0e9);
        case 17:
            return splitDendrite(neuron, 99, 0.5);
        default:
            return setSegmentsByLambda(neuron, {}, 0.0);
        }
    };
    const Result<EditOutcome> outcome = attempt();
    QVERIFY(!outcome.ok());
    const QString sentence = sentenceOf(outcome);
    QVERIFY2(sentence.contains(says), qPrintable(sentence));
    QVERIFY2(sentence.endsWith(u'.'), qPrintable(sentence));
    QVERIFY(!outcome.error().place.empty());
    QVERIFY(neuron == before);
}

void tst_TreeEdit::stimulusFollows()
{
    const Neuron before = sparseTree();
    Stimulus stimulus;
    // rows: trunk 0-2, tuft 3-4, oblique 5, basal 6-7
    stimulus.painted = {{Polarity::Excitatory, 0, 10, 1.0}, // trunk, synapse at 0.1
                        {Polarity::Inhibitory, 1, 20, 1.0}, // trunk, synapse at 0.6
                        {Polarity::Excitatory, 3, 30, 1.0}, // tuft
                        {Polarity::Excitatory, 6, 40, 1.0}}; // basal
    stimulus.electrodes.resize(2);
    stimulus.electrodes[0].dendrite = 0;
    stimulus.electrodes[0].x = 0.9;
    stimulus.electrodes[1].name = "second";
    stimulus.electrodes[1].dendrite = 2;

    Neuron split = before;
    const auto cut = splitDendrite(split, 0, 0.58);
    Stimulus moved = stimulus;
    StimulusLoss loss = moveStimulus(before, cut->places, split, moved);
    QCOMPARE(loss.events, 0);
    QCOMPARE(loss.electrodes, 0);
    const std::vector<SegmentRef> rows = segmentRows(split);
    const auto nameOf = [&](const InputEvent &e) {
        const SegmentRef &row = rows[static_cast<std::size_t>(e.row)];
        return split.dendrites[static_cast<std::size_t>(row.dendrite)].name;
    };
    QCOMPARE(nameOf(moved.painted[0]), std::string("trunk"));
    // Its row's centre lies before the cut, its synapse behind it: it follows the synapse.
    QCOMPARE(nameOf(moved.painted[1]), std::string("trunk_2"));
    QCOMPARE(nameOf(moved.painted[2]), std::string("tuft"));
    QCOMPARE(nameOf(moved.painted[3]), std::string("basal"));
    QCOMPARE(moved.electrodes[0].dendrite, indexOf(split, "trunk_2"));
    QVERIFY(std::abs(moved.electrodes[0].x - 0.32 / 0.42) < 1e-12);
    QCOMPARE(moved.electrodes[1].dendrite, indexOf(split, "tuft"));

    Neuron cutOff = before;
    const auto gone = removeDendrites(cutOff, {0}, Children::Remove);
    moved = stimulus;
    loss = moveStimulus(before, gone->places, cutOff, moved);
    QCOMPARE(loss.events, 3);
    QCOMPARE(loss.electrodes, 2);
    QCOMPARE(moved.painted.size(), std::size_t(1));
    QCOMPARE(moved.painted[0].row, 0);
}

void tst_TreeEdit::presetsAreValid()
{
    for (const TreePreset &preset : treePresets()) {
        Neuron neuron = smallTree();
        const Neuron before = neuron;
        const auto outcome = plantTree(neuron, preset.name);
        QVERIFY2(outcome.ok(), preset.title.data());
        QVERIFY2(validateNeuron(neuron).ok(), preset.title.data());
        QVERIFY(hasOnePairPerSegment(neuron));
        QVERIFY2(!cableCard(neuron).coarse(), preset.title.data());
        QCOMPARE(neuron.membrane, before.membrane);
        // The way from the soma to the farthest tip is where everything goes.
        Stimulus stimulus;
        for (int row = 0; row < before.segmentCount(); ++row)
            stimulus.painted.push_back({Polarity::Excitatory, row, 10 + row, 1.0});
        const StimulusLoss loss = moveStimulus(before, outcome->places, neuron, stimulus);
        QCOMPARE(loss.events, 0);
    }
    QVERIFY(plantTree(*std::make_unique<Neuron>(defaultNeuron()), "stick").ok());
    Neuron neuron = smallTree();
    QCOMPARE(shortName(neuron), std::string("TreeNeuron_Soma_Hay2011_4dendrites_8segs"));
    QCOMPARE(neuronTitle(neuron), std::string("Tree of 4 dendrites, AMPA + NMDA (Human)"));
    QVERIFY(plantTree(neuron, "stick").ok());
    QVERIFY(neuron.isBallAndStick());
    QVERIFY(!plantTree(neuron, "oak").ok());
}

void tst_TreeEdit::rallsRule()
{
    const double d = rallDiameterUm(2.0);
    QVERIFY(std::abs(2.0 * std::pow(d, 1.5) - std::pow(2.0, 1.5)) < 1e-12);
    // Every way from the soma to a tip of the binary tree is electrically as long.
    Neuron neuron = defaultNeuron();
    QVERIFY(plantTree(neuron, "binary").ok());
    QCOMPARE(neuron.dendrites.size(), std::size_t(31));
    double expected = 0.0;
    for (std::size_t i = 15; i < 31; ++i) {
        double length = 0.0;
        for (int k = static_cast<int>(i); k != SomaIndex;
             k = neuron.dendrites[static_cast<std::size_t>(k)].parent) {
            const Dendrite &part = neuron.dendrites[static_cast<std::size_t>(k)];
            length += part.lengthUm / lengthConstantUm(part.diamUm, neuron.membrane);
        }
        if (i == 15)
            expected = length;
        QVERIFY(std::abs(length - expected) < 1e-9);
    }
}

void tst_TreeEdit::anyEdit_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 12; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

// Whatever is done, the neuron stays valid and synapses stay where they were on what is left.
void tst_TreeEdit::anyEdit()
{
    QFETCH(unsigned, seed);
    Dice dice(seed);
    Neuron neuron = randomTree(dice, 8);
    if (seed % 2 == 0)
        neuron.synapses.erase(neuron.synapses.begin(), neuron.synapses.begin() + 3);
    int done = 0;
    for (int step = 0; step < 150; ++step) {
        const Neuron before = neuron;
        const bool paired = hasOnePairPerSegment(before);
        const Result<EditOutcome> outcome = randomTreeEdit(neuron, dice);
        if (!outcome) {
            QVERIFY(neuron == before);
            QVERIFY(sentenceOf(outcome).endsWith(u'.'));
            continue;
        }
        ++done;
        const Status valid = validateNeuron(neuron);
        QVERIFY2(valid.ok(), valid ? "" : valid.error().message.c_str());
        QCOMPARE(hasOnePairPerSegment(neuron), paired);
        QCOMPARE(outcome->places.of.size(), before.dendrites.size());
        for (int d = 0; d < static_cast<int>(before.dendrites.size()); ++d) {
            for (const double x : {0.0, 0.3, 1.0}) {
                int to = d;
                double newX = x;
                if (outcome->places.move(to, newX)) {
                    QVERIFY(to >= 0 && to < static_cast<int>(neuron.dendrites.size()));
                    QVERIFY(newX >= 0.0 && newX <= 1.0);
                }
            }
        }
        for (const int d : outcome->touched)
            QVERIFY(d >= 0 && d < static_cast<int>(neuron.dendrites.size()));
    }
    QVERIFY2(done > 50, qPrintable(QString::number(done)));
}

DT_TEST(tst_TreeEdit, QCoreApplication)
#include "tst_TreeEdit.moc"
