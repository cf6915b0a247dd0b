// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Background.h"
#include "app/cli/Cli.h"
#include "app/cli/Options.h"
#include "app/cli/TwinCommands.h"

#include "engine/base/Words.h"
#include "engine/jobs/MlLoader.h"
#include "engine/jobs/StoredTwin.h"
#include "engine/jobs/TwinEvaluation.h"
#include "engine/jobs/TwinTiming.h"
#include "engine/json/EvaluationJson.h"

#include <nlohmann/json.hpp>

#include <cstdio>

namespace dt::cli {

using namespace Qt::StringLiterals;

namespace {

std::string number(const std::optional<double> &value, int decimals)
{
    if (!value)
        return "none";
    char text[40];
    std::snprintf(text, sizeof text, "%.*f", decimals, *value);
    return text;
}

std::optional<Split> splitFrom(const QString &name)
{
    for (const Split split : AllSplits) {
        if (name == QLatin1String(splitName(split).data()))
            return split;
    }
    return std::nullopt;
}

} // namespace

void printEvaluation(const Evaluation &e, std::ostream &out)
{
    out << "On " << counted(e.plan.simulations, "simulation") << " of the split " << e.plan.split
        << ", " << e.plan.windowMs << " ms each";
    if (e.plan.ignoredMs > 0)
        out << " without the first " << e.plan.ignoredMs << " ms";
    out << ":\n";
    const auto binary = [&](const char *name, const std::optional<BinaryScores> &s,
                            const char *why) {
        out << "  " << name;
        if (s)
            out << " AUC " << number(s->auc, 4)
                << ", true positive rate at a false positive rate of " << number(s->achievedFpr, 4)
                << ": " << number(s->tprAtFpr, 4) << ", average precision "
                << number(s->averagePrecision, 4) << "\n";
        else
            out << " no figures: " << why << "\n";
    };
    binary("spikes        ", e.spikes, "there is no spike to find");
    binary("near spike    ", e.nearSpike, "no time is near a spike");
    const auto regression = [&](const char *name, const std::optional<RegressionScores> &s,
                                const char *unit, int decimals) {
        const auto value = [&](double RegressionScores::*member) {
            return s ? std::optional((*s).*member) : std::nullopt;
        };
        out << "  " << name << " explained variance "
            << number(value(&RegressionScores::explainedVariancePercent), 2) << " %, R2 "
            << number(value(&RegressionScores::r2), 4) << ", RMSE "
            << number(value(&RegressionScores::rmse), decimals) << ", MAE "
            << number(value(&RegressionScores::mae), decimals) << " " << unit << "\n";
    };
    regression("soma voltage  ", e.soma.scores, "mV", 2);
    regression("rate          ", e.rate.scores, "spikes/ms", 4);
    regression("dendrites     ", e.dend.scores, "mV", 2);
    if (e.dendSegments.size() > 1) {
        out << "    by segment   explained variance";
        for (const std::optional<RegressionScores> &segment : e.dendSegments)
            out << " "
                << number(segment ? std::optional(segment->explainedVariancePercent) : std::nullopt,
                          1);
        out << " %, from the soma to the tip\n";
    }
    out << "  calibration   ";
    if (e.calibration.correlation)
        out << " correlation " << number(e.calibration.correlation, 4) << ", explained variance "
            << number(e.calibration.explainedVariancePercent, 2) << " %\n";
    else
        out << " no figures: the neuron or the twin fires always at one rate\n";
    out << "  " << e.parameters << " parameters, " << number(e.millisecondsPerSimulation, 1)
        << " ms per simulation\n";
}

int evaluateCommand(const QStringList &arguments, Io &io)
{
    Options options("evaluate",
                    u"Compares a twin with its neuron on a split of a data set: one window a "
                    "simulation, from ms 16 on, as long as possible up to 8128 ms. Figures that "
                    "do not exist, as an AUC without spikes, are null."_s);
    options.add(u"twin"_s, u"Twin file."_s, u"x.twin"_s);
    options.add(u"dataset"_s, u"Data set."_s, u"ds.h5"_s);
    options.add(u"split"_s, u"train, valid or test."_s, u"S"_s, u"test"_s);
    options.add(u"ignore-start"_s,
                u"Besides, the same without the start of each window, where the twin has not seen "
                "as much past as it looks at (in JSON: without_start)."_s);
    options.add(u"details"_s, u"With --json: curves, samples, segments and simulations too."_s);
    options.add(u"threads"_s, u"Threads (default: one for each core)."_s, u"N"_s, u"0"_s);
    if (const auto code = options.parse(arguments, io))
        return *code;
    for (const char *needed : {"twin", "dataset"}) {
        if (options.value(QLatin1String(needed)).isEmpty())
            return usage(io, options.command(), "--" + std::string(needed) + " is missing.");
    }
    std::string error;
    const std::optional<int> threads = options.integer(u"threads"_s, 0, 1024, error);
    if (!threads)
        return usage(io, options.command(), error);
    const std::optional<Split> split = splitFrom(options.value(u"split"_s));
    if (!split)
        return usage(io, options.command(),
                     "--split is train, valid or test, not '"
                         + options.value(u"split"_s).toStdString() + "'.");
    const Result<StoredTwin> twin = loadTwin(options.value(u"twin"_s).toStdString());
    if (!twin)
        return report(io, twin.error());
    const Result<DatasetFile> file = DatasetFile::open(options.value(u"dataset"_s).toStdString());
    if (!file)
        return report(io, file.error());
    if (twin->contents.neuron && !(*twin->contents.neuron == file->info().neuron))
        io.err << "The data set's neuron is not the one that this twin was trained on."
               << std::endl;
    const Result<MlModule *> ml = loadMlModule();
    if (!ml)
        return report(io, ml.error());
    std::optional<Evaluation> evaluation;
    std::optional<Evaluation> withoutStart;
    const bool both = options.isSet(u"ignore-start"_s);
    const Status done =
        inBackground(io, u"Evaluating"_s, [&](const ProgressFunction &progress) -> Status {
            const Result<DatasetStore> data = DatasetStore::load(
                *file, {*split}, [&](double share) { return progress(0.2 * share); });
            if (!data)
                return data.error();
            const Result<std::unique_ptr<TwinPredictor>> predictor =
                (*ml)->predictor(twin->spec, twin->contents.weights, {bestDevice(), *threads});
            if (!predictor)
                return predictor.error();
            Result<Evaluation> result = evaluateTwin(
                **predictor, *data, *split,
                [&](double share) { return progress(0.2 + 0.8 * share); },
                both ? &withoutStart : nullptr);
            if (!result)
                return result.error();
            const Result<double> ms =
                predictionMs(**ml, twin->spec, [&] { return !progress(1.0); });
            if (!ms)
                return ms.error();
            evaluation = std::move(*result);
            evaluation->millisecondsPerSimulation = *ms;
            if (withoutStart)
                withoutStart->millisecondsPerSimulation = *ms;
            return Done{};
        });
    if (!done)
        return report(io, done.error());
    if (!evaluation->spikes)
        io.err << "There is no spike in the split, so spikes have no AUC." << std::endl;
    if (both && !withoutStart)
        io.err << "This twin looks at all of the past, so there is no start to leave out."
               << std::endl;
    if (options.json()) {
        Json json =
            options.isSet(u"details"_s) ? toJson(*evaluation) : evaluationSummary(*evaluation);
        if (both)
            json["without_start"] = withoutStart ? evaluationSummary(*withoutStart) : Json(nullptr);
        io.out << json.dump() << "\n";
        return Ok;
    }
    printEvaluation(*evaluation, io.out);
    if (withoutStart)
        printEvaluation(*withoutStart, io.out);
    return Ok;
}

} // namespace dt::cli
