// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/ReadExperiment.h"

#include "engine/base/ReadUnits.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

using Convert = double (*)(double, std::string_view);

bool isConverted(const std::string &unit)
{
    return readUnit(unit) != unit;
}

void convert(std::vector<double> &values, const std::string &unit, Convert to)
{
    for (double &value : values)
        value = to(value, unit);
}

SettingValue converted(const ExperimentSetting &stored, SettingValue value, Convert to)
{
    if (auto *number = std::get_if<double>(&value))
        *number = to(*number, stored.unit);
    else if (auto *numbers = std::get_if<std::vector<double>>(&value))
        convert(*numbers, stored.unit, to);
    return value;
}

/// Digits after the point that say as much in the other unit.
int readDigits(int digits, const std::string &unit)
{
    return std::max(0, digits - static_cast<int>(std::lround(std::log10(readValue(1.0, unit)))));
}

} // namespace

ExperimentSetting readSetting(ExperimentSetting stored)
{
    if (!isConverted(stored.unit))
        return stored;
    ExperimentSetting read = stored;
    read.unit = readUnit(stored.unit);
    read.min = readValue(stored.min, stored.unit);
    read.max = readValue(stored.max, stored.unit);
    read.step = readValue(stored.step, stored.unit);
    read.decimals = stored.decimals > 0 ? std::max(1, readDigits(stored.decimals, stored.unit)) : 0;
    read.fallback = readSettingValue(stored, stored.fallback);
    return read;
}

SettingValue readSettingValue(const ExperimentSetting &stored, SettingValue value)
{
    return converted(stored, std::move(value), readValue);
}

SettingValue storedSettingValue(const ExperimentSetting &stored, SettingValue value)
{
    return converted(stored, std::move(value), storedValue);
}

ExperimentResult readResult(ExperimentResult stored)
{
    for (std::size_t c = 0; c < stored.table.columns.size(); ++c) {
        ResultColumn &column = stored.table.columns[c];
        if (!isConverted(column.unit))
            continue;
        for (std::vector<ResultCell> &row : stored.table.rows) {
            if (auto *number = c < row.size() ? std::get_if<double>(&row[c]) : nullptr)
                *number = readValue(*number, column.unit);
        }
        column.digits = readDigits(column.digits, column.unit);
        column.unit = readUnit(column.unit);
    }
    for (ResultPlot &plot : stored.plots) {
        for (ResultSeries &series : plot.series) {
            convert(series.x, plot.xUnit, readValue);
            convert(series.y, plot.yUnit, readValue);
        }
        for (ResultLevel &level : plot.levels)
            level.y = readValue(level.y, plot.yUnit);
        convert(plot.map.x, plot.xUnit, readValue);
        convert(plot.map.y, plot.yUnit, readValue);
        convert(plot.map.values, plot.map.unit, readValue);
        plot.xUnit = readUnit(plot.xUnit);
        plot.yUnit = readUnit(plot.yUnit);
        plot.map.unit = readUnit(plot.map.unit);
    }
    return stored;
}

} // namespace dt
