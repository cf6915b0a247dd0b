// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Cli.h"
#include "app/cli/JobWait.h"
#include "app/cli/Options.h"

#include "engine/base/Words.h"
#include "engine/data/RecordingFile.h"
#include "engine/data/RunExport.h"
#include "engine/files/TargetFile.h"
#include "engine/input/Stimulus.h"
#include "engine/jobs/Engines.h"
#include "engine/project/ProjectFile.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>

namespace dt::cli {

using namespace Qt::StringLiterals;

namespace {

/// The run as a project: its input as painted events, if a project can hold it.
Project projectOf(const Neuron &neuron, const SpikeInput &input)
{
    Project project;
    project.neuron = neuron;
    project.stimulus = {};
    project.stimulus.rain.on = false;
    project.stimulus.durationMs = input.durationMs;
    project.stimulus.painted = input.events;
    if (input.events.size() > MaxPaintedEvents || !validateStimulus(project.stimulus)) {
        project.stimulus.painted.clear();
        project.stimulus.durationMs = std::min(input.durationMs, MaxStimulusMs);
    }
    return project;
}

} // namespace

int simulateCommand(const QStringList &arguments, Io &io)
{
    Options options("simulate",
                    u"Simulates one input (input_exc and input_inh, segments x ms) and writes the "
                    "input, the voltages and everything derived from them."_s);
    options.add(u"neuron"_s, u"Preset, project or HDF5 file."_s, u"NEURON"_s);
    options.addSet();
    options.add(u"engine"_s, u"What computes: neuron, or fast (the vectorised engine)."_s, u"E"_s,
                u"neuron"_s);
    options.add(u"input"_s, u"HDF5 file with the input."_s, u"in.h5"_s);
    options.add(u"out"_s, u"HDF5 file to write."_s, u"out.h5"_s);
    options.add(u"export"_s, u"The same for NumPy (.npz) or as CSV tables (.zip)."_s, u"FILE"_s);
    options.add(u"force"_s, u"Replace an existing file."_s);
    if (const auto code = options.parse(arguments, io))
        return *code;
    for (const char *needed : {"neuron", "input", "out"}) {
        if (options.value(QLatin1String(needed)).isEmpty())
            return usage(io, options.command(), "--" + std::string(needed) + " is missing.");
    }
    const Result<std::unique_ptr<SimulationEngine>> engine =
        makeEngine(options.value(u"engine"_s).toStdString(), 1);
    if (!engine)
        return usage(io, options.command(), engine.error().message);

    const Result<Neuron> neuron = options.neuron(options.value(u"neuron"_s));
    if (!neuron)
        return report(io, neuron.error());
    const std::string inputPath = options.value(u"input"_s).toStdString();
    const Result<SpikeInput> input = readInput(inputPath);
    if (!input)
        return report(io, input.error());
    if (const Status valid = validateInput(*input, *neuron); !valid)
        return report(io,
                      {valid.error().code, inputPath + ": " + valid.error().message, inputPath});
    const std::string outPath = options.value(u"out"_s).toStdString();
    std::error_code code;
    if (std::filesystem::equivalent(inputPath, outPath, code)) // also through links
        return report(io,
                      {ErrorCode::Exists,
                       outPath + " is the input itself. Choose another file for --out.", outPath});
    // Refused targets are found before the work, not after it.
    if (const Result<TargetFile> target = TargetFile::prepare(outPath, options.isSet(u"force"_s));
        !target)
        return report(io, target.error());

    const std::string exportPath = options.value(u"export"_s).toStdString();
    if (!exportPath.empty()) {
        if (!exportPath.ends_with(".npz") && !exportPath.ends_with(".zip"))
            return usage(io, options.command(),
                         "--export " + exportPath + " ends neither in .npz nor in .zip.");
        if (const Result<TargetFile> target =
                TargetFile::prepare(exportPath, options.isSet(u"force"_s));
            !target)
            return report(io, target.error());
    }

    QObject owner; // of the job
    SimulationRequest request;
    request.neuron = *neuron;
    request.inputs = {*input};
    SimulationJob *job = (*engine)->submit(std::move(request), &owner);
    if (const Status status = waitFor({job}, io, u"Simulating"_s); !status)
        return report(io, status.error());

    const Recording recording = job->recording(0);
    if (const Status written = writeRecording(outPath, recording, options.isSet(u"force"_s));
        !written)
        return report(io, written.error());
    if (!exportPath.empty()) {
        ExportedRun run;
        run.recording = recording;
        run.caption = options.value(u"neuron"_s).toStdString() + ", input " + inputPath;
        run.project = projectText(projectOf(*neuron, *input)).toStdString();
        if (const Status written = saveRun(exportPath, run, options.isSet(u"force"_s)); !written)
            return report(io, written.error());
    }
    if (options.json()) {
        const nlohmann::ordered_json json{{"out", outPath},
                                          {"engine", recording.engine},
                                          {"duration_ms", recording.durationMs},
                                          {"num_segments", recording.segments},
                                          {"spikes", recording.spikeCount()},
                                          {"rate_hz", recording.rateHz()},
                                          {"seconds", job->engineSeconds()}};
        io.out << json.dump() << "\n";
    } else {
        io.err << counted(recording.spikeCount(), "spike") << " in " << recording.durationMs
               << " ms, written to " << outPath << "." << std::endl;
    }
    return Ok;
}

} // namespace dt::cli
