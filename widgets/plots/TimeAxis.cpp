// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/TimeAxis.h"

#include <algorithm>

namespace dt {

namespace {

constexpr double ShortestMs = 2.0;

} // namespace

void TimeAxis::setFull(double from, double to)
{
    const bool all = m_shown == m_full;
    m_full = {from, std::max(to, from + ShortestMs)};
    if (m_mark && *m_mark > m_full.to)
        setMark(std::nullopt);
    if (all)
        showAll();
    else
        show(m_shown.from, m_shown.to);
}

void TimeAxis::show(double from, double to)
{
    const double longest = m_full.to - m_full.from;
    const double length = std::clamp(to - from, std::min(ShortestMs, longest), longest);
    const double start = std::clamp(from, m_full.from, m_full.to - length);
    const Range next{start, start + length};
    if (next == m_shown)
        return;
    m_shown = next;
    Q_EMIT shownChanged();
}

void TimeAxis::zoom(double factor, double around)
{
    show(around - (around - m_shown.from) * factor, around + (m_shown.to - around) * factor);
}

void TimeAxis::setCursor(std::optional<double> ms)
{
    if (ms)
        ms = std::clamp(*ms, m_full.from, m_full.to);
    if (ms == m_cursor)
        return;
    m_cursor = ms;
    Q_EMIT cursorChanged();
}

void TimeAxis::setMark(std::optional<double> ms)
{
    if (ms)
        ms = std::clamp(*ms, m_full.from, m_full.to);
    if (ms == m_mark)
        return;
    m_mark = ms;
    Q_EMIT cursorChanged();
}

} // namespace dt
