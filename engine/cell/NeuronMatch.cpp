// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/NeuronMatch.h"

namespace dt {

namespace {

Neuron nameless(Neuron neuron)
{
    for (Dendrite &dendrite : neuron.dendrites)
        dendrite.name.clear();
    for (SynapseKind &kind : neuron.synapseKinds)
        kind.name.clear();
    return neuron;
}

} // namespace

bool sameNeuron(const Neuron &a, const Neuron &b)
{
    return nameless(a) == nameless(b);
}

} // namespace dt
