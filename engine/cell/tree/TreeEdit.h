// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/cell/tree/PlaceMap.h"

#include <string>
#include <vector>

namespace dt {

/// Edits of the dendritic tree, as pure functions on a neuron. Each keeps the list parents-first,
/// the synapse table on the places where it was (one pair per segment stays that), and drawn
/// branches attached to what they hang on. A refused edit leaves the neuron alone and says why and
/// where; what comes out of an edit that is allowed is a valid neuron if it was one before, but for
/// the number of segments in all (validateNeuron()). Dendrites are indices into Neuron::dendrites;
/// SomaIndex is a parent, too. Painted events and electrodes follow by EditOutcome::places
/// (moveStimulus()).

struct EditOutcome
{
    PlaceMap places; ///< from the neuron before to the one after
    std::vector<int> touched; ///< dendrites to look at afterwards: the new, the moved one
    int removedDendrites = 0;
    int removedSynapses = 0;
    int removedEvents = 0; ///< filled by who moves the stimulus
    int removedElectrodes = 0;
    std::string note; ///< what else is worth saying, a sentence; may be empty

    /// "Removed 2 dendrites with 12 synapses and an electrode." and the note; empty when there is
    /// nothing to say.
    [[nodiscard]] std::string sentence() const;
};

/// What hangs on the very end of a dendrite.
std::vector<int> childrenAtEnd(const Neuron &neuron, int dendrite);

/// A name that no dendrite has: `wish` itself, or with a number behind it.
std::string freeDendriteName(const Neuron &neuron, const std::string &wish);

/// True when `dendrite` is `branch` or hangs on it, directly or over others.
bool isPartOfBranch(const Neuron &neuron, int dendrite, int branch);
/// The branch: a dendrite and all that hangs on it, ascending.
std::vector<int> branchOf(const Neuron &neuron, int dendrite);

/// A new cylinder at `x` of the parent; segments by the lambda rule. Its name is "dend" with a
/// number. With `points` it is drawn along them, stretched to its length.
Result<EditOutcome> addBranch(Neuron &neuron, int parent, double x, double lengthUm, double diamUm,
                              std::vector<Point3> points = {});

/// Two dendrites in series in place of one. The proximal one keeps the name; segments are shared in
/// proportion.
Result<EditOutcome> splitDendrite(Neuron &neuron, int dendrite, double x);

/// One dendrite in place of this one and the only one at its end; the inverse of a split. Cylinders
/// of different diameters become one of the same length and membrane area.
Result<EditOutcome> joinWithChild(Neuron &neuron, int dendrite);

/// Hangs the branch on another parent. A parent within the branch would be a loop and is refused.
Result<EditOutcome> reconnect(Neuron &neuron, int dendrite, int parent, double x);

enum class Children {
    Remove, ///< all that hangs on it goes, too
    Reconnect, ///< what hangs on it moves to its parent
};
/// The last dendrite cannot go.
Result<EditOutcome> removeDendrites(Neuron &neuron, const std::vector<int> &dendrites,
                                    Children children);

/// Another branch like this one with its synapses, on the same place of the same parent.
Result<EditOutcome> duplicateBranch(Neuron &neuron, int dendrite);

Result<EditOutcome> renameDendrite(Neuron &neuron, int dendrite, const std::string &name);
/// Where on its parent the dendrite begins.
Result<EditOutcome> setParentX(Neuron &neuron, int dendrite, double x);
Result<EditOutcome> setLength(Neuron &neuron, const std::vector<int> &dendrites, double lengthUm);
Result<EditOutcome> setDiameter(Neuron &neuron, const std::vector<int> &dendrites, double diamUm);
Result<EditOutcome> setSegmentCount(Neuron &neuron, const std::vector<int> &dendrites,
                                    int segments);
/// No segment of these dendrites longer than this share of its length constant; all for an empty
/// list.
Result<EditOutcome> setSegmentsByLambda(Neuron &neuron, const std::vector<int> &dendrites,
                                        double shareOfLambda);

/// One unbranched dendrite from soma to tip: what toStick() makes a ball-and-stick of.
bool isUnbranched(const Neuron &neuron);
/// Joins an unbranched tree to the one cylinder of a ball-and-stick.
Result<EditOutcome> toStick(Neuron &neuron);

} // namespace dt
