// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/Planner.h"

#include <algorithm>
#include <cmath>

namespace dt {

// One excitatory synapse, and inhibition at ever other places and times.
// Inhibition moves the voltage by itself; what is left of the EPSP is the difference to a run with
// the inhibition alone. Factors: place of inhibition, its lead [ms], 1 with excitation or 0
// without; -1 alone for no inhibition.

namespace {

Status plan(Planner &p)
{
    const std::vector<double> &shares = p.numbers("places");
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
    const Result<Place> place = p.place("place");
    if (!place)
        return place.error();
    if (place->isSoma())
        return Error{ErrorCode::InvalidValue, "Synapses sit on dendrites: choose another place.",
                     "place"};
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
    add("No inhibition", {-1.0}, {excitation}).showTraces = true;
    for (const double lead : leads) {
        for (std::size_t i = 0; i < shares.size(); ++i) {
            const PlannedEvent inhibition{Polarity::Inhibitory, sites.inhibitory[i],
                                          event - static_cast<int>(lead), p.number("inh_weight")};
            Trial &trial =
                add("Inhibition at " + fixed(100.0 * shares[i], 0) + " %, "
                        + fixed(std::abs(lead), 0) + (lead < 0.0 ? " ms late" : " ms early"),
                    {shares[i], lead, 1.0}, {excitation, inhibition});
            trial.showTraces = shares.size() * leads.size() <= 8 || i % 4 == 0;
            add("Inhibition alone", {shares[i], lead, 0.0}, {inhibition});
        }
    }
    return Done{};
}

void evaluate(const Findings &f, ExperimentResult &result)
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
    const std::size_t alone = f.find({-1.0});
    if (!f.has(alone))
        return;
    const PotentialMeasures &soma = f.signal(alone, 0);
    const PotentialMeasures &local = f.signal(alone, 1);
    result.table.rows.push_back({std::string("none"),
                                 {},
                                 {},
                                 cell(soma.amplitudeMv),
                                 cell(1.0),
                                 cell(local.amplitudeMv),
                                 cell(1.0),
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
        ResultSeries atSoma{
            leads.size() > 1 ? "Soma, " + when : "Soma", {}, {}, ResultSeries::Style::Measured};
        ResultSeries atSynapse{leads.size() > 1 ? "Synapse, " + when : "Synapse",
                               {},
                               {},
                               ResultSeries::Style::Measured};
        for (const double share : f.numbers("places")) {
            const std::size_t i = f.find({share, lead, 1.0});
            const std::size_t without = f.find({share, lead, 0.0});
            if (!f.has(i) || !f.has(without))
                continue;
            const PotentialMeasures s = f.combined({{i, 1.0}, {without, -1.0}}, 0);
            const PotentialMeasures d = f.combined({{i, 1.0}, {without, -1.0}}, 1);
            const int spikes = f.signal(i, 0).spikes;
            const bool fires = spikes > 0 || soma.spikes > 0;
            const double somaLeft = fires ? NotMeasured : ratio(s.amplitudeMv, soma.amplitudeMv);
            const double localLeft = ratio(d.amplitudeMv, local.amplitudeMv);
            const Place place = snapped(f.plan().neuron, path.at(share));
            result.table.rows.push_back({cell(share), cell(distanceUm(f.plan().neuron, place)),
                                         cell(lead), cell(s.amplitudeMv), cell(somaLeft),
                                         cell(d.amplitudeMv), cell(localLeft),
                                         cell(f.signal(i, 1).aboveMs), cell(double(spikes))});
            atSoma.x.push_back(share);
            atSoma.y.push_back(somaLeft);
            atSynapse.x.push_back(share);
            atSynapse.y.push_back(localLeft);
        }
        const std::optional<Extremes> most = extremes(atSoma.y);
        if (most && atSoma.y.size() == 1)
            result.conclusions.push_back(
                "Inhibition " + when + " leaves " + fixed(100.0 * atSoma.y.front(), 0)
                + " % of the somatic EPSP; the synapse stays above " + fixed(f.number("hold_mV"), 0)
                + " mV for " + fixed(f.signal(f.find({atSoma.x.front(), lead, 1.0}), 1).aboveMs, 1)
                + " ms instead of " + fixed(local.aboveMs, 1) + " ms.");
        else if (most)
            result.conclusions.push_back(
                "Inhibition " + when + " is strongest at " + fixed(100.0 * atSoma.x[most->low], 0)
                + " %, where " + fixed(100.0 * atSoma.y[most->low], 0)
                + " % of the somatic EPSP is left; at " + fixed(100.0 * atSoma.x[most->high], 0)
                + " % it leaves " + fixed(100.0 * atSoma.y[most->high], 0) + " %.");
        left.series.push_back(atSoma);
        left.series.push_back(atSynapse);
    }
    result.plots.push_back(left);
    if (leads.size() < 2)
        return;
    for (const double share : f.numbers("places")) {
        ResultSeries series{
            "At " + fixed(100.0 * share, 0) + " %", {}, {}, ResultSeries::Style::Measured};
        for (const double lead : leads) {
            const std::size_t i = f.find({share, lead, 1.0});
            if (!f.has(i))
                continue;
            series.x.push_back(lead);
            series.y.push_back(f.signal(i, 1).aboveMs);
        }
        lasting.series.push_back(series);
    }
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
        "does little. In time, it cuts an NMDA plateau short rather than making it smaller.",
        {tipSetting(), kindSetting(),
         placeSetting("place", "Excitatory synapse", "0.4", "Where the excitation arrives."),
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
    kind.plan = plan;
    kind.evaluate = evaluate;
    return kind;
}

} // namespace dt
