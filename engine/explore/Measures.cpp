// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/Measures.h"

#include "engine/recording/Labels.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace dt {

namespace {

/// Fraction of the way from a to b where the level lies.
double between(double a, double b, double level)
{
    return a == b ? 0.0 : (level - a) / (b - a);
}

/// Going from sample `from` towards `to`, the place [samples] where the trace first is beyond the
/// level on the other side than `inside` says; NaN when it stays.
double leave(std::span<const float> mv, std::size_t from, std::size_t to, double level, double sign)
{
    const int step = to >= from ? 1 : -1;
    for (std::size_t i = from; i != to;) {
        const std::size_t next = step > 0 ? i + 1 : i - 1;
        const auto a = static_cast<double>(mv[i]);
        const auto b = static_cast<double>(mv[next]);
        if (sign * (b - level) <= 0.0)
            return static_cast<double>(i) + step * between(a, b, level);
        i = next;
    }
    return NotMeasured;
}

} // namespace

double crossingMs(std::span<const float> mv, double samplesPerMs, double levelMv, double fromMs,
                  double untilMs)
{
    if (mv.empty() || !(samplesPerMs > 0.0) || !(fromMs >= 0.0))
        return NotMeasured;
    const double last = std::min(static_cast<double>(mv.size() - 1), untilMs * samplesPerMs);
    const double first = std::ceil(fromMs * samplesPerMs - 1e-6);
    for (double at = first; at + 1.0 <= last; at += 1.0) {
        const auto i = static_cast<std::size_t>(at);
        const auto a = static_cast<double>(mv[i]);
        const auto b = static_cast<double>(mv[i + 1]);
        if (a == levelMv)
            return at / samplesPerMs;
        if ((a < levelMv) != (b < levelMv))
            return (at + between(a, b, levelMv)) / samplesPerMs;
    }
    return NotMeasured;
}

PotentialMeasures measurePotential(std::span<const float> mv, double samplesPerMs,
                                   const MeasureWindow &window)
{
    PotentialMeasures m;
    const double firstAt = std::floor(window.eventMs * samplesPerMs + 1e-6);
    if (mv.empty() || !(samplesPerMs > 0.0) || !(firstAt >= 0.0)
        || firstAt >= static_cast<double>(mv.size() - 1) || window.untilMs <= window.eventMs)
        return m;
    const auto first = static_cast<std::size_t>(firstAt);
    const std::size_t last =
        std::max(first + 1,
                 static_cast<std::size_t>(std::min(static_cast<double>(mv.size() - 1),
                                                   window.untilMs * samplesPerMs + 1e-6)));
    const double step = 1.0 / samplesPerMs;
    const std::span<const float> inside = mv.subspan(first, last - first + 1);

    m.baseMv = static_cast<double>(mv[first]);
    const auto [low, high] = std::minmax_element(inside.begin() + 1, inside.end());
    const double up = static_cast<double>(*high) - m.baseMv;
    const double down = m.baseMv - static_cast<double>(*low);
    const bool dip =
        window.direction == Direction::Down || (window.direction == Direction::Either && down > up);
    const auto peak = first + static_cast<std::size_t>((dip ? low : high) - inside.begin());
    m.peakMv = static_cast<double>(mv[peak]);
    m.amplitudeMv = m.peakMv - m.baseMv;
    m.peakMs = static_cast<double>(peak) * step;
    m.timeToPeakMs = m.peakMs - window.eventMs;

    double sum = 0.0;
    double squares = 0.0;
    double above = 0.0;
    double area = 0.0;
    for (std::size_t i = first; i < last; ++i) {
        const auto a = static_cast<double>(mv[i]);
        const auto b = static_cast<double>(mv[i + 1]);
        sum += b;
        squares += (b - m.baseMv) * (b - m.baseMv); // near the base: no digits are lost
        area += 0.5 * (a + b) - m.baseMv;
        const bool aAbove = a > window.levelMv;
        const bool bAbove = b > window.levelMv;
        if (aAbove && bAbove)
            above += 1.0;
        else if (aAbove)
            above += between(a, b, window.levelMv);
        else if (bAbove)
            above += 1.0 - between(a, b, window.levelMv);
    }
    const auto n = static_cast<double>(last - first);
    m.meanMv = sum / n;
    const double shift = m.meanMv - m.baseMv;
    m.sdMv = std::sqrt(std::max(0.0, squares / n - shift * shift));
    m.aboveMs = above * step;
    m.areaMvMs = area * step;

    const auto steadyCount = std::clamp<std::size_t>(
        static_cast<std::size_t>(std::max(1.0, std::round(window.steadyMs * samplesPerMs))), 1,
        last - first);
    double steady = 0.0;
    for (std::size_t i = last + 1 - steadyCount; i <= last; ++i)
        steady += static_cast<double>(mv[i]);
    m.steadyMv = steady / static_cast<double>(steadyCount);

    const double sign = dip ? -1.0 : 1.0;
    if (sign * m.amplitudeMv > 0.0) {
        // Backwards from the peak: noise before the response does not count as its foot.
        const auto before = [&](double share) {
            return leave(mv, peak, first, m.baseMv + share * m.amplitudeMv, sign);
        };
        const double ten = before(0.1);
        const double ninety = before(0.9);
        const double half = before(0.5);
        const double after = leave(mv, peak, last, m.baseMv + 0.5 * m.amplitudeMv, sign);
        m.latencyMs = ten * step - window.eventMs;
        m.riseMs = (ninety - ten) * step;
        m.halfWidthMs = (after - half) * step;
    }

    const std::vector<std::size_t> spikes = spikeSamples(inside, window.spikeMv);
    m.spikes = static_cast<int>(spikes.size());
    for (const std::size_t sample : spikes)
        m.spikeMs.push_back(static_cast<double>(first + sample) * step);
    return m;
}

} // namespace dt
