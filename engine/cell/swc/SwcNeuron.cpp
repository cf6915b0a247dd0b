// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/LambdaRule.h"
#include "engine/cell/Validation.h"
#include "engine/cell/swc/Swc.h"

#include <algorithm>

namespace dt {

namespace {

int kindOf(std::vector<SynapseKind> &kinds, Polarity polarity)
{
    const auto it = std::find_if(kinds.begin(), kinds.end(),
                                 [&](const SynapseKind &k) { return k.polarity == polarity; });
    if (it != kinds.end())
        return static_cast<int>(it - kinds.begin());
    for (SynapseKind &kind : defaultSynapseKinds()) {
        if (kind.polarity != polarity)
            continue;
        const auto taken = [&](const SynapseKind &k) { return k.name == kind.name; };
        while (std::any_of(kinds.begin(), kinds.end(), taken))
            kind.name += "'";
        kinds.push_back(kind);
    }
    return static_cast<int>(kinds.size()) - 1;
}

} // namespace

Neuron neuronFromSwc(const SwcMorphology &morphology, const Neuron &like)
{
    Neuron neuron = like;
    neuron.soma = morphology.soma;
    neuron.dendrites = morphology.dendrites;
    neuron.synapses.clear();

    double share = ImportShareOfLambda;
    applyLambdaRule(neuron, share);
    // The count of sections is within the limit, so a coarse enough share always is.
    while (neuron.segmentCount() > MaxSegments)
        applyLambdaRule(neuron, share *= 1.25);

    const int excitatory = kindOf(neuron.synapseKinds, Polarity::Excitatory);
    const int inhibitory = kindOf(neuron.synapseKinds, Polarity::Inhibitory);
    neuron.synapses = onePairPerSegment(neuron);
    for (Synapse &s : neuron.synapses)
        s.kind = s.kind == 0 ? excitatory : inhibitory;
    return neuron;
}

} // namespace dt
