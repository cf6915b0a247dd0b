// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ml/Doors.h"

#include "engine/ml/TwinNet.h"

#include <dlfcn.h>

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

private:
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
    if (compute.threads > 0) {
        torch::set_num_threads(compute.threads);
        // OpenBLAS with threads of its own does not follow LibTorch.
        using SetThreads = void (*)(int);
        static const auto setBlas
            = reinterpret_cast<SetThreads>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"));
        if (setBlas)
            setBlas(compute.threads);
    }
    return torch::Device(compute.device == Compute::Device::Cuda ? torch::kCUDA : torch::kCPU);
}

std::vector<float> floatsOf(const torch::Tensor &tensor)
{
    const Tensor flat =
        tensor.detach().to(torch::kCPU).to(torch::kFloat32).contiguous().view({-1});
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
    return torch::from_blob(const_cast<float *>(inputs.values.data()),
                            {inputs.windows, TwinSpec::InputChannels, inputs.segments,
                             inputs.lengthMs})
        .to(device);
}

Result<std::unique_ptr<TwinPredictor>> makePredictor(const TwinSpec &spec,
                                                     const std::vector<NamedTensor> &weights,
                                                     const Compute &compute)
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
    const Result<std::vector<NamedTensor>> ours = importedWeights(spec, weights);
    const auto *config = std::get_if<TransformerConfig>(&spec.network);
    if (!ours || !config)
        return ours;
    return guarded<std::vector<NamedTensor>>("Making the tables", [&] {
        std::vector<NamedTensor> list = *ours;
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

Result<std::vector<NamedTensor>> importedWeights(const TwinSpec &spec,
                                                 const std::vector<NamedTensor> &weights)
{
    std::vector<NamedTensor> list;
    for (const NamedTensor &tensor : weights) {
        if (!isRopeTable(tensor.name))
            list.push_back(tensor);
    }
    const Result<std::shared_ptr<TwinNet>> net = filledNet(spec, list);
    if (!net)
        return net.error();
    return (*net)->tensors();
}

} // namespace dt
