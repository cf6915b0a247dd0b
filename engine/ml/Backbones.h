// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/ml/Layers.h"
#include "engine/twin/TwinSpec.h"

namespace dt {

/// Builds the network of a valid config without its heads (spec of the twins, sections 3-6). The
/// file of each kind specialises this template, which has no general definition.
template <typename Config>
std::shared_ptr<Backbone> makeBackbone(const Config &config, int segments,
                                       const std::shared_ptr<TwinContext> &context,
                                       Initialiser &initialiser);

/// Tables of rotary position embedding for positions from 0, in single precision as the reference
/// stores them; cos and sin (positions, d/2).
struct RopeTable
{
    torch::Tensor cos;
    torch::Tensor sin;
};
RopeTable ropeTable(std::int64_t positions, std::int64_t headWidth);

} // namespace dt
