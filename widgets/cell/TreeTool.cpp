// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell/TreeTool.h"

#include "engine/cell/LambdaRule.h"
#include "engine/cell/Parameters.h"
#include "engine/cell/tree/TreePoints.h"
#include "engine/document/CellSelection.h"
#include "engine/document/Document.h"
#include "widgets/cell/CellView.h"
#include "widgets/cell/TreeEditor.h"

#include <QApplication>
#include <QLineF>
#include <QMouseEvent>
#include <QScopedValueRollback>

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

constexpr double HandleReach = 7.0; ///< [px]
constexpr double PlusAway = 20.0;
constexpr double EdgeAway = 9.0;
/// Shorter dendrites have no room for handles on the way [px].
constexpr double RoomForHandles = 40.0;
constexpr double ParentReach = 16.0;
constexpr double MarkBase = 4.0; ///< so far from the body a triangle does not take the mouse [px]
/// Lines thinner than this cannot be followed by the mouse: dragging them doubles by the way [px].
constexpr double ThinPixels = 4.0;
constexpr double DoublingPixels = 28.0;

/// Two significant digits, a few more for what is coarse in the picture.
double rounded(double value, double grain)
{
    const double power = std::pow(10.0, std::floor(std::log10(std::max(grain, 1e-6))));
    return std::round(value / power) * power;
}

} // namespace

TreeTool::TreeTool(CellView *view, TreeEditor *editor, QObject *parent) :
    QObject(parent), m_view(view), m_editor(editor)
{
    m_view->setTool(this);
    connect(m_view, &CellView::selectionChanged, this, &TreeTool::takeSelection);
    connect(editor->selection(), &CellSelection::changed, this, &TreeTool::showSelection);
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
    showSelection();
}

void TreeTool::setDrawing(bool on)
{
    if (on == m_drawing)
        return;
    m_drawing = on;
    m_asking = false;
    Q_EMIT drawingChanged(on);
    Q_EMIT hint(on ? drawHint() : QString());
    if (!on)
        m_view->unsetCursor();
}

QString TreeTool::drawHint() const
{
    return m_view->mode() == CellLayout::Mode::Shape
        ? tr("Drag from the soma or a dendrite: the new branch lies as you draw it. Escape leaves "
             "off.")
        : tr("Drag from the soma or a dendrite. This picture is a schematic: of the drag, its "
             "length "
             "counts. Shape keeps its direction.");
}

void TreeTool::askForParent()
{
    if (m_editor->selection()->single(CellSelection::Kind::Dendrites) < 0) {
        (void)m_editor->selected();
        return;
    }
    setDrawing(false);
    m_asking = true;
    m_dendrite = dendrite();
    m_place.reset();
    m_mouse = m_view->positionOf({m_dendrite, 0.0}); // until it moves
    m_view->setFocus();
    Q_EMIT hint(tr("Click where the branch is to begin, on the soma or another dendrite. Escape "
                   "leaves it where it is."));
    m_view->update();
}

int TreeTool::dendrite() const
{
    return m_editor->selection()->single(CellSelection::Kind::Dendrites);
}

std::optional<QPointF> TreeTool::handleAt(Handle handle) const
{
    const int d = dendrite();
    const CellLayout &layout = m_view->layoutOfCell();
    if (d < 0 || d >= static_cast<int>(layout.branches.size()) || m_asking)
        return std::nullopt;
    const QPointF base = m_view->positionOf({d, 0.0});
    const QPointF tip = m_view->positionOf({d, 1.0});
    const bool roomy = QLineF(base, tip).length() >= RoomForHandles;
    switch (handle) {
    case Handle::Tip:
        return QLineF(base, tip).length() >= 2.0 ? std::optional(tip) : std::nullopt;
    case Handle::Edge: {
        if (!roomy)
            return std::nullopt;
        const QPointF along = layout.directionAt({d, 0.5});
        QPointF up(along.y(), -along.x());
        if (up.y() > 0.0)
            up = -up;
        const double half = layout.halfAt({d, 0.5}) * m_view->toView().m11();
        return m_view->positionOf({d, 0.5}) + up * (half + EdgeAway);
    }
    case Handle::Base:
        return m_treeTools && roomy && layout.branches.size() > 1 ? std::optional(base)
                                                                  : std::nullopt;
    case Handle::Plus:
        if (!m_treeTools)
            return std::nullopt;
        // Beside the tip where the window ends behind it.
        for (const double angle : {0.0, 90.0, -90.0}) {
            QTransform turn;
            turn.rotate(angle);
            const QPointF plus = tip + turn.map(layout.directionAt({d, 1.0})) * PlusAway;
            if (QRectF(m_view->rect()).adjusted(10, 10, -10, -10).contains(plus))
                return plus;
        }
        return std::nullopt;
    case Handle::None:
        break;
    }
    return std::nullopt;
}

TreeTool::Handle TreeTool::handleUnder(const QPointF &at) const
{
    Handle found = Handle::None;
    double best = HandleReach + 1.0;
    for (const Handle handle : {Handle::Tip, Handle::Edge, Handle::Base, Handle::Plus}) {
        const std::optional<QPointF> place = handleAt(handle);
        if (place && QLineF(*place, at).length() < best) {
            best = QLineF(*place, at).length();
            found = handle;
        }
    }
    return found;
}

// Ends are where people mean to begin a branch; else a round share, as fine as the picture shows.
Place TreeTool::snapped(Place place, const QPointF &at) const
{
    if (place.dendrite == SomaIndex)
        return place;
    for (const double end : {1.0, 0.0}) {
        if (QLineF(m_view->positionOf({place.dendrite, end}), at).length() < 12.0) {
            place.x = end;
            return place;
        }
    }
    const double pixels =
        QLineF(m_view->positionOf({place.dendrite, 0.0}), m_view->positionOf({place.dendrite, 1.0}))
            .length();
    const double grain = pixels < 400.0 ? 0.01 : 0.001;
    place.x = std::round(place.x / grain) * grain;
    return place;
}

// Triangles stand close beside a hair, with little of it in sight: what is clicked on the hair or
// at their base is the dendrite, their tips are the marks. Other marks lie on it.
bool TreeTool::isOnBody(const QPointF &at) const
{
    const std::optional<int> id = m_view->markAt(at);
    for (const CellMark &mark : m_view->marks()) {
        if (id && mark.id == *id)
            return (mark.shape == CellMark::Shape::Up || mark.shape == CellMark::Shape::Down)
                && m_view->placeAt(at, MarkBase);
    }
    return true;
}

bool TreeTool::mousePress(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return false;
    const QPointF at = event->position();
    m_pressed = m_mouse = at;
    m_modifiers = event->modifiers();
    m_possible = Gesture::None;
    if (m_asking) {
        m_place = m_view->placeAt(at, ParentReach);
        m_asking = false;
        Q_EMIT hint({});
        if (m_place)
            m_editor->reconnectTo(m_dendrite, snapped(*m_place, at));
        m_view->update();
        m_possible = Gesture::None;
        return true;
    }
    const bool draws = m_treeTools && (m_drawing || (event->modifiers() & Qt::AltModifier));
    const Handle handle = draws ? Handle::None : handleUnder(at);
    m_dendrite = dendrite();
    switch (handle) {
    case Handle::Tip:
        m_possible = Gesture::Length;
        return true;
    case Handle::Edge:
        m_possible = Gesture::Diameter;
        return true;
    case Handle::Base:
        m_possible = Gesture::Reconnect;
        return true;
    case Handle::Plus:
        m_possible = Gesture::Draw;
        m_place = Place{m_dendrite, 1.0};
        return true;
    case Handle::None:
        break;
    }
    const std::optional<Place> place = m_view->placeAt(at);
    if (draws && place) {
        m_possible = Gesture::Draw;
        m_place = snapped(*place, at);
        return true;
    }
    if (m_view->marksMovable() && m_view->markAt(at) && !isOnBody(at))
        return false;
    if (!place) {
        if (event->modifiers() & Qt::ShiftModifier || !m_treeTools)
            return false; // moves the picture
        m_possible = Gesture::Band;
        return true;
    }
    m_possible = Gesture::Click;
    pick(at, event->modifiers());
    return true;
}

void TreeTool::pick(const QPointF &at, Qt::KeyboardModifiers modifiers)
{
    CellSelection *selection = m_editor->selection();
    const std::optional<Place> place = m_view->placeAt(at);
    if (!place) {
        selection->clear();
    } else if (place->dendrite == SomaIndex) {
        selection->select(CellSelection::Kind::Soma);
    } else if (modifiers & Qt::ControlModifier) {
        selection->toggle(CellSelection::Kind::Dendrites, place->dendrite);
    } else {
        selection->select(CellSelection::Kind::Dendrites, {place->dendrite}, place->x);
    }
    showSelection(); // also when it is what it was: the picture may show another place
    Q_EMIT picked();
    if (place)
        Q_EMIT m_view->placeClicked(place->dendrite, place->x, modifiers);
}

void TreeTool::begin(Gesture gesture)
{
    m_gesture = gesture;
    const Neuron &neuron = m_editor->document()->neuron();
    const CellLayout &layout = m_view->layoutOfCell();
    if (gesture == Gesture::Length) {
        m_startValue = neuron.dendrites[static_cast<std::size_t>(m_dendrite)].lengthUm;
        m_startPixels =
            QLineF(m_view->positionOf({m_dendrite, 0.0}), m_view->positionOf({m_dendrite, 1.0}))
                .length();
        m_view->holdScale(true);
        m_editor->beginDrag(tr("Change Length"));
    } else if (gesture == Gesture::Diameter) {
        m_startValue = neuron.dendrites[static_cast<std::size_t>(m_dendrite)].diamUm;
        m_startPixels = layout.halfAt({m_dendrite, 0.5}) * m_view->toView().m11();
        m_view->holdScale(true);
        m_editor->beginDrag(tr("Change Diameter"));
    } else if (gesture == Gesture::Draw) {
        Q_EMIT hint(drawHint());
    }
}

void TreeTool::dragLength()
{
    const QPointF base = m_view->positionOf({m_dendrite, 0.0});
    const QPointF chord = m_view->positionOf({m_dendrite, 1.0}) - base;
    const double length = std::hypot(chord.x(), chord.y());
    const QPointF along = length > 0.0 ? chord / length : QPointF(1.0, 0.0);
    // As far as the mouse moved along the dendrite, whatever part of the handle it took.
    const double pixels = m_startPixels + QPointF::dotProduct(m_mouse - m_pressed, along);
    const double umPerPixel = m_startValue / m_startPixels;
    const ParameterInfo &range = *findParameter("dend_L_um");
    const double um = std::clamp(rounded(pixels * umPerPixel, umPerPixel), range.min, range.max);
    const QScopedValueRollback<bool> own(m_editing, true);
    m_editor->edit(
        tr("Change Length"), [&](Neuron &n) { return setLength(n, {m_dendrite}, um); },
        m_editor->dragKey());
}

void TreeTool::dragDiameter()
{
    const QPointF direction = m_view->layoutOfCell().directionAt({m_dendrite, 0.5});
    QPointF up(direction.y(), -direction.x());
    if (up.y() > 0.0)
        up = -up;
    const double moved = QPointF::dotProduct(m_mouse - m_pressed, up);
    double um = m_startValue * std::exp2(moved / DoublingPixels);
    if (m_startPixels >= ThinPixels) {
        const double ratio = std::max(0.05, (m_startPixels + moved) / m_startPixels);
        // The thickened picture draws the root of the diameter.
        um = m_startValue * (m_view->mode() == CellLayout::Mode::Schematic ? ratio * ratio : ratio);
    }
    const ParameterInfo &range = *findParameter("dend_diam_um");
    um = std::clamp(rounded(um, um / 10.0), range.min, range.max);
    const QScopedValueRollback<bool> own(m_editing, true);
    m_editor->edit(
        tr("Change Diameter"), [&](Neuron &n) { return setDiameter(n, {m_dendrite}, um); },
        m_editor->dragKey());
}

void TreeTool::drag(const QPointF &at)
{
    m_mouse = at;
    switch (m_gesture) {
    case Gesture::Length:
        dragLength();
        break;
    case Gesture::Diameter:
        dragDiameter();
        break;
    case Gesture::Reconnect:
        m_place = m_view->placeAt(at, ParentReach);
        if (m_place)
            m_place = snapped(*m_place, at);
        break;
    default:
        break;
    }
    m_view->update();
}

void TreeTool::mouseMove(QMouseEvent *event)
{
    if (m_gesture == Gesture::None) {
        const QPointF way = event->position() - m_pressed;
        if (m_possible == Gesture::None || m_possible == Gesture::Click
            || way.manhattanLength() < QApplication::startDragDistance())
            return;
        begin(m_possible);
    }
    drag(event->position());
}

void TreeTool::mouseRelease(QMouseEvent *event)
{
    if (m_gesture != Gesture::None) {
        drag(event->position());
        finish(false);
    } else if (m_possible != Gesture::None && m_possible != Gesture::Click) {
        pick(event->position(), m_modifiers); // a click on a handle is one on what is below it
    }
    m_possible = Gesture::None;
}

void TreeTool::finish(bool cancelled)
{
    const Gesture gesture = std::exchange(m_gesture, Gesture::None);
    m_possible = Gesture::None;
    switch (gesture) {
    case Gesture::Length:
    case Gesture::Diameter:
        if (cancelled)
            m_editor->cancelDrag();
        else
            m_editor->endDrag();
        m_view->holdScale(false);
        break;
    case Gesture::Draw:
        if (!m_drawing)
            Q_EMIT hint({});
        if (!cancelled && m_place)
            addDrawn();
        break;
    case Gesture::Reconnect:
        if (!cancelled && m_place)
            m_editor->reconnectTo(m_dendrite, *m_place);
        break;
    case Gesture::Band:
        if (!cancelled)
            selectInBand();
        break;
    default:
        break;
    }
    m_view->update();
}

QLineF TreeTool::drawnLine() const
{
    const CellLayout &layout = m_view->layoutOfCell();
    const QPointF to = m_view->toView().inverted().map(m_mouse);
    QPointF from = layout.pointAt(*m_place);
    if (m_place->dendrite == SomaIndex && m_view->mode() != CellLayout::Mode::Shape) {
        from.setX(layout.soma.right());
    } else if (m_place->dendrite == SomaIndex) {
        const Point3 edge = somaEdge(m_view->neuron().soma, std::atan2(-to.y(), to.x()));
        from = QPointF(edge.x, -edge.y);
    }
    return {from, to};
}

double TreeTool::drawnUm() const
{
    return rounded(drawnLine().length() / m_view->layoutOfCell().unitsPerUm,
                   1.0 / m_view->pixelsPerUm());
}

void TreeTool::addDrawn()
{
    const QLineF line = drawnLine();
    const CellLayout &layout = m_view->layoutOfCell();
    if (m_place->dendrite == SomaIndex && layout.soma.contains(line.p2()))
        return; // not out of the soma
    std::vector<Point3> points;
    if (m_view->mode() == CellLayout::Mode::Shape)
        points = {{line.x1(), -line.y1(), 0.0, 1.0}, {line.x2(), -line.y2(), 0.0, 1.0}};
    m_editor->addBranchAt(*m_place, drawnUm(), points);
}

// The cell was changed by somebody else, e.g. an undo while the mouse is down: what the gesture is
// about may be gone.
void TreeTool::abandon()
{
    if (m_gesture == Gesture::None && m_possible == Gesture::None && !m_asking)
        return;
    if (m_gesture == Gesture::Length || m_gesture == Gesture::Diameter)
        m_editor->endDrag();
    m_gesture = Gesture::None;
    m_possible = Gesture::None;
    m_asking = false;
    m_place.reset();
    m_view->holdScale(false);
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
    const bool draws = m_treeTools && (m_drawing || (event->modifiers() & Qt::AltModifier));
    if (m_asking) {
        m_mouse = at;
        m_place = m_view->placeAt(at, ParentReach);
        if (m_place)
            m_place = snapped(*m_place, at);
        m_view->setCursor(m_place ? Qt::PointingHandCursor : Qt::ArrowCursor);
        m_view->update();
        return;
    }
    const Handle handle = draws ? Handle::None : handleUnder(at);
    if (draws && m_view->placeAt(at))
        m_view->setCursor(Qt::CrossCursor);
    else if (handle == Handle::Tip || handle == Handle::Base)
        m_view->setCursor(Qt::SizeAllCursor);
    else if (handle == Handle::Edge)
        m_view->setCursor(Qt::SizeVerCursor);
    else if (handle == Handle::Plus)
        m_view->setCursor(Qt::CrossCursor);
    else
        m_view->unsetCursor();
    m_view->setToolTip(handle == Handle::Tip        ? tr("Drag: length")
                           : handle == Handle::Edge ? tr("Drag: diameter")
                           : handle == Handle::Base
                           ? tr("Drag onto another dendrite: hang it there")
                           : handle == Handle::Plus ? tr("Drag: draw a new branch")
                                                    : QString());
}

QString TreeTool::lengthLabel(int dendrite) const
{
    const Neuron &neuron = m_editor->document()->neuron();
    const Dendrite &d = neuron.dendrites[static_cast<std::size_t>(dendrite)];
    return tr("%1 µm, %2 λ")
        .arg(d.lengthUm, 0, 'g', 5)
        .arg(lengthInLambda(d, neuron.membrane), 0, 'f', 2);
}

} // namespace dt
