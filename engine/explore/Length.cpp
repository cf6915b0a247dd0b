// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/Frusta.h"
#include "engine/explore/Arms.h"
#include "engine/explore/CommonSettings.h"
#include "engine/explore/Experiments.h"
#include "engine/explore/Findings.h"
#include "engine/explore/Planner.h"
#include "engine/explore/ResultText.h"

#include <algorithm>
#include <cctype>
#include <cmath>

namespace dt {

// The same synapse near the soma and near the tip, in longer and longer neurons.
// Factors: length, diameter, 0 proximal 1 distal.

namespace {

/// All dendrites scaled so that the path to the tip has this length and, unless 0, its first
/// dendrite this diameter.
Neuron scaled(const Neuron &neuron, const DendritePath &path, double lengthUm, double diamUm)
{
    Neuron result = neuron;
    const double longer = lengthUm / path.lengthUm();
    const int first = std::max(0, path.at(0.0).dendrite);
    const double thicker =
        diamUm > 0.0 ? diamUm / neuron.dendrites[static_cast<std::size_t>(first)].diamUm : 1.0;
    for (Dendrite &dendrite : result.dendrites) {
        setLengthUm(dendrite, dendrite.lengthUm * longer);
        setDiamUm(dendrite, dendrite.diamUm * thicker);
    }
    return result;
}

/// Within a sentence.
std::string lowered(std::string name)
{
    name.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(name.front())));
    return name;
}

Status planLength(Planner &p)
{
    const std::vector<double> &lengths = p.numbers("lengths");
    const std::vector<double> &diams = p.numbers("diameters");
    const int event = p.settleMs();
    const int duration = event + p.windowMs();
    if (const Status fits =
            p.reserve(2.0 * static_cast<double>(lengths.size()) * static_cast<double>(diams.size()),
                      duration);
        !fits)
        return fits;
    const DendritePath path = p.path();
    const std::vector<Place> places{path.at(p.number("near")), path.at(p.number("far"))};
    const SynapseKind kind = chosenKinds(p.neuron(), p.text("kind")).front().kind;
    for (const double diam : diams) {
        for (const double length : lengths) {
            const int variant =
                p.variant(scaled(p.neuron(), path, length, diam), kind, {places, {}});
            const Neuron &neuron = p.variantNeuron(variant);
            const double shownDiam = diam > 0.0
                ? diam
                : neuron.dendrites[static_cast<std::size_t>(places[0].dendrite)].diamUm;
            for (int far = 0; far < 2; ++far) {
                const Place &place = places[static_cast<std::size_t>(far)];
                Trial &trial = p.add(variant,
                                     fixed(length, 0) + " x " + fixed(shownDiam, 1) + " um, "
                                         + (far ? "distal" : "proximal"),
                                     {length, diam, double(far)}, duration,
                                     {{Polarity::Excitatory, place, event, p.number("weight")}});
                MeasureWindow window;
                window.eventMs = event;
                window.untilMs = duration;
                window.spikeMv = p.neuron().labels.spikeThresholdMv;
                addSignal(trial, "Soma", {}, window);
                addSignal(trial, "Synapse", place, window).shown = false;
                trial.showTraces = diam == diams.front()
                    && (length == lengths.front() || length == lengths.back());
            }
        }
    }
    return Done{};
}

/// Two dendrites as long in length constants that still differ: what the length leaves open. ""
/// when there are none.
std::string loadSentence(const std::vector<ResultSeries> &byDiameter)
{
    double most = 0.02; // less is not worth a sentence
    std::string text;
    for (std::size_t a = 0; a < byDiameter.size(); ++a) {
        for (std::size_t b = a + 1; b < byDiameter.size(); ++b) {
            const ResultSeries &one = byDiameter[a];
            const ResultSeries &other = byDiameter[b];
            for (std::size_t i = 0; i < one.x.size(); ++i) {
                for (std::size_t k = 0; k < other.x.size(); ++k) {
                    const double apart = std::abs(one.y[i] - other.y[k]);
                    if (std::abs(one.x[i] - other.x[k]) > 0.01 * one.x[i] || !(apart > most))
                        continue;
                    most = apart;
                    text = "At the same " + fixed(one.x[i], 2) + " length constants it is "
                        + fixed(one.y[i], 3) + " times with " + lowered(one.name) + ", "
                        + fixed(other.y[k], 3) + " with " + lowered(other.name)
                        + ": the rest is the load of the soma.";
                }
            }
        }
    }
    return text;
}

void evaluateLength(const Findings &f, ExperimentResult &result)
{
    result.table.columns = {{"Length", "um", 0},          {"Diameter", "um", 2},
                            {"Length", "lambda", 2},      {"Proximal EPSP", "mV", 3},
                            {"Distal EPSP", "mV", 3},     {"Distal / proximal", "", 3},
                            {"Local, proximal", "mV", 2}, {"Local, distal", "mV", 2}};
    const DendritePath path = f.path();
    ResultPlot plot{"Distal Against Proximal",
                    "Length of the path",
                    "lambda",
                    "Distal / proximal",
                    "",
                    false,
                    false,
                    {},
                    {{1.0, "Point neuron"}},
                    {}};
    ResultSeries all{"", {}, {}, ResultSeries::Style::Measured};
    for (const double diam : f.numbers("diameters")) {
        ResultSeries series{"", {}, {}, ResultSeries::Style::Measured};
        double shownDiam = diam;
        for (const double length : f.numbers("lengths")) {
            const std::size_t near = f.find({length, diam, 0.0});
            const std::size_t far = f.find({length, diam, 1.0});
            if (!f.has(near) || !f.has(far))
                continue;
            const Neuron &neuron = f.plan().neurons[static_cast<std::size_t>(f.trial(near).neuron)];
            const double lambda = distanceLambda(neuron, {path.tip(), 1.0});
            if (diam <= 0.0)
                shownDiam =
                    neuron.dendrites[static_cast<std::size_t>(path.at(0.0).dendrite)].diamUm;
            const PotentialMeasures &n = f.signal(near, 0);
            const PotentialMeasures &d = f.signal(far, 0);
            const bool fires = n.spikes > 0 || d.spikes > 0;
            const double share = fires ? NotMeasured : ratio(d.amplitudeMv, n.amplitudeMv);
            result.table.rows.push_back(
                {cell(length), cell(shownDiam), cell(lambda), unlessFired(n.spikes, n.amplitudeMv),
                 unlessFired(d.spikes, d.amplitudeMv), cell(share),
                 cell(f.signal(near, 1).amplitudeMv), cell(f.signal(far, 1).amplitudeMv)});
            series.x.push_back(lambda);
            series.y.push_back(share);
            all.x.push_back(lambda);
            all.y.push_back(share);
        }
        series.name = "Diameter " + fixed(shownDiam, 1) + " um";
        plot.series.push_back(series);
    }
    result.plots.push_back(plot);
    if (!f.complete())
        return;
    const std::optional<Extremes> most = extremes(all.y);
    if (!most)
        result.conclusions.push_back("The neuron fires at every length: choose a smaller weight.");
    else
        result.conclusions.push_back("At " + fixed(all.x[most->high], 2)
                                     + " length constants the distal synapse moves the "
                                       "soma "
                                     + fixed(all.y[most->high], 3)
                                     + " times as much as the proximal one, at "
                                     + fixed(all.x[most->low], 2) + " length constants "
                                     + fixed(all.y[most->low], 3) + " times.");
    if (const std::string load = loadSentence(plot.series); !load.empty())
        result.conclusions.push_back(load);
}

} // namespace

ExperimentKind lengthExperiment()
{
    ExperimentKind kind;
    kind.info = {
        "length",
        "Length Measured in Lambda",
        "When is a dendrite a point, and when a cable?",
        "Length in micrometres says little. In length constants it says how much weaker a distal "
        "synapse is; the rest is the load of the soma.",
        {tipSetting(), kindSetting(false, "AMPA"),
         numberSetting("weight", "Weight", "", 3.0, 0.001, 1000.0, 1.0, 3,
                       "Multiplies the peak conductance of the synapse."),
         numberSetting("near", "Proximal place", "", 0.05, 0.0, 1.0, 0.05, 3,
                       "Along the path: 0 is the soma, 1 the tip."),
         numberSetting("far", "Distal place", "", 0.95, 0.0, 1.0, 0.05, 3,
                       "Along the path: 0 is the soma, 1 the tip."),
         listSetting("lengths", "Lengths", "um", {128, 256, 512, 1024, 2048}, 1.0, 20000.0, 1,
                     "Of the path to the tip; in a tree all dendrites are scaled with "
                     "it."),
         listSetting("diameters", "Diameters", "um", {1, 4}, 0.0, 100.0, 3,
                     "Of the first dendrite of the path; the others are scaled with it. "
                     "0 keeps the neuron's own."),
         settleSetting(), windowSetting()}};
    kind.plan = planLength;
    kind.evaluate = evaluateLength;
    return kind;
}

} // namespace dt
