// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/input/SpikeInput.h"

namespace dt::test {

inline constexpr int DurationMs = 300;
inline constexpr int Rows = 8;

inline InputEvent at(int row, int ms, double weight = 8.0, Polarity polarity = Polarity::Excitatory)
{
    return {polarity, row, ms, weight};
}

} // namespace dt::test
