// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/input/SpikeInput.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace dt {

/// The three parts of a data set. The numbers enter random keys: never renumber.
enum class Split { Train = 0, Valid = 1, Test = 2 };
inline constexpr std::array AllSplits{Split::Train, Split::Valid, Split::Test};

/// Name as in files: train, valid, test.
std::string_view splitName(Split split);

/// A range whose ends are drawn at random: the low end from U(low.from, low.to), the high end from
/// U(high.from, high.to).
struct DrawnRange
{
    struct Interval
    {
        double from = 0.0;
        double to = 0.0;
        bool operator==(const Interval &) const = default;
    };
    Interval low;
    Interval high;
    bool operator==(const DrawnRange &) const = default;
};

/// Convert a range of sparsities to the rates in which people count rain, events a second on each
/// segment [Hz], and back. Rates rise where sparsities fall, so the ends change places.
DrawnRange rainRatesHz(const DrawnRange &sparsities);
DrawnRange rainSparsities(const DrawnRange &ratesHz);

/// How the random inputs of a data set are drawn; the defaults are the published data sets'
/// (docs/DATASETS.md). Work comes in chunks: a chunk draws the four ranges, each of its simulations
/// one value from each. A simulation may further be modulated: in some intervals the weights of
/// some segments are multiplied by a common factor.
struct InputRecipe
{
    DrawnRange excMagnitude{{2.0, 4.5}, {5.0, 7.0}};
    DrawnRange inhMagnitude{{2.0, 3.5}, {4.0, 7.0}};
    DrawnRange excSparsity{{0.92, 0.95}, {0.97, 0.98}};
    DrawnRange inhSparsity{{0.93, 0.96}, {0.97, 0.99}};

    double modulationProbability = 0.4;
    int minIntervals = 6;
    int maxIntervals = 23; ///< inclusive
    int minIntervalMs = 16;
    int maxIntervalMs = 255; ///< inclusive; at most the duration - 1

    struct Factor
    {
        double factor = 1.0;
        double probability = 0.0;
        bool operator==(const Factor &) const = default;
    };
    std::vector<Factor> factors{{0.0, 0.4}, {0.3, 0.1}, {0.5, 0.1}, {2.0, 0.1},
                                {3.0, 0.1}, {4.0, 0.1}, {5.0, 0.1}};

    bool operator==(const InputRecipe &) const = default;
};

/// Refuses ranges the wrong way round, probabilities that do not add up, and so on.
Status validateRecipe(const InputRecipe &recipe);

/// How many simulations of a split share the ranges of a chunk.
int chunkSize(Split split);

/// Input of candidate `index` of a split. Depends on the arguments alone: the ranges of a chunk on
/// (seed, chunk), shared by the splits, and the rest on (seed, split, index). Weights are exact
/// half floats.
SpikeInput drawInput(const InputRecipe &recipe, std::uint64_t seed, Split split,
                     std::uint64_t index, int segments, int durationMs);

} // namespace dt
