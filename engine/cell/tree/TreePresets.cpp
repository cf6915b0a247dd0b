// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/tree/TreePresets.h"

#include "engine/cell/DendritePath.h"
#include "engine/cell/LambdaRule.h"
#include "engine/cell/Names.h"
#include "engine/cell/Presets.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace dt {

namespace {

constexpr std::array Presets{
    TreePreset{"stick", "Stick",
               "One dendrite of 2048 x 1 um in 64 segments: the ball-and-stick again."},
    TreePreset{"y", "Y", "A trunk that forks once: compare one daughter with the other."},
    TreePreset{"binary", "Binary Tree",
               "Forks four times by Rall's 3/2 rule, so that input to all tips acts as on one "
               "cylinder."},
    TreePreset{
        "apical", "Apical with Obliques",
        "A thick trunk with oblique branches, a tuft and basal dendrites, as a pyramidal cell "
        "has."},
};

Dendrite cylinder(const std::string &name, int parent, double x, double lengthUm, double diamUm)
{
    Dendrite d;
    d.name = name;
    d.parent = parent;
    d.parentX = x;
    d.lengthUm = lengthUm;
    d.diamUm = diamUm;
    return d;
}

/// Every place goes to the same share of the longest way out.
PlaceMap alongTheLongestWay(const Neuron &before, const Neuron &after)
{
    const std::vector<double> oldStart = dendriteStartsUm(before);
    const double oldLength = reachUm(before);
    const DendritePath way = pathTo(after, farthestTip(after, PathMeasure::Um));
    PlaceMap places;
    places.of.resize(before.dendrites.size());
    for (std::size_t i = 0; i < before.dendrites.size(); ++i) {
        const double from = oldStart[i] / oldLength;
        const double length = before.dendrites[i].lengthUm / oldLength;
        for (const DendritePath::Piece &piece : way.pieces()) {
            const double pieceFrom = piece.fromUm / way.lengthUm();
            const double pieceTo = (piece.fromUm + piece.toX * piece.dendriteUm) / way.lengthUm();
            const double begin = std::max(from, pieceFrom);
            const double end = std::min(from + length, pieceTo);
            if (!(end > begin) || !(pieceTo > pieceFrom))
                continue;
            const auto onNew = [&](double share) {
                return std::clamp((share - pieceFrom) / (pieceTo - pieceFrom), 0.0, 1.0)
                    * piece.toX;
            };
            places.of[i].push_back({(begin - from) / length, (end - from) / length, piece.dendrite,
                                    onNew(begin), onNew(end)});
        }
    }
    return places;
}

} // namespace

std::span<const TreePreset> treePresets()
{
    return Presets;
}

double rallDiameterUm(double parentUm, int count)
{
    return parentUm / std::pow(static_cast<double>(count), 2.0 / 3.0);
}

std::vector<Dendrite> yTree(double trunkUm, double daughterUm, double diamUm)
{
    const double daughter = rallDiameterUm(diamUm);
    return {cylinder("trunk", SomaIndex, 1.0, trunkUm, diamUm),
            cylinder("left", 0, 1.0, daughterUm, daughter),
            cylinder("right", 0, 1.0, daughterUm, daughter)};
}

std::vector<Dendrite> binaryTree(int orders, double branchUm, double trunkDiamUm)
{
    std::vector<Dendrite> tree{cylinder("trunk", SomaIndex, 1.0, branchUm, trunkDiamUm)};
    std::vector<int> tips{0};
    for (int order = 1; order <= orders; ++order) {
        std::vector<int> next;
        for (const int tip : tips) {
            const Dendrite parent = tree[static_cast<std::size_t>(tip)];
            // Equal electrotonic lengths: the length goes with the square root of the diameter.
            const double diam = rallDiameterUm(parent.diamUm);
            const double length = parent.lengthUm * std::sqrt(diam / parent.diamUm);
            for (const char *side : {"L", "R"}) {
                const std::string name = (tip == 0 ? std::string("b") : parent.name) + side;
                next.push_back(static_cast<int>(tree.size()));
                tree.push_back(cylinder(name, tip, 1.0, length, diam));
            }
        }
        tips = next;
    }
    return tree;
}

std::vector<Dendrite> apicalTree(int obliques)
{
    std::vector<Dendrite> tree{cylinder("apical", SomaIndex, 1.0, 600.0, 3.0)};
    for (int i = 0; i < obliques; ++i)
        tree.push_back(cylinder("oblique_" + std::to_string(i + 1), 0, (i + 1.0) / (obliques + 1.0),
                                180.0, 0.8));
    tree.push_back(cylinder("tuft_1", 0, 1.0, 300.0, 1.5));
    tree.push_back(cylinder("tuft_2", 0, 1.0, 300.0, 1.5));
    for (int i = 0; i < 3; ++i)
        tree.push_back(cylinder("basal_" + std::to_string(i + 1), SomaIndex, 0.0, 200.0, 1.0));
    return tree;
}

Result<EditOutcome> plantTree(Neuron &neuron, std::string_view preset)
{
    std::vector<Dendrite> tree;
    bool cut = true;
    if (preset == "stick") {
        tree = defaultNeuron().dendrites;
        cut = false;
    } else if (preset == "y") {
        tree = yTree(400.0, 500.0, 2.0);
    } else if (preset == "binary") {
        tree = binaryTree(4, 250.0, 4.0);
    } else if (preset == "apical") {
        tree = apicalTree(5);
    } else {
        return Error{ErrorCode::NotFound, "There is no tree named '" + std::string(preset) + "'.",
                     std::string(preset)};
    }
    const Neuron before = neuron;
    neuron.dendrites = std::move(tree);
    if (cut) {
        for (Dendrite &d : neuron.dendrites)
            d.segments = segmentsByLambda(d, neuron.membrane, UsualShareOfLambda);
    }
    EditOutcome outcome;
    outcome.places = alongTheLongestWay(before, neuron);
    if (hasOnePairPerSegment(before)) {
        neuron.synapses = onePairPerSegment(neuron);
    } else { // of kinds of its own
        neuron.synapses.clear();
        for (Synapse s : onePairPerSegment(neuron)) {
            const std::optional<int> kind =
                firstKind(neuron, s.kind == 0 ? Polarity::Excitatory : Polarity::Inhibitory);
            if (!kind)
                continue;
            s.kind = *kind;
            neuron.synapses.push_back(s);
        }
        outcome.note = "The new tree has one pair of synapses on every segment.";
    }
    return outcome;
}

} // namespace dt
