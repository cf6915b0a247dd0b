// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/synapses/SynapseDistribution.h"

#include "engine/base/Random.h"
#include "engine/cell/DendritePath.h"
#include "engine/cell/Frusta.h"
#include "engine/cell/Validation.h"
#include "engine/cell/synapses/SynapseEdit.h"
#include "tests/support/Neurons.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>

using namespace dt;
using namespace dt::test;

namespace {

Neuron stick()
{
    Neuron neuron = presetNeuron("nmda-cable").value();
    neuron.synapses.clear();
    return neuron;
}

std::vector<Synapse> put(const Neuron &neuron, const Distribution &wanted)
{
    const auto synapses = distributedSynapses(neuron, wanted);
    if (!synapses)
        qFatal("%s", synapses.error().message.c_str());
    return *synapses;
}

} // namespace

class tst_SynapseDistribution : public QObject
{
    Q_OBJECT

    using Change = std::function<void(Distribution &)>;

private Q_SLOTS:
    void treeRelations();
    void evenOnTheStick();
    void densityPerLengthAndMembrane();
    void membraneOfACone();
    void gradient();
    void seeds();
    void snapsToSegments();
    void alongAPath();
    void refused_data();
    void refused();
    void anyWishIsKept();
};

void tst_SynapseDistribution::treeRelations()
{
    const auto dendritesTo = [](int tip) {
        const DendritePath path = pathTo(smallTree(), tip);
        std::vector<int> way;
        for (const DendritePath::Piece &piece : path.pieces())
            way.push_back(piece.dendrite);
        return way;
    };
    QCOMPARE(dendritesTo(2), (std::vector<int>{0, 2}));
    QCOMPARE(dendritesTo(1), (std::vector<int>{1}));
    QCOMPARE(dendriteTips(smallTree()), (std::vector<int>{2, 3, 1}));
}

void tst_SynapseDistribution::evenOnTheStick()
{
    Distribution wanted;
    wanted.count = 8;
    wanted.weight = 2.5;
    const std::vector<Synapse> even = put(stick(), wanted);
    QCOMPARE(even.size(), std::size_t(8));
    for (std::size_t i = 0; i < 8; ++i) {
        QVERIFY(std::abs(even[i].x - (double(i) + 0.5) / 8.0) < 1e-12);
        QCOMPARE(even[i].weight, 2.5);
    }
    // A cluster around 40 % of the way.
    wanted.fromUm = 0.35 * 2048;
    wanted.toUm = 0.45 * 2048;
    for (const Synapse &s : put(stick(), wanted))
        QVERIFY(s.x > 0.35 && s.x < 0.45);
}

void tst_SynapseDistribution::densityPerLengthAndMembrane()
{
    Distribution wanted;
    wanted.amount = Distribution::Amount::PerUm;
    wanted.density = 0.1;
    QCOMPARE(put(stick(), wanted).size(), std::size_t(205)); // of 204.8
    wanted.amount = Distribution::Amount::PerUm2;
    wanted.density = 0.01;
    QCOMPARE(put(stick(), wanted).size(), std::size_t(std::lround(0.01 * 2048.0 * M_PI)));
    // Thick branches get more of them than thin ones of the same length.
    Neuron tree = smallTree();
    tree.synapses.clear();
    wanted.density = 0.1;
    int counts[4] = {};
    for (const Synapse &s : put(tree, wanted))
        ++counts[s.dendrite];
    QVERIFY(std::abs(counts[0] / 400.0 - 2.0 * counts[2] / 300.0) < 0.01);
}

void tst_SynapseDistribution::membraneOfACone()
{
    Neuron neuron = stick();
    setPoints(neuron.dendrites[0], {{0, 0, 0, 6.0}, {100, 0, 0, 2.0}, {100, 300, 0, 1.0}});
    Distribution wanted;
    wanted.amount = Distribution::Amount::PerUm2;
    wanted.density = 1.0;
    const std::vector<Synapse> all = put(neuron, wanted);
    QVERIFY(std::abs(double(all.size()) - frustaAreaUm2(neuron.dendrites[0].points)) <= 1.0);
    const double thick = frustaAreaUm2({{0, 0, 0, 6.0}, {50, 0, 0, 4.0}});
    const auto inThick =
        std::count_if(all.begin(), all.end(), [](const Synapse &s) { return s.x * 400.0 < 50.0; });
    QVERIFY(std::abs(double(inThick) - thick) < 0.01 * thick);
}

void tst_SynapseDistribution::gradient()
{
    Distribution wanted;
    wanted.count = 4000;
    wanted.gradient = 3.0; // from 0.5 to 1.5 of the mean: the near half holds 3/8
    const auto near = [](const std::vector<Synapse> &all) {
        return std::count_if(all.begin(), all.end(), [](const Synapse &s) { return s.x < 0.5; });
    };
    QVERIFY(std::abs(near(put(stick(), wanted)) - 1500) <= 1);
    wanted.gradient = 0.0;
    QVERIFY(std::abs(near(put(stick(), wanted)) - 3000) <= 1);
    wanted.placing = Distribution::Placing::Random;
    QVERIFY(std::abs(near(put(stick(), wanted)) - 3000) < 120);
}

void tst_SynapseDistribution::seeds()
{
    Distribution wanted;
    wanted.placing = Distribution::Placing::Random;
    wanted.count = 50;
    const std::vector<Synapse> first = put(stick(), wanted);
    QCOMPARE(put(stick(), wanted), first);
    wanted.seed = 2;
    QVERIFY(put(stick(), wanted) != first);
    wanted.seed = 1;
    wanted.count = 60; // more leave the earlier ones where they were
    std::vector<Synapse> more = put(stick(), wanted);
    more.resize(50);
    QCOMPARE(more, first);
}

void tst_SynapseDistribution::snapsToSegments()
{
    Distribution wanted;
    wanted.count = 100;
    wanted.snap = true;
    wanted.placing = Distribution::Placing::Random;
    for (const Synapse &s : put(stick(), wanted))
        QVERIFY(isAtSegmentCentre(stick().dendrites[0], s.x));
}

void tst_SynapseDistribution::alongAPath()
{
    Distribution wanted;
    wanted.where = Distribution::Where::Path;
    wanted.tip = 2;
    wanted.count = 70;
    wanted.fromUm = 350.0;
    wanted.toUm = 450.0;
    for (const Synapse &s : put(smallTree(), wanted)) {
        QVERIFY(s.dendrite == 0 || s.dendrite == 2);
        const double um = distanceUm(smallTree(), {s.dendrite, s.x});
        QVERIFY(um > 350.0 && um < 450.0);
    }
    // Of a parent the way takes only what lies before the branch point.
    Neuron early = smallTree();
    early.dendrites[2].parentX = 0.25;
    wanted.fromUm = 0.0;
    wanted.toUm = 1e9;
    for (const Synapse &s : put(early, wanted))
        QVERIFY(s.dendrite == 2 || s.x <= 0.25 + 1e-9);
    wanted.where = Distribution::Where::Dendrites;
    wanted.dendrites = {3, 1, 3};
    wanted.fromUm = 0.0;
    wanted.toUm = 1e9;
    int counts[4] = {};
    for (const Synapse &s : put(smallTree(), wanted))
        ++counts[s.dendrite];
    QCOMPARE(counts[0] + counts[2], 0);
    QCOMPARE(counts[1], 42); // 150 of 250 um
}

void tst_SynapseDistribution::refused_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const QString &says, Change change) {
        QTest::newRow(name) << change << says;
    };
    row("kind", "kind", [](Distribution &d) { d.kind = 7; });
    row("empty stretch", "stretch", [](Distribution &d) { d.fromUm = 100, d.toUm = 50; });
    row("beyond the tip", "no dendrite", [](Distribution &d) { d.fromUm = 3000; });
    row("no dendrite chosen", "selected",
        [](Distribution &d) { d.where = Distribution::Where::Dendrites; });
    row("a dendrite that is gone", "not exist", [](Distribution &d) {
        d.where = Distribution::Where::Dendrites;
        d.dendrites = {4};
    });
    row("a tip that is gone", "no dendrite", [](Distribution &d) {
        d.where = Distribution::Where::Path;
        d.tip = -1;
    });
    row("too many", "50000", [](Distribution &d) { d.count = 60000; });
    row("far too dense", "fewer", [](Distribution &d) {
        d.amount = Distribution::Amount::PerUm;
        d.density = 1e5;
    });
    row("negative", "new synapses", [](Distribution &d) { d.count = -1; });
    row("weight", "weight", [](Distribution &d) { d.weight = -1.0; });
    row("not a number", "gradient", [](Distribution &d) { d.gradient = std::nan(""); });
    row("no density", "density", [](Distribution &d) {
        d.amount = Distribution::Amount::PerUm;
        d.density = -0.1;
    });
}

void tst_SynapseDistribution::refused()
{
    QFETCH(Change, change);
    QFETCH(QString, says);
    Distribution wanted;
    change(wanted);
    const auto synapses = distributedSynapses(stick(), wanted);
    VERIFY_ERROR(synapses, ErrorCode::InvalidValue, says.toStdString());
}

void tst_SynapseDistribution::anyWishIsKept()
{
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        RandomStream random({seed, 42});
        Neuron neuron = seed % 3 ? treeWithTable() : stick();
        if (seed % 5 == 0)
            setPoints(neuron.dendrites[0],
                      {{0, 0, 0, 3.0}, {0, 0, 0, 2.0}, {50, 20, 0, 2.0}, {90, 0, 0, 0.1}});
        Distribution wanted;
        wanted.where = static_cast<Distribution::Where>(random.below(3));
        wanted.dendrites = {static_cast<int>(random.below(neuron.dendrites.size()))};
        wanted.tip = static_cast<int>(random.below(neuron.dendrites.size()));
        wanted.amount = static_cast<Distribution::Amount>(random.below(3));
        wanted.count = static_cast<int>(random.below(200));
        wanted.density = random.uniform(0.0, 0.2);
        wanted.gradient = random.uniform(0.0, 10.0);
        wanted.placing = static_cast<Distribution::Placing>(random.below(2));
        wanted.seed = seed;
        wanted.fromUm = random.uniform(0.0, 90.0);
        wanted.toUm = wanted.fromUm + random.uniform(1.0, 500.0);
        const auto synapses = distributedSynapses(neuron, wanted);
        if (!synapses) { // only where the stretch misses the dendrites
            VERIFY_ERROR(synapses, ErrorCode::InvalidValue, "no dendrite");
            continue;
        }
        if (wanted.amount == Distribution::Amount::Count)
            QCOMPARE(synapses->size(), static_cast<std::size_t>(wanted.count));
        for (const Synapse &s : *synapses) {
            const double um = distanceUm(neuron, {s.dendrite, s.x});
            QVERIFY(um >= wanted.fromUm - 1e-9 && um <= wanted.toUm + 1e-9);
            if (wanted.where == Distribution::Where::Dendrites)
                QCOMPARE(s.dendrite, wanted.dendrites[0]);
        }
        addSynapses(neuron, *synapses);
        const Status valid = validateNeuron(neuron);
        VERIFY_OK(valid);
    }
}

DT_TEST(tst_SynapseDistribution, QCoreApplication)
#include "tst_SynapseDistribution.moc"
