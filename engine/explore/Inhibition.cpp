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

// One excitatory synapse, and inhibition at ever other places and times.
// Inhibition moves the voltage by itself; what is left of the EPSP is the difference to a run with
// the inhibition alone. Factors: lead of inhibition [ms], its place, 1 with excitation or 0
// without; none for no inhibition.

namespace {

Status planInhibition(Planner &p)
{
    const std::vector<double> shares = p.places();
    const std::vector<double> &leads = p.numbers("lead_ms");
    const double earliest = *std::max_element(leads.begin(), leads.end());
    const double latest = *std::min_element(leads.begin(), leads.end());
    const int event = p.settleMs() + static_cast<int>(std::max(0.0, earliest));
    const int duration = event + static_cast<int>(std::max(0.0, -latest)) + p.windowMs();
    if (const Status fits = p.reserve(
            1.0 + 2.0 * static_cast<double>(shares.size()) * static_cast<double>(leads.size()),
            duration);
        !fits)
        return fits;
    const Result<Place> place = p.dendriticPlace("place");
    if (!place)
        return place.error();
    const DendritePath path = p.path();
    SynapseSites sites{{*place}, {}};
    for (const double share : shares)
        sites.inhibitory.push_back(path.at(share));
    const int variant =
        p.variant(p.neuron(), chosenKinds(p.neuron(), p.text("kind")).front().kind, sites);
    MeasureWindow window;
    window.eventMs = event;
    window.untilMs = duration;
    window.spikeMv = p.neuron().labels.spikeThresholdMv;
    window.levelMv = p.number("hold_mV");
    const PlannedEvent excitation{Polarity::Excitatory, *place, event, p.number("weight")};
    const auto add = [&](const std::string &name, std::vector<double> factors,
                         const std::vector<PlannedEvent> &events) -> Trial & {
        Trial &trial = p.add(variant, name, std::move(factors), duration, events);
        addSignal(trial, "Soma", {}, window);
        addSignal(trial, "Synapse", *place, window);
        trial.keepTraces = true;
        return trial;
    };
    add("No inhibition", {}, {excitation}).showTraces = true;
    for (const double lead : leads) {
        for (std::size_t i = 0; i < shares.size(); ++i) {
            const PlannedEvent inhibition{Polarity::Inhibitory, sites.inhibitory[i],
                                          event - static_cast<int>(lead), p.number("inh_weight")};
            Trial &trial =
                add("Inhibition at " + fixed(100.0 * shares[i], 0) + " %, "
                        + fixed(std::abs(lead), 0) + (lead < 0.0 ? " ms late" : " ms early"),
                    {lead, shares[i], 1.0}, {excitation, inhibition});
            // More could not be told apart: two places, or two leads.
            trial.showTraces = leads.size() == 1
                ? i == 0 || i == shares.size() / 2
                : i == 0 && (lead == leads.front() || lead == leads.back());
            add("Inhibition alone", {lead, shares[i], 0.0}, {inhibition});
        }
    }
    return Done{};
}

/// Places [%] from which inhibition prevents the spike and from which it does not.
std::string preventionSentence(const std::string &when, const std::vector<std::string> &prevented,
                               const std::vector<std::string> &notPrevented)
{
    if (notPrevented.empty())
        return "Inhibition " + when + " prevents that from every place.";
    if (prevented.empty())
        return "Inhibition " + when + " prevents that from no place.";
    return "Inhibition " + when + " prevents that from " + listed(prevented) + " %, not from "
        + listed(notPrevented) + " %.";
}

void evaluateInhibition(const Findings &f, ExperimentResult &result)
{
    result.table.columns = {{"Inhibition at", "", 3},
                            {"Distance", "um", 0},
                            {"Early by", "ms", 0},
                            {"Somatic EPSP", "mV", 2},
                            {"Soma, share left", "", 3},
                            {"Local EPSP", "mV", 2},
                            {"Local, share left", "", 3},
                            {"Above " + fixed(f.number("hold_mV"), 0) + " mV", "ms", 1},
                            {"Spikes", "", 0}};
    const std::vector<double> shares = f.places(result);
    const std::size_t alone = f.find({});
    if (!f.has(alone))
        return;
    const PotentialMeasures &soma = f.signal(alone, 0);
    const PotentialMeasures &local = f.signal(alone, 1);
    result.table.rows.push_back({std::string("none"),
                                 {},
                                 {},
                                 unlessFired(soma.spikes, soma.amplitudeMv),
                                 cell(soma.spikes > 0 ? NotMeasured : 1.0),
                                 unlessFired(soma.spikes, local.amplitudeMv),
                                 cell(soma.spikes > 0 ? NotMeasured : 1.0),
                                 cell(local.aboveMs),
                                 cell(double(soma.spikes))});
    ResultPlot left{"What Inhibition Leaves",
                    "Place of inhibition",
                    "",
                    "Share of the EPSP",
                    "",
                    false,
                    false,
                    {},
                    {{1.0, "No inhibition"}},
                    {}};
    // With several leads, each has a colour, and soma and synapse have a plot each.
    const bool several = f.numbers("lead_ms").size() > 1;
    ResultPlot atSynapses = left;
    if (several) {
        left.title = "What Inhibition Leaves at the Soma";
        atSynapses.title = "What Inhibition Leaves at the Synapse";
    }
    ResultPlot spiking{"What Inhibition Leaves",
                       "Place of inhibition",
                       "",
                       "Spikes",
                       "",
                       false,
                       false,
                       {},
                       {{double(soma.spikes), "No inhibition"}},
                       {}};
    ResultPlot lasting{"How Long the Synapse Stays Depolarised",
                       "Inhibition before the event",
                       "ms",
                       "Above " + fixed(f.number("hold_mV"), 0) + " mV",
                       "ms",
                       false,
                       false,
                       {},
                       {{local.aboveMs, "No inhibition"}},
                       {}};
    const DendritePath path = f.path();
    const std::vector<double> &leads = f.numbers("lead_ms");
    for (const double lead : leads) {
        const std::string when = fixed(std::abs(lead), 0) + (lead < 0.0 ? " ms late" : " ms early");
        ResultSeries atSoma{several ? when : "Soma", {}, {}, ResultSeries::Style::Measured};
        ResultSeries atSynapse{several ? when : "Synapse", {}, {}, ResultSeries::Style::Measured};
        ResultSeries counted{several ? when : std::string(), {}, {}, ResultSeries::Style::Measured};
        std::vector<std::string> prevented;
        std::vector<std::string> notPrevented;
        for (const double share : shares) {
            const std::size_t i = f.find({lead, share, 1.0});
            const std::size_t without = f.find({lead, share, 0.0});
            if (!f.has(i) || !f.has(without))
                continue;
            const PotentialMeasures s = f.combined({{i, 1.0}, {without, -1.0}}, 0);
            const PotentialMeasures d = f.combined({{i, 1.0}, {without, -1.0}}, 1);
            const int spikes = f.signal(i, 0).spikes;
            const bool fires = spikes > 0 || soma.spikes > 0;
            const double somaLeft = fires ? NotMeasured : ratio(s.amplitudeMv, soma.amplitudeMv);
            const double localLeft = fires ? NotMeasured : ratio(d.amplitudeMv, local.amplitudeMv);
            counted.x.push_back(share);
            counted.y.push_back(spikes);
            (spikes > 0 ? notPrevented : prevented).push_back(fixed(100.0 * share, 0));
            const Place place = snapped(f.plan().neuron, path.at(share));
            result.table.rows.push_back({cell(share), cell(distanceUm(f.plan().neuron, place)),
                                         cell(lead), unlessFired(spikes, s.amplitudeMv),
                                         cell(somaLeft), unlessFired(spikes, d.amplitudeMv),
                                         cell(localLeft), cell(f.signal(i, 1).aboveMs),
                                         cell(double(spikes))});
            atSoma.x.push_back(share);
            atSoma.y.push_back(somaLeft);
            atSynapse.x.push_back(share);
            atSynapse.y.push_back(localLeft);
        }
        left.series.push_back(atSoma);
        (several ? atSynapses : left).series.push_back(atSynapse);
        spiking.series.push_back(counted);
        if (!f.complete({lead}))
            continue;
        if (soma.spikes > 0) {
            result.conclusions.push_back("Without inhibition the neuron fires. "
                                         + preventionSentence(when, prevented, notPrevented));
            continue;
        }
        const std::optional<Extremes> most = extremes(atSoma.y);
        if (most && atSoma.y.size() == 1)
            result.conclusions.push_back(
                "Inhibition " + when + " leaves " + fixed(100.0 * atSoma.y.front(), 0)
                + " % of the somatic EPSP; the synapse stays above " + fixed(f.number("hold_mV"), 0)
                + " mV for " + fixed(f.signal(f.find({lead, atSoma.x.front(), 1.0}), 1).aboveMs, 1)
                + " ms instead of " + fixed(local.aboveMs, 1) + " ms.");
        else if (most
                 && fixed(100.0 * atSoma.y[most->low], 0) == fixed(100.0 * atSoma.y[most->high], 0))
            result.conclusions.push_back("Inhibition " + when + " leaves "
                                         + fixed(100.0 * atSoma.y[most->low], 0)
                                         + " % of the somatic EPSP from every place.");
        else if (most)
            result.conclusions.push_back(
                "Inhibition " + when + " is strongest at " + fixed(100.0 * atSoma.x[most->low], 0)
                + " %, where " + fixed(100.0 * atSoma.y[most->low], 0)
                + " % of the somatic EPSP is left; at " + fixed(100.0 * atSoma.x[most->high], 0)
                + " % it leaves " + fixed(100.0 * atSoma.y[most->high], 0) + " %.");
    }
    // Shares of a spike say nothing.
    result.plots.push_back(soma.spikes > 0 ? spiking : left);
    if (!several)
        return;
    if (soma.spikes == 0)
        result.plots.push_back(atSynapses);
    bool lasted = local.aboveMs > 0.0;
    for (const double share : shares) {
        ResultSeries series{
            "At " + fixed(100.0 * share, 0) + " %", {}, {}, ResultSeries::Style::Measured};
        for (const double lead : leads) {
            const std::size_t i = f.find({lead, share, 1.0});
            if (!f.has(i))
                continue;
            series.x.push_back(lead);
            series.y.push_back(f.signal(i, 1).aboveMs);
            lasted |= series.y.back() > 0.0;
        }
        lasting.series.push_back(series);
    }
    if (lasted) // a plot of nothing but 0 says nothing
        result.plots.push_back(lasting);
}

} // namespace

ExperimentKind inhibitionExperiment()
{
    ExperimentKind kind;
    kind.info = {
        "inhibition",
        "Position of Inhibition",
        "From where does inhibition stop a synapse best?",
        "A shunt on the way to the soma takes current that has to pass it; behind the synapse it "
        "does little. Several times in Early By, like 5, 0, -20, show whether it prevents the "
        "response or cuts it short.",
        {tipSetting(), kindSetting(false, "AMPA"),
         placeSetting("place", "Excitation at", "0.4", "Where the excitation arrives."),
         numberSetting("weight", "Excitatory weight", "", 10.0, 0.001, 1000.0, 1.0, 3,
                       "Multiplies the peak conductance of the excitatory synapse."),
         numberSetting("inh_weight", "Inhibitory weight", "", 10.0, 0.001, 1000.0, 1.0, 3,
                       "Multiplies the peak conductance of the inhibitory synapse."),
         listSetting("places", "Inhibition at", "", {0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 0.95},
                     0.0, 1.0, 3, "Where the inhibition arrives: 0 is the soma, 1 the tip."),
         listSetting("lead_ms", "Early by", "ms", {2}, -1000.0, 1000.0, 0,
                     "So long before the excitation the inhibition arrives; negative: after it."),
         numberSetting("hold_mV", "Plateau level", "mV", -50.0, -100.0, 50.0, 1.0, 1,
                       "How long the local voltage stays above this is measured."),
         settleSetting(), windowSetting()}};
    kind.plan = planInhibition;
    kind.evaluate = evaluateInhibition;
    return kind;
}

} // namespace dt
