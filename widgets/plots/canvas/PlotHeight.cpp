// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/canvas/PlotHeight.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

/// Of the whole height, how little and how much of it can be shown.
constexpr double MostZoomed = 1.0e-4;
constexpr double LeastZoomed = 8.0;

} // namespace

PlotHeight::PlotHeight(QCPAxis &axis) : m_axis(axis) { }

bool PlotHeight::isLogarithmic() const
{
    return m_axis.scaleType() == QCPAxis::stLogarithmic;
}

void PlotHeight::setWhole(double from, double to)
{
    m_from = std::min(from, to);
    m_to = std::max(from, to);
    // Zoomed into something that is not there any more.
    const auto [low, high] = shown();
    if (high <= from || low >= to)
        m_zoomed = false;
    if (!m_zoomed)
        m_axis.setRange(from, to);
}

std::pair<double, double> PlotHeight::shown() const
{
    return {m_axis.range().lower, m_axis.range().upper};
}

double PlotHeight::middle() const
{
    const auto [low, high] = shown();
    return isLogarithmic() ? std::sqrt(low * high) : (low + high) / 2.0;
}

void PlotHeight::zoom(double factor, double around)
{
    const QCPRange before = m_axis.range();
    m_axis.scaleRange(factor, around);
    const auto [low, high] = shown();
    const double share = isLogarithmic() ? std::log(high / low) / std::log(m_to / m_from)
                                         : (high - low) / (m_to - m_from);
    if (!(share >= MostZoomed && share <= LeastZoomed))
        m_axis.setRange(before);
    m_zoomed = true;
}

void PlotHeight::pan(double from, double to)
{
    if (!m_zoomed)
        return;
    const auto [low, high] = shown();
    if (isLogarithmic())
        m_axis.setRange(low * from / to, high * from / to);
    else
        m_axis.moveRange(from - to);
}

bool PlotHeight::showWhole()
{
    if (!m_zoomed)
        return false;
    m_zoomed = false;
    m_axis.setRange(m_from, m_to);
    return true;
}

} // namespace dt
