// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ml/TwinBench.h"

#include "engine/ml/TwinLoss.h"
#include "engine/model/TrainingSettings.h"

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
    std::sort(seconds.begin(), seconds.end());
    return seconds[seconds.size() / 2];
}

/// Sets the number of threads and puts it back.
class Threads
{
public:
    explicit Threads(int threads) : m_before(torch::get_num_threads())
    {
        if (threads > 0)
            torch::set_num_threads(threads);
    }
    ~Threads() { torch::set_num_threads(m_before); }
    Threads(const Threads &) = delete;
    Threads &operator=(const Threads &) = delete;

private:
    int m_before;
};

} // namespace

Result<TwinStepTime> benchTwinStep(const TwinSpec &spec, int threads, int repeats)
{
    const Threads set(threads);
    const Result<std::shared_ptr<TwinNet>> made = TwinNet::make(spec, 1);
    if (!made)
        return made.error();
    TwinNet &net = **made;
    net.setTraining(true);
    const TwinWindows windows = defaultWindows(spec.architecture());
    const std::int64_t batch = windows.trainBatch;
    const std::int64_t steps = windows.trainMs;
    const torch::Tensor x =
        torch::rand({batch, TwinSpec::InputChannels, spec.segments, steps}).lt(0.1) * 0.3;
    const TwinTargets targets{
        torch::rand({batch, steps}).lt(0.01).to(torch::kFloat32), torch::randn({batch, steps}),
        torch::rand({batch, steps}).lt(0.05).to(torch::kFloat32), torch::rand({batch, steps}),
        torch::randn({batch, spec.dendHeads, steps})};
    std::vector<torch::Tensor> parameters;
    for (const auto &[name, tensor] : net.parameters())
        parameters.push_back(tensor);

    TwinStepTime time;
    try {
        for (double *seconds : {&time.plainS, &time.fastS}) {
            net.setMath(seconds == &time.plainS ? plainMath() : fastMath());
            torch::optim::AdamW optimiser(parameters,
                                          torch::optim::AdamWOptions(3e-4).weight_decay(1e-3));
            Status status = Done{};
            *seconds = medianSeconds(repeats, [&] {
                optimiser.zero_grad();
                const Result<TwinOutputs> out = net.forward(x);
                const Result<TwinLosses> losses =
                    out ? twinLosses(*out, targets, TrainingSettings{}.startWeights) : out.error();
                if (!losses) {
                    status = losses.error();
                    return;
                }
                losses->total.backward();
                torch::nn::utils::clip_grad_norm_(parameters, 25.0);
                optimiser.step();
            });
            if (!status)
                return status.error();
        }
    } catch (const std::exception &e) {
        const std::string text = e.what();
        return Error{ErrorCode::Engine,
                     "The twin could not be timed: " + text.substr(0, text.find('\n')) + ".",
                     {}};
    }
    return time;
}

double benchMatmulGflops(int threads)
{
    const Threads set(threads);
    const torch::NoGradGuard noGradients;
    const torch::Tensor a = torch::rand({1024, 1024});
    const torch::Tensor b = torch::rand({1024, 1024});
    torch::Tensor c = torch::empty({1024, 1024});
    const double seconds = medianSeconds(15, [&] { torch::mm_out(c, a, b); });
    return 2.0 * 1024.0 * 1024.0 * 1024.0 / seconds * 1e-9;
}

} // namespace dt
