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
    /// unit x {excitatory, inhibitory} x segment x lag: what an input of so many ms ago counts;
    /// lag 0 is the present ms, which is the last tap of the stored kernel.
    std::vector<float> weights;

    /// segment x lag
    [[nodiscard]] std::span<const float> map(int unit, Polarity polarity) const;
    /// Root of the sum of squares.
    [[nodiscard]] double size(int unit) const;
    /// Largest magnitude of a weight.
    [[nodiscard]] double largest(int unit) const;
    /// Mean lag [ms], every weight counted with its magnitude; 0 for a unit without any.
    [[nodiscard]] double centreMs(int unit) const;
    /// Units from the largest size to the smallest.
    [[nodiscard]] std::vector<int> bySize() const;
    /// By lag: root mean square over units and segments.
    [[nodiscard]] std::vector<double> lagProfile(Polarity polarity) const;
    /// Age of the input [ms] up to which half of the profile's sum lies; 0 without any weight.
    [[nodiscard]] double halfMs(Polarity polarity) const;
};

/// NotFound for networks without such a layer, as the ELM; Format when the weights are not those of
/// the spec.
Result<FirstLayer> firstLayer(const TwinSpec &spec, const std::vector<NamedTensor> &weights);

/// How long an ELM remembers, and how strongly it takes its inputs.
struct ElmTimes
{
    std::vector<double> memoryTauMs; ///< of every memory unit
    std::vector<double> synapseTauMs; ///< excitatory segments, then inhibitory ones
    std::vector<double> inputWeights; ///< the same lines
};

/// NotFound for other networks; Format when the weights are not those of the spec.
Result<ElmTimes> elmTimes(const TwinSpec &spec, const std::vector<NamedTensor> &weights);

} // namespace dt
