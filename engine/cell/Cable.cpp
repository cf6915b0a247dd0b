// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/Cable.h"

#include "engine/cell/DendritePath.h"
#include "engine/cell/Frusta.h"
#include "engine/cell/LambdaRule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace dt {

double lengthConstantUm(double diamUm, const Membrane &membrane)
{
    return 100.0 * std::sqrt(diamUm * membrane.rmOhmCm2 / (4.0 * membrane.raOhmCm));
}

double membraneTimeConstantMs(const Membrane &membrane)
{
    return membrane.rmOhmCm2 * membrane.cmUfPerCm2 * 1.0e-3;
}

double lateralAreaUm2(double lengthUm, double diamUm)
{
    return std::numbers::pi * lengthUm * diamUm;
}

CableCard cableCard(const Neuron &neuron)
{
    CableCard card;
    card.tauMs = membraneTimeConstantMs(neuron.membrane);
    card.somaAreaUm2 = lateralAreaUm2(neuron.soma.lengthUm, neuron.soma.diamUm);
    card.segments = neuron.segmentCount();
    if (!neuron.dendrites.empty())
        card.lambdaUm = lengthConstantUm(neuron.dendrites.front().diamUm, neuron.membrane);

    const std::vector<double> starts = dendriteStartsLambda(neuron);
    for (std::size_t i = 0; i < neuron.dendrites.size(); ++i) {
        const Dendrite &dendrite = neuron.dendrites[i];
        const double length = lengthInLambda(dendrite, neuron.membrane);
        card.electrotonicLength = std::max(card.electrotonicLength, starts[i] + length);
        const double segment = length / dendrite.segments;
        if (segment > CoarseLambda) {
            const CableCard::Coarse coarse{static_cast<int>(i),
                                           static_cast<int>(std::ceil(length / CoarseLambda))};
            if (segment > card.segmentLambda)
                card.coarseDendrites.insert(card.coarseDendrites.begin(), coarse);
            else
                card.coarseDendrites.push_back(coarse);
        }
        card.segmentLambda = std::max(card.segmentLambda, segment);
        card.dendriteAreaUm2 += dendriteAreaUm2(dendrite);
        card.totalLengthUm += dendrite.lengthUm;
    }
    return card;
}

} // namespace dt
