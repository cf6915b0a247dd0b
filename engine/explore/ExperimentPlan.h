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
        Row, ///< of VoltageTrace::dendV, once per ms
    };
    From from = From::Soma;
    int index = 0; ///< of the probe or the row
    std::string name; ///< e.g. "Soma", "At the synapse"
    MeasureWindow window;
    bool shown = true; ///< worth showing, if the trial's traces are
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
    std::vector<int> rowsAtMs; ///< keep the voltage of all rows at these times
    bool keepTraces = false; ///< needed for evaluation
    bool showTraces = false; ///< worth showing: part of the result
    int showMs = 0; ///< only so much of them from the event on; 0: the whole window
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
    /// The same times the segments of each: what the cost goes with.
    [[nodiscard]] double totalSegmentMs() const;
};

/// Trials that run as one request: one neuron, one duration.
using TrialBatch = std::vector<std::size_t>;

/// Splits the plan's trials into requests: small enough that `workers` of them share the work, at
/// most StandardBatch each, and fewer when the samples of a batch would take much memory.
std::vector<TrialBatch> trialBatches(const ExperimentPlan &plan, int workers);

/// The request of a batch; input i belongs to trial batch[i].
SimulationRequest batchRequest(const ExperimentPlan &plan, const TrialBatch &batch);

/// A trace worth showing, thinned.
struct ResultTrace
{
    std::string name;
    double startMs = 0.0; ///< of the first sample, from the event
    double stepMs = 0.1;
    std::vector<float> mv;
};

/// What was measured on one simulation.
struct TrialResult
{
    std::vector<PotentialMeasures> voltages; ///< one for each of Trial::voltages
    std::vector<std::vector<float>> rowsMv; ///< of all rows, for each of Trial::rowsAtMs
    std::vector<ResultTrace> traces; ///< one for each voltage if Trial::keepTraces or showTraces
};

} // namespace dt
