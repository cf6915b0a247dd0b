// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/synapses/MarkEditor.h"

#include "engine/cell/DendritePath.h"
#include "engine/cell/Names.h"
#include "engine/cell/synapses/SynapseEdit.h"
#include "engine/document/CellSelection.h"
#include "engine/document/Document.h"
#include "widgets/cell/CellView.h"
#include "widgets/theme/Colours.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScopedValueRollback>

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

// Ids of marks: synapses by their index, then electrodes, then what is not there yet.
constexpr int ElectrodeIds = 1'000'000;
constexpr int GhostIds = 2'000'000;

/// Area grows with weight, within what can be told apart and still hit.
double sizeOf(double weight)
{
    return std::clamp(std::sqrt(weight), 0.6, 1.8);
}

} // namespace

MarkEditor::MarkEditor(CellView *view, Document *document, CellSelection *selection,
                       QObject *parent) :
    QObject(parent),
    m_view(view), m_document(document), m_selection(selection)
{
    view->setMarksMovable(true);
    view->setAcceptedTypes({QLatin1String(PlaceItem::MimeType)});
    view->installEventFilter(this);
    connect(view, &CellView::markClicked, this, &MarkEditor::clickMark);
    connect(view, &CellView::markDragged, this, &MarkEditor::dragMark);
    connect(view, &CellView::markDropped, this, &MarkEditor::endDrag);
    connect(view, &CellView::markDragCancelled, this, &MarkEditor::cancelDrag);
    connect(view, &CellView::itemsDropped, this,
            [this](const QString &, const QByteArray &data, int dendrite, double x) {
                if (const auto item = PlaceItem::fromBytes(data)) {
                    Q_EMIT itemDropped();
                    place(*item, dendrite, x);
                }
            });
    connect(document, &Document::changed, this, [this] {
        if (m_dragging && !m_moving) { // an undo while the mouse is down
            m_view->dropMarkDrag();
            endDrag();
        }
        refresh();
    });
    connect(selection, &CellSelection::changed, this, &MarkEditor::refresh);
    refresh();
}

void MarkEditor::setItem(const std::optional<PlaceItem> &item)
{
    m_item = item;
    m_view->setCursor(item ? Qt::CrossCursor : Qt::ArrowCursor);
}

void MarkEditor::setGhosts(const std::vector<Synapse> &ghosts)
{
    m_ghosts = ghosts;
    refresh();
}

void MarkEditor::setActive(bool active)
{
    if (active == m_active)
        return;
    m_active = active;
    m_frameFrom.reset();
    m_behindHasMouse = false;
    if (active)
        m_behind = m_view->tool();
    m_view->setTool(active ? this : m_behind);
}

void MarkEditor::refresh()
{
    const Neuron &neuron = m_document->neuron();
    const std::vector<double> starts = dendriteStartsUm(neuron);
    std::vector<CellMark> marks;
    const auto markOf = [&](const Synapse &s) {
        const SynapseKind &kind = neuron.kindOf(s);
        const auto d = static_cast<std::size_t>(s.dendrite);
        CellMark mark;
        mark.place = {s.dendrite, s.x};
        mark.shape =
            kind.polarity == Polarity::Excitatory ? CellMark::Shape::Up : CellMark::Shape::Down;
        mark.size = sizeOf(s.weight);
        mark.tip = tr("%1, %2 µm from the soma, weight %3")
                       .arg(QString::fromStdString(kind.name))
                       .arg(starts[d] + s.x * neuron.dendrites[d].lengthUm, 0, 'f', 0)
                       .arg(s.weight, 0, 'g', 4);
        return mark;
    };
    for (std::size_t i = 0; i < neuron.synapses.size(); ++i) {
        CellMark mark = markOf(neuron.synapses[i]);
        mark.id = static_cast<int>(i);
        mark.selected = m_selection->contains(CellSelection::Kind::Synapses, mark.id);
        marks.push_back(mark);
    }
    const std::vector<Electrode> &electrodes = m_document->stimulus().electrodes;
    for (std::size_t i = 0; i < electrodes.size(); ++i) {
        const Electrode &e = electrodes[i];
        CellMark mark;
        mark.id = ElectrodeIds + static_cast<int>(i);
        mark.place = {e.dendrite, e.x};
        mark.shape = CellMark::Shape::Electrode;
        mark.selected = m_selection->contains(CellSelection::Kind::Electrodes, static_cast<int>(i));
        mark.hollow = !e.on;
        mark.tip =
            (e.clamp == Clamp::Current
                 ? tr("%1: current clamp, %2 nA")
                       .arg(QString::fromStdString(e.name))
                       .arg(e.currentNa)
                 : tr("%1: voltage clamp, %2 mV").arg(QString::fromStdString(e.name)).arg(e.stepMv))
            + (e.on ? QString() : tr(", off"));
        marks.push_back(mark);
    }
    for (std::size_t i = 0; i < m_ghosts.size(); ++i) {
        const Synapse &s = m_ghosts[i];
        if (s.kind >= static_cast<int>(neuron.synapseKinds.size())
            || s.dendrite >= static_cast<int>(neuron.dendrites.size()))
            continue; // the preview is about to follow
        CellMark mark = markOf(s);
        mark.id = GhostIds + static_cast<int>(i);
        mark.hollow = true;
        mark.tip = tr("Not there yet: %1").arg(mark.tip);
        marks.push_back(mark);
    }
    m_view->setMarks(std::move(marks));

    const QPalette palette = m_view->palette();
    std::vector<std::pair<QString, QColor>> legend{
        {tr("▲ excitatory"), colours::ofPolarity(Polarity::Excitatory, palette)},
        {tr("▼ inhibitory"), colours::ofPolarity(Polarity::Inhibitory, palette)}};
    if (!electrodes.empty())
        legend.emplace_back(CellView::PipetteSign + tr(" electrode"),
                            palette.color(QPalette::WindowText));
    if (!m_ghosts.empty())
        legend.emplace_back(tr("△ not there yet"), colours::muted(palette));
    m_view->setLegend(std::move(legend));
}

double MarkEditor::placedX(int dendrite, double x) const
{
    return m_snap && dendrite != SomaIndex
        ? segmentCentre(m_document->neuron().dendrites[static_cast<std::size_t>(dendrite)], x)
        : x;
}

void MarkEditor::place(const PlaceItem &item, int dendrite, double x)
{
    const Neuron &neuron = m_document->neuron();
    m_document->endMerge();
    if (item.what != PlaceItem::What::Synapse) {
        Electrode electrode;
        electrode.clamp =
            item.what == PlaceItem::What::CurrentClamp ? Clamp::Current : Clamp::Voltage;
        electrode.name = freeElectrodeName(m_document->stimulus().electrodes,
                                           electrode.clamp == Clamp::Current ? "current clamp"
                                                                             : "voltage clamp");
        electrode.dendrite = dendrite;
        electrode.x = dendrite == SomaIndex ? 0.5 : placedX(dendrite, x);
        electrode.holdMv = neuron.membrane.restMv;
        // Inside the run, whatever its duration.
        const double run = m_document->stimulus().durationMs;
        electrode.startMs = std::round(0.2 * run);
        electrode.durationMs = std::round(0.5 * run);
        const Status done = m_document->edit(tr("Add Electrode"), [&](Project &project) {
            project.stimulus.electrodes.push_back(electrode);
        });
        Q_EMIT told(done ? QString() : QString::fromStdString(done.error().message));
        if (done)
            m_selection->select(CellSelection::Kind::Electrodes,
                                {static_cast<int>(m_document->stimulus().electrodes.size()) - 1});
        return;
    }
    const std::optional<int> kind = kindNamed(neuron, item.kind);
    if (!kind)
        return;
    if (dendrite == SomaIndex) {
        Q_EMIT told(tr("Synapses sit on dendrites. Put it on one."));
        return;
    }
    const Synapse synapse{*kind, dendrite, placedX(dendrite, x)};
    std::vector<int> added;
    const Status done = m_document->edit(tr("Add Synapse"), [&](Project &project) {
        added = addSynapses(project.neuron, {synapse});
    });
    Q_EMIT told(done ? QString() : QString::fromStdString(done.error().message));
    if (!done)
        return;
    m_selection->select(CellSelection::Kind::Synapses, added);
    const std::vector<Synapse> &all = m_document->neuron().synapses;
    const auto here = std::count_if(all.begin(), all.end(), [&](const Synapse &s) {
        return s.dendrite == synapse.dendrite && s.x == synapse.x && s.kind == synapse.kind;
    });
    if (here > 1)
        Q_EMIT placed(tr("There are %1 \"%2\" synapses at this place now, one mark upon the other. "
                         "Their conductances add up.")
                          .arg(here)
                          .arg(QString::fromStdString(item.kind)));
}

void MarkEditor::placeAtSelection(const PlaceItem &item)
{
    using Kind = CellSelection::Kind;
    const Neuron &neuron = m_document->neuron();
    if (neuron.dendrites.empty())
        return;
    if (m_selection->kind() == Kind::Soma) {
        place(item, SomaIndex, 0.5);
    } else if (const int dendrite = m_selection->single(Kind::Dendrites); dendrite >= 0) {
        place(item, dendrite, m_selection->x());
    } else if (const int synapse = m_selection->single(Kind::Synapses); synapse >= 0) {
        const Synapse beside = neuron.synapses[static_cast<std::size_t>(synapse)];
        place(item, beside.dendrite, beside.x);
    } else {
        Q_EMIT told(tr("Select a dendrite first: click it, or move along it with the arrow keys."));
    }
}

void MarkEditor::clickMark(int id, Qt::KeyboardModifiers modifiers)
{
    using Kind = CellSelection::Kind;
    if (id >= GhostIds)
        return;
    m_document->endMerge();
    const Kind kind = id >= ElectrodeIds ? Kind::Electrodes : Kind::Synapses;
    const int item = id >= ElectrodeIds ? id - ElectrodeIds : id;
    if (modifiers & (Qt::ControlModifier | Qt::ShiftModifier))
        m_selection->toggle(kind, item);
    else
        m_selection->select(kind, {item});
}

void MarkEditor::dragMark(int id, int dendrite, double x)
{
    using Kind = CellSelection::Kind;
    if (id >= GhostIds)
        return;
    if (!m_dragging) {
        m_dragging = true;
        m_synapsesBefore = m_document->neuron().synapses;
        m_electrodesBefore = m_document->stimulus().electrodes;
    }
    const QScopedValueRollback<bool> own(m_moving, true);
    if (id >= ElectrodeIds) {
        const auto index = static_cast<std::size_t>(id - ElectrodeIds);
        (void)m_document->edit(
            tr("Move Electrode"),
            [&](Project &project) {
                if (index < project.stimulus.electrodes.size()) {
                    project.stimulus.electrodes[index].dendrite = dendrite;
                    project.stimulus.electrodes[index].x =
                        dendrite == SomaIndex ? 0.5 : placedX(dendrite, x);
                }
            },
            QStringLiteral("drag-mark"));
        return;
    }
    if (dendrite == SomaIndex || id >= static_cast<int>(m_synapsesBefore.size()))
        return; // it stays on the dendrite, next to the soma
    const std::vector<int> items =
        m_selection->contains(Kind::Synapses, id) ? m_selection->items() : std::vector<int>{id};
    const Synapse from = m_synapsesBefore[static_cast<std::size_t>(id)];
    (void)m_document->edit(
        items.size() == 1 ? tr("Move Synapse") : tr("Move %1 Synapses").arg(items.size()),
        [&](Project &project) {
            Neuron &neuron = project.neuron;
            neuron.synapses = m_synapsesBefore;
            if (items.size() == 1)
                moveSynapses(neuron, items, dendrite, x);
            else // several go the same way along their own dendrites
                shiftSynapses(neuron, items,
                              distanceUm(neuron, {dendrite, x})
                                  - distanceUm(neuron, {from.dendrite, from.x}));
            if (m_snap)
                snapSynapses(neuron, items);
        },
        QStringLiteral("drag-mark"));
}

void MarkEditor::endDrag()
{
    m_dragging = false;
    m_document->endMerge();
}

void MarkEditor::cancelDrag()
{
    const QScopedValueRollback<bool> own(m_moving, true);
    if (m_dragging)
        (void)m_document->edit(
            tr("Move"),
            [&](Project &project) {
                project.neuron.synapses = m_synapsesBefore;
                project.stimulus.electrodes = m_electrodesBefore;
            },
            QStringLiteral("drag-mark"));
    endDrag();
}

void MarkEditor::removeSelected()
{
    using Kind = CellSelection::Kind;
    const Kind kind = m_selection->kind();
    const std::vector<int> items = m_selection->items();
    m_selection->clear();
    if (kind == Kind::Synapses)
        (void)m_document->edit(items.size() == 1 ? tr("Remove Synapse")
                                                 : tr("Remove %1 Synapses").arg(items.size()),
                               [&](Project &project) { removeSynapses(project.neuron, items); });
    else
        (void)m_document->edit(tr("Remove Electrode"), [&](Project &project) {
            std::vector<Electrode> &all = project.stimulus.electrodes;
            for (auto it = items.rbegin(); it != items.rend(); ++it)
                all.erase(all.begin() + *it);
        });
}

bool MarkEditor::mousePress(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return false;
    const QPointF at = event->position();
    const bool framed = event->modifiers() & Qt::ShiftModifier;
    const auto on = m_view->placeAt(at);
    if (m_item && !framed) {
        if (on)
            place(*m_item, on->dendrite, on->x);
        else
            Q_EMIT told(tr("Click on the cell: on a dendrite, or for an electrode on the soma."));
        return true;
    }
    if (m_behind && m_behind->mousePress(event)) {
        m_behindHasMouse = true;
        return true;
    }
    // Zoomed in, a drag of the background moves the picture; Shift makes a frame all the same.
    if (on || m_view->markAt(at) || (m_view->zoom() != 1.0 && !framed))
        return false;
    m_frameFrom = m_frameTo = at;
    return true;
}

void MarkEditor::mouseMove(QMouseEvent *event)
{
    if (m_behindHasMouse) {
        m_behind->mouseMove(event);
    } else if (m_frameFrom) {
        m_frameTo = event->position();
        m_view->update();
    }
}

void MarkEditor::mouseRelease(QMouseEvent *event)
{
    if (m_behindHasMouse) {
        m_behindHasMouse = false;
        m_behind->mouseRelease(event);
        return;
    }
    if (!m_frameFrom)
        return;
    const bool moved =
        (m_frameTo - *m_frameFrom).manhattanLength() >= QApplication::startDragDistance();
    const bool add = event->modifiers() & Qt::ControlModifier;
    if (moved) {
        selectInFrame(add);
    } else if (!add) {
        m_selection->clear();
        m_view->select(std::nullopt);
    }
    m_frameFrom.reset();
    m_view->update();
}

void MarkEditor::selectInFrame(bool add)
{
    using Kind = CellSelection::Kind;
    const QRectF frame = QRectF(*m_frameFrom, m_frameTo).normalized();
    const std::vector<Synapse> &synapses = m_document->neuron().synapses;
    std::vector<int> items;
    if (add && m_selection->kind() == Kind::Synapses)
        items = m_selection->items();
    for (std::size_t i = 0; i < synapses.size(); ++i) {
        if (frame.contains(m_view->positionOf({synapses[i].dendrite, synapses[i].x})))
            items.push_back(static_cast<int>(i));
    }
    m_selection->select(Kind::Synapses, items);
}

bool MarkEditor::mouseDoubleClick(QMouseEvent *event)
{
    if (!m_item)
        return m_behind && m_behind->mouseDoubleClick(event);
    return mousePress(event);
}

void MarkEditor::hover(QMouseEvent *event)
{
    if (m_item)
        m_view->setCursor(Qt::CrossCursor);
    else if (m_behind)
        m_behind->hover(event);
    else
        m_view->unsetCursor();
}

bool MarkEditor::keyPress(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (m_item && enter) {
        placeAtSelection(*m_item);
        return true;
    }
    if (m_item && event->key() == Qt::Key_Escape) {
        Q_EMIT itemDropped();
        return true;
    }
    return m_behind && m_behind->keyPress(event);
}

// Marks are removed whatever tool the picture has.
bool MarkEditor::eventFilter(QObject *watched, QEvent *event)
{
    using Kind = CellSelection::Kind;
    if (event->type() == QEvent::PaletteChange)
        refresh(); // the legend's colours
    if (event->type() != QEvent::KeyPress || m_dragging)
        return QObject::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    const bool marks =
        m_selection->kind() == Kind::Synapses || m_selection->kind() == Kind::Electrodes;
    if ((key == Qt::Key_Delete || key == Qt::Key_Backspace) && marks) {
        removeSelected();
        return true;
    }
    return QObject::eventFilter(watched, event);
}

void MarkEditor::paint(QPainter &painter)
{
    if (m_behind)
        m_behind->paint(painter);
    if (!m_frameFrom)
        return;
    QColor fill = m_view->palette().color(QPalette::Highlight);
    painter.setPen(QPen(fill, 1.0, Qt::DashLine));
    fill.setAlpha(30);
    painter.setBrush(fill);
    painter.drawRect(QRectF(*m_frameFrom, m_frameTo).normalized());
}

} // namespace dt
