// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recording/SilenceHint.h"

#include "engine/base/NumberText.h"
#include "engine/base/ReadUnits.h"
#include "engine/input/UsualRain.h"
#include "engine/recording/RunSettings.h"

#include <algorithm>
#include <cmath>

namespace dt {

std::string silenceHint(const RunSetup &setup, int spikes, double highestSomaMv)
{
    const Stimulus &stimulus = setup.stimulus;
    const bool driven = std::any_of(stimulus.electrodes.begin(), stimulus.electrodes.end(),
                                    [](const Electrode &e) { return e.on; });
    if (spikes > 0 || driven)
        return {};
    const SpikeInput input = renderStimulus(stimulus, setup.neuron);
    const bool excited =
        std::any_of(input.events.begin(), input.events.end(), [](const InputEvent &e) {
            return e.polarity == Polarity::Excitatory && e.weight > 0.0;
        });
    if (!excited)
        return "No spike: nothing excites the neuron. Paint events into the input plot, or switch "
               "on "
               "Random Rain.";
    const std::string silent = "No spike: the soma reached "
        + formatNumber(std::round(highestSomaMv * 10.0) / 10.0) + " mV at most. ";
    const double rate = rainRateHz(stimulus.rain.excSparsity);
    const double usual = rainRateHz(usualRain(setup.neuron).excSparsity);
    if (stimulus.rain.on && rate < 0.99 * usual)
        return silent + "Rain of " + formatNumber(rate) + " Hz is little for these segments; "
            + formatNumber(usual) + " Hz is usual.";
    return silent + "Raise weights or rates, or tick Like Training Data.";
}

} // namespace dt
