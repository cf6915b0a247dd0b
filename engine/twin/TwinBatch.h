// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

namespace dt {

/// What goes into a twin and what it says, as plain numbers: B windows of L ms side by side, S
/// segments, row-major.

struct TwinInputs
{
    int windows = 0; ///< B
    int segments = 0; ///< S
    int lengthMs = 0; ///< L
    std::vector<float> values; ///< B x 2 x S x L, already divided by the twin's input scale

    [[nodiscard]] std::size_t points() const
    {
        return static_cast<std::size_t>(windows) * static_cast<std::size_t>(lengthMs);
    }
    /// Sets the sizes and fills `values` with zeros.
    void resize(int count, int segmentCount, int ms)
    {
        windows = count;
        segments = segmentCount;
        lengthMs = ms;
        values.assign(points() * 2 * static_cast<std::size_t>(segments), 0.0f);
    }
};

/// What the twin should have said, in normalised units (see Scaling).
struct TwinTruth
{
    std::vector<float> spikes; ///< B x L, 0 or 1
    std::vector<float> soma; ///< B x L
    std::vector<float> nearSpikes; ///< B x L, 0 or 1
    std::vector<float> rate; ///< B x L
    std::vector<float> dend; ///< B x S x L
};

struct TwinBatch
{
    TwinInputs inputs;
    TwinTruth truth;
};

/// What the twin says, in physical units.
struct TwinPrediction
{
    int windows = 0;
    int lengthMs = 0;
    int dendHeads = 0;
    std::vector<float> spikeProbability; ///< B x L
    std::vector<float> nearSpikeProbability; ///< B x L
    std::vector<float> somaMv; ///< B x L
    std::vector<float> rate; ///< B x L [spikes/ms]
    std::vector<float> dendMv; ///< B x dendHeads x L
};

} // namespace dt
