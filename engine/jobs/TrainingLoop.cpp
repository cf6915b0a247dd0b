// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/TrainingLoop.h"

#include "engine/base/Words.h"
#include "engine/twin/training/TrainingWindows.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>
#include <utility>

namespace dt {

namespace {

/// A loss this many times the first one, and above that, has exploded.
constexpr double ExplosionFactor = 100.0;
constexpr double ExplosionLeast = 1000.0;

bool hasSpike(const DatasetStore &data, Split split)
{
    std::vector<float> spikes(static_cast<std::size_t>(data.durationMs()));
    WindowBuffers buffers;
    buffers.spikes = spikes.data();
    for (std::size_t i = 0; i < data.count(split); ++i) {
        data.window(split, i, 0, data.durationMs(), buffers);
        if (std::any_of(spikes.begin(), spikes.end(), [](float s) { return s > 0.0f; }))
            return true;
    }
    return false;
}

Status checkSplit(const DatasetStore &data, Split split, const char *purpose)
{
    const std::string name(splitName(split));
    if (data.count(split) == 0)
        return Error{ErrorCode::InvalidValue,
                     "The split '" + name + "' of the data set is empty, so there is nothing to "
                         + purpose + ". Build a data set with simulations in train and valid.",
                     name};
    if (!hasSpike(data, split))
        return Error{ErrorCode::InvalidValue,
                     "There is no spike in the split '" + name
                         + "' of the data set, so there is nothing to " + purpose
                         + ". Build a data set with more simulations or stronger inputs.",
                     name};
    return Done{};
}

void addWeighted(LossValues &sum, const LossValues &losses, double weight)
{
    for (std::size_t h = 0; h < HeadCount; ++h)
        sum.heads[h] += losses.heads[h] * weight;
    sum.total += losses.total * weight;
}

} // namespace

Status TrainingLoop::check(const TwinSpec &spec, const TrainingSettings &settings,
                           const DatasetStore &data)
{
    if (const Status valid = validateTraining(settings); !valid)
        return valid;
    if (const Status valid = validateTwin(spec); !valid)
        return valid;
    if (data.segments() != spec.segments || data.segments() != spec.dendHeads)
        return Error{ErrorCode::InvalidValue,
                     "The twin is made for " + counted(spec.segments, "segment") + " and predicts "
                         + counted(spec.dendHeads, "dendritic voltage") + ", but the data set has "
                         + counted(data.segments(), "segment")
                         + ". Use a data set of the same neuron or another twin.",
                     "segments"};
    if (const auto *elm = std::get_if<ElmConfig>(&spec.network); elm
        && elm->preNorm == NormType::Batch
        && (settings.trainBatch == 1
            || data.count(Split::Train) % static_cast<std::size_t>(settings.trainBatch) == 1))
        return Error{ErrorCode::InvalidValue,
                     "An ELM with BatchNorm needs at least two simulations in every batch, but the "
                     "last of "
                         + counted(static_cast<long long>(data.count(Split::Train)), "simulation")
                         + " in batches of " + std::to_string(settings.trainBatch)
                         + " would be alone. Use another batch size or norm.",
                     "batch"};
    if (const Status fits = checkWindows(settings, data.durationMs()); !fits)
        return fits;
    if (const Status train = checkSplit(data, Split::Train, "train on"); !train)
        return train;
    return checkSplit(data, Split::Valid, "choose the best model by");
}

TrainingLoop::TrainingLoop(TwinTrainer &trainer, const DatasetStore &data, const TwinSpec &spec,
                           const TrainingSettings &settings, TrainingHistory history,
                           std::vector<NamedTensor> best) :
    m_trainer(trainer),
    m_data(data), m_spec(spec), m_settings(settings), m_history(std::move(history)),
    m_best(std::move(best))
{
    m_history.iterationsPerEpoch = m_settings.iterationsPerEpoch(m_data.count(Split::Train));
    if (m_best.empty())
        m_best = m_trainer.weights();
}

std::int64_t TrainingLoop::iterationsInAll() const
{
    return static_cast<std::int64_t>(m_settings.epochs) * m_history.iterationsPerEpoch;
}

int TrainingLoop::epoch() const
{
    return static_cast<int>(done() / m_history.iterationsPerEpoch);
}

bool TrainingLoop::isOver() const
{
    return done() >= iterationsInAll() && !validationIsDue();
}

bool TrainingLoop::validationIsDue() const
{
    const std::int64_t interval = m_settings.validationInterval(m_history.iterationsPerEpoch);
    return done() > 0 && done() % interval == 0
        && (m_history.validationIteration.empty()
            || m_history.validationIteration.back() != done() - 1);
}

Result<TrainingLoop::Did> TrainingLoop::advance()
{
    if (isOver())
        return Did::Nothing;
    const auto begun = std::chrono::steady_clock::now();
    const Result<Did> did = validationIsDue() ? validatePart() : step();
    m_history.seconds +=
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    if (did && !validationIsDue() && done() % m_history.iterationsPerEpoch == 0)
        finishEpoch();
    return did;
}

/// Also right after an interruption: what of the total no finished epoch took, this one did.
void TrainingLoop::finishEpoch()
{
    std::vector<double> &ended = m_history.epochSeconds;
    if (ended.size() < m_history.learningRate.size())
        ended.push_back(m_history.seconds - std::accumulate(ended.begin(), ended.end(), 0.0));
}

BatchInspection TrainingLoop::inspectNext()
{
    fillNext();
    return inspect(m_batch, m_spec.scaling);
}

void TrainingLoop::fillNext()
{
    const int epochNow = epoch();
    const std::size_t count = m_data.count(Split::Train);
    if (m_orderEpoch != epochNow) {
        m_order = epochOrder(m_settings.seed, epochNow, static_cast<std::uint32_t>(count));
        m_orderEpoch = epochNow;
    }
    const auto size = static_cast<std::size_t>(m_settings.trainBatch);
    const auto step =
        static_cast<std::size_t>(done() - std::int64_t{epochNow} * m_history.iterationsPerEpoch);
    std::vector<WindowPlace> places;
    for (std::size_t i = step * size; i < std::min((step + 1) * size, count); ++i)
        places.push_back(
            {m_order[i],
             trainingWindowStart(m_settings.seed, epochNow, m_order[i], m_data.durationMs(),
                                 m_settings.trainWindowMs, m_settings.marginMs)});
    fillBatch(m_data, Split::Train, places, m_settings.trainWindowMs, m_spec.scaling, m_batch);
}

Result<TrainingLoop::Did> TrainingLoop::step()
{
    const int epochNow = epoch();
    const int perEpoch = m_history.iterationsPerEpoch;
    const auto stepInEpoch = static_cast<int>(done() - std::int64_t{epochNow} * perEpoch);
    fillNext();
    const HeadValues weights = m_settings.lossWeights(epochNow);
    const double rate = m_settings.learningRateAt(epochNow, stepInEpoch, perEpoch);
    const Result<TrainingStep> step =
        m_trainer.step(m_batch, weights, rate, static_cast<std::uint64_t>(done()));
    if (!step)
        return step.error();
    const double total = step->losses.total;
    const double limit = m_history.iterations() > 0
        ? std::max(ExplosionLeast, ExplosionFactor * m_history.training.total.front())
        : std::numeric_limits<double>::infinity();
    if (!step->applied || total > limit)
        return Error{ErrorCode::Engine,
                     "Training stopped at iteration " + std::to_string(done())
                         + " because the losses "
                         + (step->applied ? "exploded." : "are no numbers."),
                     ExplosionPlace};
    if (stepInEpoch == 0)
        m_history.learningRate.push_back(rate);
    m_history.addIteration({step->losses, weights}, step->gradNorm);
    m_validated = 0;
    m_validation = {};
    return Did::Step;
}

Result<TrainingLoop::Did> TrainingLoop::validatePart()
{
    const std::size_t count = m_data.count(Split::Valid);
    const std::size_t end =
        std::min(m_validated + static_cast<std::size_t>(m_settings.validBatch), count);
    std::vector<WindowPlace> places;
    for (std::size_t i = m_validated; i < end; ++i)
        places.push_back({i,
                          m_settings.randomValidationWindows ? validationWindowStart(
                              m_settings.seed, static_cast<int>(m_history.validations()),
                              static_cast<std::uint32_t>(i), m_data.durationMs(),
                              m_settings.validWindowMs, m_settings.marginMs)
                                                             : m_settings.marginMs});
    fillBatch(m_data, Split::Valid, places, m_settings.validWindowMs, m_spec.scaling, m_batch);
    const HeadValues weights =
        m_settings.lossWeights(static_cast<int>((done() - 1) / m_history.iterationsPerEpoch));
    const Result<LossValues> losses = m_trainer.validate(m_batch, weights);
    if (!losses)
        return losses.error();
    // Every simulation counts the same, in a short last batch too.
    addWeighted(m_validation, *losses,
                static_cast<double>(places.size()) / static_cast<double>(count));
    m_validated = end;
    if (m_validated < count)
        return Did::ValidationPart;
    if (m_history.addValidation({m_validation, weights}, m_settings))
        m_best = m_trainer.weights();
    return Did::Validation;
}

} // namespace dt
