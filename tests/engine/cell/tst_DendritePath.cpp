// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/DendritePath.h"

#include "engine/cell/Presets.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <utility>

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

using RowAndUm = std::pair<int, double>;

std::vector<RowAndUm> stopsOn(const Neuron &neuron, const DendritePath &path)
{
    std::vector<RowAndUm> stops;
    for (const DendritePath::Stop &stop : path.stops(neuron))
        stops.emplace_back(stop.row, stop.distanceUm);
    return stops;
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
        const DendritePath path = pathTo(neuron, 0);
        QVERIFY((stopsOn(neuron, path)
                 == std::vector<RowAndUm>{{SomaIndex, 0.0}, {0, 50.0}, {1, 150.0}, {2, 250.0}}));
        QCOMPARE(path.lengthUm(), 300.0);
        QCOMPARE(reachUm(neuron), 300.0);
    }

    /// Of the trunk only the part before the branch point lies on the way to the side branch.
    void branch()
    {
        const Neuron neuron = tree();
        const std::vector<int> first = firstRows(neuron);
        QVERIFY((stopsOn(neuron, pathTo(neuron, 1))
                 == std::vector<RowAndUm>{{SomaIndex, 0.0},
                                          {first[0], 50.0},
                                          {first[0] + 1, 150.0},
                                          {first[1], 225.0},
                                          {first[1] + 1, 275.0}}));
        QCOMPARE(pathTo(neuron, 1).lengthUm(), 300.0);
        const DendritePath end = pathTo(neuron, 2);
        QCOMPARE(end.stops(neuron).size(), std::size_t{6});
        QCOMPARE(end.stops(neuron).back().distanceUm, 550.0);
        QCOMPARE(end.stops(neuron).back().place, (Place{2, 0.5}));
        QCOMPARE(end.lengthUm(), 700.0);
        QCOMPARE(reachUm(neuron), 700.0);
    }

    /// A path may end anywhere, and every door says the same length of it.
    void toAPlace()
    {
        const Neuron neuron = tree();
        const Place place{1, 0.25};
        const DendritePath path(neuron, place);
        QCOMPARE(path.lengthUm(), 225.0);
        QCOMPARE(distanceUm(neuron, place), 225.0);
        QCOMPARE(dendriteStartsUm(neuron)[1], 200.0);
        QCOMPARE(path.at(1.0), place);
        QCOMPARE(path.tip(), 1);
        QCOMPARE(path.stops(neuron).size(), std::size_t{4});
    }

    /// Farthest in um is not farthest in length constants: thin dendrites are long.
    void farthest()
    {
        Neuron neuron = tree();
        QCOMPARE(farthestTip(neuron, PathMeasure::Um), 2);
        QCOMPARE(farthestTip(neuron, PathMeasure::Lambda), 2);
        neuron.dendrites[1].diamUm = 0.01;
        QCOMPARE(farthestTip(neuron, PathMeasure::Um), 2);
        QCOMPARE(farthestTip(neuron, PathMeasure::Lambda), 1);
        neuron.dendrites.clear();
        QCOMPARE(farthestTip(neuron, PathMeasure::Um), SomaIndex);
    }

    void nowhere()
    {
        for (const int none : {SomaIndex, 7}) {
            const DendritePath path = pathTo(tree(), none);
            QCOMPARE(path.stops(tree()).size(), std::size_t{1});
            QCOMPARE(path.lengthUm(), 0.0);
            QCOMPARE(path.tip(), SomaIndex);
            QVERIFY(path.at(0.5).isSoma());
        }
    }
};

DT_TEST(tst_DendritePath, QCoreApplication)
#include "tst_DendritePath.moc"
