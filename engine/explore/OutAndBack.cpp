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

// One run in which synapses along the path get an event each, in turn. Each event is measured from
// its own base to the next event. Factors: none.

namespace {

std::string eventName(std::size_t i, const std::string &what)
{
    return "Event " + std::to_string(i + 1) + ", " + what;
}

Status planOutAndBack(Planner &p)
{
    const std::vector<double> &shares = p.numbers("places");
    const double gap = p.number("gap_ms");
    const double first = p.number("first_ms");
    const auto count = static_cast<double>(shares.size());
    const int duration = static_cast<int>(first + gap * count);
    if (const Status fits = p.reserve(1.0, duration); !fits)
        return fits;
    const DendritePath path = p.path();
    SynapseSites sites;
    std::vector<PlannedEvent> events;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        sites.excitatory.push_back(path.at(shares[i]));
        const auto at = static_cast<int>(first + gap * static_cast<double>(i));
        events.push_back({Polarity::Excitatory, path.at(shares[i]), at, p.number("weight")});
    }
    const int variant =
        p.variant(p.neuron(), chosenKinds(p.neuron(), p.text("kind")).front().kind, sites);
    Trial &trial = p.add(variant, "Out and back", {}, duration, events);
    // The whole run, to be shown.
    MeasureWindow whole;
    whole.untilMs = duration;
    addSignal(trial, "soma", {}, whole);
    trial.showTraces = true;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        MeasureWindow window;
        window.eventMs = events[i].timeMs;
        window.untilMs = i + 1 < events.size() ? events[i + 1].timeMs : duration;
        window.spikeMv = p.neuron().labels.spikeThresholdMv;
        window.levelMv = p.neuron().labels.somaCapMv - p.neuron().labels.nearSpikeVDiffMv;
        addSignal(trial, eventName(i, "soma"), {}, window);
        addSignal(trial, eventName(i, "synapse"), events[i].place, window).shown = false;
        addRowSignal(trial, p.neuron(), eventName(i, "synapse, once per ms"), events[i].place,
                     window);
    }
    return Done{};
}

/// Number of event i's first voltage, the soma's.
std::size_t somaOf(std::size_t i)
{
    return 1 + 3 * i;
}

void evaluateOutAndBack(const Findings &f, ExperimentResult &result)
{
    result.traceTime = "Time";
    result.table.columns = {{"Event", "", 0},
                            {"Place", "", 3},
                            {"Distance", "um", 0},
                            {"At", "ms", 0},
                            {"Base", "mV", 2},
                            {"Peak", "mV", 2},
                            {"Somatic EPSP", "mV", 2},
                            {"Time to peak", "ms", 1},
                            {"Half-width", "ms", 1},
                            {"Local peak", "mV", 1},
                            {"Local peak in 1-ms samples", "mV", 2},
                            {"Local EPSP", "mV", 1},
                            {"Soma / local", "", 3},
                            {"Near spike", "ms", 1},
                            {"Spikes", "", 0}};
    if (!f.has(0))
        return;
    const std::vector<double> &shares = f.numbers("places");
    const DendritePath path = f.path();
    ResultSeries soma{"At the soma", {}, {}, ResultSeries::Style::Points};
    ResultSeries local{"At the synapse", {}, {}, ResultSeries::Style::Points};
    int fired = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const Place place = snapped(f.plan().neuron, path.at(shares[i]));
        const double um = distanceUm(f.plan().neuron, place);
        const PotentialMeasures &s = f.signal(0, somaOf(i));
        const PotentialMeasures &d = f.signal(0, somaOf(i) + 1);
        const PotentialMeasures &row = f.signal(0, somaOf(i) + 2);
        const MeasureWindow &window = f.trial(0).voltages[somaOf(i)].window;
        // A spike is as high from everywhere, at the synapse, too.
        const bool fires = s.spikes > 0;
        const double somaMv = fires ? NotMeasured : s.amplitudeMv;
        const double localMv = fires ? NotMeasured : d.amplitudeMv;
        fired += fires ? 1 : 0;
        result.table.rows.push_back(
            {cell(double(i + 1)), cell(shares[i]), cell(um), cell(window.eventMs), cell(s.baseMv),
             cell(s.peakMv), unlessFired(s.spikes, somaMv), cell(s.timeToPeakMs),
             cell(s.halfWidthMs), cell(d.peakMv), cell(row.peakMv), unlessFired(s.spikes, localMv),
             cell(ratio(somaMv, localMv)), cell(s.aboveMs), cell(double(s.spikes))});
        soma.x.push_back(um);
        soma.y.push_back(somaMv);
        local.x.push_back(um);
        local.y.push_back(localMv);
    }
    result.plots.push_back(
        {"EPSP", "Distance", "um", "Amplitude", "mV", false, true, {local, soma}, {}, {}});
    if (fired > 0)
        result.conclusions.push_back(
            "The neuron fires at "
            + (fired == static_cast<int>(shares.size())
                   ? std::string("every event")
                   : std::to_string(fired) + " of " + std::to_string(shares.size()) + " events")
            + ": a spike's height says nothing of the place. Choose a weight below "
            + formatNumber(f.number("weight")) + ".");
    const std::optional<Extremes> at = extremes(soma.y);
    const std::optional<Extremes> atSynapse = extremes(local.y);
    if (!at || !atSynapse)
        return;
    const std::size_t smallestSoma = at->low;
    const std::size_t largestLocal = atSynapse->high;
    const double low = soma.y[at->low];
    const double high = soma.y[at->high];
    if (fired == 0 && high < 1.1 * low) {
        result.conclusions.push_back(
            "Every place moves the soma by nearly the same, "
            + (fixed(low, 1) == fixed(high, 1) ? "" : fixed(low, 1) + " to ") + fixed(high, 1)
            + " mV: this dendrite is one electrical compartment.");
        return;
    }
    if (largestLocal == smallestSoma) {
        result.conclusions.push_back(
            "The synapse at " + fixed(local.x[largestLocal], 0)
            + " um makes the largest local EPSP (" + fixed(local.y[largestLocal], 1)
            + " mV) and the smallest at the soma (" + fixed(soma.y[smallestSoma], 2) + " mV).");
        return;
    }
    result.conclusions.push_back(
        "The synapse at " + fixed(local.x[largestLocal], 0) + " um makes the largest local EPSP ("
        + fixed(local.y[largestLocal], 1) + " mV), the one at " + fixed(soma.x[smallestSoma], 0)
        + " um the smallest at the soma (" + fixed(soma.y[smallestSoma], 2) + " mV).");
}

} // namespace

ExperimentKind outAndBackExperiment()
{
    ExperimentKind kind;
    kind.info = {"out-and-back",
                 "Out and Back",
                 "What does the same synapse do from different places?",
                 "One run: a synapse near the soma gets an event, then one farther out, and so on "
                 "to the tip and back. Location matters, unless the dendrite is a point.",
                 {tipSetting(), kindSetting(),
                  numberSetting("weight", "Weight", "", 9.0, 0.001, 1000.0, 1.0, 3,
                                "Multiplies the peak conductance of every synapse."),
                  listSetting("places", "Places along the path", "",
                              {0.05, 0.25, 0.5, 0.75, 0.95, 0.75, 0.5, 0.25, 0.05}, 0.0, 1.0, 3,
                              "The order of the events: 0 is the soma, 1 the tip."),
                  numberSetting("first_ms", "First event", "ms", 102.4, 1.0, 10000.0, 10.0, 1,
                                "When the first event arrives; events come at whole ms."),
                  numberSetting("gap_ms", "Between events", "ms", 102.4, 1.0, 10000.0, 10.0, 1,
                                "Long gaps let the voltage return to rest.")}};
    kind.plan = planOutAndBack;
    kind.evaluate = evaluateOutAndBack;
    return kind;
}

} // namespace dt
