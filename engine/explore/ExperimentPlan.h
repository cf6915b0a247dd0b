// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/explore/Measures.h"
#include "engine/explore/Places.h"
#include "engine/input/Electrode.h"
#include "engine/input/SpikeInput.h"
#include "engine/recording/Recording.h"
#include "engine/sim/SimulationRequest.h"

#include <map>
#include <string>
#include <variant>
#include <vector>

namespace dt {

/// One voltage of a simulation and the window in which it is measured.
struct TrialSignal
{
    enum class From {
        Soma, ///< every step
        Probe, ///< every step
        Row, ///< a row of VoltageTrace::dendV, once per ms
    };
    From from = From::Soma;
    int index = 0; ///< number of the probe or the row
    std::string name; ///< e.g. "Soma", "At the synapse"
    MeasureWindow window;
    bool shown = true; ///< shown where the trial's traces are
};

/// One simulation of an experiment.
struct Trial
{
    int neuron = 0; ///< index into ExperimentPlan::neurons
    std::string name; ///< for people, e.g. "AMPA, weight 5, at 512 um"
    std::vector<double> factors; ///< what is varied, as the experiment's evaluation knows it
    SpikeInput input;
    std::vector<Electrode> electrodes;
    std::vector<Probe> probes;
    std::vector<TrialSignal> voltages;
    std::vector<int> rowsAtMs; ///< times [ms] at which the voltage of all rows is kept
    bool keepTraces = false; ///< the evaluation needs them
    bool showTraces = false; ///< they are part of the result
    int showMs = 0; ///< how much of them, from the event on; 0: the whole window
};

/// The simulations of an experiment and what each means. A plain value.
struct ExperimentPlan
{
    std::string experiment; ///< id
    std::map<std::string, std::variant<double, std::string, std::vector<double>>>
        values; ///< all settings, defaults filled in
    Neuron neuron; ///< as it was given
    std::vector<Neuron> neurons; ///< variants that are simulated
    std::vector<Trial> trials;

    /// Neuron time of all simulations [ms].
    [[nodiscard]] double totalMs() const;
    /// Neuron time times segments, summed over all simulations [ms]. The cost grows with it.
    [[nodiscard]] double totalSegmentMs() const;
};

/// Numbers of trials that run as one request: they share the neuron and the duration.
using TrialBatch = std::vector<std::size_t>;

/// Splits the plan's trials into requests: small enough that `workers` of them share the work, at
/// most StandardBatch each, and fewer when the samples of a batch would take much memory.
std::vector<TrialBatch> trialBatches(const ExperimentPlan &plan, int workers);

/// The request of a batch; input i belongs to trial batch[i].
SimulationRequest batchRequest(const ExperimentPlan &plan, const TrialBatch &batch);

/// A thinned trace, to be shown or evaluated.
struct ResultTrace
{
    std::string name;
    double startMs = 0.0; ///< time of the first sample, counted from the event
    double stepMs = 0.1;
    std::vector<float> mv;
};

/// What was measured on one simulation.
struct TrialResult
{
    std::vector<PotentialMeasures> voltages; ///< one for each of Trial::voltages
    std::vector<std::vector<float>> rowsMv; ///< for each of Trial::rowsAtMs the voltage of all rows
    std::vector<ResultTrace> traces; ///< one for each voltage if Trial::keepTraces or showTraces
};

} // namespace dt
