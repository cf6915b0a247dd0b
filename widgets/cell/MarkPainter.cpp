// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell/MarkPainter.h"

#include "widgets/theme/Colours.h"

#include <QPainter>
#include <QPainterPath>

#include <array>

namespace dt {

namespace {

/// The corners of triangle and pipette: the tip comes first.
std::array<QPointF, 3> corners(const PlacedMark &placed)
{
    const QPointF across(-placed.out.y(), placed.out.x());
    const QPointF far = placed.base + placed.out * placed.reach;
    if (placed.mark->shape == CellMark::Shape::Electrode)
        return {placed.base, far - across * 5.0, far + across * 5.0};
    const QPointF side = across * MarkLayout::TriangleHalf * placed.mark->size;
    return {far, placed.base - side, placed.base + side};
}

} // namespace

QColor MarkPainter::colourOf(const CellMark &mark) const
{
    if (mark.colour.isValid())
        return mark.colour;
    if (mark.shape == CellMark::Shape::Up)
        return colours::ofPolarity(Polarity::Excitatory, m_palette);
    if (mark.shape == CellMark::Shape::Down)
        return colours::ofPolarity(Polarity::Inhibitory, m_palette);
    return m_palette.color(QPalette::WindowText);
}

void MarkPainter::paint(QPainter &painter, const std::vector<PlacedMark> &marks) const
{
    for (const bool selected : {false, true}) {
        for (const PlacedMark &placed : marks) {
            if (placed.mark->selected == selected)
                paintMark(painter, placed);
        }
    }
}

void MarkPainter::paintMark(QPainter &painter, const PlacedMark &placed) const
{
    const CellMark &mark = *placed.mark;
    const bool round = mark.shape == CellMark::Shape::Circle;
    const bool pipette = mark.shape == CellMark::Shape::Electrode;
    const QColor colour = colourOf(mark);
    if (!round && !pipette && !mark.selected && !mark.hollow) { // most are, of maybe thousands
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        const auto triangle = corners(placed);
        painter.drawPolygon(triangle.data(), static_cast<int>(triangle.size()));
        return;
    }
    QPainterPath path;
    if (round) {
        path.addEllipse(placed.base, 4.0 * mark.size, 4.0 * mark.size);
    } else {
        const auto [a, b, c] = corners(placed);
        path.addPolygon(QPolygonF{a, b, c});
        path.closeSubpath();
    }
    if (mark.selected)
        paintRing(painter, path);
    QColor inside = mark.hollow ? m_palette.color(QPalette::Base) : colour;
    if (pipette && !mark.hollow)
        inside.setAlpha(70);
    painter.setPen(mark.hollow || pipette ? QPen(colour, 1.5) : QPen(Qt::NoPen));
    painter.setBrush(inside);
    painter.drawPath(path);
}

// The ring leaves a gap: the mark itself keeps its colour.
void MarkPainter::paintRing(QPainter &painter, const QPainterPath &outline) const
{
    painter.setBrush(Qt::NoBrush);
    for (const auto &[role, wide] :
         {std::pair(QPalette::Highlight, 8.0), std::pair(QPalette::Base, 4.0)}) {
        painter.setPen(
            QPen(m_palette.color(role), wide, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(outline);
    }
}

} // namespace dt
