// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/DatasetCommands.h"
#include "app/cli/Interrupt.h"
#include "app/cli/JobWait.h"
#include "app/cli/Options.h"
#include "app/cli/Progress.h"

#include "engine/jobs/DatasetBuilder.h"
#include "engine/jobs/Engines.h"

#include <nlohmann/json.hpp>

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

#include <cmath>
#include <sstream>

namespace dt::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr int MaxJobs = 1024;

std::string acceptanceSentence(const DatasetBuilder &builder)
{
    std::uint64_t tried = 0;
    std::uint64_t accepted = 0;
    for (const Split split : AllSplits) {
        tried += builder.tried(split);
        accepted += builder.accepted(split);
    }
    std::ostringstream text;
    if (builder.plan().filter.empty())
        return "";
    text << " Of " << tried << " simulated, " << accepted << " passed the quality filter";
    std::string why;
    for (const StatisticInfo &info : statistics()) {
        if (const auto n = builder.rejectedBy()[static_cast<std::size_t>(info.statistic)])
            why += (why.empty() ? "" : ", ") + std::string(info.name) + " " + std::to_string(n);
    }
    text << (why.empty() ? "" : " (rejected: " + why + ")") << ".";
    return text.str();
}

/// Runs a build to its end with progress; the rest of `build` and `resume` is the same.
int runBuild(BuildFolder folder, int jobs, bool json, Io &io)
{
    const Result<std::unique_ptr<SimulationEngine>> engine = makeEngine(folder.plan().engine, jobs);
    if (!engine)
        return report(io, engine.error());
    DatasetBuilder builder(**engine, jobs, std::move(folder));
    QEventLoop loop;
    Progress progress(io, u"Building"_s);
    Interrupt interrupt;
    QElapsedTimer clock;
    clock.start();
    QObject::connect(&builder, &DatasetBuilder::ended, &loop, &QEventLoop::quit);
    QObject::connect(&interrupt, &Interrupt::interrupted, &builder, &DatasetBuilder::cancel);
    QObject::connect(&builder, &DatasetBuilder::restarted, &loop, [&](const QString &why) {
        progress.clear();
        io.err << why.toStdString() << " Trying again." << std::endl;
    });
    QTimer tick;
    QObject::connect(&tick, &QTimer::timeout, &loop, [&] {
        std::uint64_t accepted = 0;
        for (const Split split : AllSplits)
            accepted += std::min(builder.accepted(split),
                                 static_cast<std::uint64_t>(builder.plan().wantedIn(split)));
        progress.show(builder.progress(),
                      u", %1 of %2 simulations, %3 a second"_s.arg(accepted)
                          .arg(builder.plan().wantedInAll())
                          .arg(builder.simulationsPerSecond(), 0, 'f', 1),
                      builder.secondsLeft());
    });
    tick.start(50);
    builder.start();
    if (!builder.isOver())
        loop.exec();
    progress.clear();

    const std::string again =
        " What is finished is kept: go on with 'dendrotwin-cli dataset resume " + builder.target()
        + "'.";
    if (builder.state() == DatasetBuilder::State::Cancelled) {
        io.err << "Stopped." << again << std::endl;
        return Cancelled;
    }
    if (builder.state() == DatasetBuilder::State::Failed) {
        io.err << builder.error().message << (builder.resumable() ? again : "") << std::endl;
        return Failed;
    }
    const double seconds = static_cast<double>(clock.elapsed()) / 1000.0;
    if (!json) {
        io.err << simulationCount(static_cast<std::size_t>(builder.plan().wantedInAll()))
               << ", written to " << builder.target() << " in " << std::lround(seconds) << " s."
               << acceptanceSentence(builder) << std::endl;
        return Ok;
    }
    nlohmann::ordered_json result{{"out", builder.target()}};
    std::uint64_t tried = 0;
    for (const Split split : AllSplits) {
        result["simulations"][std::string(splitName(split))] = builder.plan().wantedIn(split);
        tried += builder.tried(split);
    }
    result["tried"] = tried;
    result["seconds"] = seconds;
    io.out << result.dump() << "\n";
    return Ok;
}

std::optional<int> jobsOf(const Options &options, std::string &error)
{
    if (!options.isSet(u"jobs"_s))
        return defaultJobs();
    return options.integer(u"jobs"_s, 1, MaxJobs, error);
}

void addJobs(Options &options)
{
    options.add(u"jobs"_s, u"Simulator programs at a time (default: one for each core)."_s, u"J"_s);
}

} // namespace

int datasetBuild(const QStringList &arguments, Io &io)
{
    Options options("dataset build",
                    u"Builds a data set: random inputs, simulated, labelled and filtered. "
                    "Everything in it depends on the neuron, the numbers asked for and the seed "
                    "alone, not on the number of jobs or on interruptions."_s);
    options.add(u"neuron"_s, u"Preset, project or HDF5 file."_s, u"NEURON"_s);
    options.addSet();
    options.add(u"train"_s, u"Simulations to train on."_s, u"A"_s);
    options.add(u"valid"_s, u"Simulations to validate on."_s, u"B"_s);
    options.add(u"test"_s, u"Simulations to test on."_s, u"C"_s);
    options.add(u"duration-ms"_s, u"Length of each simulation [ms]."_s, u"T"_s, u"8192"_s);
    options.add(u"seed"_s, u"Seed of all random numbers."_s, u"N"_s, u"1"_s);
    addJobs(options);
    options.add(u"no-filter"_s, u"Keep every simulation, also silent or frantic ones."_s);
    options.add(u"engine"_s, u"What computes: neuron, or fast (the vectorised engine)."_s, u"E"_s,
                u"neuron"_s);
    options.add(u"out"_s, u"HDF5 file to write."_s, u"ds.h5"_s);
    options.add(u"force"_s, u"Replace an existing file."_s);
    if (const auto code = options.parse(arguments, io))
        return *code;
    for (const char *needed : {"neuron", "train", "valid", "test", "out"}) {
        if (options.value(QLatin1String(needed)).isEmpty())
            return usage(io, options.command(), "--" + std::string(needed) + " is missing.");
    }
    DatasetPlan plan;
    plan.engine = options.value(u"engine"_s).toStdString();
    if (const auto engine = makeEngine(plan.engine, 1); !engine)
        return usage(io, options.command(), engine.error().message);
    std::string error;
    for (const Split split : AllSplits) {
        const auto name = QString::fromUtf8(splitName(split).data());
        const std::optional<int> number = options.integer(name, 0, 1'000'000, error);
        if (!number)
            return usage(io, options.command(), error);
        plan.wanted[static_cast<std::size_t>(split)] = *number;
    }
    const std::optional<int> duration = options.integer(u"duration-ms"_s, 1, 1'000'000'000, error);
    const std::optional<std::uint64_t> seed = options.seed(error);
    const std::optional<int> jobs = jobsOf(options, error);
    if (!duration || !seed || !jobs)
        return usage(io, options.command(), error);
    plan.durationMs = *duration;
    plan.seed = *seed;
    if (options.isSet(u"no-filter"_s))
        plan.filter.clear();
    const Result<Neuron> neuron = options.neuron(options.value(u"neuron"_s));
    if (!neuron)
        return report(io, neuron.error());
    plan.neuron = *neuron;
    Result<BuildFolder> folder =
        BuildFolder::create(options.value(u"out"_s).toStdString(), plan, options.isSet(u"force"_s));
    if (!folder)
        return report(io, folder.error());
    return runBuild(std::move(*folder), *jobs, options.json(), io);
}

int datasetResume(const QStringList &arguments, Io &io)
{
    Options options("dataset resume", u"Goes on with a build that was interrupted."_s);
    options.addPositional(u"ds.h5"_s, u"The file the build was to write."_s);
    addJobs(options);
    if (const auto code = options.parse(arguments, io, 1))
        return *code;
    std::string error;
    const std::optional<int> jobs = jobsOf(options, error);
    if (!jobs)
        return usage(io, options.command(), error);
    const std::string target = options.positional(0).toStdString();
    if (!BuildFolder::exists(target)) {
        if (const Result<DatasetFile> file = DatasetFile::open(target)) {
            io.err << target << " is complete already." << std::endl;
            if (options.json()) {
                nlohmann::ordered_json result{{"out", target}};
                for (const Split split : AllSplits)
                    result["simulations"][std::string(splitName(split))] =
                        file->info().simulations[static_cast<std::size_t>(split)];
                io.out << result.dump() << "\n";
            }
            return Ok;
        }
    }
    Result<BuildFolder> folder = BuildFolder::open(target);
    if (!folder)
        return report(io, folder.error());
    return runBuild(std::move(*folder), *jobs, options.json(), io);
}

} // namespace dt::cli
