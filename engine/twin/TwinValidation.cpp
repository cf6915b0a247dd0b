// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/TwinSpec.h"

#include "engine/twin/NetworkKind.h"
#include "engine/twin/TwinChecker.h"

namespace dt {

namespace {

/// What a PC can hold: 100 million parameters with gradients and AdamW's two moments are 1.6 GB.
constexpr std::int64_t MostParameters = 100'000'000;
constexpr int LongestFieldMs = 65536;

} // namespace

Status validateTwin(const TwinSpec &spec)
{
    TwinChecker check;
    check.range("in_spatial_dim", spec.segments, {1, 4096});
    check.range("head_out_channels", spec.dendHeads, {1, 4096});
    const Scaling &s = spec.scaling;
    const auto positive = [&](const char *field, double value) {
        check.range(field, value, {1e-6, 1e6});
    };
    const auto millivolts = [&](const char *field, double value) {
        check.range(field, value, {-1000.0, 1000.0});
    };
    positive("X_scale", s.inputScale);
    positive("V_scale_soma", s.somaScaleMv);
    positive("V_scale_dend", s.dendScaleMv);
    positive("y_inst_rate_multiplier", s.rateMultiplier);
    millivolts("V_bias_soma", s.somaBiasMv);
    millivolts("V_bias_dend", s.dendBiasMv);
    millivolts("V_clip_soma_min", s.somaClipMinMv);
    check.range("V_clip_soma_max", s.somaClipMaxMv, {s.somaClipMinMv, 1000.0});
    millivolts("V_clip_dend_min", s.dendClipMinMv);
    check.range("V_clip_dend_max", s.dendClipMaxMv, {s.dendClipMinMv, 1000.0});
    kindOf(spec).check(check, spec);
    if (check.failed())
        return check.status();

    const std::int64_t count = parameterCount(spec).total;
    if (count > MostParameters)
        check.fail("config",
                   "The twin would have " + std::to_string(count) + " parameters; at most "
                       + std::to_string(MostParameters)
                       + " fit into memory with their optimiser. Make it narrower or shallower.");
    if (receptiveFieldMs(spec) > LongestFieldMs)
        check.fail("config",
                   "The twin would look " + std::to_string(receptiveFieldMs(spec))
                       + " ms into the past; at most " + std::to_string(LongestFieldMs)
                       + " are allowed. Use smaller kernels, dilations or windows.");
    return check.status();
}

} // namespace dt
