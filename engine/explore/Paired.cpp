// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/Arms.h"
#include "engine/explore/CommonSettings.h"
#include "engine/explore/Experiments.h"
#include "engine/explore/Findings.h"
#include "engine/explore/Planner.h"
#include "engine/explore/ResultText.h"

#include "engine/base/NumberText.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

// --- Two events at one place, some time apart. Factors: kind, delay; -1 for the single event.

Status planDelay(Planner &p)
{
    const std::vector<double> &delays = p.numbers("delays");
    const std::vector<NamedKind> kinds = chosenKinds(p.neuron(), p.text("kind"));
    const int event = p.settleMs();
    const double longest = *std::max_element(delays.begin(), delays.end());
    const int duration = event + static_cast<int>(longest) + p.windowMs();
    if (const Status fits =
            p.reserve(static_cast<double>(kinds.size() * (delays.size() + 1)), duration);
        !fits)
        return fits;
    const Result<Place> place = p.dendriticPlace("place");
    if (!place)
        return place.error();
    const double weight = p.number("weight");
    for (std::size_t k = 0; k < kinds.size(); ++k) {
        const int variant = p.variant(p.neuron(), kinds[k].kind, {{*place}, {}});
        for (std::size_t i = 0; i <= delays.size(); ++i) {
            const double delay = i == 0 ? -1.0 : delays[i - 1];
            std::vector<PlannedEvent> events{{Polarity::Excitatory, *place, event, weight}};
            if (i > 0)
                events.push_back({Polarity::Excitatory, *place,
                                  event + static_cast<int>(std::round(delay)), weight});
            Trial &trial = p.add(
                variant,
                kinds[k].name + (i == 0 ? ", one event" : ", " + fixed(delay, 0) + " ms apart"),
                {static_cast<double>(k), delay}, duration, events);
            addSignal(trial, "Soma", {}, windowOf(p, event, duration));
            addSignal(trial, "Synapse", *place, windowOf(p, event, duration)).shown = false;
            // With many kinds, more traces could not be told apart.
            trial.showTraces = i == 0 || i == (delays.size() + 1) / 2
                || (kinds.size() == 1 && (i == 1 || i == delays.size()));
        }
    }
    return Done{};
}

/// Says how close in time two events must be to add up. Gaps and gains are in the order of the
/// setting.
std::string summationSentence(const ResultSeries &summed)
{
    std::vector<std::pair<double, double>> points; // gap, gain
    for (std::size_t i = 0; i < summed.x.size(); ++i)
        points.emplace_back(summed.x[i], summed.y[i]);
    std::sort(points.begin(), points.end());
    const auto best =
        std::max_element(points.begin(), points.end(),
                         [](const auto &a, const auto &b) { return a.second < b.second; });
    std::string text = "together they reach at most " + fixed(best->second, 2)
        + " times one event, at a gap of " + fixed(best->first, 0) + " ms";
    if (points.size() < 2)
        return text + ".";
    const double half = 1.0 + 0.5 * (best->second - 1.0);
    auto last = best; // up to which gap more than half of what the second event adds is left
    while (last + 1 != points.end() && (last + 1)->second >= half)
        ++last;
    if (best->second > 1.01 && last + 1 != points.end())
        text += "; half of what the second adds is lost between " + fixed(last->first, 0) + " and "
            + fixed((last + 1)->first, 0) + " ms";
    return text + "; at " + fixed(points.back().first, 0) + " ms it is "
        + fixed(points.back().second, 2) + " times.";
}

void evaluateDelay(const Findings &f, ExperimentResult &result)
{
    result.table.columns = {{"Synapse", "", 0},        {"Gap", "ms", 0},
                            {"Peak of pair", "mV", 2}, {"One event", "mV", 2},
                            {"Pair / one", "", 3},     {"Spikes", "", 0}};
    ResultPlot ratios{"Summation", "Gap", "ms", "Pair / one event", "", false, false, {}, {}, {}};
    ResultPlot spikes{"Spikes", "Gap", "ms", "Spikes", "", false, false, {}, {}, {}};
    bool fired = false;
    const std::vector<NamedKind> kinds = chosenKinds(f.plan().neuron, f.text("kind"));
    const std::vector<double> &delays = f.numbers("delays");
    for (std::size_t k = 0; k < kinds.size(); ++k) {
        const std::size_t single = f.find({static_cast<double>(k), -1.0});
        const double one =
            f.signal(single, 0).spikes > 0 ? NotMeasured : f.signal(single, 0).amplitudeMv;
        ResultSeries summed{kinds[k].name, {}, {}, ResultSeries::Style::Measured};
        ResultSeries counted = summed;
        double longestFiring = NotMeasured;
        double shortestSilent = NotMeasured;
        for (const double delay : delays) {
            const std::size_t i = f.find({static_cast<double>(k), delay});
            if (!f.has(i))
                continue;
            const PotentialMeasures &m = f.signal(i, 0);
            const bool spiked = m.spikes > 0;
            // A spike's height says nothing about summation.
            const double gain = spiked ? NotMeasured : ratio(m.amplitudeMv, one);
            result.table.rows.push_back({kinds[k].name, cell(delay),
                                         unlessFired(m.spikes, m.amplitudeMv), cell(one),
                                         cell(gain), cell(double(m.spikes))});
            summed.x.push_back(delay);
            summed.y.push_back(gain);
            counted.x.push_back(delay);
            counted.y.push_back(m.spikes);
            fired |= spiked;
            if (spiked && !(delay < longestFiring))
                longestFiring = delay;
            if (!spiked && !(delay > shortestSilent))
                shortestSilent = delay;
        }
        ratios.series.push_back(summed);
        spikes.series.push_back(counted);
        if (!f.complete({static_cast<double>(k)}))
            continue;
        if (f.signal(single, 0).spikes > 0)
            result.conclusions.push_back(
                kinds[k].name + ": one event alone fires the neuron. Choose a smaller weight.");
        else if (!std::isnan(longestFiring))
            result.conclusions.push_back(
                kinds[k].name + ": two events fire the neuron when at most "
                + fixed(longestFiring, 0) + " ms apart"
                + (shortestSilent > longestFiring
                       ? ", not any more at " + fixed(shortestSilent, 0) + " ms."
                       : "."));
        else
            result.conclusions.push_back(kinds[k].name + ": " + summationSentence(summed));
    }
    ratios.levels.push_back({1.0, "One event"});
    result.plots.push_back(ratios);
    if (fired)
        result.plots.push_back(spikes);
}

// --- Two synapses at once, one fixed and one elsewhere. Factors: kind, second place, which:
// 0 both, 1 the fixed one alone, 2 the second alone.

Status planPlaces(Planner &p)
{
    const std::vector<double> shares = p.places();
    const std::vector<double> &weights = p.numbers("weights");
    const std::vector<NamedKind> kinds = chosenKinds(p.neuron(), p.text("kind"));
    const int event = p.settleMs();
    const int duration = event + p.windowMs();
    const double count = static_cast<double>(kinds.size()) * static_cast<double>(weights.size())
        * (1.0 + 2.0 * static_cast<double>(shares.size()));
    if (const Status fits = p.reserve(count, duration); !fits)
        return fits;
    const DendritePath path = p.path();
    const Result<Place> place = p.dendriticPlace("place");
    if (!place)
        return place.error();
    SynapseSites sites{{*place}, {}};
    for (const double share : shares)
        sites.excitatory.push_back(path.at(share));
    for (std::size_t k = 0; k < kinds.size(); ++k) {
        const int variant = p.variant(p.neuron(), kinds[k].kind, sites);
        const auto add = [&](const std::string &name, const std::vector<double> &factors,
                             const std::vector<PlannedEvent> &events) {
            Trial &trial = p.add(variant, kinds[k].name + ", " + name, factors, duration, events);
            addSignal(trial, "Soma", {}, windowOf(p, event, duration));
            trial.keepTraces = true; // both alone are added up
        };
        const auto kindNumber = static_cast<double>(k);
        for (const double weight : weights) {
            const PlannedEvent fixedEvent{Polarity::Excitatory, *place, event, weight};
            add("fixed synapse alone", {kindNumber, weight, -1.0, 1.0}, {fixedEvent});
            for (std::size_t i = 0; i < shares.size(); ++i) {
                const PlannedEvent second{Polarity::Excitatory, sites.excitatory[i + 1], event,
                                          weight};
                const std::string at = " at " + fixed(100.0 * shares[i], 0) + " %";
                add("both, second" + at, {kindNumber, weight, shares[i], 0.0},
                    {fixedEvent, second});
                add("second alone" + at, {kindNumber, weight, shares[i], 2.0}, {second});
            }
        }
    }
    return Done{};
}

/// Says where a second synapse helps most. `firesAt`: places where both together fire the neuron.
std::string placesSentence(const ResultSeries &series, const std::vector<std::string> &firesAt)
{
    const std::optional<Extremes> most = extremes(series.y);
    if (!most)
        return "the neuron fires wherever the second synapse is. Choose a smaller weight.";
    std::string text;
    if (!firesAt.empty())
        text = "the neuron fires with the second at " + listed(firesAt) + "; otherwise ";
    const std::string least = fixed(series.y[most->low], 2);
    const std::string largest = fixed(series.y[most->high], 2);
    text += "together they reach " + least + " of the sum ";
    if (least == largest)
        return text + "wherever the second is.";
    return text + "with the second at " + formatNumber(series.x[most->low]) + ", " + largest
        + " with it at " + formatNumber(series.x[most->high]) + ".";
}

void evaluatePlaces(const Findings &f, ExperimentResult &result)
{
    result.table.columns = {{"Synapse", "", 0},        {"Weight", "", 2},
                            {"Second at", "", 3},      {"Distance", "um", 0},
                            {"Together", "mV", 2},     {"Sum of both alone", "mV", 2},
                            {"Together / sum", "", 3}, {"Spikes", "", 0}};
    ResultPlot plot{"Together Against the Sum",
                    "Place of the second synapse",
                    "",
                    "Together / sum",
                    "",
                    false,
                    false,
                    {},
                    {{1.0, "Sum"}},
                    {}};
    ResultPlot size{"Somatic EPSP",
                    "Place of the second synapse",
                    "",
                    "Amplitude",
                    "mV",
                    false,
                    false,
                    {},
                    {},
                    {}};
    const DendritePath path = f.path();
    const std::vector<double> shares = f.places(result);
    const std::vector<NamedKind> kinds = chosenKinds(f.plan().neuron, f.text("kind"));
    for (std::size_t k = 0; k < kinds.size(); ++k) {
        for (const double weight : f.numbers("weights")) {
            const auto kindNumber = static_cast<double>(k);
            const std::size_t first = f.find({kindNumber, weight, -1.0, 1.0});
            std::string name = "Weight " + fixed(weight, digitsOf(f.numbers("weights")));
            if (kinds.size() > 1)
                name = kinds[k].name + ", weight " + name.substr(7);
            ResultSeries series{name, {}, {}, ResultSeries::Style::Measured};
            ResultSeries together = series;
            std::vector<std::string> firesAt;
            for (const double share : shares) {
                const std::size_t both = f.find({kindNumber, weight, share, 0.0});
                const std::size_t second = f.find({kindNumber, weight, share, 2.0});
                if (!f.has(both) || !f.has(second) || !f.has(first))
                    continue;
                const PotentialMeasures &b = f.signal(both, 0);
                // Traces are added, not their peaks, which may lie at different times.
                const double sum = f.combined({{first, 1.0}, {second, 1.0}}, 0).amplitudeMv;
                const double gain = b.spikes > 0 ? NotMeasured : ratio(b.amplitudeMv, sum);
                result.table.rows.push_back(
                    {kinds[k].name, cell(weight), cell(share),
                     cell(distanceUm(f.plan().neuron, snapped(f.plan().neuron, path.at(share)))),
                     unlessFired(b.spikes, b.amplitudeMv), cell(sum), cell(gain),
                     cell(double(b.spikes))});
                if (b.spikes > 0)
                    firesAt.push_back(formatNumber(share));
                series.x.push_back(share);
                series.y.push_back(gain);
                together.x.push_back(share);
                // The height of a spike says nothing of the synapses.
                together.y.push_back(b.spikes > 0 ? NotMeasured : b.amplitudeMv);
            }
            if (f.complete({kindNumber, weight}))
                result.conclusions.push_back(series.name + ": " + placesSentence(series, firesAt));
            plot.series.push_back(series);
            size.series.push_back(together);
        }
    }
    result.plots.push_back(plot);
    result.plots.push_back(size);
}

} // namespace

ExperimentKind pairedExperiment()
{
    ExperimentKind kind;
    kind.info = {"paired-pulses",
                 "Paired Pulses",
                 "How close in time must two events be to add up?",
                 "EPSPs sum while the first has not decayed. Coincident events may fire a neuron "
                 "that single ones do not; NMDA synapses remember longer.",
                 {tipSetting(), kindSetting(true),
                  placeSetting("place", "Place", "0.5", "Where both events arrive."),
                  numberSetting("weight", "Weight of each event", "", 5.0, 0.001, 1000.0, 1.0, 3,
                                "Multiplies the peak conductance of the synapse."),
                  listSetting("delays", "Gaps", "ms", {0, 2, 5, 8, 10, 15, 20, 30, 50, 75, 100},
                              0.0, 1000.0, 0, "Time from the first event to the second."),
                  settleSetting(), windowSetting()}};
    kind.plan = planDelay;
    kind.evaluate = evaluateDelay;
    return kind;
}

ExperimentKind twoPlacesExperiment()
{
    ExperimentKind kind;
    kind.info = {"two-places",
                 "Two Synapses, Near or Apart",
                 "Where should a second synapse be to help the first most?",
                 "Two conductances at one place share what is left of the driving force, so that "
                 "together they do less than their sum; far apart they add up. NMDA may turn this "
                 "round.",
                 {tipSetting(), kindSetting(false, "AMPA"),
                  placeSetting("place", "Fixed synapse", "0.25", "Where the first synapse stays."),
                  listSetting("places", "Second synapse", "", evenly(0.05, 0.95, 10), 0.0, 1.0, 3,
                              "Where the second synapse sits: 0 is the soma, 1 the tip."),
                  listSetting("weights", "Weights", "", {3, 5, 8}, 0.001, 1000.0, 3,
                              "Of each of the two events."),
                  settleSetting(), windowSetting()}};
    kind.plan = planPlaces;
    kind.evaluate = evaluatePlaces;
    return kind;
}

} // namespace dt
