// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/Cable.h"
#include "engine/document/CellSelection.h"
#include "engine/document/Document.h"
#include "widgets/cell/CellView.h"
#include "widgets/cell/TreeEditor.h"
#include "widgets/cell/TreeTool.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QLineF>
#include <QPainter>

#include <algorithm>

namespace dt {

namespace {

constexpr double Radius = 5.0;

void paintLabel(QPainter &painter, const CellView &view, const QPointF &mouse, const QString &text)
{
    if (text.isEmpty())
        return;
    painter.setFont(theme::bodyFont());
    const QFontMetricsF metrics(painter.font());
    const QSizeF size(metrics.horizontalAdvance(text) + 2.0 * theme::Grid,
                      metrics.height() + theme::Grid);
    QRectF box(mouse + QPointF(14.0, -size.height() - 10.0), size);
    // Not on the scale bar.
    const QRectF room = QRectF(view.rect()).adjusted(2, 2, -2, -1.5 * metrics.height());
    box.moveLeft(
        std::clamp(box.left(), room.left(), std::max(room.left(), room.right() - size.width())));
    box.moveTop(
        std::clamp(box.top(), room.top(), std::max(room.top(), room.bottom() - size.height())));
    painter.setPen(QPen(colours::line(view.palette()), 1.0));
    painter.setBrush(view.palette().color(QPalette::ToolTipBase));
    painter.drawRoundedRect(box, 4.0, 4.0);
    painter.setPen(view.palette().color(QPalette::ToolTipText));
    painter.drawText(box, Qt::AlignCenter, text);
}

} // namespace

void TreeTool::paint(QPainter &painter)
{
    if (m_gesture == Gesture::None && m_asking)
        paintGesture(painter);
    else if (m_gesture == Gesture::None)
        paintHandles(painter);
    else
        paintGesture(painter);
}

void TreeTool::paintHandles(QPainter &painter) const
{
    const QColor ink = m_view->palette().color(QPalette::WindowText);
    const QColor base = m_view->palette().color(QPalette::Base);
    painter.setPen(QPen(ink, 1.5));
    painter.setBrush(base);
    if (const auto edge = handleAt(Handle::Edge)) {
        const QPointF p = *edge;
        painter.drawPolygon(QPolygonF{p + QPointF(0, -6), p + QPointF(5, 0), p + QPointF(0, 6),
                                      p + QPointF(-5, 0)});
    }
    if (const auto root = handleAt(Handle::Base))
        painter.drawRect(QRectF(root->x() - 4.0, root->y() - 4.0, 8.0, 8.0));
    if (const auto tip = handleAt(Handle::Tip))
        painter.drawEllipse(*tip, Radius, Radius);
    if (const auto plus = handleAt(Handle::Plus)) {
        painter.drawEllipse(*plus, 7.0, 7.0);
        painter.drawLine(*plus - QPointF(3.5, 0), *plus + QPointF(3.5, 0));
        painter.drawLine(*plus - QPointF(0, 3.5), *plus + QPointF(0, 3.5));
    }
}

void TreeTool::paintGesture(QPainter &painter) const
{
    const QColor accent = m_view->palette().color(QPalette::Highlight);
    const QColor failure = colours::onto(colours::Failure, m_view->palette());
    const Neuron &neuron = m_editor->document()->neuron();
    painter.setBrush(Qt::NoBrush);
    switch (m_gesture) {
    case Gesture::Length:
        paintHandles(painter);
        paintLabel(painter, *m_view, m_mouse, lengthLabel(m_dendrite));
        return;
    case Gesture::Diameter: {
        paintHandles(painter);
        const Dendrite &d = neuron.dendrites[static_cast<std::size_t>(m_dendrite)];
        paintLabel(painter, *m_view, m_mouse,
                   tr("%1 µm thick, λ = %2 µm")
                       .arg(d.diamUm, 0, 'g', 3)
                       .arg(lengthConstantUm(d.diamUm, neuron.membrane), 0, 'f', 0));
        return;
    }
    case Gesture::Draw: {
        if (!m_place)
            return;
        painter.setPen(QPen(accent, 4.0, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(m_view->toView().map(drawnLine()));
        const auto parent =
            static_cast<std::size_t>(std::max(0, m_place->dendrite)); // as the branch will have
        const double um = drawnUm();
        paintLabel(painter, *m_view, m_mouse,
                   tr("%1 µm, %2 λ")
                       .arg(um, 0, 'f', 0)
                       .arg(um / lengthConstantUm(neuron.dendrites[parent].diamUm, neuron.membrane),
                            0, 'f', 2));
        return;
    }
    case Gesture::Band:
        painter.setPen(QPen(accent, 1.0, Qt::DashLine));
        painter.drawRect(QRectF(m_pressed, m_mouse).normalized());
        return;
    default:
        break;
    }
    // A branch looks for its parent.
    const QPointF base = m_view->positionOf({m_dendrite, 0.0});
    const bool loop = m_place && m_place->dendrite != SomaIndex
        && isPartOfBranch(neuron, m_place->dendrite, m_dendrite);
    const QColor colour = loop ? failure : accent;
    const QPointF to = m_place ? m_view->positionOf(*m_place) : m_mouse;
    painter.setPen(QPen(colour, 2.0, Qt::DashLine));
    painter.drawLine(base, to);
    // The branch as it would lie.
    QColor ghost = colour;
    ghost.setAlpha(120);
    painter.setPen(QPen(ghost, 3.0, Qt::SolidLine, Qt::RoundCap));
    const QTransform transform = m_view->toView();
    for (const int part : branchOf(neuron, m_dendrite)) {
        QPolygonF line =
            transform.map(m_view->layoutOfCell().branches[static_cast<std::size_t>(part)].line);
        line.translate(to - base);
        painter.drawPolyline(line);
    }
    if (m_place) {
        painter.setPen(QPen(colour, 2.0));
        painter.drawEllipse(to, 7.0, 7.0);
        const QString name = m_place->dendrite == SomaIndex
            ? tr("soma")
            : QString::fromStdString(
                neuron.dendrites[static_cast<std::size_t>(m_place->dendrite)].name);
        paintLabel(painter, *m_view, to,
                   loop ? tr("%1 hangs on it: that would be a loop").arg(name)
                        : tr("onto %1 at %2").arg(name).arg(m_place->x, 0, 'f', 2));
    }
}

} // namespace dt
