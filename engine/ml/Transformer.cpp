// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ml/Backbones.h"

#include <cmath>
#include <limits>

namespace dt {

namespace {

using torch::Tensor;

/// Turns pairs (2i, 2i+1) of the last axis of x (..., T, d) by the angles of table (T, d/2).
Tensor rotated(const Tensor &x, const RopeTable &table)
{
    const Tensor even = x.slice(-1, 0, c10::nullopt, 2);
    const Tensor odd = x.slice(-1, 1, c10::nullopt, 2);
    return torch::stack({even * table.cos - odd * table.sin, even * table.sin + odd * table.cos},
                        -1)
        .flatten(-2);
}

class Attention : public torch::nn::Module
{
public:
    Attention(const TransformerConfig &config, std::shared_ptr<TwinContext> context,
              Initialiser &initialiser) :
        m_config(config),
        m_context(std::move(context))
    {
        const auto matrix = [&](const char *name) {
            return register_module(
                name, std::make_shared<BiasFreeLinear>(config.width, config.width, initialiser));
        };
        m_q = matrix("wq");
        m_k = matrix("wk");
        m_v = matrix("wv");
        m_out = matrix("wo");
    }

    /// `table` covers the positions of all keys, from 0; queries are the last of them.
    Tensor forward(const Tensor &h, const RopeTable &table, StreamState *stream)
    {
        AttentionCall call;
        const auto split = [&](const Tensor &t) { // (B, T, D) to (B, heads, T, d)
            return t.view({t.size(0), t.size(1), m_config.heads, -1}).transpose(1, 2);
        };
        call.q = split(m_q->forward(h));
        call.k = split(m_k->forward(h));
        call.v = split(m_v->forward(h));
        if (stream) {
            // Keys are kept as they were before rotation: scores depend on differences of
            // positions only, so each chunk counts them from its oldest key.
            call.k = joined(stream->next(), call.k);
            call.v = joined(stream->next(), call.v);
        }
        const std::int64_t keys = call.k.size(2);
        const std::int64_t queries = call.q.size(2);
        const RopeTable all{table.cos.narrow(0, 0, keys), table.sin.narrow(0, 0, keys)};
        call.k = rotated(call.k, all);
        call.q = rotated(call.q,
                         {all.cos.narrow(0, keys - queries, queries),
                          all.sin.narrow(0, keys - queries, queries)});
        if (AttentionCapture *capture = m_context->capture)
            capture->layers.push_back(probabilities(call, *capture));
        call.window = m_config.windowMs;
        call.block = m_config.attentionBlock;
        call.dropout = is_training() ? m_config.dropout : 0.0;
        call.generator = &m_context->dropoutGenerator;
        return m_out->forward(m_context->math->attention(call).transpose(1, 2).flatten(2));
    }

private:
    /// (heads, queries, lags) of the queries that are asked for.
    [[nodiscard]] Tensor probabilities(const AttentionCall &call,
                                       const AttentionCapture &asked) const
    {
        const std::int64_t window = m_config.windowMs;
        const std::int64_t oldest = std::max<std::int64_t>(0, asked.first - window + 1);
        const Tensor q = call.q[0].narrow(1, asked.first, asked.count);
        const Tensor k = call.k[0].narrow(1, oldest, asked.first + asked.count - oldest);
        const Tensor scores = torch::matmul(q, k.transpose(1, 2)) / std::sqrt(double(q.size(2)));
        const auto index = torch::TensorOptions().dtype(torch::kLong).device(q.device());
        const Tensor key = torch::arange(asked.count, index).unsqueeze(1) + (asked.first - oldest)
            - torch::arange(window, index);
        const Tensor byLag =
            scores.gather(2, key.clamp_min(0).expand({q.size(0), asked.count, window}))
                .masked_fill(key < 0, -std::numeric_limits<double>::infinity());
        return torch::softmax(byLag, -1);
    }

    /// What came before and what is new; keeps what the next chunk can still see.
    Tensor joined(Tensor &past, const Tensor &now) const
    {
        const Tensor all = past.defined() ? torch::cat({past, now}, 2) : now;
        const std::int64_t kept = std::min<std::int64_t>(all.size(2), m_config.windowMs - 1);
        past = all.narrow(2, all.size(2) - kept, kept).clone();
        return all;
    }

    TransformerConfig m_config;
    std::shared_ptr<TwinContext> m_context;
    std::shared_ptr<BiasFreeLinear> m_q;
    std::shared_ptr<BiasFreeLinear> m_k;
    std::shared_ptr<BiasFreeLinear> m_v;
    std::shared_ptr<BiasFreeLinear> m_out;
};

class FeedForwardNet : public torch::nn::Module
{
public:
    FeedForwardNet(const TransformerConfig &config, Initialiser &initialiser)
    {
        const int hidden = config.resolvedFeedForwardWidth();
        const auto matrix = [&](const char *name, int in, int out) {
            return register_module(name, std::make_shared<BiasFreeLinear>(in, out, initialiser));
        };
        const bool gated = config.feedForward == FeedForward::SwiGlu;
        m_1 = matrix("w1", config.width, hidden);
        m_2 = gated ? matrix("w2", config.width, hidden) : matrix("w2", hidden, config.width);
        if (gated)
            m_3 = matrix("w3", hidden, config.width);
    }

    Tensor forward(const Tensor &h) const
    {
        if (!m_3)
            return m_2->forward(torch::gelu(m_1->forward(h)));
        return m_3->forward(torch::silu(m_1->forward(h)) * m_2->forward(h));
    }

private:
    std::shared_ptr<BiasFreeLinear> m_1;
    std::shared_ptr<BiasFreeLinear> m_2;
    std::shared_ptr<BiasFreeLinear> m_3; ///< SwiGLU only
};

class TransformerBlock : public torch::nn::Module
{
public:
    TransformerBlock(const TransformerConfig &config, std::shared_ptr<TwinContext> context,
                     Initialiser &initialiser) :
        m_dropout(config.dropout),
        m_context(context)
    {
        m_attention = register_module(
            "attn", std::make_shared<Attention>(config, std::move(context), initialiser));
        m_norm1 = register_module("ln1", std::make_shared<LastNorm>(config.norm, config.width));
        m_norm2 = register_module("ln2", std::make_shared<LastNorm>(config.norm, config.width));
        m_mlp = register_module("mlp", std::make_shared<FeedForwardNet>(config, initialiser));
    }

    Tensor forward(const Tensor &x, const RopeTable &table, StreamState *stream)
    {
        const Tensor h = x + m_attention->forward(m_norm1->forward(x), table, stream);
        return h
            + dropout(m_mlp->forward(m_norm2->forward(h)), is_training() ? m_dropout : 0.0,
                      &m_context->dropoutGenerator);
    }

private:
    double m_dropout;
    std::shared_ptr<TwinContext> m_context;
    std::shared_ptr<Attention> m_attention;
    std::shared_ptr<LastNorm> m_norm1;
    std::shared_ptr<LastNorm> m_norm2;
    std::shared_ptr<FeedForwardNet> m_mlp;
};

class TransformerBackbone : public Backbone
{
public:
    TransformerBackbone(const TransformerConfig &config, int segments,
                        const std::shared_ptr<TwinContext> &context, Initialiser &initialiser) :
        m_config(config)
    {
        m_firstConv = register_module(
            "first_conv",
            std::make_shared<CausalConv>(context, TwinSpec::InputChannels, config.width, segments,
                                         config.firstKernel, 1, initialiser));
        m_firstNorm = register_module(
            "first_norm",
            std::make_shared<ChannelNorm>(context, config.firstNorm, config.width,
                                          Activation(config.firstActivation, config.firstSlope)));
        for (int l = 0; l < config.layers; ++l)
            m_blocks.push_back(
                register_module("block" + std::to_string(l),
                                std::make_shared<TransformerBlock>(config, context, initialiser)));
        m_finalNorm =
            register_module("final_norm", std::make_shared<LastNorm>(config.norm, config.width));
    }

    Tensor forward(const Tensor &x, StreamState *stream, Trace *trace) override
    {
        const Tensor first = m_firstNorm->forward(
            m_firstConv->forward(x.reshape({x.size(0), -1, x.size(3)}), stream));
        if (trace)
            trace->emplace_back("first", first);
        const std::int64_t positions = first.size(2) + (stream ? m_config.windowMs - 1 : 0);
        const RopeTable &table = angles(positions, first);
        Tensor h = first.transpose(1, 2);
        for (std::size_t l = 0; l < m_blocks.size(); ++l) {
            h = m_blocks[l]->forward(h, table, stream);
            if (trace)
                trace->emplace_back("block" + std::to_string(l), h);
        }
        return m_finalNorm->forward(h).transpose(1, 2);
    }

private:
    const RopeTable &angles(std::int64_t positions, const Tensor &like)
    {
        if (!m_table.cos.defined() || m_table.cos.size(0) < positions
            || m_table.cos.scalar_type() != like.scalar_type()
            || m_table.cos.device() != like.device()) {
            const RopeTable table = ropeTable(positions, m_config.width / m_config.heads);
            m_table = {table.cos.to(like.options()), table.sin.to(like.options())};
        }
        return m_table;
    }

    TransformerConfig m_config;
    RopeTable m_table; ///< of the longest sequence so far
    std::shared_ptr<CausalConv> m_firstConv;
    std::shared_ptr<ChannelNorm> m_firstNorm;
    std::vector<std::shared_ptr<TransformerBlock>> m_blocks;
    std::shared_ptr<LastNorm> m_finalNorm;
};

} // namespace

RopeTable ropeTable(std::int64_t positions, std::int64_t headWidth)
{
    const torch::NoGradGuard noGradients;
    const Tensor pair = torch::arange(0, headWidth, 2, torch::kFloat32);
    const Tensor frequency = 1.0 / torch::pow(10000.0, pair / static_cast<double>(headWidth));
    const Tensor angle = torch::outer(torch::arange(positions, torch::kFloat32), frequency);
    return {angle.cos(), angle.sin()};
}

template <>
std::shared_ptr<Backbone> makeBackbone(const TransformerConfig &config, int segments,
                                       const std::shared_ptr<TwinContext> &context,
                                       Initialiser &initialiser)
{
    return std::make_shared<TransformerBackbone>(config, segments, context, initialiser);
}

} // namespace dt
