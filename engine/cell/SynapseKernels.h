// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

#include <string>
#include <vector>

namespace dt {

/// Time course of a synaptic conductance after an event of weight 1. Values, std only. The
/// magnesium block of NMDA depends on the voltage and is left out.
struct SynapseKernel
{
    std::string name; ///< "AMPA", "NMDA", "GABA-A"
    Polarity polarity = Polarity::Excitatory;
    double riseMs = 0.0;
    double decayMs = 0.0;
    double peakUs = 0.0; ///< conductance at the peak

    /// Conductance `ms` after the event as a share of the peak, 0..1: a difference of exponentials
    /// (docs/BIOPHYSICS.md).
    [[nodiscard]] double at(double ms) const;
};

/// Time courses of the kinds that the neuron has synapses of, each once; components without
/// conductance are left out.
std::vector<SynapseKernel> synapseKernels(const Neuron &neuron);

/// Share of an NMDA conductance that the magnesium block leaves open at the voltage `mv` [mV],
/// 0..1: 1 / (1 + Mg/3.57 exp(-gamma V)) (Jahr & Stevens 1990; docs/BIOPHYSICS.md).
double magnesiumBlock(const SynapseKind &kind, double mv);

/// Conductance [uS] `ms` after an event of weight 1 at a clamped voltage `mv` [mV]: the first
/// component and, for an excitatory kind, what the magnesium block leaves of NMDA.
double kindConductanceUs(const SynapseKind &kind, double ms, double mv);

} // namespace dt
