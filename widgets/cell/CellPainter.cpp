// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell/CellPainter.h"

#include "widgets/theme/Colours.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

QRectF grown(const QRectF &box, double x, double y)
{
    return box.adjusted(-x, -y, x, y);
}

/// Makes a box at least as high as the thinnest line, so that it stays visible.
QRectF atLeastHair(const QRectF &box)
{
    return box.height() < CellPainter::Hair
        ? grown(box, 0.0, (CellPainter::Hair - box.height()) / 2.0)
        : box;
}

} // namespace

CellPainter::CellPainter(const CellPicture &picture, const QTransform &toView, const QRectF &window,
                         const QPalette &palette) :
    m_picture(picture),
    m_toView(toView), m_window(window), m_palette(palette)
{
}

void CellPainter::paintCell(QPainter &painter, double zoom) const
{
    const CellLayout &layout = m_picture.layout;
    const std::size_t segments = layout.segments.size();
    const QColor fill = colours::ghost(m_palette);
    const bool coloured = m_picture.mv.size() == segments + 1;
    const auto colourOf = [&](std::size_t i) {
        return coloured ? colours::voltage(static_cast<double>(m_picture.mv[i])) : fill;
    };
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colours::muted(m_palette), Hair));
    for (const CellLayout::Branch &branch : layout.branches) {
        if (!branch.link.isEmpty())
            painter.drawPolyline(m_toView.map(branch.link));
    }
    // Borders between segments disappear when they would be all there is.
    const bool borders = static_cast<double>(segments) <= 200.0 * std::max(1.0, zoom);
    for (const CellLayout::Segment &segment : layout.segments)
        paintSegment(painter, segment, colourOf(static_cast<std::size_t>(segment.row) + 1),
                     borders);
    painter.setBrush(colourOf(0));
    painter.setPen(QPen(m_palette.color(QPalette::WindowText), 1.0));
    painter.drawEllipse(m_toView.mapRect(layout.soma));
}

void CellPainter::paintSegment(QPainter &painter, const CellLayout::Segment &segment,
                               const QColor &colour, bool border) const
{
    const QPolygonF &outline = segment.outline;
    const QRectF box = m_toView.mapRect(outline.boundingRect());
    if (!grown(box, 1.0, 1.0).intersects(grown(m_window, 4.0, 4.0)))
        return;
    const auto line = [&] {
        QColor edge = m_palette.color(QPalette::WindowText);
        edge.setAlpha(110);
        return QPen(edge, 0.8);
    };
    painter.setBrush(colour);
    if (m_picture.mode != CellLayout::Mode::Shape && outline.size() == 4
        && outline[0].y() == outline[1].y()) {
        const QRectF bar = atLeastHair(box);
        painter.setPen(border && bar.height() > 5.0 ? line() : QPen(Qt::NoPen));
        painter.drawRect(bar);
        return;
    }
    const double across = std::hypot(outline.front().x() - outline.back().x(),
                                     outline.front().y() - outline.back().y())
        * m_toView.m11();
    if (across >= 2.0 * Hair) {
        // Without an outline of their own colour, neighbours would have a seam between them.
        painter.setPen(border && across > 5.0 ? line() : QPen(colour, 0.5));
        painter.drawPolygon(m_toView.map(outline));
        return;
    }
    // As a thin polygon: filling is several times as quick as stroking.
    const double wide = std::max(Hair, across) / 2.0;
    QPolygonF left;
    QPolygonF right;
    for (qsizetype k = 0; k < outline.size() / 2; ++k) {
        const QPointF a = m_toView.map(outline[k]);
        const QPointF b = m_toView.map(outline[outline.size() - 1 - k]);
        const QPointF side = unit(a - b) * wide;
        left << (a + b) / 2.0 + side;
        right.prepend((a + b) / 2.0 - side);
    }
    painter.setPen(Qt::NoPen);
    painter.drawPolygon(left + right);
}

void CellPainter::paintSelected(QPainter &painter) const
{
    const CellLayout &layout = m_picture.layout;
    const std::optional<int> selection = m_picture.selection;
    const QColor accent = m_palette.color(QPalette::Highlight);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(accent, 2.0));
    for (const int dendrite : m_picture.selectedDendrites) {
        if (dendrite < static_cast<int>(layout.branches.size()))
            paintSelectedDendrite(painter, layout.branches[static_cast<std::size_t>(dendrite)]);
    }
    painter.setPen(QPen(accent, 2.5));
    if (selection == CellPicture::SomaSelected)
        painter.drawEllipse(grown(m_toView.mapRect(layout.soma), 3.0, 3.0));
    else if (selection && *selection < static_cast<int>(layout.segments.size()))
        paintSelectedSegment(painter, layout.segments[static_cast<std::size_t>(*selection)]);
}

void CellPainter::paintSelectedDendrite(QPainter &painter, const CellLayout::Branch &branch) const
{
    QPolygonF left;
    QPolygonF right;
    const qsizetype n = branch.line.size();
    for (qsizetype i = 0; i < n; ++i) {
        const QPointF along =
            unit(branch.line[std::min(i + 1, n - 1)] - branch.line[std::max<qsizetype>(i - 1, 0)]);
        const double half =
            std::max(branch.half[static_cast<std::size_t>(i)] * m_toView.m11(), Hair) + 3.0;
        const QPointF across = QPointF(along.y(), -along.x()) * half;
        const QPointF at = m_toView.map(branch.line[i]);
        left << at + across;
        right.prepend(at - across);
    }
    painter.drawPolygon(left + right);
}

void CellPainter::paintSelectedSegment(QPainter &painter, const CellLayout::Segment &segment) const
{
    const QPolygonF outline = m_toView.map(segment.outline);
    if (m_picture.mode != CellLayout::Mode::Shape) {
        painter.drawRect(grown(atLeastHair(outline.boundingRect()), 2.0, 3.0));
        return;
    }
    QPainterPath path;
    path.addPolygon(outline);
    path.closeSubpath();
    const QPainterPathStroker stroker(
        QPen(Qt::black, 8.0, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(stroker.createStroke(path).united(path).simplified());
}

} // namespace dt
