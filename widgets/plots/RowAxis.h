// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Neuron.h"

namespace dt {

class PlotCanvas;

/// Gives a plot the vertical axis that all segment x time pictures share: one unit per segment
/// row, distal on top; labelled with the distance from the soma on a stick, with row numbers on a
/// tree.
void applyRowAxis(PlotCanvas &canvas, const Neuron &neuron);

} // namespace dt
