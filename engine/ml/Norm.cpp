// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ml/Norm.h"

#include <cctype>

namespace dt {

Result<NormType> normTypeFromName(const std::string &name)
{
    std::string key;
    for (const char c : name) {
        if (c != '_')
            key += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    if (key == "rmsnorm")
        return NormType::Rms;
    if (key == "layernorm")
        return NormType::Layer;
    if (key == "batchnorm")
        return NormType::Batch;
    if (key == "none")
        return NormType::None;
    return Error{ErrorCode::InvalidValue,
                 "There is no normalisation named '" + name
                     + "'. Use RMSNorm, LayerNorm, BatchNorm or none.",
                 "norm_type"};
}

torch::Tensor channelRmsNorm(const torch::Tensor &x, const torch::Tensor &weight)
{
    const torch::Tensor meanSquare = x.square().mean(1, true);
    return x / torch::sqrt(meanSquare + ChannelEps) * weight.view({1, -1, 1, 1});
}

torch::Tensor channelLayerNorm(const torch::Tensor &x, const torch::Tensor &weight,
                               const torch::Tensor &bias)
{
    const torch::Tensor centred = x - x.mean(1, true);
    const torch::Tensor variance = centred.square().mean(1, true);
    return centred / torch::sqrt(variance + ChannelEps) * weight.view({1, -1, 1, 1})
        + bias.view({1, -1, 1, 1});
}

torch::Tensor lastRmsNorm(const torch::Tensor &x, const torch::Tensor &weight)
{
    return x * torch::rsqrt(x.square().mean(-1, true) + LastAxisRmsEps) * weight;
}

torch::Tensor lastLayerNorm(const torch::Tensor &x, const torch::Tensor &weight,
                            const torch::Tensor &bias)
{
    return torch::layer_norm(x, {x.size(-1)}, weight, bias, LastAxisLayerEps);
}

} // namespace dt
