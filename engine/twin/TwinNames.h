// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <string>
#include <string_view>

namespace dt {

/// Element-wise non-linearities of the twins; a is the slope. Formulas: spec of the twins, 2.4.
enum class ActivationKind {
    Identity,
    Relu,
    Gelu,
    Silu,
    Tanh,
    Sigmoid,
    LeakyRelu, ///< x > 0 ? x : a x; this one and all below have a slope
    LeakyGelu, ///< half gelu, half leaky relu of slope 2a
    LeakySilu, ///< half silu, half leaky relu of slope 2a
    LeakyTanh, ///< a x + (1 - a) tanh x
    LeakySigmoid, ///< a x + (1 - a)(2 sigmoid(x) - 1)
    TwoSidedLeakyRelu,
    TwoSidedLeakyGelu,
    TwoSidedLeakySilu,
};

/// Whether the activation has a slope a.
[[nodiscard]] bool hasSlope(ActivationKind kind);

/// Accepts every name and alias of the reference, ignoring case, spaces, `_` and `-`; unknown
/// names are refused.
Result<ActivationKind> activationKindFromName(const std::string &name);
/// The reference's own name, e.g. leaky_gelu.
std::string_view activationName(ActivationKind kind);

enum class NormType { None, Rms, Layer, Batch };

/// Reads the name of a norm in any case: RMSNorm, LayerNorm, BatchNorm, none and their snake_case
/// forms.
Result<NormType> normTypeFromName(const std::string &name);
/// Name of a norm: RMSNorm, LayerNorm, BatchNorm or none.
std::string_view normTypeName(NormType type);
/// Name that the reference's Transformer uses: rms_norm, layer_norm, batch_norm or none.
std::string_view normTypeSnakeName(NormType type);

} // namespace dt
