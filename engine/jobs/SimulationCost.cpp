// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/SimulationCost.h"

#include <QSettings>

#include <algorithm>

namespace dt {

namespace {

/// Measured in batches of 16 (docs/DATASETS.md); replaced by what this machine shows.
constexpr double DefaultDatasetCost = 1.3e-6;
constexpr double DatasetSomaSegments = 10.0;

/// The time for handing out work and building cells.
constexpr double ExperimentStartSeconds = 0.3;
/// Experiments shorter than this say more about their start than about simulations.
constexpr double LeastExperimentSeconds = 1.0;

QString datasetCostKey()
{
    return QStringLiteral("build/secondsPerMsAndSegment");
}

} // namespace

double SimulationCost::seconds(double neuronMs, int segments) const
{
    return m_perMsAndSegment * neuronMs * (segments + m_somaSegments);
}

void SimulationCost::learn(double seconds, double neuronMs, int segments, double weight)
{
    m_perMsAndSegment = (1.0 - weight) * m_perMsAndSegment
        + weight * seconds / (neuronMs * (segments + m_somaSegments));
}

SimulationCost datasetCost()
{
    return {QSettings().value(datasetCostKey(), DefaultDatasetCost).toDouble(),
            DatasetSomaSegments};
}

void keepDatasetCost(const SimulationCost &cost)
{
    QSettings().setValue(datasetCostKey(), cost.perMsAndSegment());
}

double ExperimentCost::seconds(const ExperimentPlan &plan, int workers) const
{
    const SimulationCost cost = datasetCost();
    double seconds = 0.0;
    for (const Trial &trial : plan.trials) {
        const Neuron &neuron = plan.neurons[static_cast<std::size_t>(trial.neuron)];
        seconds += cost.seconds(trial.input.durationMs, neuron.segmentCount());
    }
    return ExperimentStartSeconds + m_slowness * seconds / workers;
}

void ExperimentCost::learn(const ExperimentPlan &plan, int workers, double seconds)
{
    if (seconds > LeastExperimentSeconds)
        m_slowness *= std::clamp(0.5 + 0.5 * seconds / this->seconds(plan, workers), 0.5, 3.0);
}

} // namespace dt
