// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ml/Doors.h"

#include "engine/ml/TwinNet.h"
#include "engine/twin/NetworkKind.h"

#include <dlfcn.h>

#include <optional>

namespace dt {

namespace {

using torch::Tensor;

constexpr const char *RopePlace = ".attn.rope.freqs_";

bool isRopeTable(const std::string &name)
{
    return name.find(RopePlace) != std::string::npos;
}

class Predictor : public TwinPredictor
{
public:
    Predictor(std::shared_ptr<TwinNet> net, torch::Device device) :
        m_net(std::move(net)), m_stream(m_net), m_device(device)
    {
    }

    [[nodiscard]] const TwinSpec &spec() const override { return m_net->spec(); }

    Result<TwinPrediction> predict(const TwinInputs &inputs) override
    {
        return physical([&] { return m_net->forward(tensorOf(inputs, m_device)); });
    }
    Result<TwinPrediction> push(const TwinInputs &piece) override
    {
        return physical([&] { return m_stream.push(tensorOf(piece, m_device)); });
    }
    void reset() override { m_stream.reset(); }

    Result<TwinPrediction> predictAfterSilence(const TwinInputs &inputs) override
    {
        return physical([&]() -> Result<TwinOutputs> {
            if (!m_silent) {
                TwinStream stream(m_net);
                const auto quiet = stream.push(torch::zeros(
                    {1, TwinSpec::InputChannels, spec().segments, settledMs()}, m_device));
                if (!quiet)
                    return quiet.error();
                m_silent = stream;
            }
            return m_silent->repeated(inputs.windows).push(tensorOf(inputs, m_device));
        });
    }

    Result<TwinAttention> attention(const TwinInputs &input, int firstMs, int queries) override
    {
        const auto *config = std::get_if<TransformerConfig>(&spec().network);
        if (!config)
            return Error{ErrorCode::InvalidValue,
                         "Only a Transformer has attention; this twin is another network.", "arch"};
        TwinAttention found{config->layers, config->heads, queries, config->windowMs, {}};
        if (input.windows != 1 || firstMs < 0 || queries < 1 || queries > MostQueries
            || firstMs + queries > input.lengthMs
            || static_cast<std::size_t>(found.layers) * static_cast<std::size_t>(found.heads)
                    * static_cast<std::size_t>(queries) * static_cast<std::size_t>(found.lags)
                > MostAttention)
            return Error{ErrorCode::InvalidValue,
                         "Attention is shown for up to " + std::to_string(MostQueries)
                             + " ms of one input at a time. Choose a shorter piece.",
                         "queries"};
        // Nothing later than the last query matters to it.
        const torch::Tensor seen =
            tensorOf(input, m_device).narrow(3, 0, firstMs + queries).contiguous();
        const Result<std::vector<Tensor>> layers = m_net->attention(seen, firstMs, queries);
        if (!layers)
            return layers.error();
        for (const Tensor &layer : *layers) {
            const std::vector<float> values = floatsOf(layer);
            found.weights.insert(found.weights.end(), values.begin(), values.end());
        }
        return found;
    }

private:
    /// After so much silence its end is all there is to see.
    [[nodiscard]] int settledMs() const { return kindOf(spec()).settledMs(spec()); }

    template <typename Run>
    Result<TwinPrediction> physical(Run run)
    {
        return guarded<TwinPrediction>("Running the twin", [&]() -> Result<TwinPrediction> {
            const torch::NoGradGuard noGradients;
            const Result<TwinOutputs> out = run();
            if (!out)
                return out.error();
            return dt::physical(*out, m_net->spec());
        });
    }

    std::shared_ptr<TwinNet> m_net;
    TwinStream m_stream;
    std::optional<TwinStream> m_silent; ///< one item, where silence leaves it
    torch::Device m_device;
};

Result<std::shared_ptr<TwinNet>> filledNet(const TwinSpec &spec,
                                           const std::vector<NamedTensor> &weights)
{
    Result<std::shared_ptr<TwinNet>> net = TwinNet::make(spec, 0);
    if (!net)
        return net;
    if (const Status filled = (*net)->setArrays(weights); !filled)
        return filled.error();
    (*net)->setMath(fastMath());
    return net;
}

} // namespace

Result<torch::Device> prepare(const Compute &compute)
{
    if (compute.device == Compute::Device::Cuda && !torch::cuda::is_available())
        return Error{ErrorCode::NotFound,
                     "There is no CUDA device here, or this LibTorch was built without CUDA. Use "
                     "the device 'cpu'.",
                     "device"};
    const torch::Device device(compute.device == Compute::Device::Cuda ? torch::kCUDA
                                                                       : torch::kCPU);
    if (compute.threads > 0) {
        torch::set_num_threads(compute.threads);
        if (compute.ownThreadsOnly)
            return device;
        // OpenBLAS with threads of its own does not follow LibTorch.
        using SetThreads = void (*)(int);
        static const auto setBlas =
            reinterpret_cast<SetThreads>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"));
        if (setBlas)
            setBlas(compute.threads);
    }
    return device;
}

std::vector<float> floatsOf(const torch::Tensor &tensor)
{
    const Tensor flat = tensor.detach().to(torch::kCPU).to(torch::kFloat32).contiguous().view({-1});
    return {flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel()};
}

TwinPrediction physical(const TwinOutputs &out, const TwinSpec &spec)
{
    const Scaling &s = spec.scaling;
    TwinPrediction p;
    p.windows = static_cast<int>(out.all.size(0));
    p.lengthMs = static_cast<int>(out.all.size(2));
    p.dendHeads = spec.dendHeads;
    p.spikeProbability = floatsOf(torch::sigmoid(out.spikes()));
    p.nearSpikeProbability = floatsOf(torch::sigmoid(out.nearSpike()));
    p.somaMv = floatsOf(out.soma());
    p.rate = floatsOf(out.instRate());
    p.dendMv = floatsOf(out.dendV());
    for (float &v : p.somaMv)
        v = s.somaMv(v);
    for (float &v : p.rate)
        v = s.rate(v);
    for (float &v : p.dendMv)
        v = s.dendMv(v);
    return p;
}

torch::Tensor tensorOf(const TwinInputs &inputs, torch::Device device)
{
    return torch::from_blob(
               const_cast<float *>(inputs.values.data()),
               {inputs.windows, TwinSpec::InputChannels, inputs.segments, inputs.lengthMs})
        .to(device);
}

Result<std::unique_ptr<TwinPredictor>>
makePredictor(const TwinSpec &spec, const std::vector<NamedTensor> &weights, const Compute &compute)
{
    const Result<torch::Device> device = prepare(compute);
    if (!device)
        return device.error();
    const Result<std::shared_ptr<TwinNet>> net = filledNet(spec, weights);
    if (!net)
        return net.error();
    if (const Status moved = (*net)->moveTo(*device); !moved)
        return moved.error();
    return std::unique_ptr<TwinPredictor>(new Predictor(*net, *device));
}

Result<std::vector<NamedTensor>> exportedWeights(const TwinSpec &spec,
                                                 const std::vector<NamedTensor> &weights)
{
    const Result<PlainWeights> ours = importedWeights(spec, weights);
    if (!ours)
        return ours.error();
    const auto *config = std::get_if<TransformerConfig>(&spec.network);
    if (!config)
        return ours->weights;
    return guarded<std::vector<NamedTensor>>("Making the tables", [&] {
        std::vector<NamedTensor> list = ours->weights;
        const RopeTable table = ropeTable(config->maxSequence, config->width / config->heads);
        for (int i = 0; i < config->layers; ++i) {
            const std::string place =
                "backbone_and_heads.backbone.block" + std::to_string(i) + RopePlace;
            list.push_back({place + "cos", table.cos.sizes().vec(), floatsOf(table.cos)});
            list.push_back({place + "sin", table.sin.sizes().vec(), floatsOf(table.sin)});
        }
        return list;
    });
}

Result<PlainWeights> importedWeights(const TwinSpec &spec, const std::vector<NamedTensor> &weights)
{
    std::vector<NamedTensor> list;
    for (const NamedTensor &tensor : weights) {
        if (!isRopeTable(tensor.name))
            list.push_back(tensor);
    }
    const Result<std::shared_ptr<TwinNet>> net = TwinNet::make(spec, 0);
    if (!net)
        return net.error();
    std::vector<std::string> expected;
    for (const NamedTensor &tensor : (*net)->tensors())
        expected.push_back(tensor.name);
    Result<PlainWeights> plain = plainWeights(std::move(list), expected);
    if (!plain)
        return plain;
    if (const Status filled = (*net)->setArrays(plain->weights); !filled)
        return filled.error();
    plain->weights = (*net)->tensors();
    return plain;
}

} // namespace dt
