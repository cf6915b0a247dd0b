// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <initializer_list>

namespace dt {

/// A seeded stream of random numbers that is the same on every platform and compiler, unlike the
/// distributions of <random>. The key (seed, split, index, ...) selects one of independent
/// streams, so results do not depend on the order in which streams are used.
/// Generator: xoshiro256** (Blackman & Vigna 2018) seeded by splitmix64.
class RandomStream
{
public:
    explicit RandomStream(std::initializer_list<std::uint64_t> key);

    std::uint64_t next();
    /// Uniform in [0, 1), 53 bits.
    double uniform();
    /// Uniform in [lo, hi).
    double uniform(double lo, double hi) { return lo + (hi - lo) * uniform(); }
    /// Uniform integer in [0, n), n >= 1, without bias.
    std::uint64_t below(std::uint64_t n);

private:
    std::uint64_t m_state[4];
};

} // namespace dt
