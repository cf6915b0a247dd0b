// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ml/Norm.h"
#include "engine/ml/TwinMath.h"

#include <cmath>
#include <mutex>

namespace dt {

namespace {

using torch::Tensor;

Tensor causalConv(const Tensor &x, const Tensor &weight, const Tensor &bias, std::int64_t dilation)
{
    // Padding both sides and cutting the right: padding only the left in a step of its own makes
    // oneDNN's backward 1.4 times slower.
    const std::int64_t context = (weight.size(2) - 1) * dilation;
    const Tensor y = torch::conv1d(x, weight, bias, std::int64_t{1}, context, dilation);
    return context == 0 ? y : y.narrow(2, 0, x.size(2));
}

Tensor rmsNormActivation(const Tensor &x, const Tensor &weight, const Activation &activation)
{
    return activation(channelRmsNorm(x, weight));
}

Tensor attention(const AttentionCall &call)
{
    const std::int64_t queries = call.q.size(2);
    const std::int64_t before = call.k.size(2) - queries; // keys older than the first query
    const std::int64_t window = std::min<std::int64_t>(call.window, call.k.size(2));
    const std::int64_t block = std::min<std::int64_t>(call.block, queries);
    const std::int64_t blocks = (queries + block - 1) / block;
    const std::int64_t end = blocks * block - queries; // filling the last block
    const std::int64_t span = block + window - 1; // keys that a block can see

    namespace F = torch::nn::functional;
    const Tensor q = F::pad(call.q, F::PadFuncOptions({0, 0, 0, end}))
                         .view({call.q.size(0), call.q.size(1), blocks, block, call.q.size(3)});
    const auto blocked = [&](const Tensor &t) { // (B, H, blocks, d, span)
        return F::pad(t, F::PadFuncOptions({0, 0, window - 1 - before, end}))
            .unfold(2, span, block);
    };
    // Key j of a block lies at padded position block * b + j; query a sees j in [a, a + window).
    const auto index = torch::TensorOptions().dtype(torch::kLong).device(q.device());
    const Tensor a = torch::arange(block, index).view({1, block, 1});
    const Tensor j = torch::arange(span, index).view({1, 1, span});
    const Tensor start = (torch::arange(blocks, index) * block).view({blocks, 1, 1});
    const Tensor hidden = (j < a) | (j >= a + window) | (start + j < window - 1 - before);

    Tensor scores = torch::matmul(q, blocked(call.k)) / std::sqrt(double(call.q.size(3)));
    scores = scores.masked_fill(hidden, -std::numeric_limits<double>::infinity());
    const Tensor p = dropout(torch::softmax(scores, -1), call.dropout, call.generator);
    return torch::matmul(p, blocked(call.v).transpose(-1, -2))
        .reshape({call.q.size(0), call.q.size(1), blocks * block, call.q.size(3)})
        .narrow(2, 0, queries);
}

Tensor preNorm(const ElmCall &call, const Tensor &u)
{
    switch (call.norm) {
    case NormType::None:
        return u;
    case NormType::Rms:
        return lastRmsNorm(u, call.normWeight);
    case NormType::Layer:
        return lastLayerNorm(u, call.normWeight, call.normBias);
    case NormType::Batch:
        break;
    }
    return torch::batch_norm(u, call.normWeight, call.normBias, call.runningMean, call.runningVar,
                             call.training, 0.1, ChannelEps, false);
}

ElmResult elmScan(const ElmCall &call)
{
    const std::vector<Tensor> inputs = (call.x * call.synapseWeight.view({1, -1, 1})).unbind(2);
    const Tensor gain = call.lambda * (1.0 - call.kappaM);
    Tensor s = call.s;
    Tensor m = call.m;
    std::vector<Tensor> memory;
    memory.reserve(inputs.size());
    for (const Tensor &input : inputs) {
        s = call.kappaS * s + input;
        const Tensor decayed = call.kappaM * m;
        Tensor h = preNorm(call, torch::cat({s, decayed}, 1));
        for (std::size_t l = 0; l < call.weights.size(); ++l) {
            h = torch::linear(h, call.weights[l], call.biases[l]);
            if (l + 1 < call.weights.size())
                h = (*call.activation)(h);
        }
        m = decayed + gain * (*call.postActivation)(h);
        memory.push_back(m);
    }
    return {torch::stack(memory, 2), s, m};
}

/// oneDNN 3.7.2, as Debian 13 has it, gives wrong gradients of a convolution's input as soon as
/// there are two simulations. Where that is so, LibTorch does without it.
void checkOneDnn()
{
    if (!at::globalContext().userEnabledMkldnn())
        return;
    const torch::AutoGradMode withGradients(true);
    Tensor x = torch::zeros({2, 1, 9});
    x.requires_grad_(true);
    const Tensor weight = torch::ones({1, 1, 2});
    const Tensor upstream = torch::arange(1, 17, torch::kFloat32).view({2, 1, 8});
    (torch::conv1d(x, weight) * upstream).sum().backward();
    const Tensor right =
        torch::constant_pad_nd(upstream, {0, 1}) + torch::constant_pad_nd(upstream, {1, 0});
    if (!torch::allclose(x.grad(), right))
        at::globalContext().setUserEnabledMkldnn(false);
}

} // namespace

const TwinMath &plainMath()
{
    static std::once_flag checked;
    std::call_once(checked, checkOneDnn);
    static const TwinMath Math{causalConv, rmsNormActivation, attention, elmScan};
    return Math;
}

torch::Tensor dropout(const torch::Tensor &x, double p, torch::Generator *generator)
{
    if (p <= 0.0)
        return x;
    // The mask is drawn on the CPU, so that a seed means the same on every device.
    const c10::optional<torch::Generator> from =
        generator ? c10::optional<torch::Generator>(*generator) : c10::nullopt;
    const torch::Tensor kept =
        torch::empty(x.sizes(), torch::TensorOptions().dtype(x.scalar_type()))
            .bernoulli_(1.0 - p, from);
    return x * kept.to(x.device()).div_(1.0 - p);
}

} // namespace dt
