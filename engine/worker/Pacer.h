// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace dt {

using Clock = std::chrono::steady_clock;

inline double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Time between the reports of a run that is watched, short enough for 60 redraws a second.
inline constexpr double LiveReportSeconds = 0.016;

/// Keeps neuron time in step with wall-clock time.
class Pacer
{
public:
    explicit Pacer(double msPerSecond) { setPace(msPerSecond, 0.0); }

    void setPace(double msPerSecond, double neuronMs)
    {
        m_msPerSecond = msPerSecond;
        m_fromMs = neuronMs;
        m_start = Clock::now();
    }

    [[nodiscard]] double pace() const { return m_msPerSecond; }

    /// Seconds that neuron time is ahead of wall-clock time; 0 when the pace is unlimited.
    [[nodiscard]] double ahead(double neuronMs) const
    {
        if (!(m_msPerSecond > 0.0))
            return 0.0;
        return (neuronMs - m_fromMs) / m_msPerSecond - secondsSince(m_start);
    }

private:
    double m_msPerSecond = 0.0;
    double m_fromMs = 0.0;
    Clock::time_point m_start;
};

} // namespace dt
