// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ml/TwinBench.h"

#include "engine/base/Median.h"
#include "engine/base/Random.h"
#include "engine/ml/Doors.h"

#include <algorithm>
#include <chrono>

namespace dt {

namespace {

template <typename F>
double medianSeconds(int repeats, F function)
{
    std::vector<double> seconds;
    function(); // first touch
    for (int i = 0; i < std::max(1, repeats); ++i) {
        const auto from = std::chrono::steady_clock::now();
        function();
        seconds.push_back(
            std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count());
    }
    return median(std::move(seconds));
}

/// One batch of the published size; values do not matter for time.
TwinBatch randomBatch(const TwinSpec &spec)
{
    const TwinWindows windows = defaultWindows(spec.architecture());
    RandomStream random({1});
    TwinBatch batch;
    batch.inputs.resize(windows.trainBatch, spec.segments, windows.trainMs);
    const auto fill = [&](std::vector<float> &values, std::size_t count, auto draw) {
        values.resize(count);
        for (float &value : values)
            value = static_cast<float>(draw());
    };
    const std::size_t points = batch.inputs.points();
    fill(batch.inputs.values, batch.inputs.values.size(),
         [&] { return random.uniform() < 0.1 ? 0.3 : 0.0; });
    fill(batch.truth.spikes, points, [&] { return random.uniform() < 0.01 ? 1.0 : 0.0; });
    fill(batch.truth.nearSpikes, points, [&] { return random.uniform() < 0.05 ? 1.0 : 0.0; });
    fill(batch.truth.soma, points, [&] { return random.uniform(-1.0, 2.0); });
    fill(batch.truth.rate, points, [&] { return random.uniform(); });
    fill(batch.truth.dend, points * static_cast<std::size_t>(spec.dendHeads),
         [&] { return random.uniform(-1.0, 2.0); });
    return batch;
}

} // namespace

Result<TwinStepTime> benchTwinStep(const TwinSpec &spec, int threads, int repeats)
{
    const TwinBatch batch = randomBatch(spec);
    const TrainingSettings settings;
    TwinStepTime time;
    for (const bool fast : {false, true}) {
        const Result<std::unique_ptr<TwinTrainer>> trainer = makeTrainer(
            spec, settings, {Compute::Device::Cpu, threads}, fast ? fastMath() : plainMath());
        if (!trainer)
            return trainer.error();
        Status status = Done{};
        std::uint64_t number = 0;
        (fast ? time.fastS : time.plainS) = medianSeconds(repeats, [&] {
            const Result<TrainingStep> step =
                (*trainer)->step(batch, settings.startWeights, settings.learningRate, number++);
            if (!step)
                status = step.error();
        });
        if (!status)
            return status.error();
    }
    return time;
}

double benchMatmulGflops(int threads)
{
    (void)prepare({Compute::Device::Cpu, threads});
    const torch::NoGradGuard noGradients;
    const torch::Tensor a = torch::rand({1024, 1024});
    const torch::Tensor b = torch::rand({1024, 1024});
    torch::Tensor c = torch::empty({1024, 1024});
    const double seconds = medianSeconds(15, [&] { torch::mm_out(c, a, b); });
    return 2.0 * 1024.0 * 1024.0 * 1024.0 / seconds * 1e-9;
}

} // namespace dt
