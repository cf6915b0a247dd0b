// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Frusta.h"
#include "engine/cell/Presets.h"
#include "engine/cell/tree/TreeEdit.h"

#include <random>

namespace dt::test {

/// Numbers from a seed, the same everywhere.
class Dice
{
public:
    explicit Dice(unsigned seed) : m_engine(seed) { }
    int below(int n) { return static_cast<int>(m_engine() % static_cast<unsigned>(n)); }
    double between(double lo, double hi)
    {
        return lo + (hi - lo) * static_cast<double>(m_engine()) / 4294967295.0;
    }

private:
    std::mt19937 m_engine;
};

/// A tree of `count` dendrites, about a third of them drawn, with a pair of synapses on every
/// segment.
inline Neuron randomTree(Dice &dice, int count, bool drawn = true)
{
    Neuron neuron = defaultNeuron();
    neuron.dendrites.clear();
    for (int i = 0; i < count; ++i) {
        Dendrite d;
        d.name = "d" + std::to_string(i);
        d.parent = i == 0 ? SomaIndex : dice.below(i + 1) - 1;
        d.parentX = dice.below(3) > 0 ? 1.0 : dice.between(0.0, 1.0);
        d.lengthUm = dice.between(10.0, 400.0);
        d.diamUm = dice.between(0.3, 4.0);
        d.segments = 1 + dice.below(5);
        if (drawn && dice.below(3) == 0) {
            std::vector<Point3> points;
            Point3 p{dice.between(-50, 50), dice.between(-50, 50), dice.between(-50, 50), 1.0};
            const int n = 2 + dice.below(4);
            for (int k = 0; k < n; ++k) {
                p.diam = dice.between(0.4, 3.0);
                points.push_back(p);
                p.x += dice.between(5, 40);
                p.y += dice.between(-30, 30);
                p.z += dice.between(-30, 30);
            }
            setPoints(d, points);
        }
        neuron.dendrites.push_back(d);
    }
    neuron.synapses = onePairPerSegment(neuron);
    return neuron;
}

/// One random edit of a tree; many are refused.
inline Result<EditOutcome> randomTreeEdit(Neuron &neuron, Dice &dice)
{
    const int n = static_cast<int>(neuron.dendrites.size());
    const int d = dice.below(n);
    switch (dice.below(13)) {
    case 0:
        return addBranch(neuron, dice.below(n + 1) - 1, dice.between(0.0, 1.0),
                         dice.between(1.0, 300.0), dice.between(0.1, 5.0));
    case 1:
        return splitDendrite(neuron, d, dice.between(-0.1, 1.1));
    case 2:
        return joinWithChild(neuron, d);
    case 3:
        return reconnect(neuron, d, dice.below(n + 1) - 1,
                         dice.below(2) ? 1.0 : dice.between(0, 1));
    case 4:
        return removeDendrites(neuron, {d}, dice.below(2) ? Children::Remove : Children::Reconnect);
    case 5:
        return n < 60 ? duplicateBranch(neuron, d) : setParentX(neuron, d, 0.25);
    case 6:
        return renameDendrite(neuron, d, "name" + std::to_string(dice.below(30)));
    case 7:
        return setParentX(neuron, d, dice.between(0.0, 1.0));
    case 8:
        return setLength(neuron, {d}, dice.between(0.0, 800.0));
    case 9:
        return setDiameter(neuron, {d, dice.below(n)}, dice.between(0.0, 6.0));
    case 10:
        return setSegmentCount(neuron, {d}, dice.below(9));
    case 11:
        return setSegmentsByLambda(neuron, {}, dice.between(0.1, 0.5));
    default:
        return toStick(neuron);
    }
}

} // namespace dt::test
