// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/MemoryCurve.h"

#include "engine/twin/NetworkKind.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

struct Moments
{
    double weight = 0.0;
    double mean = 0.0;
    double squares = 0.0; ///< about the mean
    void add(double value, double w)
    {
        weight += w;
        const double off = value - mean;
        mean += off * w / weight;
        squares += w * off * (value - mean);
    }
};

} // namespace

std::vector<int> memoryLengths(const TwinSpec &spec)
{
    const int longest = kindOf(spec).longestMemoryMs(spec);
    std::vector<int> lengths;
    for (const int ms : {1, 2, 5, 10, 20, 40, 80, 120, 160, 200, 320, 500, 800}) {
        if (ms < longest)
            lengths.push_back(ms);
    }
    lengths.push_back(longest);
    return lengths;
}

double aucStandardError(double auc, std::size_t positives, std::size_t negatives)
{
    if (positives == 0 || negatives == 0)
        return 0.0;
    const auto p = static_cast<double>(positives);
    const auto n = static_cast<double>(negatives);
    const double square = auc * auc;
    const double variance = (auc * (1.0 - auc) + (p - 1.0) * (auc / (2.0 - auc) - square)
                             + (n - 1.0) * (2.0 * square / (1.0 + auc) - square))
        / (p * n);
    return std::sqrt(std::max(0.0, variance));
}

std::optional<double> weightedEvPercent(std::span<const float> truth,
                                        std::span<const float> predicted,
                                        std::span<const double> weight)
{
    Moments values;
    Moments errors;
    for (std::size_t i = 0; i < truth.size(); ++i) {
        values.add(static_cast<double>(truth[i]), weight[i]);
        errors.add(static_cast<double>(truth[i]) - static_cast<double>(predicted[i]), weight[i]);
    }
    if (!(values.squares > 0.0) || !std::isfinite(values.squares) || !std::isfinite(errors.squares))
        return std::nullopt;
    return 100.0 * (1.0 - errors.squares / values.squares);
}

} // namespace dt
