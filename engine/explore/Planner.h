// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/explore/Experiment.h"
#include "engine/input/Stimulus.h"

#include <string>
#include <vector>

namespace dt {

/// Helpers of the experiments' own files: checked settings, variants of the neuron with synapses
/// where they are wanted, trials. Not for use outside engine/explore.

/// One experiment: what it says of itself and its two halves.
struct ExperimentKind
{
    ExperimentInfo info;
    Status (*plan)(class Planner &) = nullptr;
    void (*evaluate)(const class Findings &, ExperimentResult &) = nullptr;
    /// Settings that follow from the values of others; all values are there. May be null.
    void (*follow)(std::vector<ExperimentSetting> &, const ExperimentValues &) = nullptr;
};

/// Synapses of a variant.
struct SynapseSites
{
    std::vector<Place> excitatory;
    std::vector<Place> inhibitory;
};

/// A synaptic event: what arrives where and when.
struct PlannedEvent
{
    Polarity polarity = Polarity::Excitatory;
    Place place;
    int timeMs = 0;
    double weight = 1.0;
};

class Planner
{
public:
    /// All values are there and checked.
    explicit Planner(ExperimentPlan &plan);

    [[nodiscard]] const Neuron &neuron() const { return m_plan.neuron; }
    [[nodiscard]] double number(const std::string &name) const;
    [[nodiscard]] int whole(const std::string &name) const;
    [[nodiscard]] const std::string &text(const std::string &name) const;
    [[nodiscard]] const std::vector<double> &numbers(const std::string &name) const;
    /// Along the setting `tip`.
    [[nodiscard]] DendritePath path() const;
    /// The setting `places`, each segment once.
    [[nodiscard]] std::vector<double> places() const;
    [[nodiscard]] Result<Place> place(const std::string &name) const;
    [[nodiscard]] int settleMs() const { return whole("settle_ms"); }
    [[nodiscard]] int windowMs() const { return whole("window_ms"); }

    /// Refuses too many simulations before any is planned.
    [[nodiscard]] Status reserve(double count, double durationMs) const;

    /// Number of the neuron with one excitatory kind and the inhibitory one, and synapses at these
    /// places alone. Equal ones are one.
    int variant(const Neuron &base, const SynapseKind &excitatory, const SynapseSites &sites);
    int variant(Neuron neuron);
    [[nodiscard]] const Neuron &variantNeuron(int variant) const
    {
        return m_plan.neurons[static_cast<std::size_t>(variant)];
    }

    /// A trial with quiet background; returns it for completion. Valid until the next one.
    Trial &add(int variant, const std::string &name, std::vector<double> factors, int durationMs,
               const std::vector<PlannedEvent> &events = {});

    /// Random events on all segments of the trial. Refuses when all of them together would fill the
    /// memory.
    [[nodiscard]] Status addRain(Trial &trial, const Rain &rain);

private:
    ExperimentPlan &m_plan;
    std::size_t m_rainEvents = 0;
};

/// The soma, or a place measured at every step (adds the probe). Returns it for completion; valid
/// until the next one.
TrialSignal &addSignal(Trial &trial, const std::string &name, const Place &place,
                       const MeasureWindow &window);
/// The segment's voltage once per ms, as data sets store it.
void addRowSignal(Trial &trial, const Neuron &neuron, const std::string &name, const Place &place,
                  const MeasureWindow &window);

/// From an event until a time, with the neuron's own threshold for spikes.
MeasureWindow windowOf(const Planner &p, int eventMs, int untilMs);

/// What was measured, for evaluation.
class Findings
{
public:
    Findings(const ExperimentPlan &plan, const std::vector<std::optional<TrialResult>> &measured);

    [[nodiscard]] const ExperimentPlan &plan() const { return m_plan; }
    [[nodiscard]] std::size_t size() const { return m_plan.trials.size(); }
    [[nodiscard]] const Trial &trial(std::size_t i) const { return m_plan.trials[i]; }
    [[nodiscard]] bool has(std::size_t i) const
    {
        return i < m_measured.size() && m_measured[i].has_value();
    }
    /// NotMeasured everywhere when the trial is missing.
    [[nodiscard]] const PotentialMeasures &signal(std::size_t i, std::size_t signal) const;
    /// Empty when missing.
    [[nodiscard]] const std::vector<float> &rows(std::size_t i, std::size_t which) const;
    /// Null when missing, or not kept.
    [[nodiscard]] const ResultTrace *trace(std::size_t i, std::size_t voltage) const;
    /// Measures the sum of traces of one voltage, each taken so many times, from the event to the
    /// window's end: what two responses would make if they simply added up, or what one is without
    /// the other. NotMeasured everywhere when one is missing.
    [[nodiscard]] PotentialMeasures
    combined(const std::vector<std::pair<std::size_t, double>> &trials, std::size_t voltage) const;
    /// Number of the trial with these factors; size() when there is none.
    [[nodiscard]] std::size_t find(const std::vector<double> &factors) const;
    /// Whether all trials whose factors begin with these are measured. A sentence is drawn only
    /// from a whole group: what is still missing might say the opposite.
    [[nodiscard]] bool complete(const std::vector<double> &first = {}) const;
    /// The setting `places` as the planner has it; a remark says which are left out.
    [[nodiscard]] std::vector<double> places(ExperimentResult &result) const;
    [[nodiscard]] double number(const std::string &name) const;
    [[nodiscard]] const std::string &text(const std::string &name) const;
    [[nodiscard]] const std::vector<double> &numbers(const std::string &name) const;
    [[nodiscard]] DendritePath path() const;

private:
    const ExperimentPlan &m_plan;
    const std::vector<std::optional<TrialResult>> &m_measured;
    std::map<std::vector<double>, std::size_t> m_byFactors;
};

// Settings that several experiments have.
ExperimentSetting numberSetting(std::string name, std::string label, std::string unit,
                                double fallback, double min, double max, double step, int decimals,
                                std::string why);
ExperimentSetting listSetting(std::string name, std::string label, std::string unit,
                              std::vector<double> fallback, double min, double max, int decimals,
                              std::string why);
ExperimentSetting choiceSetting(std::string name, std::string label, std::string fallback,
                                std::vector<SettingChoice> choices, std::string why);
ExperimentSetting placeSetting(std::string name, std::string label, std::string fallback,
                               std::string why);
/// "kind": one excitatory kind. `withAll` adds comparisons of the published ones.
ExperimentSetting kindSetting(bool withAll = false);
/// The same with this default.
ExperimentSetting kindSetting(bool withAll, std::string fallback);
ExperimentSetting tipSetting();
ExperimentSetting settleSetting();
ExperimentSetting windowSetting(int fallbackMs = 150);
/// Ends as given, the others rounded to digits that people write.
std::vector<double> evenly(double from, double to, int count);
/// To five digits of what `scale` is.
double rounded(double value, double scale);
/// The number of digits that a list of decimals is written with suits tables.
int digitsOf(const std::vector<double> &values);

/// Kinds that a "kind" setting stands for, each with its name for people.
struct NamedKind
{
    std::string name;
    SynapseKind kind;
};
std::vector<NamedKind> chosenKinds(const Neuron &neuron, const std::string &choice);
/// What is compared: kinds of synapses, with SK off and on.
struct Arm
{
    std::string name;
    Neuron neuron; ///< with its SK factor
    SynapseKind kind;
};
/// `sk`: "neuron" or "both". Names say what differs.
std::vector<Arm> armsOf(const Neuron &neuron, const std::string &kind, const std::string &sk);
ExperimentSetting skSetting(std::string fallback);
/// "seeds": so many runs with other random events.
ExperimentSetting seedsSetting(double fallback, std::string why);
/// The neuron's first inhibitory kind, or GABA-A.
SynapseKind inhibitoryKind(const Neuron &neuron);

// Results.
ResultCell cell(double value);
/// "fires" in place of a number that a spike makes meaningless.
ResultCell unlessFired(int spikes, double value);
std::string fixed(double value, int digits);
/// "a, b and c"
std::string listed(const std::vector<std::string> &words);
double ratio(double a, double b);
/// Where the lowest and the highest value are, NaN left out; nothing when there is none.
struct Extremes
{
    std::size_t low = 0;
    std::size_t high = 0;
};
std::optional<Extremes> extremes(const std::vector<double> &values);

// One file each.
ExperimentKind outAndBackExperiment();
ExperimentKind attenuationExperiment();
ExperimentKind inputResistanceExperiment();
ExperimentKind steadyVoltageExperiment();
ExperimentKind lengthExperiment();
ExperimentKind pairedExperiment();
ExperimentKind twoPlacesExperiment();
ExperimentKind weightExperiment();
ExperimentKind clusterExperiment();
ExperimentKind orderExperiment();
ExperimentKind inhibitionExperiment();
ExperimentKind currentRateExperiment();
ExperimentKind synapticRateExperiment();
ExperimentKind sweepExperiment();
/// What a sweep can vary on this neuron.
std::vector<SettingChoice> sweepChoices(const Neuron &neuron);

} // namespace dt
