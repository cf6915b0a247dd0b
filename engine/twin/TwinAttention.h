// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace dt {

/// Where a Transformer looks: attention of neighbouring queries (one a ms) over the past. A plain
/// value.
struct TwinAttention
{
    int layers = 0;
    int heads = 0;
    int queries = 0;
    int lags = 0; ///< as many as the window has ms; lag 0 is the query's own ms
    /// layer x head x query x lag, each row summing to 1; 0 before the input began.
    std::vector<float> weights;

    /// Weights of one head of one layer, query x lag.
    [[nodiscard]] std::span<const float> map(int layer, int head) const
    {
        const std::size_t size = static_cast<std::size_t>(queries) * static_cast<std::size_t>(lags);
        const auto index = static_cast<std::size_t>(layer * heads + head);
        return std::span(weights).subspan(index * size, size);
    }
};

/// The same over a piece of a simulation, with what arrives and what the neuron does there.
struct SimulationAttention
{
    int simulation = 0; ///< from 0
    int startMs = 0;
    TwinAttention attention;
    std::vector<float> excitatory; ///< summed weights of all segments, one value a query
    std::vector<float> inhibitory;
    std::vector<int> spikesMs; ///< of the neuron, in the simulation's time
};

} // namespace dt
