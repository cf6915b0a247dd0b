// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/cell/CellMark.h"

#include <QTransform>

#include <optional>
#include <vector>

namespace dt {

/// Where a mark lies in the window [px].
struct PlacedMark
{
    const CellMark *mark = nullptr;
    QPointF base; ///< where it touches the cell
    QPointF out; ///< unit vector away from the cell
    double reach = 0.0; ///< length of the mark
};

/// Which marks are drawn, and where. Left out are marks on places that the cell does not have, and
/// marks that would lie too close to others of their shape. Selected marks and electrodes are never
/// left out for being close.
class MarkLayout
{
public:
    /// When there are more marks than this in the window, they are thinned, so that the cell is
    /// seen behind them.
    static constexpr std::size_t MostMarks = 256;
    static constexpr double TriangleHalf = 3.5; ///< half the base of a triangle of size 1 [px]
    static constexpr double PipetteLength = 30.0; ///< [px]

    /// The marks must outlive this. `toView` maps the cell's layout to pixels; `window` is the area
    /// of them that is seen; `all`: draw all, even more than MostMarks.
    MarkLayout(const std::vector<CellMark> &marks, const CellLayout &cell, const QTransform &toView,
               const QRectF &window, bool all);

    [[nodiscard]] const std::vector<PlacedMark> &marks() const { return m_marks; }
    /// The id of the mark that is drawn at this place of the window.
    [[nodiscard]] std::optional<int> idAt(const QPointF &position) const;

private:
    std::vector<PlacedMark> m_marks;
};

} // namespace dt
