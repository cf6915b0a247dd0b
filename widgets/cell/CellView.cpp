// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell/CellView.h"

#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cmath>

namespace dt {

namespace {

constexpr double Margin = 16.0;

const QString LegendGap = QStringLiteral("      ");

std::array<std::pair<Polarity, QString>, 2> legend()
{
    return {std::pair{Polarity::Excitatory, CellView::tr("▲ excitatory synapse")},
            std::pair{Polarity::Inhibitory, CellView::tr("▼ inhibitory synapse")}};
}

/// 1, 2 or 5 times a power of ten, at most `length`.
double roundLength(double length)
{
    const double power = std::pow(10.0, std::floor(std::log10(length)));
    for (const double factor : {5.0, 2.0, 1.0}) {
        if (factor * power <= length)
            return factor * power;
    }
    return power;
}

} // namespace

CellView::CellView(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Picture of the cell"));
    setMinimumSize(160, 96);
}

QSize CellView::sizeHint() const
{
    return {480, 160};
}

void CellView::setNeuron(const Neuron &neuron)
{
    m_neuron = neuron;
    m_layout = layOutCell(neuron, m_mode);
    if (m_selection && *m_selection >= static_cast<int>(m_layout.segments.size()))
        m_selection.reset();
    m_mv.clear();
    update();
}

void CellView::setMode(CellLayout::Mode mode)
{
    m_mode = mode;
    m_layout = layOutCell(m_neuron, m_mode);
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

void CellView::select(std::optional<int> part)
{
    if (part == m_selection)
        return;
    setSelection(part);
    Q_EMIT selectionChanged();
}

QTransform CellView::toView() const
{
    // Room for synapse marks and the scale bar.
    const double below =
        Margin + (captionLines() + 0.6) * QFontMetricsF(theme::captionFont()).height();
    const QRectF area = QRectF(rect()).adjusted(Margin, Margin, -Margin, -below);
    const QRectF bounds = m_layout.bounds;
    if (bounds.isEmpty() || area.isEmpty())
        return {};
    const double scale = std::min(area.width() / bounds.width(), area.height() / bounds.height());
    QTransform transform;
    transform.translate(area.left() + (area.width() - bounds.width() * scale) / 2.0,
                        area.center().y());
    transform.scale(scale, scale);
    transform.translate(-bounds.left(), -bounds.center().y());
    return transform;
}

void CellView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QTransform transform = toView();
    const QColor ink = palette().color(QPalette::WindowText);
    const QColor fill = colours::ghost(palette());
    QColor edge = ink;
    edge.setAlpha(110);
    const bool coloured = m_mv.size() == m_layout.segments.size() + 1;
    // Borders between segments disappear when they would be all there is.
    const bool borders = m_layout.segments.size() <= 200;

    const auto colourOf = [&](std::size_t i) {
        return coloured ? colours::voltage(static_cast<double>(m_mv[i])) : fill;
    };
    for (const CellLayout::Segment &segment : m_layout.segments) {
        QRectF box = transform.mapRect(segment.outline.boundingRect());
        if (box.height() < 1.5) // a hair stays visible
            box.adjust(0, (box.height() - 1.5) / 2.0, 0, (1.5 - box.height()) / 2.0);
        const bool selected = m_selection == segment.row;
        painter.setBrush(colourOf(static_cast<std::size_t>(segment.row) + 1));
        painter.setPen(borders && box.height() > 5.0 ? QPen(edge, 0.8) : QPen(Qt::NoPen));
        painter.drawRect(box);
        if (selected) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(palette().color(QPalette::Highlight), 2.5));
            painter.drawRect(box.adjusted(-2, -3, 2, 3));
        }
    }
    const QRectF soma = transform.mapRect(m_layout.soma);
    painter.setBrush(colourOf(0));
    painter.setPen(QPen(ink, 1.0));
    painter.drawEllipse(soma);
    if (m_selection == SomaSelected) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2.5));
        painter.drawEllipse(soma.adjusted(-3, -3, 3, 3));
    }
    if (m_synapses)
        paintSynapses(painter, transform);
    paintScaleBar(painter, transform);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1.0, Qt::DotLine));
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void CellView::paintSynapses(QPainter &painter, const QTransform &transform) const
{
    const std::vector<int> first = firstRows(m_neuron);
    double lastX[2] = {-1e9, -1e9};
    for (const Synapse &s : m_neuron.synapses) {
        const auto dendrite = static_cast<std::size_t>(s.dendrite);
        const int n = m_neuron.dendrites[dendrite].segments;
        const int segment = std::clamp(static_cast<int>(s.x * n), 0, n - 1);
        const QRectF box =
            transform.mapRect(m_layout.segments[static_cast<std::size_t>(first[dendrite] + segment)]
                                  .outline.boundingRect());
        const Polarity polarity = m_neuron.synapseKinds[static_cast<std::size_t>(s.kind)].polarity;
        const bool excitatory = polarity == Polarity::Excitatory;
        const double x = box.left() + box.width() * (s.x * n - segment);
        // Marks closer than they are wide would be one band: draw those that fit.
        double &last = lastX[excitatory];
        if (std::abs(x - last) < 7.0)
            continue;
        last = x;
        // Excitation points up and inhibition down, here as in every raster.
        const double back = excitatory ? box.top() - 2.0 : box.bottom() + 2.0;
        const double tip = excitatory ? back - 7.0 : back + 7.0;
        const std::array triangle{QPointF(x, tip), QPointF(x - 3.5, back), QPointF(x + 3.5, back)};
        painter.setPen(Qt::NoPen);
        painter.setBrush(colours::ofPolarity(polarity, palette()));
        painter.drawPolygon(triangle.data(), static_cast<int>(triangle.size()));
    }
}

QString CellView::thicknessNote() const
{
    return m_mode == CellLayout::Mode::ToScale ? tr("to scale") : tr("thickness not to scale");
}

// One, or two where the legend has no place between the note and the longest scale bar.
int CellView::captionLines() const
{
    if (!m_synapses)
        return 1;
    const QFontMetricsF metrics(theme::captionFont());
    double needs = metrics.horizontalAdvance(thicknessNote()) + width() / 4.0 + 2.0 * Margin;
    for (const auto &[polarity, text] : legend())
        needs += metrics.horizontalAdvance(LegendGap + text);
    return needs > width() ? 2 : 1;
}

void CellView::paintLegend(QPainter &painter, double x, double bottom) const
{
    for (const auto &[polarity, text] : legend()) {
        painter.setPen(colours::ofPolarity(polarity, palette()));
        painter.drawText(QRectF(x, bottom - 42.0, width(), 42.0), Qt::AlignLeft | Qt::AlignBottom,
                         text);
        x += painter.fontMetrics().horizontalAdvance(text + LegendGap);
    }
}

void CellView::paintScaleBar(QPainter &painter, const QTransform &transform) const
{
    const double pixelsPerUm = transform.m11() * m_layout.unitsPerUm;
    if (!(pixelsPerUm > 0.0))
        return;
    const double um = roundLength(std::max(1e-3, width() / 4.0 / pixelsPerUm));
    const double length = um * pixelsPerUm;
    painter.setFont(theme::captionFont());
    painter.setPen(QPen(colours::muted(palette()), 1.5));
    const double y = height() - 6.0;
    const double right = width() - Margin;
    painter.drawLine(QPointF(right - length, y), QPointF(right, y));
    painter.drawText(QRectF(right - length - 200.0, y - 40.0, length + 200.0, 38.0),
                     Qt::AlignRight | Qt::AlignBottom, tr("%1 µm").arg(um));
    const double noteWidth = painter.fontMetrics().horizontalAdvance(thicknessNote());
    if (Margin + noteWidth > right - length - 8.0)
        return; // too small a picture for words
    painter.drawText(QRectF(Margin, y - 40.0, width(), 42.0), Qt::AlignLeft | Qt::AlignBottom,
                     thicknessNote());
    if (m_synapses && captionLines() == 1)
        paintLegend(painter,
                    Margin + noteWidth + painter.fontMetrics().horizontalAdvance(LegendGap),
                    y + 2.0);
    else if (m_synapses)
        paintLegend(painter, Margin, y - 2.0 - painter.fontMetrics().height());
}

std::optional<int> CellView::partAt(const QPointF &position, double reach) const
{
    const QTransform transform = toView();
    if (transform.mapRect(m_layout.soma).contains(position))
        return SomaSelected;
    std::optional<int> nearest;
    double best = reach;
    for (const CellLayout::Segment &segment : m_layout.segments) {
        const QRectF box = transform.mapRect(segment.outline.boundingRect());
        const double dx = std::max({box.left() - position.x(), position.x() - box.right(), 0.0});
        const double dy = std::max({box.top() - position.y(), position.y() - box.bottom(), 0.0});
        const double distance = std::hypot(dx, dy);
        if (distance < best) {
            best = distance;
            nearest = segment.row;
        }
    }
    return nearest;
}

std::optional<CellPlace> CellView::placeAt(const QPointF &position, double reach) const
{
    const std::optional<int> part = partAt(position, reach);
    if (!part)
        return std::nullopt;
    if (*part == SomaSelected)
        return CellPlace{};
    const SegmentRef ref = segmentRows(m_neuron)[static_cast<std::size_t>(*part)];
    const QRectF box = toView().mapRect(
        m_layout.segments[static_cast<std::size_t>(*part)].outline.boundingRect());
    const double share =
        std::clamp((position.x() - box.left()) / std::max(box.width(), 1e-9), 0.0, 1.0);
    const int n = m_neuron.dendrites[static_cast<std::size_t>(ref.dendrite)].segments;
    return CellPlace{ref.dendrite, (ref.segment + share) / n};
}

QPointF CellView::positionOf(const CellPlace &place) const
{
    if (place.dendrite == SomaIndex)
        return toView().map(m_layout.soma.center());
    const auto dendrite = static_cast<std::size_t>(place.dendrite);
    const int n = m_neuron.dendrites[dendrite].segments;
    const int row = rowAt(m_neuron, place.dendrite, place.x);
    const QRectF box =
        toView().mapRect(m_layout.segments[static_cast<std::size_t>(row)].outline.boundingRect());
    const double share = place.x * n - (row - firstRows(m_neuron)[dendrite]);
    return {box.left() + share * box.width(), box.center().y()};
}

QString CellView::describe(int part) const
{
    QString text = part == SomaSelected
        ? tr("Soma")
        : tr("Segment %1, %2 µm from the soma")
              .arg(part)
              .arg(m_layout.segments[static_cast<std::size_t>(part)].pathUm, 0, 'f', 0);
    const auto index = static_cast<std::size_t>(part + 1);
    if (index < m_mv.size())
        text += tr(": %1 mV").arg(static_cast<double>(m_mv[index]), 0, 'f', 1);
    return text;
}

void CellView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        select(partAt(event->position()));
}

void CellView::keyPressEvent(QKeyEvent *event)
{
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
    default:
        QWidget::keyPressEvent(event);
    }
}

bool CellView::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        if (const std::optional<int> part = partAt(help->pos()))
            QToolTip::showText(help->globalPos(), describe(*part), this);
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

} // namespace dt
