// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/NetworkKind.h"
#include "engine/twin/NetworkParts.h"
#include "engine/twin/TwinChecker.h"

#include "engine/base/NumberText.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

/// Windows that the ELM's loops take side by side (engine/ml/ElmKernel.h).
constexpr int ElmLanes = 8;
constexpr NumberRange TauRange{1e-3, 1e6}; // [ms]

class ElmKind : public KindOf<ElmConfig>
{
public:
    [[nodiscard]] std::string_view name() const override { return "ELM"; }

    [[nodiscard]] std::vector<NetworkPreset> presets() const override
    {
        return {{{"elm", "ELM Neuron",
                  "Expressive leaky memory: 64 leaky units updated by a small network every ms."},
                 ElmConfig{}}};
    }

    [[nodiscard]] TwinWindows windows() const override { return {1024, 2048, 8128, 16, 32, 32}; }

    [[nodiscard]] double usualSpeed() const override { return 60.0; }

    [[nodiscard]] std::vector<NetworkField> fields(TwinNetworkConfig &config) const override
    {
        auto &c = std::get<ElmConfig>(config);
        const auto withoutSlope = [&c] { return c.hiddenLayers <= 0 || !hasSlope(c.activation); };
        const auto withoutPostSlope = [&c] { return !hasSlope(c.postActivation); };
        return {{"memory_dim", &c.memory, {1, MostWidth}},
                {"mlp_num_hidden_layers", &c.hiddenLayers, {0, 16}},
                {"mlp_hidden_dim", NetworkField::Automatic{&c.hiddenWidth}, {1, 2 * MostWidth}},
                {"mlp_nonlinearity_str", &c.activation},
                {"mlp_leaky_slope", &c.slope, SlopeRange, withoutSlope},
                {"mlp_pre_norm_type", NetworkField::Norm{&c.preNorm}},
                {"post_mlp_nonlinearity_str", &c.postActivation},
                {"post_mlp_leaky_slope", &c.postSlope, SlopeRange, withoutPostSlope},
                {"lambda_value", &c.lambda, {1e-6, 1000.0}},
                {"synapse_tau_value", &c.synapseTauMs, TauRange},
                {"memory_tau_min", &c.memoryTauMinMs, TauRange},
                {"memory_tau_max", &c.memoryTauMaxMs, TauRange},
                {"learn_memory_tau", &c.learnMemoryTau},
                {"w_s_value", &c.synapseWeight, {-1000.0, 1000.0}},
                {"delta_t", &c.deltaTMs, {1e-3, 1000.0}}};
    }

    [[nodiscard]] std::vector<NetworkSize> sizes(TwinNetworkConfig &config) const override
    {
        auto &c = std::get<ElmConfig>(config);
        return {{"elmMemory", "Memory units", "", {1, 1024}, &c.memory},
                {"elmTau", "Max memory", "ms", {3, 2000}, &c.memoryTauMaxMs}};
    }

    void check(TwinChecker &check, const TwinSpec &spec) const override
    {
        const ElmConfig &c = configOf(spec);
        NetworkKind::check(check, spec);
        if (!(c.memoryTauMaxMs - c.memoryTauMinMs >= 1e-3))
            check.fail("memory_tau_max",
                       "The twin's memory_tau_max of " + formatNumber(c.memoryTauMaxMs)
                           + " ms must be at least 0.001 ms above its memory_tau_min of "
                           + formatNumber(c.memoryTauMinMs) + " ms.");
    }

    [[nodiscard]] ParameterCount parameters(const TwinSpec &spec) const override
    {
        const ElmConfig &c = configOf(spec);
        const std::int64_t inputs = spec.inputLines();
        std::int64_t width = inputs + c.memory;
        std::int64_t total = 2 * inputs + c.memory + normParameters(c.preNorm, width);
        for (int h = 0; h < c.hiddenLayers; ++h) {
            total += convParameters(width, c.resolvedHiddenWidth(), 1);
            width = c.resolvedHiddenWidth();
        }
        total += convParameters(width, c.memory, 1);
        return {total, total - inputs - (c.learnMemoryTau ? 0 : c.memory)};
    }

    [[nodiscard]] int width(const TwinSpec &spec) const override { return configOf(spec).memory; }

    [[nodiscard]] std::int64_t receptiveFieldMs(const TwinSpec &) const override { return 0; }

    /// Eight of its longest time constants, at most a second.
    [[nodiscard]] int longestMemoryMs(const TwinSpec &spec) const override
    {
        return static_cast<int>(std::min(1000.0, std::ceil(8.0 * configOf(spec).memoryTauMaxMs)));
    }

    [[nodiscard]] int settledMs(const TwinSpec &spec) const override
    {
        return static_cast<int>(std::ceil(10.0 * configOf(spec).memoryTauMaxMs));
    }

    [[nodiscard]] std::string shortName(const TwinSpec &spec) const override
    {
        const ElmConfig &c = configOf(spec);
        return "ELM_D_" + std::to_string(c.hiddenLayers) + "_M_" + std::to_string(c.memory);
    }

    [[nodiscard]] Result<FirstConvolution> firstConvolution(const TwinSpec &) const override
    {
        return Error{ErrorCode::NotFound,
                     "An ELM has no first layer of convolutions: it remembers with time constants.",
                     "arch"};
    }

    [[nodiscard]] NetworkArrays arrays(const TwinSpec &spec, std::int64_t ms) const override
    {
        const ElmConfig &c = configOf(spec);
        const std::int64_t inputs = spec.inputLines();
        const std::int64_t memory = c.memory;
        const std::int64_t hidden = std::int64_t{c.hiddenLayers} * c.resolvedHiddenWidth();
        const std::int64_t seen = inputs + memory;
        const std::int64_t widest =
            std::max<std::int64_t>(seen, c.hiddenLayers > 0 ? c.resolvedHiddenWidth() : 0);
        NetworkArrays arrays;
        // Memory, synapses, normalised, centre; outputs of all layers, and of the hidden ones after
        // their non-linearity; the memory once more, as the heads read it.
        arrays.kept = (memory + inputs + seen + 2 + 2 * hidden + memory + memory) * ms;
        arrays.passing = (memory + inputs + hidden + memory + 2 * widest) * ms;
        // Driven and laid out side by side, the memory likewise and as the heads read it.
        arrays.layer((inputs + memory) * ms + (inputs + memory) * ElmLanes * ms);
        arrays.lanes = ElmLanes;
        return arrays;
    }

    [[nodiscard]] SettingTexts settings(const TwinSpec &spec) const override
    {
        const ElmConfig &c = configOf(spec);
        return {{"Memory units", settingText(c.memory)},
                {"Hidden layers", settingText(c.hiddenLayers)},
                {"Hidden width", settingText(c.resolvedHiddenWidth())},
                {"Norm", settingText(c.preNorm)},
                {"Non-linearity", settingText(c.activation, c.slope)},
                {"Last non-linearity", settingText(c.postActivation, c.postSlope)},
                {"Gain of the memory's update", settingText(c.lambda)},
                {"Synapses' time constant [ms]", settingText(c.synapseTauMs)},
                {"Memory's time constants [ms]",
                 settingText(c.memoryTauMinMs) + " to " + settingText(c.memoryTauMaxMs)
                     + (c.learnMemoryTau ? ", learnt" : ", fixed")}};
    }
};

} // namespace

std::vector<double> initialMemoryLogits(const ElmConfig &config)
{
    const double lo = config.memoryTauMinMs + 1e-6;
    const double hi = config.memoryTauMaxMs - 1e-6;
    const double from = std::log10(lo);
    const double step = config.memory > 1 ? (std::log10(hi) - from) / (config.memory - 1) : 0.0;
    std::vector<double> logits;
    for (int i = 0; i < config.memory; ++i) {
        const double tau = std::clamp(std::pow(10.0, from + i * step), lo, hi);
        logits.push_back(std::log((tau - config.memoryTauMinMs) / (config.memoryTauMaxMs - tau)));
    }
    return logits;
}

template <>
const NetworkKind &networkKind<ElmConfig>()
{
    static const ElmKind Kind;
    return Kind;
}

} // namespace dt
