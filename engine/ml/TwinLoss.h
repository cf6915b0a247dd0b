// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/ml/TwinNet.h"

namespace dt {

/// What the twin should say, in normalised units: spikes and near spikes 0 or 1 (B, T), soma and
/// rate (B, T), dendritic voltages (B, N, T).
struct TwinTargets
{
    torch::Tensor spikes;
    torch::Tensor soma;
    torch::Tensor nearSpike;
    torch::Tensor instRate;
    torch::Tensor dendV;
};

/// The losses as scalars with gradients.
struct TwinLosses
{
    std::array<torch::Tensor, 5> each;
    torch::Tensor total; ///< the weighted sum
};

/// The losses as plain means over every element (spec of training, section 7): cross-entropy of
/// logits for both kinds of spikes, absolute error of voltages, squared error of the rate. Refuses
/// targets of another shape.
Result<TwinLosses> twinLosses(const TwinOutputs &outputs, const TwinTargets &targets,
                              const HeadValues &weights);

} // namespace dt
