// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/BatchInspection.h"

#include "engine/base/Words.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace dt {

namespace {

/// Of sorted values, linear between neighbours.
double percentile(const std::vector<float> &sorted, double percent)
{
    const double place = percent / 100.0 * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    const auto a = static_cast<double>(sorted[below]);
    const auto b = static_cast<double>(sorted[above]);
    return a + (b - a) * (place - static_cast<double>(below));
}

template <typename Map>
QuantityInspection look(const std::vector<float> &values, double low, double high, Map physical)
{
    QuantityInspection q;
    if (values.empty())
        return q;
    std::vector<float> sorted;
    sorted.reserve(values.size());
    for (const float value : values)
        sorted.push_back(physical(value));
    const auto n = static_cast<double>(sorted.size());
    for (const float value : sorted)
        q.mean += static_cast<double>(value) / n;
    for (const float value : sorted)
        q.sd += (static_cast<double>(value) - q.mean) * (static_cast<double>(value) - q.mean) / n;
    q.sd = std::sqrt(q.sd);
    std::sort(sorted.begin(), sorted.end());
    q.low = percentile(sorted, low);
    q.high = percentile(sorted, high);
    q.min = static_cast<double>(sorted.front());
    q.median = percentile(sorted, 50.0);
    q.max = static_cast<double>(sorted.back());
    return q;
}

std::string line(const char *name, const QuantityInspection &q, int low, int high, const char *unit)
{
    char text[240];
    std::snprintf(text, sizeof text,
                  "  %-10s mean %.4f, sd %.4f, percentiles %d and %d: %.4f and %.4f, min %.4f, "
                  "median %.4f, max %.4f%s",
                  name, q.mean, q.sd, low, high, q.low, q.high, q.min, q.median, q.max, unit);
    return text;
}

} // namespace

BatchInspection inspect(const TwinBatch &batch, const Scaling &scaling)
{
    BatchInspection i;
    i.windows = batch.inputs.windows;
    i.segments = batch.inputs.segments;
    i.lengthMs = batch.inputs.lengthMs;
    i.scaling = scaling;
    const auto inputScale = static_cast<float>(scaling.inputScale);
    i.inputs = look(batch.inputs.values, 80.0, 99.0, [&](float v) { return v * inputScale; });
    i.soma = look(batch.truth.soma, 2.0, 98.0, [&](float v) { return scaling.somaMv(v); });
    i.rate = look(batch.truth.rate, 2.0, 98.0, [&](float v) { return scaling.rate(v); });
    i.dend = look(batch.truth.dend, 2.0, 98.0, [&](float v) { return scaling.dendMv(v); });
    return i;
}

std::vector<std::string> inspectionLines(const BatchInspection &i)
{
    const std::string rows =
        "(" + std::to_string(i.windows) + ", " + std::to_string(i.lengthMs) + ")";
    const std::string segments = std::to_string(i.segments) + ", " + std::to_string(i.lengthMs);
    const Scaling &s = i.scaling;
    char constants[240];
    std::snprintf(
        constants, sizeof constants,
        "  scaling    inputs / %g; soma (V - %g) / %g in %g .. %g mV; dendrites (V - %g) / "
        "%g in %g .. %g mV; rate x %g",
        s.inputScale, s.somaBiasMv, s.somaScaleMv, s.somaClipMinMv, s.somaClipMaxMv, s.dendBiasMv,
        s.dendScaleMv, s.dendClipMinMv, s.dendClipMaxMv, s.rateMultiplier);
    return {"The first batch holds " + counted(i.windows, "window") + " of "
                + std::to_string(i.lengthMs) + " ms of " + counted(i.segments, "segment") + ".",
            "  shapes     inputs (" + std::to_string(i.windows) + ", 2, " + segments
                + "); spikes, soma, near spike, rate " + rows + "; dendrites ("
                + std::to_string(i.windows) + ", " + segments + ")",
            constants,
            line("inputs", i.inputs, 80, 99, ""),
            line("soma", i.soma, 2, 98, " mV"),
            line("rate", i.rate, 2, 98, " spikes/ms"),
            line("dendrites", i.dend, 2, 98, " mV")};
}

} // namespace dt
