// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/cell/CellLayout.h"

namespace dt {

/// Part of layOutCell(): centre lines of CellLayout::Mode::Shape, soma in the origin [um].
/// Fills soma and branches.
void layOutShape(const Neuron &neuron, CellLayout &layout);

/// The dendrite's centre line for a picture to scale, when `line` is where its points would lie
/// (two ends for a cylinder): shares and thickness by the arc length.
CellLayout::Branch branchAlong(const Dendrite &dendrite, QPolygonF line);

/// Gives every dendrite without points the two ends that the picture of its shape shows: it stays
/// there when others come and go.
void drawAsShown(Neuron &neuron);

} // namespace dt
