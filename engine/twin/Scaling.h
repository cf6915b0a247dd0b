// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/cell/Neuron.h"

namespace dt {

/// The fixed affine maps between physical units and what a twin sees and says: nothing is learnt
/// from data. Rest maps to 0 and the cap to 2. Stored with the twin, so that it can be used without
/// its neuron. Source: training specification, section 4. Arithmetic is single precision, as in
/// the reference.
struct Scaling
{
    double inputScale = 10.0; ///< inputs are divided by it
    double somaBiasMv = -85.0;
    double somaScaleMv = 11.5;
    double somaClipMinMv = -90.0;
    double somaClipMaxMv = -57.0;
    double dendBiasMv = -85.0;
    double dendScaleMv = 42.5;
    double dendClipMinMv = -90.0;
    double dendClipMaxMv = 5.0;
    double rateMultiplier = 10.0; ///< target per (spikes/ms)

    bool operator==(const Scaling &) const = default;

    [[nodiscard]] float input(float weight) const { return weight / single(inputScale); }

    /// Targets of training, in normalised units; voltages are clamped.
    [[nodiscard]] float somaTarget(float mV) const
    {
        return (clippedSoma(mV) - single(somaBiasMv)) / single(somaScaleMv);
    }
    [[nodiscard]] float dendTarget(float mV) const
    {
        return (clippedDend(mV) - single(dendBiasMv)) / single(dendScaleMv);
    }
    [[nodiscard]] float rateTarget(float spikesPerMs) const
    {
        return spikesPerMs * single(rateMultiplier);
    }

    /// Predictions in physical units; they are never clamped.
    [[nodiscard]] float somaMv(float output) const
    {
        return output * single(somaScaleMv) + single(somaBiasMv);
    }
    [[nodiscard]] float dendMv(float output) const
    {
        return output * single(dendScaleMv) + single(dendBiasMv);
    }
    /// Instantaneous rate [spikes/ms].
    [[nodiscard]] float rate(float output) const { return output / single(rateMultiplier); }
    /// Probability that a logit of a spike head stands for.
    [[nodiscard]] static float probability(float logit);

    /// Clamped voltages: what evaluation compares predictions with.
    [[nodiscard]] float clippedSoma(float mV) const
    {
        return clipped(mV, somaClipMinMv, somaClipMaxMv);
    }
    [[nodiscard]] float clippedDend(float mV) const
    {
        return clipped(mV, dendClipMinMv, dendClipMaxMv);
    }

private:
    static float single(double value) { return static_cast<float>(value); }
    /// NaN stays NaN.
    static float clipped(float v, double lo, double hi)
    {
        return v < single(lo) ? single(lo) : v > single(hi) ? single(hi) : v;
    }
};

/// The scaling for a neuron: bias = rest, scale = (cap - rest)/2, clip = [rest - 5, cap + 5] mV.
/// Refused when a cap is not above rest: nothing would be left to learn.
Result<Scaling> scalingFor(const Neuron &neuron);

/// Checks a scaling read from a file: numbers are finite, scales positive and clip ranges not
/// empty.
Status validateScaling(const Scaling &scaling);

} // namespace dt
