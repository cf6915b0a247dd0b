// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/input/UsualRain.h"

#include "engine/base/ReadUnits.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace dt {

namespace {

/// Of the default neuron, in all.
constexpr double ExcHz = 128.0;
constexpr double InhHz = 64.0;
constexpr double AreaUm2 = 2048.0 * 1.0 * std::numbers::pi;

/// Two digits, as a person would choose it.
double twoDigits(double rateHz)
{
    const double grain = std::pow(10.0, std::floor(std::log10(rateHz)) - 1.0);
    return std::round(rateHz / grain) * grain;
}

double usualSparsity(double rateHz, const Neuron &neuron, Polarity polarity)
{
    double areaUm2 = 0.0;
    for (const Dendrite &dendrite : neuron.dendrites)
        areaUm2 += dendrite.lengthUm * dendrite.diamUm * std::numbers::pi;
    const std::vector<bool> hears = rowsThatHear(neuron, polarity);
    const auto segments = std::max<std::ptrdiff_t>(1, std::count(hears.begin(), hears.end(), true));
    const double each = rateHz * std::max(1.0, areaUm2 / AreaUm2) / static_cast<double>(segments);
    return rainSparsity(std::min(twoDigits(each), MaxRainRateHz));
}

} // namespace

Rain usualRain(const Neuron &neuron, const Rain &as)
{
    Rain rain = as;
    rain.excSparsity = usualSparsity(ExcHz, neuron, Polarity::Excitatory);
    rain.inhSparsity = usualSparsity(InhHz, neuron, Polarity::Inhibitory);
    return rain;
}

void followNeuron(Rain &rain, const Neuron &before, const Neuron &after)
{
    const bool sameSegments =
        std::equal(before.dendrites.begin(), before.dendrites.end(), after.dendrites.begin(),
                   after.dendrites.end(), [](const Dendrite &a, const Dendrite &b) {
                       return a.name == b.name && a.segments == b.segments;
                   });
    if (!sameSegments && rain == usualRain(before, rain))
        rain = usualRain(after, rain);
}

} // namespace dt
