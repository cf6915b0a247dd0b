// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/explore/ExperimentPlan.h"
#include "engine/input/Stimulus.h"

#include <string>
#include <vector>

namespace dt {

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

/// Plans one experiment: its checked settings, variants of the neuron with synapses where they are
/// wanted, trials. Not for use outside engine/explore, like the other helpers of the experiments.
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
    /// A place for a synapse: refuses the soma.
    [[nodiscard]] Result<Place> dendriticPlace(const std::string &name) const;
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

} // namespace dt
