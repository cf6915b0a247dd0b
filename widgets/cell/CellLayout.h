// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Place.h"

#include <QPolygonF>
#include <QRectF>

#include <vector>

namespace dt {

/// Where the parts of a neuron lie in a picture. Coordinates are um when to scale, and abstract
/// units otherwise; y grows downwards.
struct CellLayout
{
    enum class Mode {
        Schematic, ///< soma on the left, dendrites to the right; lengths to scale along x,
                   ///< diameters exaggerated so that all is visible
        ToScale, ///< as Schematic, but with true lengths and diameters
        Shape, ///< as the cell lies in space, seen from the front, to scale; cylinders without
               ///< points fan out from what they hang on
    };

    struct Segment
    {
        int row = 0; ///< as in segmentRows()
        int dendrite = 0;
        QPolygonF outline;
        QPointF centre;
        double pathUm = 0.0; ///< centre's distance from the soma along the dendrite
    };

    /// One dendrite: its centre line from the proximal to the distal end, and a share and a
    /// thickness for each point of the line.
    struct Branch
    {
        QPolygonF line;
        std::vector<double> share; ///< share of the length, 0..1
        std::vector<double> half; ///< half the thickness that is drawn
        QPolygonF link; ///< from the place on the parent to the proximal end; empty where they meet
    };

    QRectF soma;
    std::vector<Segment> segments; ///< in row order
    std::vector<Branch> branches; ///< in the order of Neuron::dendrites
    QRectF bounds;
    double unitsPerUm = 1.0; ///< units of the picture per um along a dendrite
    double thickestUm = 1.0; ///< diameter that the thickest line stands for
    double spacing = 1.0; ///< distance between neighbours of a dendrogram

    /// The point of the centre line at a place; the soma's centre for the soma.
    [[nodiscard]] QPointF pointAt(const Place &place) const;
    /// Unit vector along the dendrite, away from the soma; to the right for the soma.
    [[nodiscard]] QPointF directionAt(const Place &place) const;
    /// Unit vector across the dendrite, upwards.
    [[nodiscard]] QPointF upAt(const Place &place) const;
    /// Half the drawn thickness at a place.
    [[nodiscard]] double halfAt(const Place &place) const;
    /// The place on this dendrite that lies nearest to a point.
    [[nodiscard]] Place nearestOn(int dendrite, const QPointF &point) const;
};

/// Lays a cell out. `scaleOf`: a layout whose scale is kept, so that a cell that is being stretched
/// grows in the picture.
CellLayout layOutCell(const Neuron &neuron, CellLayout::Mode mode,
                      const CellLayout *scaleOf = nullptr);

/// The unit vector in the direction of `v`; to the right when `v` has no length.
QPointF unit(const QPointF &v);

} // namespace dt
