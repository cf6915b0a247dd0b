// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/Scaling.h"

namespace dt {

/// Calls visit(key, number) for every number of a scaling (const or not) with the reference's name
/// for it as the key.
template <typename AScaling, typename Visit>
void visitScaling(AScaling &s, Visit visit)
{
    visit("X_scale", s.inputScale);
    visit("V_bias_soma", s.somaBiasMv);
    visit("V_scale_soma", s.somaScaleMv);
    visit("V_clip_soma_min", s.somaClipMinMv);
    visit("V_clip_soma_max", s.somaClipMaxMv);
    visit("V_bias_dend", s.dendBiasMv);
    visit("V_scale_dend", s.dendScaleMv);
    visit("V_clip_dend_min", s.dendClipMinMv);
    visit("V_clip_dend_max", s.dendClipMaxMv);
    visit("y_inst_rate_multiplier", s.rateMultiplier);
}

} // namespace dt
