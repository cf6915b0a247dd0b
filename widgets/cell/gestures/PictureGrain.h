// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Place.h"

#include <QPointF>

#include <optional>

namespace dt {

class CellView;

// Numbers that a drag sets are round, as fine as the picture shows them.

/// Rounds `value` to a multiple of the largest power of ten that is at most `grain`.
double roundedTo(double grain, double value);

/// The place on the cell within `reach` pixels of the mouse. Near an end of a dendrite it is the
/// end, as people mean to begin a branch there; else the share of its length is round.
std::optional<Place> snappedPlaceAt(const CellView &view, const QPointF &at, double reach);

} // namespace dt
