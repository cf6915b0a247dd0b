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

namespace {

std::string weightText(const Findings &f, double weight)
{
    return fixed(weight, digitsOf(f.numbers("weights")));
}

std::string weightsText(const std::vector<std::string> &weights)
{
    return (weights.size() == 1 ? "weight " : "weights ") + listed(weights);
}

const char *const TooStrong = " fire the neuron at every weight, and spikes do not compare: choose "
                              "smaller weights.";

// --- All at one place, or spread around it. Factors: kind, weight, 0 cluster 1 spread.

Status planCluster(Planner &p)
{
    const std::vector<double> &weights = p.numbers("weights");
    const std::vector<NamedKind> kinds = chosenKinds(p.neuron(), p.text("kind"));
    const int event = p.settleMs();
    const int duration = event + p.windowMs();
    if (const Status fits =
            p.reserve(2.0 * static_cast<double>(kinds.size() * weights.size()), duration);
        !fits)
        return fits;
    const double centre = p.number("centre");
    const double spread = p.number("spread");
    if (centre - spread < 0.0 || centre + spread > 1.0)
        return Error{ErrorCode::InvalidValue,
                     "A spread of " + fixed(spread, 2) + " around " + fixed(centre, 2)
                         + " runs off the path. Choose a smaller spread or another centre.",
                     "spread"};
    const int count = p.whole("count");
    const DendritePath path = p.path();
    SynapseSites sites{{path.at(centre)}, {}};
    const std::vector<double> shares = evenly(centre - spread, centre + spread, count);
    for (const double share : shares)
        sites.excitatory.push_back(path.at(share));
    for (std::size_t k = 0; k < kinds.size(); ++k) {
        const int variant = p.variant(p.neuron(), kinds[k].kind, sites);
        for (const double weight : weights) {
            for (const int spreadOut : {0, 1}) {
                std::vector<PlannedEvent> events;
                for (int i = 0; i < count; ++i)
                    events.push_back(
                        {Polarity::Excitatory,
                         path.at(spreadOut ? shares[static_cast<std::size_t>(i)] : centre), event,
                         weight});
                Trial &trial =
                    p.add(variant,
                          kinds[k].name + ", weight " + fixed(weight, digitsOf(weights))
                              + (spreadOut ? ", spread" : ", cluster"),
                          {static_cast<double>(k), weight, double(spreadOut)}, duration, events);
                addSignal(trial, "Soma", {}, windowOf(p, event, duration));
                addSignal(trial, "Centre", path.at(centre), windowOf(p, event, duration)).shown =
                    false;
                trial.showTraces = weight == weights[weights.size() / 2];
            }
        }
    }
    return Done{};
}

/// Weights at which the cluster does more, at which it does less, and which say nothing.
std::string clusterSentence(const std::vector<std::string> &pays,
                            const std::vector<std::string> &costs,
                            const std::vector<std::string> &bothFire)
{
    if (pays.empty() && costs.empty())
        return std::string("cluster and spread") + TooStrong;
    std::string text;
    if (bothFire.empty() && pays.empty())
        text = "spreading them out is better at every weight";
    else if (bothFire.empty() && costs.empty())
        text = "the cluster moves the soma more at every weight";
    else if (pays.empty())
        text = "spreading them out is better at " + weightsText(costs);
    else
        text = "the cluster moves the soma more at " + weightsText(pays);
    if (!bothFire.empty())
        text += "; at " + listed(bothFire) + " both fire the neuron, which does not compare";
    return text + ".";
}

void evaluateCluster(const Findings &f, ExperimentResult &result)
{
    result.table.columns = {{"Synapse", "", 0},
                            {"Weight", "", 2},
                            {"Cluster", "mV", 2},
                            {"Spread", "mV", 2},
                            {"Cluster / spread", "", 3},
                            {"Spikes, cluster", "", 0},
                            {"Spikes, spread", "", 0},
                            {"Local peak, cluster", "mV", 1},
                            {"Local peak, spread", "mV", 1}};
    const std::vector<NamedKind> kinds = chosenKinds(f.plan().neuron, f.text("kind"));
    for (std::size_t k = 0; k < kinds.size(); ++k) {
        ResultPlot plot{
            kinds[k].name, "Weight of each", "", "Somatic EPSP", "mV", false, false, {}, {}, {}};
        ResultSeries together{"Cluster", {}, {}, ResultSeries::Style::Measured};
        ResultSeries apart{"Spread", {}, {}, ResultSeries::Style::Measured};
        std::vector<std::string> pays;
        std::vector<std::string> costs;
        std::vector<std::string> bothFire;
        for (const double weight : f.numbers("weights")) {
            const std::size_t c = f.find({static_cast<double>(k), weight, 0.0});
            const std::size_t s = f.find({static_cast<double>(k), weight, 1.0});
            if (!f.has(c) || !f.has(s))
                continue;
            const PotentialMeasures &cluster = f.signal(c, 0);
            const PotentialMeasures &spread = f.signal(s, 0);
            const double a = cluster.spikes > 0 ? NotMeasured : cluster.amplitudeMv;
            const double b = spread.spikes > 0 ? NotMeasured : spread.amplitudeMv;
            result.table.rows.push_back({kinds[k].name, cell(weight),
                                         unlessFired(cluster.spikes, a),
                                         unlessFired(spread.spikes, b), cell(ratio(a, b)),
                                         cell(double(cluster.spikes)), cell(double(spread.spikes)),
                                         cell(f.signal(c, 1).peakMv), cell(f.signal(s, 1).peakMv)});
            together.x.push_back(weight);
            together.y.push_back(a);
            apart.x.push_back(weight);
            apart.y.push_back(b);
            if (cluster.spikes > 0 && spread.spikes > 0)
                bothFire.push_back(weightText(f, weight));
            else if (a > b || cluster.spikes > 0)
                pays.push_back(weightText(f, weight));
            else
                costs.push_back(weightText(f, weight));
        }
        if (f.complete({static_cast<double>(k)}))
            result.conclusions.push_back(kinds[k].name + ": "
                                         + clusterSentence(pays, costs, bothFire));
        plot.series = {together, apart};
        result.plots.push_back(plot);
    }
}

// --- A volley that runs towards the soma or away from it. Factors: kind, weight, order:
// 0 inwards, 1 outwards, 2 all at once.

const char *const Orders[] = {"Inwards", "Outwards", "All at once"};

Status planOrder(Planner &p)
{
    const std::vector<double> &weights = p.numbers("weights");
    const std::vector<NamedKind> kinds = chosenKinds(p.neuron(), p.text("kind"));
    const int count = p.whole("count");
    const int step = p.whole("step_ms");
    const int event = p.settleMs();
    const int duration = event + step * (count - 1) + p.windowMs();
    if (const Status fits =
            p.reserve(3.0 * static_cast<double>(kinds.size() * weights.size()), duration);
        !fits)
        return fits;
    const double from = p.number("from");
    const double to = p.number("to");
    if (!(to > from))
        return Error{ErrorCode::InvalidValue,
                     "The far end of the volley must lie farther out than the near one.", "to"};
    const DendritePath path = p.path();
    SynapseSites sites;
    for (const double share : evenly(from, to, count))
        sites.excitatory.push_back(path.at(share));
    for (std::size_t k = 0; k < kinds.size(); ++k) {
        const int variant = p.variant(p.neuron(), kinds[k].kind, sites);
        for (const double weight : weights) {
            for (int order = 0; order < 3; ++order) {
                std::vector<PlannedEvent> events;
                for (int i = 0; i < count; ++i) {
                    const int turn = order == 0 ? count - 1 - i : order == 1 ? i : 0;
                    events.push_back({Polarity::Excitatory,
                                      sites.excitatory[static_cast<std::size_t>(i)],
                                      event + step * turn, weight});
                }
                Trial &trial =
                    p.add(variant,
                          kinds[k].name + ", weight " + fixed(weight, digitsOf(weights)) + ", "
                              + Orders[order],
                          {static_cast<double>(k), weight, double(order)}, duration, events);
                addSignal(trial, "Soma", {}, windowOf(p, event, duration));
                // In and out are the question; with many kinds, more traces could not be told
                // apart.
                trial.showTraces =
                    weight == weights[weights.size() / 2] && (order < 2 || kinds.size() == 1);
            }
        }
    }
    return Done{};
}

void evaluateOrder(const Findings &f, ExperimentResult &result)
{
    result.table.columns = {{"Synapse", "", 0},    {"Weight", "", 2},        {"Inwards", "mV", 2},
                            {"Outwards", "mV", 2}, {"All at once", "mV", 2}, {"In / out", "", 3},
                            {"Spikes, in", "", 0}, {"Spikes, out", "", 0}};
    const std::vector<NamedKind> kinds = chosenKinds(f.plan().neuron, f.text("kind"));
    for (std::size_t k = 0; k < kinds.size(); ++k) {
        ResultPlot plot{
            kinds[k].name, "Weight of each", "", "Somatic EPSP", "mV", false, false, {}, {}, {}};
        for (const char *name : Orders)
            plot.series.push_back({name, {}, {}, ResultSeries::Style::Measured});
        std::vector<std::string> only;
        bool bothFire = true;
        double firstGain = NotMeasured;
        double firstWeight = NotMeasured;
        for (const double weight : f.numbers("weights")) {
            std::size_t at[3];
            bool all = true;
            for (int order = 0; order < 3; ++order) {
                at[order] = f.find({static_cast<double>(k), weight, double(order)});
                all &= f.has(at[order]);
            }
            if (!all)
                continue;
            std::vector<ResultCell> row{kinds[k].name, cell(weight)};
            double mv[3];
            for (int order = 0; order < 3; ++order) {
                const PotentialMeasures &m = f.signal(at[order], 0);
                mv[order] = m.spikes > 0 ? NotMeasured : m.amplitudeMv;
                row.push_back(unlessFired(m.spikes, m.amplitudeMv));
                plot.series[static_cast<std::size_t>(order)].x.push_back(weight);
                plot.series[static_cast<std::size_t>(order)].y.push_back(mv[order]);
            }
            const int in = f.signal(at[0], 0).spikes;
            const int out = f.signal(at[1], 0).spikes;
            row.insert(row.end(), {cell(ratio(mv[0], mv[1])), cell(double(in)), cell(double(out))});
            result.table.rows.push_back(std::move(row));
            bothFire &= in > 0 && out > 0;
            if (in > 0 && out == 0)
                only.push_back(weightText(f, weight));
            if (std::isnan(firstGain)) {
                firstGain = ratio(mv[0], mv[1]);
                firstWeight = weight;
            }
        }
        result.plots.push_back(plot);
        if (!f.complete({static_cast<double>(k)}))
            continue;
        if (bothFire)
            result.conclusions.push_back(kinds[k].name + ": both orders" + TooStrong);
        if (!std::isnan(firstGain))
            result.conclusions.push_back(kinds[k].name + ", weight " + weightText(f, firstWeight)
                                         + ": inwards gives " + fixed(firstGain, 2)
                                         + " times the somatic EPSP of outwards.");
        if (!only.empty())
            result.conclusions.push_back(kinds[k].name
                                         + ": only the inward order fires the neuron at "
                                         + weightsText(only) + ".");
    }
}

ExperimentSetting countSetting()
{
    return numberSetting("count", "Synapses", "", 8, 2, 200, 1, 0, "How many get an event.");
}

} // namespace

ExperimentKind clusterExperiment()
{
    ExperimentKind kind;
    kind.info = {"cluster",
                 "Cluster or Spread",
                 "Is it better for synapses to sit together or apart?",
                 "Passive synapses at one place share a driving force and do less together. NMDA "
                 "synapses help each other, in a range of weights, until the plateau is full.",
                 {tipSetting(), kindSetting(true), countSetting(),
                  numberSetting("centre", "Centre", "", 0.4, 0.0, 1.0, 0.05, 3,
                                "Of both groups along the path: 0 is the soma, 1 the tip. A fair "
                                "comparison has one centre."),
                  numberSetting("spread", "Half spread", "", 0.2, 0.0, 0.5, 0.05, 3,
                                "The scattered group reaches so far to either side."),
                  listSetting("weights", "Weights", "", {1, 1.5, 2, 2.5, 3, 4, 5}, 0.001, 1000.0, 3,
                              "Of each synapse."),
                  settleSetting(), windowSetting()}};
    kind.plan = planCluster;
    kind.evaluate = evaluateCluster;
    return kind;
}

ExperimentKind orderExperiment()
{
    ExperimentKind kind;
    kind.info = {"order",
                 "Order: In or Out",
                 "Can a dendrite tell in which order its synapses were active?",
                 "A volley that runs towards the soma arrives there all at once, one that runs "
                 "away is drawn out: the cell detects the direction (Rall 1964).",
                 {tipSetting(), kindSetting(true), countSetting(),
                  numberSetting("from", "Near end", "", 0.1, 0.0, 1.0, 0.05, 3,
                                "The synapse nearest to the soma."),
                  numberSetting("to", "Far end", "", 0.8, 0.0, 1.0, 0.05, 3,
                                "The synapse farthest from the soma."),
                  numberSetting("step_ms", "Step", "ms", 4, 0, 1000, 1, 0,
                                "From one synapse's event to the next one's."),
                  listSetting("weights", "Weights", "", {1, 2, 3, 4, 5, 6, 7}, 0.001, 1000.0, 3,
                              "Of each synapse."),
                  settleSetting(), windowSetting()}};
    kind.plan = planOrder;
    kind.evaluate = evaluateOrder;
    return kind;
}

} // namespace dt
