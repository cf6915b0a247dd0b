// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ml/ElmKernel.h"
#include "engine/ml/KernelTensors.h"
#include "engine/ml/Lanes.h"
#include "engine/ml/Norm.h"
#include "engine/ml/TwinMath.h"

namespace dt {

namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::variable_list;

/// Settings of a sweep that are no tensors. Lives as long as the graph.
struct Settings : torch::CustomClassHolder
{
    NormType norm = NormType::None;
    double eps = 0.0;
    double lambda = 1.0;
    ActivationKind activation = ActivationKind::Identity;
    double slope = 0.0;
    ActivationKind postActivation = ActivationKind::Identity;
    double postSlope = 0.0;
    bool keep = false;
};

/// (B, width, T) to (groups, T, width, lanes), the last group filled up with zeros.
Tensor toLanes(const Tensor &x)
{
    const std::int64_t groups = (x.size(0) + ElmLanes - 1) / ElmLanes;
    return torch::constant_pad_nd(x, {0, 0, 0, 0, 0, groups * ElmLanes - x.size(0)})
        .view({groups, ElmLanes, x.size(1), x.size(2)})
        .permute({0, 3, 2, 1})
        .contiguous();
}

/// And back.
Tensor fromLanes(const Tensor &x, std::int64_t batch)
{
    return x.permute({0, 3, 2, 1}).reshape({-1, x.size(2), x.size(1)}).narrow(0, 0, batch);
}

/// (groups, T, width, lanes) as a matrix (width, everything else).
Tensor asMatrix(const Tensor &x)
{
    return x.permute({2, 0, 1, 3}).reshape({x.size(2), -1});
}

/// All that a sweep leaves; one allocation a kind.
struct Kept
{
    Tensor memory;
    Tensor synapses;
    Tensor normalised;
    Tensor centre;
    std::vector<Tensor> linear;
    std::vector<Tensor> active;

    [[nodiscard]] variable_list list() const
    {
        variable_list all{memory, synapses, normalised, centre};
        all.insert(all.end(), linear.begin(), linear.end());
        all.insert(all.end(), active.begin(), active.end());
        return all;
    }
};

template <typename T>
T *groupOf(const Tensor &x, std::int64_t group)
{
    return x.defined() ? x.data_ptr<T>() + group * x.stride(0) : nullptr;
}

template <typename T>
ElmKept<T> keptOf(const Kept &kept, std::int64_t group)
{
    ElmKept<T> k;
    k.memory = groupOf<T>(kept.memory, group);
    k.synapses = groupOf<T>(kept.synapses, group);
    k.normalised = groupOf<T>(kept.normalised, group);
    k.centre = groupOf<T>(kept.centre, group);
    for (const Tensor &t : kept.linear)
        k.linear.push_back(groupOf<T>(t, group));
    for (const Tensor &t : kept.active)
        k.active.push_back(groupOf<T>(t, group));
    return k;
}

/// Tensors of a call: kappaS, kappaM, norm weight, norm bias, then weights and biases of the
/// layers.
template <typename T>
ElmShape<T> shapeOf(const Settings &s, std::int64_t steps, const variable_list &parameters,
                    const std::vector<Tensor> &transposed)
{
    ElmShape<T> shape;
    shape.steps = steps;
    shape.inputs = static_cast<int>(parameters[0].numel());
    shape.memory = static_cast<int>(parameters[1].numel());
    shape.norm = s.norm;
    shape.normEps = static_cast<T>(s.eps);
    shape.activation = s.activation;
    shape.slope = static_cast<T>(s.slope);
    shape.postActivation = s.postActivation;
    shape.postSlope = static_cast<T>(s.postSlope);
    shape.lambda = static_cast<T>(s.lambda);
    shape.kappaS = parameters[0].data_ptr<T>();
    shape.kappaM = parameters[1].data_ptr<T>();
    shape.normWeight = groupOf<T>(parameters[2], 0);
    shape.normBias = groupOf<T>(parameters[3], 0);
    for (std::size_t l = 0; l < transposed.size(); ++l) {
        const Tensor &weight = parameters[4 + 2 * l];
        shape.weights.push_back(weight.data_ptr<T>());
        shape.transposed.push_back(transposed[l].data_ptr<T>());
        shape.biases.push_back(parameters[5 + 2 * l].data_ptr<T>());
        shape.widths.push_back(static_cast<int>(weight.size(0)));
    }
    return shape;
}

/// Inputs: driven (B, N, T), s, m, then the parameters above. Outputs: memory (B, M, T), and the
/// last s and m, which carry no gradient.
class ElmSweep : public Function<ElmSweep>
{
public:
    static variable_list forward(AutogradContext *context, const Tensor &driven, const Tensor &s,
                                 const Tensor &m, const c10::intrusive_ptr<Settings> &settings,
                                 at::TensorList given)
    {
        const std::int64_t batch = driven.size(0);
        const std::int64_t steps = driven.size(2);
        const Tensor input = toLanes(driven);
        const Tensor sLast = toLanes(s.unsqueeze(2));
        const Tensor mBefore = toLanes(m.unsqueeze(2));
        const Tensor mLast = mBefore.clone();
        const std::int64_t groups = input.size(0);
        variable_list parameters;
        for (const Tensor &p : given)
            parameters.push_back(p.detach().contiguous());

        std::vector<Tensor> transposed;
        Kept kept;
        const auto room = [&](std::int64_t width) {
            return torch::empty({groups, steps, width, ElmLanes}, driven.options());
        };
        kept.memory = room(m.size(1));
        if (settings->keep) {
            kept.synapses = room(s.size(1));
            kept.normalised = room(s.size(1) + m.size(1));
            kept.centre = room(2);
        }
        const std::size_t layers = (parameters.size() - 4) / 2;
        for (std::size_t l = 0; l < layers; ++l) {
            const Tensor &weight = parameters[4 + 2 * l];
            transposed.push_back(weight.t().contiguous());
            kept.linear.push_back(settings->keep ? room(weight.size(0)) : Tensor());
            if (l + 1 < layers)
                kept.active.push_back(settings->keep ? room(weight.size(0)) : Tensor());
        }
        perType(driven, [&](auto zero) {
            using T = decltype(zero);
            const auto shape = shapeOf<T>(*settings, steps, parameters, transposed);
            parallel(groups, [&](std::int64_t g) {
                elmForward(shape, groupOf<T>(input, g), groupOf<T>(sLast, g), groupOf<T>(mLast, g),
                           keptOf<T>(kept, g));
            });
        });
        if (settings->keep) {
            variable_list saved = kept.list();
            saved.push_back(mBefore);
            saved.insert(saved.end(), parameters.begin(), parameters.end());
            context->save_for_backward(saved);
            context->saved_data["settings"] = c10::IValue::make_capsule(settings);
            context->saved_data["batch"] = batch;
        }
        const Tensor sOut = fromLanes(sLast, batch).squeeze(2).contiguous();
        const Tensor mOut = fromLanes(mLast, batch).squeeze(2).contiguous();
        context->mark_non_differentiable({sOut, mOut});
        return {fromLanes(kept.memory, batch).contiguous(), sOut, mOut};
    }

    static variable_list backward(AutogradContext *context, variable_list gradients)
    {
        const auto capsule = context->saved_data["settings"].toCapsule();
        const auto *settings = static_cast<const Settings *>(capsule.get());
        const std::int64_t batch = context->saved_data["batch"].toInt();
        const variable_list saved = context->get_saved_variables();
        // memory, synapses, normalised, centre, L linear, L - 1 active, m, then 4 + 2 L parameters.
        const std::size_t layers = (saved.size() - 8) / 4;
        Kept kept{saved[0], saved[1], saved[2], saved[3], {}, {}};
        kept.linear.assign(saved.begin() + 4, saved.begin() + 4 + long(layers));
        kept.active.assign(saved.begin() + 4 + long(layers), saved.begin() + 3 + 2 * long(layers));
        const Tensor &mBefore = saved[3 + 2 * layers];
        const variable_list parameters(saved.begin() + 4 + 2 * long(layers), saved.end());

        const Tensor gMemory = toLanes(gradients[0]);
        const std::int64_t groups = gMemory.size(0);
        const std::int64_t steps = gMemory.size(1);
        const Tensor gDriven = torch::empty_like(kept.synapses);
        const std::int64_t width = kept.normalised.size(2);
        const Tensor gKappa = torch::empty({groups, gMemory.size(2), ElmLanes}, gMemory.options());
        const Tensor gWeight = torch::empty({groups, width, ElmLanes}, gMemory.options());
        const Tensor gBias = torch::empty({groups, width, ElmLanes}, gMemory.options());
        std::vector<Tensor> gLinear;
        std::vector<Tensor> transposed;
        for (std::size_t l = 0; l < layers; ++l) {
            gLinear.push_back(torch::empty_like(kept.linear[l]));
            transposed.push_back(parameters[4 + 2 * l]); // not used backwards
        }
        perType(gMemory, [&](auto zero) {
            using T = decltype(zero);
            const auto shape = shapeOf<T>(*settings, steps, parameters, transposed);
            parallel(groups, [&](std::int64_t g) {
                ElmGradients<T> into;
                into.memory = groupOf<T>(gMemory, g);
                into.driven = groupOf<T>(gDriven, g);
                into.kappaM = groupOf<T>(gKappa, g);
                into.normWeight = groupOf<T>(gWeight, g);
                into.normBias = groupOf<T>(gBias, g);
                for (const Tensor &t : gLinear)
                    into.linear.push_back(groupOf<T>(t, g));
                elmBackward(shape, keptOf<T>(kept, g), groupOf<T>(mBefore, g), into);
            });
        });
        // driven, s, m, settings, then the parameters. kappaS is constant.
        variable_list result{fromLanes(gDriven, batch),
                             Tensor(),
                             Tensor(),
                             Tensor(),
                             Tensor(),
                             gKappa.sum(torch::IntArrayRef({0, 2}))};
        result.push_back(parameters[2].defined() ? gWeight.sum(torch::IntArrayRef({0, 2}))
                                                 : Tensor());
        result.push_back(parameters[3].defined() ? gBias.sum(torch::IntArrayRef({0, 2}))
                                                 : Tensor());
        for (std::size_t l = 0; l < layers; ++l) {
            const Tensor g = asMatrix(gLinear[l]);
            const Tensor seen = asMatrix(l == 0 ? kept.normalised : kept.active[l - 1]);
            result.push_back(torch::mm(g, seen.t()));
            result.push_back(g.sum(1));
        }
        return result;
    }
};

} // namespace

ElmResult fastElmScan(const ElmCall &call)
{
    const bool known = isForKernels(call.x) && lanes::isKnown(call.activation->kind())
        && lanes::isKnown(call.postActivation->kind());
    // BatchNorm in training has statistics of the whole batch at every step.
    if (!known || (call.norm == NormType::Batch && call.training))
        return plainMath().elmScan(call);

    auto settings = c10::make_intrusive<Settings>();
    settings->norm = call.norm == NormType::Batch ? NormType::None : call.norm;
    settings->eps = call.norm == NormType::Layer ? LastAxisLayerEps : LastAxisRmsEps;
    settings->lambda = call.lambda;
    settings->activation = call.activation->kind();
    settings->slope = call.activation->slope();
    settings->postActivation = call.postActivation->kind();
    settings->postSlope = call.postActivation->slope();
    settings->keep = torch::GradMode::is_enabled();

    Tensor normWeight = call.normWeight;
    Tensor normBias = call.normBias;
    if (call.norm == NormType::Batch) { // with fixed statistics only a scale and a shift
        normWeight = call.normWeight * torch::rsqrt(call.runningVar + ChannelEps);
        normBias = call.normBias - call.runningMean * normWeight;
    }
    if (!normWeight.defined())
        normWeight = torch::ones({call.kappaS.size(0) + call.kappaM.size(0)}, call.x.options());
    if (!normBias.defined())
        normBias = torch::zeros({call.kappaS.size(0) + call.kappaM.size(0)}, call.x.options());
    variable_list parameters{call.kappaS, call.kappaM, normWeight, normBias};
    for (std::size_t l = 0; l < call.weights.size(); ++l) {
        parameters.push_back(call.weights[l]);
        parameters.push_back(call.biases[l]);
    }
    const Tensor driven = call.x * call.synapseWeight.view({1, -1, 1});
    const variable_list out =
        ElmSweep::apply(driven, call.s, call.m, settings, at::TensorList(parameters));
    return {out[0], out[1], out[2]};
}

} // namespace dt
