// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/cell/MarkLayout.h"

#include <QPalette>

class QPainter;
class QPainterPath;

namespace dt {

/// Draws marks where they were placed, the selected ones on top.
class MarkPainter
{
public:
    explicit MarkPainter(const QPalette &palette) : m_palette(palette) { }

    void paint(QPainter &painter, const std::vector<PlacedMark> &marks) const;

private:
    void paintMark(QPainter &painter, const PlacedMark &placed) const;
    void paintRing(QPainter &painter, const QPainterPath &outline) const;
    [[nodiscard]] QColor colourOf(const CellMark &mark) const;

    QPalette m_palette;
};

} // namespace dt
