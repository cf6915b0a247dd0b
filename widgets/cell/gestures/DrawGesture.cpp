// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell/gestures/DrawGesture.h"

#include "engine/cell/Cable.h"
#include "engine/cell/tree/TreePoints.h"
#include "engine/document/Document.h"
#include "widgets/cell/CellView.h"
#include "widgets/cell/TreeEditor.h"
#include "widgets/cell/gestures/PictureGrain.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace dt {

DrawGesture::DrawGesture(CellView *view, TreeEditor *editor, const Place &from,
                         const QPointF &pressed) :
    m_view(view),
    m_editor(editor), m_from(from), m_mouse(pressed)
{
}

QString DrawGesture::hintFor(CellLayout::Mode mode)
{
    return mode == CellLayout::Mode::Shape
        ? tr("Drag from the soma or a dendrite: the new branch lies as you draw it. Escape leaves "
             "off.")
        : tr("Drag from the soma or a dendrite. This picture is a schematic: of the drag, its "
             "length counts. Shape keeps its direction.");
}

QString DrawGesture::hint() const
{
    return hintFor(m_view->mode());
}

QLineF DrawGesture::line() const
{
    const CellLayout &layout = m_view->layoutOfCell();
    const QPointF to = m_view->toView().inverted().map(m_mouse);
    QPointF from = layout.pointAt(m_from);
    if (m_from.dendrite == SomaIndex && m_view->mode() != CellLayout::Mode::Shape) {
        from.setX(layout.soma.right());
    } else if (m_from.dendrite == SomaIndex) {
        const Point3 edge = somaEdge(m_view->neuron().soma, std::atan2(-to.y(), to.x()));
        from = QPointF(edge.x, -edge.y);
    }
    return {from, to};
}

double DrawGesture::lengthUm() const
{
    return roundedTo(1.0 / m_view->pixelsPerUm(),
                     line().length() / m_view->layoutOfCell().unitsPerUm);
}

void DrawGesture::finish()
{
    const QLineF drawn = line();
    if (m_from.dendrite == SomaIndex && m_view->layoutOfCell().soma.contains(drawn.p2()))
        return; // not out of the soma
    std::vector<Point3> points;
    if (m_view->mode() == CellLayout::Mode::Shape)
        points = {{drawn.x1(), -drawn.y1(), 0.0, 1.0}, {drawn.x2(), -drawn.y2(), 0.0, 1.0}};
    m_editor->addBranchAt(m_from, lengthUm(), points);
}

void DrawGesture::paint(QPainter &painter) const
{
    painter.setPen(
        QPen(m_view->palette().color(QPalette::Highlight), 4.0, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(m_view->toView().map(line()));
    const Neuron &neuron = m_editor->document()->neuron();
    const auto parent = static_cast<std::size_t>(std::max(0, m_from.dendrite));
    const double diamUm = neuron.dendrites[parent].diamUm; // as the branch will have
    const double um = lengthUm();
    paintLabel(painter, *m_view, m_mouse,
               tr("%1 µm, %2 λ")
                   .arg(um, 0, 'f', 0)
                   .arg(um / lengthConstantUm(diamUm, neuron.membrane), 0, 'f', 2));
}

} // namespace dt
