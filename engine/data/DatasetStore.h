// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/data/DatasetFile.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace dt {

/// Where a window is written: dense float arrays for n segments and L ms, row-major, in the shapes
/// that the twins take. Arrays whose pointer is null are left out.
struct WindowBuffers
{
    float *inputs = nullptr; ///< 2 x n x L weights: excitatory rows, then inhibitory rows
    float *spikes = nullptr; ///< L, 0 or 1
    float *nearSpikes = nullptr; ///< L, 0 or 1
    float *somaV = nullptr; ///< L [mV]
    float *instRate = nullptr; ///< L [spikes/ms]
    float *dendV = nullptr; ///< n x L [mV]
};

/// A data set in memory in the most compact form that loses nothing: sparse inputs, bits for
/// spikes, half floats for dendrites. A simulation of 8192 ms and 8 segments takes about 230 KB, a
/// third of the dense float form. Made for training: any window is ready in some tens of
/// microseconds. Reading is safe from several threads.
class DatasetStore
{
public:
    /// Loads the given splits; others stay empty. An Error (Cancelled) when `progress` returns
    /// false.
    static Result<DatasetStore> load(const DatasetFile &file, const std::vector<Split> &splits,
                                     const ProgressFunction &progress);

    [[nodiscard]] std::size_t count(Split split) const { return part(split).size(); }
    [[nodiscard]] int segments() const { return m_segments; }
    [[nodiscard]] int durationMs() const { return m_durationMs; }
    /// Number of the candidate that simulation i was.
    [[nodiscard]] std::uint64_t index(Split split, std::size_t i) const
    {
        return part(split)[i].index;
    }
    /// Memory that all simulations take.
    [[nodiscard]] std::size_t bytes() const;

    /// Writes milliseconds [startMs, startMs + lengthMs) of simulation i, which must lie inside it.
    void window(Split split, std::size_t i, int startMs, int lengthMs,
                const WindowBuffers &out) const;

private:
    /// Events in order of time, in blocks of BlockMs so that a byte holds the time in a block.
    static constexpr int BlockMs = 256;

    struct Simulation
    {
        std::uint64_t index = 0;
        std::vector<std::uint32_t> blockStart; ///< first event of each block, and the end
        std::vector<std::uint8_t> eventMs; ///< time within its block
        std::vector<std::uint16_t> eventRow; ///< 0..n-1 excitatory, n..2n-1 inhibitory
        std::vector<std::uint16_t> eventWeight; ///< half
        std::vector<std::uint64_t> spikes; ///< bits
        std::vector<std::uint64_t> nearSpikes; ///< bits
        std::vector<float> somaV;
        std::vector<float> instRate;
        std::vector<std::uint16_t> dendV; ///< half, n x T
    };

    [[nodiscard]] const std::vector<Simulation> &part(Split split) const
    {
        return m_parts[static_cast<std::size_t>(split)];
    }
    static Simulation packed(StoredSimulation &&simulation, int segments);

    int m_segments = 0;
    int m_durationMs = 0;
    std::array<std::vector<Simulation>, 3> m_parts;
};

} // namespace dt
