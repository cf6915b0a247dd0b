// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/cell/CellLayout.h"

namespace dt {

/// Part of layOutCell(): lays out the centre lines of CellLayout::Mode::Shape, with the soma in the
/// origin [um]. Fills soma and branches.
void layOutShape(const Neuron &neuron, CellLayout &layout);

/// The dendrite's centre line for a picture to scale. `line` is where its points lie in the picture
/// (two ends for a cylinder). Shares and thickness follow the arc length.
CellLayout::Branch branchAlong(const Dendrite &dendrite, QPolygonF line);

/// Gives every dendrite without points the two ends that the picture of the cell's shape shows, so
/// that it stays there when others come and go.
void drawAsShown(Neuron &neuron);

} // namespace dt
