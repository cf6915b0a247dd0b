// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

#include <cstdint>
#include <span>
#include <vector>

namespace dt {

/// Everything derived from the soma's voltage, one value per ms. Definitions as in the published
/// data sets (docs/BIOPHYSICS.md, section 4).
struct SomaLabels
{
    std::vector<float> somaV; ///< [mV], capped
    std::vector<std::uint8_t> spike; ///< 0/1
    std::vector<std::uint8_t> nearSpike; ///< 0/1
    std::vector<float> instRate; ///< [spikes/ms]
};

/// Sample indices of spikes: local maxima above threshold. A flat top counts once, at its middle
/// (rounded down); the first and last sample are never maxima.
std::vector<std::size_t> spikeSamples(std::span<const float> somaFine, double thresholdMv);

/// Instantaneous rate [spikes/ms]: a causal box of windowMs and height 1/windowMs, then a centred
/// Gaussian of the given sd, cut at 4 sd and normalised; zero beyond both ends.
std::vector<float> instantRate(std::span<const std::uint8_t> spike, int windowMs,
                               double smoothingMs);

/// Labels of the first durationMs ms of a trace. somaFine holds at least
/// (durationMs - 1)*samplesPerMs + 1 samples; a shorter last ms is allowed.
SomaLabels somaLabels(std::span<const float> somaFine, int samplesPerMs, int durationMs,
                      const LabelSettings &settings);

} // namespace dt
