// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/Planner.h"
#include "engine/model/Parameters.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

/// So much of a train of spikes can be told apart in a small plot [ms].
constexpr int ShownMs = 500;

/// SK off, on, or as the neuron has it.
struct Arm
{
    std::string name;
    Neuron neuron;
};

std::vector<Arm> armsOf(const Neuron &neuron, const std::string &choice)
{
    if (choice == "neuron")
        return {{"SK factor " + fixed(neuron.channels.skFactor, 2), neuron}};
    std::vector<Arm> arms{{"SK off", neuron}, {"SK on", neuron}};
    arms[0].neuron.channels.skFactor = 0.0;
    arms[1].neuron.channels.skFactor = 1.0;
    return arms;
}

ExperimentSetting skSetting()
{
    return choiceSetting("sk", "SK current", "both",
                         {{"neuron", "As in the Neuron"}, {"both", "Off and On"}},
                         "The calcium-activated potassium current makes the neuron fall silent "
                         "after a spike.");
}

/// Times between spikes [ms].
std::vector<double> intervals(const PotentialMeasures &m)
{
    std::vector<double> between;
    for (std::size_t i = 1; i < m.spikeMs.size(); ++i)
        between.push_back(m.spikeMs[i] - m.spikeMs[i - 1]);
    return between;
}

// --- Rate over injected current. Factors: arm, current.

Status planCurrent(Planner &p)
{
    const std::vector<double> &currents = p.numbers("currents");
    const std::vector<Arm> arms = armsOf(p.neuron(), p.text("sk"));
    const int start = p.settleMs();
    const int step = p.whole("step_ms");
    if (const Status fits =
            p.reserve(static_cast<double>(arms.size() * currents.size()), start + step + 20);
        !fits)
        return fits;
    const Result<Place> place = p.place("place");
    if (!place)
        return place.error();
    for (std::size_t a = 0; a < arms.size(); ++a) {
        Neuron quiet = arms[a].neuron;
        quiet.synapses.clear();
        const int variant = p.variant(std::move(quiet));
        for (std::size_t i = 0; i < currents.size(); ++i) {
            Trial &trial =
                p.add(variant, arms[a].name + ", " + fixed(currents[i], digitsOf(currents)) + " nA",
                      {double(a), currents[i]}, start + step + 20);
            Electrode electrode;
            electrode.dendrite = place->dendrite;
            electrode.x = place->x;
            electrode.startMs = start;
            electrode.durationMs = step;
            electrode.currentNa = currents[i];
            trial.electrodes = {electrode};
            MeasureWindow window;
            window.eventMs = start;
            window.untilMs = start + step;
            window.spikeMv = p.neuron().labels.spikeThresholdMv;
            addSignal(trial, "Soma", {}, window);
            trial.showTraces = i + 1 == currents.size() || i == currents.size() / 2;
            trial.showMs = ShownMs;
        }
    }
    return Done{};
}

/// From which current on it fires: between the two that were tried.
std::string onsetSentence(double firing, const std::vector<double> &silent)
{
    double below = NotMeasured;
    for (const double current : silent) {
        if (current < firing && !(current <= below))
            below = current;
    }
    if (std::isnan(below))
        return "it fires at " + formatNumber(firing) + " nA already";
    return "it begins to fire between " + formatNumber(below) + " and " + formatNumber(firing)
        + " nA";
}

void evaluateCurrent(const Findings &f, ExperimentResult &result)
{
    result.table.columns = {{"Current", "nA", 3},       {"SK", "", 0},
                            {"Spikes", "", 0},          {"Rate", "Hz", 1},
                            {"Interval 1", "ms", 1},    {"Interval 2", "ms", 1},
                            {"Interval 3", "ms", 1},    {"Interval 4", "ms", 1},
                            {"Last interval", "ms", 1}, {"Mean voltage", "mV", 1}};
    const double seconds = f.number("step_ms") / 1000.0;
    const std::vector<Arm> arms = armsOf(f.plan().neuron, f.text("sk"));
    ResultPlot rates{"f-I Curve, Current", "Current", "nA", "Rate", "Hz", false, false, {}, {}, {}};
    ResultPlot adaptation{"Adaptation at the Largest Current",
                          "Interval number",
                          "",
                          "Interval",
                          "ms",
                          false,
                          false,
                          {},
                          {},
                          {}};
    result.traceTime = "Time from the start of the current";
    for (std::size_t a = 0; a < arms.size(); ++a) {
        ResultSeries rate{arms[a].name, {}, {}, ResultSeries::Style::Measured};
        ResultSeries train{arms[a].name, {}, {}, ResultSeries::Style::Measured};
        double rheobase = NotMeasured;
        double largest = NotMeasured; ///< that fires more than once
        std::vector<double> silent;
        for (const double current : f.numbers("currents")) {
            const std::size_t i = f.find({double(a), current});
            if (!f.has(i))
                continue;
            const PotentialMeasures &m = f.signal(i, 0);
            const std::vector<double> between = intervals(m);
            const auto interval = [&](std::size_t k) {
                return cell(k < between.size() ? between[k] : NotMeasured);
            };
            result.table.rows.push_back(
                {cell(current), arms[a].name, cell(double(m.spikes)), cell(m.spikes / seconds),
                 interval(0), interval(1), interval(2), interval(3),
                 cell(between.empty() ? NotMeasured : between.back()), cell(m.meanMv)});
            rate.x.push_back(current);
            rate.y.push_back(m.spikes / seconds);
            if (!between.empty() && !(current < largest)) {
                largest = current;
                train.x = evenly(1.0, static_cast<double>(between.size()),
                                 static_cast<int>(between.size()));
                train.y = between;
            }
            if (m.spikes == 0)
                silent.push_back(current);
            else if (!(current >= rheobase))
                rheobase = current;
        }
        if (f.complete({double(a)}))
            result.conclusions.push_back(
                arms[a].name + ": "
                + (std::isnan(rheobase) ? std::string("none of these currents makes it fire.")
                                        : onsetSentence(rheobase, silent) + " and reaches "
                           + fixed(*std::max_element(rate.y.begin(), rate.y.end()), 1) + " Hz."));
        rates.series.push_back(rate);
        adaptation.series.push_back(train);
    }
    result.plots.push_back(rates);
    result.plots.push_back(adaptation);
}

// --- Rate over synaptic input. Factors: kind, rate of excitation.

Status planSynaptic(Planner &p)
{
    const std::vector<double> &rates = p.numbers("rates_Hz");
    const std::vector<NamedKind> kinds = chosenKinds(p.neuron(), p.text("kind"));
    const int duration = p.whole("duration_ms");
    if (const Status fits = p.reserve(static_cast<double>(kinds.size() * rates.size()), duration);
        !fits)
        return fits;
    SynapseSites sites;
    for (const SegmentRef &row : segmentRows(p.neuron()))
        sites.excitatory.push_back({row.dendrite, row.x});
    sites.inhibitory = sites.excitatory;
    for (std::size_t k = 0; k < kinds.size(); ++k) {
        const int variant = p.variant(p.neuron(), kinds[k].kind, sites);
        for (std::size_t i = 0; i < rates.size(); ++i) {
            Rain rain;
            rain.seed = static_cast<std::uint64_t>(p.number("seed"));
            rain.excMaxWeight = p.number("weight");
            rain.inhMaxWeight = p.number("inh_weight");
            // At most one event a ms and segment.
            rain.excSparsity = 1.0 - rates[i] / 1000.0;
            rain.inhSparsity = 1.0 - p.number("inh_rate_Hz") / 1000.0;
            Trial &trial = p.add(variant, kinds[k].name + ", " + formatNumber(rates[i]) + " Hz",
                                 {double(k), rates[i]}, duration);
            if (const Status fits = p.addRain(trial, rain); !fits)
                return fits;
            MeasureWindow window;
            window.untilMs = duration;
            window.spikeMv = p.neuron().labels.spikeThresholdMv;
            addSignal(trial, "Soma", {}, window);
            trial.showTraces = i + 1 == rates.size() || i == rates.size() / 2;
            trial.showMs = ShownMs;
        }
    }
    return Done{};
}

void evaluateSynaptic(const Findings &f, ExperimentResult &result)
{
    result.table.columns = {{"Excitation", "Hz", 1},   {"Synapse", "", 0},
                            {"Spikes", "", 0},         {"Rate", "Hz", 2},
                            {"Mean voltage", "mV", 1}, {"SD of voltage", "mV", 1}};
    const double seconds = f.number("duration_ms") / 1000.0;
    const std::vector<NamedKind> kinds = chosenKinds(f.plan().neuron, f.text("kind"));
    ResultPlot plot{"Rate Over Input",
                    "Excitation of each segment",
                    "Hz",
                    "Rate",
                    "Hz",
                    false,
                    false,
                    {},
                    {},
                    {}};
    result.traceTime = "Time";
    for (std::size_t k = 0; k < kinds.size(); ++k) {
        ResultSeries series{kinds[k].name, {}, {}, ResultSeries::Style::Measured};
        double steepest = 0.0;
        double from = NotMeasured;
        double to = NotMeasured;
        for (const double rate : f.numbers("rates_Hz")) {
            const std::size_t i = f.find({double(k), rate});
            if (!f.has(i))
                continue;
            const PotentialMeasures &m = f.signal(i, 0);
            const double output = m.spikes / seconds;
            result.table.rows.push_back({cell(rate), kinds[k].name, cell(double(m.spikes)),
                                         cell(output), cell(m.meanMv), cell(m.sdMv)});
            const double slope =
                series.x.empty() ? 0.0 : ratio(output - series.y.back(), rate - series.x.back());
            if (slope > steepest) {
                steepest = slope;
                from = series.x.back();
                to = rate;
            }
            series.x.push_back(rate);
            series.y.push_back(output);
        }
        plot.series.push_back(series);
        if (!f.complete({double(k)}))
            continue;
        if (!std::isnan(from))
            result.conclusions.push_back(kinds[k].name + ": the output climbs most steeply between "
                                         + formatNumber(from) + " and " + formatNumber(to)
                                         + " Hz of input, by " + fixed(steepest, 2)
                                         + " Hz for each Hz.");
        else
            result.conclusions.push_back(
                kinds[k].name + ": at every rate of input it fires at "
                + fixed(*std::max_element(series.y.begin(), series.y.end()), 1) + " Hz or less.");
    }
    result.plots.push_back(plot);
}

} // namespace

ExperimentKind currentRateExperiment()
{
    ExperimentKind kind;
    ExperimentSetting settle = settleSetting();
    kind.info = {"current-rate",
                 "f-I Curve, Current",
                 "How does the firing rate follow an injected current?",
                 "Below a threshold current the neuron is silent, above it the rate grows. The SK "
                 "current lowers the rate and lengthens the intervals.",
                 {tipSetting(),
                  placeSetting("place", "Electrode", "soma", "Where the electrode injects."),
                  listSetting("currents", "Currents", "nA",
                              {0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1}, -10.0,
                              10.0, 3, "Each is injected in a run of its own."),
                  numberSetting("step_ms", "Length of the step", "ms", 1000, 50, 20000, 100, 0,
                                "Longer steps count slow rates more finely."),
                  skSetting(), settle}};
    kind.plan = planCurrent;
    kind.evaluate = evaluateCurrent;
    return kind;
}

ExperimentKind synapticRateExperiment()
{
    ExperimentKind kind;
    kind.info = {
        "synaptic-rate",
        "f-I Curve, Synaptic Rate",
        "How does the firing rate follow synaptic input?",
        "Random events on all segments. AMPA synapses on a cable reach the soma poorly; NMDA "
        "synapses switch the neuron on once there is enough input.",
        {kindSetting(true),
         listSetting("rates_Hz", "Excitation of each segment", "Hz", {1, 2, 5, 10, 15, 20, 30, 60},
                     0.0, 1000.0, 2, "Events a second on every segment."),
         numberSetting("inh_rate_Hz", "Inhibition of each segment", "Hz", 0.0, 0.0, 1000.0, 5.0, 2,
                       "Inhibitory events a second on every segment."),
         numberSetting("weight", "Largest excitatory weight", "", 5.0, 0.001, 1000.0, 1.0, 3,
                       "Weights are drawn evenly between 0 and this."),
         numberSetting("inh_weight", "Largest inhibitory weight", "", 5.0, 0.001, 1000.0, 1.0, 3,
                       "Weights are drawn evenly between 0 and this."),
         numberSetting("duration_ms", "Duration", "ms", 4000, 100, 60000, 500, 0,
                       "Longer runs count slow rates more finely."),
         numberSetting("seed", "Seed", "", 1, 0, 4294967295.0, 1, 0,
                       "The same seed draws the same events for every kind of synapse.")}};
    kind.plan = planSynaptic;
    kind.evaluate = evaluateSynaptic;
    return kind;
}

} // namespace dt
