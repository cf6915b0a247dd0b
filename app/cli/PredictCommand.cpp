// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Background.h"
#include "app/cli/Cli.h"
#include "app/cli/Options.h"

#include "engine/data/PredictionFile.h"
#include "engine/data/RecordingFile.h"
#include "engine/files/TargetFile.h"
#include "engine/jobs/MlLoader.h"
#include "engine/jobs/StoredTwin.h"
#include "engine/jobs/TwinPrediction.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>

namespace dt::cli {

using namespace Qt::StringLiterals;

int predictCommand(const QStringList &arguments, Io &io)
{
    Options options("predict",
                    u"Writes what a twin says of an input (input_exc and input_inh, segments x "
                    "ms): spike probabilities, voltages and rate of every ms."_s);
    options.add(u"twin"_s, u"Twin file."_s, u"x.twin"_s);
    options.add(u"input"_s, u"HDF5 file with the input."_s, u"in.h5"_s);
    options.add(u"out"_s, u"HDF5 file to write."_s, u"pred.h5"_s);
    options.add(u"force"_s, u"Replace an existing file."_s);
    if (const auto code = options.parse(arguments, io))
        return *code;
    for (const char *needed : {"twin", "input", "out"}) {
        if (options.value(QLatin1String(needed)).isEmpty())
            return usage(io, options.command(), "--" + std::string(needed) + " is missing.");
    }
    const std::string inputPath = options.value(u"input"_s).toStdString();
    const std::string out = options.value(u"out"_s).toStdString();
    const bool replace = options.isSet(u"force"_s);
    const Result<StoredTwin> twin = loadTwin(options.value(u"twin"_s).toStdString());
    if (!twin)
        return report(io, twin.error());
    const Result<SpikeInput> input = readInput(inputPath);
    if (!input)
        return report(io, input.error());
    if (const Status valid = validateWeights(*input); !valid)
        return report(io,
                      {valid.error().code, inputPath + ": " + valid.error().message, inputPath});
    std::error_code code;
    if (std::filesystem::equivalent(inputPath, out, code)
        || std::filesystem::equivalent(options.value(u"twin"_s).toStdString(), out, code))
        return report(io,
                      {ErrorCode::Exists,
                       out + " is read by this command. Choose another file for --out.", out});
    if (const Result<TargetFile> target = TargetFile::prepare(out, replace); !target)
        return report(io, target.error());
    const Result<MlModule *> ml = loadMlModule();
    if (!ml)
        return report(io, ml.error());
    std::optional<TwinPrediction> prediction;
    const Status done =
        inBackground(io, u"Predicting"_s, [&](const ProgressFunction &progress) -> Status {
            const Result<std::unique_ptr<TwinPredictor>> predictor =
                (*ml)->predictor(twin->spec, twin->contents.weights, {bestDevice(), 0});
            if (!predictor)
                return predictor.error();
            Result<TwinPrediction> result = predictInput(**predictor, *input, progress);
            if (!result)
                return result.error();
            prediction = std::move(*result);
            return writePrediction(out, *prediction, replace);
        });
    if (!done)
        return report(io, done.error());
    const auto spikes =
        std::count_if(prediction->spikeProbability.begin(), prediction->spikeProbability.end(),
                      [](float p) { return p > 0.5f; });
    if (options.json())
        io.out << nlohmann::ordered_json{{"out", out},
                                         {"duration_ms", prediction->lengthMs},
                                         {"spikes_above_half", spikes}}
                      .dump()
               << "\n";
    else
        io.err << spikes << " ms with a spike probability above 0.5 of " << prediction->lengthMs
               << " ms, written to " << out << "." << std::endl;
    return Ok;
}

} // namespace dt::cli
