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
    int memoryMs = 0; ///< of input, the present ms included; silence before
    std::optional<double> spikesAuc; ///< empty: there were no spikes
    double aucError = 0.0; ///< standard error, from the number of places looked at
    std::optional<double> somaEvPercent;
    bool operator==(const MemoryPoint &) const = default;
};

struct MemoryCurve
{
    int receptiveFieldMs = 0; ///< 0: the twin forgets by and by
    std::size_t spikes = 0; ///< ms with a spike that were looked at
    std::size_t others = 0; ///< ms without
    std::vector<MemoryPoint> points; ///< with growing memory
    bool operator==(const MemoryCurve &) const = default;
};

/// Lengths worth asking for: 1, 2, 5 ... up to the receptive field, which is the last. Of an ELM up
/// to eight of its longest time constants, at most a second.
std::vector<int> memoryLengths(const TwinSpec &spec);

/// After Hanley & McNeil, Radiology 143, 1982; 0 without either kind.
double aucStandardError(double auc, std::size_t positives, std::size_t negatives);

/// 100 (1 - Var(error)/Var(truth)) where every value stands for `weight` like it. Empty when there
/// are none, when truth does not vary, or when something is not finite. Of equal length.
std::optional<double> weightedEvPercent(std::span<const float> truth,
                                        std::span<const float> predicted,
                                        std::span<const double> weight);

} // namespace dt
