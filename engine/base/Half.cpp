// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Half.h"

#include <bit>

namespace dt {

std::uint16_t halfFromFloat(float value)
{
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const auto sign = static_cast<std::uint16_t>((bits >> 16) & 0x8000u);
    const std::uint32_t magnitude = bits & 0x7FFFFFFFu;
    if (magnitude >= 0x7F800000u) // infinity or NaN
        return static_cast<std::uint16_t>(sign | (magnitude > 0x7F800000u ? 0x7E00u : 0x7C00u));
    if (magnitude >= 0x477FF000u) // rounds to 65536 or more
        return static_cast<std::uint16_t>(sign | 0x7C00u);
    if (magnitude < 0x38800000u) { // below the smallest normal half: units of 2^-24
        const float scaled = std::bit_cast<float>(magnitude) * 0x1.0p24f;
        // Adding and removing 2^23 leaves the nearest integer, ties to even.
        const float rounded = (scaled + 0x1.0p23f) - 0x1.0p23f;
        return static_cast<std::uint16_t>(sign | static_cast<std::uint16_t>(rounded));
    }
    const std::uint32_t odd = (magnitude >> 13) & 1u;
    const std::uint32_t rounded = magnitude - 0x38000000u + 0x0FFFu + odd;
    return static_cast<std::uint16_t>(sign | (rounded >> 13));
}

float floatFromHalf(std::uint16_t half)
{
    const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000u) << 16;
    const std::uint32_t exponent = (half >> 10) & 0x1Fu;
    const std::uint32_t fraction = half & 0x03FFu;
    if (exponent == 0x1Fu)
        return std::bit_cast<float>(sign | 0x7F800000u | (fraction << 13));
    if (exponent == 0) {
        const float magnitude = static_cast<float>(fraction) * 0x1.0p-24f;
        return sign ? -magnitude : magnitude;
    }
    return std::bit_cast<float>(sign | ((exponent + 112u) << 23) | (fraction << 13));
}

void floatsFromHalves(const std::uint16_t *halves, float *floats, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t half = halves[i];
        const std::uint32_t magnitude = (half & 0x7FFFu) << 13;
        // The product moves the exponent's zero and makes subnormal halves normal floats.
        const std::uint32_t finite =
            std::bit_cast<std::uint32_t>(std::bit_cast<float>(magnitude) * 0x1.0p112f);
        const std::uint32_t bits = magnitude >= 0x0F800000u ? magnitude | 0x7F800000u : finite;
        floats[i] = std::bit_cast<float>(bits | ((half & 0x8000u) << 16));
    }
}

} // namespace dt
