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

/// The recording that a stored simulation stands for. What a data set does not keep is empty: the
/// fine trace of the soma.
Recording recordingFrom(const StoredSimulation &simulation, const Neuron &neuron);

/// Statistics of the stored, rounded numbers.
StatisticValues statisticsOf(const StoredSimulation &simulation, int segments);

} // namespace dt
