// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Cli.h"
#include "app/cli/ExperimentText.h"
#include "app/cli/Interrupt.h"
#include "app/cli/JobWait.h"
#include "app/cli/Options.h"
#include "app/cli/Parts.h"
#include "app/cli/Progress.h"

#include "engine/base/Words.h"
#include "engine/cell/Parameters.h"
#include "engine/files/TargetFile.h"
#include "engine/jobs/ExperimentRun.h"
#include "engine/jobs/WorkerPool.h"

#include <QEventLoop>
#include <QTimer>

#include <algorithm>
#include <array>
#include <optional>
#include <sstream>

namespace dt::cli {

using namespace Qt::StringLiterals;
using Json = nlohmann::ordered_json;

namespace {

int list(const QStringList &arguments, Io &io)
{
    Options options("experiment list", u"Lists the experiments."_s);
    if (const auto code = options.parse(arguments, io))
        return *code;
    if (options.json()) {
        Json all = Json::array();
        for (const ExperimentInfo &info : experiments())
            all.push_back(infoJson(info, info.settings));
        io.out << Json{{"experiments", all}}.dump() << "\n";
        return Ok;
    }
    for (const ExperimentInfo &info : experiments())
        io.out << info.id << std::string(info.id.size() < 18 ? 18 - info.id.size() : 1, ' ')
               << info.question << "\n";
    return Ok;
}

/// Applies --set to the experiment or, where it has no such setting, to the neuron. Neuron first:
/// what an experiment offers depends on it. Errors are mistakes in the arguments.
Result<ExperimentPlan> planOf(const Options &options, const std::string &id, Neuron neuron)
{
    const std::vector<ExperimentSetting> known = experimentSettings(id, neuron);
    const auto find = [](const std::vector<ExperimentSetting> &settings, const std::string &name) {
        return std::find_if(settings.begin(), settings.end(),
                            [&](const ExperimentSetting &s) { return s.name == name; });
    };
    std::vector<std::pair<std::string, std::string>> own;
    for (const QString &assignment : options.values(u"set"_s)) {
        const qsizetype equals = assignment.indexOf(u'=');
        if (equals < 1)
            return Error{ErrorCode::InvalidValue,
                         "--set takes NAME=VALUE, not '" + assignment.toStdString() + "'.",
                         "--set"};
        const std::string name = assignment.left(equals).toStdString();
        const std::string value = assignment.mid(equals + 1).toStdString();
        const bool parameter = findParameter(name) || name == "synapse_type";
        if (find(known, name) != known.end() || !parameter)
            own.emplace_back(name, value);
        else if (const Status set = setParameter(neuron, name, value); !set)
            return set.error();
    }
    // Words first: the range of a list may follow from them.
    ExperimentValues values;
    for (const bool words : {true, false}) {
        const std::vector<ExperimentSetting> settings = experimentSettings(id, neuron, values);
        for (const auto &[name, text] : own) {
            const auto setting = find(settings, name);
            if (setting == settings.end()) {
                values[name] = text; // planning says what there is
                continue;
            }
            if ((setting->kind == ExperimentSetting::Kind::Choice) != words)
                continue;
            const Result<SettingValue> value = parseSetting(*setting, text);
            if (!value) { // it says the label
                Error error = value.error();
                error.message = "--set " + name + ": " + error.message;
                return error;
            }
            values[name] = *value;
        }
    }
    return planExperiment(id, values, neuron);
}

int showExperiment(const QStringList &arguments, Io &io)
{
    Options options("experiment show", u"Prints what an experiment does and its settings."_s);
    options.addPositional(u"ID"_s, u"As 'experiment list' names it."_s);
    options.add(u"neuron"_s, u"Preset, project or HDF5 file."_s, u"NEURON"_s, u"nmda-cable-64"_s);
    if (const auto code = options.parse(arguments, io, 1))
        return *code;
    const std::string id = options.positional(0).toStdString();
    const Result<Neuron> neuron = loadNeuron(options.value(u"neuron"_s));
    if (!neuron)
        return report(io, neuron.error());
    const ExperimentInfo *info = findExperiment(id);
    if (!info)
        return usage(io, options.command(), planExperiment(id, {}, *neuron).error().message);
    const std::vector<ExperimentSetting> settings = experimentSettings(id, *neuron);
    if (options.json())
        io.out << infoJson(*info, settings).dump() << "\n";
    else
        printInfo(io.out, *info, settings);
    return Ok;
}

/// Runs the experiment to its end with progress on stderr; Ctrl-C cancels.
Status wait(ExperimentRun &run, Io &io)
{
    QEventLoop loop;
    Progress progress(io, QString::fromStdString(findExperiment(run.plan().experiment)->title));
    Interrupt interrupt;
    QObject::connect(&interrupt, &Interrupt::interrupted, &run, &ExperimentRun::cancel);
    QObject::connect(&run, &ExperimentRun::ended, &loop, &QEventLoop::quit);
    QObject::connect(&run, &ExperimentRun::restarted, &loop, [&](const QString &why) {
        progress.clear();
        io.err << why.toStdString() << " Trying again." << std::endl;
    });
    QTimer tick;
    QObject::connect(&tick, &QTimer::timeout, &loop, [&] {
        progress.show(run.progress(), u", %1 of %2 simulations"_s.arg(run.done()).arg(run.total()),
                      run.secondsLeft());
    });
    tick.start(50);
    run.start();
    if (!run.isOver())
        loop.exec();
    progress.clear();
    if (run.state() == ExperimentRun::State::Failed)
        return run.error();
    if (run.state() == ExperimentRun::State::Cancelled)
        return Error{ErrorCode::Cancelled, "Cancelled; nothing was written.", ""};
    return Done{};
}

int runExperiment(const QStringList &arguments, Io &io)
{
    Options options("experiment run",
                    u"Runs an experiment on a neuron and prints its table. --set changes a setting "
                    "of the experiment ('experiment show ID' lists them) or a parameter of the "
                    "neuron."_s);
    options.addPositional(u"ID"_s, u"As 'experiment list' names it."_s);
    options.add(u"neuron"_s, u"Preset, project or HDF5 file."_s, u"NEURON"_s, u"nmda-cable-64"_s);
    options.addSet();
    options.add(u"csv"_s, u"Print the table as comma-separated values."_s);
    options.add(u"out"_s, u"Write what would be printed to a file."_s, u"FILE"_s);
    options.add(u"force"_s, u"Replace an existing file."_s);
    options.add(u"jobs"_s, u"Workers that simulate at the same time."_s, u"J"_s,
                QString::number(defaultJobs()));
    options.add(u"dry-run"_s, u"Say how much there is to do, and do nothing."_s);
    if (const auto code = options.parse(arguments, io, 1))
        return *code;
    std::string problem;
    const std::optional<int> jobs = options.integer(u"jobs"_s, 1, 256, problem);
    if (!jobs)
        return usage(io, options.command(), problem);
    if (options.json() && options.isSet(u"csv"_s))
        return usage(io, options.command(), "Choose one of --json and --csv.");
    const std::string out = options.value(u"out"_s).toStdString();
    std::optional<TargetFile> target; // refused before minutes are spent
    if (!out.empty()) {
        Result<TargetFile> prepared = TargetFile::prepare(out, options.isSet(u"force"_s));
        if (!prepared)
            return report(io, prepared.error());
        target.emplace(std::move(prepared).value());
    }

    Result<Neuron> neuron = loadNeuron(options.value(u"neuron"_s));
    if (!neuron)
        return report(io, neuron.error());
    const Result<ExperimentPlan> plan =
        planOf(options, options.positional(0).toStdString(), std::move(neuron).value());
    if (!plan)
        return usage(io, options.command(), plan.error().message);
    if (options.isSet(u"dry-run"_s)) {
        const Json size{{"simulations", plan->trials.size()},
                        {"neuron_ms", plan->totalMs()},
                        {"neurons", plan->neurons.size()}};
        if (options.json())
            io.out << size.dump() << "\n";
        else
            io.out << counted(static_cast<long long>(plan->trials.size()), "simulation") << ", "
                   << plan->totalMs() << " ms of neuron time.\n";
        return Ok;
    }

    WorkerPool pool(WorkerPool::defaultSettings(), *jobs);
    ExperimentRun run(pool, *jobs, *plan);
    const Status status = wait(run, io);
    // What did work is worth having even if some simulations failed.
    if (!status && (status.error().code == ErrorCode::Cancelled || run.done() == 0))
        return report(io, status.error());
    const ExperimentResult result = run.result();
    std::ostringstream text;
    if (options.json())
        text << resultJson(run.plan(), result, run.seconds()).dump() << "\n";
    else if (options.isSet(u"csv"_s))
        printCsv(text, result.table);
    else
        printResult(text, result);
    if (!target) {
        io.out << text.str();
    } else {
        Status written = target->write(text.str());
        if (written)
            written = target->commit();
        if (!written)
            return report(io, written.error());
        io.err << "Written to " << out << "." << std::endl;
    }
    return status ? Ok : report(io, status.error());
}

} // namespace

int experimentCommand(const QStringList &arguments, Io &io)
{
    static constexpr std::array Parts{
        Part{"list", "[--json]", list},
        Part{"show", "ID [--neuron NEURON] [--json]", showExperiment},
        Part{"run",
             "ID [--neuron NEURON] [--set NAME=VALUE]... [--jobs J] [--json | --csv] [--out FILE]",
             runExperiment},
    };
    return runPart("experiment", "Pokes a neuron in a systematic way and measures what it does.",
                   Parts, arguments, io);
}

} // namespace dt::cli
