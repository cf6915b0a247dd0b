// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

#include <vector>

namespace dt {

/// One segment of a section as NEURON sees it: its membrane area, and the axial resistances from
/// its centre to its two ends.
struct SegmentGeometry
{
    double areaUm2 = 0.0;
    double proximalMohm = 0.0;
    double distalMohm = 0.0;
};

/// The segments of a dendrite from its proximal to its distal end. A cylinder is cut evenly. 3-D
/// points are integrated as NEURON does it (diam_from_list() of its treeset.cpp): every half of a
/// segment is a row of frusta, areas are those of the slanted surface, and points are single
/// precision numbers.
std::vector<SegmentGeometry> segmentGeometry(const Dendrite &dendrite, double raOhmCm);

/// A point of the discretised cell: the centre of a segment, or a junction without membrane.
struct CableNode
{
    int parent = -1; ///< index of an earlier node; -1 for node 0, the soma
    double toParentUs = 0.0; ///< axial conductance to the parent
    double areaUm2 = 0.0; ///< 0 for a junction
};

/// The cell as a tree of nodes, parents first; node 0 is the soma's centre. NEURON puts a node
/// without membrane at both ends of every section. Here such a node exists only where three or more
/// paths meet; elsewhere it is eliminated, which is exact.
struct CableTree
{
    std::vector<CableNode> nodes;
    std::vector<int> nodeOfRow; ///< index of the node for each segment row, see segmentRows()
};

CableTree cableTree(const Neuron &neuron);

} // namespace dt
