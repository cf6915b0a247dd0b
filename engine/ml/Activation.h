// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Result.h"

#include <torch/torch.h>

#include <string>

namespace dt {

/// Element-wise non-linearities of the twins, as the reference tutorial has them. No parameters; a
/// is the slope. gelu is the exact erf form.
class Activation
{
public:
    enum class Kind {
        Identity,
        Relu,
        Gelu,
        Silu,
        Tanh,
        Sigmoid,
        LeakyRelu, ///< x > 0 ? x : a x
        LeakyGelu, ///< half gelu, half leaky relu of slope 2a
        LeakySilu, ///< half silu, half leaky relu of slope 2a
        LeakyTanh, ///< a x + (1 - a) tanh x
        LeakySigmoid, ///< a x + (1 - a)(2 sigmoid(x) - 1)
        TwoSidedLeakyRelu,
        TwoSidedLeakyGelu,
        TwoSidedLeakySilu,
    };

    /// Accepts every name and alias of the reference, ignoring case; unknown names are refused.
    static Result<Activation> fromName(const std::string &name, double slope);

    Activation(Kind kind, double slope);

    [[nodiscard]] torch::Tensor operator()(const torch::Tensor &x) const;

    [[nodiscard]] Kind kind() const { return m_kind; }
    /// Two-sided kinds: where the left branch hands over, <= 0; otherwise 0.
    [[nodiscard]] double crossing() const { return m_crossing; }

private:
    Kind m_kind;
    double m_slope;
    double m_crossing = 0.0;
};

} // namespace dt
