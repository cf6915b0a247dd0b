// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/cell/CellPicture.h"

#include <QPalette>
#include <QTransform>

class QColor;
class QPainter;

namespace dt {

/// Draws the cell itself, plain or coloured by voltage, and outlines what is selected of it.
class CellPainter
{
public:
    /// The thinnest line that is drawn [px].
    static constexpr double Hair = 1.5;

    /// The picture must outlive this. `toView` maps its layout to pixels; `window` is the area of
    /// them that is seen.
    CellPainter(const CellPicture &picture, const QTransform &toView, const QRectF &window,
                const QPalette &palette);

    /// `zoom`: how much larger the cell is than when all of it is seen.
    void paintCell(QPainter &painter, double zoom) const;
    void paintSelected(QPainter &painter) const;

private:
    void paintSegment(QPainter &painter, const CellLayout::Segment &segment, const QColor &colour,
                      bool border) const;
    void paintSelectedDendrite(QPainter &painter, const CellLayout::Branch &branch) const;
    void paintSelectedSegment(QPainter &painter, const CellLayout::Segment &segment) const;

    const CellPicture &m_picture;
    QTransform m_toView;
    QRectF m_window;
    QPalette m_palette;
};

} // namespace dt
