// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/UsualRain.h"

#include "engine/model/ReadUnits.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

/// Of the default neuron, in all.
constexpr double ExcHz = 128.0;
constexpr double InhHz = 64.0;
constexpr double LengthUm = 2048.0;

/// Two digits, as a person would choose it.
double rounded(double rateHz)
{
    const double grain = std::pow(10.0, std::floor(std::log10(rateHz)) - 1.0);
    return std::round(rateHz / grain) * grain;
}

double usualSparsity(double rateHz, const Neuron &neuron, Polarity polarity)
{
    double lengthUm = 0.0;
    for (const Dendrite &dendrite : neuron.dendrites)
        lengthUm += dendrite.lengthUm;
    const std::vector<bool> hears = rowsThatHear(neuron, polarity);
    const auto segments = std::max<std::ptrdiff_t>(1, std::count(hears.begin(), hears.end(), true));
    const double each = rateHz * std::max(1.0, lengthUm / LengthUm) / static_cast<double>(segments);
    return rainSparsity(std::min(rounded(each), MaxRainRateHz));
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
    if (rain == usualRain(before, rain))
        rain = usualRain(after, rain);
}

} // namespace dt
