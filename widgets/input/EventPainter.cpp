// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/input/EventPainter.h"

#include "engine/document/Document.h"
#include "widgets/plots/RowAxis.h"
#include "widgets/theme/Colours.h"

#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

constexpr double ClickReach = 9.0;
constexpr double DragThreshold = 4.0;
constexpr double WeightStep = 0.5;
/// Random input may reach every segment almost every ms: more marks than these would only be a
/// carpet. The strongest are drawn.
constexpr std::size_t MostRandomMarks = 6000;
/// An event next to the soma or at the tip is seen whole.
constexpr double EdgeMargin = 0.08;

/// Area grows with weight.
double markerSize(double weight)
{
    return std::clamp(3.6 * std::sqrt(weight), 4.0, 22.0);
}

void keepStrongest(std::vector<InputEvent> &events)
{
    if (events.size() <= MostRandomMarks)
        return;
    const auto last = events.begin() + std::ptrdiff_t{MostRandomMarks};
    std::nth_element(events.begin(), last, events.end(),
                     [](const InputEvent &a, const InputEvent &b) { return a.weight > b.weight; });
    events.erase(last, events.end());
}

QString polarityWord(Polarity polarity)
{
    return polarity == Polarity::Excitatory ? EventPainter::tr("Excitatory")
                                            : EventPainter::tr("Inhibitory");
}

} // namespace

EventPainter::EventPainter(Document *document, QWidget *parent) :
    PlotCanvas(parent), m_document(document), m_paintedCount(document->stimulus().painted.size())
{
    setToolTip(tr("Click to add an event, drag to move it, wheel to change its weight, Delete to "
                  "remove it."));
    m_unheardMarkers = addMarkers(Shape::Dot, Qt::gray);
    for (const int painted : {0, 1}) {
        for (const int polarity : {1, 0}) // excitation on top
            m_markers[painted][polarity] =
                addMarkers(polarity == 0 ? Shape::Up : Shape::Down, Qt::black);
    }
    applyTheme();
    connect(document, &Document::changed, this, [this](const ChangeEvent &event) {
        followSelection(event.everything);
        refresh();
    });
    refresh();
}

void EventPainter::setBrush(Polarity polarity, double weight)
{
    m_brushPolarity = polarity;
    m_brushWeight = weight;
}

void EventPainter::refresh()
{
    const Neuron &neuron = m_document->neuron();
    const Stimulus &stimulus = m_document->stimulus();
    const int rows = neuron.segmentCount();
    for (const Polarity polarity : {Polarity::Excitatory, Polarity::Inhibitory})
        m_hears[polarity == Polarity::Inhibitory] = rowsThatHear(neuron, polarity);
    const auto unheard = [this](const InputEvent &e) { return !isHeard(e); };
    m_rain = rainEvents(stimulus.rain, rows, stimulus.durationMs);
    const std::vector<InputEvent> training =
        trainingEvents(stimulus.training, rows, stimulus.durationMs);
    m_rain.insert(m_rain.end(), training.begin(), training.end());
    std::erase_if(m_rain, unheard); // rain falls where synapses are
    keepStrongest(m_rain);
    applyRowAxis(*this, neuron, EdgeMargin);

    std::vector<Marker> markers[2][2];
    for (const InputEvent &e : m_rain)
        markers[0][e.polarity == Polarity::Inhibitory].push_back(
            {e.timeMs + 0.5, double(e.row), markerSize(e.weight)});
    drawAxons(markers[0]);
    std::vector<Marker> lost;
    for (std::size_t i = 0; i < stimulus.painted.size(); ++i) {
        const InputEvent &e = stimulus.painted[i];
        if (!isHeard(e)) {
            lost.push_back({e.timeMs + 0.5, double(e.row), 7.0, m_selection == i});
            continue;
        }
        markers[1][e.polarity == Polarity::Inhibitory].push_back(
            {e.timeMs + 0.5, double(e.row), markerSize(e.weight), m_selection == i});
    }
    setMarkers(m_unheardMarkers, std::move(lost));
    for (const int painted : {0, 1}) {
        for (const int polarity : {0, 1})
            setMarkers(m_markers[painted][polarity], std::move(markers[painted][polarity]));
    }
    setEmptyText(m_rain.empty() && m_axonEvents.empty() && stimulus.painted.empty()
                     ? tr("No input yet. Click here to paint a synaptic event, or turn on the "
                          "random rain.")
                     : QString());
    redraw();
}

void EventPainter::drawAxons(std::vector<Marker> (&markers)[2])
{
    const Stimulus &stimulus = m_document->stimulus();
    const int rows = m_document->neuron().segmentCount();
    if (!(stimulus.axons == m_axonsOf.axons) || stimulus.durationMs != m_axonsOf.durationMs
        || rows != m_axonRows) {
        m_axonsOf.axons = stimulus.axons;
        m_axonsOf.durationMs = stimulus.durationMs;
        m_axonRows = rows;
        m_axonEvents = axonEvents(stimulus.axons, rows, stimulus.durationMs);
        keepStrongest(m_axonEvents);
    }
    for (const InputEvent &e : m_axonEvents)
        if (isHeard(e))
            markers[e.polarity == Polarity::Inhibitory].push_back(
                {e.timeMs + 0.5, double(e.row), std::clamp(3.6 * std::sqrt(e.weight), 2.0, 14.0)});
}

// Undo may have put other events before the selected one.
void EventPainter::followSelection(bool anotherProject)
{
    const std::vector<InputEvent> &painted = m_document->stimulus().painted;
    const bool sameCount = painted.size() == m_paintedCount;
    m_paintedCount = painted.size();
    if (!m_selection)
        return;
    const std::optional<std::size_t> before = m_selection;
    if (anotherProject) {
        m_selection.reset();
    } else if (sameCount) { // it was moved or weighted
        m_selectedEvent = painted[*m_selection];
    } else {
        const auto it = std::find(painted.begin(), painted.end(), m_selectedEvent);
        if (it == painted.end())
            m_selection.reset();
        else
            m_selection = static_cast<std::size_t>(it - painted.begin());
    }
    if (m_selection != before)
        Q_EMIT selectionChanged();
}

void EventPainter::applyTheme()
{
    setMarkersColour(m_unheardMarkers, colours::muted(palette()));
    for (const int polarity : {0, 1}) {
        QColor colour = colours::ofPolarity(
            polarity == 0 ? Polarity::Excitatory : Polarity::Inhibitory, palette());
        setMarkersColour(m_markers[1][polarity], colour);
        colour.setAlpha(170);
        setMarkersColour(m_markers[0][polarity], colour);
    }
}

std::optional<std::size_t> EventPainter::eventAt(const QPointF &pixel) const
{
    std::optional<std::size_t> nearest;
    double best = ClickReach;
    const std::vector<InputEvent> &painted = m_document->stimulus().painted;
    for (std::size_t i = 0; i < painted.size(); ++i) {
        const QPointF at = toPixel({painted[i].timeMs + 0.5, double(painted[i].row)});
        const double distance = std::hypot(at.x() - pixel.x(), at.y() - pixel.y());
        if (distance < best) {
            best = distance;
            nearest = i;
        }
    }
    return nearest;
}

bool EventPainter::isHeard(const InputEvent &event) const
{
    const std::vector<bool> &rows = m_hears[event.polarity == Polarity::Inhibitory];
    return event.row < 0 || static_cast<std::size_t>(event.row) >= rows.size()
        || rows[static_cast<std::size_t>(event.row)];
}

QString EventPainter::describe(const InputEvent &event, const QString &origin) const
{
    if (!isHeard(event))
        return tr("%1, %2 ms, segment %3: no such synapse there, so it is left out of the run")
            .arg(polarityWord(event.polarity))
            .arg(event.timeMs)
            .arg(event.row);
    return tr("%1, weight %2, %3 ms, segment %4%5")
        .arg(polarityWord(event.polarity))
        .arg(event.weight, 0, 'f', 1)
        .arg(event.timeMs)
        .arg(event.row)
        .arg(origin);
}

void EventPainter::select(std::optional<std::size_t> index)
{
    if (index == m_selection)
        return;
    m_document->endMerge(); // what is done to the next event is another step
    m_selection = index;
    if (index)
        m_selectedEvent = m_document->stimulus().painted[*index];
    refresh();
    Q_EMIT selectionChanged();
}

void EventPainter::add(int row, int timeMs)
{
    const Stimulus &stimulus = m_document->stimulus();
    const int rows = m_document->neuron().segmentCount();
    const InputEvent event{m_brushPolarity, std::clamp(row, 0, rows - 1),
                           std::clamp(timeMs, 0, stimulus.durationMs - 1), m_brushWeight};
    const Status done = m_document->edit(
        tr("Add Event"), [&](Project &p) { paintEvents(p.stimulus.painted, {event}); });
    if (!done)
        return;
    const std::vector<InputEvent> &painted = m_document->stimulus().painted;
    const auto it = std::find_if(painted.begin(), painted.end(), [&](const InputEvent &e) {
        return e.polarity == event.polarity && e.row == event.row && e.timeMs == event.timeMs;
    });
    select(static_cast<std::size_t>(it - painted.begin()));
}

void EventPainter::removeSelected()
{
    if (!m_selection)
        return;
    const std::size_t index = *m_selection;
    m_selection.reset();
    (void)m_document->edit(tr("Remove Event"), [index](Project &project) {
        project.stimulus.painted.erase(project.stimulus.painted.begin()
                                       + static_cast<std::ptrdiff_t>(index));
    });
    Q_EMIT selectionChanged();
}

void EventPainter::changeSelected(const QString &text, const QString &key,
                                  const std::function<void(InputEvent &)> &change)
{
    if (!m_selection)
        return;
    (void)m_document->edit(
        text, [&](Project &project) { change(project.stimulus.painted[*m_selection]); }, key);
}

void EventPainter::moveSelected(int rows, int ms)
{
    const int lastRow = m_document->neuron().segmentCount() - 1;
    const int lastMs = m_document->stimulus().durationMs - 1;
    changeSelected(tr("Move Event"), QStringLiteral("move-event"), [&](InputEvent &e) {
        e.setRow(std::clamp(e.row + rows, 0, lastRow));
        e.timeMs = std::clamp(e.timeMs + ms, 0, lastMs);
    });
}

void EventPainter::changeWeight(double by)
{
    changeSelected(tr("Change Weight"), QStringLiteral("event-weight"), [by](InputEvent &e) {
        e.weight = std::clamp(e.weight + by, WeightStep, MaxStimulusWeight);
    });
}

void EventPainter::selectNeighbour(int direction)
{
    const std::vector<InputEvent> &painted = m_document->stimulus().painted;
    if (painted.empty())
        return;
    std::vector<std::size_t> order(painted.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return painted[a].timeMs < painted[b].timeMs;
    });
    if (!m_selection) {
        select(direction > 0 ? order.front() : order.back());
        return;
    }
    const auto at = std::find(order.begin(), order.end(), *m_selection) - order.begin();
    const auto next = std::clamp<std::ptrdiff_t>(at + direction, 0,
                                                 static_cast<std::ptrdiff_t>(order.size()) - 1);
    select(order[static_cast<std::size_t>(next)]);
}

void EventPainter::plotMousePress(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    if (event->modifiers() & Qt::ShiftModifier) {
        PlotCanvas::plotMousePress(event); // the mark
        return;
    }
    m_pressed = event->position();
    const std::optional<std::size_t> hit = eventAt(event->position());
    m_dragging = hit.has_value();
    m_mayAdd = !hit && plotRect().contains(event->position().toPoint());
    m_document->endMerge();
    if (hit) {
        select(hit);
        const InputEvent &e = m_document->stimulus().painted[*hit];
        m_grabbed = toPlot(event->position()) - QPointF(e.timeMs + 0.5, e.row);
        m_moved = false;
    } else {
        PlotCanvas::plotMousePress(event); // a drag pans
    }
}

void EventPainter::plotMouseMove(QMouseEvent *event)
{
    const QPointF at = toPlot(event->position());
    const bool far =
        std::hypot(event->position().x() - m_pressed.x(), event->position().y() - m_pressed.y())
        > DragThreshold;
    if (m_dragging && m_selection) {
        // A click selects; only a drag moves, by the way that the mouse went.
        m_moved = m_moved || far;
        if (!m_moved)
            return;
        const QPointF to = at - m_grabbed;
        const int row = std::clamp(static_cast<int>(std::lround(to.y())), 0,
                                   m_document->neuron().segmentCount() - 1);
        const int ms = std::clamp(static_cast<int>(std::floor(to.x())), 0,
                                  m_document->stimulus().durationMs - 1);
        changeSelected(tr("Move Event"), QStringLiteral("drag-event"), [&](InputEvent &e) {
            e.setRow(row);
            e.timeMs = ms;
        });
        Q_EMIT hovered(describe(m_document->stimulus().painted[*m_selection]));
        return;
    }
    if (far)
        m_mayAdd = false;
    PlotCanvas::plotMouseMove(event);
    if (const std::optional<std::size_t> hit = eventAt(event->position())) {
        Q_EMIT hovered(describe(m_document->stimulus().painted[*hit]));
        return;
    }
    const QString rain =
        m_document->stimulus().rain.on ? tr(" (rain)") : tr(" (like training data)");
    for (const auto &[events, origin] :
         {std::pair{&m_rain, rain}, std::pair{&m_axonEvents, tr(" (axons)")}}) {
        for (const InputEvent &e : *events) {
            if (!isHeard(e))
                continue;
            const QPointF pixel = toPixel({e.timeMs + 0.5, double(e.row)});
            if (std::abs(pixel.x() - event->position().x()) < 5.0
                && std::abs(pixel.y() - event->position().y()) < 5.0) {
                Q_EMIT hovered(describe(e, origin));
                return;
            }
        }
    }
    const int ms = static_cast<int>(std::floor(at.x()));
    if (ms < 0 || ms >= m_document->stimulus().durationMs) { // beside the plot
        Q_EMIT hovered({});
        return;
    }
    Q_EMIT hovered(tr("%1 ms, segment %2")
                       .arg(ms)
                       .arg(std::clamp(std::lround(at.y()), 0L,
                                       long(m_document->neuron().segmentCount()) - 1)));
}

QString EventPainter::wordsAt(int ms) const
{
    int count[2] = {};
    double weight[2] = {};
    for (const InputEvent &event : m_document->stimulus().painted) {
        if (event.timeMs != ms)
            continue;
        const int kind = event.polarity == Polarity::Inhibitory;
        ++count[kind];
        weight[kind] += event.weight;
    }
    QStringList words;
    if (count[0] > 0)
        words << tr("%1 excitatory, weight %2").arg(count[0]).arg(weight[0], 0, 'f', 1);
    if (count[1] > 0)
        words << tr("%1 inhibitory, weight %2").arg(count[1]).arg(weight[1], 0, 'f', 1);
    return words.isEmpty() ? tr("nothing painted at %1 ms").arg(ms)
                           : words.join(QStringLiteral("; "));
}

void EventPainter::plotMouseRelease(QMouseEvent *event)
{
    PlotCanvas::plotMouseRelease(event);
    if (m_mayAdd && event->button() == Qt::LeftButton) {
        const QPointF at = toPlot(event->position());
        add(static_cast<int>(std::lround(at.y())), static_cast<int>(std::floor(at.x())));
    }
    m_mayAdd = false;
    m_dragging = false;
    m_document->endMerge();
}

void EventPainter::plotDoubleClick(QMouseEvent *)
{
    // The first click has added an event; a second one should not also change the view.
}

void EventPainter::plotWheel(QWheelEvent *event)
{
    // Without the keyboard the wheel changes nothing, here as in fields.
    const std::optional<std::size_t> hit = hasFocus() ? eventAt(event->position()) : std::nullopt;
    if (!hit) {
        PlotCanvas::plotWheel(event);
        return;
    }
    select(hit);
    changeWeight(WeightStep * event->angleDelta().y() / 120.0);
    Q_EMIT hovered(describe(m_document->stimulus().painted[*hit]));
}

void EventPainter::keyPressEvent(QKeyEvent *event)
{
    const int step = event->modifiers() & Qt::ShiftModifier ? 10 : 1;
    const bool control = event->modifiers() & Qt::ControlModifier;
    switch (event->key()) {
    case Qt::Key_Insert: {
        const TimeAxis::Range shown = timeAxis()->shown();
        m_document->endMerge();
        add(m_document->neuron().segmentCount() / 2,
            static_cast<int>((shown.from + shown.to) / 2.0));
        return;
    }
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        removeSelected();
        return;
    case Qt::Key_Escape:
        if (m_selection) {
            select(std::nullopt);
            return;
        }
        break;
    case Qt::Key_Right:
    case Qt::Key_Left: {
        const int direction = event->key() == Qt::Key_Right ? 1 : -1;
        if (control) {
            m_document->endMerge();
            selectNeighbour(direction);
            return;
        }
        if (m_selection) {
            moveSelected(0, direction * step);
            return;
        }
        break;
    }
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (m_selection) {
            moveSelected((event->key() == Qt::Key_Up ? 1 : -1) * step, 0);
            return;
        }
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
    case Qt::Key_Minus:
        if (m_selection) {
            changeWeight(event->key() == Qt::Key_Minus ? -WeightStep : WeightStep);
            return;
        }
        break;
    default:
        break;
    }
    PlotCanvas::keyPressEvent(event);
}

} // namespace dt
