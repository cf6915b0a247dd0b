// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/Training.h"

#include "engine/files/TargetFile.h"
#include "engine/jobs/MlLoader.h"
#include "engine/jobs/TwinEvaluation.h"
#include "engine/jobs/TwinTiming.h"
#include "engine/json/TrainingLog.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <thread>
#include <utility>

namespace dt {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

Error cancelled()
{
    return {ErrorCode::Cancelled, "Training was cancelled before it began.", ""};
}

/// Of use from another folder, too.
std::string absolutePath(const std::string &path)
{
    std::error_code code;
    const fs::path absolute = fs::absolute(path, code);
    return code ? path : absolute.lexically_normal().string();
}

/// A slip of the hand must not cost a data set or the twin itself.
Status checkPaths(const TrainingRequest &request)
{
    const auto same = [](const std::string &a, const std::string &b) {
        std::error_code code;
        return !a.empty() && !b.empty()
            && (absolutePath(a) == absolutePath(b) || fs::equivalent(a, b, code));
    };
    if (same(request.target, request.dataset) || same(request.logPath, request.dataset))
        return Error{ErrorCode::Exists,
                     request.dataset + " is the data set. Choose another file to write.",
                     request.dataset};
    if (same(request.logPath, request.target))
        return Error{ErrorCode::Exists,
                     request.target + " cannot be both the twin and the log. Choose another file.",
                     request.target};
    return Done{};
}

/// Only grows while a training lasts; a kill can cut off its last line.
class Log
{
public:
    /// Whether a new training may replace a file of this name was asked before.
    Status open(const std::string &path, const TrainingHistory &soFar)
    {
        if (path.empty())
            return Done{};
        m_path = path;
        Result<TargetFile> target = TargetFile::prepare(path, true);
        if (!target)
            return target.error();
        if (soFar.iterations() == 0) {
            m_stream.open(path, std::ios::binary | std::ios::trunc);
            return write("");
        }
        // What was logged must survive a full disk.
        std::ostringstream text;
        text << std::ifstream(path, std::ios::binary).rdbuf();
        if (!target->write(logUntil(text.str(), soFar)))
            return full();
        if (const Status replaced = target->commit(); !replaced)
            return replaced;
        m_stream.open(path, std::ios::binary | std::ios::app);
        return write("");
    }
    Status write(const std::string &lines)
    {
        if (m_path.empty())
            return Done{};
        m_stream << lines << std::flush;
        return m_stream.good() ? Status(Done{}) : full();
    }

private:
    [[nodiscard]] Error full() const
    {
        return {ErrorCode::Io,
                "The log " + m_path
                    + " cannot be written: the disk may be full. Make room, then go on with the "
                      "last checkpoint.",
                m_path};
    }

    std::string m_path;
    std::ofstream m_stream;
};

struct Opened
{
    DatasetIdentity identity;
    DatasetInfo info;
    std::optional<DatasetFile> file;
};

Result<Opened> openDataset(const std::string &path)
{
    Opened opened;
    Result<DatasetFile> file = DatasetFile::open(path);
    if (!file)
        return file.error();
    opened.info = file->info();
    std::array<SplitStatistics, 3> statistics;
    for (const Split split : AllSplits) {
        Result<SplitStatistics> found = file->statistics(split);
        if (!found)
            return found.error();
        statistics[static_cast<std::size_t>(split)] = std::move(*found);
    }
    opened.identity = datasetIdentity(absolutePath(path), opened.info, statistics);
    opened.file.emplace(std::move(*file));
    return opened;
}

Result<DatasetStore> loadSplits(const DatasetFile &file, const std::vector<Split> &splits,
                                TrainingPhase phase, TrainingObserver &observer)
{
    return DatasetStore::load(file, splits, [&](double share) {
        observer.phase(phase, share);
        return !observer.stopRequested();
    });
}

/// One sitting of a training, once everything is open.
class Sitting
{
public:
    Sitting(std::string target, StoredTwin twin, bool replace, TrainingObserver &observer) :
        m_target(std::move(target)), m_twin(std::move(twin)), m_replace(replace),
        m_observer(observer)
    {
    }

    Result<TrainingOutcome> run(const Opened &dataset, MlModule &ml, const std::string &logPath)
    {
        const TrainingSettings &settings = *m_twin.settings;
        const Compute compute{settings.cuda ? Compute::Device::Cuda : Compute::Device::Cpu,
                              settings.threads};
        if (!m_twin.contents.complete) {
            const Result<bool> trained = train(dataset, ml, compute, logPath);
            if (!trained)
                return trained.error();
            if (!*trained)
                return TrainingOutcome{false, std::nullopt, m_twin.contents.history, settings};
        }
        if (const Status evaluated = evaluate(dataset, ml, compute); !evaluated)
            return evaluated.error();
        return TrainingOutcome{true, m_twin.evaluation, m_twin.contents.history, settings};
    }

private:
    /// False: stopped.
    Result<bool> train(const Opened &dataset, MlModule &ml, const Compute &compute,
                       const std::string &logPath)
    {
        const TrainingSettings &settings = *m_twin.settings;
        const Result<DatasetStore> data = loadSplits(*dataset.file, {Split::Train, Split::Valid},
                                                     TrainingPhase::Loading, m_observer);
        if (!data)
            return data.error().code == ErrorCode::Cancelled ? cancelled() : data.error();
        if (const Status usable = TrainingLoop::check(m_twin.spec, settings, *data); !usable)
            return usable.error();
        const Result<std::unique_ptr<TwinTrainer>> trainer =
            ml.trainer(m_twin.spec, settings, compute);
        if (!trainer)
            return trainer.error();
        if (const std::optional<TwinResume> &resume = m_twin.contents.resume) {
            if (const Status restored = (*trainer)->restore(resume->current, resume->optimiser);
                !restored)
                return restored.error();
        }
        TrainingLoop loop(**trainer, *data, m_twin.spec, settings, m_twin.contents.history,
                          m_twin.contents.weights);
        m_logPath = usableLog(logPath);
        if (const Status written = checkpoint(loop, **trainer); !written)
            return written.error();
        if (const Status opened = m_log.open(m_logPath, loop.history()); !opened)
            return opened.error();
        if (!loop.isOver())
            m_observer.begun(settings, loop.history(), loop.iterationsInAll(), loop.inspectNext());
        while (!loop.isOver()) {
            if (m_observer.stopRequested()) {
                if (const Status written = checkpoint(loop, **trainer); !written)
                    return written.error();
                if (const Status written = m_log.write(endLine(place(loop), "stopped")); !written)
                    return written.error();
                return false;
            }
            if (std::chrono::duration<double>(Clock::now() - m_written).count()
                > CheckpointSeconds) {
                if (const Status written = checkpoint(loop, **trainer); !written)
                    return written.error();
            }
            const std::size_t epochs = loop.history().epochSeconds.size();
            const Result<TrainingLoop::Did> did = loop.advance();
            if (!did) {
                (void)m_log.write(endLine(place(loop), "failed"));
                return did.error().place == TrainingLoop::ExplosionPlace
                    ? keepBest(loop, did.error())
                    : did.error();
            }
            // Without another checkpoint: going on would leave a gap in the log.
            if (const Status logged = log(loop, *did, epochs); !logged)
                return logged.error();
            if (*did != TrainingLoop::Did::ValidationPart)
                m_observer.grown(loop.history());
            if (*did == TrainingLoop::Did::Validation && m_observer.wantsPreview()
                && !m_previewFailed) {
                if (const Status shown = showPreview(*data, **trainer, iterations(loop)); !shown) {
                    m_previewFailed = true; // training itself is well
                    m_observer.remark("There is no preview: " + shown.error().message);
                }
            }
        }
        m_twin.contents.complete = true;
        if (const Status written = checkpoint(loop, **trainer); !written)
            return written.error();
        if (const Status written = m_log.write(endLine(place(loop), "finished")); !written)
            return written.error();
        return true;
    }

    Status showPreview(const DatasetStore &data, TwinTrainer &trainer, std::int64_t iteration)
    {
        const std::size_t simulation = 0;
        TwinInputs inputs;
        fillInputs(data, Split::Valid, {{simulation, 0}}, data.durationMs(), m_twin.spec.scaling,
                   inputs);
        Result<TwinPrediction> said = trainer.predict(inputs);
        if (!said)
            return said.error();
        m_observer.preview({simulation, iteration, std::move(*said)});
        return Done{};
    }

    /// A training that goes on elsewhere does not need its old log.
    std::string usableLog(const std::string &path)
    {
        const std::string folder = fs::path(path).parent_path().string();
        std::error_code code;
        if (!m_twin.contents.resume || path.empty() || fs::is_directory(folder, code))
            return path;
        m_observer.remark("The folder of the log " + path
                          + " is not there any more, so training goes on without a log.");
        return {};
    }

    Status log(const TrainingLoop &loop, TrainingLoop::Did did, std::size_t epochsBefore)
    {
        const TrainingHistory &h = loop.history();
        std::string lines;
        if (did == TrainingLoop::Did::Step)
            lines +=
                stepLine(place(loop), h.training.row(h.iterations() - 1).losses,
                         m_twin.settings->learningRateAt(
                             place(loop).epoch,
                             static_cast<int>((h.iterations() - 1)
                                              % static_cast<std::size_t>(h.iterationsPerEpoch)),
                             h.iterationsPerEpoch),
                         h.gradNorm.back());
        if (did == TrainingLoop::Did::Validation)
            lines += validationLine(place(loop), h.validation.row(h.validations() - 1).losses);
        if (h.epochSeconds.size() > epochsBefore)
            lines += epochLine(place(loop), h.learningRate.back());
        return lines.empty() ? Status(Done{}) : m_log.write(lines);
    }

    static std::int64_t iterations(const TrainingLoop &loop)
    {
        return static_cast<std::int64_t>(loop.history().iterations());
    }
    /// Of the last iteration.
    static LogPlace place(const TrainingLoop &loop)
    {
        const std::int64_t last = std::max<std::int64_t>(iterations(loop) - 1, 0);
        return {last, static_cast<int>(last / loop.history().iterationsPerEpoch),
                loop.history().seconds};
    }

    Status checkpoint(const TrainingLoop &loop, const TwinTrainer &trainer)
    {
        m_twin.contents.weights = loop.best();
        m_twin.contents.history = loop.history();
        TwinResume resume;
        resume.logPath = m_logPath;
        resume.current = trainer.weights();
        resume.optimiser = trainer.optimiser();
        m_twin.contents.resume = std::move(resume);
        return write();
    }

    /// Weights that exploded are no place to go on from. Says what became of the best ones.
    Error keepBest(const TrainingLoop &loop, Error why)
    {
        m_twin.contents.weights = loop.best();
        m_twin.contents.history = loop.history();
        m_twin.contents.resume.reset();
        const std::optional<BestModel> &best = loop.history().best;
        const Status written = write();
        if (!written)
            why.message += " The best model could not be written: " + written.error().message;
        else if (best)
            why.message += " The best model, of iteration " + std::to_string(best->iteration)
                + ", is kept in " + m_target + ".";
        else
            why.message += " No model was validated before.";
        why.message += " Train again with a smaller learning rate.";
        return why;
    }

    Status write()
    {
        const Status written = storeTwin(m_target, m_twin, m_replace);
        if (written) {
            m_replace = true; // it is ours now
            m_written = Clock::now();
        }
        return written;
    }

    Status evaluate(const Opened &dataset, MlModule &ml, const Compute &compute)
    {
        if (dataset.info.count(Split::Test) > 0) {
            const Result<DatasetStore> data =
                loadSplits(*dataset.file, {Split::Test}, TrainingPhase::Evaluating, m_observer);
            if (!data)
                return data.error();
            const Result<std::unique_ptr<TwinPredictor>> twin =
                ml.predictor(m_twin.spec, m_twin.contents.weights, compute);
            if (!twin)
                return twin.error();
            const Result<Evaluation> evaluation =
                evaluateTwin(**twin, *data, Split::Test, [&](double share) {
                    m_observer.phase(TrainingPhase::Evaluating, share);
                    return !m_observer.stopRequested();
                });
            if (!evaluation)
                return evaluation.error();
            m_twin.evaluation = *evaluation;
            const Result<double> ms =
                predictionMs(ml, m_twin.spec, [&] { return m_observer.stopRequested(); });
            if (!ms)
                return ms.error();
            m_twin.evaluation->millisecondsPerSimulation = *ms;
        } else {
            m_observer.remark("The data set has no test simulations, so the twin is not "
                              "evaluated.");
        }
        m_twin.contents.resume.reset();
        return write();
    }

    std::string m_target;
    StoredTwin m_twin;
    bool m_replace;
    TrainingObserver &m_observer;
    Log m_log;
    std::string m_logPath;
    bool m_previewFailed = false;
    Clock::time_point m_written;
};

Result<MlModule *> openMl(TrainingObserver &observer)
{
    const Result<MlModule *> ml = loadMlModule();
    if (ml && !(*ml)->info().fastBlas)
        observer.remark("LibTorch's matrix library here is not OpenBLAS: training is many times "
                        "slower. Install libopenblas0-pthread.");
    return ml;
}

} // namespace

Result<TrainingOutcome> runTraining(const TrainingRequest &request, TrainingObserver &observer)
{
    observer.phase(TrainingPhase::Loading, 0.0);
    if (const Status valid = checkPaths(request); !valid)
        return valid.error();
    // Refused targets are found before the work, not after it.
    for (const std::string &path : {request.target, request.logPath}) {
        if (path.empty())
            continue;
        if (const Result<TargetFile> target = TargetFile::prepare(path, request.replace); !target)
            return target.error();
    }
    const Result<Opened> dataset = openDataset(request.dataset);
    if (!dataset)
        return dataset.error();
    const Result<Scaling> scaling = scalingFor(dataset->info.neuron);
    if (!scaling)
        return scaling.error();
    StoredTwin twin;
    twin.spec = request.spec;
    // Voltages are scaled as the neuron says; inputs and rates as the twin is used to.
    twin.spec.scaling = *scaling;
    twin.spec.scaling.inputScale = request.spec.scaling.inputScale;
    twin.spec.scaling.rateMultiplier = request.spec.scaling.rateMultiplier;
    if (!(request.spec.scaling == Scaling{}) && !(request.spec.scaling == twin.spec.scaling))
        observer.remark("The spec's voltage constants are replaced by those of the data set's "
                        "neuron.");
    twin.settings = request.settings;
    if (twin.settings->threads == 0)
        twin.settings->threads =
            static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
    const Result<std::vector<std::string>> notes =
        fitWindows(*twin.settings, dataset->info.durationMs);
    if (!notes)
        return notes.error();
    for (const std::string &note : *notes)
        observer.remark(note);
    for (const std::string &note :
         trainingRemarks(*twin.settings, dataset->info.count(Split::Train)))
        observer.remark(note);
    twin.contents.author = request.author;
    twin.contents.neuron = dataset->info.neuron;
    twin.contents.dataset = dataset->identity;
    const Result<MlModule *> ml = openMl(observer);
    if (!ml)
        return ml.error();
    const std::string logPath =
        request.logPath.empty() ? std::string() : absolutePath(request.logPath);
    return Sitting(request.target, std::move(twin), request.replace, observer)
        .run(*dataset, **ml, logPath);
}

Result<TrainingOutcome> resumeTraining(const ResumeRequest &request, TrainingObserver &observer)
{
    observer.phase(TrainingPhase::Loading, 0.0);
    Result<StoredTwin> twin = loadTwin(request.target);
    if (!twin)
        return twin.error();
    const TwinContents &c = twin->contents;
    if (!c.resume || !c.dataset || !twin->settings) {
        const std::string why =
            c.complete ? "is trained to the end already" : "holds nothing to go on from";
        return Error{ErrorCode::InvalidValue,
                     request.target + " " + why + ". Train a new twin instead.", request.target};
    }
    const std::string path = request.movedDataset.empty() ? c.dataset->path : request.movedDataset;
    std::error_code code;
    if (!fs::exists(path, code))
        return Error{ErrorCode::NotFound,
                     "The data set " + path
                         + " that this twin is trained on is not there. Say where it is now "
                           "(command line: --dataset).",
                     path};
    const Result<Opened> dataset = openDataset(path);
    if (!dataset)
        return dataset.error();
    if (!dataset->identity.sameData(*c.dataset))
        return Error{ErrorCode::InvalidValue,
                     path + " is not the data set that this twin is trained on.", path};
    twin->contents.dataset = dataset->identity;
    const Result<MlModule *> ml = openMl(observer);
    if (!ml)
        return ml.error();
    const std::string logPath = c.resume->logPath;
    return Sitting(request.target, std::move(*twin), true, observer).run(*dataset, **ml, logPath);
}

} // namespace dt
