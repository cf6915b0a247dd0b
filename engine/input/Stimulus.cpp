// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/input/Stimulus.h"

#include "engine/base/Half.h"
#include "engine/base/NumberText.h"
#include "engine/base/Random.h"
#include "engine/input/DrawnInput.h"
#include "engine/input/EventPlaces.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <tuple>

namespace dt {

namespace {

void rainOnto(std::vector<InputEvent> &events, std::uint64_t seed, Polarity polarity,
              double maxWeight, double sparsity, int segments, int durationMs)
{
    for (int row = 0; row < segments; ++row) {
        // A stream for each row: a longer run begins with the same events as a shorter one.
        RandomStream random({seed, 0x7261696EULL /* "rain" */, static_cast<std::uint64_t>(polarity),
                             static_cast<std::uint64_t>(row)});
        for (int t = 0; t < durationMs; ++t) {
            if (random.uniform() >= sparsity)
                events.push_back({polarity, row, t, random.uniform(0.0, maxWeight)});
        }
    }
}

/// One kind of axons, mixed.
std::vector<InputEvent> mixed(const Axons &axons, Polarity polarity, double rateHz, int segments,
                              int durationMs)
{
    const auto kind = static_cast<std::uint64_t>(polarity);
    const auto T = static_cast<std::size_t>(durationMs);
    const auto count = static_cast<std::size_t>(axons.count);
    std::vector<std::vector<std::size_t>> firing(T); // axons of each ms
    for (std::size_t a = 0; a < count; ++a) {
        RandomStream random({axons.seed, 0x61786F6EULL /* "axon" */, kind, a});
        for (std::size_t t = 0; t < T; ++t) {
            if (random.uniform() < rateHz / 1000.0)
                firing[t].push_back(a);
        }
    }
    std::vector<std::vector<double>> weights;
    for (int row = 0; row < segments; ++row) {
        RandomStream random(
            {axons.seed, 0x6D6978ULL /* "mix" */, kind, static_cast<std::uint64_t>(row)});
        std::vector<double> &of = weights.emplace_back(count);
        for (double &w : of)
            w = axons.multiplier * std::pow(random.uniform(), axons.power);
    }
    std::vector<InputEvent> events;
    for (std::size_t t = 0; t < T; ++t) {
        if (firing[t].empty())
            continue;
        for (int row = 0; row < segments; ++row) {
            double sum = 0.0;
            for (const std::size_t a : firing[t])
                sum += weights[static_cast<std::size_t>(row)][a];
            events.push_back({polarity, row, static_cast<int>(t), sum});
        }
    }
    return events;
}

} // namespace

Status validateStimulus(const Stimulus &stimulus)
{
    const auto refuse = [](const std::string &what, double value, double lo, double hi) {
        return Error{ErrorCode::InvalidValue,
                     what + " of " + formatNumber(value) + " is outside the range of "
                         + formatNumber(lo) + " to " + formatNumber(hi) + ".",
                     "stimulus"};
    };
    const auto inside = [](double v, double lo, double hi) { return v >= lo && v <= hi; };
    const Rain &rain = stimulus.rain;
    if (!inside(stimulus.durationMs, 1, MaxStimulusMs))
        return refuse("A duration in ms", stimulus.durationMs, 1, MaxStimulusMs);
    for (const double weight : {rain.excMaxWeight, rain.inhMaxWeight}) {
        if (!inside(weight, 0.0, MaxStimulusWeight))
            return refuse("A rain weight", weight, 0.0, MaxStimulusWeight);
    }
    for (const double sparsity : {rain.excSparsity, rain.inhSparsity}) {
        if (!inside(sparsity, 0.0, 1.0))
            return refuse("A rain sparsity", sparsity, 0.0, 1.0);
    }
    const Axons &axons = stimulus.axons;
    if (!inside(axons.count, 1, MaxAxons))
        return refuse("A number of axons", axons.count, 1, MaxAxons);
    for (const double rate : {axons.excRateHz, axons.inhRateHz}) {
        if (!inside(rate, 0.0, MaxAxonRateHz))
            return refuse("A rate of axons in Hz", rate, 0.0, MaxAxonRateHz);
    }
    if (!inside(axons.power, 0.0, MaxAxonPower))
        return refuse("The power of the axons' weights", axons.power, 0.0, MaxAxonPower);
    if (!inside(axons.multiplier, 0.0, MaxAxonMultiplier))
        return refuse("The largest weight of axons", axons.multiplier, 0.0, MaxAxonMultiplier);
    for (const InputEvent &e : stimulus.painted) {
        if (!inside(e.weight, 0.0, MaxStimulusWeight))
            return refuse("The weight of an event", e.weight, 0.0, MaxStimulusWeight);
        if (!inside(e.timeMs, 0, MaxStimulusMs))
            return refuse("The time of an event in ms", e.timeMs, 0, MaxStimulusMs);
    }
    return Done{};
}

std::vector<InputEvent> rainEvents(const Rain &rain, int segments, int durationMs)
{
    std::vector<InputEvent> events;
    if (!rain.on)
        return events;
    rainOnto(events, rain.seed, Polarity::Excitatory, rain.excMaxWeight, rain.excSparsity, segments,
             durationMs);
    rainOnto(events, rain.seed, Polarity::Inhibitory, rain.inhMaxWeight, rain.inhSparsity, segments,
             durationMs);
    return events;
}

std::vector<InputEvent> axonEvents(const Axons &axons, int segments, int durationMs)
{
    if (!axons.on)
        return {};
    const std::vector<InputEvent> excitatory =
        mixed(axons, Polarity::Excitatory, axons.excRateHz, segments, durationMs);
    const std::vector<InputEvent> inhibitory =
        mixed(axons, Polarity::Inhibitory, axons.inhRateHz, segments, durationMs);
    std::vector<InputEvent> events;
    events.reserve(excitatory.size() + inhibitory.size());
    std::merge(excitatory.begin(), excitatory.end(), inhibitory.begin(), inhibitory.end(),
               std::back_inserter(events),
               [](const InputEvent &a, const InputEvent &b) { return a.timeMs < b.timeMs; });
    return events;
}

std::vector<InputEvent> trainingEvents(const TrainingInput &training, int segments, int durationMs)
{
    if (!training.on)
        return {};
    return drawInput(InputRecipe{}, training.seed, Split::Train, 0, segments, durationMs).events;
}

std::vector<InputEvent> outAndBack(int segments, int durationMs, double weight)
{
    constexpr std::array Percent{5, 25, 50, 75, 95, 75, 50, 25, 5};
    std::vector<InputEvent> events;
    for (std::size_t i = 0; i < Percent.size(); ++i) {
        const int row = Percent[i] * segments / 100;
        const int time = static_cast<int>(i + 1) * durationMs / 10;
        events.push_back({Polarity::Excitatory, row, time, weight});
    }
    return events;
}

void paintEvents(std::vector<InputEvent> &painted, const std::vector<InputEvent> &events)
{
    using Spot = std::tuple<Polarity, int, int>;
    std::map<Spot, std::size_t> where;
    for (std::size_t i = 0; i < painted.size(); ++i)
        where.try_emplace({painted[i].polarity, painted[i].row, painted[i].timeMs}, i);
    for (const InputEvent &e : events) {
        const auto [it, isNew] = where.try_emplace({e.polarity, e.row, e.timeMs}, painted.size());
        if (isNew) {
            painted.push_back(e);
        } else {
            double &weight = painted[it->second].weight;
            weight = std::min(weight + e.weight, MaxStimulusWeight);
        }
    }
}

SpikeInput renderStimulus(const Stimulus &stimulus, int segments)
{
    SpikeInput input;
    input.segments = segments;
    input.durationMs = stimulus.durationMs;
    input.events = rainEvents(stimulus.rain, segments, stimulus.durationMs);
    const std::vector<InputEvent> fromAxons =
        axonEvents(stimulus.axons, segments, stimulus.durationMs);
    input.events.insert(input.events.end(), fromAxons.begin(), fromAxons.end());
    const std::vector<InputEvent> asTraining =
        trainingEvents(stimulus.training, segments, stimulus.durationMs);
    input.events.insert(input.events.end(), asTraining.begin(), asTraining.end());
    for (const InputEvent &e : stimulus.painted) {
        if (e.row >= 0 && e.row < segments && e.timeMs >= 0 && e.timeMs < stimulus.durationMs)
            input.events.push_back({e.polarity, e.row, e.timeMs, e.weight});
    }
    input.normalise();
    for (InputEvent &e : input.events) // events that share a cell may add up beyond the type
        e.weight =
            floatFromHalf(halfFromFloat(static_cast<float>(std::min(e.weight, LargestHalf))));
    input.normalise(); // a weight may have rounded to zero
    return input;
}

SpikeInput renderStimulus(const Stimulus &stimulus, const Neuron &neuron)
{
    SpikeInput input = renderStimulus(stimulus, neuron.segmentCount());
    keepHeard(input, neuron);
    return input;
}

std::vector<std::size_t> unheardEvents(const Stimulus &stimulus, const Neuron &neuron)
{
    const std::vector<bool> hears[2] = {rowsThatHear(neuron, Polarity::Excitatory),
                                        rowsThatHear(neuron, Polarity::Inhibitory)};
    std::vector<std::size_t> unheard;
    for (std::size_t i = 0; i < stimulus.painted.size(); ++i) {
        const InputEvent &e = stimulus.painted[i];
        const std::vector<bool> &rows = hears[e.polarity == Polarity::Inhibitory];
        if (e.row >= 0 && static_cast<std::size_t>(e.row) < rows.size() && e.timeMs >= 0
            && e.timeMs < stimulus.durationMs && !rows[static_cast<std::size_t>(e.row)])
            unheard.push_back(i);
    }
    return unheard;
}

std::vector<InputEvent> remapEvents(const std::vector<InputEvent> &events, const Neuron &before,
                                    const Neuron &after)
{
    const EventPlaces from(before);
    const EventPlaces to(after);
    std::vector<InputEvent> moved;
    moved.reserve(events.size());
    for (InputEvent e : events) {
        std::optional<Place> place = from.of(e);
        if (!place)
            continue;
        place->dendrite = sameDendrite(before, place->dendrite, after);
        if (place->dendrite < 0)
            continue;
        to.put(e, *place);
        moved.push_back(e);
    }
    return moved;
}

Stimulus defaultStimulus()
{
    Stimulus stimulus;
    stimulus.painted = outAndBack(64, stimulus.durationMs, 8.0);
    stimulus.rain.seed = 13; // five spikes, as in the tutorial's picture
    return stimulus;
}

} // namespace dt
