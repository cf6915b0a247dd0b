// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/PlotCanvas.h"

namespace dt {

/// How the ghost of this slot is drawn: grey with dashes of its own; the second four are wider.
PlotCanvas::LineStyle ghostStyle(int slot, const QPalette &palette);

} // namespace dt
