// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Neuron.h"

#include <QPolygonF>
#include <QRectF>

#include <vector>

namespace dt {

/// A place on the cell: the soma, or a share of a dendrite's length.
struct CellPlace
{
    int dendrite = SomaIndex; ///< SomaIndex, or index into Neuron::dendrites
    double x = 0.5; ///< 0..1 from the proximal end
    bool operator==(const CellPlace &) const = default;
};

/// Where the parts of a neuron lie in a picture: soma on the left, dendrites to the right.
/// Coordinates are um when to scale, and abstract units otherwise; y grows downwards.
struct CellLayout
{
    enum class Mode {
        Schematic, ///< lengths to scale along x, diameters exaggerated so that all is visible
        ToScale, ///< true lengths and diameters
    };

    struct Segment
    {
        int row = 0; ///< as in segmentRows()
        QPolygonF outline;
        QPointF centre;
        double pathUm = 0.0; ///< centre's distance from the soma along the dendrite
    };

    QRectF soma;
    std::vector<Segment> segments; ///< in row order
    QRectF bounds;
    double unitsPerUm = 1.0; ///< along x
};

CellLayout layOutCell(const Neuron &neuron, CellLayout::Mode mode);

} // namespace dt
