// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ml/Activation.h"

#include <cmath>

namespace dt {

namespace {

using Kind = ActivationKind;

/// The one-sided function that a two-sided one is made of, or the function itself.
torch::Tensor oneSided(Kind kind, double a, const torch::Tensor &x)
{
    switch (kind) {
    case Kind::Identity:
        return x;
    case Kind::Relu:
        return torch::relu(x);
    case Kind::Gelu:
        return torch::gelu(x);
    case Kind::Silu:
        return torch::silu(x);
    case Kind::Tanh:
        return torch::tanh(x);
    case Kind::Sigmoid:
        return torch::sigmoid(x);
    case Kind::LeakyRelu:
    case Kind::TwoSidedLeakyRelu:
        return torch::leaky_relu(x, a);
    case Kind::LeakyGelu:
    case Kind::TwoSidedLeakyGelu:
        return 0.5 * torch::gelu(x) + 0.5 * torch::leaky_relu(x, 2.0 * a);
    case Kind::LeakySilu:
    case Kind::TwoSidedLeakySilu:
        return 0.5 * torch::silu(x) + 0.5 * torch::leaky_relu(x, 2.0 * a);
    case Kind::LeakyTanh:
        return a * x + (1.0 - a) * torch::tanh(x);
    case Kind::LeakySigmoid:
        return a * x + (1.0 - a) * (2.0 * torch::sigmoid(x) - 1.0);
    }
    return x;
}

bool isTwoSided(Kind kind)
{
    return kind == Kind::TwoSidedLeakyRelu || kind == Kind::TwoSidedLeakyGelu
        || kind == Kind::TwoSidedLeakySilu;
}

/// Where L(x) = f(x+1) - 1 and R(x) = 1 - f(1-x) come closest on the reference's grid. The gap is
/// even in x, so rounding would decide the sign: the negative one is meant.
double crossingOf(Kind kind, double a)
{
    const torch::Tensor x = torch::linspace(-4.5, 4.5, 1000, torch::kFloat64);
    const torch::Tensor gap =
        (oneSided(kind, a, x + 1.0) - 1.0 - (1.0 - oneSided(kind, a, 1.0 - x))).abs();
    return -std::abs(x[gap.argmin()].item<double>());
}

} // namespace

Activation::Activation(Kind kind, double slope) : m_kind(kind), m_slope(slope)
{
    if (isTwoSided(kind))
        m_crossing = crossingOf(kind, slope);
}

torch::Tensor Activation::operator()(const torch::Tensor &x) const
{
    if (!isTwoSided(m_kind))
        return oneSided(m_kind, m_slope, x);
    const torch::Tensor left = oneSided(m_kind, m_slope, x + 1.0) - 1.0;
    const torch::Tensor right = 1.0 - oneSided(m_kind, m_slope, 1.0 - x);
    const torch::Tensor middle = 0.5 * (left + right);
    return torch::where(x < m_crossing, left, torch::where(x < -m_crossing, middle, right));
}

Result<Activation> Activation::fromName(const std::string &name, double slope)
{
    const Result<ActivationKind> kind = activationKindFromName(name);
    if (!kind)
        return kind.error();
    return Activation(*kind, slope);
}

} // namespace dt
