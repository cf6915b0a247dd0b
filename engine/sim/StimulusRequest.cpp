// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/StimulusRequest.h"

#include <utility>

namespace dt {

SimulationRequest stimulusRequest(const Neuron &neuron, const Stimulus &stimulus)
{
    SimulationRequest request;
    request.neuron = neuron;
    request.inputs = {renderStimulus(stimulus, neuron)};
    std::vector<Electrode> electrodes = stimulus.electrodes;
    std::erase_if(electrodes, [](const Electrode &e) { return !e.on; });
    if (!electrodes.empty()) {
        request.probes = {electrodeProbes(electrodes)};
        request.electrodes = {std::move(electrodes)};
    }
    return request;
}

} // namespace dt
