// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/LambdaRule.h"

#include "engine/cell/Cable.h"
#include "engine/cell/Frusta.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace dt {

namespace {

/// Integral of dx / sqrt(diam) [sqrt(um)]: the length constant goes with sqrt(diam). Over a frustum
/// from diameter a to b it is 2 length / (sqrt(a) + sqrt(b)).
double lengthPerRootDiam(const Dendrite &dendrite, double toX)
{
    if (dendrite.points.size() < 2)
        return toX * dendrite.lengthUm / std::sqrt(dendrite.diamUm);
    // All of it is all frusta, whatever rounding makes of their sum.
    double leftUm = toX < 1.0 ? toX * dendrite.lengthUm : std::numeric_limits<double>::infinity();
    double sum = 0.0;
    for (std::size_t i = 1; i < dendrite.points.size() && leftUm > 0.0; ++i) {
        const Point3 &a = dendrite.points[i - 1];
        const Point3 &b = dendrite.points[i];
        const double length = distanceUm(a, b);
        if (!(length > 0.0))
            continue;
        const double share = std::min(1.0, leftUm / length);
        const double end = a.diam + (b.diam - a.diam) * share;
        sum += 2.0 * share * length / (std::sqrt(a.diam) + std::sqrt(end));
        leftUm -= length;
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

} // namespace

double lengthInLambda(const Dendrite &dendrite, const Membrane &membrane, double toX)
{
    return lengthPerRootDiam(dendrite, toX) / lengthConstantUm(1.0, membrane);
}

int segmentsByLambda(const Dendrite &dendrite, const Membrane &membrane, double shareOfLambda)
{
    return oddSegments(lengthInLambda(dendrite, membrane), shareOfLambda);
}

void applyLambdaRule(Neuron &neuron, double shareOfLambda)
{
    // Asked once, not dendrite by dendrite: a traced cell has thousands.
    const bool paired = hasOnePairPerSegment(neuron);
    for (Dendrite &dendrite : neuron.dendrites)
        dendrite.segments = segmentsByLambda(dendrite, neuron.membrane, shareOfLambda);
    if (paired)
        neuron.synapses = onePairPerSegment(neuron);
}

} // namespace dt
