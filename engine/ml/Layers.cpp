// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ml/Layers.h"

#include <cmath>
#include <numbers>

namespace dt {

namespace {

constexpr double Momentum = 0.1;

template <typename Draw>
torch::Tensor filled(const std::vector<std::int64_t> &shape, Draw draw)
{
    torch::Tensor tensor = torch::empty(shape, torch::kFloat32);
    float *values = tensor.data_ptr<float>();
    for (std::int64_t i = 0; i < tensor.numel(); ++i)
        values[i] = static_cast<float>(draw());
    return tensor;
}

} // namespace

torch::Tensor Initialiser::uniform(const std::vector<std::int64_t> &shape, double bound)
{
    RandomStream stream = nextStream();
    return filled(shape, [&] { return stream.uniform(-bound, bound); });
}

torch::Tensor Initialiser::normal(const std::vector<std::int64_t> &shape, double deviation)
{
    RandomStream stream = nextStream();
    return filled(shape, [&] { // Box and Muller
        const double radius = std::sqrt(-2.0 * std::log(1.0 - stream.uniform()));
        return deviation * radius * std::cos(2.0 * std::numbers::pi * stream.uniform());
    });
}

torch::Tensor &StreamState::next()
{
    if (m_next == m_slots.size())
        m_slots.emplace_back();
    return m_slots[m_next++];
}

std::int64_t StreamState::floats() const
{
    std::int64_t sum = 0;
    for (const torch::Tensor &slot : m_slots)
        sum += slot.defined() ? slot.numel() : 0;
    return sum;
}

StreamState StreamState::repeated(std::int64_t batch) const
{
    StreamState many;
    for (const torch::Tensor &slot : m_slots) {
        if (!slot.defined()) {
            many.m_slots.emplace_back();
            continue;
        }
        std::vector<std::int64_t> times(static_cast<std::size_t>(slot.dim()), 1);
        times[0] = batch;
        many.m_slots.push_back(slot.repeat(times));
    }
    return many;
}

ConvParameters::ConvParameters(int in, int out, int heightKernel, int kernel,
                               Initialiser &initialiser)
{
    const double bound = 1.0 / std::sqrt(static_cast<double>(in) * heightKernel * kernel);
    weight =
        register_parameter("weight", initialiser.uniform({out, in, heightKernel, kernel}, bound));
    bias = register_parameter("bias", initialiser.uniform({out}, bound));
}

CausalConv::CausalConv(std::shared_ptr<TwinContext> context, int in, int out, int height,
                       int kernel, int dilation, Initialiser &initialiser) :
    m_context(std::move(context)),
    m_conv(register_module("temporal_conv",
                           std::make_shared<ConvParameters>(in, out, height, kernel, initialiser))),
    m_dilation(dilation)
{
}

torch::Tensor CausalConv::forward(const torch::Tensor &x, StreamState *stream)
{
    // Same memory: (out, in, height, kernel) seen as (out, in * height, kernel).
    const torch::Tensor weight =
        m_conv->weight.view({m_conv->weight.size(0), -1, m_conv->weight.size(3)});
    const std::int64_t context = (weight.size(2) - 1) * m_dilation;
    if (!stream || context == 0)
        return m_context->math->causalConv(x, weight, m_conv->bias, m_dilation);
    torch::Tensor &past = stream->next();
    if (!past.defined())
        past = torch::zeros({x.size(0), x.size(1), context}, x.options());
    const torch::Tensor joined = torch::cat({past, x}, 2);
    past = joined.narrow(2, joined.size(2) - context, context).clone();
    const std::int64_t padding = 0;
    return torch::conv1d(joined, weight, m_conv->bias, std::int64_t{1}, torch::IntArrayRef(padding),
                         std::int64_t{m_dilation});
}

BatchNormParameters::BatchNormParameters(int channels)
{
    weight = register_parameter("weight", torch::ones({channels}));
    bias = register_parameter("bias", torch::zeros({channels}));
    runningMean = register_buffer("running_mean", torch::zeros({channels}));
    runningVar = register_buffer("running_var", torch::ones({channels}));
    batches = register_buffer("num_batches_tracked", torch::zeros({}, torch::kLong));
}

ChannelNorm::ChannelNorm(std::shared_ptr<TwinContext> context, NormType type, int channels,
                         Activation activation) :
    m_context(std::move(context)),
    m_type(type), m_activation(activation)
{
    if (type == NormType::Batch) {
        m_batch = register_module("norm_layer", std::make_shared<BatchNormParameters>(channels));
    } else if (type != NormType::None) {
        m_weight = register_parameter("weight", torch::ones({channels}));
        if (type == NormType::Layer)
            m_bias = register_parameter("bias", torch::zeros({channels}));
    }
}

torch::Tensor ChannelNorm::forward(const torch::Tensor &x)
{
    switch (m_type) {
    case NormType::None:
        return m_activation(x);
    case NormType::Rms:
        return m_context->math->rmsNormActivation(x, m_weight, m_activation);
    case NormType::Layer:
        return m_activation(channelLayerNorm(x, m_weight, m_bias));
    case NormType::Batch:
        break;
    }
    if (is_training())
        m_batch->batches.add_(1);
    return m_activation(torch::batch_norm(x, m_batch->weight, m_batch->bias, m_batch->runningMean,
                                          m_batch->runningVar, is_training(), Momentum, ChannelEps,
                                          false));
}

LastNorm::LastNorm(NormType type, int channels) : m_type(type)
{
    m_weight = register_parameter("weight", torch::ones({channels}));
    if (type == NormType::Layer)
        m_bias = register_parameter("bias", torch::zeros({channels}));
}

torch::Tensor LastNorm::forward(const torch::Tensor &x) const
{
    return m_type == NormType::Layer ? lastLayerNorm(x, m_weight, m_bias)
                                     : lastRmsNorm(x, m_weight);
}

BiasFreeLinear::BiasFreeLinear(int in, int out, Initialiser &initialiser)
{
    m_weight = register_parameter("weight", initialiser.normal({out, in}, 0.02));
}

} // namespace dt
