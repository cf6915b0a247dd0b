// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace dt {

/// The largest finite number of half precision.
inline constexpr double LargestHalf = 65504.0;

/// IEEE 754 binary16 as files store it. Conversion rounds to nearest, ties to even; NaN stays NaN.
std::uint16_t halfFromFloat(float value);
float floatFromHalf(std::uint16_t half);
/// Converts `count` numbers; compiles to vector instructions.
void floatsFromHalves(const std::uint16_t *halves, float *floats, std::size_t count);

} // namespace dt
