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
#include <QPinchGesture>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

constexpr double MinZoom = 0.5;
constexpr double MaxZoom = 400.0;
/// So much of the cell stays in the window [px].
constexpr double StaysVisible = 40.0;

double distanceTo(const QPolygonF &outline, const QPointF &position)
{
    if (outline.containsPoint(position, Qt::WindingFill))
        return 0.0;
    double best = 1e300;
    for (qsizetype i = 0; i < outline.size(); ++i) {
        const QPointF from = outline[i];
        const QPointF way = outline[(i + 1) % outline.size()] - from;
        const double squared = QPointF::dotProduct(way, way);
        const double along = squared > 0.0
            ? std::clamp(QPointF::dotProduct(position - from, way) / squared, 0.0, 1.0)
            : 0.0;
        const QPointF off = position - from - way * along;
        best = std::min(best, std::hypot(off.x(), off.y()));
    }
    return best;
}

} // namespace

CellView::CellView(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Picture of the cell"));
    setMinimumSize(160, 96);
    grabGesture(Qt::PinchGesture);
}

CellView::~CellView() = default;

QSize CellView::sizeHint() const
{
    return {480, 160};
}

void CellView::layOut()
{
    const CellLayout before = m_held ? m_layout : CellLayout{};
    m_layout = layOutCell(m_neuron, m_mode, m_held ? &before : nullptr);
}

void CellView::setNeuron(const Neuron &neuron)
{
    m_neuron = neuron;
    layOut();
    if (m_selection && *m_selection >= static_cast<int>(m_layout.segments.size()))
        m_selection.reset();
    m_mv.clear();
    if (!m_ownMarks)
        synapsesToMarks();
    update();
}

void CellView::setMode(CellLayout::Mode mode)
{
    m_mode = mode;
    layOut();
    zoomToFit();
    update();
}

void CellView::setSynapsesVisible(bool visible)
{
    m_synapses = visible;
    update();
}

void CellView::setVoltages(std::span<const float> mv)
{
    m_mv.assign(mv.begin(), mv.end());
    update();
}

void CellView::setSelection(std::optional<int> part)
{
    m_selection = part;
    update();
}

void CellView::setSelectedDendrites(std::vector<int> dendrites)
{
    m_selectedDendrites = std::move(dendrites);
    update();
}

void CellView::select(std::optional<int> part)
{
    if (part == m_selection)
        return;
    setSelection(part);
    Q_EMIT selectionChanged();
}

void CellView::synapsesToMarks()
{
    m_marks.clear();
    m_marks.reserve(m_neuron.synapses.size());
    for (const Synapse &s : m_neuron.synapses) {
        const Polarity polarity = m_neuron.synapseKinds[static_cast<std::size_t>(s.kind)].polarity;
        CellMark mark;
        mark.id = static_cast<int>(m_marks.size());
        mark.place = {s.dendrite, s.x};
        mark.shape = polarity == Polarity::Excitatory ? CellMark::Shape::Up : CellMark::Shape::Down;
        m_marks.push_back(mark);
    }
}

void CellView::setMarks(std::vector<CellMark> marks)
{
    m_ownMarks = true;
    m_marks = std::move(marks);
    update();
}

void CellView::setMarksMovable(bool movable)
{
    m_movable = movable;
    setMouseTracking(movable || m_tool);
}

void CellView::setAllMarksShown(bool all)
{
    m_allMarks = all;
    update();
}

std::vector<int> CellView::drawnMarks() const
{
    std::vector<int> ids;
    for (const MarkBody &body : markBodies())
        ids.push_back(body.mark->id);
    return ids;
}

void CellView::setLegend(std::vector<std::pair<QString, QColor>> legend)
{
    m_legend = std::move(legend);
    update();
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

double CellView::pixelsPerUm() const
{
    return toView().m11() * m_layout.unitsPerUm;
}

QPointF CellView::positionOf(const Place &place) const
{
    return toView().map(m_layout.pointAt(place));
}

void CellView::holdScale(bool hold)
{
    if (hold == m_held.has_value())
        return;
    if (hold) {
        m_held = fitted();
    } else {
        m_held.reset();
        layOut();
    }
    update();
}

void CellView::zoomBy(double factor, const QPointF &at)
{
    const double zoom = std::clamp(m_zoom * factor, MinZoom, MaxZoom);
    if (zoom == m_zoom)
        return;
    m_pan = at - (at - m_pan) * (zoom / m_zoom);
    m_zoom = zoom;
    pan({});
    update();
    Q_EMIT zoomChanged();
}

void CellView::zoomToFit()
{
    m_zoom = 1.0;
    m_pan = {};
    update();
    Q_EMIT zoomChanged();
}

// The cell is never lost out of sight.
void CellView::pan(const QPointF &by)
{
    m_pan += by;
    const QRectF cell = toView().mapRect(m_layout.bounds);
    const double room = std::min({StaysVisible, width() / 2.0, height() / 2.0});
    const QRectF inner = QRectF(rect()).adjusted(room, room, -room, -room);
    m_pan.rx() +=
        std::max(0.0, inner.left() - cell.right()) - std::max(0.0, cell.left() - inner.right());
    m_pan.ry() +=
        std::max(0.0, inner.top() - cell.bottom()) - std::max(0.0, cell.top() - inner.bottom());
    update();
}

void CellView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (m_zoom == 1.0)
        m_pan = {};
    else
        pan({});
}

std::optional<int> CellView::partAt(const QPointF &position) const
{
    const QTransform transform = toView();
    if (transform.mapRect(m_layout.soma).contains(position))
        return SomaSelected;
    std::optional<int> nearest;
    double best = ClickReach;
    for (const CellLayout::Segment &segment : m_layout.segments) {
        const QRectF box =
            transform.mapRect(segment.outline.boundingRect()).adjusted(-best, -best, best, best);
        if (!box.contains(position))
            continue;
        const double distance = distanceTo(transform.map(segment.outline), position);
        if (distance < best) {
            best = distance;
            nearest = segment.row;
        }
    }
    return nearest;
}

std::optional<Place> CellView::placeAt(const QPointF &position, double reach) const
{
    const QTransform transform = toView();
    const QPointF point = transform.inverted().map(position);
    if (transform.mapRect(m_layout.soma).contains(position))
        return Place{};
    std::optional<Place> nearest;
    double best = reach;
    for (std::size_t i = 0; i < m_layout.branches.size(); ++i) {
        const QPolygonF &line = m_layout.branches[i].line;
        const double thick =
            *std::max_element(m_layout.branches[i].half.begin(), m_layout.branches[i].half.end())
            * transform.m11();
        const double far = best + thick;
        if (!transform.mapRect(line.boundingRect())
                 .adjusted(-far, -far, far, far)
                 .contains(position))
            continue;
        const Place place = m_layout.nearestOn(static_cast<int>(i), point);
        const QPointF off = position - transform.map(m_layout.pointAt(place));
        const double distance =
            std::max(0.0, std::hypot(off.x(), off.y()) - m_layout.halfAt(place) * transform.m11());
        if (distance < best) {
            best = distance;
            nearest = place;
        }
    }
    return nearest;
}

QString CellView::describe(int part) const
{
    QString text = tr("Soma");
    if (part != SomaSelected) {
        const CellLayout::Segment &segment = m_layout.segments[static_cast<std::size_t>(part)];
        text = tr("Segment %1, %2 µm from the soma").arg(part).arg(segment.pathUm, 0, 'f', 0);
        if (m_neuron.dendrites.size() > 1)
            text = QString::fromStdString(
                       m_neuron.dendrites[static_cast<std::size_t>(segment.dendrite)].name)
                + tr(": ") + text;
    }
    const auto index = static_cast<std::size_t>(part + 1);
    if (index < m_mv.size())
        text += tr(": %1 mV").arg(static_cast<double>(m_mv[index]), 0, 'f', 1);
    return text;
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
            const auto mark = std::find_if(m_marks.begin(), m_marks.end(),
                                           [&](const CellMark &m) { return m.id == *id; });
            const bool waits = mark->selected && event->modifiers() == Qt::NoModifier;
            m_drag = MarkDrag{*id, at, event->modifiers(), waits, false, mark->place};
            if (!waits)
                Q_EMIT markClicked(*id, event->modifiers());
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

bool CellView::dragMark(const QPointF &position)
{
    const QPointF way = position - m_drag->pressed;
    if (!m_drag->moving && way.manhattanLength() < QApplication::startDragDistance())
        return false;
    m_drag->moving = true;
    const std::optional<Place> place = placeAt(position, 1e9);
    if (place && *place != m_drag->place) {
        m_drag->place = *place;
        Q_EMIT markDragged(m_drag->id, place->dendrite, place->x);
    }
    return true;
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
        if (way.manhattanLength() >= QApplication::startDragDistance() && m_zoom != 1.0) {
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
    const int last = static_cast<int>(m_layout.segments.size()) - 1;
    const int current = m_selection.value_or(SomaSelected);
    switch (event->key()) {
    case Qt::Key_Right:
        select(m_selection ? std::min(current + 1, last) : SomaSelected);
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
        QWidget::keyPressEvent(event);
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

bool CellView::event(QEvent *event)
{
    if (event->type() == QEvent::ContextMenu && dragGoesOn())
        return true; // no menu over it
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const std::optional<int> id = markAt(help->pos());
        const auto mark = std::find_if(m_marks.begin(), m_marks.end(),
                                       [&](const CellMark &m) { return id && m.id == *id; });
        if (mark != m_marks.end() && !mark->tip.isEmpty())
            QToolTip::showText(help->globalPos(), mark->tip, this);
        else if (!toolTip().isEmpty()) // a tool says what it would do here
            QToolTip::showText(help->globalPos(), toolTip(), this);
        else if (const std::optional<int> part = partAt(help->pos()))
            QToolTip::showText(help->globalPos(), describe(*part), this);
        else
            QToolTip::hideText();
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
    return QWidget::event(event);
}

} // namespace dt
