// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/NumberText.h"
#include "engine/explore/Arms.h"
#include "engine/explore/CommonSettings.h"
#include "engine/explore/Experiments.h"
#include "engine/explore/Findings.h"
#include "engine/explore/Planner.h"
#include "engine/explore/ResultText.h"
#include "engine/explore/SpikeTrains.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

/// How much of a train of spikes can be told apart in a small plot [ms].
constexpr int ShownMs = 500;

constexpr const char *LongerRuns = "A longer step";
constexpr const char *LongerRunsMoreSeeds = "Longer runs or more seeds";
/// The most bins of a histogram of intervals.
constexpr double MostBins = 25.0;

// --- Rate over injected current. Factors: arm, current.

Status planCurrent(Planner &p)
{
    const std::vector<double> &currents = p.numbers("currents");
    const std::vector<Arm> arms = armsOf(p.neuron(), "neuron", p.text("sk"));
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
            Trial &trial = p.add(variant,
                                 (arms.size() > 1 ? arms[a].name + ", " : std::string())
                                     + fixed(currents[i], digitsOf(currents)) + " nA",
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
    std::vector<Arm> arms = armsOf(f.plan().neuron, "neuron", f.text("sk"));
    if (arms.size() == 1)
        arms.front().name = "SK factor " + fixed(arms.front().neuron.channels.skFactor, 2);
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
        rate.resolution = 1.0 / seconds;
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
    rates.finer = LongerRuns;
    result.plots.push_back(rates);
    result.plots.push_back(adaptation);
}

// --- Rate over synaptic input. Factors: arm, rate of excitation, number of the seed.

Status planSynaptic(Planner &p)
{
    const std::vector<double> &rates = p.numbers("rates_Hz");
    const std::vector<Arm> arms = armsOf(p.neuron(), p.text("kind"), p.text("sk"));
    const int duration = p.whole("duration_ms");
    const int seeds = p.whole("seeds");
    if (const Status fits =
            p.reserve(static_cast<double>(arms.size() * rates.size()) * seeds, duration);
        !fits)
        return fits;
    SynapseSites sites;
    for (const SegmentRef &row : segmentRows(p.neuron()))
        sites.excitatory.push_back({row.dendrite, row.x});
    sites.inhibitory = sites.excitatory;
    for (std::size_t a = 0; a < arms.size(); ++a) {
        const int variant = p.variant(arms[a].neuron, arms[a].kind, sites);
        for (std::size_t i = 0; i < rates.size(); ++i) {
            for (int seed = 0; seed < seeds; ++seed) {
                Rain rain;
                rain.seed = static_cast<std::uint64_t>(p.number("seed") + seed);
                rain.excMaxWeight = p.number("weight");
                rain.inhMaxWeight = p.number("inh_weight");
                // At most one event a ms and segment.
                rain.excSparsity = 1.0 - rates[i] / 1000.0;
                rain.inhSparsity = 1.0 - p.number("inh_rate_Hz") / 1000.0;
                Trial &trial = p.add(variant, arms[a].name + ", " + formatNumber(rates[i]) + " Hz",
                                     {double(a), rates[i], double(seed)}, duration);
                if (const Status fits = p.addRain(trial, rain); !fits)
                    return fits;
                MeasureWindow window;
                window.untilMs = duration;
                window.spikeMv = p.neuron().labels.spikeThresholdMv;
                addSignal(trial, "Soma", {}, window);
                trial.showTraces = seed == 0
                    && (i + 1 == rates.size() || (i == rates.size() / 2 && arms.size() <= 3));
                trial.showMs = ShownMs;
            }
        }
    }
    return Done{};
}

/// Shares of the intervals in bins of equal width, one curve for each arm.
ResultPlot intervalPlot(const std::vector<Arm> &arms,
                        const std::vector<std::vector<double>> &intervalsMs, double rate)
{
    ResultPlot plot{"Intervals Between Spikes at " + formatNumber(rate) + " Hz",
                    "Interval",
                    "ms",
                    "Share of the intervals",
                    "%",
                    false,
                    false,
                    {},
                    {},
                    {}};
    double longest = 0.0;
    for (const std::vector<double> &some : intervalsMs)
        longest =
            some.empty() ? longest : std::max(longest, *std::max_element(some.begin(), some.end()));
    double width = 5.0;
    while (longest / width > MostBins)
        width *= 2.0;
    for (std::size_t a = 0; a < arms.size(); ++a) {
        const std::vector<double> &some = intervalsMs[a];
        if (some.empty())
            continue;
        ResultSeries series{arms[a].name, {}, {}, ResultSeries::Style::Measured};
        for (double from = 0.0; from <= longest; from += width) {
            const auto inside = std::count_if(some.begin(), some.end(), [&](double ms) {
                return ms >= from && ms < from + width;
            });
            series.x.push_back(from + 0.5 * width);
            series.y.push_back(100.0 * static_cast<double>(inside)
                               / static_cast<double>(some.size()));
        }
        plot.series.push_back(std::move(series));
    }
    return plot;
}

void evaluateSynaptic(const Findings &f, ExperimentResult &result)
{
    result.table.columns = {
        {"Excitation", "Hz", 1},    {"Synapse", "", 0},          {"Spikes", "", 0},
        {"Rate", "Hz", 2},          {"Standard error", "Hz", 2}, {"Mean interval", "ms", 1},
        {"CV of intervals", "", 2}, {"Mean voltage", "mV", 1},   {"SD of voltage", "mV", 1}};
    const double seconds = f.number("duration_ms") / 1000.0;
    const auto seeds = static_cast<int>(f.number("seeds"));
    const std::vector<Arm> arms = armsOf(f.plan().neuron, f.text("kind"), f.text("sk"));
    const std::vector<double> &inputs = f.numbers("rates_Hz");
    ResultPlot plot{"Rate Over Input" + seedsText(seeds),
                    "Excitation of each segment",
                    "Hz",
                    "Rate",
                    "Hz",
                    false,
                    false,
                    {},
                    {},
                    {}};
    plot.finer = LongerRunsMoreSeeds;
    ResultPlot lengths{"Mean Interval Between Spikes",
                       "Excitation of each segment",
                       "Hz",
                       "Interval",
                       "ms",
                       false,
                       true,
                       {},
                       {},
                       {}};
    const double highest = *std::max_element(inputs.begin(), inputs.end());
    std::vector<std::vector<double>> atHighest(arms.size());
    result.traceTime = "Time";
    for (std::size_t a = 0; a < arms.size(); ++a) {
        ResultSeries series{arms[a].name, {}, {}, ResultSeries::Style::Measured};
        series.resolution = 1.0 / (seconds * seeds);
        ResultSeries between{arms[a].name, {}, {}, ResultSeries::Style::Measured};
        double steepest = 0.0;
        double from = NotMeasured;
        double to = NotMeasured;
        for (const double rate : inputs) {
            std::vector<const PotentialMeasures *> runs;
            std::vector<double> means;
            std::vector<double> deviations;
            for (int seed = 0; seed < seeds; ++seed) {
                const std::size_t i = f.find({double(a), rate, double(seed)});
                if (!f.has(i))
                    continue;
                runs.push_back(&f.signal(i, 0));
                means.push_back(runs.back()->meanMv);
                deviations.push_back(runs.back()->sdMv);
            }
            if (runs.empty())
                continue;
            const TrainStatistics train = trainStatistics(runs, seconds);
            const double output = train.rateHz.mean;
            result.table.rows.push_back(
                {cell(rate), arms[a].name, cell(double(train.spikes)), cell(output),
                 cell(train.rateHz.error), cell(train.intervalMs.mean), cell(train.intervalCv),
                 cell(meanError(means).mean), cell(meanError(deviations).mean)});
            const double slope =
                series.x.empty() ? 0.0 : ratio(output - series.y.back(), rate - series.x.back());
            if (slope > steepest) {
                steepest = slope;
                from = series.x.back();
                to = rate;
            }
            series.x.push_back(rate);
            series.y.push_back(output);
            series.error.push_back(train.rateHz.error);
            between.x.push_back(rate);
            between.y.push_back(train.intervalMs.mean);
            between.error.push_back(train.intervalMs.error);
            if (rate == highest)
                atHighest[a] = train.intervalsMs;
        }
        plot.series.push_back(series);
        lengths.series.push_back(between);
        if (!f.complete({double(a)}))
            continue;
        if (!std::isnan(from))
            result.conclusions.push_back(arms[a].name + ": the output climbs most steeply between "
                                         + formatNumber(from) + " and " + formatNumber(to)
                                         + " Hz of input, by " + fixed(steepest, 2)
                                         + " Hz for each Hz.");
        else
            result.conclusions.push_back(
                arms[a].name + ": at every rate of input it fires at "
                + fixed(*std::max_element(series.y.begin(), series.y.end()), 1) + " Hz or less.");
    }
    result.plots.push_back(plot);
    const auto measured = [](const ResultSeries &s) {
        return std::any_of(s.y.begin(), s.y.end(), [](double y) { return !std::isnan(y); });
    };
    if (std::any_of(lengths.series.begin(), lengths.series.end(), measured))
        result.plots.push_back(lengths);
    if (ResultPlot shares = intervalPlot(arms, atHighest, highest); !shares.series.empty())
        result.plots.push_back(std::move(shares));
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
                  skSetting("both"), settle}};
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
         skSetting("neuron"),
         numberSetting("duration_ms", "Duration", "ms", 2000, 100, 60000, 500, 0,
                       "Of each run; longer runs count slow rates more finely."),
         seedsSetting(5, "So many runs with other events make the mean and its error."),
         numberSetting("seed", "First seed", "", 1, 0, 4294967295.0, 1, 0,
                       "The same seeds draw the same events for every kind of synapse.")}};
    kind.plan = planSynaptic;
    kind.evaluate = evaluateSynaptic;
    return kind;
}

} // namespace dt
