// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/cell/CellLayout.h"

#include <optional>
#include <vector>

namespace dt {

/// What a picture shows of the cell itself.
struct CellPicture
{
    static constexpr int SomaSelected = -1;

    CellLayout layout;
    CellLayout::Mode mode = CellLayout::Mode::Schematic;
    std::vector<float> mv; ///< soma first, then one per segment row; else drawn plain
    std::optional<int> selection; ///< SomaSelected or a segment row
    std::vector<int> selectedDendrites; ///< dendrites that are selected besides
};

} // namespace dt
