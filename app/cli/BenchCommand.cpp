// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Cli.h"
#include "app/cli/JobWait.h"
#include "app/cli/Options.h"
#include "app/cli/Parts.h"

#include "engine/base/Median.h"
#include "engine/cell/Presets.h"
#include "engine/input/Stimulus.h"
#include "engine/jobs/MechanismPath.h"
#include "engine/jobs/WorkerPool.h"

#include <nlohmann/json.hpp>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>

#include <algorithm>
#include <array>

namespace dt::cli {

using namespace Qt::StringLiterals;
using Json = nlohmann::ordered_json;

namespace {

constexpr int DurationMs = 8192;
constexpr int Repeats = 3;

/// Input in the middle of the published data sets' ranges: about 5,000 events.
SpikeInput benchInput(std::uint64_t seed, int segments)
{
    Stimulus stimulus;
    stimulus.durationMs = DurationMs;
    stimulus.rain = {true, seed, 4.5, 0.955, 4.0, 0.965};
    return renderStimulus(stimulus, segments);
}

SimulationRequest benchRequest(int cells, std::uint64_t firstSeed)
{
    SimulationRequest request;
    request.neuron = presetNeuron("nmda-cable").value();
    for (int i = 0; i < cells; ++i)
        request.inputs.push_back(
            benchInput(firstSeed + static_cast<std::uint64_t>(i), request.neuron.segmentCount()));
    return request;
}

/// Seconds per simulation of the plain NEURON script; an Error when it cannot be run.
Result<double> scriptSeconds(Io &io)
{
    const SpikeInput input = benchInput(1, 8);
    Json events = Json::array();
    for (const InputEvent &e : input.events)
        events.push_back({e.polarity == Polarity::Inhibitory ? 1 : 0, e.row, e.timeMs, e.weight});
    const Json task{{"mechanisms", mechanismLibraryPath().toStdString()},
                    {"duration_ms", DurationMs},
                    {"repeats", Repeats},
                    {"events", events}};
    io.err << "Timing a plain NEURON script..." << std::endl;
    QProcess python;
    python.start(u"/usr/bin/python3"_s,
                 {QCoreApplication::applicationDirPath()
                  + u"/../share/dendrotwin/bench/neuron_script.py"_s});
    python.write(QByteArray::fromStdString(task.dump()));
    python.closeWriteChannel();
    python.waitForFinished(300'000);
    const Json answer = Json::parse(python.readAllStandardOutput().toStdString(), nullptr, false);
    if (python.exitCode() != 0 || answer.is_discarded() || !answer.contains("seconds"))
        return Error{ErrorCode::NotFound,
                     "The NEURON script could not be timed: python3-neuron or numpy is missing, or "
                     "it failed. Install python3-neuron to compare.",
                     "script"};
    return median(answer["seconds"].get<std::vector<double>>());
}

/// Wall seconds per simulation: `jobs` batches of `cells` at once, after the workers are warm.
Result<double> neuronSeconds(WorkerPool &pool, int jobs, int cells, const QString &stage, Io &io)
{
    const auto round = [&](int size, std::uint64_t seed, const QString &what) -> Result<double> {
        QElapsedTimer timer;
        timer.start();
        std::vector<SimulationJob *> submitted;
        for (int j = 0; j < jobs; ++j)
            submitted.push_back(pool.submit(
                benchRequest(size, seed + static_cast<std::uint64_t>(j * size)), &pool));
        if (const Status status = waitFor(submitted, io, stage + what); !status)
            return status.error();
        const double seconds = static_cast<double>(timer.nsecsElapsed()) * 1e-9;
        qDeleteAll(submitted);
        return seconds / (jobs * size);
    };
    if (const Result<double> warm = round(1, 1000, u", warming up:"_s); !warm)
        return warm;
    std::vector<double> seconds;
    for (int i = 0; i < Repeats; ++i) {
        const Result<double> one = round(cells, 1, u", %1 of %2:"_s.arg(i + 1).arg(Repeats));
        if (!one)
            return one;
        seconds.push_back(*one);
    }
    return median(seconds);
}

int benchSimulate(const QStringList &arguments, Io &io)
{
    Options options("bench simulate",
                    u"Seconds per 8192-ms simulation of the preset nmda-cable: a plain NEURON "
                    "Python script, one simulation alone, batches of 16 on one core, and several "
                    "workers together. Medians of three; takes about half a minute."_s);
    options.add(u"jobs"_s, u"Workers for the last figure."_s, u"J"_s,
                QString::number(defaultJobs()));
    if (const auto code = options.parse(arguments, io))
        return *code;
    std::string problem;
    const std::optional<int> jobs = options.integer(u"jobs"_s, 1, 256, problem);
    if (!jobs)
        return usage(io, options.command(), problem);

    Json json{{"duration_ms", DurationMs}, {"batch", StandardBatch}, {"repeats", Repeats}};
    const Result<double> script = scriptSeconds(io);
    json["script_s"] = script ? Json(*script) : Json();
    if (!script)
        io.err << script.error().message << std::endl;
    const QString alone = u"one worker, alone"_s;
    const QString batches = u"one worker, batches of %1"_s.arg(StandardBatch);
    const QString workers =
        *jobs == 1 ? u"1 worker together"_s : u"%1 workers together"_s.arg(*jobs);
    {
        WorkerPool pool(WorkerPool::defaultSettings(), 1);
        const Result<double> single = neuronSeconds(pool, 1, 1, alone, io);
        if (!single)
            return report(io, single.error());
        const Result<double> batched = neuronSeconds(pool, 1, StandardBatch, batches, io);
        if (!batched)
            return report(io, batched.error());
        json["neuron_single_s"] = *single;
        json["neuron_batched_s"] = *batched;
    }
    WorkerPool pool(WorkerPool::defaultSettings(), *jobs);
    const Result<double> together = neuronSeconds(pool, *jobs, StandardBatch, workers, io);
    if (!together)
        return report(io, together.error());
    json["neuron_jobs_s"] = *together;
    json["jobs"] = *jobs;

    if (options.json()) {
        io.out << json.dump() << "\n";
        return Ok;
    }
    const auto line = [&](const QString &what, const Json &seconds) {
        QString text = u"  "_s + what.leftJustified(28);
        if (seconds.is_null()) {
            text += u"not measured"_s;
        } else {
            text += QString::number(seconds.get<double>(), 'f', 3).rightJustified(8) + u" s"_s;
            if (script)
                text += QString::number(*script / seconds.get<double>(), 'f', 1).rightJustified(8)
                    + u" times the script"_s;
        }
        io.out << text.toStdString() << "\n";
    };
    io.out << "Per simulation of " << DurationMs << " ms, 8 segments:\n";
    line(u"NEURON script in Python"_s, json["script_s"]);
    line(alone, json["neuron_single_s"]);
    line(batches, json["neuron_batched_s"]);
    line(workers, json["neuron_jobs_s"]);
    return Ok;
}

} // namespace

int benchCommand(const QStringList &arguments, Io &io)
{
    static constexpr std::array Parts{
        Part{"simulate", "[--jobs J] [--json]", benchSimulate},
        Part{"dataset", "ds.h5 [--window-ms W] [--json]", benchDataset},
        Part{"train", "[--twin P]... [--threads N] [--json]", benchTrain},
        Part{"predict", "[--twin P]... [--threads N] [--json]", benchPredict},
    };
    return runPart("bench",
                   "How fast this machine simulates, reads data sets, trains and predicts.", Parts,
                   arguments, io);
}

} // namespace dt::cli
