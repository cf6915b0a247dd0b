// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

namespace dt {

class PlotCanvas;

/// Gives a plot the vertical axis that all segment x time pictures share: one unit per segment
/// row, distal on top; labelled with the distance from the soma on a stick, with the names of the
/// dendrites on a tree. `margin`: share of the height left free at both ends, for marks that are
/// higher than a row.
void applyRowAxis(PlotCanvas &canvas, const Neuron &neuron, double margin = 0.0);

} // namespace dt
