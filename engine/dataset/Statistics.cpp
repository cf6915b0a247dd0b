// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dataset/Statistics.h"

#include "engine/base/NumberText.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace dt {

namespace {

constexpr std::array<StatisticInfo, StatisticCount> Table{{
    {Statistic::FiringRateHz, "firing_rate_hz", "Firing rate", "Hz"},
    {Statistic::NearSpikeMean, "near_spike_mean", "Near-spike share", ""},
    {Statistic::SomaVMean, "soma_v_mean", "Soma voltage, mean", "mV"},
    {Statistic::SomaVSd, "soma_v_sd", "Soma voltage, SD", "mV"},
    {Statistic::InstRateMeanHz, "inst_rate_mean_hz", "Instantaneous rate, mean", "Hz"},
    {Statistic::InstRateSdHz, "inst_rate_sd_hz", "Instantaneous rate, SD", "Hz"},
    {Statistic::DendVMean, "dend_v_mean", "Dendritic voltage, mean", "mV"},
    {Statistic::DendVSd, "dend_v_sd", "Dendritic voltage, SD", "mV"},
    {Statistic::ExcMean, "exc_mean", "Excitation, mean", "weight/ms"},
    {Statistic::ExcSd, "exc_sd", "Excitation, SD", "weight/ms"},
    {Statistic::InhMean, "inh_mean", "Inhibition, mean", "weight/ms"},
    {Statistic::InhSd, "inh_sd", "Inhibition, SD", "weight/ms"},
}};

struct Moments
{
    double mean = 0.0;
    double sd = 0.0;
};

/// Two passes: one pass loses digits where the mean is large against the spread.
template <typename T>
Moments moments(std::span<const T> values)
{
    if (values.empty())
        return {};
    const auto n = static_cast<double>(values.size());
    double sum = 0.0;
    for (const T v : values)
        sum += static_cast<double>(v);
    Moments m{sum / n, 0.0};
    double squares = 0.0;
    for (const T v : values) {
        const double d = static_cast<double>(v) - m.mean;
        squares += d * d;
    }
    m.sd = std::sqrt(squares / n);
    return m;
}

} // namespace

std::span<const StatisticInfo> statistics()
{
    return Table;
}

const StatisticInfo *findStatistic(std::string_view name)
{
    const auto it = std::find_if(Table.begin(), Table.end(),
                                 [&](const StatisticInfo &info) { return info.name == name; });
    return it == Table.end() ? nullptr : &*it;
}

StatisticValues computeStatistics(const SimulationArrays &a)
{
    StatisticValues values{};
    const auto set = [&](Statistic statistic, double value) {
        values[static_cast<std::size_t>(statistic)] = value;
    };
    const Moments soma = moments(a.somaV);
    const Moments dend = moments(a.dendV);
    const Moments rate = moments(a.instRate);
    const Moments exc = moments(a.exc);
    const Moments inh = moments(a.inh);
    set(Statistic::FiringRateHz, 1000.0 * moments(a.spike).mean);
    set(Statistic::NearSpikeMean, moments(a.nearSpike).mean);
    set(Statistic::SomaVMean, soma.mean);
    set(Statistic::SomaVSd, soma.sd);
    set(Statistic::InstRateMeanHz, 1000.0 * rate.mean);
    set(Statistic::InstRateSdHz, 1000.0 * rate.sd);
    set(Statistic::DendVMean, dend.mean);
    set(Statistic::DendVSd, dend.sd);
    set(Statistic::ExcMean, exc.mean);
    set(Statistic::ExcSd, exc.sd);
    set(Statistic::InhMean, inh.mean);
    set(Statistic::InhSd, inh.sd);
    return values;
}

std::vector<int> interSpikeIntervals(std::span<const std::uint8_t> spike)
{
    std::vector<int> intervals;
    int last = -1;
    for (std::size_t t = 0; t < spike.size(); ++t) {
        if (!spike[t])
            continue;
        if (last >= 0)
            intervals.push_back(static_cast<int>(t) - last);
        last = static_cast<int>(t);
    }
    return intervals;
}

std::vector<StatisticRange> publishedFilter()
{
    return {{Statistic::FiringRateHz, 0.4, 20.0},   {Statistic::NearSpikeMean, 0.0, 0.75},
            {Statistic::SomaVMean, -85.0, -70.0},   {Statistic::SomaVSd, 1.0, 12.0},
            {Statistic::InstRateMeanHz, 0.0, 20.0}, {Statistic::InstRateSdHz, 1.0, 30.0},
            {Statistic::DendVMean, -85.0, -5.0},    {Statistic::DendVSd, 1.0, 30.0}};
}

std::optional<StatisticRange> firstViolation(const StatisticValues &values,
                                             std::span<const StatisticRange> filter)
{
    for (const StatisticRange &range : filter) {
        if (!range.contains(values[static_cast<std::size_t>(range.statistic)]))
            return range;
    }
    return std::nullopt;
}

Result<StatisticRange> parseRange(std::string_view text)
{
    const Error wrong{ErrorCode::InvalidValue,
                      "A range is NAME=LO:HI, for example firing_rate_hz=0.4:20, not '"
                          + std::string(text) + "'.",
                      std::string(text)};
    const std::size_t equals = text.find('=');
    const std::size_t colon = text.find(':', equals == std::string_view::npos ? 0 : equals);
    if (equals == std::string_view::npos || colon == std::string_view::npos)
        return wrong;
    const StatisticInfo *info = findStatistic(text.substr(0, equals));
    if (!info) {
        std::string names;
        for (const StatisticInfo &known : Table)
            names += (names.empty() ? "" : ", ") + std::string(known.name);
        return Error{ErrorCode::NotFound,
                     "There is no statistic '" + std::string(text.substr(0, equals))
                         + "'. There are " + names + ".",
                     std::string(text)};
    }
    StatisticRange range;
    range.statistic = info->statistic;
    const auto number = [](std::string_view part, double &value) {
        const auto [end, code] = std::from_chars(part.data(), part.data() + part.size(), value);
        return code == std::errc{} && end == part.data() + part.size() && !std::isnan(value);
    };
    if (!number(text.substr(equals + 1, colon - equals - 1), range.lo)
        || !number(text.substr(colon + 1), range.hi))
        return wrong;
    if (!(range.lo <= range.hi))
        return Error{ErrorCode::InvalidValue,
                     "The range " + std::string(text) + " is empty: " + formatNumber(range.lo)
                         + " is above " + formatNumber(range.hi) + ".",
                     std::string(text)};
    return range;
}

} // namespace dt
