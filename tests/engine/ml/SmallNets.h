// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/TwinSpec.h"

#include <utility>

namespace dt::test {

inline constexpr int Segments = 3;

/// A twin of a small neuron.
inline TwinSpec specOf(TwinNetworkConfig network, int segments = Segments, int dendHeads = 2)
{
    TwinSpec spec;
    spec.segments = segments;
    spec.dendHeads = dendHeads;
    spec.network = std::move(network);
    return spec;
}

} // namespace dt::test
