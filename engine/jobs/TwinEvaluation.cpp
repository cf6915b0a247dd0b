// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/TwinEvaluation.h"

#include "engine/base/Words.h"
#include "engine/jobs/TwinWindows.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

constexpr std::size_t Together = 4; ///< windows at a time: memory stays small, threads are busy

template <typename T>
std::span<const T> part(const std::vector<T> &values, std::size_t i, std::size_t size)
{
    return std::span<const T>(values).subspan(i * size, size);
}

struct Truth
{
    std::vector<float> spikes;
    std::vector<float> near;
    std::vector<float> soma;
    std::vector<float> rate;
    std::vector<float> dend;
    std::vector<std::uint8_t> spikeLabels;
    std::vector<std::uint8_t> nearLabels;

    void read(const DatasetStore &data, Split split, std::size_t i, int startMs, int lengthMs)
    {
        const auto length = static_cast<std::size_t>(lengthMs);
        for (auto *row : {&spikes, &near, &soma, &rate})
            row->resize(length);
        dend.resize(length * static_cast<std::size_t>(data.segments()));
        WindowBuffers buffers;
        buffers.spikes = spikes.data();
        buffers.nearSpikes = near.data();
        buffers.somaV = soma.data();
        buffers.instRate = rate.data();
        buffers.dendV = dend.data();
        data.window(split, i, startMs, lengthMs, buffers);
        const auto labels = [](const std::vector<float> &from, std::vector<std::uint8_t> &to) {
            to.resize(from.size());
            std::transform(from.begin(), from.end(), to.begin(),
                           [](float v) { return static_cast<std::uint8_t>(v > 0.0f); });
        };
        labels(spikes, spikeLabels);
        labels(near, nearLabels);
    }
};

} // namespace

Result<Evaluation> evaluateTwin(TwinPredictor &twin, const DatasetStore &data, Split split,
                                const ProgressFunction &progress,
                                std::optional<Evaluation> *withoutStart)
{
    const TwinSpec &spec = twin.spec();
    if (spec.segments != data.segments() || spec.dendHeads != data.segments())
        return Error{ErrorCode::InvalidValue,
                     "The twin is made for " + counted(spec.segments, "segment")
                         + ", but the data set has " + std::to_string(data.segments())
                         + ". Evaluate it on data of the neuron it was trained on.",
                     "segments"};
    const std::size_t count = data.count(split);
    Result<EvaluationPlan> plan =
        evaluationPlan(std::string(splitName(split)), count, data.segments(), data.durationMs());
    if (!plan)
        return plan.error();
    std::vector<Evaluator> evaluators{Evaluator(*plan, spec.scaling)};
    const int start = receptiveFieldMs(spec) - 1;
    if (withoutStart)
        withoutStart->reset();
    if (withoutStart && start > 0 && start < plan->windowMs) {
        EvaluationPlan later = *plan;
        later.ignoredMs = start;
        evaluators.emplace_back(later, spec.scaling);
    }
    TwinInputs inputs;
    Truth truth;
    const auto length = static_cast<std::size_t>(plan->windowMs);
    for (std::size_t first = 0; first < count; first += Together) {
        if (!progress(static_cast<double>(first) / static_cast<double>(count)))
            return Error{ErrorCode::Cancelled, "The evaluation was cancelled.", ""};
        std::vector<WindowPlace> places;
        for (std::size_t i = first; i < std::min(first + Together, count); ++i)
            places.push_back({i, plan->startMs});
        fillInputs(data, split, places, plan->windowMs, spec.scaling, inputs);
        const Result<TwinPrediction> said = twin.predict(inputs);
        if (!said)
            return said.error();
        const std::size_t lines = length * static_cast<std::size_t>(spec.dendHeads);
        for (std::size_t i = 0; i < places.size(); ++i) {
            truth.read(data, split, places[i].simulation, plan->startMs, plan->windowMs);
            const WindowOfTruth meant{data.index(split, places[i].simulation),
                                      truth.spikeLabels,
                                      truth.nearLabels,
                                      truth.soma,
                                      truth.rate,
                                      truth.dend};
            const WindowOfPrediction predicted{
                part(said->spikeProbability, i, length),
                part(said->nearSpikeProbability, i, length), part(said->somaMv, i, length),
                part(said->rate, i, length), part(said->dendMv, i, lines)};
            for (Evaluator &evaluator : evaluators) {
                if (const Status added = evaluator.add(meant, predicted); !added)
                    return added.error();
            }
        }
    }
    std::vector<Evaluation> finished;
    for (const Evaluator &evaluator : evaluators) {
        Result<Evaluation> evaluation = evaluator.finish();
        if (!evaluation)
            return evaluation;
        evaluation->parameters = parameterCount(spec).total;
        finished.push_back(std::move(*evaluation));
    }
    if (finished.size() > 1)
        *withoutStart = std::move(finished[1]);
    return std::move(finished[0]);
}

} // namespace dt
