// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/explore/ExperimentPlan.h"

namespace dt {

/// What simulating costs on this computer, learnt from simulations that ended: seconds for each ms
/// of each segment. The soma with its channels costs as much as `somaSegments` passive segments. A
/// plain value.
class SimulationCost
{
public:
    SimulationCost(double secondsPerMsAndSegment, double somaSegments) :
        m_perMsAndSegment(secondsPerMsAndSegment), m_somaSegments(somaSegments)
    {
    }

    [[nodiscard]] double perMsAndSegment() const { return m_perMsAndSegment; }
    [[nodiscard]] double seconds(double neuronMs, int segments) const;
    /// Learns from simulations that took `seconds`. `weight`: 1 forgets what was known, 0 learns
    /// nothing.
    void learn(double seconds, double neuronMs, int segments, double weight);

private:
    double m_perMsAndSegment;
    double m_somaSegments;
};

/// The cost of data sets: seconds of one core, in full batches. It is kept in the program's
/// settings from one start to the next.
SimulationCost datasetCost();
void keepDatasetCost(const SimulationCost &cost);

/// The cost of experiments. Their small batches and their probes cost more than the simulations of
/// data sets; how much more is learnt from those that finished. A plain value.
class ExperimentCost
{
public:
    /// Seconds that the whole plan takes on so many workers.
    [[nodiscard]] double seconds(const ExperimentPlan &plan, int workers) const;
    void learn(const ExperimentPlan &plan, int workers, double seconds);

private:
    double m_slowness = 1.5; ///< time that experiments take, relative to data sets
};

} // namespace dt
