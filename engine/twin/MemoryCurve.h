// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/TwinSpec.h"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace dt {

/// How well a twin does when it sees only the last ms of its input: plain values of a memory probe
/// (engine/jobs/MemoryProbe.h) and the arithmetic it needs. Thread-safe as values are.

struct MemoryPoint
{
    int memoryMs = 0; ///< length of the input, the present ms included; silence before it
    std::optional<double> spikesAuc; ///< empty: there were no spikes
    double aucError = 0.0; ///< standard error, from the number of places looked at
    std::optional<double> somaEvPercent;
    bool operator==(const MemoryPoint &) const = default;
};

struct MemoryCurve
{
    int receptiveFieldMs = 0; ///< 0 for a twin that forgets gradually
    std::size_t spikes = 0; ///< ms with a spike that were looked at
    std::size_t others = 0; ///< ms without a spike that were looked at
    std::vector<MemoryPoint> points; ///< with growing memory
    bool operator==(const MemoryCurve &) const = default;
};

/// Lengths of memory that are worth asking for [ms]: 1, 2, 5 ... up to the receptive field, which
/// is the last; for an ELM up to eight times its longest time constant, but at most a second.
std::vector<int> memoryLengths(const TwinSpec &spec);

/// Standard error of an area under the ROC curve, after Hanley & McNeil, Radiology 143, 1982; 0
/// when positives or negatives are missing.
double aucStandardError(double auc, std::size_t positives, std::size_t negatives);

/// 100 (1 - Var(error)/Var(truth)) where every value stands for `weight` values like it. Empty when
/// there are none, when truth does not vary, or when something is not finite. The three spans are
/// of equal length.
std::optional<double> weightedEvPercent(std::span<const float> truth,
                                        std::span<const float> predicted,
                                        std::span<const double> weight);

} // namespace dt
