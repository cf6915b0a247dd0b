// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/cell/CellLayout.h"

#include <QTransform>

#include <optional>

namespace dt {

/// Which part of the cell lies at a place of the window, or within `reach` of it [px].
class CellHit
{
public:
    /// The layout must outlive this. `toView` maps its coordinates to pixels.
    CellHit(const CellLayout &layout, const QTransform &toView) : m_layout(layout), m_toView(toView)
    {
    }

    /// The part there: CellPicture::SomaSelected or a segment row.
    [[nodiscard]] std::optional<int> partAt(const QPointF &position, double reach) const;
    [[nodiscard]] std::optional<Place> placeAt(const QPointF &position, double reach) const;

private:
    const CellLayout &m_layout;
    QTransform m_toView;
};

} // namespace dt
