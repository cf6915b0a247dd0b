// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/input/NeuronTerms.h"

#include "engine/cell/Channels.h"

namespace dt {

namespace {

constexpr double ForEverMs = 1.0e9;

NeuronMembrane passive(const Membrane &membrane, double leakSPerCm2)
{
    return {.cable = {{"Ra", membrane.raOhmCm}, {"cm", membrane.cmUfPerCm2}},
            .mechanisms = {{"pas", {{"e", membrane.restMv}, {"g", leakSPerCm2}}}},
            .ions = {}};
}

} // namespace

NeuronMembrane somaMembrane(const Neuron &neuron)
{
    NeuronMembrane soma = passive(neuron.membrane, neuron.membrane.somaLeakSPerCm2);
    for (const ChannelDensity &channel : SomaticChannels)
        soma.mechanisms.push_back(
            {std::string(channel.mechanism), {{"gbar", channelDensity(channel, neuron.channels)}}});
    soma.mechanisms.push_back(
        {std::string(CalciumMechanism), {{"gamma", CalciumGamma}, {"decay", CalciumDecayMs}}});
    soma.ions = {{"ek", PotassiumReversalMv}, {"ena", SodiumReversalMv}};
    return soma;
}

NeuronMembrane dendriteMembrane(const Neuron &neuron)
{
    return passive(neuron.membrane, 1.0 / neuron.membrane.rmOhmCm2);
}

NeuronMechanism synapseProcess(const SynapseKind &kind)
{
    if (kind.polarity == Polarity::Inhibitory)
        return {"GabaA",
                {{"gMax", kind.gMaxUs},
                 {"tauRise", kind.tauRiseMs},
                 {"tauDecay", kind.tauDecayMs},
                 {"erev", kind.reversalMv}}};
    return {"AmpaNmda",
            {{"gMaxAmpa", kind.gMaxUs},
             {"tauRiseAmpa", kind.tauRiseMs},
             {"tauDecayAmpa", kind.tauDecayMs},
             {"gMaxNmda", kind.nmdaGMaxUs},
             {"tauRiseNmda", kind.nmdaTauRiseMs},
             {"tauDecayNmda", kind.nmdaTauDecayMs},
             {"gamma", kind.nmdaGammaPerMv},
             {"mg", kind.mgMm},
             {"erev", kind.reversalMv}}};
}

NeuronMechanism clampProcess(const Electrode &electrode)
{
    if (electrode.clamp == Clamp::Current)
        return {"IClamp",
                {{"del", electrode.startMs},
                 {"dur", electrode.durationMs},
                 {"amp", electrode.currentNa}}};
    // It holds from the start, steps, and holds again for ever.
    return {"SEClamp",
            {{"rs", electrode.seriesMohm},
             {"dur1", electrode.startMs},
             {"amp1", electrode.holdMv},
             {"dur2", electrode.durationMs},
             {"amp2", electrode.stepMv},
             {"dur3", ForEverMs},
             {"amp3", electrode.holdMv}}};
}

NeuronMechanism endlessClampProcess(const Electrode &electrode)
{
    if (electrode.clamp == Clamp::Current)
        return {"IClamp", {{"del", 0.0}, {"dur", ForEverMs}, {"amp", electrode.currentNa}}};
    return {"SEClamp",
            {{"rs", electrode.seriesMohm}, {"dur1", ForEverMs}, {"amp1", electrode.stepMv}}};
}

} // namespace dt
