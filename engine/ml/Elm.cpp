// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ml/Backbones.h"

#include <cmath>

namespace dt {

namespace {

using torch::Tensor;

class LinearParameters : public torch::nn::Module
{
public:
    LinearParameters(int in, int out, Initialiser &initialiser)
    {
        weight = register_parameter("weight", initialiser.normal({out, in}, 0.02));
        bias = register_parameter("bias", initialiser.uniform({out}, 1.0 / std::sqrt(in)));
    }
    Tensor weight;
    Tensor bias;
};

/// weight and, with Layer, bias.
class PreNorm : public torch::nn::Module
{
public:
    PreNorm(NormType type, int width)
    {
        weight = register_parameter("weight", torch::ones({width}));
        if (type == NormType::Layer)
            bias = register_parameter("bias", torch::zeros({width}));
    }
    Tensor weight;
    Tensor bias;
};

/// Only a place for names.
class Mlp : public torch::nn::Module
{
};

/// The ELM's constants as it uses them: time constants of the memory, and the shares of memory and
/// synapses that are left after a step.
struct ElmConstants
{
    torch::Tensor tauM; ///< [ms] (M)
    torch::Tensor kappaM; ///< (M)
    torch::Tensor kappaS; ///< (N)
};

class ElmBackbone : public Backbone
{
public:
    ElmBackbone(const ElmConfig &config, int inputs, std::shared_ptr<TwinContext> context,
                Initialiser &initialiser);
    torch::Tensor forward(const torch::Tensor &x, StreamState *stream, Trace *trace) override;

private:
    [[nodiscard]] ElmConstants constants() const;

    ElmConfig m_config;
    std::shared_ptr<TwinContext> m_context;
    torch::Tensor m_synapseWeight;
    torch::Tensor m_tauS;
    torch::Tensor m_logitTauM;
    std::shared_ptr<torch::nn::Module> m_mlp;
    std::shared_ptr<BatchNormParameters> m_batch;
    torch::Tensor m_normWeight;
    torch::Tensor m_normBias;
    std::vector<torch::Tensor> m_weights;
    std::vector<torch::Tensor> m_biases;
    Activation m_activation;
    Activation m_postActivation;
};

ElmBackbone::ElmBackbone(const ElmConfig &config, int inputs, std::shared_ptr<TwinContext> context,
                         Initialiser &initialiser) :
    m_config(config),
    m_context(std::move(context)), m_activation(config.activation, config.slope),
    m_postActivation(config.postActivation, config.postSlope)
{
    m_synapseWeight = register_parameter("_proto_w_s", torch::full({inputs}, config.synapseWeight));
    m_tauS = register_parameter("tau_s", torch::full({inputs}, config.synapseTauMs), false);
    m_logitTauM = register_parameter(
        "_proto_tau_m",
        torch::tensor(initialMemoryLogits(config), torch::kFloat64).to(torch::kFloat32),
        config.learnMemoryTau);

    m_mlp = register_module("mlp", std::make_shared<Mlp>());
    int width = inputs + config.memory;
    if (config.preNorm == NormType::Batch) {
        m_batch = m_mlp->register_module("pre_norm", std::make_shared<BatchNormParameters>(width));
        m_normWeight = m_batch->weight;
        m_normBias = m_batch->bias;
    } else if (config.preNorm != NormType::None) {
        const auto norm =
            m_mlp->register_module("pre_norm", std::make_shared<PreNorm>(config.preNorm, width));
        m_normWeight = norm->weight;
        m_normBias = norm->bias;
    }
    for (int h = 0; h <= config.hiddenLayers; ++h) {
        const int out = h < config.hiddenLayers ? config.resolvedHiddenWidth() : config.memory;
        const auto layer = m_mlp->register_module(
            "fc" + std::to_string(h), std::make_shared<LinearParameters>(width, out, initialiser));
        m_weights.push_back(layer->weight);
        m_biases.push_back(layer->bias);
        width = out;
    }
}

ElmConstants ElmBackbone::constants() const
{
    const auto kappa = [&](const Tensor &tau) {
        return torch::exp(-m_config.deltaTMs / tau.clamp_min(1e-6));
    };
    const double range = m_config.memoryTauMaxMs - m_config.memoryTauMinMs;
    const Tensor tauM = m_config.memoryTauMinMs + range * torch::sigmoid(m_logitTauM);
    return {tauM, kappa(tauM), kappa(m_tauS)};
}

Tensor ElmBackbone::forward(const torch::Tensor &x, StreamState *stream, Trace *trace)
{
    const ElmConstants constants = this->constants();
    Tensor none;
    Tensor &s = stream ? stream->next() : none;
    Tensor noMemory;
    Tensor &m = stream ? stream->next() : noMemory;

    ElmCall call;
    // Feature c * S + s: all excitatory segments, then all inhibitory.
    call.x = x.reshape({x.size(0), -1, x.size(3)});
    call.synapseWeight = m_synapseWeight;
    call.kappaS = constants.kappaS;
    call.kappaM = constants.kappaM;
    call.lambda = m_config.lambda;
    call.norm = m_config.preNorm;
    call.normWeight = m_normWeight;
    call.normBias = m_normBias;
    if (m_batch) {
        call.runningMean = m_batch->runningMean;
        call.runningVar = m_batch->runningVar;
        if (is_training())
            m_batch->batches.add_(x.size(3)); // once a time step
    }
    call.training = is_training();
    call.weights = m_weights;
    call.biases = m_biases;
    call.activation = &m_activation;
    call.postActivation = &m_postActivation;
    call.s = s.defined() ? s : torch::zeros({x.size(0), call.x.size(1)}, x.options());
    call.m = m.defined() ? m : torch::zeros({x.size(0), m_config.memory}, x.options());

    const ElmResult result = m_context->math->elmScan(call);
    if (stream) {
        s = result.s;
        m = result.m;
    }
    if (trace) {
        trace->emplace_back("der/s_last", result.s);
        trace->emplace_back("der/m_last", result.m);
        trace->emplace_back("der/tau_m", constants.tauM);
        trace->emplace_back("der/kappa_m", constants.kappaM);
        trace->emplace_back("der/kappa_s", constants.kappaS);
    }
    return result.memory;
}

} // namespace

template <>
std::shared_ptr<Backbone> makeBackbone(const ElmConfig &config, int segments,
                                       const std::shared_ptr<TwinContext> &context,
                                       Initialiser &initialiser)
{
    return std::make_shared<ElmBackbone>(config, TwinSpec::InputChannels * segments, context,
                                         initialiser);
}

} // namespace dt
