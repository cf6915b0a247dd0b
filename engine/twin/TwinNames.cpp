// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/TwinNames.h"

#include <array>
#include <cctype>
#include <map>

namespace dt {

namespace {

using Kind = ActivationKind;

/// Lower case, without what separates words.
std::string keyOf(const std::string &name)
{
    std::string key;
    for (const char c : name) {
        if (c != ' ' && c != '_' && c != '-')
            key += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return key;
}

} // namespace

bool hasSlope(ActivationKind kind)
{
    return kind >= ActivationKind::LeakyRelu;
}

Result<ActivationKind> activationKindFromName(const std::string &name)
{
    static const std::map<std::string, Kind> Names{{"none", Kind::Identity},
                                                   {"linear", Kind::Identity},
                                                   {"identity", Kind::Identity},
                                                   {"lin", Kind::Identity},
                                                   {"relu", Kind::Relu},
                                                   {"gelu", Kind::Gelu},
                                                   {"silu", Kind::Silu},
                                                   {"swish", Kind::Silu},
                                                   {"tanh", Kind::Tanh},
                                                   {"sigmoid", Kind::Sigmoid},
                                                   {"leakyrelu", Kind::LeakyRelu},
                                                   {"lrelu", Kind::LeakyRelu},
                                                   {"leakygelu", Kind::LeakyGelu},
                                                   {"lgelu", Kind::LeakyGelu},
                                                   {"leakysilu", Kind::LeakySilu},
                                                   {"lsilu", Kind::LeakySilu},
                                                   {"leakytanh", Kind::LeakyTanh},
                                                   {"ltanh", Kind::LeakyTanh},
                                                   {"leakysigmoid", Kind::LeakySigmoid},
                                                   {"lsigmoid", Kind::LeakySigmoid}};
    // Two-sided names wrap a leaky one: two_sided_leaky_gelu, two_sided_lgelu, lgelu_2s, 2s_lgelu.
    std::string key = keyOf(name);
    bool twoSided = false;
    for (const std::string mark : {"twosided", "2s"}) {
        if (key.starts_with(mark)) {
            key.erase(0, mark.size());
            twoSided = true;
        } else if (key.ends_with(mark)) {
            key.erase(key.size() - mark.size());
            twoSided = true;
        }
    }
    const auto it = Names.find(key);
    if (it != Names.end() && !twoSided)
        return it->second;
    if (it != Names.end() && it->second == Kind::LeakyRelu)
        return Kind::TwoSidedLeakyRelu;
    if (it != Names.end() && it->second == Kind::LeakyGelu)
        return Kind::TwoSidedLeakyGelu;
    if (it != Names.end() && it->second == Kind::LeakySilu)
        return Kind::TwoSidedLeakySilu;
    return Error{
        ErrorCode::InvalidValue,
        "There is no non-linearity named '" + name
            + "'. Use leaky_gelu, leaky_silu, leaky_tanh, leaky_sigmoid, leaky_relu, relu, "
              "gelu, silu, tanh, sigmoid, none, or two_sided_leaky_gelu, _silu, _relu.",
        "nonlinearity"};
}

std::string_view activationName(ActivationKind kind)
{
    static constexpr std::array<std::string_view, 14> Names{"none",
                                                            "relu",
                                                            "gelu",
                                                            "silu",
                                                            "tanh",
                                                            "sigmoid",
                                                            "leaky_relu",
                                                            "leaky_gelu",
                                                            "leaky_silu",
                                                            "leaky_tanh",
                                                            "leaky_sigmoid",
                                                            "two_sided_leaky_relu",
                                                            "two_sided_leaky_gelu",
                                                            "two_sided_leaky_silu"};
    return Names[static_cast<std::size_t>(kind)];
}

Result<NormType> normTypeFromName(const std::string &name)
{
    const std::string key = keyOf(name);
    if (key == "rmsnorm")
        return NormType::Rms;
    if (key == "layernorm")
        return NormType::Layer;
    if (key == "batchnorm")
        return NormType::Batch;
    if (key == "none")
        return NormType::None;
    return Error{ErrorCode::InvalidValue,
                 "There is no normalisation named '" + name
                     + "'. Use RMSNorm, LayerNorm, BatchNorm or none.",
                 "norm_type"};
}

std::string_view normTypeName(NormType type)
{
    static constexpr std::array<std::string_view, 4> Names{"none", "RMSNorm", "LayerNorm",
                                                           "BatchNorm"};
    return Names[static_cast<std::size_t>(type)];
}

std::string_view normTypeSnakeName(NormType type)
{
    static constexpr std::array<std::string_view, 4> Names{"none", "rms_norm", "layer_norm",
                                                           "batch_norm"};
    return Names[static_cast<std::size_t>(type)];
}

} // namespace dt
