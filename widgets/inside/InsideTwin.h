// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/SynapseKernels.h"
#include "engine/twin/FirstLayer.h"
#include "engine/twin/TwinAttention.h"

#include <QString>

#include <algorithm>
#include <optional>
#include <vector>

namespace dt {

/// Everything that is shown of a twin's inside. A plain value, made by a controller.
struct InsideTwin
{
    QString path;
    QString title; ///< what people call it
    std::optional<Neuron> neuron; ///< empty for imported weights
    int receptiveFieldMs = 0; ///< 0 for a twin that sees all of the past
    std::optional<FirstLayer> layer; ///< of networks that begin with a convolution
    std::optional<ElmTimes> times; ///< of an ELM
    int attentionLayers = 0; ///< of a Transformer
    int attentionHeads = 0;
    std::vector<SynapseKernel> kernels;

    /// Longest decay of an excitatory synapse [ms]; 0 where the neuron is not known.
    [[nodiscard]] double slowestDecayMs() const
    {
        double slowest = 0.0;
        for (const SynapseKernel &kernel : kernels) {
            if (kernel.polarity == Polarity::Excitatory)
                slowest = std::max(slowest, kernel.decayMs);
        }
        return slowest;
    }
};

/// The data that a twin is looked at with.
struct InsideData
{
    bool there = false;
    QString sentence; ///< which data set it is, or why there is none
    int simulations = 0; ///< in the split that is looked at
    int durationMs = 0;
};

} // namespace dt
