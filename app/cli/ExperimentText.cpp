// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/ExperimentText.h"

#include "engine/base/NumberText.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace dt::cli {

using Json = nlohmann::ordered_json;

namespace {

std::string heading(const ResultColumn &column)
{
    return column.unit.empty() ? column.name : column.name + " [" + column.unit + "]";
}

std::string shown(const ResultCell &cell, int digits)
{
    if (const auto *word = std::get_if<std::string>(&cell))
        return *word;
    const auto *number = std::get_if<double>(&cell);
    if (!number)
        return "-";
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", digits, *number);
    const std::string result = text;
    // "-0.000" says nothing that "0.000" does not.
    if (result.front() == '-' && result.find_first_not_of("-0.") == std::string::npos)
        return result.substr(1);
    return result;
}

std::string quoted(const std::string &text)
{
    if (text.find_first_of(",\"\n\r") == std::string::npos)
        return text;
    std::string result = "\"";
    for (const char c : text)
        result += c == '"' ? std::string("\"\"") : std::string(1, c);
    return result + "\"";
}

Json numberJson(double value)
{
    return std::isfinite(value) ? Json(value) : Json();
}

Json numbersJson(const std::vector<double> &values)
{
    Json list = Json::array();
    for (const double value : values)
        list.push_back(numberJson(value));
    return list;
}

Json valueJson(const SettingValue &value)
{
    return std::visit([](const auto &v) { return Json(v); }, value);
}

const char *kindName(ExperimentSetting::Kind kind)
{
    using Kind = ExperimentSetting::Kind;
    switch (kind) {
    case Kind::Number:
        return "number";
    case Kind::Whole:
        return "whole";
    case Kind::Numbers:
        return "numbers";
    case Kind::Choice:
        return "choice";
    case Kind::Place:
        return "place";
    }
    return "";
}

const char *styleName(ResultSeries::Style style)
{
    using Style = ResultSeries::Style;
    switch (style) {
    case Style::Measured:
        return "measured";
    case Style::Points:
        return "points";
    case Style::Theory:
        return "theory";
    }
    return "";
}

} // namespace

void printInfo(std::ostream &out, const ExperimentInfo &info,
               const std::vector<ExperimentSetting> &settings)
{
    out << info.title << "\n" << info.question << "\n\n" << info.teaches << "\n\nSettings:\n";
    for (const ExperimentSetting &s : settings) {
        out << "  " << s.name << " = " << settingText(s.fallback)
            << (s.unit.empty() ? "" : " " + s.unit) << "\n      " << s.label << ": " << s.why;
        if (s.kind == ExperimentSetting::Kind::Choice) {
            std::string words;
            for (const SettingChoice &choice : s.choices)
                words += (words.empty() ? " One of " : ", ") + choice.value;
            out << words << ".";
        } else if (s.kind != ExperimentSetting::Kind::Place) {
            out << " " << formatNumber(s.min) << " to " << formatNumber(s.max) << ".";
        }
        out << "\n";
    }
}

Json infoJson(const ExperimentInfo &info, const std::vector<ExperimentSetting> &settings)
{
    Json list = Json::array();
    for (const ExperimentSetting &s : settings) {
        Json one{{"name", s.name},
                 {"label", s.label},
                 {"unit", s.unit},
                 {"kind", kindName(s.kind)},
                 {"default", valueJson(s.fallback)},
                 {"expert", s.expert},
                 {"why", s.why}};
        if (s.kind == ExperimentSetting::Kind::Choice) {
            one["choices"] = Json::array();
            for (const SettingChoice &choice : s.choices)
                one["choices"].push_back({{"value", choice.value}, {"label", choice.label}});
        } else if (s.kind != ExperimentSetting::Kind::Place) {
            one["min"] = s.min;
            one["max"] = s.max;
        }
        list.push_back(std::move(one));
    }
    return {{"id", info.id},
            {"title", info.title},
            {"question", info.question},
            {"teaches", info.teaches},
            {"settings", list}};
}

void printResult(std::ostream &out, const ExperimentResult &result)
{
    const ResultTable &table = result.table;
    std::vector<std::size_t> widths;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        std::size_t width = heading(table.columns[c]).size();
        for (const auto &row : table.rows)
            width = std::max(width, shown(row[c], table.columns[c].digits).size());
        widths.push_back(width);
    }
    const auto line = [&](const auto &text) {
        for (std::size_t c = 0; c < widths.size(); ++c) {
            const std::string word = text(c);
            out << (c > 0 ? "  " : "") << std::string(widths[c] - word.size(), ' ') << word;
        }
        out << "\n";
    };
    line([&](std::size_t c) { return heading(table.columns[c]); });
    for (const auto &row : table.rows)
        line([&](std::size_t c) { return shown(row[c], table.columns[c].digits); });
    if (!result.conclusions.empty() || !result.remarks.empty())
        out << "\n";
    for (const std::string &sentence : result.conclusions)
        out << sentence << "\n";
    for (const std::string &sentence : result.remarks)
        out << "Note: " << sentence << "\n";
}

void printCsv(std::ostream &out, const ResultTable &table)
{
    const auto line = [&](const auto &text) {
        for (std::size_t c = 0; c < table.columns.size(); ++c)
            out << (c > 0 ? "," : "") << quoted(text(c));
        out << "\r\n";
    };
    line([&](std::size_t c) { return heading(table.columns[c]); });
    for (const auto &row : table.rows) {
        line([&](std::size_t c) -> std::string {
            if (const auto *number = std::get_if<double>(&row[c]))
                return formatNumber(*number);
            if (const auto *word = std::get_if<std::string>(&row[c]))
                return *word;
            return {};
        });
    }
}

Json resultJson(const ExperimentPlan &plan, const ExperimentResult &result, double seconds)
{
    Json values;
    for (const auto &[name, value] : plan.values)
        values[name] = valueJson(value);
    Json columns = Json::array();
    for (const ResultColumn &column : result.table.columns)
        columns.push_back({{"name", column.name}, {"unit", column.unit}});
    Json rows = Json::array();
    for (const auto &row : result.table.rows) {
        Json cells = Json::array();
        for (const ResultCell &cell : row) {
            if (const auto *number = std::get_if<double>(&cell))
                cells.push_back(numberJson(*number));
            else if (const auto *word = std::get_if<std::string>(&cell))
                cells.push_back(*word);
            else
                cells.push_back(nullptr);
        }
        rows.push_back(std::move(cells));
    }
    Json plots = Json::array();
    for (const ResultPlot &plot : result.plots) {
        Json series = Json::array();
        for (const ResultSeries &one : plot.series) {
            series.push_back({{"name", one.name},
                              {"style", styleName(one.style)},
                              {"x", numbersJson(one.x)},
                              {"y", numbersJson(one.y)}});
            const auto known = [](double error) { return std::isfinite(error); };
            if (std::any_of(one.error.begin(), one.error.end(), known))
                series.back()["error"] = numbersJson(one.error);
            if (one.resolution > 0.0)
                series.back()["resolution"] = one.resolution;
        }
        Json json{{"title", plot.title},
                  {"x", {{"name", plot.xName}, {"unit", plot.xUnit}, {"log", plot.logX}}},
                  {"y", {{"name", plot.yName}, {"unit", plot.yUnit}, {"log", plot.logY}}},
                  {"series", series}};
        if (!plot.map.values.empty())
            json["map"] = {{"name", plot.map.name},
                           {"unit", plot.map.unit},
                           {"x", numbersJson(plot.map.x)},
                           {"y", numbersJson(plot.map.y)},
                           {"values", numbersJson(plot.map.values)}};
        plots.push_back(std::move(json));
    }
    return {{"experiment", plan.experiment},
            {"settings", values},
            {"simulations", plan.trials.size()},
            {"neuron_ms", plan.totalMs()},
            {"seconds", seconds},
            {"table", {{"columns", columns}, {"rows", rows}}},
            {"plots", plots},
            {"conclusions", result.conclusions},
            {"remarks", result.remarks}};
}

} // namespace dt::cli
