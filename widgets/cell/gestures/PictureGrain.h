// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Place.h"

#include <QPointF>

#include <optional>

namespace dt {

class CellView;

// Numbers of a drag are round, as fine as the picture shows them.

/// To a power of ten, at most `grain`.
double roundedTo(double grain, double value);

/// The place on the cell within `reach` pixels: an end where the mouse is near one, as that is
/// where people mean to begin a branch, else a round share.
std::optional<Place> snappedPlaceAt(const CellView &view, const QPointF &at, double reach);

} // namespace dt
