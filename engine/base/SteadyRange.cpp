// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/SteadyRange.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

/// Data that fill less of the axis look flat.
constexpr double FilledShare = 0.55;
/// The ends are multiples of about so small a part of the range.
constexpr double StepsOfRange = 8.0;

/// 1, 2 or 5 times a power of ten, at most `most`.
double roundStep(double most)
{
    const double power = std::pow(10.0, std::floor(std::log10(most)));
    for (const double digit : {5.0, 2.0}) {
        if (digit * power <= most)
            return digit * power;
    }
    return power;
}

} // namespace

void Extent::take(std::span<const float> values)
{
    for (const float value : values)
        take(static_cast<double>(value));
}

SteadyRange::SteadyRange(double least, double from, double to) :
    m_least(least), m_from(from), m_to(to)
{
}

void SteadyRange::fit(const Extent &data, bool mayShrink, double roomAbove, double roomBelow)
{
    if (data.isEmpty() || !std::isfinite(data.low) || !std::isfinite(data.high))
        return;
    const double middle = (data.low + data.high) / 2.0;
    const double low = std::min(data.low, middle - m_least / 2.0);
    const double high = std::max(data.high, middle + m_least / 2.0);
    const double height = high - low;
    const double step = roundStep(height * (1.0 + roomAbove + roomBelow) / StepsOfRange);
    const double from = std::floor((low - roomBelow * height) / step) * step;
    const double to = std::ceil((high + roomAbove * height) / step) * step;
    const bool loose = mayShrink && to - from < FilledShare * (m_to - m_from);
    const double rounding = 1.0e-9 * height;
    const bool outside = data.low - roomBelow * height < m_from - rounding
        || data.high + roomAbove * height > m_to + rounding;
    if (loose) {
        m_from = from;
        m_to = to;
    } else if (outside) {
        m_from = std::min(from, m_from);
        m_to = std::max(to, m_to);
        // What lay far away is no part of it any more.
        if (mayShrink && to - from < FilledShare * (m_to - m_from)) {
            m_from = from;
            m_to = to;
        }
    }
}

} // namespace dt
