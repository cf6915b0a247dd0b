// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/ml/Layers.h"
#include "engine/twin/TwinSpec.h"

namespace dt {

/// The four architectures (spec of the twins, sections 3-6), for valid specs.
std::shared_ptr<Backbone> makeBackbone(const TwinSpec &spec,
                                       const std::shared_ptr<TwinContext> &context,
                                       Initialiser &initialiser);

std::shared_ptr<Backbone> makeTcn(const TcnConfig &config, int segments,
                                  const std::shared_ptr<TwinContext> &context,
                                  Initialiser &initialiser);
std::shared_ptr<Backbone> makeResNetTcn(const ResNetTcnConfig &config, int segments,
                                        const std::shared_ptr<TwinContext> &context,
                                        Initialiser &initialiser);
std::shared_ptr<Backbone> makeTransformer(const TransformerConfig &config, int segments,
                                          const std::shared_ptr<TwinContext> &context,
                                          Initialiser &initialiser);

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
    [[nodiscard]] ElmConstants constants() const;

private:
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

/// Tables of rotary position embedding for positions from 0, in single precision as the reference
/// stores them; cos and sin (positions, d/2).
struct RopeTable
{
    torch::Tensor cos;
    torch::Tensor sin;
};
RopeTable ropeTable(std::int64_t positions, std::int64_t headWidth);

} // namespace dt
