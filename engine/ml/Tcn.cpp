// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ml/Backbones.h"

namespace dt {

namespace {

using torch::Tensor;

std::string numbered(const char *name, std::size_t i)
{
    return name + std::to_string(i);
}

/// Convolution, norm, non-linearity, in this order.
struct ConvLayer
{
    std::shared_ptr<CausalConv> conv;
    std::shared_ptr<ChannelNorm> norm;

    Tensor operator()(const Tensor &x, StreamState *stream) const
    {
        return norm->forward(conv->forward(x, stream));
    }
};

/// What is the same in every layer of a network.
template <typename Config>
struct LayerMaker
{
    const Config &config;
    std::shared_ptr<TwinContext> context;
    Initialiser &initialiser;

    ConvLayer operator()(int in, int out, int height, int kernel, int dilation) const
    {
        return {
            std::make_shared<CausalConv>(context, in, out, height, kernel, dilation, initialiser),
            std::make_shared<ChannelNorm>(context, config.norm, out,
                                          Activation(config.activation, config.slope))};
    }
};

class TcnBlock : public torch::nn::Module
{
public:
    TcnBlock(const LayerMaker<TcnConfig> &make, std::size_t b, int in)
    {
        const TcnConfig &c = make.config;
        for (int l = 0; l < c.layers[b]; ++l) {
            const ConvLayer layer =
                make(l == 0 ? in : c.widths[b], c.widths[b], 1, c.kernels[b], c.dilations[b]);
            const auto i = static_cast<std::size_t>(l);
            register_module(numbered("conv", i), layer.conv);
            register_module(numbered("norm", i), layer.norm);
            m_layers.push_back(layer);
        }
    }

    Tensor forward(Tensor x, StreamState *stream)
    {
        for (const ConvLayer &layer : m_layers)
            x = layer(x, stream);
        return x;
    }

private:
    std::vector<ConvLayer> m_layers;
};

class MiniBlock : public torch::nn::Module
{
public:
    MiniBlock(const LayerMaker<ResNetTcnConfig> &make, std::size_t b, int in)
    {
        const ResNetTcnConfig &c = make.config;
        m_first = make(in, c.widths[b], 1, c.kernels[b], c.dilations[b]);
        m_second = make(c.widths[b], c.widths[b], 1, c.kernels[b], c.dilations[b]);
        register_module("conv1", m_first.conv);
        register_module("norm1", m_first.norm);
        register_module("conv2", m_second.conv);
        register_module("norm2", m_second.norm);
        m_shortcut = register_module(
            "shortcut_conv",
            std::make_shared<ConvParameters>(in, c.widths[b], 1, 1, make.initialiser));
        m_context = make.context;
    }

    Tensor forward(const Tensor &x, StreamState *stream)
    {
        const Tensor residual = m_second(m_first(x, stream), stream);
        return m_context->math->causalConv(x, m_shortcut->weight.squeeze(2), m_shortcut->bias, 1)
            + residual;
    }

private:
    std::shared_ptr<TwinContext> m_context;
    ConvLayer m_first;
    ConvLayer m_second;
    std::shared_ptr<ConvParameters> m_shortcut;
};

class MiniBlocks : public torch::nn::Module
{
public:
    MiniBlocks(const LayerMaker<ResNetTcnConfig> &make, std::size_t b, int in)
    {
        for (int m = 0; m < make.config.miniBlocks[b]; ++m)
            m_blocks.push_back(register_module(
                numbered("block", static_cast<std::size_t>(m)),
                std::make_shared<MiniBlock>(make, b, m == 0 ? in : make.config.widths[b])));
    }

    Tensor forward(Tensor x, StreamState *stream)
    {
        for (const auto &block : m_blocks)
            x = block->forward(x, stream);
        return x;
    }

private:
    std::vector<std::shared_ptr<MiniBlock>> m_blocks;
};

/// A first layer over all segments, then blocks.
template <typename Config, typename Block>
class ConvBackbone : public Backbone
{
public:
    ConvBackbone(const Config &c, int segments, const std::shared_ptr<TwinContext> &context,
                 Initialiser &initialiser)
    {
        const LayerMaker<Config> make{c, context, initialiser};
        m_first = make(TwinSpec::InputChannels, c.widths[0], segments, c.firstKernel, 1);
        register_module("first_conv", m_first.conv);
        register_module("first_norm", m_first.norm);
        for (std::size_t b = 0; b < c.widths.size(); ++b)
            m_blocks.push_back(
                register_module(numbered("block", b),
                                std::make_shared<Block>(make, b, c.widths[b == 0 ? 0 : b - 1])));
    }

    Tensor forward(const Tensor &x, StreamState *stream, Trace *trace) override
    {
        Tensor z = m_first(x.reshape({x.size(0), -1, x.size(3)}), stream);
        if (trace)
            trace->emplace_back("first", z);
        for (std::size_t b = 0; b < m_blocks.size(); ++b) {
            z = m_blocks[b]->forward(z, stream);
            if (trace)
                trace->emplace_back(numbered("block", b), z);
        }
        return z;
    }

private:
    ConvLayer m_first;
    std::vector<std::shared_ptr<Block>> m_blocks;
};

} // namespace

template <>
std::shared_ptr<Backbone> makeBackbone(const TcnConfig &config, int segments,
                                       const std::shared_ptr<TwinContext> &context,
                                       Initialiser &initialiser)
{
    return std::make_shared<ConvBackbone<TcnConfig, TcnBlock>>(config, segments, context,
                                                               initialiser);
}

template <>
std::shared_ptr<Backbone> makeBackbone(const ResNetTcnConfig &config, int segments,
                                       const std::shared_ptr<TwinContext> &context,
                                       Initialiser &initialiser)
{
    return std::make_shared<ConvBackbone<ResNetTcnConfig, MiniBlocks>>(config, segments, context,
                                                                       initialiser);
}

} // namespace dt
