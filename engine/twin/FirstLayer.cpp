// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/FirstLayer.h"

#include "engine/base/Index.h"
#include "engine/twin/NetworkKind.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace dt {

namespace {

constexpr const char *Backbone = "backbone_and_heads.backbone.";

Result<const NamedTensor *> floatsNamed(const std::vector<NamedTensor> &weights,
                                        const std::string &name,
                                        const std::vector<std::int64_t> &shape)
{
    const std::string whole = Backbone + name;
    for (const NamedTensor &tensor : weights) {
        if (tensor.name == whole && tensor.shape == shape && tensor.floats() && tensor.consistent())
            return &tensor;
    }
    return Error{ErrorCode::Format,
                 "The twin has no weights '" + whole
                     + "' of the size that its settings say. Its file is damaged; open another.",
                 whole};
}

std::vector<double> doubles(const NamedTensor &tensor)
{
    return {tensor.floats()->begin(), tensor.floats()->end()};
}

} // namespace

std::span<const float> FirstLayer::map(int unit, Polarity polarity) const
{
    const std::size_t size = at(segments) * at(lagsMs);
    const std::size_t half = polarity == Polarity::Inhibitory ? 1 : 0;
    return std::span(weights).subspan((2 * at(unit) + half) * size, size);
}

double FirstLayer::size(int unit) const
{
    double sum = 0.0;
    for (const Polarity polarity : {Polarity::Excitatory, Polarity::Inhibitory}) {
        for (const float w : map(unit, polarity))
            sum += static_cast<double>(w) * static_cast<double>(w);
    }
    return std::sqrt(sum);
}

double FirstLayer::largest(int unit) const
{
    double most = 0.0;
    for (const Polarity polarity : {Polarity::Excitatory, Polarity::Inhibitory}) {
        for (const float w : map(unit, polarity))
            most = std::max(most, std::abs(static_cast<double>(w)));
    }
    return most;
}

double FirstLayer::centreMs(int unit) const
{
    double sum = 0.0;
    double moment = 0.0;
    for (const Polarity polarity : {Polarity::Excitatory, Polarity::Inhibitory}) {
        const std::span<const float> values = map(unit, polarity);
        for (std::size_t i = 0; i < values.size(); ++i) {
            const double w = std::abs(static_cast<double>(values[i]));
            sum += w;
            moment += w * static_cast<double>(i % at(lagsMs));
        }
    }
    return sum > 0.0 ? moment / sum : 0.0;
}

std::vector<int> FirstLayer::bySize() const
{
    std::vector<double> sizes;
    for (int unit = 0; unit < units; ++unit)
        sizes.push_back(size(unit));
    std::vector<int> order(at(units));
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](int a, int b) { return sizes[at(a)] > sizes[at(b)]; });
    return order;
}

std::vector<double> FirstLayer::lagProfile(Polarity polarity) const
{
    std::vector<double> squares(at(lagsMs));
    for (int unit = 0; unit < units; ++unit) {
        const std::span<const float> values = map(unit, polarity);
        for (std::size_t i = 0; i < values.size(); ++i)
            squares[i % at(lagsMs)] +=
                static_cast<double>(values[i]) * static_cast<double>(values[i]);
    }
    for (double &s : squares)
        s = std::sqrt(s / (units * segments));
    return squares;
}

double FirstLayer::halfMs(Polarity polarity) const
{
    const std::vector<double> profile = lagProfile(polarity);
    const double half = 0.5 * std::accumulate(profile.begin(), profile.end(), 0.0);
    double sum = 0.0;
    for (std::size_t lag = 0; lag < profile.size() && half > 0.0; ++lag) {
        if (sum + profile[lag] >= half) // each lag is one ms wide
            return static_cast<double>(lag) + (half - sum) / profile[lag];
        sum += profile[lag];
    }
    return 0.0;
}

Result<FirstLayer> firstLayer(const TwinSpec &spec, const std::vector<NamedTensor> &weights)
{
    const Result<FirstConvolution> first = kindOf(spec).firstConvolution(spec);
    if (!first)
        return first.error();
    FirstLayer layer;
    layer.segments = spec.segments;
    layer.units = first->units;
    layer.lagsMs = first->kernelMs;
    const Result<const NamedTensor *> stored =
        floatsNamed(weights, "first_conv.temporal_conv.weight",
                    {layer.units, TwinSpec::InputChannels, layer.segments, layer.lagsMs});
    if (!stored)
        return stored.error();
    // The kernel slides over the past with its last tap on the present.
    layer.weights = *(*stored)->floats();
    for (auto row = layer.weights.begin(); row != layer.weights.end(); row += layer.lagsMs)
        std::reverse(row, row + layer.lagsMs);
    return layer;
}

Result<ElmTimes> elmTimes(const TwinSpec &spec, const std::vector<NamedTensor> &weights)
{
    const auto *config = std::get_if<ElmConfig>(&spec.network);
    if (!config)
        return Error{ErrorCode::NotFound,
                     "Only an ELM has time constants of memory; this is another network.", "arch"};
    const Result<const NamedTensor *> logits =
        floatsNamed(weights, "_proto_tau_m", {config->memory});
    const Result<const NamedTensor *> synapses = floatsNamed(weights, "tau_s", {spec.inputLines()});
    const Result<const NamedTensor *> inputs =
        floatsNamed(weights, "_proto_w_s", {spec.inputLines()});
    for (const auto *found : {&logits, &synapses, &inputs}) {
        if (!*found)
            return found->error();
    }
    ElmTimes times{doubles(**logits), doubles(**synapses), doubles(**inputs)};
    for (double &tau : times.memoryTauMs)
        tau = config->memoryTauMinMs
            + (config->memoryTauMaxMs - config->memoryTauMinMs) / (1.0 + std::exp(-tau));
    return times;
}

} // namespace dt
