// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ml/KernelTensors.h"
#include "engine/ml/Lanes.h"
#include "engine/ml/Norm.h"
#include "engine/ml/TwinKernels.h"
#include "engine/ml/TwinMath.h"

namespace dt {

namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::variable_list;

// ---- Convolution

template <typename T>
ConvCall<T> convCall(const Tensor &x, std::int64_t outputs, std::int64_t taps,
                     std::int64_t dilation)
{
    ConvCall<T> call;
    call.batch = x.size(0);
    call.steps = x.size(2) - (taps - 1) * dilation;
    call.inputs = static_cast<int>(x.size(1));
    call.outputs = static_cast<int>(outputs);
    call.taps = static_cast<int>(taps);
    call.dilation = dilation;
    call.x = x.data_ptr<T>();
    return call;
}

std::int64_t blocks(std::int64_t n, std::int64_t size)
{
    return (n + size - 1) / size;
}

/// x with its zeros in place, weight (O, C, K).
Tensor convolved(const Tensor &x, const Tensor &weight, const Tensor &bias, std::int64_t dilation)
{
    const std::int64_t outputs = weight.size(0);
    const std::int64_t past = (weight.size(2) - 1) * dilation;
    Tensor y = torch::empty({x.size(0), outputs, x.size(2) - past}, x.options());
    perType(x, [&](auto zero) {
        using T = decltype(zero);
        ConvCall<T> call = convCall<T>(x, outputs, weight.size(2), dilation);
        call.weight = weight.data_ptr<T>();
        call.bias = bias.defined() ? bias.data_ptr<T>() : nullptr;
        const std::int64_t each = blocks(outputs, ConvOutputs);
        parallel(x.size(0) * each, [&](std::int64_t i) {
            convForward(call, i / each, ConvOutputs * static_cast<int>(i % each), y.data_ptr<T>());
        });
    });
    return y;
}

Tensor weightGradient(const Tensor &x, const Tensor &g, std::int64_t taps, std::int64_t dilation)
{
    if (taps == 1) // one matrix product a batch item
        return torch::bmm(g, x.transpose(1, 2)).sum(0).unsqueeze(2);
    Tensor gWeight = torch::empty({g.size(1), x.size(1), taps}, x.options());
    perType(x, [&](auto zero) {
        using T = decltype(zero);
        ConvCall<T> call = convCall<T>(x, g.size(1), taps, dilation);
        call.g = g.data_ptr<T>();
        const std::int64_t each = blocks(x.size(1), ConvInputs);
        parallel(blocks(g.size(1), ConvOutputs) * each, [&](std::int64_t i) {
            convWeightGradient(call, ConvOutputs * static_cast<int>(i / each),
                               ConvInputs * static_cast<int>(i % each), gWeight.data_ptr<T>());
        });
    });
    return gWeight;
}

/// Direct convolutions with time side by side in vectors, for the output and both gradients: the
/// input's is a convolution of the output's with turned weights.
class CausalConvolution : public Function<CausalConvolution>
{
public:
    static Tensor forward(AutogradContext *context, const Tensor &x, const Tensor &weight,
                          const Tensor &bias, std::int64_t dilation)
    {
        const std::int64_t past = (weight.size(2) - 1) * dilation;
        const Tensor early = past == 0 ? x.contiguous() : torch::constant_pad_nd(x, {past, 0});
        context->save_for_backward({early, weight});
        context->saved_data["dilation"] = dilation;
        context->saved_data["into_x"] = x.requires_grad();
        return convolved(early, weight.contiguous(), bias.contiguous(), dilation);
    }

    static variable_list backward(AutogradContext *context, variable_list gradients)
    {
        const Tensor g = gradients[0].contiguous();
        const variable_list saved = context->get_saved_variables();
        const Tensor &weight = saved[1];
        const std::int64_t dilation = context->saved_data["dilation"].toInt();
        const std::int64_t past = (weight.size(2) - 1) * dilation;
        Tensor gx;
        if (context->saved_data["into_x"].toBool())
            gx = convolved(past == 0 ? g : torch::constant_pad_nd(g, {0, past}),
                           weight.flip(2).transpose(0, 1).contiguous(), Tensor(), dilation);
        return {gx, weightGradient(saved[0], g, weight.size(2), dilation),
                g.sum(torch::IntArrayRef({0, 2})), Tensor()};
    }
};

Tensor fastCausalConv(const Tensor &x, const Tensor &weight, const Tensor &bias,
                      std::int64_t dilation)
{
    if (!isForKernels(x))
        return plainMath().causalConv(x, weight, bias, dilation);
    return CausalConvolution::apply(x, weight, bias, dilation);
}

// ---- Norm and non-linearity

template <typename T>
NormCall<T> normCall(const Tensor &x, const Tensor &weight, ActivationKind kind, double slope)
{
    NormCall<T> call;
    call.channels = static_cast<int>(x.size(1));
    call.steps = x.size(2);
    call.xRow = x.stride(1);
    call.weight = weight.data_ptr<T>();
    call.eps = static_cast<T>(ChannelEps);
    call.activation = kind;
    call.slope = static_cast<T>(slope);
    return call;
}

/// Rows must be whole, but may lie apart: outputs of convolutions are cut that way.
Tensor withWholeRows(const Tensor &x)
{
    return x.stride(2) == 1 || x.size(2) == 1 ? x : x.contiguous();
}

class NormActivation : public Function<NormActivation>
{
public:
    static Tensor forward(AutogradContext *context, const Tensor &given, const Tensor &weight,
                          std::int64_t kind, double slope)
    {
        const Tensor x = withWholeRows(given);
        context->save_for_backward({x, weight});
        context->saved_data["kind"] = kind;
        context->saved_data["slope"] = slope;
        Tensor y = torch::empty(x.sizes(), x.options());
        perType(x, [&](auto zero) {
            using T = decltype(zero);
            const auto whole = normCall<T>(x, weight, static_cast<ActivationKind>(kind), slope);
            parallel(x.size(0), [&](std::int64_t b) {
                NormCall<T> call = whole;
                call.x = x.data_ptr<T>() + b * x.stride(0);
                normActivationForward(call, y.data_ptr<T>() + b * y.stride(0));
            });
        });
        return y;
    }

    static variable_list backward(AutogradContext *context, variable_list gradients)
    {
        const variable_list saved = context->get_saved_variables();
        const Tensor &x = saved[0];
        const Tensor g = withWholeRows(gradients[0]);
        Tensor gx = torch::empty(x.sizes(), x.options());
        Tensor gWeight = torch::zeros({x.size(0), x.size(1)}, x.options());
        perType(x, [&](auto zero) {
            using T = decltype(zero);
            const auto whole = normCall<T>(
                x, saved[1], static_cast<ActivationKind>(context->saved_data["kind"].toInt()),
                context->saved_data["slope"].toDouble());
            parallel(x.size(0), [&](std::int64_t b) {
                NormCall<T> call = whole;
                call.x = x.data_ptr<T>() + b * x.stride(0);
                normActivationBackward(call, g.data_ptr<T>() + b * g.stride(0), g.stride(1),
                                       gx.data_ptr<T>() + b * gx.stride(0),
                                       gWeight.data_ptr<T>() + b * gWeight.stride(0));
            });
        });
        return {gx, gWeight.sum(0), Tensor(), Tensor()};
    }
};

Tensor fastRmsNormActivation(const Tensor &x, const Tensor &weight, const Activation &activation)
{
    if (!isForKernels(x) || x.dim() != 3 || !lanes::isKnown(activation.kind()))
        return plainMath().rmsNormActivation(x, weight, activation);
    return NormActivation::apply(x, weight, static_cast<std::int64_t>(activation.kind()),
                                 activation.slope());
}

// ---- Attention

template <typename T>
BandCall<T> bandCall(const Tensor &q, const Tensor &k, const Tensor &v, std::int64_t window,
                     std::int64_t head)
{
    BandCall<T> call;
    call.queries = q.size(2);
    call.keys = k.size(2);
    call.width = static_cast<int>(q.size(3));
    call.window = window;
    call.q = q.data_ptr<T>() + head * call.queries * call.width;
    call.k = k.data_ptr<T>() + head * call.keys * call.width;
    call.v = v.data_ptr<T>() + head * call.keys * call.width;
    return call;
}

class BandedAttention : public Function<BandedAttention>
{
public:
    static Tensor forward(AutogradContext *context, const Tensor &givenQ, const Tensor &givenK,
                          const Tensor &givenV, std::int64_t window)
    {
        const Tensor q = givenQ.contiguous();
        const Tensor k = givenK.contiguous();
        const Tensor v = givenV.contiguous();
        Tensor y = torch::empty_like(q);
        Tensor logSum = torch::empty({q.size(0), q.size(1), q.size(2)}, q.options());
        perType(q, [&](auto zero) {
            using T = decltype(zero);
            parallel(q.size(0) * q.size(1), [&](std::int64_t head) {
                const auto call = bandCall<T>(q, k, v, window, head);
                bandForward(call, y.data_ptr<T>() + head * call.queries * call.width,
                            logSum.data_ptr<T>() + head * call.queries);
            });
        });
        context->save_for_backward({q, k, v, y, logSum});
        context->saved_data["window"] = window;
        return y;
    }

    static variable_list backward(AutogradContext *context, variable_list gradients)
    {
        const variable_list saved = context->get_saved_variables();
        const Tensor &q = saved[0];
        const Tensor &k = saved[1];
        const Tensor &v = saved[2];
        const std::int64_t window = context->saved_data["window"].toInt();
        const Tensor g = gradients[0].contiguous();
        Tensor gq = torch::empty_like(q);
        Tensor gk = torch::empty_like(k);
        Tensor gv = torch::empty_like(v);
        perType(q, [&](auto zero) {
            using T = decltype(zero);
            parallel(q.size(0) * q.size(1), [&](std::int64_t head) {
                const auto call = bandCall<T>(q, k, v, window, head);
                const std::int64_t queries = head * call.queries * call.width;
                const std::int64_t keys = head * call.keys * call.width;
                bandBackward(call, saved[3].data_ptr<T>() + queries,
                             saved[4].data_ptr<T>() + head * call.queries,
                             g.data_ptr<T>() + queries, gq.data_ptr<T>() + queries,
                             gk.data_ptr<T>() + keys, gv.data_ptr<T>() + keys);
            });
        });
        return {gq, gk, gv, Tensor()};
    }
};

Tensor fastAttention(const AttentionCall &call)
{
    if (!isForKernels(call.q) || call.dropout > 0.0)
        return plainMath().attention(call);
    return BandedAttention::apply(call.q, call.k, call.v, call.window);
}

} // namespace

const TwinMath &fastMath()
{
    static const TwinMath Math{fastCausalConv, fastRmsNormActivation, fastAttention, fastElmScan};
    return Math;
}

} // namespace dt
