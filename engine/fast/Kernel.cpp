// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fast/FastState.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/fast/Kernel.cpp"
#include <hwy/foreach_target.h>
// Order matters: what follows is compiled once for each instruction set.
#include "engine/cell/Channels.h"
#include "engine/fast/NeuronUnits.h"
#include "engine/fast/SomaRates-inl.h"
#include "engine/fast/VectorMath-inl.h"

#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

#include <cmath>

HWY_BEFORE_NAMESPACE();
namespace dt {
namespace HWY_NAMESPACE {

HWY_INLINE V load(const double *p)
{
    return hn::Load(D(), p);
}

HWY_INLINE void store(V v, double *p)
{
    hn::Store(v, D(), p);
}

/// The equation of a node: conductance and current, (C/dt + G) v(t + dt) = current.
struct Equation
{
    V us;
    V na;
};

/// Adds the synapses of a node, linearised at v as NEURON does it.
HWY_INLINE void addGroup(const FastPlan::Kind &kind, int step, const double *a, const double *b,
                         const double *aNmda, const double *bNmda, V v, Equation &e)
{
    const std::array<double, 4> &left = kind.left[static_cast<std::size_t>(step)];
    const V erev = num(kind.reversalMv);
    const V first = hn::NegMulAdd(load(a), num(left[0]), hn::Mul(load(b), num(left[1])));
    if (!kind.nmda) {
        e.us = hn::Add(e.us, first);
        e.na = hn::MulAdd(first, erev, e.na);
        return;
    }
    // NEURON takes (i(v + 0.001) - i(v))/0.001 as the conductance of a current that is not linear
    // in v.
    const V one = num(1.0);
    const V nmda = hn::NegMulAdd(load(aNmda), num(left[2]), hn::Mul(load(bNmda), num(left[3])));
    const V blocked =
        hn::Mul(num(kind.mgOver357), exponential(withinRange(hn::Mul(v, num(-kind.gammaPerMv)))));
    const V open1 = hn::Add(one, blocked);
    const V open2 = hn::MulAdd(blocked, num(kind.probeFactor), one);
    const V inverse = hn::Div(one, hn::Mul(open1, open2));
    const V now = hn::Mul(nmda, hn::Mul(open2, inverse)); // nmda/open1
    const V probe = hn::Mul(nmda, hn::Mul(open1, inverse)); // nmda/open2
    const V slope = hn::Mul(hn::Mul(nmda, hn::Mul(blocked, inverse)),
                            num((1.0 - kind.probeFactor) / 0.001)); // (probe - now)/0.001
    const V drive = hn::Sub(v, erev);
    const V us = hn::MulAdd(slope, drive, hn::Add(first, probe));
    const V current = hn::Mul(hn::Add(first, now), drive);
    e.us = hn::Add(e.us, us);
    e.na = hn::Add(e.na, hn::Sub(hn::Mul(us, v), current));
}

/// Currents of the somatic channels; returns the calcium current at v [nA].
HWY_INLINE V addChannels(const FastPlan &plan, FastState &state, std::size_t at, V v, Equation &e)
{
    const auto gate = [&](FastGate g) { return load(state.gates.row(g) + at); };
    const auto us = [&](FastPlan::Channel c) { return num(plan.channelUs[c]); };
    const auto square = [](V x) { return hn::Mul(x, x); };
    const auto cube = [](V x) { return hn::Mul(hn::Mul(x, x), x); };

    V calcium = hn::Mul(hn::Mul(us(FastPlan::CaLva), square(gate(GateCaLvaM))), gate(GateCaLvaH));
    calcium = hn::MulAdd(hn::Mul(us(FastPlan::CaHva), square(gate(GateCaHvaM))), gate(GateCaHvaH),
                         calcium);
    V sodium = hn::Mul(hn::Mul(us(FastPlan::NaTs), cube(gate(GateNaTsM))), gate(GateNaTsH));
    sodium =
        hn::MulAdd(hn::Mul(us(FastPlan::NaTa), cube(gate(GateNaTaM))), gate(GateNaTaH), sodium);
    sodium = hn::MulAdd(hn::Mul(us(FastPlan::Nap), cube(gate(GateNapM))), gate(GateNapH), sodium);
    V potassium = hn::Mul(us(FastPlan::Im), gate(GateIm));
    potassium = hn::MulAdd(us(FastPlan::Skv3), gate(GateSkv3), potassium);
    potassium =
        hn::MulAdd(hn::Mul(us(FastPlan::KP), square(gate(GateKPM))), gate(GateKPH), potassium);
    potassium = hn::MulAdd(hn::Mul(us(FastPlan::KT), square(square(gate(GateKTM)))), gate(GateKTH),
                           potassium);
    potassium = hn::MulAdd(us(FastPlan::Sk), load(state.skGate.row(0) + at), potassium);
    const V ih = hn::Mul(us(FastPlan::Ih), gate(GateIh));

    // E_Ca follows the concentration in every step; without any it is what NEURON says, 1e6 mV.
    const V inside = load(state.calcium.row(0) + at);
    const auto some = hn::Gt(inside, num(0.0));
    const double thermalMv = 1.0e3 * GasConstant * (273.15 + CelsiusDeg) / (2.0 * FaradayCoulomb);
    const V logInside = hn::Log(D(), hn::IfThenElse(some, inside, num(1.0)));
    const V calciumMv = hn::IfThenElse(
        some, hn::Mul(hn::Sub(num(std::log(CalciumOutsideMm)), logInside), num(thermalMv)),
        num(1.0e6));

    e.us = hn::Add(e.us, hn::Add(hn::Add(calcium, sodium), hn::Add(potassium, ih)));
    e.na = hn::MulAdd(calcium, calciumMv, e.na);
    e.na = hn::MulAdd(sodium, num(SodiumReversalMv), e.na);
    e.na = hn::MulAdd(potassium, num(PotassiumReversalMv), e.na);
    e.na = hn::MulAdd(ih, num(-45.0), e.na);
    return hn::Mul(calcium, hn::Sub(v, calciumMv));
}

HWY_INLINE V skTarget(V calcium)
{
    const V tiny = num(1.0e-7);
    const V c = hn::IfThenElse(hn::Lt(calcium, tiny), hn::Add(calcium, tiny), calcium);
    const V ratio = hn::Sub(num(std::log(0.00043)), hn::Log(D(), hn::Max(c, num(1.0e-300))));
    return hn::Div(
        num(1.0),
        hn::Add(num(1.0), exponential(hn::Min(hn::Mul(num(4.8), ratio), num(LargestExponent)))));
}

/// States after the voltage: gates, calcium, and SK, which sees the new calcium.
HWY_INLINE void advanceSoma(const FastPlan &plan, FastState &state, std::size_t at, V v,
                            V calciumNa)
{
    const SomaRates rates = somaRates(v);
    const V step = num(plan.stepMs);
    const bool shortSteps = plan.samplesPerMs >= 40;
    for (int g = 0; g < FastGateCount; ++g) {
        double *const p = state.gates.row(static_cast<std::size_t>(g)) + at;
        const V left = leftOf(g, hn::Mul(rates.rate[g], step), shortSteps);
        store(hn::MulAdd(hn::Sub(load(p), rates.target[g]), left, rates.target[g]), p);
    }
    double *const inside = state.calcium.row(0) + at;
    const V target = hn::NegMulAdd(calciumNa, num(plan.calciumPerNa), num(CalciumRestMm));
    const V calcium = hn::MulAdd(hn::Sub(load(inside), target), num(plan.calciumLeft), target);
    store(calcium, inside);
    if (plan.channelUs[FastPlan::Sk] != 0.0) {
        double *const z = state.skGate.row(0) + at;
        const V goal = skTarget(calcium);
        store(hn::MulAdd(hn::Sub(load(z), goal), num(std::exp(-plan.stepMs)), goal), z);
    }
}

void step(const FastPlan &plan, FastState &state, int stepOfMs)
{
    const std::size_t lanes = static_cast<std::size_t>(state.lanes);
    const std::size_t width = hn::Lanes(D());
    const std::size_t nodes = plan.nodes.size();
    std::size_t clamp = state.clampNode.size();

    // From the tips to the soma: each node's equation, without its children.
    for (std::size_t i = nodes; i-- > 0;) {
        const FastPlan::Node &node = plan.nodes[i];
        const std::size_t firstGroup = static_cast<std::size_t>(plan.firstGroup[i]);
        const std::size_t endGroup = static_cast<std::size_t>(plan.firstGroup[i + 1]);
        const bool clamped = clamp > 0 && static_cast<std::size_t>(state.clampNode[clamp - 1]) == i;
        if (clamped)
            --clamp;
        for (std::size_t at = 0; at < lanes; at += width) {
            const V v = load(state.v.row(i) + at);
            Equation e{hn::Sub(num(node.constUs), load(state.childUs.row(i) + at)),
                       hn::Add(hn::MulAdd(num(node.capUs), v, num(node.leakNa)),
                               load(state.childNa.row(i) + at))};
            store(num(0.0), state.childUs.row(i) + at);
            store(num(0.0), state.childNa.row(i) + at);
            for (std::size_t g = firstGroup; g < endGroup; ++g)
                addGroup(plan.kinds[static_cast<std::size_t>(plan.groups[g].kind)], stepOfMs,
                         state.synapses.row(4 * g) + at, state.synapses.row(4 * g + 1) + at,
                         state.synapses.row(4 * g + 2) + at, state.synapses.row(4 * g + 3) + at, v,
                         e);
            if (clamped) {
                e.us = hn::Add(e.us, load(state.clampUs.row(clamp) + at));
                e.na = hn::Add(e.na, load(state.clampNa.row(clamp) + at));
            }
            if (i > 0) {
                const std::size_t parent = static_cast<std::size_t>(node.parent);
                const V inverse = hn::Div(num(1.0), e.us);
                const V ratio = hn::Mul(num(node.toParentUs), inverse);
                store(ratio, state.ratio.row(i) + at);
                store(hn::Mul(e.na, inverse), state.rest.row(i) + at);
                double *const us = state.childUs.row(parent) + at;
                double *const na = state.childNa.row(parent) + at;
                store(hn::MulAdd(ratio, num(node.toParentUs), load(us)), us);
                store(hn::MulAdd(ratio, e.na, load(na)), na);
            } else {
                const V calciumNa = addChannels(plan, state, at, v, e);
                const V next = hn::Div(e.na, e.us);
                store(next, state.v.row(0) + at);
                advanceSoma(plan, state, at, next, calciumNa);
            }
        }
    }
    // And back: voltages.
    for (std::size_t i = 1; i < nodes; ++i) {
        const std::size_t parent = static_cast<std::size_t>(plan.nodes[i].parent);
        for (std::size_t at = 0; at < lanes; at += width)
            store(hn::MulAdd(load(state.ratio.row(i) + at), load(state.v.row(parent) + at),
                             load(state.rest.row(i) + at)),
                  state.v.row(i) + at);
    }
}

void endMs(const FastPlan &plan, FastState &state)
{
    const std::size_t lanes = static_cast<std::size_t>(state.lanes);
    for (std::size_t g = 0; g < plan.groups.size(); ++g) {
        const FastPlan::Kind &kind = plan.kinds[static_cast<std::size_t>(plan.groups[g].kind)];
        for (std::size_t j = 0; j < (kind.nmda ? 4u : 2u); ++j) {
            double *const row = state.synapses.row(4 * g + j);
            const V left = num(kind.leftAfterMs[j]);
            for (std::size_t at = 0; at < lanes; at += hn::Lanes(D()))
                store(hn::Mul(load(row + at), left), row + at);
        }
    }
}

void initialise(const FastPlan &plan, FastState &state)
{
    const SomaRates rates = somaRates(num(plan.restMv));
    const V calcium = num(CalciumStartMm);
    for (std::size_t at = 0; at < static_cast<std::size_t>(state.lanes); at += hn::Lanes(D())) {
        for (int g = 0; g < FastGateCount; ++g)
            store(rates.target[g], state.gates.row(static_cast<std::size_t>(g)) + at);
        store(calcium, state.calcium.row(0) + at);
        store(skTarget(calcium), state.skGate.row(0) + at);
        for (std::size_t i = 0; i < plan.nodes.size(); ++i)
            store(num(plan.restMv), state.v.row(i) + at);
    }
}

int vectorLanes()
{
    return static_cast<int>(hn::Lanes(D()));
}

const char *target()
{
    return hwy::TargetName(HWY_TARGET);
}

} // namespace HWY_NAMESPACE
} // namespace dt
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace dt {

namespace {
HWY_EXPORT(step);
HWY_EXPORT(endMs);
HWY_EXPORT(initialise);
HWY_EXPORT(vectorLanes);
HWY_EXPORT(target);
} // namespace

FastState::FastState(const FastPlan &plan, int laneCount) :
    lanes(laneCount), v(plan.nodes.size(), laneCount, plan.restMv),
    synapses(4 * plan.groups.size(), laneCount), gates(FastGateCount, laneCount),
    skGate(1, laneCount), calcium(1, laneCount), ratio(plan.nodes.size(), laneCount),
    rest(plan.nodes.size(), laneCount), childUs(plan.nodes.size(), laneCount),
    childNa(plan.nodes.size(), laneCount)
{
}

void fastStep(const FastPlan &plan, FastState &state, int step)
{
    HWY_DYNAMIC_DISPATCH(step)(plan, state, step);
}

void fastEndMs(const FastPlan &plan, FastState &state)
{
    HWY_DYNAMIC_DISPATCH(endMs)(plan, state);
}

void fastInitialise(const FastPlan &plan, FastState &state)
{
    HWY_DYNAMIC_DISPATCH(initialise)(plan, state);
}

int fastVectorLanes()
{
    return HWY_DYNAMIC_DISPATCH(vectorLanes)();
}

const char *fastTarget()
{
    return HWY_DYNAMIC_DISPATCH(target)();
}

} // namespace dt
#endif
