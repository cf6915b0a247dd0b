// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/TwinTiming.h"

#include "engine/base/Median.h"
#include "engine/base/Random.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <thread>
#include <vector>

namespace dt {

namespace {

/// Repetitions agree when the middle half of them lies within this share of their median.
constexpr double Agreement = 0.05;
constexpr std::size_t LeastRepeats = 7;
constexpr std::size_t MostRepeats = 41;
constexpr double MostSeconds = 4.0; ///< then what there is must do
constexpr std::size_t StepRepeats = 5;
constexpr double StepSeconds = 1.0; ///< then two must do

Error measuringCancelled()
{
    return {ErrorCode::Cancelled, "Measuring was cancelled.", ""};
}

/// Time that the calling thread has spent in computing [s]. With one thread this is what the work
/// would have taken on an idle core.
double processorSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1.0e-9 * static_cast<double>(now.tv_nsec);
}

double wallSeconds()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

bool agree(std::vector<double> seconds)
{
    std::sort(seconds.begin(), seconds.end());
    const std::size_t n = seconds.size();
    return seconds[n - 1 - n / 4] - seconds[n / 4] <= Agreement * seconds[n / 2];
}

void fillSparsely(std::vector<float> &values, RandomStream &random)
{
    for (float &value : values)
        value = random.uniform() < 0.05 ? static_cast<float>(random.uniform()) : 0.0f;
}

TwinBatch timedBatch(const TwinSpec &spec, const TrainingSettings &settings)
{
    RandomStream random({1});
    TwinBatch batch;
    batch.inputs.resize(settings.trainBatch, spec.segments, settings.trainWindowMs);
    fillSparsely(batch.inputs.values, random);
    const std::size_t points = batch.inputs.points();
    for (auto *row :
         {&batch.truth.spikes, &batch.truth.soma, &batch.truth.nearSpikes, &batch.truth.rate})
        row->assign(points, 0.0f);
    batch.truth.dend.assign(points * static_cast<std::size_t>(spec.dendHeads), 0.0f);
    return batch;
}

/// Gives all cores back to OpenBLAS.
class OneCore
{
public:
    explicit OneCore(const MlModule &ml) : m_ml(ml) { m_ml.useThreads(1); }
    ~OneCore()
    {
        m_ml.useThreads(static_cast<int>(std::max(1u, std::thread::hardware_concurrency())));
    }
    OneCore(const OneCore &) = delete;
    OneCore &operator=(const OneCore &) = delete;

private:
    const MlModule &m_ml;
};

} // namespace

TwinInputs timedInputs(const TwinSpec &spec)
{
    TwinInputs inputs;
    inputs.resize(1, spec.segments, TimedMs);
    RandomStream random({1});
    fillSparsely(inputs.values, random);
    return inputs;
}

Result<double> predictionMs(const MlModule &ml, const TwinSpec &spec,
                            const std::function<bool()> &stopped)
{
    const OneCore alone(ml);
    const Compute compute{Compute::Device::Cpu, 1};
    std::vector<NamedTensor> weights;
    {
        const Result<std::unique_ptr<TwinTrainer>> fresh = ml.trainer(spec, {}, compute);
        if (!fresh)
            return fresh.error();
        weights = (*fresh)->weights();
    }
    const Result<std::unique_ptr<TwinPredictor>> twin = ml.predictor(spec, weights, compute);
    if (!twin)
        return twin.error();
    const TwinInputs inputs = timedInputs(spec);
    std::vector<double> seconds;
    const double until = processorSeconds() + MostSeconds;
    for (std::size_t run = 0;; ++run) {
        if (stopped && stopped())
            return measuringCancelled();
        const double begun = processorSeconds();
        if (const Result<TwinPrediction> said = (*twin)->predict(inputs); !said)
            return said.error();
        const double ended = processorSeconds();
        if (run == 0)
            continue; // touches memory for the first time
        seconds.push_back(ended - begun);
        const bool enough = seconds.size() >= LeastRepeats && agree(seconds);
        if (enough || seconds.size() >= MostRepeats || (ended > until && seconds.size() >= 3))
            return 1000.0 * median(seconds);
    }
}

Result<double> trainingSpeed(const MlModule &ml, const TwinSpec &spec, const TrainingSize &size,
                             const Compute &compute, const std::function<bool()> &stopped)
{
    // Without a limit to speed, a recipe keeps the windows that it begins with.
    TrainingSettings settings = recipeSettings(TrainingRecipe::TwoMinutes, spec, size, 1.0e12);
    if (const auto fitted = fitWindows(settings, size.durationMs); !fitted)
        return fitted.error();
    const Result<std::unique_ptr<TwinTrainer>> trainer = ml.trainer(spec, settings, compute);
    if (!trainer)
        return trainer.error();
    const TwinBatch batch = timedBatch(spec, settings);
    std::vector<double> seconds;
    const double until = wallSeconds() + StepSeconds;
    for (std::uint64_t number = 0;; ++number) {
        if (stopped && stopped())
            return measuringCancelled();
        const double begun = wallSeconds();
        const Result<TrainingStep> step =
            (*trainer)->step(batch, settings.startWeights, settings.learningRate, number);
        if (!step)
            return step.error();
        const double ended = wallSeconds();
        if (number == 0)
            continue;
        seconds.push_back(ended - begun);
        if (seconds.size() >= StepRepeats || (ended > until && seconds.size() >= 2))
            return stepGigaOperations(spec, settings) / std::max(median(seconds), 1.0e-6);
    }
}

} // namespace dt
