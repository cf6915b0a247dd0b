// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/TwinNames.h"

#include <torch/torch.h>

namespace dt {

/// Normalisations of the twins, as the reference tutorial has them. There are two kinds of RMS norm
/// with different eps: mixing them up costs more than the golden tolerance.
inline constexpr double ChannelEps = 1.0e-5;
inline constexpr double LastAxisRmsEps = 0x1.0p-23; ///< float machine epsilon, nn.RMSNorm's default
inline constexpr double LastAxisLayerEps = 1.0e-5;

/// Norms of x (B, C, T) or (B, C, S, T) with statistics over C at each (b, s, t) alone, so that
/// nothing leaks along time.
torch::Tensor channelRmsNorm(const torch::Tensor &x, const torch::Tensor &weight);
torch::Tensor channelLayerNorm(const torch::Tensor &x, const torch::Tensor &weight,
                               const torch::Tensor &bias);

/// Norms of x (..., C) with statistics over the last axis.
torch::Tensor lastRmsNorm(const torch::Tensor &x, const torch::Tensor &weight);
torch::Tensor lastLayerNorm(const torch::Tensor &x, const torch::Tensor &weight,
                            const torch::Tensor &bias);

} // namespace dt
