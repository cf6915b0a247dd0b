// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/runs/GhostStyle.h"

#include "widgets/theme/Colours.h"

#include <array>

namespace dt {

PlotCanvas::LineStyle ghostStyle(int slot, const QPalette &palette)
{
    static constexpr std::array Dashes{Qt::DashLine, Qt::DotLine, Qt::DashDotLine,
                                       Qt::DashDotDotLine};
    PlotCanvas::LineStyle style;
    style.colour = colours::ghost(palette);
    style.dash = Dashes[static_cast<std::size_t>(slot) % Dashes.size()];
    style.widthFactor = slot < static_cast<int>(Dashes.size()) ? 1.0 : 1.8;
    return style;
}

} // namespace dt
