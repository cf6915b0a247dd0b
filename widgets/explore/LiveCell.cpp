// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explore/LiveCell.h"

#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <array>
#include <cmath>

namespace dt {

namespace {

constexpr double PipetteLength = 46.0;
constexpr double HandleReach = 12.0;
/// Far from the cell the electrode stays where it was.
constexpr double DragReach = 60.0;
constexpr int FlashPictures = 8;

} // namespace

LiveCell::LiveCell(QWidget *parent) : CellView(parent)
{
    setSynapsesVisible(false);
    setMouseTracking(true);
}

void LiveCell::showNeuron(const Neuron &neuron)
{
    m_shown = neuron;
    setNeuron(neuron);
}

void LiveCell::setSites(std::vector<Mark> sites)
{
    m_sites = std::move(sites);
    update();
}

void LiveCell::setElectrode(std::optional<Place> place, bool working)
{
    m_electrode = place;
    m_working = working;
    update();
}

void LiveCell::flash(int row, Polarity polarity)
{
    m_flash = {row, polarity, FlashPictures};
    update();
}

bool LiveCell::isOnCell(const Place &place) const
{
    return place.dendrite == SomaIndex
        || (place.dendrite >= 0 && place.dendrite < static_cast<int>(m_shown.dendrites.size()));
}

QPointF LiveCell::electrodeTip() const
{
    return positionOf(*m_electrode);
}

QPointF LiveCell::pipette() const
{
    // Away from the nearer edge, so that the handle stays in the picture.
    const QPointF tip = electrodeTip();
    const double dx = tip.x() > width() - PipetteLength ? -0.6 : 0.6;
    const double dy = tip.y() < PipetteLength + 8.0 ? 0.8 : -0.8;
    return QPointF(dx, dy) * PipetteLength;
}

QPointF LiveCell::electrodeHandle() const
{
    return m_electrode && isOnCell(*m_electrode) ? electrodeTip() + pipette() : QPointF();
}

bool LiveCell::onElectrode(const QPointF &position) const
{
    if (!m_electrode || !isOnCell(*m_electrode))
        return false;
    // On a dendrite its tip is for the segment below it; the soma has nothing to poke.
    const bool tip = m_electrode->dendrite == SomaIndex || !placeAt(position);
    const QPointF way = pipette();
    for (const double share : {0.0, 0.25, 0.5, 0.75, 1.0}) {
        if (share < 0.5 && !tip)
            continue;
        const QPointF from = position - (electrodeTip() + way * share);
        if (std::hypot(from.x(), from.y()) <= HandleReach)
            return true;
    }
    return false;
}

void LiveCell::paintEvent(QPaintEvent *event)
{
    CellView::paintEvent(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor ground = palette().color(QPalette::Window);

    if (m_flash.left > 0 && m_flash.row >= 0 && m_flash.row < m_shown.segmentCount()) {
        const SegmentRef ref = segmentRows(m_shown)[static_cast<std::size_t>(m_flash.row)];
        const QPointF at = positionOf({ref.dendrite, ref.x});
        QColor colour = colours::ofPolarity(m_flash.polarity, palette());
        colour.setAlphaF(static_cast<float>(m_flash.left) / FlashPictures);
        const double radius = 8.0 + 1.5 * (FlashPictures - m_flash.left);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colour, 2.5));
        painter.drawEllipse(at, radius, radius);
        --m_flash.left;
        if (m_flash.left == 0)
            QMetaObject::invokeMethod(this, qOverload<>(&QWidget::update), Qt::QueuedConnection);
    }
    for (const Mark &site : m_sites) {
        if (!isOnCell(site.place))
            continue;
        painter.setPen(QPen(ground, 1.5));
        painter.setBrush(site.colour);
        painter.drawEllipse(positionOf(site.place), 5.0, 5.0);
    }
    if (!m_electrode || !isOnCell(*m_electrode))
        return;
    // A pipette: a thin cone, filled while it works.
    const QPointF tip = electrodeTip();
    const QPointF way = pipette();
    const QPointF across = QPointF(-way.y(), way.x()) * (5.0 / PipetteLength);
    const std::array cone{tip, tip + way + across, tip + way - across};
    const QColor ink = palette().color(QPalette::WindowText);
    painter.setPen(QPen(ink, 1.6));
    painter.setBrush(m_working ? palette().color(QPalette::Highlight) : ground);
    painter.drawPolygon(cone.data(), static_cast<int>(cone.size()));
}

void LiveCell::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && onElectrode(event->position())) {
        m_dragging = true;
        m_moved = false;
        setCursor(Qt::ClosedHandCursor);
        return;
    }
    CellView::mousePressEvent(event);
    if (event->button() != Qt::LeftButton)
        return;
    const std::optional<Place> place = placeAt(event->position());
    if (!place)
        return;
    m_down = true;
    Q_EMIT pressed(place->dendrite == SomaIndex ? SomaSelected
                                                : rowAt(m_shown, place->dendrite, place->x));
}

void LiveCell::mouseMoveEvent(QMouseEvent *event)
{
    if (m_dragging) {
        m_moved = true;
        if (const std::optional<Place> place = placeAt(event->position(), DragReach))
            Q_EMIT electrodeMoved(*place);
        return;
    }
    if (onElectrode(event->position()))
        setCursor(Qt::OpenHandCursor);
    else if (placeAt(event->position()))
        setCursor(Qt::PointingHandCursor);
    else
        unsetCursor();
    CellView::mouseMoveEvent(event);
}

void LiveCell::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_dragging && event->button() == Qt::LeftButton) {
        m_dragging = false;
        setCursor(Qt::OpenHandCursor);
        Q_EMIT electrodeDropped();
        const std::optional<Place> below = placeAt(event->position());
        if (!m_moved && below && below->dendrite == SomaIndex) { // a click was meant for the soma
            setSelection(SomaSelected);
            Q_EMIT pressed(SomaSelected);
            Q_EMIT released();
        }
        return;
    }
    CellView::mouseReleaseEvent(event);
    if (event->button() == Qt::LeftButton)
        release();
}

void LiveCell::keyPressEvent(QKeyEvent *event)
{
    const bool poke = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (poke && selection()) {
        if (!event->isAutoRepeat()) {
            m_down = true;
            Q_EMIT pressed(*selection());
        }
        return;
    }
    if (event->key() == Qt::Key_Home) { // rewinds, as everywhere in this view
        event->ignore();
        return;
    }
    CellView::keyPressEvent(event);
}

void LiveCell::keyReleaseEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (!event->isAutoRepeat())
            release();
        return;
    }
    CellView::keyReleaseEvent(event);
}

void LiveCell::focusOutEvent(QFocusEvent *event)
{
    CellView::focusOutEvent(event);
    release(); // nobody tells when the key goes up elsewhere
}

void LiveCell::release()
{
    if (!m_down)
        return;
    m_down = false;
    Q_EMIT released();
}

bool LiveCell::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        if (onElectrode(help->pos())) {
            QToolTip::showText(help->globalPos(), tr("Electrode: drag it along the cell"), this);
            return true;
        }
    }
    return CellView::event(event);
}

} // namespace dt
