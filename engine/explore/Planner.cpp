// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/Planner.h"

#include "engine/base/NumberText.h"
#include "engine/explore/Arms.h"
#include "engine/explore/Experiment.h"
#include "engine/explore/PlannedPath.h"
#include "engine/explore/ResultText.h"

#include <set>
#include <tuple>

namespace dt {

namespace {

/// Variants before a new one that it may be equal to, besides the first.
constexpr std::size_t NeighboursCompared = 64;

std::string groupedNumber(double value)
{
    std::string digits = fixed(value, 0);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), ",");
    return digits;
}

} // namespace

Planner::Planner(ExperimentPlan &plan) : m_plan(plan) { }

double Planner::number(const std::string &name) const
{
    return std::get<double>(m_plan.values.at(name));
}

int Planner::whole(const std::string &name) const
{
    return static_cast<int>(number(name));
}

const std::string &Planner::text(const std::string &name) const
{
    return std::get<std::string>(m_plan.values.at(name));
}

const std::vector<double> &Planner::numbers(const std::string &name) const
{
    return std::get<std::vector<double>>(m_plan.values.at(name));
}

DendritePath Planner::path() const
{
    return plannedPath(m_plan);
}

std::vector<double> Planner::places() const
{
    return plannedPlaces(m_plan);
}

Result<Place> Planner::place(const std::string &name) const
{
    return placeFromText(m_plan.neuron, path(), text(name));
}

Result<Place> Planner::dendriticPlace(const std::string &name) const
{
    Result<Place> found = place(name);
    if (found && found->isSoma())
        return Error{ErrorCode::InvalidValue, "Synapses sit on dendrites: choose another place.",
                     name};
    return found;
}

Status Planner::reserve(double count, double durationMs) const
{
    if (count > MaxTrials)
        return Error{ErrorCode::InvalidValue,
                     "This would be " + groupedNumber(count) + " simulations of "
                         + groupedNumber(durationMs) + " ms. At most " + groupedNumber(MaxTrials)
                         + " are run at once: vary fewer values.",
                     m_plan.experiment};
    if (count * durationMs > MaxExperimentMs)
        return Error{
            ErrorCode::InvalidValue,
            "This would be " + groupedNumber(count) + " simulations of " + groupedNumber(durationMs)
                + " ms, " + groupedNumber(count * durationMs / 1000.0)
                + " s of neuron time in all. At most " + groupedNumber(MaxExperimentMs / 1000.0)
                + " s are run at once: vary fewer values or shorten the time.",
            m_plan.experiment};
    return Done{};
}

int Planner::variant(Neuron neuron)
{
    // Equal ones come one after another or begin the list; comparing all would take long for many.
    const std::size_t count = m_plan.neurons.size();
    for (std::size_t i = 0; i < count; ++i) {
        const bool near = i == 0 || i + NeighboursCompared >= count;
        if (near && m_plan.neurons[i] == neuron)
            return static_cast<int>(i);
    }
    m_plan.neurons.push_back(std::move(neuron));
    return static_cast<int>(m_plan.neurons.size()) - 1;
}

int Planner::variant(const Neuron &base, const SynapseKind &excitatory, const SynapseSites &sites)
{
    Neuron neuron = base;
    neuron.synapseKinds = {excitatory, inhibitoryKind(base)};
    neuron.synapseKinds[0].name = "excitatory";
    neuron.synapseKinds[1].name = "inhibitory";
    neuron.synapses.clear();
    // One for each segment: more would answer the same event several times.
    std::set<std::tuple<int, int, double>> there;
    for (const int kind : {0, 1}) {
        for (const Place &place : kind == 0 ? sites.excitatory : sites.inhibitory) {
            const Place centre = snapped(base, place);
            if (there.emplace(kind, centre.dendrite, centre.x).second)
                neuron.synapses.push_back({kind, centre.dendrite, centre.x});
        }
    }
    return variant(std::move(neuron));
}

Trial &Planner::add(int variant, const std::string &name, std::vector<double> factors,
                    int durationMs, const std::vector<PlannedEvent> &events)
{
    const Neuron &neuron = variantNeuron(variant);
    Trial trial;
    trial.neuron = variant;
    trial.name = name;
    trial.factors = std::move(factors);
    trial.input.segments = neuron.segmentCount();
    trial.input.durationMs = durationMs;
    trial.input.precision = WeightPrecision::Double;
    for (const PlannedEvent &event : events)
        trial.input.events.push_back({event.polarity,
                                      rowAt(neuron, event.place.dendrite, event.place.x),
                                      event.timeMs, event.weight});
    trial.input.normalise();
    m_plan.trials.push_back(std::move(trial));
    return m_plan.trials.back();
}

Status Planner::addRain(Trial &trial, const Rain &rain)
{
    trial.input.events = rainEvents(rain, trial.input.segments, trial.input.durationMs);
    trial.input.normalise();
    m_rainEvents += trial.input.events.size();
    if (m_rainEvents <= MaxExperimentEvents)
        return Done{};
    return Error{ErrorCode::InvalidValue,
                 "This would be more than "
                     + groupedNumber(static_cast<double>(MaxExperimentEvents))
                     + " random events in all. Vary fewer values, lower the rates or shorten the "
                       "time.",
                 m_plan.experiment};
}

TrialSignal &addSignal(Trial &trial, const std::string &name, const Place &place,
                       const MeasureWindow &window)
{
    TrialSignal signal{TrialSignal::From::Soma, 0, name, window};
    if (!place.isSoma()) {
        signal.from = TrialSignal::From::Probe;
        signal.index = static_cast<int>(trial.probes.size());
        trial.probes.push_back({Probe::What::Voltage, place.dendrite, place.x, 0});
    }
    trial.voltages.push_back(signal);
    return trial.voltages.back();
}

MeasureWindow windowOf(const Planner &p, int eventMs, int untilMs)
{
    MeasureWindow window;
    window.eventMs = eventMs;
    window.untilMs = untilMs;
    window.spikeMv = p.neuron().labels.spikeThresholdMv;
    return window;
}

void addRowSignal(Trial &trial, const Neuron &neuron, const std::string &name, const Place &place,
                  const MeasureWindow &window)
{
    TrialSignal signal{TrialSignal::From::Soma, 0, name, window};
    if (!place.isSoma()) {
        signal.from = TrialSignal::From::Row;
        signal.index = rowAt(neuron, place.dendrite, place.x);
    }
    trial.voltages.push_back(signal);
}

} // namespace dt
