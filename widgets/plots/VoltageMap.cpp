// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/VoltageMap.h"

#include "widgets/plots/ColourBar.h"
#include "widgets/plots/RowAxis.h"
#include "widgets/theme/Colours.h"

#include <QMouseEvent>

#include <algorithm>
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
    m_largest = 0.0F;
    setMapSize(m_rows, durationMs);
    draw(0);
}

bool VoltageMap::isDifference() const
{
    return m_minus && m_minus->segments == m_rows;
}

void VoltageMap::setMinus(std::shared_ptr<const VoltageTrace> other)
{
    if (other == m_minus)
        return;
    m_minus = std::move(other);
    m_largest = 0.0F;
    setMapSize(m_rows, m_columns);
    draw(0);
}

// Differences have colours of their own, around zero, up to a round number above the largest.
void VoltageMap::draw(int fromMs)
{
    const std::size_t from = static_cast<std::size_t>(fromMs) * static_cast<std::size_t>(m_rows);
    const auto colour = [difference = isDifference(), p = palette()](double share) {
        return difference ? colours::diverging(share, p) : colours::map(share);
    };
    if (fromMs == 0) {
        setMapName(isDifference() ? tr("ΔV [mV]") : tr("V [mV]"));
        setMapColours(colour);
        m_bar->setColours(colour);
        setMapRange(colours::VoltageMinMv, colours::VoltageMaxMv);
        m_bar->setRange(colours::VoltageMinMv, colours::VoltageMaxMv);
    }
    if (!isDifference()) {
        setMapColumns(fromMs, std::span(m_values).subspan(from), m_rows);
        redraw();
        return;
    }
    const std::size_t common = std::min(m_values.size(), m_minus->dendV.size());
    std::vector<float> values;
    for (std::size_t i = from; i < common; ++i) {
        values.push_back(m_values[i] - m_minus->dendV[i]);
        m_largest = std::max(m_largest, std::abs(values.back()));
    }
    double top = 0.1;
    for (int i = 0; top < static_cast<double>(m_largest); ++i)
        top *= i % 3 == 1 ? 2.5 : 2.0;
    setMapRange(-top, top);
    m_bar->setRange(-top, top);
    setMapColumns(fromMs, values, m_rows);
    redraw();
}

void VoltageMap::applyTheme()
{
    if (isDifference())
        draw(0);
}

void VoltageMap::extend(int fromMs, std::span<const float> dendV)
{
    m_values.resize(static_cast<std::size_t>(fromMs) * static_cast<std::size_t>(m_rows));
    m_values.insert(m_values.end(), dendV.begin(), dendV.end());
    draw(fromMs);
}

QString VoltageMap::wordsAt(int ms) const
{
    const auto n = static_cast<std::size_t>(m_rows);
    const std::size_t from = static_cast<std::size_t>(ms) * n;
    if (from + n > m_values.size())
        return {};
    const auto first = m_values.begin() + static_cast<std::ptrdiff_t>(from);
    std::vector<float> values(first, first + static_cast<std::ptrdiff_t>(n));
    if (isDifference() && from + n <= m_minus->dendV.size()) {
        for (std::size_t i = 0; i < n; ++i)
            values[i] -= m_minus->dendV[from + i];
    }
    const auto inMv = [](float v) { return tr("%1 mV").arg(static_cast<double>(v), 0, 'f', 1); };
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    const QString text = n > 1 ? tr("%1 to %2").arg(inMv(*low), inMv(*high)) : inMv(*low);
    return isDifference() ? text + tr(" more") : text;
}

void VoltageMap::plotMousePress(QMouseEvent *event)
{
    m_pressed = event->position();
    PlotCanvas::plotMousePress(event);
}

void VoltageMap::plotMouseRelease(QMouseEvent *event)
{
    constexpr double DragThreshold = 4.0;
    PlotCanvas::plotMouseRelease(event);
    const QPointF way = event->position() - m_pressed;
    const auto row = static_cast<int>(std::lround(toPlot(event->position()).y()));
    if (event->button() == Qt::LeftButton && !(event->modifiers() & Qt::ShiftModifier)
        && std::hypot(way.x(), way.y()) < DragThreshold && row >= 0 && row < m_rows
        && plotRect().contains(event->position().toPoint()))
        Q_EMIT rowClicked(row);
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
    else if (isDifference() && index < m_minus->dendV.size())
        Q_EMIT hovered(
            tr("%1 mV more at segment %2, %3 ms")
                .arg(static_cast<double>(m_values[index] - m_minus->dendV[index]), 0, 'f', 2)
                .arg(row)
                .arg(ms));
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
