// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/cell/tree/PlaceMap.h"

#include <string>
#include <vector>

namespace dt {

/// Edits of the dendritic tree, as pure functions on a neuron. Each keeps parents first in the
/// list, synapses at the places where they were (a table of one pair per segment stays one), and
/// drawn branches attached to what they hang on. A refused edit leaves the neuron alone and says
/// why and where. An edit that is allowed leaves a valid neuron valid, except that it may get too
/// many segments in all (validateNeuron()). Dendrites are indices into Neuron::dendrites; SomaIndex
/// is a parent, too. Painted events and electrodes follow by EditOutcome::places (moveStimulus()).

struct EditOutcome
{
    PlaceMap places; ///< where the places of the neuron before are on the one after
    std::vector<int> touched; ///< dendrites to look at afterwards, such as new or moved ones
    int removedDendrites = 0;
    int removedSynapses = 0;
    int removedEvents = 0; ///< filled in by whoever moves the stimulus
    int removedElectrodes = 0;
    std::string note; ///< a sentence on what else is worth saying; may be empty

    /// "Removed 2 dendrites with 12 synapses and an electrode." and the note; empty when there is
    /// nothing to say.
    [[nodiscard]] std::string sentence() const;
};

/// Dendrites that hang on the very end of a dendrite.
std::vector<int> childrenAtEnd(const Neuron &neuron, int dendrite);

/// A name that no dendrite has: `wish` itself, or `wish` with a number behind it.
std::string freeDendriteName(const Neuron &neuron, const std::string &wish);

/// True when `dendrite` is `branch` or hangs on it, directly or over others.
bool isPartOfBranch(const Neuron &neuron, int dendrite, int branch);
/// A branch, in ascending order of indices: a dendrite and all that hangs on it.
std::vector<int> branchOf(const Neuron &neuron, int dendrite);

/// Adds a cylinder at `x` of the parent, with segments by the lambda rule. Its name is "dend" with
/// a number. With `points` it is drawn along them, stretched to its length.
Result<EditOutcome> addBranch(Neuron &neuron, int parent, double x, double lengthUm, double diamUm,
                              std::vector<Point3> points = {});

/// Splits a dendrite at `x` into two in series. The proximal one keeps the name; segments are
/// shared in proportion.
Result<EditOutcome> splitDendrite(Neuron &neuron, int dendrite, double x);

/// Joins a dendrite with the only one at its end, the inverse of a split. Cylinders of different
/// diameters become one of the same length and membrane area.
Result<EditOutcome> joinWithChild(Neuron &neuron, int dendrite);

/// Hangs the branch on another parent. A parent within the branch would be a loop and is refused.
Result<EditOutcome> reconnect(Neuron &neuron, int dendrite, int parent, double x);

enum class Children {
    Remove, ///< all that hangs on it goes, too
    Reconnect, ///< what hangs on it moves to its parent
};
/// Removes dendrites. A neuron keeps its last dendrite: removing it is refused.
Result<EditOutcome> removeDendrites(Neuron &neuron, const std::vector<int> &dendrites,
                                    Children children);

/// Adds a copy of a branch and its synapses at the same place of the same parent.
Result<EditOutcome> duplicateBranch(Neuron &neuron, int dendrite);

Result<EditOutcome> renameDendrite(Neuron &neuron, int dendrite, const std::string &name);
/// Sets where on its parent the dendrite begins.
Result<EditOutcome> setParentX(Neuron &neuron, int dendrite, double x);
Result<EditOutcome> setLength(Neuron &neuron, const std::vector<int> &dendrites, double lengthUm);
Result<EditOutcome> setDiameter(Neuron &neuron, const std::vector<int> &dendrites, double diamUm);
Result<EditOutcome> setSegmentCount(Neuron &neuron, const std::vector<int> &dendrites,
                                    int segments);
/// Sets the segments of these dendrites, or of all for an empty list, so that none is longer than
/// this share of the length constant.
Result<EditOutcome> setSegmentsByLambda(Neuron &neuron, const std::vector<int> &dendrites,
                                        double shareOfLambda);

/// True for dendrites in one line from the soma to a tip, which toStick() makes a ball-and-stick
/// of.
bool isUnbranched(const Neuron &neuron);
/// Joins an unbranched tree into the one cylinder of a ball-and-stick.
Result<EditOutcome> toStick(Neuron &neuron);

} // namespace dt
