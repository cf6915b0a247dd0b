// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/synapses/BlockPlot.h"

#include "engine/cell/SynapseKernels.h"
#include "widgets/theme/Colours.h"

#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

constexpr double LowestMv = -100.0;
constexpr double HighestMv = 40.0;
constexpr double Margin = 3.0;

} // namespace

BlockPlot::BlockPlot(QWidget *parent) : PlotCanvas(parent)
{
    setObjectName(QStringLiteral("blockPlot"));
    setToolTip(tr("Drag the line, or press the arrow keys, to read the block at another voltage."));
    addLine({Qt::black, 1.2});
    addMarkers(Shape::Dot, Qt::black);
    addUpright(m_clamp);
    setXAxis(tr("V [mV]"), LowestMv - Margin, HighestMv + Margin);
    setXTicks({{-80.0, QStringLiteral("-80")},
               {-40.0, QStringLiteral("-40")},
               {0.0, QStringLiteral("0")},
               {40.0, QStringLiteral("40")}});
    setYLabel(tr("open"));
    setYTicks(
        {{0.0, QStringLiteral("0")}, {0.5, QStringLiteral("0.5")}, {1.0, QStringLiteral("1")}});
    setYRange(-0.06, 1.08);
    applyTheme();
}

void BlockPlot::setKind(const SynapseKind &kind)
{
    if (kind == m_kind)
        return;
    m_kind = kind;
    draw();
}

void BlockPlot::setClamp(double mv)
{
    m_clamp = std::clamp(mv, LowestMv, HighestMv);
    draw();
}

double BlockPlot::open() const
{
    return magnesiumBlock(m_kind, m_clamp);
}

void BlockPlot::draw()
{
    std::vector<float> share;
    for (double mv = LowestMv; mv <= HighestMv; mv += 1.0)
        share.push_back(static_cast<float>(magnesiumBlock(m_kind, mv)));
    setLine(0, LowestMv, 1.0, share);
    setMarkers(0, {{m_clamp, open(), 9.0}});
    setUpright(0, m_clamp);
    redraw();
}

void BlockPlot::moveTo(double mv)
{
    setClamp(std::round(mv));
    Q_EMIT clampMoved(m_clamp);
}

void BlockPlot::plotMousePress(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_dragging = true;
    moveTo(toPlot(event->position()).x());
}

void BlockPlot::plotMouseMove(QMouseEvent *event)
{
    setCursor(Qt::SizeHorCursor);
    if (m_dragging)
        moveTo(toPlot(event->position()).x());
}

void BlockPlot::plotMouseRelease(QMouseEvent *)
{
    m_dragging = false;
}

void BlockPlot::plotDoubleClick(QMouseEvent *) { }

void BlockPlot::plotWheel(QWheelEvent *event)
{
    event->ignore(); // the form scrolls
}

void BlockPlot::keyPressEvent(QKeyEvent *event)
{
    const double step = event->modifiers() & Qt::ShiftModifier ? 10.0 : 1.0;
    if (event->key() == Qt::Key_Left)
        moveTo(m_clamp - step);
    else if (event->key() == Qt::Key_Right)
        moveTo(m_clamp + step);
    else
        PlotCanvas::keyPressEvent(event);
}

void BlockPlot::applyTheme()
{
    const QColor colour = colours::ofPolarity(Polarity::Excitatory, palette());
    setLineStyle(0, {colour, 1.2});
    setMarkersColour(0, colour);
    draw();
}

} // namespace dt
