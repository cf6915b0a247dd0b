// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/NetworkKind.h"
#include "engine/twin/NetworkParts.h"
#include "engine/twin/TwinChecker.h"

#include <algorithm>

namespace dt {

namespace {

class TransformerKind : public KindOf<TransformerConfig>
{
public:
    [[nodiscard]] std::string_view name() const override { return "Transformer"; }

    [[nodiscard]] std::vector<NetworkPreset> presets() const override
    {
        return {{{"transformer", "Transformer",
                  "Five blocks of attention over the last 48 ms each: sees 236 ms."},
                 TransformerConfig{}}};
    }

    [[nodiscard]] TwinWindows windows() const override { return {1280, 2048, 8128, 16, 32, 32}; }

    [[nodiscard]] double usualSpeed() const override { return 36.0; }

    [[nodiscard]] std::vector<NetworkField> fields(TwinNetworkConfig &config) const override
    {
        auto &c = std::get<TransformerConfig>(config);
        const auto withoutSlope = [&c] { return !hasSlope(c.firstActivation); };
        const auto noDropout = [&c] {
            c.dropout = 0.0;
            return true;
        };
        const auto withoutBlocks = [&c] { return c.attention != AttentionForm::Blocked; };
        return {
            {"first_layer_temporal_kernel_size", &c.firstKernel, KernelRange},
            {"first_norm_type", NetworkField::Norm{&c.firstNorm, AnyButNone}},
            {"first_nonlinearity_str", &c.firstActivation},
            {"first_leaky_slope", &c.firstSlope, SlopeRange, withoutSlope},
            {"d_model", &c.width, {2, MostWidth}},
            {"n_heads", &c.heads, {1, MostWidth}},
            {"num_layers", &c.layers, {1, MostLayers}},
            {"window_size", &c.windowMs, {1, 8192}},
            {"max_seq_len", &c.maxSequence, {1, 1 << 20}},
            {"dropout_rate", &c.dropout, {0.0, 0.95}, noDropout},
            {"ffn_type", NetworkField::Word{c.feedForward, "swiglu", "gelu"}},
            {"ffn_hidden_dim", NetworkField::Automatic{&c.feedForwardWidth}, {0, 4 * MostWidth}},
            {"SWA_type", NetworkField::Word{c.attention, "blocked", "full"}},
            {"SWA_block_size", &c.attentionBlock, {1, 1 << 20}, withoutBlocks},
            {"use_complex_number_rope", NetworkField::Constant{false}},
            {"norm_type",
             NetworkField::Norm{&c.norm, {NormType::Rms, NormType::Layer}, normTypeSnakeName}}};
    }

    [[nodiscard]] std::vector<NetworkSize> sizes(TwinNetworkConfig &config) const override
    {
        auto &c = std::get<TransformerConfig>(config);
        // As wide a head as before: any number of heads is a sound network.
        const auto keepHeads = [&c, each = c.width / c.heads] {
            c.width = each * c.heads;
            c.feedForwardWidth = 3 * c.width;
        };
        return {{"transformerLayers", "Layers", "", {1, 32}, &c.layers},
                {"transformerHeads", "Heads", "", {1, 32}, &c.heads, keepHeads},
                {"transformerWindow", "Window", "ms", {1, 1000}, &c.windowMs}};
    }

    void check(TwinChecker &check, const TwinSpec &spec) const override
    {
        const TransformerConfig &c = configOf(spec);
        NetworkKind::check(check, spec);
        if (!check.failed() && c.width % (2 * c.heads) != 0)
            check.fail("n_heads",
                       "The twin's d_model of " + std::to_string(c.width)
                           + " does not split into n_heads = " + std::to_string(c.heads)
                           + " heads of even width. Choose a d_model that is a multiple of "
                           + std::to_string(2 * c.heads) + ".");
    }

    [[nodiscard]] ParameterCount parameters(const TwinSpec &spec) const override
    {
        const TransformerConfig &c = configOf(spec);
        const std::int64_t width = c.width;
        const std::int64_t matrices = c.feedForward == FeedForward::SwiGlu ? 3 : 2;
        const std::int64_t block = 4 * width * width + 2 * normParameters(c.norm, width)
            + matrices * width * c.resolvedFeedForwardWidth();
        const std::int64_t total = convParameters(spec.inputLines(), width, c.firstKernel)
            + normParameters(c.firstNorm, width) + c.layers * block + normParameters(c.norm, width);
        return {total, total};
    }

    [[nodiscard]] int width(const TwinSpec &spec) const override { return configOf(spec).width; }

    [[nodiscard]] std::int64_t receptiveFieldMs(const TwinSpec &spec) const override
    {
        const TransformerConfig &c = configOf(spec);
        return c.firstKernel + std::int64_t{c.layers} * (c.windowMs - 1);
    }

    [[nodiscard]] std::string shortName(const TwinSpec &spec) const override
    {
        const TransformerConfig &c = configOf(spec);
        return "Transformer_D_" + std::to_string(c.layers) + "_W_" + std::to_string(c.width) + "_H_"
            + std::to_string(c.heads) + "_T_" + std::to_string(receptiveFieldMs(spec));
    }

    [[nodiscard]] Result<FirstConvolution> firstConvolution(const TwinSpec &spec) const override
    {
        const TransformerConfig &c = configOf(spec);
        return FirstConvolution{c.width, c.firstKernel};
    }

    [[nodiscard]] NetworkArrays arrays(const TwinSpec &spec, std::int64_t ms) const override
    {
        const TransformerConfig &c = configOf(spec);
        NetworkArrays arrays;
        ConvolutionArrays convolutions(arrays, c.firstNorm, ms);
        const std::int64_t width = c.width;
        const std::int64_t inner = c.resolvedFeedForwardWidth();
        const bool gated = c.feedForward == FeedForward::SwiGlu;
        convolutions.add(spec.inputLines(), width, c.firstKernel, 1, true);
        // Two norms of three arrays; queries, keys, values, the answer twice; the net.
        const std::int64_t block =
            11 * width + c.heads + (gated ? 4 : 2) * inner + (c.dropout > 0.0 ? width : 0);
        convolutions.keep(c.layers * block + 2 * width); // the last norm, too
        convolutions.keep(width); // as the heads read it
        arrays.passing = 3 * std::max(width, inner) * ms;
        arrays.layer((2 * width + (gated ? 4 : 2) * inner) * ms);
        arrays.layer(6 * width * ms);
        return arrays;
    }

    [[nodiscard]] SettingTexts settings(const TwinSpec &spec) const override
    {
        const TransformerConfig &c = configOf(spec);
        return {{"First kernel [ms]", settingText(c.firstKernel)},
                {"Layers", settingText(c.layers)},
                {"Width [channels]", settingText(c.width)},
                {"Heads of attention", settingText(c.heads)},
                {"Attention sees [ms]", settingText(c.windowMs)},
                {"Hidden width", settingText(c.resolvedFeedForwardWidth())},
                {"Hidden layer", c.feedForward == FeedForward::SwiGlu ? "SwiGLU" : "GELU"},
                {"Norm", settingText(c.norm)},
                {"Non-linearity", settingText(c.firstActivation, c.firstSlope)},
                {"Dropout", settingText(c.dropout)}};
    }
};

} // namespace

int TransformerConfig::resolvedFeedForwardWidth() const
{
    if (feedForwardWidth > 0)
        return feedForwardWidth;
    return feedForward == FeedForward::SwiGlu ? 8 * width / 3 : 4 * width;
}

template <>
const NetworkKind &networkKind<TransformerConfig>()
{
    static const TransformerKind Kind;
    return Kind;
}

} // namespace dt
