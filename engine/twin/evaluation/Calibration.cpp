// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/evaluation/Calibration.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

double mean(const std::vector<double> &values)
{
    double sum = 0.0;
    for (const double v : values)
        sum += v;
    return sum / static_cast<double>(values.size());
}

/// Squares about the mean; exactly 0 when all values are equal, whatever the mean was rounded to.
double squares(const std::vector<double> &values)
{
    if (std::all_of(values.begin(), values.end(), [&](double v) { return v == values.front(); }))
        return 0.0;
    const double m = mean(values);
    double sum = 0.0;
    for (const double v : values)
        sum += (v - m) * (v - m);
    return sum;
}

/// Nothing for values outside 0..1.
std::optional<std::size_t> binOf(float probability, std::size_t bins)
{
    if (!(probability >= 0.0f && probability <= 1.0f))
        return std::nullopt;
    return std::min(
        bins - 1,
        static_cast<std::size_t>(static_cast<double>(probability) * static_cast<double>(bins)));
}

} // namespace

Calibration calibrate(std::span<const float> probabilities, std::span<const std::uint8_t> labels,
                      int windowMs, int bins)
{
    Calibration result;
    if (bins < 1 || windowMs < bins)
        return result;
    result.binMs = windowMs / bins;
    const auto window = static_cast<std::size_t>(windowMs);
    const auto bin = static_cast<std::size_t>(result.binMs);
    const std::size_t simulations = std::min(probabilities.size(), labels.size()) / window;
    std::vector<double> x;
    std::vector<double> y;
    for (std::size_t s = 0; s < simulations; ++s) {
        for (std::size_t b = 0; b < static_cast<std::size_t>(bins); ++b) {
            const std::size_t begin = s * window + b * bin;
            double spikes = 0.0;
            double expected = 0.0;
            for (std::size_t i = begin; i < begin + bin; ++i) {
                spikes += labels[i] != 0 ? 1.0 : 0.0;
                expected += static_cast<double>(probabilities[i]);
            }
            x.push_back(spikes / static_cast<double>(bin));
            y.push_back(expected / static_cast<double>(bin));
        }
    }
    if (x.empty())
        return result;
    result.truth.assign(x.begin(), x.end());
    result.predicted.assign(y.begin(), y.end());
    std::vector<double> difference(x.size());
    double product = 0.0;
    const double meanX = mean(x);
    const double meanY = mean(y);
    for (std::size_t i = 0; i < x.size(); ++i) {
        difference[i] = x[i] - y[i];
        product += (x[i] - meanX) * (y[i] - meanY);
    }
    const double xx = squares(x);
    const double yy = squares(y);
    const double dd = squares(difference);
    if (xx > 0.0 && yy > 0.0 && std::isfinite(yy))
        result.correlation = std::clamp(product / std::sqrt(xx * yy), -1.0, 1.0);
    if (xx > 0.0 && std::isfinite(dd))
        result.explainedVariancePercent = 100.0 * (1.0 - dd / xx);
    return result;
}

std::optional<double> ReliabilityBin::observed() const
{
    if (count == 0)
        return std::nullopt;
    return static_cast<double>(spikes) / static_cast<double>(count);
}

std::vector<ReliabilityBin> reliability(std::span<const float> probabilities,
                                        std::span<const std::uint8_t> labels, int bins)
{
    std::vector<ReliabilityBin> result(static_cast<std::size_t>(std::max(bins, 1)));
    const double width = 1.0 / static_cast<double>(result.size());
    for (std::size_t b = 0; b < result.size(); ++b) {
        result[b].from = static_cast<double>(b) * width;
        result[b].to = static_cast<double>(b + 1) * width;
    }
    result.back().to = 1.0;
    for (std::size_t i = 0; i < std::min(probabilities.size(), labels.size()); ++i) {
        if (const auto place = binOf(probabilities[i], result.size())) {
            ReliabilityBin &bin = result[*place];
            ++bin.count;
            bin.spikes += labels[i] != 0 ? 1 : 0;
            bin.meanProbability += static_cast<double>(probabilities[i]);
        }
    }
    for (ReliabilityBin &bin : result) {
        if (bin.count > 0)
            bin.meanProbability /= static_cast<double>(bin.count);
    }
    return result;
}

ProbabilityHistogram probabilityHistogram(std::span<const float> probabilities,
                                          std::span<const std::uint8_t> labels)
{
    ProbabilityHistogram histogram;
    for (std::size_t i = 0; i < std::min(probabilities.size(), labels.size()); ++i) {
        if (const auto place = binOf(probabilities[i], ProbabilityHistogram::Bins))
            ++(labels[i] != 0 ? histogram.spike : histogram.noSpike)[*place];
    }
    return histogram;
}

} // namespace dt
