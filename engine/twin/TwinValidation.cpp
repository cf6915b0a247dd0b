// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/TwinSpec.h"

#include "engine/base/NumberText.h"

#include <cmath>

namespace dt {

namespace {

/// What a PC can hold: 100 million parameters with gradients and AdamW's two moments are 1.6 GB.
constexpr std::int64_t MostParameters = 100'000'000;
constexpr int MostLayers = 256;
constexpr int MostWidth = 8192;
constexpr int MostKernel = 4096;
constexpr int MostDilation = 4096;
constexpr int LongestFieldMs = 65536;

/// Collects the first thing that is wrong.
class Checker
{
public:
    void range(const char *field, double value, double lo, double hi)
    {
        if (!(value >= lo && value <= hi)) // catches NaN
            fail(field,
                 std::string("The twin's ") + field + " of " + formatNumber(value)
                     + " is outside the range of " + formatNumber(lo) + " to " + formatNumber(hi)
                     + ".");
    }

    void ranges(const char *field, const std::vector<int> &values, int lo, int hi)
    {
        for (const int value : values)
            range(field, value, lo, hi);
    }

    /// One entry a block.
    void sameLength(const char *field, const std::vector<int> &values, std::size_t blocks)
    {
        if (values.size() != blocks)
            fail(field,
                 std::string("The twin's ") + field + " has " + std::to_string(values.size())
                     + " entries, but there are " + std::to_string(blocks)
                     + " blocks. Give one entry a block.");
    }

    void layers(const char *field, const std::vector<int> &values, std::int64_t each)
    {
        if (values.empty())
            fail(field, std::string("The twin's ") + field + " is empty. Give at least one block.");
        ranges(field, values, 1, MostLayers);
        std::int64_t sum = 0;
        for (const int value : values)
            sum += each * value;
        if (sum > MostLayers)
            fail(field,
                 std::string("The twin's ") + field + " makes " + std::to_string(sum)
                     + " layers; at most " + std::to_string(MostLayers) + " are allowed.");
    }

    void slope(const char *field, double value) { range(field, value, 0.0, 1.0); }

    void fail(const std::string &field, const std::string &message)
    {
        if (!m_failed)
            m_error = {ErrorCode::InvalidValue, message, field};
        m_failed = true;
    }

    [[nodiscard]] bool failed() const { return m_failed; }
    [[nodiscard]] Status status() const { return m_failed ? Status(m_error) : Status(Done{}); }

private:
    bool m_failed = false;
    Error m_error;
};

void checkNorm(Checker &check, const char *field, NormType type, bool batchAllowed)
{
    if (type == NormType::None || (type == NormType::Batch && !batchAllowed))
        check.fail(field,
                   std::string("The twin's ") + field + " cannot be '"
                       + std::string(normTypeName(type)) + "'. Use RMSNorm"
                       + (batchAllowed ? ", LayerNorm or BatchNorm." : " or LayerNorm."));
}

template <typename Config>
void checkConvolutions(Checker &check, const Config &c, std::size_t blocks)
{
    check.range("first_layer_temporal_kernel_size", c.firstKernel, 1, MostKernel);
    check.sameLength("num_features_per_block_list", c.widths, blocks);
    check.sameLength("temporal_kernel_size_per_block_list", c.kernels, blocks);
    check.sameLength("temporal_dilation_per_block_list", c.dilations, blocks);
    check.ranges("num_features_per_block_list", c.widths, 1, MostWidth);
    check.ranges("temporal_kernel_size_per_block_list", c.kernels, 1, MostKernel);
    check.ranges("temporal_dilation_per_block_list", c.dilations, 1, MostDilation);
    check.slope("leaky_slope", c.slope);
    checkNorm(check, "norm_type", c.norm, true);
}

void checkConfig(Checker &check, const TcnConfig &c)
{
    check.layers("num_layers_per_block_list", c.layers, 1);
    checkConvolutions(check, c, c.layers.size());
}

void checkConfig(Checker &check, const ResNetTcnConfig &c)
{
    check.layers("num_miniblocks_per_block_list", c.miniBlocks, 2);
    checkConvolutions(check, c, c.miniBlocks.size());
}

void checkConfig(Checker &check, const ElmConfig &c)
{
    check.range("memory_dim", c.memory, 1, MostWidth);
    check.range("mlp_num_hidden_layers", c.hiddenLayers, 0, 16);
    check.range("mlp_hidden_dim", c.resolvedHiddenWidth(), 1, 2 * MostWidth);
    check.range("mlp_hidden_dim", c.hiddenWidth, 0, 2 * MostWidth);
    check.slope("mlp_leaky_slope", c.slope);
    check.slope("post_mlp_leaky_slope", c.postSlope);
    check.range("lambda_value", c.lambda, 1e-6, 1000.0);
    check.range("synapse_tau_value", c.synapseTauMs, 1e-3, 1e6);
    check.range("memory_tau_min", c.memoryTauMinMs, 1e-3, 1e6);
    check.range("memory_tau_max", c.memoryTauMaxMs, 1e-3, 1e6);
    check.range("w_s_value", c.synapseWeight, -1000.0, 1000.0);
    check.range("delta_t", c.deltaTMs, 1e-3, 1000.0);
    if (!(c.memoryTauMaxMs - c.memoryTauMinMs >= 1e-3))
        check.fail("memory_tau_max",
                   "The twin's memory_tau_max of " + formatNumber(c.memoryTauMaxMs)
                       + " ms must be at least 0.001 ms above its memory_tau_min of "
                       + formatNumber(c.memoryTauMinMs) + " ms.");
}

void checkConfig(Checker &check, const TransformerConfig &c)
{
    check.range("first_layer_temporal_kernel_size", c.firstKernel, 1, MostKernel);
    checkNorm(check, "first_norm_type", c.firstNorm, true);
    check.slope("first_leaky_slope", c.firstSlope);
    check.range("d_model", c.width, 2, MostWidth);
    check.range("n_heads", c.heads, 1, MostWidth);
    check.range("num_layers", c.layers, 1, MostLayers);
    check.range("window_size", c.windowMs, 1, 8192);
    check.range("max_seq_len", c.maxSequence, 1, 1 << 20);
    check.range("dropout_rate", c.dropout, 0.0, 0.95);
    check.range("ffn_hidden_dim", c.feedForwardWidth, 0, 4 * MostWidth);
    check.range("SWA_block_size", c.attentionBlock, 1, 1 << 20);
    checkNorm(check, "norm_type", c.norm, false);
    if (!check.failed() && c.width % (2 * c.heads) != 0)
        check.fail("n_heads",
                   "The twin's d_model of " + std::to_string(c.width)
                       + " does not split into n_heads = " + std::to_string(c.heads)
                       + " heads of even width. Choose a d_model that is a multiple of "
                       + std::to_string(2 * c.heads) + ".");
}

} // namespace

Status validateTwin(const TwinSpec &spec)
{
    Checker check;
    check.range("in_spatial_dim", spec.segments, 1, 4096);
    check.range("head_out_channels", spec.dendHeads, 1, 4096);
    const Scaling &s = spec.scaling;
    const auto positive = [&](const char *field, double value) {
        check.range(field, value, 1e-6, 1e6);
    };
    const auto millivolts = [&](const char *field, double value) {
        check.range(field, value, -1000.0, 1000.0);
    };
    positive("X_scale", s.inputScale);
    positive("V_scale_soma", s.somaScaleMv);
    positive("V_scale_dend", s.dendScaleMv);
    positive("y_inst_rate_multiplier", s.rateMultiplier);
    millivolts("V_bias_soma", s.somaBiasMv);
    millivolts("V_bias_dend", s.dendBiasMv);
    millivolts("V_clip_soma_min", s.somaClipMinMv);
    check.range("V_clip_soma_max", s.somaClipMaxMv, s.somaClipMinMv, 1000.0);
    millivolts("V_clip_dend_min", s.dendClipMinMv);
    check.range("V_clip_dend_max", s.dendClipMaxMv, s.dendClipMinMv, 1000.0);
    std::visit([&](const auto &config) { checkConfig(check, config); }, spec.network);
    if (check.failed())
        return check.status();

    const std::int64_t count = parameterCount(spec).total;
    if (count > MostParameters)
        check.fail("config",
                   "The twin would have " + std::to_string(count) + " parameters; at most "
                       + std::to_string(MostParameters)
                       + " fit into memory with their optimiser. Make it narrower or shallower.");
    if (receptiveFieldMs(spec) > LongestFieldMs)
        check.fail("config",
                   "The twin would look " + std::to_string(receptiveFieldMs(spec))
                       + " ms into the past; at most " + std::to_string(LongestFieldMs)
                       + " are allowed. Use smaller kernels, dilations or windows.");
    return check.status();
}

} // namespace dt
