// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/Resolution.h"

#include "engine/explore/ResultText.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

/// A difference of less than so many of its standard errors may be chance.
constexpr double ErrorsApart = 2.0;
/// A remark is made when at least this share of the pairs cannot be told apart.
constexpr double WorthSaying = 1.0 / 3.0;

/// Pairs of points that invite a comparison.
struct Pairs
{
    std::size_t all = 0;
    std::size_t blurred = 0; ///< how many of them differ by no more than can be told
    double step = 0.0; ///< of the numbers
    double error = 0.0; ///< largest standard error
};

double errorOf(const ResultSeries &series, std::size_t i)
{
    return i < series.error.size() && std::isfinite(series.error[i]) ? series.error[i] : 0.0;
}

void compare(const ResultSeries &a, std::size_t i, const ResultSeries &b, std::size_t k,
             Pairs &pairs)
{
    const double difference = std::abs(a.y[i] - b.y[k]);
    const double step = std::max(a.resolution, b.resolution);
    const double error = std::hypot(errorOf(a, i), errorOf(b, k));
    // Two silent neurons are equally silent, however coarse their numbers are.
    if (!(difference >= 0.0) || (a.y[i] == 0.0 && b.y[k] == 0.0) || !(step + error > 0.0))
        return;
    ++pairs.all;
    pairs.step = std::max(pairs.step, step);
    pairs.error = std::max({pairs.error, errorOf(a, i), errorOf(b, k)});
    if (difference <= std::max(step, ErrorsApart * error) * (1.0 + 1e-9))
        ++pairs.blurred;
}

Pairs pairsOf(const ResultPlot &plot)
{
    Pairs pairs;
    for (std::size_t s = 0; s < plot.series.size(); ++s) {
        const ResultSeries &one = plot.series[s];
        for (std::size_t i = 0; i + 1 < one.y.size(); ++i)
            compare(one, i, one, i + 1, pairs);
        for (std::size_t t = s + 1; t < plot.series.size(); ++t) {
            const ResultSeries &other = plot.series[t];
            for (std::size_t i = 0; i < std::min(one.y.size(), other.y.size()); ++i) {
                if (one.x[i] == other.x[i])
                    compare(one, i, other, i, pairs);
            }
        }
    }
    return pairs;
}

/// The value with two significant digits, and its unit.
std::string spoken(double value, const std::string &unit)
{
    const int digits = std::clamp(1 - static_cast<int>(std::floor(std::log10(value))), 0, 6);
    std::string text = fixed(value, digits);
    if (text.find('.') != std::string::npos) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.')
            text.pop_back();
    }
    return unit.empty() ? text : text + " " + unit;
}

} // namespace

void addResolutionRemarks(ExperimentResult &result)
{
    for (const ResultPlot &plot : result.plots) {
        if (plot.finer.empty())
            continue;
        const Pairs pairs = pairsOf(plot);
        if (pairs.all == 0
            || static_cast<double>(pairs.blurred) < WorthSaying * static_cast<double>(pairs.all))
            continue;
        std::string how;
        if (pairs.step > 0.0)
            how = "comes in steps of " + spoken(pairs.step, plot.yUnit);
        if (pairs.error > 0.0)
            how += (how.empty() ? "has" : " and has") + std::string(" standard errors of up to ")
                + spoken(pairs.error, plot.yUnit);
        result.remarks.push_back(plot.yName + " " + how + ": " + std::to_string(pairs.blurred)
                                 + " of " + std::to_string(pairs.all)
                                 + " pairs of neighbouring points differ by no more than that"
                                 + (pairs.error > 0.0 ? " allows for." : ".") + " " + plot.finer
                                 + " would tell more.");
    }
}

} // namespace dt
