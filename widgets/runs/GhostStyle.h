// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/PlotCanvas.h"

namespace dt {

/// How the ghost of a slot is drawn: grey, with dashes of its own; slots from the fifth on have
/// wider lines.
PlotCanvas::LineStyle ghostStyle(int slot, const QPalette &palette);

} // namespace dt
