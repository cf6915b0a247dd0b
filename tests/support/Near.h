// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>

namespace dt::test {

/// Whether two numbers differ by at most `tolerance` times the expected value, or by at most
/// `tolerance` where that value is below 1.
inline bool near(double value, double expected, double tolerance = 1e-9)
{
    return std::abs(value - expected) <= tolerance * std::max(1.0, std::abs(expected));
}

} // namespace dt::test
