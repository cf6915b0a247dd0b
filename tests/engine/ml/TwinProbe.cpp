// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/ml/TwinProbe.h"

#include "engine/ml/TwinLoss.h"
#include "engine/twin/training/TrainingSettings.h"
#include "tests/engine/ml/PlainNumbers.h"

namespace dt::test {

namespace {

class Probe : public TwinProbe
{
public:
    explicit Probe(std::shared_ptr<TwinNet> net) : m_net(std::move(net)) { }

    void setMath(ProbeMath math) override
    {
        m_net->setMath(math == ProbeMath::Fast ? fastMath() : plainMath());
    }
    void setTraining(bool on) override { m_net->setTraining(on); }
    void setDropoutSeed(std::uint64_t seed) override { m_net->setDropoutSeed(seed); }
    void toDouble() override
    {
        m_net->toDouble();
        m_type = torch::kFloat64;
    }

    [[nodiscard]] std::vector<ProbeArray> arrays() const override
    {
        std::vector<ProbeArray> list;
        for (const TwinArray &a : m_net->arrays()) {
            ProbeArray array{a.name, a.shape, {}, {}, a.isBuffer, a.trainable};
            if (const auto *integers = a.integers())
                array.integers = *integers;
            else
                array.floats.assign(a.floats()->begin(), a.floats()->end());
            list.push_back(std::move(array));
        }
        return list;
    }

    Status setArrays(const std::vector<ProbeArray> &arrays) override
    {
        std::vector<NamedTensor> list;
        for (const ProbeArray &a : arrays) {
            NamedTensor array{a.name, a.shape, {}};
            if (a.integers.empty())
                array.values = std::vector<float>(a.floats.begin(), a.floats.end());
            else
                array.values = a.integers;
            list.push_back(std::move(array));
        }
        return m_net->setArrays(list);
    }

    Result<ProbeOutputs> forward(const std::vector<double> &x, int batch) override
    {
        const torch::NoGradGuard noGradients;
        Backbone::Trace trace;
        const Result<TwinOutputs> out = m_net->forward(input(x, batch), &trace);
        if (!out)
            return out.error();
        ProbeOutputs found;
        for (std::size_t i = 0; i < HeadNames.size(); ++i)
            found["out/" + std::string(HeadNames[i])] = plain(out->head(i));
        found["act/backbone"] = plain(out->features);
        for (const auto &[name, tensor] : trace)
            found[name.starts_with("der/") ? name : "act/" + name + "_b0"] =
                plain(name.starts_with("der/") ? tensor : tensor.slice(0, 0, 1));
        return found;
    }

    Result<ProbeOutputs> streamed(const std::vector<double> &x, int batch,
                                  const std::vector<int> &pieces, std::int64_t *state) override
    {
        const torch::Tensor whole = input(x, batch);
        TwinStream stream(m_net);
        std::vector<torch::Tensor> parts;
        std::int64_t from = 0;
        for (const int length : pieces) {
            const Result<TwinOutputs> out = stream.push(whole.slice(3, from, from + length));
            if (!out)
                return out.error();
            parts.push_back(out->all);
            from += length;
        }
        if (state)
            *state = stream.stateSize();
        const TwinOutputs joined{torch::cat(parts, 2), {}};
        ProbeOutputs found;
        for (std::size_t i = 0; i < HeadNames.size(); ++i)
            found["out/" + std::string(HeadNames[i])] = plain(joined.head(i));
        return found;
    }

    Result<ProbeGradients>
    gradients(const std::vector<double> &x, int batch,
              const std::map<std::string, std::vector<double>> &targets) override
    {
        const torch::Tensor in = input(x, batch).requires_grad_();
        for (const auto &[name, tensor] : m_net->parameters())
            tensor.mutable_grad() = torch::Tensor();
        const Result<TwinOutputs> out = m_net->forward(in);
        if (!out)
            return out.error();
        const auto target = [&](std::size_t i, std::vector<std::int64_t> shape) {
            const auto it = targets.find(std::string(HeadNames[i]));
            return it == targets.end()
                ? torch::Tensor()
                : torch::tensor(it->second, torch::kFloat64).to(m_type).view(shape);
        };
        const std::int64_t t = in.size(3);
        const Result<TwinLosses> losses =
            twinLosses(*out,
                       {target(0, {batch, t}), target(1, {batch, t}), target(2, {batch, t}),
                        target(3, {batch, t}), target(4, {batch, m_net->spec().dendHeads, t})},
                       TrainingSettings{}.startWeights);
        if (!losses)
            return losses.error();
        losses->total.backward();
        ProbeGradients found;
        for (std::size_t i = 0; i < HeadNames.size(); ++i)
            found.losses[std::string(HeadNames[i])] = losses->each[i].item<double>();
        found.losses["total"] = losses->total.item<double>();
        for (const auto &[name, tensor] : m_net->parameters()) {
            if (tensor.grad().defined())
                found.gradients[name] = plain(tensor.grad());
        }
        found.inputGradient = plain(in.grad());
        return found;
    }

    Result<std::vector<double>> inputGradientOf(const std::vector<double> &x, int batch,
                                                int t) override
    {
        const torch::Tensor in = input(x, batch).requires_grad_();
        const Result<TwinOutputs> out = m_net->forward(in);
        if (!out)
            return out.error();
        out->all.select(2, t).sum().backward();
        return plain(in.grad());
    }

private:
    torch::Tensor input(const std::vector<double> &x, int batch) const
    {
        return torch::tensor(x, torch::kFloat64)
            .to(m_type)
            .view({batch, TwinSpec::InputChannels, m_net->spec().segments, -1});
    }

    std::shared_ptr<TwinNet> m_net;
    torch::ScalarType m_type = torch::kFloat32;
};

} // namespace

Result<std::shared_ptr<TwinProbe>> TwinProbe::make(const TwinSpec &spec, std::uint64_t seed)
{
    const Result<std::shared_ptr<TwinNet>> net = TwinNet::make(spec, seed);
    if (!net)
        return net.error();
    return std::shared_ptr<TwinProbe>(std::make_shared<Probe>(*net));
}

void setThreads(int threads)
{
    torch::set_num_threads(threads);
}

ProbeRope rope(int positions, int headWidth)
{
    const RopeTable table = ropeTable(positions, headWidth);
    return {plain(table.cos), plain(table.sin)};
}

} // namespace dt::test
