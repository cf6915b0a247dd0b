// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fast/FastPlan.h"

#include "engine/cell/Channels.h"
#include "engine/fast/NeuronUnits.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

constexpr double UsPerScm2Um2 = 0.01; ///< S/cm2 x um2 = 1e-8 S
constexpr double NfPerUfcm2Um2 = 1.0e-5; ///< uF/cm2 x um2 = 1e-8 uF

/// An event of weight 1 adds this to both states, so that their difference peaks at 1.
double peakNorm(double riseMs, double decayMs)
{
    const double peakMs = riseMs * decayMs / (decayMs - riseMs) * std::log(decayMs / riseMs);
    return 1.0 / (std::exp(-peakMs / decayMs) - std::exp(-peakMs / riseMs));
}

FastPlan::Kind kindOf(const SynapseKind &kind, int samplesPerMs)
{
    FastPlan::Kind k;
    const bool excitatory = kind.polarity == Polarity::Excitatory;
    k.nmda = excitatory && kind.nmdaGMaxUs != 0.0;
    k.reversalMv = kind.reversalMv;
    k.gammaPerMv = kind.nmdaGammaPerMv;
    k.mgOver357 = kind.mgMm / 3.57;
    k.probeFactor = std::exp(-kind.nmdaGammaPerMv * 0.001);
    k.firstUs = kind.gMaxUs * peakNorm(kind.tauRiseMs, kind.tauDecayMs);
    std::array<double, 4> tauMs{kind.tauRiseMs, kind.tauDecayMs, 1.0, 1.0};
    if (k.nmda) {
        tauMs[2] = kind.nmdaTauRiseMs;
        tauMs[3] = kind.nmdaTauDecayMs;
        k.nmdaUs = kind.nmdaGMaxUs * peakNorm(kind.nmdaTauRiseMs, kind.nmdaTauDecayMs);
    }
    const auto leftAfter = [&](int steps) {
        std::array<double, 4> left{};
        for (std::size_t j = 0; j < left.size(); ++j)
            left[j] = std::exp(-static_cast<double>(steps) / samplesPerMs / tauMs[j]);
        return left;
    };
    for (int step = 0; step < samplesPerMs; ++step)
        k.left.push_back(leftAfter(step));
    k.leftAfterMs = leftAfter(samplesPerMs);
    return k;
}

void addNodes(const Neuron &neuron, FastPlan &plan)
{
    const CableTree tree = cableTree(neuron);
    const Membrane &membrane = neuron.membrane;
    for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
        const CableNode &from = tree.nodes[i];
        const double leak = i == 0 ? membrane.somaLeakSPerCm2 : 1.0 / membrane.rmOhmCm2;
        FastPlan::Node node;
        node.parent = from.parent;
        node.toParentUs = from.toParentUs;
        node.capUs = from.areaUm2 * membrane.cmUfPerCm2 * NfPerUfcm2Um2 * plan.samplesPerMs;
        node.leakUs = from.areaUm2 * leak * UsPerScm2Um2;
        node.leakNa = node.leakUs * membrane.restMv;
        node.constUs = node.capUs + node.leakUs;
        plan.nodes.push_back(node);
    }
    for (FastPlan::Node &node : plan.nodes) {
        node.constUs += node.toParentUs;
        if (node.parent >= 0)
            plan.nodes[static_cast<std::size_t>(node.parent)].constUs += node.toParentUs;
    }
    plan.nodeOfRow = tree.nodeOfRow;
}

void addSynapses(const Neuron &neuron, FastPlan &plan)
{
    for (const SynapseKind &kind : neuron.synapseKinds)
        plan.kinds.push_back(kindOf(kind, plan.samplesPerMs));
    const std::vector<int> first = firstRows(neuron);
    for (const Synapse &synapse : neuron.synapses) {
        const auto dendrite = static_cast<std::size_t>(synapse.dendrite);
        const int row = first[dendrite] + segmentAt(neuron.dendrites[dendrite], synapse.x);
        plan.groups.push_back(
            {plan.nodeOfRow[static_cast<std::size_t>(row)], synapse.kind, row, synapse.weight});
    }
    const auto before = [](const FastPlan::Group &a, const FastPlan::Group &b) {
        return std::pair(a.node, a.kind) < std::pair(b.node, b.kind);
    };
    std::stable_sort(plan.groups.begin(), plan.groups.end(), before);
    std::vector<FastPlan::Group> merged;
    for (const FastPlan::Group &group : plan.groups) {
        if (!merged.empty() && merged.back().node == group.node && merged.back().kind == group.kind)
            merged.back().factor += group.factor;
        else
            merged.push_back(group);
    }
    plan.groups = std::move(merged);

    plan.firstGroup.assign(plan.nodes.size() + 1, 0);
    for (const FastPlan::Group &group : plan.groups)
        ++plan.firstGroup[static_cast<std::size_t>(group.node) + 1];
    for (std::size_t i = 0; i < plan.nodes.size(); ++i)
        plan.firstGroup[i + 1] += plan.firstGroup[i];

    plan.excitatory.resize(plan.nodeOfRow.size());
    plan.inhibitory.resize(plan.nodeOfRow.size());
    for (std::size_t g = 0; g < plan.groups.size(); ++g) {
        const auto kind = static_cast<std::size_t>(plan.groups[g].kind);
        const bool excites = neuron.synapseKinds[kind].polarity == Polarity::Excitatory;
        (excites ? plan.excitatory : plan.inhibitory)[static_cast<std::size_t>(plan.groups[g].row)]
            .push_back(static_cast<int>(g));
    }
}

void addChannels(const Neuron &neuron, FastPlan &plan)
{
    const double areaUm2 = cableTree(neuron).nodes.front().areaUm2;
    static_assert(SomaticChannels.size() == FastPlan::ChannelCount);
    static_assert(SomaticChannels[FastPlan::Im].mechanism == "Im");
    static_assert(SomaticChannels[FastPlan::CaLva].mechanism == "Ca_LVAst");
    static_assert(SomaticChannels[FastPlan::CaHva].mechanism == "Ca_HVA");
    static_assert(SomaticChannels[FastPlan::Sk].mechanism == "SK_E2");
    static_assert(SomaticChannels[FastPlan::Skv3].mechanism == "SKv3_1");
    static_assert(SomaticChannels[FastPlan::NaTs].mechanism == "NaTs2_t");
    static_assert(SomaticChannels[FastPlan::Ih].mechanism == "Ih");
    static_assert(SomaticChannels[FastPlan::KT].mechanism == "K_Tst");
    static_assert(SomaticChannels[FastPlan::KP].mechanism == "K_Pst");
    static_assert(SomaticChannels[FastPlan::Nap].mechanism == "Nap_Et2");
    static_assert(SomaticChannels[FastPlan::NaTa].mechanism == "NaTa_t");
    for (std::size_t i = 0; i < SomaticChannels.size(); ++i)
        plan.channelUs[i] =
            channelDensity(SomaticChannels[i], neuron.channels) * areaUm2 * UsPerScm2Um2;
    // nA / um2 = 100 mA/cm2; CaDynamics_E2 fills a shell of 0.1 um.
    const double mAPerCm2PerNa = 100.0 / areaUm2;
    plan.calciumPerNa =
        CalciumDecayMs * 1.0e4 * CalciumGamma / (2.0 * FaradayCoulomb * 0.1) * mAPerCm2PerNa;
    plan.calciumLeft = std::exp(-plan.stepMs / CalciumDecayMs);
}

} // namespace

int FastPlan::nodeAt(const Neuron &neuron, int dendrite, double x) const
{
    if (dendrite == SomaIndex)
        return 0;
    return nodeOfRow[static_cast<std::size_t>(rowAt(neuron, dendrite, x))];
}

FastPlan fastPlan(const Neuron &neuron)
{
    FastPlan plan;
    plan.samplesPerMs = neuron.samplesPerMs;
    plan.stepMs = 1.0 / neuron.samplesPerMs;
    plan.restMv = neuron.membrane.restMv;
    addNodes(neuron, plan);
    addSynapses(neuron, plan);
    addChannels(neuron, plan);
    return plan;
}

} // namespace dt
