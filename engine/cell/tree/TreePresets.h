// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/tree/TreeEdit.h"

#include <span>
#include <string_view>
#include <vector>

namespace dt {

/// Trees to begin with. Soma, membrane, channels and kinds of synapse stay those of the neuron.
struct TreePreset
{
    std::string_view name; ///< e.g. "y"
    std::string_view title; ///< as in menus, e.g. "Y"
    std::string_view description; ///< one sentence: what it shows
};

/// The trees in the order of menus, the stick first.
std::span<const TreePreset> treePresets();

/// Diameter of each of `count` equal daughters of a branch, by Rall's 3/2 rule: the daughters load
/// its end as its own continuation would.
double rallDiameterUm(double parentUm, int count = 2);

/// A trunk that forks once into equal daughters by Rall's rule.
std::vector<Dendrite> yTree(double trunkUm, double daughterUm, double diamUm);
/// Forks `orders` times into two equal daughters by Rall's rule, so that it is equivalent to a
/// cylinder.
std::vector<Dendrite> binaryTree(int orders, double branchUm, double trunkDiamUm);
/// A thick apical trunk with oblique branches, a tuft, and three basal dendrites.
std::vector<Dendrite> apicalTree(int obliques);

/// Replaces the dendrites by those of a preset; segments by the lambda rule, one pair of synapses
/// per segment. Painted events and electrodes move to the same share of the way from the soma to
/// the farthest tip.
Result<EditOutcome> plantTree(Neuron &neuron, std::string_view preset);

} // namespace dt
