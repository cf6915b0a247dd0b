// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/DendritePath.h"

#include "engine/cell/Presets.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

using namespace dt;

namespace {

Neuron tree()
{
    Neuron neuron = defaultNeuron();
    const auto section = [](const char *name, int parent, double parentX, double um, int segments) {
        Dendrite d;
        d.name = name;
        d.parent = parent;
        d.parentX = parentX;
        d.lengthUm = um;
        d.segments = segments;
        return d;
    };
    neuron.dendrites = {section("trunk", SomaIndex, 1.0, 400.0, 4),
                        section("side", 0, 0.5, 100.0, 2), section("end", 0, 1.0, 300.0, 1)};
    return neuron;
}

} // namespace

class tst_DendritePath : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tips()
    {
        QVERIFY((dendriteTips(tree()) == std::vector<int>{1, 2}));
        QVERIFY((dendriteTips(defaultNeuron()) == std::vector<int>{0}));
    }

    void stick()
    {
        Neuron neuron = defaultNeuron();
        neuron.dendrites.front().lengthUm = 300.0;
        setSegments(neuron, 0, 3);
        QVERIFY((placesTo(neuron, 0)
                 == std::vector<PathPlace>{{SomaIndex, 0.0}, {0, 50.0}, {1, 150.0}, {2, 250.0}}));
        QCOMPARE(pathLengthUm(neuron, 0), 300.0);
    }

    /// Of the trunk only the part before the branch point lies on the way to the side branch.
    void branch()
    {
        const Neuron neuron = tree();
        const std::vector<int> first = firstRows(neuron);
        QVERIFY((placesTo(neuron, 1)
                 == std::vector<PathPlace>{{SomaIndex, 0.0},
                                           {first[0], 50.0},
                                           {first[0] + 1, 150.0},
                                           {first[1], 225.0},
                                           {first[1] + 1, 275.0}}));
        QCOMPARE(pathLengthUm(neuron, 1), 300.0);
        QCOMPARE(placesTo(neuron, 2).size(), std::size_t{6});
        QCOMPARE(placesTo(neuron, 2).back().distanceUm, 550.0);
        QCOMPARE(pathLengthUm(neuron, 2), 700.0);
    }

    void nowhere()
    {
        QCOMPARE(placesTo(tree(), -1).size(), std::size_t{1});
        QCOMPARE(placesTo(tree(), 7).size(), std::size_t{1});
        QCOMPARE(pathLengthUm(tree(), -1), 0.0);
    }
};

DT_TEST(tst_DendritePath, QCoreApplication)
#include "tst_DendritePath.moc"
