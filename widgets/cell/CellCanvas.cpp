// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell/CellCanvas.h"

#include "widgets/cell/CellHit.h"
#include "widgets/cell/CellPainter.h"
#include "widgets/cell/MarkPainter.h"
#include "widgets/theme/Colours.h"

#include <QLayout>
#include <QPainter>

#include <algorithm>

namespace dt {

CellCanvas::CellCanvas(QWidget *parent) : QWidget(parent)
{
    setAccessibleName(tr("Picture of the cell"));
    setMinimumSize(160, 96);
}

QSize CellCanvas::sizeHint() const
{
    return {480, 160};
}

void CellCanvas::layOut()
{
    const CellLayout before = m_camera.isHeld() ? m_picture.layout : CellLayout{};
    m_picture.layout = layOutCell(m_neuron, m_picture.mode, m_camera.isHeld() ? &before : nullptr);
}

void CellCanvas::setNeuron(const Neuron &neuron)
{
    m_neuron = neuron;
    layOut();
    if (m_picture.selection
        && *m_picture.selection >= static_cast<int>(m_picture.layout.segments.size()))
        m_picture.selection.reset();
    m_picture.mv.clear();
    if (!m_ownMarks)
        synapsesToMarks();
    update();
}

void CellCanvas::setMode(CellLayout::Mode mode)
{
    m_picture.mode = mode;
    layOut();
    zoomToFit();
}

void CellCanvas::setSynapsesVisible(bool visible)
{
    m_synapses = visible;
    update();
}

void CellCanvas::setVoltages(std::span<const float> mv)
{
    m_picture.mv.assign(mv.begin(), mv.end());
    update();
}

void CellCanvas::setSelection(std::optional<int> part)
{
    m_picture.selection = part;
    update();
}

void CellCanvas::select(std::optional<int> part)
{
    if (part == m_picture.selection)
        return;
    setSelection(part);
    Q_EMIT selectionChanged();
}

void CellCanvas::setSelectedDendrites(std::vector<int> dendrites)
{
    m_picture.selectedDendrites = std::move(dendrites);
    update();
}

void CellCanvas::synapsesToMarks()
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

void CellCanvas::setMarks(std::vector<CellMark> marks)
{
    m_ownMarks = true;
    m_marks = std::move(marks);
    update();
}

const CellMark *CellCanvas::findMark(int id) const
{
    const auto mark = std::find_if(m_marks.begin(), m_marks.end(),
                                   [id](const CellMark &m) { return m.id == id; });
    return mark == m_marks.end() ? nullptr : &*mark;
}

void CellCanvas::setAllMarksShown(bool all)
{
    m_allMarks = all;
    update();
}

MarkLayout CellCanvas::markLayout() const
{
    return {m_marks, m_picture.layout, toView(), rect(), m_allMarks};
}

std::vector<int> CellCanvas::drawnMarks() const
{
    const MarkLayout drawn = markLayout();
    std::vector<int> ids;
    for (const PlacedMark &placed : drawn.marks())
        ids.push_back(placed.mark->id);
    return ids;
}

void CellCanvas::setLegend(CellCaption::Legend legend)
{
    m_legend = std::move(legend);
    update();
}

CellCaption CellCanvas::caption() const
{
    if (!m_synapses)
        return {mode(), std::nullopt, double(width())};
    if (m_ownMarks)
        return {mode(), m_legend, double(width())};
    const CellCaption::Legend synapses{
        {tr("▲ excitatory"), colours::ofPolarity(Polarity::Excitatory, palette())},
        {tr("▼ inhibitory"), colours::ofPolarity(Polarity::Inhibitory, palette())}};
    return {mode(), synapses, double(width())};
}

QRectF CellCanvas::areaOfCell() const
{
    constexpr double Margin = CellCaption::Margin;
    const bool pipettes = std::any_of(m_marks.begin(), m_marks.end(), [](const CellMark &mark) {
        return mark.shape == CellMark::Shape::Electrode;
    });
    double above = pipettes && m_synapses ? MarkLayout::PipetteLength + 2.0 : Margin;
    if (layout() && layout()->count() > 0) // buttons in the corner
        above = std::max<double>(above, layout()->itemAt(0)->geometry().bottom() + 2.0);
    return QRectF(rect()).adjusted(Margin, above, -Margin, -Margin - caption().height());
}

QTransform CellCanvas::toView() const
{
    return m_camera.toView(m_picture.layout.bounds, areaOfCell());
}

double CellCanvas::pixelsPerUm() const
{
    return toView().m11() * m_picture.layout.unitsPerUm;
}

QPointF CellCanvas::positionOf(const Place &place) const
{
    return toView().map(m_picture.layout.pointAt(place));
}

std::optional<int> CellCanvas::partAt(const QPointF &position) const
{
    return CellHit(m_picture.layout, toView()).partAt(position, ClickReach);
}

std::optional<Place> CellCanvas::placeAt(const QPointF &position, double reach) const
{
    return CellHit(m_picture.layout, toView()).placeAt(position, reach);
}

std::optional<int> CellCanvas::markAt(const QPointF &position) const
{
    return m_synapses ? markLayout().idAt(position) : std::nullopt;
}

QString CellCanvas::describe(int part) const
{
    QString text = tr("Soma");
    if (part != SomaSelected) {
        const CellLayout::Segment &segment =
            m_picture.layout.segments[static_cast<std::size_t>(part)];
        text = tr("Segment %1, %2 µm from the soma").arg(part).arg(segment.pathUm, 0, 'f', 0);
        if (m_neuron.dendrites.size() > 1)
            text = QString::fromStdString(
                       m_neuron.dendrites[static_cast<std::size_t>(segment.dendrite)].name)
                + tr(": ") + text;
    }
    const auto index = static_cast<std::size_t>(part + 1);
    if (index < m_picture.mv.size())
        text += tr(": %1 mV").arg(static_cast<double>(m_picture.mv[index]), 0, 'f', 1);
    return text;
}

void CellCanvas::holdScale(bool hold)
{
    if (hold == m_camera.isHeld())
        return;
    if (hold) {
        m_camera.hold(m_picture.layout.bounds, areaOfCell());
    } else {
        m_camera.letGo();
        layOut();
    }
    update();
}

void CellCanvas::zoomBy(double factor, const QPointF &at)
{
    if (!m_camera.zoomBy(factor, at))
        return;
    pan({});
    Q_EMIT zoomChanged();
}

void CellCanvas::zoomToFit()
{
    m_camera.showAll();
    update();
    Q_EMIT zoomChanged();
}

void CellCanvas::pan(const QPointF &by)
{
    m_camera.panBy(by);
    m_camera.keepInSight(toView().mapRect(m_picture.layout.bounds), rect());
    update();
}

void CellCanvas::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (zoom() == 1.0)
        m_camera.showAll();
    else
        pan({});
}

void CellCanvas::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const CellPainter cell(m_picture, toView(), rect(), palette());
    cell.paintCell(painter, zoom());
    cell.paintSelected(painter);
    if (m_synapses)
        MarkPainter(palette()).paint(painter, markLayout().marks());
    paintOver(painter);
    caption().paint(painter, height(), pixelsPerUm(), palette());
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1.0, Qt::DotLine));
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

} // namespace dt
