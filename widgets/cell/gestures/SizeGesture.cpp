// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell/gestures/SizeGesture.h"

#include "engine/cell/Cable.h"
#include "engine/cell/LambdaRule.h"
#include "engine/cell/Parameters.h"
#include "engine/cell/tree/TreeEdit.h"
#include "engine/document/Document.h"
#include "widgets/cell/CellView.h"
#include "widgets/cell/TreeEditor.h"
#include "widgets/cell/gestures/PictureGrain.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

/// Lines thinner than this cannot be followed by the mouse: dragging them doubles by the way [px].
constexpr double ThinPixels = 4.0;
constexpr double DoublingPixels = 28.0;

} // namespace

SizeGesture::SizeGesture(CellView *view, TreeEditor *editor, int dendrite, Size size,
                         const QPointF &pressed) :
    m_view(view),
    m_editor(editor), m_dendrite(dendrite), m_size(size), m_pressed(pressed), m_mouse(pressed)
{
}

QString SizeGesture::step() const
{
    return m_size == Size::Length ? tr("Change Length") : tr("Change Diameter");
}

QPointF SizeGesture::chord() const
{
    return m_view->positionOf({m_dendrite, 1.0}) - m_view->positionOf({m_dendrite, 0.0});
}

void SizeGesture::begin()
{
    const Dendrite &d =
        m_editor->document()->neuron().dendrites[static_cast<std::size_t>(m_dendrite)];
    if (m_size == Size::Length) {
        m_startUm = d.lengthUm;
        m_startPixels = std::hypot(chord().x(), chord().y());
    } else {
        m_startUm = d.diamUm;
        m_startPixels = m_view->layoutOfCell().halfAt({m_dendrite, 0.5}) * m_view->toView().m11();
    }
    m_view->holdScale(true);
    m_editor->beginDrag(step());
}

// As far as the mouse moved along the dendrite, whatever part of the handle it took.
double SizeGesture::draggedLengthUm() const
{
    const double moved = QPointF::dotProduct(m_mouse - m_pressed, unit(chord()));
    const double umPerPixel = m_startUm / m_startPixels;
    return roundedTo(umPerPixel, (m_startPixels + moved) * umPerPixel);
}

double SizeGesture::draggedDiameterUm() const
{
    const QPointF up = m_view->layoutOfCell().upAt({m_dendrite, 0.5});
    const double moved = QPointF::dotProduct(m_mouse - m_pressed, up);
    double times = std::exp2(moved / DoublingPixels);
    if (m_startPixels >= ThinPixels) {
        times = std::max(0.05, (m_startPixels + moved) / m_startPixels);
        if (m_view->mode() == CellLayout::Mode::Schematic)
            times *= times; // the thickened picture draws the root of the diameter
    }
    const double um = m_startUm * times;
    return roundedTo(um / 10.0, um);
}

void SizeGesture::moveTo(const QPointF &at)
{
    m_mouse = at;
    const bool length = m_size == Size::Length;
    const ParameterInfo &range = *findParameter(length ? "dend_L_um" : "dend_diam_um");
    const double um =
        std::clamp(length ? draggedLengthUm() : draggedDiameterUm(), range.min, range.max);
    const auto resize = length ? setLength : setDiameter;
    m_editor->edit(
        step(), [&](Neuron &n) { return resize(n, {m_dendrite}, um); }, m_editor->dragKey());
}

void SizeGesture::finish()
{
    m_editor->endDrag();
    m_view->holdScale(false);
}

void SizeGesture::cancel()
{
    m_editor->cancelDrag();
    m_view->holdScale(false);
}

void SizeGesture::paint(QPainter &painter) const
{
    const Neuron &neuron = m_editor->document()->neuron();
    const Dendrite &d = neuron.dendrites[static_cast<std::size_t>(m_dendrite)];
    paintLabel(painter, *m_view, m_mouse,
               m_size == Size::Length
                   ? tr("%1 µm, %2 λ")
                         .arg(d.lengthUm, 0, 'g', 5)
                         .arg(lengthInLambda(d, neuron.membrane), 0, 'f', 2)
                   : tr("%1 µm thick, λ = %2 µm")
                         .arg(d.diamUm, 0, 'g', 3)
                         .arg(lengthConstantUm(d.diamUm, neuron.membrane), 0, 'f', 0));
}

} // namespace dt
