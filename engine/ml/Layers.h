// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Random.h"
#include "engine/ml/Activation.h"
#include "engine/ml/Norm.h"
#include "engine/ml/TwinMath.h"

#include <torch/torch.h>

#include <deque>

namespace dt {

/// Building blocks of the twins (spec of the twins, section 2), as modules under the reference's
/// names, so that weights map one to one. They belong to a TwinNet, which one thread uses at a
/// time.

/// Asks a Transformer for the attention of some of its queries while it runs.
struct AttentionCapture
{
    std::int64_t first = 0;
    std::int64_t count = 0;
    /// Result, one a layer: (heads, count, window) of item 0, lag 0 first.
    std::vector<torch::Tensor> layers;
};

/// What all modules of one network share: the mathematics in use, the randomness of dropout, and
/// requests for attention.
struct TwinContext
{
    const TwinMath *math = &plainMath();
    torch::Generator dropoutGenerator;
    AttentionCapture *capture = nullptr; ///< only while TwinNet::attention() runs
};

/// Draws initial weights. Every tensor has its own stream, so that one seed means the same network
/// on every platform.
class Initialiser
{
public:
    explicit Initialiser(std::uint64_t seed) : m_seed(seed) { }
    /// U(-bound, bound), as LibTorch initialises convolutions and linear layers.
    torch::Tensor uniform(const std::vector<std::int64_t> &shape, double bound);
    torch::Tensor normal(const std::vector<std::int64_t> &shape, double deviation);

private:
    RandomStream nextStream() { return RandomStream{m_seed, 0x7477696e73ULL, m_next++}; }

    std::uint64_t m_seed;
    std::uint64_t m_next = 0;
};

/// State of a network between chunks of a stream: slots of one tensor each, which the layers take
/// in the order in which they run. Undefined before the first chunk.
class StreamState
{
public:
    void rewind() { m_next = 0; }
    torch::Tensor &next();
    [[nodiscard]] std::int64_t floats() const;
    /// A state of `batch` items that all are copies of this one, which is of one item.
    [[nodiscard]] StreamState repeated(std::int64_t batch) const;

private:
    std::deque<torch::Tensor> m_slots; ///< references to slots stay valid
    std::size_t m_next = 0;
};

/// Weight and bias of an ordinary convolution.
class ConvParameters : public torch::nn::Module
{
public:
    ConvParameters(int in, int out, int heightKernel, int kernel, Initialiser &initialiser);
    torch::Tensor weight; ///< (out, in, height, kernel)
    torch::Tensor bias;
};

/// Causal convolution of (B, in * height, T) to (B, out, T). `in` channels over `height` segments
/// are laid out channel by channel, as a view of (B, in, height, T).
class CausalConv : public torch::nn::Module
{
public:
    CausalConv(std::shared_ptr<TwinContext> context, int in, int out, int height, int kernel,
               int dilation, Initialiser &initialiser);
    torch::Tensor forward(const torch::Tensor &x, StreamState *stream);
    [[nodiscard]] ConvParameters &parametersOf() { return *m_conv; }

private:
    std::shared_ptr<TwinContext> m_context;
    std::shared_ptr<ConvParameters> m_conv;
    int m_dilation;
};

/// BatchNorm's own tensors.
class BatchNormParameters : public torch::nn::Module
{
public:
    explicit BatchNormParameters(int channels);
    torch::Tensor weight;
    torch::Tensor bias;
    torch::Tensor runningMean;
    torch::Tensor runningVar;
    torch::Tensor batches; ///< num_batches_tracked
};

/// Norm over channels of (B, C, T), then the non-linearity ("Norm4").
class ChannelNorm : public torch::nn::Module
{
public:
    ChannelNorm(std::shared_ptr<TwinContext> context, NormType type, int channels,
                Activation activation);
    torch::Tensor forward(const torch::Tensor &x);

private:
    std::shared_ptr<TwinContext> m_context;
    NormType m_type;
    Activation m_activation;
    torch::Tensor m_weight;
    torch::Tensor m_bias;
    std::shared_ptr<BatchNormParameters> m_batch;
};

/// Norm over the last axis ("NormLast"), RMS or Layer.
class LastNorm : public torch::nn::Module
{
public:
    LastNorm(NormType type, int channels);
    torch::Tensor forward(const torch::Tensor &x) const;

private:
    NormType m_type;
    torch::Tensor m_weight;
    torch::Tensor m_bias;
};

/// A linear layer without bias; its weights start as N(0, 0.02^2).
class BiasFreeLinear : public torch::nn::Module
{
public:
    BiasFreeLinear(int in, int out, Initialiser &initialiser);
    torch::Tensor forward(const torch::Tensor &x) const { return torch::linear(x, m_weight); }

private:
    torch::Tensor m_weight;
};

/// The part of a network between input and read-outs.
class Backbone : public torch::nn::Module
{
public:
    /// Tensors that are kept when asked for, for tests: after the first non-linearity ("first"),
    /// after each block ("block0"); for an ELM its constants and last state ("der/...").
    using Trace = std::vector<std::pair<std::string, torch::Tensor>>;

    /// Computes the features (B, F, T) of x (B, 2, S, T). With a stream, x continues what came
    /// before.
    virtual torch::Tensor forward(const torch::Tensor &x, StreamState *stream, Trace *trace) = 0;
};

} // namespace dt
