// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/input/DrawnInput.h"

#include "engine/base/Half.h"
#include "engine/base/NumberText.h"
#include "engine/base/Random.h"
#include "engine/base/ReadUnits.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

// First words of random keys, so that no two uses of a seed share a stream.
constexpr std::uint64_t ChunkKey = 0x6368756E6BULL; // "chunk"
constexpr std::uint64_t SimulationKey = 0x73696DULL; // "sim"
constexpr std::uint64_t ModulationKey = 0x6D6F64ULL; // "mod"
/// Compounding factors stop here: infinity times 0 would be no number.
constexpr double Unbounded = 1e300;

struct Range
{
    double from;
    double to;
};

Range drawRange(RandomStream &random, const DrawnRange &range)
{
    const double from = random.uniform(range.low.from, range.low.to);
    const double to = random.uniform(range.high.from, range.high.to);
    return {from, to};
}

double toHalf(double weight)
{
    return static_cast<double>(
        floatFromHalf(halfFromFloat(static_cast<float>(std::min(weight, LargestHalf)))));
}

void drawEvents(std::vector<InputEvent> &events, RandomStream &random, Polarity polarity,
                double magnitude, double sparsity, int segments, int durationMs)
{
    for (int row = 0; row < segments; ++row) {
        for (int t = 0; t < durationMs; ++t) {
            if (random.uniform() >= sparsity)
                events.push_back({polarity, row, t, toHalf(random.uniform() * magnitude)});
        }
    }
}

/// A random non-empty proper subset of the segments; all of them when there is only one.
std::vector<char> drawSubset(RandomStream &random, int segments)
{
    std::vector<char> chosen(static_cast<std::size_t>(segments), 0);
    if (segments == 1) {
        chosen[0] = 1;
        return chosen;
    }
    const auto count = 1 + random.below(static_cast<std::uint64_t>(segments - 1));
    std::vector<int> order(static_cast<std::size_t>(segments));
    for (int i = 0; i < segments; ++i)
        order[static_cast<std::size_t>(i)] = i;
    for (std::uint64_t i = 0; i < count; ++i) { // a partial Fisher-Yates shuffle
        const std::uint64_t j = i + random.below(static_cast<std::uint64_t>(segments) - i);
        std::swap(order[i], order[j]);
        chosen[static_cast<std::size_t>(order[i])] = 1;
    }
    return chosen;
}

double drawFactor(RandomStream &random, const std::vector<InputRecipe::Factor> &factors)
{
    double left = random.uniform();
    for (const InputRecipe::Factor &f : factors) {
        left -= f.probability;
        if (left < 0.0)
            return f.factor;
    }
    return factors.back().factor;
}

void modulate(std::vector<InputEvent> &events, RandomStream &random, const InputRecipe &recipe,
              int segments, int durationMs)
{
    struct Interval
    {
        int from;
        int to;
        std::vector<char> rows[2]; ///< by polarity
        double factor;
    };
    const auto between = [&](int lo, int hi) {
        return lo + static_cast<int>(random.below(static_cast<std::uint64_t>(hi - lo + 1)));
    };
    std::vector<Interval> intervals(
        static_cast<std::size_t>(between(recipe.minIntervals, recipe.maxIntervals)));
    for (Interval &interval : intervals) {
        const int longest = std::max(1, durationMs - 1);
        const int length = std::min(longest, between(recipe.minIntervalMs, recipe.maxIntervalMs));
        interval.from = between(0, durationMs - length);
        interval.to = interval.from + length;
        interval.rows[0] = drawSubset(random, segments);
        interval.rows[1] = drawSubset(random, segments);
        interval.factor = drawFactor(random, recipe.factors);
    }
    for (InputEvent &event : events) {
        double weight = event.weight;
        for (const Interval &interval : intervals) {
            if (event.timeMs >= interval.from && event.timeMs < interval.to
                && interval.rows[event.polarity == Polarity::Inhibitory]
                                [static_cast<std::size_t>(event.row)])
                weight = std::min(weight * interval.factor, Unbounded);
        }
        event.weight = toHalf(weight);
    }
}

} // namespace

std::string_view splitName(Split split)
{
    switch (split) {
    case Split::Train:
        return "train";
    case Split::Valid:
        return "valid";
    case Split::Test:
        return "test";
    }
    return {};
}

int chunkSize(Split split)
{
    return split == Split::Train ? 24 : 2;
}

namespace {

DrawnRange turned(const DrawnRange &r, double (*to)(double))
{
    return {{to(r.high.to), to(r.high.from)}, {to(r.low.to), to(r.low.from)}};
}

} // namespace

DrawnRange rainRatesHz(const DrawnRange &sparsities)
{
    return turned(sparsities, rainRateHz);
}

DrawnRange rainSparsities(const DrawnRange &ratesHz)
{
    return turned(ratesHz, rainSparsity);
}

Status validateRecipe(const InputRecipe &recipe)
{
    const auto refuse = [](const std::string &what) {
        return Error{ErrorCode::InvalidValue, "The inputs' " + what, "inputs"};
    };
    const auto check = [](const DrawnRange &r, double min, double max) {
        return r.low.from >= min && r.low.from <= r.low.to && r.low.to <= r.high.from
            && r.high.from <= r.high.to && r.high.to <= max;
    };
    const auto text = [](const DrawnRange &r) {
        return formatNumber(r.low.from) + ".." + formatNumber(r.low.to) + " to "
            + formatNumber(r.high.from) + ".." + formatNumber(r.high.to);
    };
    for (const auto &[name, range] : {std::pair{"excitatory weight", recipe.excMagnitude},
                                      std::pair{"inhibitory weight", recipe.inhMagnitude}}) {
        if (!check(range, 0.0, 1000.0))
            return refuse(std::string(name) + " range of " + text(range)
                          + " must rise from 0 to at most 1000.");
    }
    for (const auto &[name, range] : {std::pair{"excitatory", recipe.excSparsity},
                                      std::pair{"inhibitory", recipe.inhSparsity}}) {
        if (!check(range, 0.0, 1.0))
            return refuse(std::string(name) + " rates of " + text(rainRatesHz(range))
                          + " Hz (sparsity " + text(range) + ") must rise between 0 and 1000 Hz.");
    }
    if (!(recipe.modulationProbability >= 0.0 && recipe.modulationProbability <= 1.0))
        return refuse("modulation probability of " + formatNumber(recipe.modulationProbability)
                      + " must lie between 0 and 1.");
    if (recipe.minIntervals < 0 || recipe.maxIntervals < recipe.minIntervals
        || recipe.maxIntervals > 1000)
        return refuse("number of intervals must rise from 0 to at most 1000.");
    if (recipe.minIntervalMs < 1 || recipe.maxIntervalMs < recipe.minIntervalMs)
        return refuse("interval length must rise from at least 1 ms.");
    double sum = 0.0;
    for (const InputRecipe::Factor &f : recipe.factors) {
        if (!(f.factor >= 0.0 && f.factor <= 100.0 && f.probability >= 0.0))
            return refuse("factor " + formatNumber(f.factor) + " with probability "
                          + formatNumber(f.probability)
                          + " must lie between 0 and 100, with no negative probability.");
        sum += f.probability;
    }
    if (recipe.factors.empty() || std::abs(sum - 1.0) > 1e-9)
        return refuse("factor probabilities add up to " + formatNumber(std::round(sum * 1e9) / 1e9)
                      + "; they must make 1.");
    return Done{};
}

SpikeInput drawInput(const InputRecipe &recipe, std::uint64_t seed, Split split,
                     std::uint64_t index, int segments, int durationMs)
{
    RandomStream chunk({seed, ChunkKey, index / static_cast<std::uint64_t>(chunkSize(split))});
    const Range excMagnitude = drawRange(chunk, recipe.excMagnitude);
    const Range inhMagnitude = drawRange(chunk, recipe.inhMagnitude);
    const Range excSparsity = drawRange(chunk, recipe.excSparsity);
    const Range inhSparsity = drawRange(chunk, recipe.inhSparsity);

    const auto splitWord = static_cast<std::uint64_t>(split);
    RandomStream random({seed, SimulationKey, splitWord, index});
    const double exc = random.uniform(excMagnitude.from, excMagnitude.to);
    const double inh = random.uniform(inhMagnitude.from, inhMagnitude.to);
    const double excSparse = random.uniform(excSparsity.from, excSparsity.to);
    const double inhSparse = random.uniform(inhSparsity.from, inhSparsity.to);

    SpikeInput input;
    input.segments = segments;
    input.durationMs = durationMs;
    drawEvents(input.events, random, Polarity::Excitatory, exc, excSparse, segments, durationMs);
    drawEvents(input.events, random, Polarity::Inhibitory, inh, inhSparse, segments, durationMs);

    RandomStream modulation({seed, ModulationKey, splitWord, index});
    if (modulation.uniform() < recipe.modulationProbability)
        modulate(input.events, modulation, recipe, segments, durationMs);
    input.normalise();
    return input;
}

} // namespace dt
