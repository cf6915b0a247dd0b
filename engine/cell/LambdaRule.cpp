// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/LambdaRule.h"

#include "engine/cell/Cable.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace dt {

namespace {

/// Integral of dx / sqrt(diam) along the dendrite: both length constants go with sqrt(diam).
/// Within a frustum the diameter is taken as the mean of its ends, as NEURON's rule does.
double lengthPerRootDiam(const Dendrite &dendrite)
{
    if (dendrite.points.size() < 2)
        return dendrite.lengthUm / std::sqrt(dendrite.diamUm);
    double sum = 0.0;
    for (std::size_t i = 1; i < dendrite.points.size(); ++i) {
        const Point3 &a = dendrite.points[i - 1];
        const Point3 &b = dendrite.points[i];
        const double length = std::hypot(b.x - a.x, b.y - a.y, b.z - a.z);
        if (length > 0.0)
            sum += length / std::sqrt((a.diam + b.diam) / 2.0);
    }
    return sum;
}

int oddSegments(double lambdas, double share)
{
    if (!(share > 0.0) || !(lambdas > 0.0))
        return 1;
    const double wanted = std::min(lambdas / share, 2.0 * MaxSegmentsOfDendrite);
    const int odd = static_cast<int>((wanted + 0.9) / 2.0) * 2 + 1;
    return std::min(odd, MaxSegmentsOfDendrite - 1);
}

template <typename Rule>
void apply(Neuron &neuron, const Rule &rule)
{
    // Asked once, not dendrite by dendrite: a traced cell has thousands.
    const bool paired = hasOnePairPerSegment(neuron);
    for (Dendrite &dendrite : neuron.dendrites)
        dendrite.segments = rule(dendrite);
    if (paired)
        neuron.synapses = onePairPerSegment(neuron);
}

} // namespace

double lengthInLambda(const Dendrite &dendrite, const Membrane &membrane)
{
    return lengthPerRootDiam(dendrite) / lengthConstantUm(1.0, membrane);
}

double lengthInLambdaAt(double hz, const Dendrite &dendrite, const Membrane &membrane)
{
    const double lambda =
        1.0e5 / std::sqrt(4.0 * std::numbers::pi * hz * membrane.raOhmCm * membrane.cmUfPerCm2);
    return lengthPerRootDiam(dendrite) / lambda;
}

int segmentsByLambda(const Dendrite &dendrite, const Membrane &membrane, double shareOfLambda)
{
    return oddSegments(lengthInLambda(dendrite, membrane), shareOfLambda);
}

int segmentsByLambdaAt(double hz, const Dendrite &dendrite, const Membrane &membrane,
                       double shareOfLambda)
{
    return oddSegments(lengthInLambdaAt(hz, dendrite, membrane), shareOfLambda);
}

void applyLambdaRule(Neuron &neuron, double shareOfLambda)
{
    apply(neuron, [&](const Dendrite &dendrite) {
        return segmentsByLambda(dendrite, neuron.membrane, shareOfLambda);
    });
}

} // namespace dt
