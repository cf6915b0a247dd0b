// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ml/TwinNet.h"

#include "engine/ml/Doors.h"

#include <map>

namespace dt {

namespace {

using torch::Tensor;

/// Only a place for names.
class Place : public torch::nn::Module
{
};

std::string shapeText(const std::vector<std::int64_t> &shape)
{
    std::string text = "(";
    for (const std::int64_t n : shape)
        text += (text.size() > 1 ? ", " : "") + std::to_string(n);
    return text + ")";
}

Error arrayError(const std::string &name, const std::string &what)
{
    return {ErrorCode::Format, "The weights of '" + name + "' " + what + ".", name};
}

TwinArray arrayOf(const std::string &name, const Tensor &tensor, bool isBuffer)
{
    TwinArray array;
    array.name = name;
    array.shape = tensor.sizes().vec();
    array.isBuffer = isBuffer;
    array.trainable = !isBuffer && tensor.requires_grad();
    if (tensor.scalar_type() == torch::kLong) {
        const Tensor flat = tensor.to(torch::kCPU).contiguous().view({-1});
        array.values = std::vector<std::int64_t>(flat.data_ptr<std::int64_t>(),
                                                 flat.data_ptr<std::int64_t>() + flat.numel());
    } else {
        array.values = floatsOf(tensor);
    }
    return array;
}

Status checkArray(const NamedTensor &array, const Tensor &tensor)
{
    // A counter may come as a scalar or as an array of one.
    const bool sameShape = array.shape == tensor.sizes().vec()
        || (tensor.numel() == 1 && tensor.dim() == 0
            && array.shape == std::vector<std::int64_t>{1});
    if (!sameShape)
        return arrayError(array.name,
                          "have the shape " + shapeText(array.shape) + ", not "
                              + shapeText(tensor.sizes().vec()) + " as the twin's settings say");
    const bool counter = tensor.scalar_type() == torch::kLong;
    if (array.size() != static_cast<std::size_t>(tensor.numel())
        || (array.integers() != nullptr) != counter)
        return arrayError(array.name, "are not complete");
    if (counter)
        return Done{};
    // Time constants at an end of their range have an infinite logit in the reference's files.
    const bool logits = array.name.ends_with("_proto_tau_m");
    for (const float value : *array.floats()) {
        if (!std::isfinite(value) && !(logits && std::isinf(value)))
            return arrayError(array.name,
                              "hold a number that is not finite: their training diverged, or the "
                              "file is damaged");
    }
    return Done{};
}

} // namespace

torch::Tensor TwinOutputs::head(std::size_t i) const
{
    const auto from = static_cast<std::int64_t>(i);
    return (i < 4 ? all.slice(1, from, from + 1) : all.slice(1, 4)).unsqueeze(2);
}

TwinNet::TwinNet(const TwinSpec &spec, std::uint64_t seed) :
    m_spec(spec), m_context(std::make_shared<TwinContext>()), m_root(std::make_shared<Place>())
{
    m_context->dropoutGenerator = at::make_generator<at::CPUGeneratorImpl>(seed);
    Initialiser initialiser(seed);
    const auto place = m_root->register_module("backbone_and_heads", std::make_shared<Place>());
    const auto make = [&](const auto &config) {
        return makeBackbone(config, spec.segments, m_context, initialiser);
    };
    m_backbone = place->register_module("backbone", std::visit(make, spec.network));
    for (std::size_t i = 0; i < HeadNames.size(); ++i) {
        const std::string name(HeadNames[i]);
        m_heads[i] = place->register_module(
            name + "_head",
            std::make_shared<CausalConv>(m_context, backboneWidth(spec), i < 4 ? 1 : spec.dendHeads,
                                         1, 1, 1, initialiser));
        if (name.find("spike") != std::string::npos) { // both: spikes are rare
            const torch::NoGradGuard noGradients;
            m_heads[i]->parametersOf().bias.fill_(-2.0);
        }
    }
    m_root->eval();
}

Result<std::shared_ptr<TwinNet>> TwinNet::make(const TwinSpec &spec, std::uint64_t seed)
{
    if (const Status valid = validateTwin(spec); !valid)
        return valid.error();
    return guarded<std::shared_ptr<TwinNet>>(
        "Building the twin", [&] { return std::shared_ptr<TwinNet>(new TwinNet(spec, seed)); });
}

Status TwinNet::checkInput(const torch::Tensor &x) const
{
    if (x.dim() != 4 || x.size(0) < 1 || x.size(1) != TwinSpec::InputChannels
        || x.size(2) != m_spec.segments || x.size(3) < 1)
        return Error{ErrorCode::InvalidValue,
                     "The twin takes inputs of 2 channels and " + std::to_string(m_spec.segments)
                         + " segments, but got the shape " + shapeText(x.sizes().vec())
                         + " instead of (batch, 2, " + std::to_string(m_spec.segments) + ", time).",
                     "input"};
    const auto *elm = std::get_if<ElmConfig>(&m_spec.network);
    if (elm && elm->preNorm == NormType::Batch && m_root->is_training() && x.size(0) < 2)
        return Error{ErrorCode::InvalidValue,
                     "An ELM with BatchNorm cannot be trained with a batch of one: its statistics "
                     "are those of the batch at each ms. Use a larger batch or another norm.",
                     "batch"};
    return Done{};
}

TwinOutputs TwinNet::run(const torch::Tensor &x, StreamState *stream, Backbone::Trace *trace)
{
    const Tensor features = m_backbone->forward(x, stream, trace);
    // One matrix for all five.
    std::vector<Tensor> weights;
    std::vector<Tensor> biases;
    for (const auto &head : m_heads) {
        weights.push_back(head->parametersOf().weight.flatten(1));
        biases.push_back(head->parametersOf().bias);
    }
    return {m_context->math->causalConv(features, torch::cat(weights).unsqueeze(2),
                                        torch::cat(biases), 1),
            features};
}

Result<TwinOutputs> TwinNet::forward(const torch::Tensor &x, Backbone::Trace *trace)
{
    if (const Status right = checkInput(x); !right)
        return right.error();
    return guarded<TwinOutputs>("Running the twin", [&] { return run(x, nullptr, trace); });
}

Result<std::vector<torch::Tensor>> TwinNet::attention(const torch::Tensor &x, std::int64_t first,
                                                      std::int64_t count)
{
    if (const Status right = checkInput(x); !right)
        return right.error();
    AttentionCapture capture{first, count, {}};
    m_context->capture = &capture;
    const Status ran = guarded<Done>("Reading the twin's attention", [&] {
        const torch::NoGradGuard noGradients;
        run(x, nullptr, nullptr);
        return Done{};
    });
    m_context->capture = nullptr;
    if (!ran)
        return ran.error();
    return std::move(capture.layers);
}

void TwinNet::setTraining(bool on)
{
    m_root->train(on);
}

void TwinNet::setDropoutSeed(std::uint64_t seed)
{
    m_context->dropoutGenerator.set_current_seed(seed);
}

Status TwinNet::moveTo(torch::Device device)
{
    return guarded<Done>("Moving the twin to its device", [&] {
        m_root->to(device);
        return Done{};
    });
}

void TwinNet::toDouble()
{
    m_root->to(torch::kFloat64);
}

std::vector<std::pair<std::string, torch::Tensor>> TwinNet::parameters() const
{
    std::vector<std::pair<std::string, Tensor>> list;
    for (const auto &item : m_root->named_parameters())
        list.emplace_back(item.key(), item.value());
    return list;
}

std::vector<std::pair<std::string, torch::Tensor>> TwinNet::buffers() const
{
    std::vector<std::pair<std::string, Tensor>> list;
    for (const auto &item : m_root->named_buffers())
        list.emplace_back(item.key(), item.value());
    return list;
}

std::vector<TwinArray> TwinNet::arrays() const
{
    std::vector<TwinArray> list;
    for (const auto &[name, tensor] : parameters())
        list.push_back(arrayOf(name, tensor, false));
    for (const auto &[name, tensor] : buffers())
        list.push_back(arrayOf(name, tensor, true));
    return list;
}

std::vector<NamedTensor> TwinNet::tensors() const
{
    const std::vector<TwinArray> list = arrays();
    return {list.begin(), list.end()};
}

Status TwinNet::setArrays(const std::vector<NamedTensor> &arrays)
{
    std::map<std::string, Tensor> tensors;
    for (const auto &[name, tensor] : parameters())
        tensors.emplace(name, tensor);
    for (const auto &[name, tensor] : buffers())
        tensors.emplace(name, tensor);
    std::map<std::string, const NamedTensor *> given;
    for (const NamedTensor &array : arrays) {
        const auto it = tensors.find(array.name);
        if (it == tensors.end())
            return arrayError(array.name, "do not belong to a twin of these settings");
        if (!given.emplace(array.name, &array).second)
            return arrayError(array.name, "are given twice");
        if (const Status right = checkArray(array, it->second); !right)
            return right;
    }
    for (const auto &[name, tensor] : tensors) {
        if (!given.count(name))
            return arrayError(name, "are missing");
    }
    return guarded<Done>("Filling the twin", [&] {
        const torch::NoGradGuard noGradients;
        for (const auto &[name, array] : given) {
            Tensor tensor = tensors.at(name);
            if (tensor.scalar_type() == torch::kLong)
                tensor.copy_(torch::tensor(*array->integers(), torch::kLong).view(tensor.sizes()));
            else
                tensor.copy_(torch::tensor(*array->floats()).view(tensor.sizes()));
        }
        return Done{};
    });
}

Result<TwinOutputs> TwinStream::push(const torch::Tensor &x)
{
    if (const Status right = m_net->checkInput(x); !right)
        return right.error();
    return guarded<TwinOutputs>("Running the twin", [&] {
        const torch::NoGradGuard noGradients;
        const bool wasTraining = m_net->m_root->is_training();
        m_net->setTraining(false);
        m_state.rewind();
        const TwinOutputs outputs = m_net->run(x, &m_state, nullptr);
        m_net->setTraining(wasTraining);
        return outputs;
    });
}

} // namespace dt
