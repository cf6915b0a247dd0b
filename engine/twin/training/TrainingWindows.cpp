// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/training/TrainingWindows.h"

#include "engine/base/Random.h"

#include <numeric>
#include <utility>

namespace dt {

namespace {

// Streams of their own, apart from those that made the data.
constexpr std::uint64_t OrderKey = 0x6f72646572; // "order"
constexpr std::uint64_t TrainKey = 0x747261696e; // "train"
constexpr std::uint64_t ValidKey = 0x76616c6964; // "valid"

int drawStart(RandomStream random, int durationMs, int windowMs, int marginMs)
{
    const int starts = windowStarts(durationMs, windowMs, marginMs);
    return marginMs + static_cast<int>(random.below(static_cast<std::uint64_t>(starts)));
}

} // namespace

std::vector<std::uint32_t> epochOrder(std::uint64_t seed, int epoch, std::uint32_t count)
{
    std::vector<std::uint32_t> order(count);
    std::iota(order.begin(), order.end(), 0u);
    RandomStream random({seed, OrderKey, static_cast<std::uint64_t>(epoch)});
    for (std::uint32_t i = count; i > 1; --i)
        std::swap(order[i - 1], order[random.below(i)]);
    return order;
}

int trainingWindowStart(std::uint64_t seed, int epoch, std::uint32_t simulation, int durationMs,
                        int windowMs, int marginMs)
{
    return drawStart(RandomStream({seed, TrainKey, static_cast<std::uint64_t>(epoch), simulation}),
                     durationMs, windowMs, marginMs);
}

int validationWindowStart(std::uint64_t seed, int validation, std::uint32_t simulation,
                          int durationMs, int windowMs, int marginMs)
{
    return drawStart(
        RandomStream({seed, ValidKey, static_cast<std::uint64_t>(validation), simulation}),
        durationMs, windowMs, marginMs);
}

} // namespace dt
