// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Cli.h"
#include "app/cli/Options.h"

#include "engine/base/Median.h"
#include "engine/jobs/MlLoader.h"
#include "engine/jobs/TwinTiming.h"

#include <nlohmann/json.hpp>

#include <QElapsedTimer>

#include <algorithm>
#include <array>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

namespace dt::cli {

using namespace Qt::StringLiterals;
using Ordered = nlohmann::ordered_json;

namespace {

constexpr int StepRepeats = 5;
constexpr int PredictRepeats = 3;
constexpr int PieceMs = 32; ///< of streaming: what arrives between two pictures on a screen
constexpr int Segments = 8;

/// Seconds per step of the reference in Python on LibTorch 1.13, two threads of a machine on which
/// the matrix product below ran at this rate.
constexpr double ReferenceGflops = 189.0;
struct ReferenceStep
{
    const char *twin;
    double seconds;
};
constexpr std::array ReferenceSteps{
    ReferenceStep{"tcn-a", 0.107},    ReferenceStep{"tcn-b", 0.161},
    ReferenceStep{"tcn-c", 0.489},    ReferenceStep{"tcn", 0.489},
    ReferenceStep{"tcn-large", 1.04}, ReferenceStep{"resnet-tcn", 1.54},
    ReferenceStep{"elm", 0.686},      ReferenceStep{"transformer", 1.75}};

/// As it would be here; null for twins that were not timed.
Ordered referenceSeconds(const std::string &twin, double gflops)
{
    for (const ReferenceStep &step : ReferenceSteps) {
        if (twin == step.twin)
            return step.seconds * ReferenceGflops / gflops;
    }
    return nullptr;
}

/// Runs `measure` for every twin asked for and prints what it adds to {"twin": name}.
int benchTwins(const Options &options, Io &io,
               const std::function<Result<Ordered>(MlModule &, const TwinSpec &, int)> &measure,
               bool withMatmul)
{
    std::string error;
    const std::optional<int> threads = options.integer(u"threads"_s, 0, 1024, error);
    if (!threads)
        return usage(io, options.command(), error);
    QStringList names = options.values(u"twin"_s);
    if (names.isEmpty()) {
        for (const TwinPreset &preset : twinPresets())
            names << QString::fromUtf8(preset.name.data(),
                                       static_cast<qsizetype>(preset.name.size()));
    }
    const Result<MlModule *> ml = loadMlModule();
    if (!ml)
        return report(io, ml.error());
    const MlInfo info = (*ml)->info();
    Ordered json{{"twins", Ordered::array()}};
    for (const QString &name : names) {
        const Result<TwinSpec> spec = presetTwin(name.toStdString(), Segments);
        if (!spec)
            return report(io, spec.error());
        io.err << "Timing " << name.toStdString() << "..." << std::endl;
        const Result<Ordered> measured = measure(**ml, *spec, *threads);
        if (!measured)
            return report(io, measured.error());
        Ordered entry{{"twin", name.toStdString()}};
        entry.update(*measured);
        json["twins"].push_back(entry);
    }
    if (withMatmul) {
        const double gflops = (*ml)->benchMatmulGflops(*threads);
        for (Ordered &entry : json["twins"])
            entry["reference_s"] = referenceSeconds(entry["twin"].get<std::string>(), gflops);
        json["matmul_gflops"] = gflops;
    }
    json["threads"] = *threads;
    json["blas"] = info.blas;
    if (!info.fastBlas)
        io.err << "LibTorch's matrix library here is not OpenBLAS: everything is many times "
                  "slower. Install libopenblas0-pthread."
               << std::endl;
    if (options.json()) {
        io.out << json.dump() << "\n";
        return Ok;
    }
    for (const Ordered &entry : json["twins"]) {
        for (const auto &[key, value] : entry.items()) {
            char text[60];
            if (value.is_number())
                std::snprintf(text, sizeof text, "  %s %8.3f", key.c_str(), value.get<double>());
            else
                std::snprintf(text, sizeof text, "%-12s",
                              value.is_string() ? value.get<std::string>().c_str() : "");
            io.out << text;
        }
        io.out << "\n";
    }
    if (withMatmul)
        io.out << "1024 x 1024 matrix product: " << json["matmul_gflops"].get<double>()
               << " GFLOP/s, " << info.blas << "\n";
    return Ok;
}

void addTwins(Options &options, const QString &threads)
{
    options.add(u"twin"_s, u"Preset; may be repeated (default: all)."_s, u"P"_s);
    options.add(u"threads"_s, u"Threads; 0: as LibTorch chooses."_s, u"N"_s, threads);
}

TwinInputs piece(const TwinInputs &whole, int from, int lengthMs)
{
    TwinInputs part;
    part.resize(1, whole.segments, lengthMs);
    for (int line = 0; line < 2 * whole.segments; ++line)
        std::copy_n(whole.values.begin() + std::ptrdiff_t{line} * whole.lengthMs + from, lengthMs,
                    part.values.begin() + std::ptrdiff_t{line} * lengthMs);
    return part;
}

/// Whole as everywhere in the program; streamed on as many threads as asked for.
Result<Ordered> predictTimes(MlModule &ml, const TwinSpec &spec, int threads)
{
    const Result<double> whole = predictionMs(ml, spec);
    if (!whole)
        return whole.error();
    // Fresh weights: time does not depend on them.
    const Compute compute{Compute::Device::Cpu, threads};
    const Result<std::unique_ptr<TwinTrainer>> trainer = ml.trainer(spec, {}, compute);
    if (!trainer)
        return trainer.error();
    const Result<std::unique_ptr<TwinPredictor>> twin =
        ml.predictor(spec, (*trainer)->weights(), compute);
    if (!twin)
        return twin.error();
    const TwinInputs inputs = timedInputs(spec);
    std::vector<double> streaming;
    for (int repeat = 0; repeat <= PredictRepeats; ++repeat) {
        QElapsedTimer timer;
        timer.start();
        (*twin)->reset();
        for (int from = 0; from < TimedMs; from += PieceMs) {
            if (const Result<TwinPrediction> said = (*twin)->push(piece(inputs, from, PieceMs));
                !said)
                return said.error();
        }
        if (repeat > 0) // the first touches memory
            streaming.push_back(static_cast<double>(timer.nsecsElapsed()) * 1e-6);
    }
    return Ordered{{"whole_ms", *whole}, {"streaming_ms", median(streaming)}};
}

} // namespace

int benchTrain(const QStringList &arguments, Io &io)
{
    Options options("bench train",
                    u"Seconds per full optimiser step at the published batch and window: with "
                    "LibTorch's own operators (plain_s) and as training does it (fast_s). Medians "
                    "of five, on random data. Beside them the tutorial's own in Python "
                    "(reference_s), as measured with two threads elsewhere and scaled by the rate "
                    "of a matrix product."_s);
    addTwins(options, u"0"_s);
    if (const auto code = options.parse(arguments, io))
        return *code;
    return benchTwins(
        options, io,
        [](MlModule &ml, const TwinSpec &spec, int threads) -> Result<Ordered> {
            const Result<TwinStepTime> time = ml.benchStep(spec, threads, StepRepeats);
            if (!time)
                return time.error();
            return Ordered{{"plain_s", time->plainS}, {"fast_s", time->fastS}};
        },
        true);
}

int benchPredict(const QStringList &arguments, Io &io)
{
    Options options(
        "bench predict",
        u"Milliseconds per simulation of 8192 ms: predicted as a whole, on one core and "
        "until repetitions agree, as evaluations and the pages of the program say it; and "
        "streamed in pieces of 32 ms, median of three."_s);
    addTwins(options, u"1"_s);
    if (const auto code = options.parse(arguments, io))
        return *code;
    return benchTwins(options, io, predictTimes, false);
}

} // namespace dt::cli
