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
    double reach = 0.0; ///< its length
};

/// Which marks are drawn, and where. Those on places that the cell does not have are left out, and
/// those that would lie too close to others of their shape; selected ones and electrodes never.
class MarkLayout
{
public:
    /// More than these in the window are thinned, so that the cell is seen behind them.
    static constexpr std::size_t MostMarks = 256;
    static constexpr double TriangleHalf = 3.5; ///< of its base, for a mark of size 1 [px]
    static constexpr double PipetteLength = 30.0; ///< [px]

    /// The marks outlive this. `toView` leads from the cell's layout to pixels, `window` is what of
    /// them is seen; `all`: more than MostMarks, too.
    MarkLayout(const std::vector<CellMark> &marks, const CellLayout &cell, const QTransform &toView,
               const QRectF &window, bool all);

    [[nodiscard]] const std::vector<PlacedMark> &marks() const { return m_marks; }
    /// The id of the mark that is drawn at this place of the window.
    [[nodiscard]] std::optional<int> idAt(const QPointF &position) const;

private:
    std::vector<PlacedMark> m_marks;
};

} // namespace dt
