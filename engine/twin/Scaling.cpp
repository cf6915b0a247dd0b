// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/Scaling.h"

#include "engine/base/NumberText.h"

#include <cmath>

namespace dt {

namespace {

constexpr double ClipMarginMv = 5.0;
constexpr double LeastSpanMv = 0.1; ///< between rest and cap

Status checkCap(const char *which, const char *parameter, double capMv, double restMv)
{
    if (capMv - restMv >= LeastSpanMv)
        return Done{};
    return Error{ErrorCode::InvalidValue,
                 std::string("The ") + which + " voltage is capped at " + formatNumber(capMv)
                     + " mV, which is not above rest (" + formatNumber(restMv)
                     + " mV): a twin would have nothing to learn. Raise the cap.",
                 parameter};
}

} // namespace

float Scaling::probability(float logit)
{
    return 1.0f / (1.0f + std::exp(-logit));
}

Result<Scaling> scalingFor(const Neuron &neuron)
{
    const double rest = neuron.membrane.restMv;
    const double soma = neuron.labels.somaCapMv;
    const double dend = neuron.labels.dendCapMv;
    if (const Status s = checkCap("soma", "soma_voltage_cap_mV", soma, rest); !s)
        return s.error();
    if (const Status s = checkCap("dendritic", "dend_voltage_cap_mV", dend, rest); !s)
        return s.error();
    Scaling scaling;
    scaling.somaBiasMv = rest;
    scaling.somaScaleMv = (soma - rest) / 2.0;
    scaling.somaClipMinMv = rest - ClipMarginMv;
    scaling.somaClipMaxMv = soma + ClipMarginMv;
    scaling.dendBiasMv = rest;
    scaling.dendScaleMv = (dend - rest) / 2.0;
    scaling.dendClipMinMv = rest - ClipMarginMv;
    scaling.dendClipMaxMv = dend + ClipMarginMv;
    return scaling;
}

Status validateScaling(const Scaling &s)
{
    const auto wrong = [](const char *name, const char *why) {
        return Error{ErrorCode::InvalidValue,
                     std::string("The twin's scaling is wrong: ") + name + " " + why + ".", name};
    };
    const struct
    {
        const char *name;
        double value;
        bool positive;
    } numbers[] = {{"X_scale", s.inputScale, true},
                   {"V_bias_soma", s.somaBiasMv, false},
                   {"V_scale_soma", s.somaScaleMv, true},
                   {"V_clip_soma_min", s.somaClipMinMv, false},
                   {"V_clip_soma_max", s.somaClipMaxMv, false},
                   {"V_bias_dend", s.dendBiasMv, false},
                   {"V_scale_dend", s.dendScaleMv, true},
                   {"V_clip_dend_min", s.dendClipMinMv, false},
                   {"V_clip_dend_max", s.dendClipMaxMv, false},
                   {"y_inst_rate_multiplier", s.rateMultiplier, true}};
    for (const auto &number : numbers) {
        if (!std::isfinite(static_cast<float>(number.value)))
            return wrong(number.name, "is not a finite number");
        if (number.positive && static_cast<float>(number.value) <= 0.0f)
            return wrong(number.name, "is not above 0");
    }
    if (!(s.somaClipMinMv < s.somaClipMaxMv))
        return wrong("V_clip_soma_max", "is not above V_clip_soma_min");
    if (!(s.dendClipMinMv < s.dendClipMaxMv))
        return wrong("V_clip_dend_max", "is not above V_clip_dend_min");
    return Done{};
}

} // namespace dt
