// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ml/Norm.h"

namespace dt {

namespace {

/// (C) so that it multiplies (B, C, ...).
torch::Tensor perChannel(const torch::Tensor &values, const torch::Tensor &x)
{
    return x.dim() == 3 ? values.view({1, -1, 1}) : values.view({1, -1, 1, 1});
}

} // namespace

torch::Tensor channelRmsNorm(const torch::Tensor &x, const torch::Tensor &weight)
{
    const torch::Tensor meanSquare = x.square().mean(1, true);
    return x / torch::sqrt(meanSquare + ChannelEps) * perChannel(weight, x);
}

torch::Tensor channelLayerNorm(const torch::Tensor &x, const torch::Tensor &weight,
                               const torch::Tensor &bias)
{
    const torch::Tensor centred = x - x.mean(1, true);
    const torch::Tensor variance = centred.square().mean(1, true);
    return centred / torch::sqrt(variance + ChannelEps) * perChannel(weight, x)
        + perChannel(bias, x);
}

torch::Tensor lastRmsNorm(const torch::Tensor &x, const torch::Tensor &weight)
{
    return x * torch::rsqrt(x.square().mean(-1, true) + LastAxisRmsEps) * weight;
}

torch::Tensor lastLayerNorm(const torch::Tensor &x, const torch::Tensor &weight,
                            const torch::Tensor &bias)
{
    // Not torch::layer_norm: in LibTorch 1.13 its gradient is rubbish where x is a transposed view.
    const torch::Tensor centred = x - x.mean(-1, true);
    const torch::Tensor variance = centred.square().mean(-1, true);
    return centred * torch::rsqrt(variance + LastAxisLayerEps) * weight + bias;
}

} // namespace dt
