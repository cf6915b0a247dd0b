// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"

namespace dt {

/// Steady-state cable theory for the card beside the neuron (Rall; docs/BIOPHYSICS.md). Lengths in
/// lambda are those of lengthInLambda() (engine/cell/LambdaRule.h).

/// Length constant of a cylinder: lambda [um] = 100 sqrt(diam Rm / (4 Ra)), with diam in um, Rm in
/// ohm cm2 and Ra in ohm cm.
double lengthConstantUm(double diamUm, const Membrane &membrane);

/// Membrane time constant of the dendrite, Rm Cm [ms].
double membraneTimeConstantMs(const Membrane &membrane);

/// Lateral area of a cylinder [um2].
double lateralAreaUm2(double lengthUm, double diamUm);

struct CableCard
{
    double lambdaUm = 0.0; ///< length constant of the first dendrite
    double electrotonicLength = 0.0; ///< from the soma to the electrically farthest end, in lambda
    double segmentLambda = 0.0; ///< of the longest segment, in lambda; mean over its dendrite
    double tauMs = 0.0;
    double somaAreaUm2 = 0.0;
    double dendriteAreaUm2 = 0.0;
    double totalLengthUm = 0.0;
    int segments = 0;
    struct Coarse
    {
        int dendrite = 0;
        int needs = 1; ///< least segments that are no longer than CoarseLambda
        bool operator==(const Coarse &) const = default;
    };
    std::vector<Coarse> coarseDendrites; ///< the dendrite with the longest segments first
    [[nodiscard]] bool coarse() const { return !coarseDendrites.empty(); }
};

/// Above this share of lambda a segment is called coarse: at 0.15 lambda somatic EPSPs are
/// within 0.6 % of a fine cable, at 0.44 lambda 2 to 5 % too large.
inline constexpr double CoarseLambda = 0.2;

CableCard cableCard(const Neuron &neuron);

} // namespace dt
