// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/SynapseKernels.h"

#include <algorithm>
#include <cmath>

namespace dt {

double SynapseKernel::at(double ms) const
{
    if (ms <= 0.0)
        return 0.0;
    if (std::abs(decayMs - riseMs) < 1e-6 * decayMs) // the limit: an alpha function
        return ms / decayMs * std::exp(1.0 - ms / decayMs);
    const double peakMs = riseMs * decayMs / (decayMs - riseMs) * std::log(decayMs / riseMs);
    const auto difference = [&](double t) {
        return std::exp(-t / decayMs) - std::exp(-t / riseMs);
    };
    return difference(ms) / difference(peakMs);
}

std::vector<SynapseKernel> synapseKernels(const Neuron &neuron)
{
    std::vector<SynapseKernel> found;
    const auto add = [&](const SynapseKernel &kernel) {
        const bool known = std::any_of(found.begin(), found.end(), [&](const SynapseKernel &k) {
            return k.name == kernel.name && k.riseMs == kernel.riseMs && k.decayMs == kernel.decayMs
                && k.polarity == kernel.polarity;
        });
        if (kernel.peakUs > 0.0 && !known)
            found.push_back(kernel);
    };
    for (std::size_t i = 0; i < neuron.synapseKinds.size(); ++i) {
        const bool used =
            std::any_of(neuron.synapses.begin(), neuron.synapses.end(),
                        [&](const Synapse &s) { return s.kind == static_cast<int>(i); });
        if (!used)
            continue;
        const SynapseKind &kind = neuron.synapseKinds[i];
        const bool excitatory = kind.polarity == Polarity::Excitatory;
        add({excitatory ? "AMPA" : "GABA-A", kind.polarity, kind.tauRiseMs, kind.tauDecayMs,
             kind.gMaxUs});
        if (excitatory)
            add({"NMDA", kind.polarity, kind.nmdaTauRiseMs, kind.nmdaTauDecayMs, kind.nmdaGMaxUs});
    }
    return found;
}

double magnesiumBlock(const SynapseKind &kind, double mv)
{
    return 1.0 / (1.0 + kind.mgMm / 3.57 * std::exp(-kind.nmdaGammaPerMv * mv));
}

double kindConductanceUs(const SynapseKind &kind, double ms, double mv)
{
    const SynapseKernel fast{{}, kind.polarity, kind.tauRiseMs, kind.tauDecayMs, kind.gMaxUs};
    double us = kind.gMaxUs * fast.at(ms);
    if (kind.polarity == Polarity::Excitatory && kind.nmdaGMaxUs > 0.0) {
        const SynapseKernel slow{
            {}, kind.polarity, kind.nmdaTauRiseMs, kind.nmdaTauDecayMs, kind.nmdaGMaxUs};
        us += kind.nmdaGMaxUs * slow.at(ms) * magnesiumBlock(kind, mv);
    }
    return us;
}

} // namespace dt
