// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/dataset/Statistics.h"
#include "engine/recording/Recording.h"

#include <cstdint>
#include <vector>

namespace dt {

/// One simulation with exactly the numbers a data set stores: half precision where the published
/// data sets use it. n segments, T ms, row-major.
struct StoredSimulation
{
    std::uint64_t index = 0; ///< the candidate's number
    std::vector<std::uint16_t> inputs; ///< half, 2 x n x T: excitatory, inhibitory weights
    std::vector<std::uint8_t> spikes; ///< T
    std::vector<std::uint8_t> nearSpikes; ///< T
    std::vector<float> somaV; ///< T [mV], capped
    std::vector<float> instRate; ///< T [spikes/ms]
    std::vector<std::uint16_t> dendV; ///< half, n x T [mV], capped
};

StoredSimulation storedFrom(const Recording &recording, std::uint64_t index);

/// The other way: whatever a data set keeps of a recording; the fine trace of the soma is empty.
Recording recordingFrom(const StoredSimulation &simulation, const Neuron &neuron);

/// Of the stored, rounded numbers.
StatisticValues statisticsOf(const StoredSimulation &simulation, int segments);

} // namespace dt
