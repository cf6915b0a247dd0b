// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/Experiment.h"

#include "engine/base/NumberText.h"
#include "engine/explore/CommonSettings.h"
#include "engine/explore/ResultText.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace dt {

namespace {

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (std::size_t from = 0;;) {
        const std::size_t at = text.find(separator, from);
        parts.push_back(trimmed(text.substr(from, at - from)));
        if (at == std::string_view::npos)
            return parts;
        from = at + 1;
    }
}

std::string range(const ExperimentSetting &s)
{
    return formatNumber(s.min) + " to " + formatNumber(s.max)
        + (s.unit.empty() ? "" : " " + s.unit);
}

Error refused(const ExperimentSetting &s, const std::string &sentence)
{
    return {ErrorCode::InvalidValue, s.label + " " + sentence, s.name};
}

Error tooMany(const ExperimentSetting &s, double count)
{
    return refused(s,
                   "lists " + fixed(count, 0) + " values; at most " + std::to_string(MaxListed)
                       + " are possible. Give a coarser list.");
}

/// "from:to:count" with or without ":log"
Result<SettingValue> rangeList(const ExperimentSetting &s, std::string_view text)
{
    const std::vector<std::string_view> parts = split(text, ':');
    const bool log = parts.size() == 4 && parts[3] == "log";
    std::array<double, 3> numbers{};
    bool good = parts.size() == numbers.size() || log;
    for (std::size_t i = 0; good && i < numbers.size(); ++i) {
        const Result<double> number = numberFromText(parts[i]);
        if (!number && number.error().code != ErrorCode::Format)
            return refused(s, "= '" + std::string(parts[i]) + "' " + number.error().message);
        good = number.ok();
        numbers[i] = number ? *number : 0.0;
    }
    if (!good)
        return refused(s,
                       "= '" + std::string(text)
                           + "' is not a range. Write it as from:to:count, like 0:1:11, or "
                             "from:to:count:log.");
    const auto [from, to, count] = numbers;
    if (count > MaxListed)
        return tooMany(s, count);
    if (count < 1.0 || count != std::floor(count))
        return refused(s, "= '" + std::string(text) + "' needs a whole count of at least 1.");
    if (log && !(from > 0.0 && to > 0.0))
        return refused(s, "= '" + std::string(text) + "' needs ends above 0 for equal ratios.");
    if (!log)
        return SettingValue(evenly(from, to, static_cast<int>(count)));
    std::vector<double> values{from};
    for (int i = 1; i + 1 < static_cast<int>(count); ++i) {
        const double value = from * std::pow(to / from, i / (count - 1.0));
        values.push_back(rounded(value, value));
    }
    if (count > 1.0)
        values.push_back(to);
    return SettingValue(std::move(values));
}

} // namespace

Status checkSetting(const ExperimentSetting &s, const SettingValue &value)
{
    using Kind = ExperimentSetting::Kind;
    const bool number = s.kind == Kind::Number || s.kind == Kind::Whole;
    const bool good = number      ? std::holds_alternative<double>(value)
        : s.kind == Kind::Numbers ? std::holds_alternative<std::vector<double>>(value)
                                  : std::holds_alternative<std::string>(value);
    if (!good)
        return refused(s,
                       number                        ? "takes a number."
                           : s.kind == Kind::Numbers ? "takes a list of numbers."
                                                     : "takes a word.");
    const auto inside = [&](double v) { return v >= s.min && v <= s.max; }; // false for NaN
    if (number) {
        const double v = std::get<double>(value);
        if (!inside(v))
            return refused(s,
                           "= " + formatNumber(v) + " is outside its range of " + range(s) + ".");
        if (s.kind == Kind::Whole && v != std::floor(v))
            return refused(s, "= " + formatNumber(v) + " must be a whole number.");
    } else if (s.kind == Kind::Numbers) {
        const auto &values = std::get<std::vector<double>>(value);
        if (values.empty())
            return refused(s, "is empty. Give at least one number.");
        if (values.size() > static_cast<std::size_t>(MaxListed))
            return tooMany(s, static_cast<double>(values.size()));
        for (const double v : values) {
            if (!inside(v))
                return refused(
                    s, "holds " + formatNumber(v) + ", outside its range of " + range(s) + ".");
            if (s.decimals == 0 && v != std::floor(v))
                return refused(s, "holds " + formatNumber(v) + "; it takes whole numbers.");
        }
    } else if (s.kind == Kind::Choice) {
        const auto &word = std::get<std::string>(value);
        std::vector<std::string> known;
        for (const SettingChoice &choice : s.choices) {
            if (choice.value == word)
                return Done{};
            known.push_back(choice.value);
        }
        return refused(s, "= '" + word + "' is not one of its choices: " + listed(known) + ".");
    }
    return Done{};
}

Result<SettingValue> parseSetting(const ExperimentSetting &s, std::string_view text)
{
    using Kind = ExperimentSetting::Kind;
    text = trimmed(text);
    SettingValue value;
    if (s.kind == Kind::Choice || s.kind == Kind::Place) {
        value = std::string(text);
    } else if (s.kind == Kind::Numbers) {
        if (text.find(':') != std::string_view::npos) {
            Result<SettingValue> list = rangeList(s, text);
            if (!list)
                return list;
            value = std::move(list).value();
        } else {
            const Result<std::vector<double>> values =
                numbersFromText(text, {s.min, s.max, s.decimals == 0});
            if (!values && values.error().code == ErrorCode::Format)
                return refused(s,
                               "= '" + std::string(text)
                                   + "' is not a list of numbers. Write it like 1, 2, 5 or "
                                     "0:1:11.");
            if (!values)
                return Error{ErrorCode::InvalidValue, s.label + ": " + values.error().message,
                             s.name};
            value = *values;
        }
    } else {
        const Result<double> number = numberFromText(text);
        if (!number)
            return refused(s, "= '" + std::string(text) + "' " + number.error().message);
        value = *number;
    }
    if (const Status good = checkSetting(s, value); !good)
        return good.error();
    return value;
}

std::string settingText(const SettingValue &value)
{
    if (const auto *number = std::get_if<double>(&value))
        return formatNumber(*number);
    if (const auto *word = std::get_if<std::string>(&value))
        return *word;
    std::string text;
    const auto &values = std::get<std::vector<double>>(value);
    // A long even list is short as a range.
    if (values.size() > 4) {
        const std::vector<double> even =
            evenly(values.front(), values.back(), static_cast<int>(values.size()));
        if (even == values)
            return formatNumber(values.front()) + ":" + formatNumber(values.back()) + ":"
                + std::to_string(values.size());
    }
    for (const double v : values)
        text += (text.empty() ? "" : ", ") + formatNumber(v);
    return text;
}

} // namespace dt
