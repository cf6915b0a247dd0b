// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/NamedTensor.h"
#include "engine/cell/Neuron.h"
#include "engine/twin/TwinSpec.h"

#include <span>
#include <vector>

namespace dt {

/// What a trained network does with its input first, read from its weights alone. Plain values;
/// formulas: the twins' specification, sections 3-6.

/// Weights of the causal convolution over all segments with which most networks begin. They
/// act on inputs divided by the twin's input scale and have no unit.
struct FirstLayer
{
    int units = 0;
    int segments = 0;
    int lagsMs = 0;
    /// unit x {excitatory, inhibitory} x segment x lag: how much an input of `lag` ms ago counts.
    /// Lag 0 is the present ms, which is the last tap of the stored kernel.
    std::vector<float> weights;

    /// Weights of one unit and polarity, segment x lag.
    [[nodiscard]] std::span<const float> map(int unit, Polarity polarity) const;
    /// Root of the sum of the squares of a unit's weights.
    [[nodiscard]] double size(int unit) const;
    /// Largest magnitude of a unit's weights.
    [[nodiscard]] double largest(int unit) const;
    /// Mean lag [ms] of a unit, every weight counted with its magnitude; 0 when all are 0.
    [[nodiscard]] double centreMs(int unit) const;
    /// Units from the largest size to the smallest.
    [[nodiscard]] std::vector<int> bySize() const;
    /// Root mean square of the weights over units and segments, one value a lag.
    [[nodiscard]] std::vector<double> lagProfile(Polarity polarity) const;
    /// Age of the input [ms] up to which half of the profile's sum lies; 0 when all weights are 0.
    [[nodiscard]] double halfMs(Polarity polarity) const;
};

/// NotFound for networks without such a layer, as the ELM; Format when the weights are not those of
/// the spec.
Result<FirstLayer> firstLayer(const TwinSpec &spec, const std::vector<NamedTensor> &weights);

/// How long an ELM remembers, and how strongly it takes its inputs.
struct ElmTimes
{
    std::vector<double> memoryTauMs; ///< one for every memory unit
    std::vector<double> synapseTauMs; ///< of excitatory segments, then of inhibitory ones
    std::vector<double> inputWeights; ///< in the order of synapseTauMs
};

/// NotFound for other networks; Format when the weights are not those of the spec.
Result<ElmTimes> elmTimes(const TwinSpec &spec, const std::vector<NamedTensor> &weights);

} // namespace dt
