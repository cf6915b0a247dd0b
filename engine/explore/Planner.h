// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/explore/ExperimentPlan.h"
#include "engine/input/Stimulus.h"

#include <string>
#include <vector>

namespace dt {

/// Places of the synapses of a variant of the neuron.
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

/// Plans one experiment: reads its checked settings, makes variants of the neuron with synapses
/// where they are wanted, and adds trials. Only for use inside engine/explore, like the other
/// helpers of the experiments.
class Planner
{
public:
    /// The plan has the values of all settings, and they are checked.
    explicit Planner(ExperimentPlan &plan);

    [[nodiscard]] const Neuron &neuron() const { return m_plan.neuron; }
    [[nodiscard]] double number(const std::string &name) const;
    [[nodiscard]] int whole(const std::string &name) const;
    [[nodiscard]] const std::string &text(const std::string &name) const;
    [[nodiscard]] const std::vector<double> &numbers(const std::string &name) const;
    /// The path from the soma to the end of the setting `tip`.
    [[nodiscard]] DendritePath path() const;
    /// The setting `places` without those in a segment that an earlier one is in.
    [[nodiscard]] std::vector<double> places() const;
    [[nodiscard]] Result<Place> place(const std::string &name) const;
    /// A place for a synapse: refuses the soma.
    [[nodiscard]] Result<Place> dendriticPlace(const std::string &name) const;
    [[nodiscard]] int settleMs() const { return whole("settle_ms"); }
    [[nodiscard]] int windowMs() const { return whole("window_ms"); }

    /// Refuses too many simulations before any is planned.
    [[nodiscard]] Status reserve(double count, double durationMs) const;

    /// Number of the variant of `base` that has this excitatory kind and the inhibitory one, and
    /// synapses at these places alone. Equal variants are one.
    int variant(const Neuron &base, const SynapseKind &excitatory, const SynapseSites &sites);
    int variant(Neuron neuron);
    [[nodiscard]] const Neuron &variantNeuron(int variant) const
    {
        return m_plan.neurons[static_cast<std::size_t>(variant)];
    }

    /// Adds a trial whose only input is `events`, for the caller to complete. The reference is
    /// valid until the next trial is added.
    Trial &add(int variant, const std::string &name, std::vector<double> factors, int durationMs,
               const std::vector<PlannedEvent> &events = {});

    /// Adds random events on all segments of the trial. Refuses when the random events of all
    /// trials together would fill the memory.
    [[nodiscard]] Status addRain(Trial &trial, const Rain &rain);

private:
    ExperimentPlan &m_plan;
    std::size_t m_rainEvents = 0;
};

/// Adds a voltage that is measured at every step: the soma's, or that of a place, with the probe
/// for it. The caller completes it; the reference is valid until the next voltage is added.
TrialSignal &addSignal(Trial &trial, const std::string &name, const Place &place,
                       const MeasureWindow &window);
/// Adds the voltage of the segment at a place once per ms, as data sets store it.
void addRowSignal(Trial &trial, const Neuron &neuron, const std::string &name, const Place &place,
                  const MeasureWindow &window);

/// The window from an event until a time [ms], with the neuron's own threshold for spikes.
MeasureWindow windowOf(const Planner &p, int eventMs, int untilMs);

} // namespace dt
