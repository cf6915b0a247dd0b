// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace dt {

/// A place whose voltage is recorded beside the soma's.
struct LiveSite
{
    int id = 0; ///< stays with the site when the list of sites changes
    int dendrite = 0;
    double x = 0.5;
    bool operator==(const LiveSite &) const = default;
};

/// The last seconds of a run without end: voltages at a few sites, sampled at every integration
/// step. Takes no more memory however long the run is: the oldest samples are written over. Samples
/// are numbered from the start of the run; number k is at k / samplesPerMs ms. A plain value of one
/// owner.
class LiveTrace
{
public:
    /// Keeps the last `keptMs`, or less when the steps are so fine that this would take more than
    /// MaxSamples.
    explicit LiveTrace(int samplesPerMs = 40, double keptMs = 5000.0);

    static constexpr std::int64_t MaxSamples = 400'000;

    /// Empties the trace for a run with other steps; sites stay.
    void restart(int samplesPerMs);

    [[nodiscard]] int samplesPerMs() const { return m_samplesPerMs; }
    [[nodiscard]] std::int64_t capacity() const { return m_capacity; }
    /// Numbers of the oldest sample that is kept and of the next one to come; equal when empty.
    [[nodiscard]] std::int64_t first() const { return m_first; }
    [[nodiscard]] std::int64_t next() const { return m_next; }
    [[nodiscard]] double endMs() const;

    [[nodiscard]] int siteCount() const { return static_cast<int>(m_sites.size()); }
    /// Adds a site whose past is unknown (NaN).
    void addSite();
    /// Removes a site; those behind it move up.
    void removeSite(int site);

    /// Adds samples [mV] from number `firstSample` on: one stretch of equal length for each site;
    /// an empty one stands for unknown. What is already there is written over; after a gap the past
    /// is forgotten.
    void append(std::int64_t firstSample, const std::vector<std::span<const float>> &stretches);

    /// Voltage [mV]; NaN where nothing is known.
    [[nodiscard]] float at(int site, std::int64_t sample) const;

    struct Line
    {
        std::vector<double> x; ///< [ms] before the end: 0 is the last sample, the past is negative
        std::vector<double> y; ///< [mV]
    };
    /// The last `windowMs` of a site, drawn with about `points` points: the least and the largest
    /// value of every stretch, in their order, so that no spike is lost.
    [[nodiscard]] Line lastOf(int site, double windowMs, int points) const;

private:
    [[nodiscard]] std::size_t slot(std::int64_t sample) const
    {
        return static_cast<std::size_t>(sample % m_capacity);
    }

    int m_samplesPerMs;
    double m_keptMs;
    std::int64_t m_capacity = 1;
    std::int64_t m_first = 0;
    std::int64_t m_next = 0;
    std::vector<std::vector<float>> m_sites;
};

} // namespace dt
