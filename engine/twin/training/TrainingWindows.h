// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace dt {

/// Which simulations make a batch and which milliseconds of them: pure functions of the seed and
/// the place in training, so that a resumed training draws what an uninterrupted one would have
/// drawn and no random state has to be kept. Source: training specification, section 3.

/// The simulations of a training epoch in their shuffled order: 0..count-1, each once.
std::vector<std::uint32_t> epochOrder(std::uint64_t seed, int epoch, std::uint32_t count);

/// Number of possible first ms of a window, which are margin to duration - window - margin - 1. At
/// least 1 where the window fits (see longestWindowMs()).
constexpr int windowStarts(int durationMs, int windowMs, int marginMs)
{
    return durationMs - windowMs - 2 * marginMs;
}

/// First ms of the window of a simulation (its place in the split) in a training epoch, uniform
/// over the possible starts. The window must fit.
int trainingWindowStart(std::uint64_t seed, int epoch, std::uint32_t simulation, int durationMs,
                        int windowMs, int marginMs);

/// First ms of the window of a simulation in a validation at random places; `validation` counts
/// validations from 0.
int validationWindowStart(std::uint64_t seed, int validation, std::uint32_t simulation,
                          int durationMs, int windowMs, int marginMs);

} // namespace dt
