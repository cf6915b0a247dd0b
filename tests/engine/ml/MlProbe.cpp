// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/ml/MlProbe.h"

#include "engine/ml/Activation.h"
#include "engine/ml/Norm.h"
#include "tests/engine/ml/PlainNumbers.h"

namespace dt::test {

namespace {

torch::Tensor tensor(const std::vector<double> &values, const std::vector<long> &shape)
{
    return torch::tensor(values, torch::kFloat64).to(torch::kFloat32).view(shape);
}

} // namespace

Result<std::vector<double>> activation(const std::string &name, double slope,
                                       const std::vector<double> &x)
{
    const Result<Activation> function = Activation::fromName(name, slope);
    if (!function)
        return function.error();
    return plain((*function)(tensor(x, {static_cast<long>(x.size())})));
}

Result<double> crossing(const std::string &name, double slope)
{
    const Result<Activation> function = Activation::fromName(name, slope);
    if (!function)
        return function.error();
    return function->crossing();
}

std::vector<double> normalised(NormKind kind, const std::vector<double> &x,
                               const std::vector<long> &shape, const std::vector<double> &weight,
                               const std::vector<double> &bias)
{
    const torch::Tensor input = tensor(x, shape);
    const torch::Tensor w = tensor(weight, {static_cast<long>(weight.size())});
    const torch::Tensor b = tensor(bias, {static_cast<long>(bias.size())});
    switch (kind) {
    case NormKind::ChannelRms:
        return plain(channelRmsNorm(input, w));
    case NormKind::ChannelLayer:
        return plain(channelLayerNorm(input, w, b));
    case NormKind::LastRms:
        return plain(lastRmsNorm(input, w));
    case NormKind::LastLayer:
        return plain(lastLayerNorm(input, w, b));
    }
    return {};
}

Result<std::string> normType(const std::string &name)
{
    const Result<NormType> type = normTypeFromName(name);
    if (!type)
        return type.error();
    switch (*type) {
    case NormType::None:
        return std::string("None");
    case NormType::Rms:
        return std::string("Rms");
    case NormType::Layer:
        return std::string("Layer");
    case NormType::Batch:
        return std::string("Batch");
    }
    return std::string();
}

} // namespace dt::test
