// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/NumberText.h"
#include "engine/cell/SynapseKernels.h"
#include "engine/explore/Arms.h"
#include "engine/explore/CommonSettings.h"
#include "engine/explore/Experiments.h"
#include "engine/explore/Findings.h"
#include "engine/explore/Planner.h"
#include "engine/explore/ResultText.h"

#include <algorithm>
#include <cmath>

namespace dt {

// One synapse, ever stronger. Factors: kind, place, weight.

namespace {

Status planWeightResponse(Planner &p)
{
    const std::vector<double> &weights = p.numbers("weights");
    const std::vector<double> shares = p.places();
    const std::vector<NamedKind> kinds = chosenKinds(p.neuron(), p.text("kind"));
    const int event = p.settleMs();
    const int duration = event + p.windowMs();
    if (const Status fits =
            p.reserve(static_cast<double>(kinds.size()) * static_cast<double>(weights.size())
                          * static_cast<double>(shares.size()),
                      duration);
        !fits)
        return fits;
    const DendritePath path = p.path();
    SynapseSites sites;
    for (const double share : shares)
        sites.excitatory.push_back(path.at(share));
    for (std::size_t k = 0; k < kinds.size(); ++k) {
        const int variant = p.variant(p.neuron(), kinds[k].kind, sites);
        for (std::size_t s = 0; s < shares.size(); ++s) {
            for (std::size_t w = 0; w < weights.size(); ++w) {
                Trial &trial =
                    p.add(variant,
                          kinds[k].name + ", weight " + fixed(weights[w], digitsOf(weights))
                              + ", at " + fixed(100.0 * shares[s], 0) + " %",
                          {static_cast<double>(k), shares[s], weights[w]}, duration,
                          {{Polarity::Excitatory, sites.excitatory[s], event, weights[w]}});
                MeasureWindow window;
                window.eventMs = event;
                window.untilMs = duration;
                window.spikeMv = p.neuron().labels.spikeThresholdMv;
                window.levelMv = p.number("hold_mV");
                // With many kinds, only the local responses could still be told apart.
                addSignal(trial, "Soma", {}, window).shown = kinds.size() == 1;
                addSignal(trial, "Synapse", sites.excitatory[s], window);
                addRowSignal(trial, p.neuron(), "Synapse, once per ms", sites.excitatory[s],
                             window);
                trial.showTraces = s == 0
                    && (w + 1 == weights.size() || w == weights.size() / 2
                        || (kinds.size() == 1 && w == weights.size() / 4));
            }
        }
    }
    return Done{};
}

ResultPlot blockPlot(const std::vector<NamedKind> &kinds)
{
    ResultPlot plot{"NMDA Channels Open in Spite of Magnesium",
                    "Membrane voltage",
                    "mV",
                    "Share open",
                    "",
                    false,
                    false,
                    {},
                    {},
                    {}};
    for (const NamedKind &kind : kinds) {
        if (kind.kind.nmdaGMaxUs <= 0.0)
            continue;
        ResultSeries series{kind.name, {}, {}, ResultSeries::Style::Theory};
        for (double mv = -90.0; mv <= 10.0; mv += 1.0) {
            series.x.push_back(mv);
            series.y.push_back(magnesiumBlock(kind.kind, mv));
        }
        plot.series.push_back(series);
    }
    return plot;
}

/// Fewer weights do not tell a jump from a slope.
constexpr std::size_t FewestForJump = 4;

/// Whether the soma's response climbs all at once, which makes an NMDA spike, and where.
std::string jumpSentence(const ResultSeries &arrives)
{
    std::vector<std::pair<double, double>> points; // weight, mV
    for (std::size_t i = 0; i < arrives.x.size(); ++i) {
        if (!std::isnan(arrives.y[i]))
            points.emplace_back(arrives.x[i], arrives.y[i]);
    }
    std::sort(points.begin(), points.end());
    std::vector<double> slopes;
    for (std::size_t i = 1; i < points.size(); ++i)
        slopes.push_back(
            ratio(points[i].second - points[i - 1].second, points[i].first - points[i - 1].first));
    const std::optional<Extremes> most = extremes(slopes);
    if (!most)
        return "the neuron fires at every weight; spikes do not compare.";
    const double steepest = slopes[most->high];
    constexpr double Jump = 2.0; // times as steep as for small weights
    if (!(steepest >= Jump * slopes.front()))
        return "the soma's response grows without a jump.";
    // The neighbours that are about as steep belong to it.
    std::size_t from = most->high;
    std::size_t to = most->high;
    while (from > 0 && slopes[from - 1] >= 0.9 * steepest)
        --from;
    while (to + 1 < slopes.size() && slopes[to + 1] >= 0.9 * steepest)
        ++to;
    return "the soma's response jumps between weight " + formatNumber(points[from].first) + " and "
        + formatNumber(points[to + 1].first) + ", from " + fixed(points[from].second, 1) + " to "
        + fixed(points[to + 1].second, 1) + " mV, " + fixed(steepest / slopes.front(), 1)
        + " times as steeply as at first: an NMDA spike.";
}

void evaluateWeightResponse(const Findings &f, ExperimentResult &result)
{
    const double level = f.number("level_mV");
    const double hold = f.number("hold_mV");
    result.table.columns = {{"Synapse", "", 0},
                            {"Place", "", 3},
                            {"Weight", "", 2},
                            {"Local EPSP", "mV", 2},
                            {"Local peak", "mV", 2},
                            {"Local EPSP in 1-ms samples", "mV", 2},
                            {"Local peak in 1-ms samples", "mV", 2},
                            {"Above " + fixed(hold, 0) + " mV", "ms", 1},
                            {"Somatic EPSP", "mV", 2},
                            {"Spikes", "", 0}};
    const std::vector<NamedKind> kinds = chosenKinds(f.plan().neuron, f.text("kind"));
    const std::vector<double> shares = f.places(result);
    ResultPlot local{"At the Synapse", "Weight", "", "Local peak", "mV", false, false, {}, {}, {}};
    ResultPlot soma{"At the Soma", "Weight", "", "EPSP", "mV", false, false, {}, {}, {}};
    ResultPlot lasting{"How Long It Lasts",
                       "Weight",
                       "",
                       "Above " + fixed(hold, 0) + " mV",
                       "ms",
                       false,
                       false,
                       {},
                       {},
                       {}};
    local.levels.push_back({level, "Level"});
    bool lasted = false;
    for (std::size_t k = 0; k < kinds.size(); ++k) {
        for (const double share : shares) {
            std::string name = kinds[k].name;
            if (shares.size() > 1)
                name += ", at " + fixed(100.0 * share, 0) + " %";
            ResultSeries peak{name, {}, {}, ResultSeries::Style::Measured};
            ResultSeries arrives = peak;
            ResultSeries time = peak;
            double smallest = NotMeasured;
            double reward = NotMeasured;
            for (const double weight : f.numbers("weights")) {
                const std::size_t i = f.find({static_cast<double>(k), share, weight});
                if (!f.has(i))
                    continue;
                const PotentialMeasures &s = f.signal(i, 0);
                const PotentialMeasures &d = f.signal(i, 1);
                const PotentialMeasures &row = f.signal(i, 2);
                const double epsp = s.spikes > 0 ? NotMeasured : s.amplitudeMv;
                result.table.rows.push_back(
                    {kinds[k].name, cell(share), cell(weight), cell(d.amplitudeMv), cell(d.peakMv),
                     cell(row.amplitudeMv), cell(row.peakMv), cell(d.aboveMs),
                     unlessFired(s.spikes, epsp), cell(double(s.spikes))});
                peak.x.push_back(weight);
                peak.y.push_back(d.peakMv);
                arrives.x.push_back(weight);
                arrives.y.push_back(epsp);
                time.x.push_back(weight);
                time.y.push_back(d.aboveMs);
                lasted |= d.aboveMs > 0.0;
                if (d.peakMv >= level && !(weight >= smallest)) {
                    smallest = weight;
                    reward = epsp;
                }
            }
            local.series.push_back(peak);
            soma.series.push_back(arrives);
            lasting.series.push_back(time);
            if (!f.complete({static_cast<double>(k), share}))
                continue;
            const std::string where = kinds[k].name + " at " + fixed(100.0 * share, 0) + " %";
            if (!std::isnan(smallest))
                result.conclusions.push_back(
                    where + " reaches " + fixed(level, 0) + " mV from weight "
                    + fixed(smallest, digitsOf(f.numbers("weights"))) + " on"
                    + (std::isnan(reward) ? std::string("; the neuron fires.")
                                          : "; the soma then gets " + fixed(reward, 1) + " mV."));
            else
                result.conclusions.push_back(
                    where + " does not reach " + fixed(level, 0) + " mV up to weight "
                    + fixed(*std::max_element(peak.x.begin(), peak.x.end()),
                            digitsOf(f.numbers("weights")))
                    + ".");
            if (kinds[k].kind.nmdaGMaxUs > 0.0 && arrives.x.size() >= FewestForJump)
                result.conclusions.push_back(where + ": " + jumpSentence(arrives));
        }
    }
    result.plots.push_back(local);
    result.plots.push_back(soma);
    if (lasted) // a plot of nothing but 0 would hide the others
        result.plots.push_back(lasting);
    if (ResultPlot block = blockPlot(kinds); !block.series.empty())
        result.plots.push_back(std::move(block));
}

} // namespace

ExperimentKind weightExperiment()
{
    ExperimentKind kind;
    kind.info = {
        "weight-response",
        "Weight Response and NMDA Spike",
        "What does a stronger synapse do, and when does NMDA take over?",
        "AMPA saturates. NMDA channels are blocked by magnesium at rest; once the dendrite is "
        "depolarised enough they open each other: an NMDA spike, which makes the soma's response "
        "jump.",
        {tipSetting(), kindSetting(true),
         listSetting("places", "Places along the path", "", {0.5}, 0.0, 1.0, 3,
                     "Where the synapse sits: 0 is the soma, 1 the tip."),
         listSetting("weights", "Weights", "", evenly(1, 30, 30), 0.001, 1000.0, 3,
                     "The synapse is tried with each of them."),
         numberSetting("level_mV", "Level to reach", "mV", -30.0, -100.0, 50.0, 1.0, 1,
                       "The smallest weight whose local response reaches this is reported."),
         numberSetting("hold_mV", "Plateau level", "mV", -50.0, -100.0, 50.0, 1.0, 1,
                       "How long the local voltage stays above this is measured."),
         settleSetting(), windowSetting()}};
    kind.plan = planWeightResponse;
    kind.evaluate = evaluateWeightResponse;
    return kind;
}

} // namespace dt
