// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell/CellView.h"

#include "widgets/cell/CellTool.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QGestureEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QNativeGestureEvent>
#include <QPainter>
#include <QPinchGesture>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace dt {

CellView::CellView(QWidget *parent) : CellCanvas(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    grabGesture(Qt::PinchGesture);
}

void CellView::setMarksMovable(bool movable)
{
    m_movable = movable;
    setMouseTracking(movable || m_tool);
}

void CellView::setAcceptedTypes(const QStringList &types)
{
    m_types = types;
    setAcceptDrops(!types.isEmpty());
}

void CellView::setTool(CellTool *tool)
{
    m_tool = tool;
    m_toolHasMouse = false;
    setMouseTracking(m_movable || m_tool);
    update();
}

void CellView::paintOver(QPainter &painter)
{
    if (m_dropPlace) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2.0));
        painter.drawEllipse(positionOf(*m_dropPlace), 8.0, 8.0);
    }
    if (m_tool)
        m_tool->paint(painter);
}

void CellView::mousePressEvent(QMouseEvent *event)
{
    if (dragGoesOn() && event->button() != Qt::LeftButton)
        return;
    const QPointF at = event->position();
    if (event->button() == Qt::MiddleButton) {
        m_panning = at;
        return;
    }
    if (m_tool && m_tool->mousePress(event)) {
        m_toolHasMouse = true;
        return;
    }
    if (event->button() == Qt::LeftButton && m_movable) {
        if (const std::optional<int> id = markAt(at)) {
            pressMark(*findMark(*id), *event);
            return;
        }
    }
    if (event->button() != Qt::LeftButton)
        return;
    if (const std::optional<int> part = partAt(at)) {
        select(part);
        if (const std::optional<Place> place = placeAt(at))
            Q_EMIT placeClicked(place->dendrite, place->x, event->modifiers());
    } else {
        m_backgroundPress = at;
    }
}

void CellView::pressMark(const CellMark &mark, const QMouseEvent &event)
{
    const int id = mark.id; // the mark may be gone when its click was heard
    const Qt::KeyboardModifiers modifiers = event.modifiers();
    const bool waits = mark.selected && modifiers == Qt::NoModifier;
    m_drag = MarkDrag{id, event.position(), modifiers, waits, false, mark.place};
    if (!waits)
        Q_EMIT markClicked(id, modifiers);
}

void CellView::dragMark(const QPointF &position)
{
    const QPointF way = position - m_drag->pressed;
    if (!m_drag->moving && way.manhattanLength() < QApplication::startDragDistance())
        return;
    m_drag->moving = true;
    const std::optional<Place> place = placeAt(position, 1e9);
    if (place && *place != m_drag->place) {
        m_drag->place = *place;
        Q_EMIT markDragged(m_drag->id, place->dendrite, place->x);
    }
}

void CellView::endMarkDrag(bool cancelled)
{
    const MarkDrag drag = *m_drag;
    m_drag.reset();
    if (cancelled) {
        if (drag.moving)
            Q_EMIT markDragCancelled(drag.id);
    } else if (drag.moving) {
        Q_EMIT markDropped(drag.id, drag.place.dendrite, drag.place.x);
    } else if (drag.clickWaits) {
        Q_EMIT markClicked(drag.id, drag.modifiers);
    }
}

void CellView::mouseMoveEvent(QMouseEvent *event)
{
    const QPointF at = event->position();
    if (m_panning) {
        pan(at - *m_panning);
        m_panning = at;
    } else if (m_drag) {
        dragMark(at);
    } else if (m_toolHasMouse) {
        m_tool->mouseMove(event);
    } else if (m_backgroundPress) {
        const QPointF way = at - *m_backgroundPress;
        if (way.manhattanLength() >= QApplication::startDragDistance() && zoom() != 1.0) {
            m_panning = *m_backgroundPress;
            m_backgroundPress.reset();
            setCursor(Qt::ClosedHandCursor);
        }
    } else if (event->buttons() == Qt::NoButton) {
        if (m_movable && markAt(at))
            setCursor(Qt::OpenHandCursor);
        else if (m_tool)
            m_tool->hover(event);
        else
            unsetCursor();
    }
}

void CellView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->buttons() & (Qt::LeftButton | Qt::MiddleButton))
        return; // the one that drags is still down
    if (m_panning) {
        m_panning.reset();
        unsetCursor();
    } else if (m_drag) {
        endMarkDrag(false);
    } else if (m_toolHasMouse) {
        m_toolHasMouse = false;
        m_tool->mouseRelease(event);
    } else if (m_backgroundPress) {
        m_backgroundPress.reset();
        select(std::nullopt);
    }
}

void CellView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (!m_tool || !m_tool->mouseDoubleClick(event))
        mousePressEvent(event);
}

void CellView::wheelEvent(QWheelEvent *event)
{
    const double steps = event->angleDelta().y() / 120.0;
    if (steps == 0.0) {
        event->ignore();
        return;
    }
    zoomBy(std::pow(ZoomStep, steps), event->position());
}

void CellView::keyPressEvent(QKeyEvent *event)
{
    if (m_drag && event->key() == Qt::Key_Escape) {
        endMarkDrag(true);
        return;
    }
    if (m_tool && m_tool->keyPress(event))
        return;
    const int last = static_cast<int>(layoutOfCell().segments.size()) - 1;
    const int current = selection().value_or(SomaSelected);
    switch (event->key()) {
    case Qt::Key_Right:
        select(selection() ? std::min(current + 1, last) : SomaSelected);
        break;
    case Qt::Key_Left:
        select(std::max(current - 1, SomaSelected));
        break;
    case Qt::Key_Home:
        select(SomaSelected);
        break;
    case Qt::Key_End:
        select(last);
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal: // the same key without Shift
        zoomIn();
        break;
    case Qt::Key_Minus:
        zoomOut();
        break;
    case Qt::Key_0:
        zoomToFit();
        break;
    default:
        CellCanvas::keyPressEvent(event);
    }
}

void CellView::dragEnterEvent(QDragEnterEvent *event)
{
    for (const QString &type : m_types) {
        if (event->mimeData()->hasFormat(type)) {
            event->acceptProposedAction();
            return;
        }
    }
    event->ignore(); // files are the window's business
}

void CellView::dragMoveEvent(QDragMoveEvent *event)
{
    m_dropPlace = placeAt(event->position(), 3.0 * ClickReach);
    if (m_dropPlace)
        event->acceptProposedAction();
    else
        event->ignore();
    update();
}

void CellView::dragLeaveEvent(QDragLeaveEvent *)
{
    m_dropPlace.reset();
    update();
}

void CellView::dropEvent(QDropEvent *event)
{
    m_dropPlace.reset();
    update();
    const std::optional<Place> place = placeAt(event->position(), 3.0 * ClickReach);
    for (const QString &type : m_types) {
        if (place && event->mimeData()->hasFormat(type)) {
            event->acceptProposedAction();
            Q_EMIT itemsDropped(type, event->mimeData()->data(type), place->dendrite, place->x);
            return;
        }
    }
}

QString CellView::tipAt(const QPointF &position) const
{
    const std::optional<int> id = markAt(position);
    const CellMark *mark = id ? findMark(*id) : nullptr;
    if (mark && !mark->tip.isEmpty())
        return mark->tip;
    if (!toolTip().isEmpty()) // a tool says what it would do here
        return toolTip();
    const std::optional<int> part = partAt(position);
    return part ? describe(*part) : QString();
}

bool CellView::event(QEvent *event)
{
    if (event->type() == QEvent::ContextMenu && dragGoesOn())
        return true; // no menu over it
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), tipAt(help->pos()), this);
        return true;
    }
    if (event->type() == QEvent::NativeGesture) {
        const auto *gesture = static_cast<QNativeGestureEvent *>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            zoomBy(1.0 + gesture->value(), gesture->position());
            return true;
        }
    }
    if (event->type() == QEvent::Gesture) {
        const auto *gesture = static_cast<QGestureEvent *>(event);
        if (const QGesture *pinch = gesture->gesture(Qt::PinchGesture)) {
            const auto *p = static_cast<const QPinchGesture *>(pinch);
            zoomBy(p->scaleFactor(), mapFromGlobal(p->centerPoint()));
            return true;
        }
    }
    return CellCanvas::event(event);
}

} // namespace dt
