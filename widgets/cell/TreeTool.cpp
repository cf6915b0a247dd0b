// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell/TreeTool.h"

#include "engine/document/CellSelection.h"
#include "engine/document/Document.h"
#include "widgets/cell/CellView.h"
#include "widgets/cell/PictureSelection.h"
#include "widgets/cell/TreeEditor.h"
#include "widgets/cell/TreeKeys.h"
#include "widgets/cell/gestures/BandGesture.h"
#include "widgets/cell/gestures/DrawGesture.h"
#include "widgets/cell/gestures/PictureGrain.h"
#include "widgets/cell/gestures/ReconnectGesture.h"
#include "widgets/cell/gestures/SizeGesture.h"

#include <QApplication>
#include <QMouseEvent>
#include <QScopedValueRollback>

namespace dt {

namespace {

constexpr double MarkBase = 4.0; ///< so far from the body a triangle does not take the mouse [px]

} // namespace

TreeTool::TreeTool(CellView *view, TreeEditor *editor, QObject *parent) :
    QObject(parent), m_view(view), m_editor(editor),
    m_selection(new PictureSelection(view, editor->selection(), this)),
    m_keys(new TreeKeys(editor, this))
{
    m_view->setTool(this);
    connect(m_selection, &PictureSelection::picked, this, &TreeTool::picked);
    connect(m_keys, &TreeKeys::walked, this, &TreeTool::picked);
    connect(m_keys, &TreeKeys::parentWanted, this, &TreeTool::askForParent);
    connect(editor->document(), &Document::changed, this, [this] {
        if (!m_editing)
            abandon();
    });
}

TreeTool::~TreeTool()
{
    m_view->setTool(nullptr);
}

void TreeTool::setTreeTools(bool on)
{
    m_treeTools = on;
    if (!on)
        setDrawing(false);
    m_selection->setOutlined(on);
}

void TreeTool::setDrawing(bool on)
{
    if (on == m_drawing)
        return;
    m_drawing = on;
    m_asking.reset();
    Q_EMIT drawingChanged(on);
    Q_EMIT hint(on ? drawHint() : QString());
    if (!on)
        m_view->unsetCursor();
}

QString TreeTool::drawHint() const
{
    return DrawGesture::hintFor(m_view->mode());
}

bool TreeTool::draws(Qt::KeyboardModifiers modifiers) const
{
    return m_treeTools && (m_drawing || (modifiers & Qt::AltModifier));
}

void TreeTool::askForParent()
{
    const int dendrite = m_selection->dendrite();
    if (dendrite < 0) {
        (void)m_editor->selected();
        return;
    }
    setDrawing(false);
    m_gesture.reset(); // a button may be down that has not dragged yet
    m_asking = std::make_unique<ReconnectGesture>(m_view, m_editor, dendrite,
                                                  m_view->positionOf({dendrite, 0.0}));
    m_view->setFocus();
    Q_EMIT hint(tr("Click where the branch is to begin, on the soma or another dendrite. Escape "
                   "leaves it where it is."));
    m_view->update();
}

void TreeTool::showSelection()
{
    m_selection->show();
}

TreeHandles TreeTool::handles() const
{
    return {*m_view, m_asking ? -1 : m_selection->dendrite(), m_treeTools};
}

std::optional<QPointF> TreeTool::handleAt(Handle handle) const
{
    return handles().placeOf(handle);
}

std::unique_ptr<TreeGesture> TreeTool::gestureOf(Handle handle, const QPointF &at) const
{
    using Size = SizeGesture::Size;
    const int dendrite = m_selection->dendrite();
    switch (handle) {
    case Handle::Tip:
        return std::make_unique<SizeGesture>(m_view, m_editor, dendrite, Size::Length, at);
    case Handle::Edge:
        return std::make_unique<SizeGesture>(m_view, m_editor, dendrite, Size::Diameter, at);
    case Handle::Base:
        return std::make_unique<ReconnectGesture>(m_view, m_editor, dendrite, at);
    case Handle::Plus:
        return std::make_unique<DrawGesture>(m_view, m_editor, Place{dendrite, 1.0}, at);
    case Handle::None:
        break;
    }
    return nullptr;
}

// Triangles stand close beside a hair, with little of it in sight: what is clicked on the hair or
// at their base is the dendrite, their tips are the marks. Other marks lie on it.
bool TreeTool::isOnMark(const QPointF &at) const
{
    const std::optional<int> id = m_view->marksMovable() ? m_view->markAt(at) : std::nullopt;
    const CellMark *mark = id ? m_view->findMark(*id) : nullptr;
    if (!mark)
        return false;
    const bool triangle =
        mark->shape == CellMark::Shape::Up || mark->shape == CellMark::Shape::Down;
    return !triangle || !m_view->placeAt(at, MarkBase);
}

bool TreeTool::mousePress(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return false;
    if (m_dragging)
        abandon(); // the release went elsewhere
    m_gesture.reset();
    const QPointF at = event->position();
    m_pressed = at;
    m_modifiers = event->modifiers();
    if (m_asking) {
        const std::unique_ptr<ReconnectGesture> answer = std::move(m_asking);
        Q_EMIT hint({});
        answer->moveTo(at);
        answer->finish();
        m_view->update();
        return true;
    }
    const bool drawing = draws(m_modifiers);
    if (!drawing) {
        m_gesture = gestureOf(handles().under(at), at);
        if (m_gesture)
            return true;
    }
    const std::optional<Place> place = snappedPlaceAt(*m_view, at, CellView::ClickReach);
    if (drawing && place) {
        m_gesture = std::make_unique<DrawGesture>(m_view, m_editor, *place, at);
        return true;
    }
    if (isOnMark(at))
        return false;
    if (place) {
        m_selection->pickAt(at, m_modifiers);
        return true;
    }
    if (m_modifiers & Qt::ShiftModifier || !m_treeTools)
        return false; // moves the picture
    m_gesture =
        std::make_unique<BandGesture>(m_view, m_selection, at, m_modifiers & Qt::ControlModifier);
    return true;
}

void TreeTool::mouseMove(QMouseEvent *event)
{
    if (!m_gesture)
        return;
    if (!m_dragging) {
        const QPointF way = event->position() - m_pressed;
        if (way.manhattanLength() < QApplication::startDragDistance())
            return;
        m_dragging = true;
        m_gesture->begin();
        if (const QString what = m_gesture->hint(); !what.isEmpty())
            Q_EMIT hint(what);
    }
    drag(event->position());
}

void TreeTool::drag(const QPointF &at)
{
    const QScopedValueRollback<bool> own(m_editing, true);
    m_gesture->moveTo(at);
    m_view->update();
}

void TreeTool::mouseRelease(QMouseEvent *event)
{
    if (m_dragging) {
        drag(event->position());
        finish(false);
    } else if (m_gesture) {
        m_gesture.reset();
        m_selection->pickAt(event->position(), m_modifiers); // a click on what is below a handle
    }
}

void TreeTool::finish(bool cancelled)
{
    m_dragging = false;
    const std::unique_ptr<TreeGesture> gesture = std::move(m_gesture);
    if (!m_drawing && !gesture->hint().isEmpty())
        Q_EMIT hint({});
    if (cancelled)
        gesture->cancel();
    else
        gesture->finish();
    m_view->update();
}

// The cell was changed by somebody else, e.g. an undo while the mouse is down: what the gesture is
// about may be gone.
void TreeTool::abandon()
{
    if (!m_gesture && !m_asking)
        return;
    if (m_dragging)
        m_gesture->abandon();
    m_dragging = false;
    m_gesture.reset();
    m_asking.reset();
    Q_EMIT hint({});
    m_view->update();
}

bool TreeTool::mouseDoubleClick(QMouseEvent *)
{
    return false;
}

void TreeTool::hover(QMouseEvent *event)
{
    const QPointF at = event->position();
    if (m_asking) {
        m_asking->moveTo(at);
        m_view->setCursor(m_asking->hasPlace() ? Qt::PointingHandCursor : Qt::ArrowCursor);
        m_view->update();
        return;
    }
    const bool drawing = draws(event->modifiers());
    const Handle handle = drawing ? Handle::None : handles().under(at);
    if (drawing && m_view->placeAt(at))
        m_view->setCursor(Qt::CrossCursor);
    else if (handle != Handle::None)
        m_view->setCursor(TreeHandles::cursor(handle));
    else
        m_view->unsetCursor();
    m_view->setToolTip(TreeHandles::tip(handle));
}

bool TreeTool::keyPress(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        return escape();
    if (m_dragging)
        return true; // its mouse is at work
    return m_treeTools && m_keys->press(*event);
}

bool TreeTool::escape()
{
    const CellSelection::Kind kind = m_editor->selection()->kind();
    if (m_dragging) {
        finish(true);
    } else if (m_asking) {
        m_asking.reset();
        Q_EMIT hint({});
    } else if (m_drawing) {
        setDrawing(false);
    } else if (kind == CellSelection::Kind::Dendrites || kind == CellSelection::Kind::Soma) {
        m_editor->selection()->clear();
    } else {
        return false;
    }
    m_view->update();
    return true;
}

void TreeTool::paint(QPainter &painter)
{
    if (m_asking) {
        m_asking->paint(painter);
        return;
    }
    if (!m_dragging || m_gesture->keepsHandles())
        handles().paint(painter);
    if (m_dragging)
        m_gesture->paint(painter);
}

} // namespace dt
