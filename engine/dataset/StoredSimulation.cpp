// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dataset/StoredSimulation.h"

#include "engine/base/Half.h"

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

Recording recordingFrom(const StoredSimulation &simulation, const Neuron &neuron)
{
    Recording r;
    r.neuron = neuron;
    r.segments = neuron.segmentCount();
    r.durationMs = static_cast<int>(simulation.somaV.size());
    r.input.segments = r.segments;
    r.input.durationMs = r.durationMs;
    const std::size_t T = simulation.somaV.size();
    const std::size_t cells = static_cast<std::size_t>(r.segments) * T;
    for (std::size_t at = 0; at < simulation.inputs.size(); ++at) {
        if (simulation.inputs[at] == 0)
            continue;
        const std::size_t cell = at % cells;
        r.input.events.push_back({at < cells ? Polarity::Excitatory : Polarity::Inhibitory,
                                  static_cast<int>(cell / T), static_cast<int>(cell % T),
                                  static_cast<double>(floatFromHalf(simulation.inputs[at]))});
    }
    r.input.normalise();
    r.somaV = simulation.somaV;
    r.dendV = floats(simulation.dendV);
    r.spike = simulation.spikes;
    r.nearSpike = simulation.nearSpikes;
    r.instRate = simulation.instRate;
    return r;
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
