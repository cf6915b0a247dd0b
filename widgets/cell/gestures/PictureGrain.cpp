// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell/gestures/PictureGrain.h"

#include "widgets/cell/CellView.h"

#include <QLineF>

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

constexpr double EndReach = 12.0; ///< [px]

} // namespace

double roundedTo(double grain, double value)
{
    const double power = std::pow(10.0, std::floor(std::log10(std::max(grain, 1e-6))));
    return std::round(value / power) * power;
}

std::optional<Place> snappedPlaceAt(const CellView &view, const QPointF &at, double reach)
{
    std::optional<Place> place = view.placeAt(at, reach);
    if (!place || place->dendrite == SomaIndex)
        return place;
    const QPointF base = view.positionOf({place->dendrite, 0.0});
    const QPointF tip = view.positionOf({place->dendrite, 1.0});
    const double grain = QLineF(base, tip).length() < 400.0 ? 0.01 : 0.001;
    if (QLineF(tip, at).length() < EndReach)
        place->x = 1.0;
    else if (QLineF(base, at).length() < EndReach)
        place->x = 0.0;
    else
        place->x = std::round(place->x / grain) * grain;
    return place;
}

} // namespace dt
