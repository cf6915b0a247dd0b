// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/cell/CellLayout.h"

#include <QColor>
#include <QString>

namespace dt {

/// Something that sits on the cell: a synapse, an electrode. CellView draws marks over the cell,
/// says which one is under the mouse, and lets them be dragged; what they mean is their owner's
/// business.
struct CellMark
{
    enum class Shape {
        Up, ///< a triangle on the upper side, pointing away from the dendrite: excitatory
        Down, ///< a triangle on the lower side: inhibitory
        Circle, ///< on the dendrite itself
        Electrode, ///< a pipette that comes from above
    };

    int id = 0; ///< chosen by the owner, unique among the marks of a view
    Place place;
    Shape shape = Shape::Up;
    QColor colour; ///< when invalid: a triangle's is that of excitation or inhibition, others have
                   ///< the text's
    double size = 1.0; ///< 1 is usual; 0.5 to 2
    bool selected = false;
    bool hollow = false; ///< drawn as an outline: switched off or only proposed
    QString tip; ///< shown when the mouse rests on it
};

} // namespace dt
