// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Cli.h"
#include "app/cli/Interrupt.h"
#include "app/cli/Options.h"
#include "app/cli/Progress.h"
#include "app/cli/TwinCommands.h"

#include "engine/base/Words.h"
#include "engine/data/DatasetFile.h"
#include "engine/jobs/MlLoader.h"
#include "engine/jobs/TrainingSession.h"
#include "engine/jobs/TwinTiming.h"
#include "engine/json/EvaluationJson.h"
#include "engine/twin/evaluation/TwinVerdict.h"

#include <nlohmann/json.hpp>

#include <QEventLoop>
#include <QFileInfo>

#include <array>
#include <cstdio>
#include <filesystem>
#include <thread>
#include <utility>

namespace dt::cli {

using namespace Qt::StringLiterals;

namespace {

struct TrainOption
{
    const char *name;
    const char *description;
    const char *value = nullptr; ///< what its value is called; null: it has none
    const char *fallback = nullptr;
    bool whenResumed = false; ///< has a meaning beside --resume
};

constexpr std::array TrainOptions{
    TrainOption{"dataset", "Data set; with --resume, where it was moved to.", "ds.h5", nullptr,
                true},
    TrainOption{"twin", "Preset (see 'twin presets') or a JSON file with arch and config.", "P"},
    TrainOption{"recipe",
                "published, 2min or 15min: what is not set below. The published one has 100 epochs "
                "at a rate of 3e-4; the others take a batch of 8, a rate of 2e-3 and as many "
                "epochs as this computer does in that time.",
                "R", "published"},
    TrainOption{"epochs", "Passes through the training simulations, at least 6.", "E"},
    TrainOption{"batch", "Windows in a step.", "B"},
    TrainOption{"window-ms", "Length of training windows [ms].", "W"},
    TrainOption{"lr", "Highest learning rate.", "X"},
    TrainOption{"lr-per-step", "The learning rate changes every step, not every epoch."},
    TrainOption{"random-validation-windows",
                "Validation windows lie at random places, not at the start."},
    TrainOption{"best-rule",
                "What the kept model is chosen by: halfway (all losses in the weights halfway of "
                "their transition), lowest (lowest spike loss) or kept (spike loss of the model "
                "kept before, as in the reference).",
                "RULE", "halfway"},
    TrainOption{"seed", "Seed of all random numbers.", "N", "1"},
    TrainOption{"threads", "Threads (default: one for each core).", "N"},
    TrainOption{"device", "What computes: cpu or cuda (default: cuda where there is one).", "D"},
    TrainOption{"author", "Who trains it: kept in the twin and shown in lists.", "NAME"},
    TrainOption{"log", "Losses as JSON, a line each.", "log.jsonl"},
    TrainOption{"out", "Twin file to write.", "x.twin"},
    TrainOption{"force", "Replace an existing file.", nullptr, nullptr, true},
    TrainOption{"resume", "Go on with this twin's training.", "x.twin", nullptr, true}};

std::optional<BestRule> bestRuleFrom(const QString &word)
{
    if (word == u"halfway"_s)
        return BestRule::Halfway;
    if (word == u"lowest"_s)
        return BestRule::Lowest;
    if (word == u"kept"_s)
        return BestRule::Kept;
    return std::nullopt;
}

QString stateText(const TrainingSession &session)
{
    const TrainingHistory &h = session.history();
    QString text = u", iteration %1 of %2"_s.arg(h.iterations()).arg(session.iterationsInAll());
    if (h.iterations() > 0)
        text += u", spikes %1"_s.arg(h.training.heads[0].back(), 0, 'f', 4);
    if (h.validations() > 0)
        text += u", validated %1"_s.arg(h.validation.heads[0].back(), 0, 'f', 4);
    return text;
}

std::optional<double> spikesAuc(const TrainingSession &session)
{
    const std::optional<Evaluation> &e = session.evaluation();
    return e && e->spikes ? std::optional(e->spikes->auc) : std::nullopt;
}

nlohmann::ordered_json resultJson(const TrainingSession &session)
{
    const TrainingHistory &h = session.history();
    nlohmann::ordered_json json{{"out", session.target()},
                                {"complete", session.state() == TrainingSession::State::Finished},
                                {"iterations", h.iterations()},
                                {"validations", h.validations()},
                                {"seconds", h.seconds}};
    if (h.best) {
        json["best_iteration"] = h.best->iteration;
        for (const Head head : AllHeads)
            json["best_validation"][std::string(headName(head))] =
                h.best->validation.heads[headIndex(head)];
    }
    if (const auto auc = spikesAuc(session))
        json["learned"] = hasLearned(*auc);
    else
        json["learned"] = nullptr;
    json["evaluation"] = session.evaluation()
        ? nlohmann::ordered_json(evaluationSummary(*session.evaluation()))
        : nlohmann::ordered_json(nullptr);
    return json;
}

int runSession(TrainingSession &session, const Options &options, Io &io)
{
    QEventLoop loop;
    Progress loading(io, u"Loading"_s);
    Progress training(io, u"Training"_s);
    Progress evaluating(io, u"Evaluating"_s);
    Interrupt interrupt;
    const auto clear = [&] {
        for (Progress *progress : {&loading, &training, &evaluating})
            progress->clear();
    };
    QObject::connect(&interrupt, &Interrupt::interrupted, &session, &TrainingSession::stop);
    QObject::connect(&session, &TrainingSession::remarked, &loop, [&](const QString &sentence) {
        clear();
        io.err << sentence.toStdString() << std::endl;
    });
    QObject::connect(&session, &TrainingSession::stateChanged, &loop, clear);
    bool inspected = false;
    QObject::connect(&session, &TrainingSession::progressed, &loop, [&] {
        if (session.firstBatch() && !std::exchange(inspected, true)) {
            clear();
            for (const std::string &line : inspectionLines(*session.firstBatch()))
                io.err << line << std::endl;
        }
        if (session.state() == TrainingSession::State::Training)
            training.show(session.progress(), stateText(session), session.secondsLeft());
        else if (session.state() == TrainingSession::State::Evaluating)
            evaluating.show(session.progress());
        else
            loading.show(session.progress());
    });
    QObject::connect(&session, &TrainingSession::ended, &loop, &QEventLoop::quit);
    session.start();
    loop.exec();
    clear();

    const std::string &target = session.target();
    if (session.state() == TrainingSession::State::Failed)
        return report(io, session.error());
    if (session.state() == TrainingSession::State::Stopped) {
        if (session.history().iterations() == 0 && !session.error().message.empty())
            io.err << session.error().message << std::endl;
        else
            io.err << "Stopped after " << counted(session.history().iterations(), "iteration")
                   << ". Go on with 'dendrotwin-cli train --resume " << target << "'." << std::endl;
        return Cancelled;
    }
    for (const std::string &line :
         reportLines(trainingReport(session.history(), session.settings())))
        io.err << line << "\n";
    if (options.json()) {
        io.out << resultJson(session).dump() << "\n";
    } else if (session.evaluation()) {
        printEvaluation(*session.evaluation(), io.out);
    }
    if (const std::string verdict = notLearnedSentence(spikesAuc(session)); !verdict.empty())
        io.err << verdict << "\n";
    io.err << "Trained twin written to " << target << "." << std::endl;
    return Ok;
}

int resume(const Options &options, Io &io)
{
    for (const TrainOption &option : TrainOptions) {
        if (!option.whenResumed && options.isSet(QLatin1String(option.name)))
            return usage(io, options.command(),
                         "--resume goes on as training was begun; leave out --"
                             + std::string(option.name) + ".");
    }
    TrainingSession session(ResumeRequest{options.value(u"resume"_s).toStdString(),
                                          options.value(u"dataset"_s).toStdString()});
    return runSession(session, options, io);
}

/// The settings of a recipe for this network and data set on this computer, said in a line.
Result<TrainingSettings> settingsOf(TrainingRecipe recipe, const TwinSpec &spec,
                                    const TrainingSize &size, const TrainingSettings &given, Io &io)
{
    double speed = 0.0;
    if (recipeInfo(recipe).minutes > 0.0) {
        const Result<MlModule *> ml = loadMlModule();
        if (!ml)
            return ml.error();
        Compute compute{given.cuda ? Compute::Device::Cuda : Compute::Device::Cpu, given.threads};
        if (compute.threads == 0)
            compute.threads = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
        const Result<double> measured = trainingSpeed(**ml, spec, size, compute);
        if (!measured)
            return measured.error();
        speed = *measured;
    }
    TrainingSettings settings = recipeSettings(recipe, spec, size, speed);
    settings.seed = given.seed;
    settings.threads = given.threads;
    settings.cuda = given.cuda;
    if (speed > 0.0) {
        char line[240];
        std::snprintf(line, sizeof line,
                      "Recipe %s: %d epochs of %d steps, batch %d, window %d ms, learning rate %g; "
                      "a step takes %.4f s here, all about %.1f min.",
                      std::string(recipeInfo(recipe).name).c_str(), settings.epochs,
                      settings.iterationsPerEpoch(static_cast<std::size_t>(size.train)),
                      settings.trainBatch, settings.trainWindowMs, settings.learningRate,
                      stepGigaOperations(spec, settings) / speed,
                      trainingGigaOperations(spec, settings, size) / speed / 60.0);
        io.err << line << std::endl;
    }
    return settings;
}

} // namespace

int trainCommand(const QStringList &arguments, Io &io)
{
    Options options("train",
                    u"Trains a twin network on a data set, or goes on where training was "
                    "interrupted. A checkpoint is written every minute; Ctrl-C writes one and "
                    "stops. The same seed and threads give the same losses."_s);
    for (const TrainOption &option : TrainOptions)
        options.add(QLatin1String(option.name), QString::fromUtf8(option.description),
                    QString::fromUtf8(option.value), QString::fromUtf8(option.fallback));
    if (const auto code = options.parse(arguments, io))
        return *code;
    if (options.isSet(u"resume"_s))
        return resume(options, io);
    for (const char *needed : {"dataset", "twin", "out"}) {
        if (options.value(QLatin1String(needed)).isEmpty())
            return usage(io, options.command(), "--" + std::string(needed) + " is missing.");
    }
    TrainingRequest request;
    request.dataset = options.value(u"dataset"_s).toStdString();
    request.target = options.value(u"out"_s).toStdString();
    request.replace = options.isSet(u"force"_s);
    request.logPath = options.value(u"log"_s).toStdString();
    request.author = options.value(u"author"_s).simplified().toStdString();

    std::string error;
    const auto whole = [&](const QString &name, const TrainingRange &range, int &value) {
        if (!options.isSet(name))
            return true;
        const std::optional<int> number =
            options.integer(name, static_cast<int>(range.lo), static_cast<int>(range.hi), error);
        value = number.value_or(value);
        return number.has_value();
    };
    TrainingSettings &settings = request.settings;
    // What is asked for beside the recipe; 0: nothing.
    int epochs = 0;
    int batch = 0;
    int window = 0;
    std::optional<double> rate;
    using S = TrainingSettings;
    if (options.isSet(u"lr"_s)
        && !(rate = options.number(u"lr"_s, S::RateRange.lo, S::RateRange.hi, error)))
        return usage(io, options.command(), error);
    const std::optional<std::uint64_t> seed = options.seed(error);
    if (!whole(u"epochs"_s, S::EpochRange, epochs) || !whole(u"batch"_s, S::BatchRange, batch)
        || !whole(u"window-ms"_s, S::WindowRangeMs, window) || !seed)
        return usage(io, options.command(), error);
    const std::optional<TrainingRecipe> recipe =
        recipeFrom(options.value(u"recipe"_s).toStdString());
    if (!recipe)
        return usage(io, options.command(),
                     "--recipe is published, 2min or 15min, not '"
                         + options.value(u"recipe"_s).toStdString() + "'.");
    const std::optional<BestRule> bestRule = bestRuleFrom(options.value(u"best-rule"_s));
    if (!bestRule)
        return usage(io, options.command(),
                     "--best-rule is halfway, lowest or kept, not '"
                         + options.value(u"best-rule"_s).toStdString() + "'.");
    settings.seed = *seed;
    if (options.isSet(u"threads"_s)) {
        const std::optional<int> threads =
            options.integer(u"threads"_s, 1, static_cast<int>(S::ThreadRange.hi), error);
        if (!threads)
            return usage(io, options.command(), error);
        settings.threads = *threads;
    }
    const QString device = options.value(u"device"_s);
    if (options.isSet(u"device"_s) && device != u"cpu"_s && device != u"cuda"_s)
        return usage(io, options.command(),
                     "--device is cpu or cuda, not '" + device.toStdString() + "'.");
    settings.cuda =
        options.isSet(u"device"_s) ? device == u"cuda"_s : bestDevice() == Compute::Device::Cuda;

    const Result<DatasetFile> dataset = DatasetFile::open(request.dataset);
    if (!dataset)
        return report(io, dataset.error());
    const Result<TwinSpec> spec = twinOf(options.value(u"twin"_s), dataset->info().segments);
    if (!spec)
        return report(io, spec.error());
    request.spec = *spec;
    std::error_code same;
    for (const std::string &written : {request.target, request.logPath}) {
        if (std::filesystem::equivalent(written, options.value(u"twin"_s).toStdString(), same))
            return report(io,
                          {ErrorCode::Exists,
                           written + " is the twin's description. Choose another file to write.",
                           written});
    }
    const TrainingSize size{static_cast<int>(dataset->info().count(Split::Train)),
                            static_cast<int>(dataset->info().count(Split::Valid)),
                            dataset->info().durationMs};
    const Result<TrainingSettings> byRecipe = settingsOf(*recipe, *spec, size, settings, io);
    if (!byRecipe)
        return report(io, byRecipe.error());
    settings = *byRecipe;
    if (epochs > 0)
        settings.epochs = epochs;
    if (batch > 0)
        settings.trainBatch = batch;
    if (window > 0)
        settings.trainWindowMs = window;
    settings.learningRate = rate.value_or(settings.learningRate);
    settings.ratePerStep = options.isSet(u"lr-per-step"_s);
    settings.randomValidationWindows = options.isSet(u"random-validation-windows"_s);
    settings.bestRule = *bestRule;
    TrainingSession session(std::move(request));
    return runSession(session, options, io);
}

} // namespace dt::cli
