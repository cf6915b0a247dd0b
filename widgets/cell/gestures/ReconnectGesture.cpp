// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell/gestures/ReconnectGesture.h"

#include "engine/cell/tree/TreeEdit.h"
#include "engine/document/Document.h"
#include "widgets/cell/CellView.h"
#include "widgets/cell/TreeEditor.h"
#include "widgets/cell/gestures/PictureGrain.h"
#include "widgets/theme/Colours.h"

#include <QPainter>

namespace dt {

namespace {

constexpr double ParentReach = 16.0; ///< [px]

} // namespace

ReconnectGesture::ReconnectGesture(CellView *view, TreeEditor *editor, int dendrite,
                                   const QPointF &mouse) :
    m_view(view),
    m_editor(editor), m_dendrite(dendrite), m_mouse(mouse)
{
}

void ReconnectGesture::moveTo(const QPointF &at)
{
    m_mouse = at;
    m_place = snappedPlaceAt(*m_view, at, ParentReach);
}

void ReconnectGesture::finish()
{
    if (m_place)
        m_editor->reconnectTo(m_dendrite, *m_place);
}

void ReconnectGesture::paint(QPainter &painter) const
{
    const Neuron &neuron = m_editor->document()->neuron();
    const QPalette palette = m_view->palette();
    const bool loop = m_place && m_place->dendrite != SomaIndex
        && isPartOfBranch(neuron, m_place->dendrite, m_dendrite);
    const QColor colour =
        loop ? colours::onto(colours::Failure, palette) : palette.color(QPalette::Highlight);
    const QPointF base = m_view->positionOf({m_dendrite, 0.0});
    const QPointF to = m_place ? m_view->positionOf(*m_place) : m_mouse;
    painter.setBrush(Qt::NoBrush);
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
    if (!m_place)
        return;
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

} // namespace dt
