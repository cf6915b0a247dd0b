// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/FreeName.h"
#include "engine/cell/LambdaRule.h"
#include "engine/cell/Names.h"
#include "engine/cell/Validation.h"
#include "engine/cell/swc/Swc.h"

namespace dt {

namespace {

int firstOrNewKind(Neuron &neuron, Polarity polarity)
{
    if (const std::optional<int> known = firstKind(neuron, polarity))
        return *known;
    for (SynapseKind &kind : defaultSynapseKinds()) {
        if (kind.polarity != polarity)
            continue;
        kind.name = freeName(kind.name, " ", [&](const std::string &name) {
            return kindNamed(neuron, name).has_value();
        });
        neuron.synapseKinds.push_back(kind);
    }
    return static_cast<int>(neuron.synapseKinds.size()) - 1;
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

    const int excitatory = firstOrNewKind(neuron, Polarity::Excitatory);
    const int inhibitory = firstOrNewKind(neuron, Polarity::Inhibitory);
    neuron.synapses = onePairPerSegment(neuron);
    for (Synapse &s : neuron.synapses)
        s.kind = s.kind == 0 ? excitatory : inhibitory;
    return neuron;
}

} // namespace dt
