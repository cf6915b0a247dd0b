// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/Arms.h"
#include "engine/explore/CommonSettings.h"
#include "engine/explore/Experiments.h"
#include "engine/explore/Findings.h"
#include "engine/explore/Planner.h"
#include "engine/explore/ResultText.h"

#include <algorithm>
#include <cmath>

namespace dt {

// One synapse at a time, at places along the way to a tip; each in a run of its own.
// Factors: number of the place.

namespace {

/// A difference worth a sentence.
constexpr double Clearly = 1.1;

Status planAttenuation(Planner &p)
{
    const std::vector<double> shares = p.places();
    const int event = p.settleMs();
    const int duration = event + p.windowMs();
    if (const Status fits = p.reserve(static_cast<double>(shares.size()), duration); !fits)
        return fits;
    const DendritePath path = p.path();
    SynapseSites sites;
    for (const double share : shares)
        sites.excitatory.push_back(path.at(share));
    const int variant =
        p.variant(p.neuron(), chosenKinds(p.neuron(), p.text("kind")).front().kind, sites);
    const double spikeMv = p.neuron().labels.spikeThresholdMv;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const Place place = snapped(p.neuron(), sites.excitatory[i]);
        Trial &trial = p.add(variant, fixed(distanceUm(p.neuron(), place), 0) + " um",
                             {static_cast<double>(i)}, duration,
                             {{Polarity::Excitatory, place, event, p.number("weight")}});
        MeasureWindow window;
        window.eventMs = event;
        window.untilMs = duration;
        window.spikeMv = spikeMv;
        addSignal(trial, "Soma", {}, window);
        addSignal(trial, "Synapse", place, window);
        addRowSignal(trial, p.neuron(), "Synapse, once per ms", place, window);
        trial.showTraces = i == 0 || i == shares.size() / 2 || i + 1 == shares.size();
    }
    return Done{};
}

void evaluateAttenuation(const Findings &f, ExperimentResult &result)
{
    result.table.columns = {{"Place", "", 3},
                            {"Distance", "um", 0},
                            {"Distance", "lambda", 2},
                            {"Local EPSP", "mV", 2},
                            {"Somatic EPSP", "mV", 2},
                            {"Soma / local", "", 4},
                            {"Time to peak", "ms", 1},
                            {"Rise 10-90 %", "ms", 2},
                            {"Half-width", "ms", 1},
                            {"Local peak", "mV", 1},
                            {"Local peak in 1-ms samples", "mV", 2},
                            {"Base", "mV", 2},
                            {"Spikes", "", 0}};
    const DendritePath path = f.path();
    const std::vector<double> shares = f.places(result);
    const std::vector<NamedKind> kind = chosenKinds(f.plan().neuron, f.text("kind"));
    ResultSeries local{"At the synapse", {}, {}, ResultSeries::Style::Measured};
    ResultSeries soma{"At the soma", {}, {}, ResultSeries::Style::Measured};
    ResultSeries share{"", {}, {}, ResultSeries::Style::Measured};
    ResultSeries rise{"Rise 10-90 %", {}, {}, ResultSeries::Style::Measured};
    ResultSeries width{"Half-width", {}, {}, ResultSeries::Style::Measured};
    ResultSeries toPeak{"Time to peak", {}, {}, ResultSeries::Style::Measured};
    toPeak.resolution = 1.0 / f.plan().neuron.samplesPerMs;
    int fired = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        if (!f.has(i))
            continue;
        const Place place = snapped(f.plan().neuron, path.at(shares[i]));
        const double um = distanceUm(f.plan().neuron, place);
        const PotentialMeasures &s = f.signal(i, 0);
        const PotentialMeasures &d = f.signal(i, 1);
        // A spike is as high from everywhere, at the synapse, too.
        const bool fires = s.spikes > 0;
        const double somaMv = fires ? NotMeasured : s.amplitudeMv;
        const double localMv = fires ? NotMeasured : d.amplitudeMv;
        fired += fires ? 1 : 0;
        result.table.rows.push_back(
            {cell(shares[i]), cell(um), cell(distanceLambda(f.plan().neuron, place)),
             unlessFired(s.spikes, localMv), unlessFired(s.spikes, somaMv),
             cell(ratio(somaMv, localMv)), cell(s.timeToPeakMs), cell(s.riseMs),
             cell(s.halfWidthMs), cell(d.peakMv), cell(f.signal(i, 2).peakMv), cell(s.baseMv),
             cell(double(s.spikes))});
        for (ResultSeries *series : {&local, &soma, &share, &rise, &width, &toPeak})
            series->x.push_back(um);
        local.y.push_back(localMv);
        soma.y.push_back(somaMv);
        share.y.push_back(ratio(somaMv, localMv));
        rise.y.push_back(fires ? NotMeasured : s.riseMs);
        width.y.push_back(fires ? NotMeasured : s.halfWidthMs);
        toPeak.y.push_back(fires ? NotMeasured : s.timeToPeakMs);
    }
    result.plots.push_back(
        {"EPSP", "Distance", "um", "Amplitude", "mV", false, true, {local, soma}, {}, {}});
    result.plots.push_back(
        {"What Arrives", "Distance", "um", "Soma / local", "", false, true, {share}, {}, {}});
    result.plots.push_back({"Shape at the Soma",
                            "Distance",
                            "um",
                            "Time",
                            "ms",
                            false,
                            false,
                            {toPeak, rise, width},
                            {},
                            {},
                            "More steps per millisecond"});
    if (!f.complete())
        return;
    if (fired > 0) {
        result.conclusions.push_back("The neuron fires from " + std::to_string(fired) + " of "
                                     + std::to_string(shares.size())
                                     + " places: these are not EPSPs. Choose a smaller weight.");
        return;
    }
    if (soma.x.size() < 2)
        return;
    const auto near =
        static_cast<std::size_t>(std::min_element(soma.x.begin(), soma.x.end()) - soma.x.begin());
    const auto far =
        static_cast<std::size_t>(std::max_element(soma.x.begin(), soma.x.end()) - soma.x.begin());
    result.conclusions.push_back(
        kind.front().name + ": a synapse at " + fixed(soma.x[near], 0) + " um moves the soma by "
        + fixed(soma.y[near], 2) + " mV, one at " + fixed(soma.x[far], 0) + " um by "
        + fixed(soma.y[far], 2) + " mV, "
        + (local.y[far] > Clearly * local.y[near] && soma.y[far] < soma.y[near]
               ? "though its local EPSP is "
               : "and its local EPSP is ")
        + fixed(local.y[far], 1) + " mV against " + fixed(local.y[near], 1) + " mV.");
    if (toPeak.y[far] > Clearly * toPeak.y[near])
        result.conclusions.push_back(
            "On the way the EPSP also gets slower: its time to peak grows from "
            + fixed(toPeak.y[near], 1) + " to " + fixed(toPeak.y[far], 1) + " ms.");
    else if (soma.y[near] < Clearly * soma.y[far])
        result.conclusions.push_back("For the soma both places are nearly the same.");
}

} // namespace

ExperimentKind attenuationExperiment()
{
    ExperimentKind kind;
    kind.info = {"attenuation",
                 "EPSP Attenuation",
                 "How much of a synapse's response reaches the soma?",
                 "A dendrite is a leaky cable: the farther the synapse, the smaller and slower "
                 "what arrives at the soma. The local response is largest where the dendrite is "
                 "thin or ends.",
                 {tipSetting(), kindSetting(),
                  numberSetting("weight", "Weight", "", 5.0, 0.001, 1000.0, 1.0, 3,
                                "Multiplies the peak conductance of the synapse."),
                  listSetting("places", "Places along the path", "", evenly(0.02, 0.98, 13), 0.0,
                              1.0, 3, "Where the synapse sits: 0 is the soma, 1 the tip."),
                  settleSetting(), windowSetting()}};
    kind.plan = planAttenuation;
    kind.evaluate = evaluateAttenuation;
    return kind;
}

} // namespace dt
