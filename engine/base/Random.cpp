// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Random.h"

#include <bit>

namespace dt {

namespace {

std::uint64_t mix(std::uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

} // namespace

RandomStream::RandomStream(std::initializer_list<std::uint64_t> key)
{
    // Absorb the key word by word; the word's position enters through the running state.
    std::uint64_t h = 0x9E3779B97F4A7C15ULL;
    for (const std::uint64_t word : key)
        h = mix(h + 0x9E3779B97F4A7C15ULL + mix(word + 0x632BE59BD9B4E019ULL));
    for (std::uint64_t &s : m_state) {
        h += 0x9E3779B97F4A7C15ULL;
        s = mix(h);
    }
}

std::uint64_t RandomStream::next()
{
    const std::uint64_t result = std::rotl(m_state[1] * 5, 7) * 9;
    const std::uint64_t t = m_state[1] << 17;
    m_state[2] ^= m_state[0];
    m_state[3] ^= m_state[1];
    m_state[1] ^= m_state[2];
    m_state[0] ^= m_state[3];
    m_state[2] ^= t;
    m_state[3] = std::rotl(m_state[3], 45);
    return result;
}

double RandomStream::uniform()
{
    return static_cast<double>(next() >> 11) * 0x1.0p-53;
}

std::uint64_t RandomStream::below(std::uint64_t n)
{
    // Rejection: draw again from the incomplete last block.
    const std::uint64_t limit = UINT64_MAX - UINT64_MAX % n;
    std::uint64_t value = next();
    while (value >= limit)
        value = next();
    return value % n;
}

} // namespace dt
