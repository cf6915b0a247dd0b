// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ml/Doors.h"

#include "engine/ml/TwinLoss.h"

#include <map>

namespace dt {

namespace {

using torch::Tensor;

constexpr const char *StepsName = "steps";
constexpr const char *FirstName = "mean."; ///< before a parameter's name
constexpr const char *SecondName = "square.";

/// Adam with decoupled weight decay (Loshchilov & Hutter 2019), as LibTorch's own of the same name;
/// ours, because the state of LibTorch's has no stable way in and out.
class AdamW
{
public:
    AdamW(std::vector<std::pair<std::string, Tensor>> parameters,
          const TrainingSettings &settings) :
        m_settings(settings)
    {
        for (auto &[name, tensor] : parameters) {
            if (tensor.requires_grad())
                m_items.push_back(
                    {name, tensor, torch::zeros_like(tensor), torch::zeros_like(tensor)});
        }
    }

    void clearGradients()
    {
        for (Item &item : m_items)
            item.parameter.mutable_grad() = Tensor();
    }

    /// Global L2 norm of all gradients; with these larger than `most`, scales them down to it.
    double clip(double most)
    {
        std::vector<Tensor> norms;
        for (const Item &item : m_items) {
            if (item.parameter.grad().defined())
                norms.push_back(item.parameter.grad().norm());
        }
        if (norms.empty())
            return 0.0;
        const double norm = torch::stack(norms).norm().item<double>();
        if (norm > most) {
            for (Item &item : m_items) {
                if (item.parameter.grad().defined())
                    item.parameter.mutable_grad().mul_(most / (norm + 1e-6));
            }
        }
        return norm;
    }

    void step(double learningRate)
    {
        ++m_steps;
        const auto t = static_cast<double>(m_steps);
        const double first = 1.0 - std::pow(m_settings.beta1, t);
        const double second = std::sqrt(1.0 - std::pow(m_settings.beta2, t));
        for (Item &item : m_items) {
            const Tensor gradient = item.parameter.grad();
            if (!gradient.defined())
                continue;
            item.parameter.mul_(1.0 - learningRate * m_settings.weightDecay);
            item.mean.mul_(m_settings.beta1).add_(gradient, 1.0 - m_settings.beta1);
            item.square.mul_(m_settings.beta2).addcmul_(gradient, gradient, 1.0 - m_settings.beta2);
            item.parameter.addcdiv_(item.mean,
                                    item.square.sqrt().div_(second).add_(m_settings.epsilon),
                                    -learningRate / first);
        }
    }

    [[nodiscard]] std::vector<NamedTensor> state() const
    {
        std::vector<NamedTensor> list{{StepsName, {}, std::vector<std::int64_t>{m_steps}}};
        for (const Item &item : m_items) {
            list.push_back(plain(FirstName + item.name, item.mean));
            list.push_back(plain(SecondName + item.name, item.square));
        }
        return list;
    }

    Status restore(const std::vector<NamedTensor> &state)
    {
        std::map<std::string, const NamedTensor *> given;
        for (const NamedTensor &tensor : state)
            given[tensor.name] = &tensor;
        const auto steps = given.find(StepsName);
        if (steps == given.end() || !steps->second->integers()
            || steps->second->integers()->size() != 1 || steps->second->integers()->front() < 0)
            return misfit(StepsName);
        for (const Item &item : m_items) {
            for (const std::string &name : {FirstName + item.name, SecondName + item.name}) {
                const auto found = given.find(name);
                if (found == given.end() || !found->second->floats()
                    || found->second->shape != item.parameter.sizes().vec())
                    return misfit(name);
            }
        }
        m_steps = steps->second->integers()->front();
        for (Item &item : m_items) {
            fill(item.mean, *given.at(FirstName + item.name));
            fill(item.square, *given.at(SecondName + item.name));
        }
        return Done{};
    }

private:
    struct Item
    {
        std::string name;
        Tensor parameter;
        Tensor mean; ///< of gradients
        Tensor square; ///< mean of squared gradients
    };

    static NamedTensor plain(std::string name, const Tensor &tensor)
    {
        return {std::move(name), tensor.sizes().vec(), floatsOf(tensor)};
    }
    static void fill(Tensor &tensor, const NamedTensor &from)
    {
        tensor.copy_(torch::tensor(*from.floats()).view(tensor.sizes()));
    }
    static Error misfit(const std::string &name)
    {
        return {ErrorCode::Format,
                "The optimiser's state '" + name
                    + "' is missing or does not fit the twin, so training cannot go on.",
                name};
    }

    TrainingSettings m_settings;
    std::vector<Item> m_items;
    std::int64_t m_steps = 0;
};

Tensor rows(const std::vector<float> &values, const TwinInputs &like, torch::Device device)
{
    return torch::from_blob(const_cast<float *>(values.data()), {like.windows, like.lengthMs})
        .to(device);
}

TwinTargets targetsOf(const TwinBatch &batch, int dendHeads, torch::Device device)
{
    TwinTargets targets;
    targets.spikes = rows(batch.truth.spikes, batch.inputs, device);
    targets.soma = rows(batch.truth.soma, batch.inputs, device);
    targets.nearSpike = rows(batch.truth.nearSpikes, batch.inputs, device);
    targets.instRate = rows(batch.truth.rate, batch.inputs, device);
    targets.dendV = torch::from_blob(const_cast<float *>(batch.truth.dend.data()),
                                     {batch.inputs.windows, dendHeads, batch.inputs.lengthMs})
                        .to(device);
    return targets;
}

LossValues valuesOf(const TwinLosses &losses)
{
    LossValues values;
    for (std::size_t i = 0; i < HeadCount; ++i)
        values.heads[i] = losses.each[i].item<double>();
    values.total = losses.total.item<double>();
    return values;
}

class Trainer : public TwinTrainer
{
public:
    Trainer(std::shared_ptr<TwinNet> net, const TrainingSettings &settings, torch::Device device) :
        m_net(std::move(net)), m_settings(settings), m_device(device),
        m_optimiser(m_net->parameters(), settings)
    {
    }

    Result<TrainingStep> step(const TwinBatch &batch, const HeadValues &lossWeights,
                              double learningRate, std::uint64_t number) override
    {
        return guarded<TrainingStep>("A training step", [&]() -> Result<TrainingStep> {
            m_net->setTraining(true);
            // Streams of neighbouring seeds are independent; only equal ones are not.
            m_net->setDropoutSeed(m_settings.seed * 0x9E3779B97F4A7C15ULL + number);
            m_optimiser.clearGradients();
            const Result<TwinLosses> losses = run(batch, lossWeights);
            if (!losses)
                return losses.error();
            TrainingStep step;
            step.losses = valuesOf(*losses);
            if (!std::isfinite(step.losses.total)) {
                step.gradNorm = std::nan("");
                return step;
            }
            losses->total.backward();
            const torch::NoGradGuard noGradients;
            step.gradNorm = m_optimiser.clip(m_settings.maxGradNorm);
            step.applied = std::isfinite(step.gradNorm);
            if (step.applied)
                m_optimiser.step(learningRate);
            return step;
        });
    }

    Result<LossValues> validate(const TwinBatch &batch, const HeadValues &lossWeights) override
    {
        return guarded<LossValues>("Validating the twin", [&]() -> Result<LossValues> {
            const torch::NoGradGuard noGradients;
            m_net->setTraining(false);
            const Result<TwinLosses> losses = run(batch, lossWeights);
            if (!losses)
                return losses.error();
            return valuesOf(*losses);
        });
    }

    Result<TwinPrediction> predict(const TwinInputs &inputs) override
    {
        return guarded<TwinPrediction>("Running the twin", [&]() -> Result<TwinPrediction> {
            const torch::NoGradGuard noGradients;
            m_net->setTraining(false);
            const Result<TwinOutputs> outputs = m_net->forward(tensorOf(inputs, m_device));
            if (!outputs)
                return outputs.error();
            return physical(*outputs, m_net->spec());
        });
    }

    [[nodiscard]] std::vector<NamedTensor> weights() const override { return m_net->tensors(); }
    [[nodiscard]] std::vector<NamedTensor> optimiser() const override
    {
        return m_optimiser.state();
    }

    Status restore(const std::vector<NamedTensor> &weights,
                   const std::vector<NamedTensor> &optimiser) override
    {
        return guarded<Done>("Filling the twin", [&]() -> Status {
            const torch::NoGradGuard noGradients;
            const std::vector<NamedTensor> before = m_net->tensors();
            if (const Status filled = m_net->setArrays(weights); !filled)
                return filled;
            const Status restored = m_optimiser.restore(optimiser);
            if (!restored)
                (void)m_net->setArrays(before);
            return restored;
        });
    }

private:
    Result<TwinLosses> run(const TwinBatch &batch, const HeadValues &lossWeights)
    {
        const Result<TwinOutputs> outputs = m_net->forward(tensorOf(batch.inputs, m_device));
        if (!outputs)
            return outputs.error();
        return twinLosses(*outputs, targetsOf(batch, m_net->spec().dendHeads, m_device),
                          lossWeights);
    }

    std::shared_ptr<TwinNet> m_net;
    TrainingSettings m_settings;
    torch::Device m_device;
    AdamW m_optimiser;
};

} // namespace

Result<std::unique_ptr<TwinTrainer>> makeTrainer(const TwinSpec &spec,
                                                 const TrainingSettings &settings,
                                                 const Compute &compute, const TwinMath &math)
{
    const Result<torch::Device> device = prepare(compute);
    if (!device)
        return device.error();
    const Result<std::shared_ptr<TwinNet>> net = TwinNet::make(spec, settings.seed);
    if (!net)
        return net.error();
    (*net)->setMath(math);
    if (const Status moved = (*net)->moveTo(*device); !moved)
        return moved.error();
    return guarded<std::unique_ptr<TwinTrainer>>(
        "Building the optimiser", [&]() -> Result<std::unique_ptr<TwinTrainer>> {
            return std::unique_ptr<TwinTrainer>(new Trainer(*net, settings, *device));
        });
}

} // namespace dt
