// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Background.h"
#include "app/cli/DatasetCommands.h"
#include "app/cli/Options.h"

#include "engine/base/Words.h"
#include "engine/jobs/BuildLedger.h"
#include "engine/json/DatasetJson.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>

namespace dt::cli {

using namespace Qt::StringLiterals;
using Ordered = nlohmann::ordered_json;

namespace {

Ordered counts(const std::array<std::size_t, 3> &simulations)
{
    Ordered json;
    for (const Split split : AllSplits)
        json[std::string(splitName(split))] = simulations[static_cast<std::size_t>(split)];
    return json;
}

/// What a finished and an unfinished data set have in common.
Ordered planJson(const std::optional<DatasetPlan> &plan, const Neuron &neuron, int durationMs,
                 bool complete)
{
    Ordered json;
    json["duration_ms"] = durationMs;
    json["num_segments"] = neuron.segmentCount();
    json["seed"] = plan ? Ordered(plan->seed) : Ordered(nullptr);
    json["engine"] = plan ? Ordered(plan->engine) : Ordered(nullptr);
    json["complete"] = complete;
    if (plan) {
        json["inputs"] = toJson(plan->recipe);
        json["filter"] = toJson(plan->filter);
    }
    json["neuron"] = toJson(neuron);
    return json;
}

void printCounts(Io &io, const std::array<std::size_t, 3> &simulations)
{
    io.out << simulations[0] << " train, " << simulations[1] << " valid, " << simulations[2]
           << " test";
}

std::string sizeText(std::uintmax_t bytes)
{
    return bytes < 1'000'000 ? std::to_string((bytes + 500) / 1000) + " kB"
                             : std::to_string((bytes + 500'000) / 1'000'000) + " MB";
}

int showUnfinished(const std::string &target, const Options &options, Io &io)
{
    const Result<UnfinishedBuild> build = readUnfinishedBuild(target);
    if (!build)
        return report(io, build.error());
    const DatasetPlan &plan = build->ledger.plan();
    std::array<std::size_t, 3> accepted{};
    Acceptances acceptance{};
    for (const Split split : AllSplits) {
        const SplitState &state = build->ledger.state(split);
        accepted[static_cast<std::size_t>(split)] = static_cast<std::size_t>(state.accepted);
        acceptance[static_cast<std::size_t>(split)] = state.acceptance;
    }
    if (options.json()) {
        Ordered json{{"simulations", counts(accepted)}};
        json["wanted"] = counts({static_cast<std::size_t>(plan.wanted[0]),
                                 static_cast<std::size_t>(plan.wanted[1]),
                                 static_cast<std::size_t>(plan.wanted[2])});
        json.update(planJson(plan, plan.neuron, plan.durationMs, false));
        json["acceptance"] = toJson(acceptance);
        io.out << json.dump() << "\n";
        return Ok;
    }
    io.out << "unfinished: ";
    printCounts(io, accepted);
    io.out << " of " << plan.wanted[0] << ", " << plan.wanted[1] << ", " << plan.wanted[2]
           << " simulations of " << plan.durationMs << " ms\n"
           << "go on with: dendrotwin-cli dataset resume " << target << "\n";
    return Ok;
}

struct Summary
{
    double mean = 0.0;
    double sd = 0.0;
    double min = 0.0;
    double max = 0.0;
};

Summary summarise(const std::vector<double> &values)
{
    Summary s;
    if (values.empty())
        return s;
    const auto n = static_cast<double>(values.size());
    for (const double v : values)
        s.mean += v / n;
    for (const double v : values)
        s.sd += (v - s.mean) * (v - s.mean) / n;
    s.sd = std::sqrt(s.sd);
    const auto [min, max] = std::minmax_element(values.begin(), values.end());
    s.min = *min;
    s.max = *max;
    return s;
}

} // namespace

int datasetInfo(const QStringList &arguments, Io &io)
{
    Options options("dataset info",
                    u"Says what a data set holds and how it was made; also of a "
                    "build that is not finished."_s);
    options.addPositional(u"ds.h5"_s, u"Data set."_s);
    if (const auto code = options.parse(arguments, io, 1))
        return *code;
    const std::string path = options.positional(0).toStdString();
    std::error_code code;
    if (!std::filesystem::exists(path, code) && BuildFolder::exists(path))
        return showUnfinished(path, options, io);
    const Result<DatasetFile> file = DatasetFile::open(path);
    if (!file)
        return report(io, file.error());
    const DatasetInfo &info = file->info();
    const auto bytes = std::filesystem::file_size(path, code);
    if (options.json()) {
        Ordered json{{"simulations", counts(info.simulations)}};
        json.update(planJson(info.plan, info.neuron, info.durationMs, true));
        json["source"] = info.source;
        if (info.plan)
            json["acceptance"] = toJson(info.acceptance);
        json["bytes"] = bytes;
        io.out << json.dump() << "\n";
        return Ok;
    }
    printCounts(io, info.simulations);
    io.out << (info.simulations[0] + info.simulations[1] + info.simulations[2] == 1
                   ? " simulation of "
                   : " simulations of ")
           << info.durationMs << " ms, " << counted(info.segments, "segment") << ", "
           << sizeText(bytes) << "\n";
    io.out << "neuron: " << shortName(info.neuron) << "\n";
    if (info.plan) {
        io.out << "seed " << info.plan->seed << ", engine " << info.plan->engine << "\n";
        for (const Split split : AllSplits) {
            const Acceptance &a = info.acceptance[static_cast<std::size_t>(split)];
            if (a.tried > 0)
                io.out << splitName(split) << ": " << a.accepted << " of " << a.tried
                       << " candidates passed the filter\n";
        }
    } else {
        io.out << "imported from NumPy files\n";
    }
    return Ok;
}

int datasetStats(const QStringList &arguments, Io &io)
{
    Options options("dataset stats",
                    u"Prints mean, standard deviation and range of the twelve statistics over the "
                    "simulations of each split, and of the inter-spike intervals."_s);
    options.addPositional(u"ds.h5"_s, u"Data set."_s);
    if (const auto code = options.parse(arguments, io, 1))
        return *code;
    const Result<DatasetFile> file = DatasetFile::open(options.positional(0).toStdString());
    if (!file)
        return report(io, file.error());
    Ordered json;
    for (const Split split : AllSplits) {
        const Result<SplitStatistics> stored = file->statistics(split);
        if (!stored)
            return report(io, stored.error());
        const std::string name(splitName(split));
        json[name]["simulations"] = stored->values.size();
        if (!options.json())
            io.out << name << ": " << simulationCount(stored->values.size()) << "\n";
        const auto show = [&](const std::string &what, const std::vector<double> &values,
                              std::string_view unit) {
            const Summary s = summarise(values);
            json[name][what] = values.empty()
                ? Ordered(nullptr)
                : Ordered{{"mean", s.mean}, {"sd", s.sd}, {"min", s.min}, {"max", s.max}};
            if (options.json() || values.empty())
                return;
            char line[160];
            std::snprintf(line, sizeof line, "  %-18s %10.4g +- %-10.4g %10.4g .. %-10.4g %s\n",
                          what.c_str(), s.mean, s.sd, s.min, s.max, std::string(unit).c_str());
            io.out << line;
        };
        for (const StatisticInfo &info : statistics()) {
            std::vector<double> column;
            for (const StatisticValues &values : stored->values)
                column.push_back(values[static_cast<std::size_t>(info.statistic)]);
            show(std::string(info.name), column, info.unit);
        }
        show("isi_ms", {stored->isiMs.begin(), stored->isiMs.end()}, "ms");
    }
    if (options.json())
        io.out << json.dump() << "\n";
    return Ok;
}

int datasetVerify(const QStringList &arguments, Io &io)
{
    Options options("dataset verify",
                    u"Reads everything in a data set: checksums, shapes, finite "
                    "numbers, statistics that fit the data."_s);
    options.addPositional(u"ds.h5"_s, u"Data set."_s);
    if (const auto code = options.parse(arguments, io, 1))
        return *code;
    const std::string path = options.positional(0).toStdString();
    const Result<DatasetFile> file = DatasetFile::open(path);
    if (!file)
        return report(io, file.error());
    const Status verified = inBackground(io, u"Verifying"_s, [&](const ProgressFunction &progress) {
        return file->verify(progress);
    });
    if (!verified)
        return report(io, verified.error());
    if (options.json())
        io.out << Ordered{{"ok", true}, {"simulations", counts(file->info().simulations)}}.dump()
               << "\n";
    else
        io.err << path << " is in order." << std::endl;
    return Ok;
}

} // namespace dt::cli
