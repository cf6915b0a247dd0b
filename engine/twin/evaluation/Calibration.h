// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace dt {

/// Whether probabilities mean what they say. Plain values and pure functions. Source: training
/// specification, sections 19 and 25.

/// Agreement of firing rates in long bins: what was counted against what was predicted.
struct Calibration
{
    int binMs = 0;
    std::vector<float> truth; ///< spikes counted per simulation and bin [spikes/ms]
    std::vector<float> predicted; ///< mean probability [spikes/ms]
    std::optional<double> correlation; ///< Pearson's; empty: one of the two never changes
    std::optional<double> explainedVariancePercent; ///< 1 - Var(x - y)/Var(x); empty: Var(x) = 0
    bool operator==(const Calibration &) const = default;
};

/// Cuts windows of one length into `bins` equal bins; a remainder of fewer than `bins` ms at the
/// end of each window is left out. In the spans the windows follow each other.
Calibration calibrate(std::span<const float> probabilities, std::span<const std::uint8_t> labels,
                      int windowMs, int bins);

/// Milliseconds for which about the same probability was predicted, and in how many of them there
/// was a spike.
struct ReliabilityBin
{
    double from = 0.0; ///< range of probability; the last bin includes its end
    double to = 0.0;
    std::size_t count = 0;
    std::size_t spikes = 0;
    double meanProbability = 0.0; ///< of the milliseconds in the bin
    bool operator==(const ReliabilityBin &) const = default;
    [[nodiscard]] std::optional<double> observed() const;
};

/// Divides milliseconds into equal bins of probability from 0 to 1. Values outside or not a number
/// are left out.
std::vector<ReliabilityBin> reliability(std::span<const float> probabilities,
                                        std::span<const std::uint8_t> labels, int bins = 20);

/// How many milliseconds got each probability, counted separately for those with and without a
/// spike.
struct ProbabilityHistogram
{
    static constexpr std::size_t Bins = 99; ///< equal, from 0 to 1
    std::array<std::uint64_t, Bins> spike{};
    std::array<std::uint64_t, Bins> noSpike{};
    bool operator==(const ProbabilityHistogram &) const = default;
};
ProbabilityHistogram probabilityHistogram(std::span<const float> probabilities,
                                          std::span<const std::uint8_t> labels);

} // namespace dt
