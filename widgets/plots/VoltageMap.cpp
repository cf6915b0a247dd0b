// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/VoltageMap.h"

#include "widgets/plots/ColourBar.h"
#include "widgets/plots/RowAxis.h"
#include "widgets/theme/Colours.h"

#include <QMouseEvent>

#include <cmath>

namespace dt {

VoltageMap::VoltageMap(QWidget *parent) : PlotCanvas(parent), m_bar(new ColourBar(this))
{
    connect(this, &PlotCanvas::drawn, this, &VoltageMap::placeBar);
}

void VoltageMap::begin(const Neuron &neuron, int durationMs)
{
    m_rows = neuron.segmentCount();
    m_columns = durationMs;
    m_values.clear();
    applyRowAxis(*this, neuron);
    setMapSize(m_rows, durationMs);
    setMapRange(colours::VoltageMinMv, colours::VoltageMaxMv);
    redraw();
}

void VoltageMap::extend(int fromMs, std::span<const float> dendV)
{
    m_values.resize(static_cast<std::size_t>(fromMs) * static_cast<std::size_t>(m_rows));
    m_values.insert(m_values.end(), dendV.begin(), dendV.end());
    setMapColumns(fromMs, dendV, m_rows);
    redraw();
}

void VoltageMap::plotMouseMove(QMouseEvent *event)
{
    PlotCanvas::plotMouseMove(event);
    const QPointF at = toPlot(event->position());
    const auto row = std::lround(at.y());
    const auto ms = static_cast<long>(std::floor(at.x()));
    const auto index = static_cast<std::size_t>(ms) * static_cast<std::size_t>(m_rows)
        + static_cast<std::size_t>(row);
    if (row < 0 || row >= m_rows || ms < 0 || index >= m_values.size())
        Q_EMIT hovered({});
    else
        Q_EMIT hovered(tr("%1 mV at segment %2, %3 ms")
                           .arg(static_cast<double>(m_values[index]), 0, 'f', 1)
                           .arg(row)
                           .arg(ms));
}

void VoltageMap::placeBar()
{
    const QRect plot = plotRect();
    m_bar->setGeometry(plot.right() + 8, plot.top(), std::max(0, width() - plot.right() - 8),
                       plot.height());
}

} // namespace dt
