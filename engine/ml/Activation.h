// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/TwinNames.h"

#include <torch/torch.h>

#include <string>

namespace dt {

/// A non-linearity of the twins applied to tensors. No parameters; gelu is the exact erf form.
class Activation
{
public:
    using Kind = ActivationKind;

    /// Accepts every name and alias of the reference, ignoring case; unknown names are refused.
    static Result<Activation> fromName(const std::string &name, double slope);

    Activation(Kind kind, double slope);

    [[nodiscard]] torch::Tensor operator()(const torch::Tensor &x) const;

    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] double slope() const { return m_slope; }
    /// For two-sided kinds, the x <= 0 at which the left branch ends; otherwise 0.
    [[nodiscard]] double crossing() const { return m_crossing; }

private:
    Kind m_kind;
    double m_slope;
    double m_crossing = 0.0;
};

} // namespace dt
