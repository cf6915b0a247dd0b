// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/PlanPlaces.h"

#include <map>
#include <set>
#include <utility>

namespace dt {

namespace {

using What = PlanPlace::What;

/// Things in the soma come first.
constexpr int SomaRow = -1;

int rowOf(const Neuron &neuron, int dendrite, double x)
{
    return dendrite == SomaIndex ? SomaRow : rowAt(neuron, dendrite, x);
}

int rowOf(const Neuron &neuron, const Trial &trial, const TrialSignal &signal)
{
    switch (signal.from) {
    case TrialSignal::From::Soma:
        return SomaRow;
    case TrialSignal::From::Row:
        return signal.index;
    case TrialSignal::From::Probe:
        break;
    }
    const Probe &probe = trial.probes[static_cast<std::size_t>(signal.index)];
    if (probe.what == Probe::What::Voltage)
        return rowOf(neuron, probe.dendrite, probe.x);
    const Electrode &electrode = trial.electrodes[static_cast<std::size_t>(probe.electrode)];
    return rowOf(neuron, electrode.dendrite, electrode.x);
}

} // namespace

std::vector<PlanPlace> planPlaces(const ExperimentPlan &plan)
{
    if (plan.trials.empty())
        return {};
    const int variant = plan.trials.front().neuron;
    const Neuron &neuron = plan.neurons[static_cast<std::size_t>(variant)];

    std::map<std::pair<What, int>, int> trialsAt; // a row's place is its segment's
    for (const Trial &trial : plan.trials) {
        if (trial.neuron != variant)
            continue;
        std::set<std::pair<What, int>> here;
        for (const InputEvent &event : trial.input.events) {
            const bool excites = event.polarity == Polarity::Excitatory;
            here.emplace(excites ? What::Excitation : What::Inhibition, event.row);
        }
        for (const Electrode &electrode : trial.electrodes) {
            if (electrode.on)
                here.emplace(What::Electrode, rowOf(neuron, electrode.dendrite, electrode.x));
        }
        for (const TrialSignal &signal : trial.voltages)
            here.emplace(What::Measured, rowOf(neuron, trial, signal));
        for (const auto &place : here)
            ++trialsAt[place];
    }

    const std::vector<SegmentRef> rows = segmentRows(neuron);
    std::vector<PlanPlace> places;
    for (const auto &[place, trials] : trialsAt) {
        const auto &[what, row] = place;
        if (row == SomaRow) {
            places.push_back({what, {}, trials});
        } else {
            const SegmentRef &segment = rows[static_cast<std::size_t>(row)];
            places.push_back({what, {segment.dendrite, segment.x}, trials});
        }
    }
    return places;
}

} // namespace dt
