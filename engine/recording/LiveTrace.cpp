// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recording/LiveTrace.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace dt {

namespace {

constexpr float Unknown = std::numeric_limits<float>::quiet_NaN();

} // namespace

LiveTrace::LiveTrace(int samplesPerMs, double keptMs) : m_samplesPerMs(0), m_keptMs(keptMs)
{
    restart(samplesPerMs);
}

void LiveTrace::restart(int samplesPerMs)
{
    m_first = 0;
    m_next = 0;
    samplesPerMs = std::max(1, samplesPerMs);
    if (samplesPerMs == m_samplesPerMs)
        return;
    m_samplesPerMs = samplesPerMs;
    // One more than steps: both ends of the window are samples.
    m_capacity = std::clamp<std::int64_t>(std::llround(m_keptMs * samplesPerMs) + 1, 2, MaxSamples);
    for (std::vector<float> &site : m_sites)
        site.assign(static_cast<std::size_t>(m_capacity), Unknown);
}

double LiveTrace::endMs() const
{
    return m_next == m_first ? 0.0 : static_cast<double>(m_next - 1) / m_samplesPerMs;
}

void LiveTrace::addSite()
{
    m_sites.emplace_back(static_cast<std::size_t>(m_capacity), Unknown);
}

void LiveTrace::removeSite(int site)
{
    if (site >= 0 && site < siteCount())
        m_sites.erase(m_sites.begin() + site);
}

void LiveTrace::append(std::int64_t firstSample,
                       const std::vector<std::span<const float>> &stretches)
{
    std::size_t length = 0;
    for (const std::span<const float> stretch : stretches)
        length = std::max(length, stretch.size());
    if (length == 0 || firstSample < 0)
        return;
    if (m_next == m_first || firstSample > m_next || firstSample < m_first)
        m_first = firstSample;
    m_next = firstSample + static_cast<std::int64_t>(length);
    m_first = std::max(m_first, m_next - m_capacity);
    for (std::size_t s = 0; s < m_sites.size(); ++s) {
        const std::span<const float> stretch =
            s < stretches.size() ? stretches[s] : std::span<const float>();
        for (std::int64_t k = std::max(firstSample, m_first); k < m_next; ++k) {
            const auto i = static_cast<std::size_t>(k - firstSample);
            m_sites[s][slot(k)] = i < stretch.size() ? stretch[i] : Unknown;
        }
    }
}

float LiveTrace::at(int site, std::int64_t sample) const
{
    if (site < 0 || site >= siteCount() || sample < m_first || sample >= m_next)
        return Unknown;
    return m_sites[static_cast<std::size_t>(site)][slot(sample)];
}

LiveTrace::Line LiveTrace::lastOf(int site, double windowMs, int points) const
{
    Line line;
    if (site < 0 || site >= siteCount() || m_next == m_first)
        return line;
    const std::vector<float> &values = m_sites[static_cast<std::size_t>(site)];
    const auto wanted = std::max<std::int64_t>(1, std::llround(windowMs * m_samplesPerMs));
    const std::int64_t last = m_next - 1;
    const std::int64_t from = std::max(m_first, last - wanted);
    // Stretches lie at multiples of their length, whatever the window: as it scrolls, each keeps
    // its points and nothing flickers.
    const std::int64_t length = std::max<std::int64_t>(1, 2 * (wanted + 1) / std::max(2, points));
    const auto add = [&](std::int64_t k) {
        line.x.push_back(static_cast<double>(k - last) / m_samplesPerMs);
        line.y.push_back(static_cast<double>(values[slot(k)]));
    };
    for (std::int64_t begin = from; begin <= last;) {
        const std::int64_t end = std::min(last + 1, (begin / length + 1) * length);
        std::int64_t low = -1;
        std::int64_t high = -1;
        for (std::int64_t k = begin; k < end; ++k) {
            const float v = values[slot(k)];
            if (std::isnan(v))
                continue;
            if (low < 0 || v < values[slot(low)])
                low = k;
            if (high < 0 || v > values[slot(high)])
                high = k;
        }
        if (low >= 0) {
            add(std::min(low, high));
            if (low != high)
                add(std::max(low, high));
        }
        begin = end;
    }
    return line;
}

} // namespace dt
