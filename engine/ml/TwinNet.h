// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/NamedTensor.h"
#include "engine/ml/Backbones.h"
#include "engine/twin/Heads.h"
#include "engine/twin/TwinSpec.h"

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace dt {

/// Raw outputs: spikes and near_spike are logits, the others linear in normalised units.
struct TwinOutputs
{
    torch::Tensor all; ///< (B, 4 + N, T)
    torch::Tensor features; ///< output of the backbone, (B, F, T)

    /// Read-out i in the shape that the reference gives it: (B, 1, 1, T), but dend_v (B, N, 1, T).
    [[nodiscard]] torch::Tensor head(std::size_t i) const;
    [[nodiscard]] torch::Tensor spikes() const { return all.select(1, 0); } ///< (B, T)
    [[nodiscard]] torch::Tensor soma() const { return all.select(1, 1); }
    [[nodiscard]] torch::Tensor nearSpike() const { return all.select(1, 2); }
    [[nodiscard]] torch::Tensor instRate() const { return all.select(1, 3); }
    [[nodiscard]] torch::Tensor dendV() const { return all.slice(1, 4); } ///< (B, N, T)
};

/// A parameter or buffer in plain numbers under the reference's name, e.g.
/// backbone_and_heads.soma_head.temporal_conv.bias.
struct TwinArray : NamedTensor
{
    bool isBuffer = false;
    bool trainable = true;
};

/// A twin network: built from a spec and a seed, or filled with the numbers of a file. Owned and
/// used by one thread at a time. Weights start with the reference's distributions, each from a
/// stream of its own. Nothing here throws: an exception of LibTorch comes back as an Error.
class TwinNet
{
public:
    /// Refuses invalid specs.
    static Result<std::shared_ptr<TwinNet>> make(const TwinSpec &spec, std::uint64_t seed);

    [[nodiscard]] const TwinSpec &spec() const { return m_spec; }

    /// x (B, 2, S, T), already divided by the input scale, starting from rest. Gradients are
    /// recorded where the caller has turned them on. `trace` receives activations on the way, for
    /// tests.
    Result<TwinOutputs> forward(const torch::Tensor &x, Backbone::Trace *trace = nullptr);

    /// Attention of `count` queries of a Transformer from `first` on, for the only item of x: one
    /// tensor a layer, (heads, count, window), lag 0 first. No gradients are recorded; other kinds
    /// of networks return an empty list.
    Result<std::vector<torch::Tensor>> attention(const torch::Tensor &x, std::int64_t first,
                                                 std::int64_t count);

    /// Training mode makes BatchNorm use the statistics of the batch and turns dropout on. It is
    /// off at first.
    void setTraining(bool on);
    /// From here on dropout depends on this seed alone: call this with a seed made of the run's
    /// seed and the step before every step, so that a resumed run draws what an uninterrupted one
    /// would.
    void setDropoutSeed(std::uint64_t seed);
    void setMath(const TwinMath &math) { m_context->math = &math; }
    Status moveTo(torch::Device device);
    void toDouble(); ///< for tests of gradients

    /// Parameters in the reference's order, then buffers.
    [[nodiscard]] std::vector<TwinArray> arrays() const;
    /// Sets all parameters and buffers by name. Refuses missing or unknown names, wrong shapes and
    /// numbers that are not finite, and then changes nothing.
    Status setArrays(const std::vector<NamedTensor> &arrays);
    /// The arrays as plain named tensors.
    [[nodiscard]] std::vector<NamedTensor> tensors() const;

    /// The parameters themselves with their names, in order, for optimisers.
    [[nodiscard]] std::vector<std::pair<std::string, torch::Tensor>> parameters() const;

private:
    friend class TwinStream;
    explicit TwinNet(const TwinSpec &spec, std::uint64_t seed);
    TwinOutputs run(const torch::Tensor &x, StreamState *stream, Backbone::Trace *trace);
    [[nodiscard]] Status checkInput(const torch::Tensor &x) const;
    [[nodiscard]] std::vector<std::pair<std::string, torch::Tensor>> buffers() const;

    TwinSpec m_spec;
    std::shared_ptr<TwinContext> m_context;
    std::shared_ptr<torch::nn::Module> m_root;
    std::shared_ptr<Backbone> m_backbone;
    std::array<std::shared_ptr<CausalConv>, 5> m_heads;
};

/// Prediction of a signal that arrives in pieces of any length: equal to predicting the whole at
/// once, with memory and time per ms that do not grow. Works in evaluation mode, without gradients.
class TwinStream
{
public:
    explicit TwinStream(std::shared_ptr<TwinNet> net) : m_net(std::move(net)) { }

    /// Predicts the next piece x (B, 2, S, t), t >= 1, with the same B at every call.
    Result<TwinOutputs> push(const torch::Tensor &x);
    /// Starts again from rest.
    void reset() { m_state = {}; }
    /// A stream of `batch` items that all continue from the state of this one, which has one item.
    [[nodiscard]] TwinStream repeated(std::int64_t batch) const
    {
        TwinStream many(m_net);
        many.m_state = m_state.repeated(batch);
        return many;
    }
    /// Numbers carried from one piece to the next.
    [[nodiscard]] std::int64_t stateSize() const { return m_state.floats(); }

private:
    std::shared_ptr<TwinNet> m_net;
    StreamState m_state;
};

} // namespace dt
