// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/StoredSimulation.h"

#include "engine/model/Half.h"

namespace dt {

namespace {

std::vector<float> floats(std::span<const std::uint16_t> halves)
{
    std::vector<float> values(halves.size());
    floatsFromHalves(halves.data(), values.data(), halves.size());
    return values;
}

} // namespace

StoredSimulation storedFrom(const Recording &recording, std::uint64_t index)
{
    StoredSimulation s;
    s.index = index;
    const auto T = static_cast<std::size_t>(recording.durationMs);
    const std::size_t cells = static_cast<std::size_t>(recording.segments) * T;
    s.inputs.assign(2 * cells, 0);
    for (const InputEvent &e : recording.input.events) {
        const std::size_t at = (e.polarity == Polarity::Inhibitory ? cells : 0)
            + static_cast<std::size_t>(e.row) * T + static_cast<std::size_t>(e.timeMs);
        s.inputs[at] = halfFromFloat(static_cast<float>(e.weight));
    }
    s.dendV.resize(cells);
    for (std::size_t i = 0; i < cells; ++i)
        s.dendV[i] = halfFromFloat(recording.dendV[i]);
    s.spikes = recording.spike;
    s.nearSpikes = recording.nearSpike;
    s.somaV = recording.somaV;
    s.instRate = recording.instRate;
    return s;
}

StatisticValues statisticsOf(const StoredSimulation &simulation, int segments)
{
    const std::size_t cells = static_cast<std::size_t>(segments) * simulation.somaV.size();
    const std::vector<float> inputs = floats(simulation.inputs);
    const std::vector<float> dend = floats(simulation.dendV);
    return computeStatistics({std::span(inputs).first(cells), std::span(inputs).subspan(cells),
                              simulation.somaV, dend, simulation.instRate, simulation.spikes,
                              simulation.nearSpikes});
}

} // namespace dt
