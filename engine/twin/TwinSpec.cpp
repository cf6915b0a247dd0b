// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/TwinSpec.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <numeric>

namespace dt {

namespace {

constexpr std::array<std::string_view, 4> ArchitectureNames{"TCN", "ResNetTCN", "ELM",
                                                            "Transformer"};

std::int64_t wide(int value)
{
    return value;
}

/// Parameters of a normalisation over so many channels.
std::int64_t normParameters(NormType type, std::int64_t channels)
{
    switch (type) {
    case NormType::None:
        return 0;
    case NormType::Rms:
        return channels;
    case NormType::Layer:
    case NormType::Batch:
        return 2 * channels;
    }
    return 0;
}

std::int64_t convParameters(std::int64_t in, std::int64_t out, std::int64_t taps)
{
    return in * out * taps + out;
}

std::int64_t headParameters(const TwinSpec &spec)
{
    return (4 + wide(spec.dendHeads)) * (wide(backboneWidth(spec)) + 1);
}

ParameterCount countOf(const TcnConfig &c, const TwinSpec &spec)
{
    std::int64_t width = c.widths[0];
    std::int64_t total =
        convParameters(spec.inputLines(), width, c.firstKernel) + normParameters(c.norm, width);
    for (std::size_t b = 0; b < c.layers.size(); ++b) {
        for (int l = 0; l < c.layers[b]; ++l) {
            total += convParameters(width, c.widths[b], c.kernels[b])
                + normParameters(c.norm, c.widths[b]);
            width = c.widths[b];
        }
    }
    return {total, total};
}

ParameterCount countOf(const ResNetTcnConfig &c, const TwinSpec &spec)
{
    std::int64_t width = c.widths[0];
    std::int64_t total =
        convParameters(spec.inputLines(), width, c.firstKernel) + normParameters(c.norm, width);
    for (std::size_t b = 0; b < c.miniBlocks.size(); ++b) {
        const std::int64_t out = c.widths[b];
        for (int m = 0; m < c.miniBlocks[b]; ++m) {
            total += convParameters(width, out, c.kernels[b])
                + convParameters(out, out, c.kernels[b]) + convParameters(width, out, 1)
                + 2 * normParameters(c.norm, out);
            width = out;
        }
    }
    return {total, total};
}

ParameterCount countOf(const ElmConfig &c, const TwinSpec &spec)
{
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

ParameterCount countOf(const TransformerConfig &c, const TwinSpec &spec)
{
    const std::int64_t width = c.width;
    const std::int64_t matrices = c.feedForward == FeedForward::SwiGlu ? 3 : 2;
    const std::int64_t block = 4 * width * width + 2 * normParameters(c.norm, width)
        + matrices * width * c.resolvedFeedForwardWidth();
    const std::int64_t total = convParameters(spec.inputLines(), width, c.firstKernel)
        + normParameters(c.firstNorm, width) + c.layers * block + normParameters(c.norm, width);
    return {total, total};
}

int depth(const std::vector<int> &layers)
{
    return std::accumulate(layers.begin(), layers.end(), 0);
}

/// "%.0f" rounds halves to even, as the reference's format does.
std::string wholeNumber(double value)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.0f", value);
    return text.data();
}

double mean(const std::vector<int> &values)
{
    return static_cast<double>(std::accumulate(values.begin(), values.end(), 0LL))
        / static_cast<double>(values.size());
}

std::string prefixOf(const TwinSpec &spec)
{
    if (const auto *c = std::get_if<TcnConfig>(&spec.network)) {
        std::vector<int> widths{c->widths[0]};
        widths.insert(widths.end(), c->widths.begin(), c->widths.end());
        return "TCN_D_" + std::to_string(1 + depth(c->layers)) + "_W_" + wholeNumber(mean(widths))
            + "_T_" + std::to_string(receptiveFieldMs(spec));
    }
    if (const auto *c = std::get_if<ResNetTcnConfig>(&spec.network)) {
        std::vector<int> widths{c->widths[0]};
        widths.insert(widths.end(), c->widths.begin(), c->widths.end());
        widths.insert(widths.end(), c->widths.begin(), c->widths.end());
        return "TCN_ResNet_D_" + std::to_string(1 + 2 * depth(c->miniBlocks)) + "_W_"
            + wholeNumber(mean(widths)) + "_T_" + std::to_string(receptiveFieldMs(spec));
    }
    if (const auto *c = std::get_if<ElmConfig>(&spec.network))
        return "ELM_D_" + std::to_string(c->hiddenLayers) + "_M_" + std::to_string(c->memory);
    const auto &c = std::get<TransformerConfig>(spec.network);
    return "Transformer_D_" + std::to_string(c.layers) + "_W_" + std::to_string(c.width) + "_H_"
        + std::to_string(c.heads) + "_T_" + std::to_string(receptiveFieldMs(spec));
}

} // namespace

int TransformerConfig::resolvedFeedForwardWidth() const
{
    if (feedForwardWidth > 0)
        return feedForwardWidth;
    return feedForward == FeedForward::SwiGlu ? 8 * width / 3 : 4 * width;
}

std::string_view architectureName(Architecture architecture)
{
    return ArchitectureNames[static_cast<std::size_t>(architecture)];
}

Result<Architecture> architectureFromName(std::string_view name)
{
    const auto same = [](char a, char b) {
        return std::tolower(static_cast<unsigned char>(a))
            == std::tolower(static_cast<unsigned char>(b));
    };
    for (std::size_t i = 0; i < ArchitectureNames.size(); ++i) {
        if (std::equal(name.begin(), name.end(), ArchitectureNames[i].begin(),
                       ArchitectureNames[i].end(), same))
            return static_cast<Architecture>(i);
    }
    return Error{ErrorCode::NotFound,
                 "There is no architecture named '" + std::string(name)
                     + "'. Use TCN, ResNetTCN, ELM or Transformer.",
                 "arch"};
}

ParameterCount parameterCount(const TwinSpec &spec)
{
    ParameterCount count =
        std::visit([&](const auto &config) { return countOf(config, spec); }, spec.network);
    count.total += headParameters(spec);
    count.trainable += headParameters(spec);
    return count;
}

int receptiveFieldMs(const TwinSpec &spec)
{
    // Specs from files can ask for more than an int holds, and are refused for it.
    std::int64_t field = 0;
    const auto add = [&](std::int64_t convolutions, int kernel, int dilation) {
        field += convolutions * (kernel - 1) * dilation;
    };
    if (const auto *c = std::get_if<TcnConfig>(&spec.network)) {
        field = c->firstKernel;
        for (std::size_t b = 0; b < c->layers.size(); ++b)
            add(c->layers[b], c->kernels[b], c->dilations[b]);
    } else if (const auto *r = std::get_if<ResNetTcnConfig>(&spec.network)) {
        field = r->firstKernel;
        for (std::size_t b = 0; b < r->miniBlocks.size(); ++b)
            add(2 * std::int64_t{r->miniBlocks[b]}, r->kernels[b], r->dilations[b]);
    } else if (const auto *t = std::get_if<TransformerConfig>(&spec.network)) {
        field = t->firstKernel;
        add(t->layers, t->windowMs, 1);
    }
    return static_cast<int>(std::min<std::int64_t>(field, std::numeric_limits<int>::max()));
}

int backboneWidth(const TwinSpec &spec)
{
    switch (spec.architecture()) {
    case Architecture::Tcn:
        return std::get<TcnConfig>(spec.network).widths.back();
    case Architecture::ResNetTcn:
        return std::get<ResNetTcnConfig>(spec.network).widths.back();
    case Architecture::Elm:
        return std::get<ElmConfig>(spec.network).memory;
    case Architecture::Transformer:
        return std::get<TransformerConfig>(spec.network).width;
    }
    return 0;
}

std::string shortName(const TwinSpec &spec)
{
    const auto count = static_cast<double>(parameterCount(spec).total);
    return prefixOf(spec) + "_params_"
        + (count >= 1.0e7 ? wholeNumber(count / 1.0e6) + "M" : wholeNumber(count / 1.0e3) + "K");
}

TwinWindows defaultWindows(Architecture architecture)
{
    switch (architecture) {
    case Architecture::Tcn:
    case Architecture::ResNetTcn:
        return {2048, 4096, 8128, 16, 32, 32};
    case Architecture::Elm:
        return {1024, 2048, 8128, 16, 32, 32};
    case Architecture::Transformer:
        break;
    }
    return {1280, 2048, 8128, 16, 32, 32};
}

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

} // namespace dt
