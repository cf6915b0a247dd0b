// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/NumberText.h"
#include "engine/cell/Parameters.h"
#include "engine/explore/Arms.h"
#include "engine/explore/CommonSettings.h"
#include "engine/explore/Experiments.h"
#include "engine/explore/Findings.h"
#include "engine/explore/Planner.h"
#include "engine/explore/ResultText.h"
#include "engine/explore/SpikeTrains.h"
#include "engine/explore/SweepMeasures.h"
#include "engine/explore/SweepValues.h"
#include "engine/explore/SweepVariables.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace dt {

// Any parameter of the neuron or of the input over a list of values, one or two at a time, and one
// number measured. Factors: x, y, 0 with the input or 1 without (for the input resistance), arm,
// number of the seed.

namespace {

constexpr const char *Resistance = "input_resistance";
constexpr const char *SkFactor = "multiplicative_SKE2_factor";

/// EPSPs are over after the usual time; rates need many spikes.
constexpr double RainMs = 2000.0;
constexpr double RainSeeds = 5.0;
constexpr double CurrentRateMs = 1000.0;
/// More lines than can be told apart say nothing.
constexpr std::size_t MostLines = 8;

bool isSecond(const std::string &y)
{
    return y != "none";
}

/// How many seeds are run: only random input differs from seed to seed.
int seedsOf(const std::string &input, double seeds)
{
    return input == "rain" ? static_cast<int>(seeds) : 1;
}

Status addPoint(Planner &p, const SweepPoint &point, const Arm &arm, std::vector<double> factors)
{
    const bool silent = factors[2] == 1.0;
    const double seed = factors[4];
    const std::string &input = p.text("input");
    const auto in = [&](const char *name) { return point.input.at(name); };
    const Neuron &base = point.neuron;
    const int start = p.settleMs();
    const int duration =
        start + p.windowMs() + (input == "pair" ? static_cast<int>(in("delay_ms")) : 0);
    const DendritePath path = pathTo(base, p.path().tip());
    // The electrode at 0 is in the soma itself.
    const Place place = input == "current" && in("place") == 0.0 ? Place{} : path.at(in("place"));
    SynapseSites sites;
    if (input == "rain") {
        for (const SegmentRef &row : segmentRows(base))
            sites.excitatory.push_back({row.dendrite, row.x});
        sites.inhibitory = sites.excitatory;
    } else if (input != "current") {
        sites.excitatory = {place};
    }
    const int variant = p.variant(base, arm.kind, sites);
    std::vector<PlannedEvent> events;
    if (input == "synapse" || input == "pair")
        events.push_back({Polarity::Excitatory, place, start, in("weight")});
    if (input == "pair")
        events.push_back(
            {Polarity::Excitatory, place, start + static_cast<int>(in("delay_ms")), in("weight")});
    std::string name = p.text("x") + " = " + formatNumber(factors[0]);
    if (isSecond(p.text("y")))
        name += ", " + p.text("y") + " = " + formatNumber(factors[1]);
    name += ", " + arm.name;
    Trial &trial = p.add(variant, name, std::move(factors), duration, events);
    if (input == "rain") {
        Rain rain;
        rain.seed = static_cast<std::uint64_t>(p.number("seed") + seed);
        rain.excMaxWeight = rain.inhMaxWeight = in("weight");
        rain.excSparsity = 1.0 - in("rate_Hz") / 1000.0;
        rain.inhSparsity = 1.0 - in("inh_rate_Hz") / 1000.0;
        if (const Status fits = p.addRain(trial, rain); !fits)
            return fits;
    } else if (input == "current" && !silent) {
        Electrode electrode;
        electrode.dendrite = place.dendrite;
        electrode.x = place.x;
        electrode.startMs = start;
        electrode.durationMs = p.windowMs();
        electrode.currentNa = in("current_nA");
        trial.electrodes = {electrode};
    }
    MeasureWindow window;
    window.eventMs = start;
    window.untilMs = duration;
    window.levelMv = -50.0;
    window.spikeMv = base.labels.spikeThresholdMv;
    window.direction = input == "current" ? Direction::Either : Direction::Up;
    addSignal(trial, "Soma", {}, window);
    addSignal(trial, "Place", place, window);
    return Done{};
}

Status planSweep(Planner &p)
{
    const std::string &x = p.text("x");
    const std::string &y = p.text("y");
    const std::string &input = p.text("input");
    const bool two = isSecond(y);
    const bool resistance = p.text("measure") == Resistance;
    if (two && x == y)
        return Error{ErrorCode::InvalidValue, "Vary two different things.", "y"};
    if (resistance && input != "current")
        return Error{ErrorCode::InvalidValue,
                     "The input resistance is measured with a current: choose that input.",
                     "input"};
    if (p.text("sk") == "both" && (x == SkFactor || (two && y == SkFactor)))
        return Error{ErrorCode::InvalidValue,
                     "The SK factor is varied already: leave the SK current as in the neuron.",
                     "sk"};
    if (input == "rain" && sweepMeasure(p.text("measure")).local)
        return Error{ErrorCode::InvalidValue,
                     "Rain falls on all segments: measure something at the soma.", "measure"};
    const std::vector<double> &xs = p.numbers("x_values");
    const std::vector<double> ys = two ? p.numbers("y_values") : std::vector<double>{0.0};
    const int seeds = seedsOf(input, p.number("seeds"));
    const std::size_t armCount = armsOf(p.neuron(), p.text("kind"), p.text("sk")).size();
    const double count =
        static_cast<double>(xs.size() * ys.size() * armCount) * seeds * (resistance ? 2.0 : 1.0);
    if (const Status fits = p.reserve(count, p.settleMs() + p.windowMs()); !fits)
        return fits;
    SweepPoint base{p.neuron(), {}};
    for (const SweepInput &parameter : sweepInputs())
        base.input[parameter.name] = p.number(parameter.name);
    for (const double yValue : ys) {
        for (const double xValue : xs) {
            SweepPoint point = base;
            if (const Status set = vary(point, x, xValue, input); !set)
                return set;
            if (two) {
                if (const Status set = vary(point, y, yValue, input); !set)
                    return set;
            }
            if (resistance && point.input["current_nA"] == 0.0)
                return Error{ErrorCode::InvalidValue,
                             "No current, no input resistance: choose other currents.",
                             "current_nA"};
            // The neuron's own kind may be what is varied.
            const std::vector<Arm> arms = armsOf(point.neuron, p.text("kind"), p.text("sk"));
            for (std::size_t a = 0; a < arms.size(); ++a) {
                point.neuron = arms[a].neuron;
                for (int silent = 0; silent < (resistance ? 2 : 1); ++silent) {
                    for (int seed = 0; seed < seeds; ++seed) {
                        if (const Status added =
                                addPoint(p, point, arms[a],
                                         {xValue, yValue, double(silent), double(a), double(seed)});
                            !added)
                            return added;
                    }
                }
            }
        }
    }
    return Done{};
}

/// What was measured at one point of one arm.
struct Found
{
    bool any = false; ///< of its simulations is there
    int fired = 0; ///< simulations whose spikes make the measure meaningless
    MeanError value;
    double resolution = 0.0;
    TrainStatistics train;
};

Found foundAt(const Findings &f, double x, double y, std::size_t arm, const SweepMeasure &measure)
{
    Found found;
    std::vector<double> values;
    std::vector<const PotentialMeasures *> runs;
    double seconds = 0.0;
    const int seeds = seedsOf(f.text("input"), f.number("seeds"));
    for (int seed = 0; seed < seeds; ++seed) {
        const std::size_t i = f.find({x, y, 0.0, double(arm), double(seed)});
        if (!f.has(i))
            continue;
        found.any = true;
        const PotentialMeasures &soma = f.signal(i, 0);
        const MeasureWindow &window = f.plan().trials[i].voltages.front().window;
        seconds = (window.untilMs - window.eventMs) / 1000.0;
        runs.push_back(&soma);
        if (measure.epsp && soma.spikes > 0) {
            ++found.fired;
        } else if (measure.of) {
            values.push_back(measure.of(soma, f.signal(i, 1), seconds));
        } else {
            const std::size_t silent = f.find({x, y, 1.0, double(arm), double(seed)});
            double current = f.number("current_nA");
            if (f.text("x") == "current_nA")
                current = x;
            if (f.text("y") == "current_nA")
                current = y;
            values.push_back((f.signal(i, 1).steadyMv - f.signal(silent, 1).steadyMv) / current);
        }
        const double perMs =
            f.plan().neurons[static_cast<std::size_t>(f.plan().trials[i].neuron)].samplesPerMs;
        if (measure.step == SweepMeasure::Step::Sample)
            found.resolution = 1.0 / perMs / seeds;
    }
    found.value = meanError(found.fired > 0 ? std::vector<double>{} : values);
    found.train = trainStatistics(runs, seconds);
    if (measure.step == SweepMeasure::Step::SpikeRate)
        found.resolution = found.train.stepHz;
    if (measure.step == SweepMeasure::Step::Spike)
        found.resolution = found.train.stepHz * seconds;
    return found;
}

void evaluateSweep(const Findings &f, ExperimentResult &result)
{
    const SweepMeasure &measure = sweepMeasure(f.text("measure"));
    const bool two = isSecond(f.text("y"));
    const std::vector<double> &xs = f.numbers("x_values");
    const std::vector<double> ys = two ? f.numbers("y_values") : std::vector<double>{0.0};
    const std::vector<Arm> arms = armsOf(f.plan().neuron, f.text("kind"), f.text("sk"));
    const int seeds = seedsOf(f.text("input"), f.number("seeds"));
    const auto [xName, xUnit] = nameAndUnit(f.text("x"));
    const auto [yName, yUnit] = nameAndUnit(f.text("y"));
    result.table.columns = {{xName, xUnit, digitsOf(xs)}};
    if (two)
        result.table.columns.push_back({yName, yUnit, digitsOf(ys)});
    if (arms.size() > 1)
        result.table.columns.push_back({"Compared", "", 0});
    result.table.columns.push_back({measure.label, measure.unit, measure.digits});
    if (seeds > 1)
        result.table.columns.push_back({"Standard error", measure.unit, measure.digits + 1});
    if (countsSpikes(measure)) {
        result.table.columns.push_back({"Mean interval", "ms", 1});
        result.table.columns.push_back({"CV of intervals", "", 2});
    }
    ResultPlot lines{measure.label + seedsText(seeds),
                     xName,
                     xUnit,
                     measure.label,
                     measure.unit,
                     false,
                     false,
                     {},
                     {},
                     {}};
    lines.finer = measure.step == SweepMeasure::Step::Sample ? "More steps per millisecond"
        : f.text("input") == "rain"                          ? "Longer runs or more seeds"
                                                             : "A longer time";
    ResultPlot between{
        "Mean Interval Between Spikes", xName, xUnit, "Interval", "ms", false, false, {}, {}, {}};
    std::vector<ResultPlot> maps;
    std::vector<double> values;
    int fired = 0;
    int runs = 0;
    bool intervalsThere = false;
    for (std::size_t a = 0; a < arms.size(); ++a) {
        std::vector<double> ofArm;
        for (const double y : ys) {
            std::string name = arms.size() > 1 ? arms[a].name : std::string();
            if (two)
                name += (name.empty() ? "" : ", ") + yName + " " + fixed(y, digitsOf(ys))
                    + (yUnit.empty() ? "" : " " + yUnit);
            ResultSeries series{name, {}, {}, ResultSeries::Style::Measured};
            ResultSeries lengths = series;
            for (const double x : xs) {
                const Found found = foundAt(f, x, y, a, measure);
                ofArm.push_back(found.value.mean);
                if (!found.any)
                    continue;
                fired += found.fired;
                runs += seeds;
                std::vector<ResultCell> row{cell(x)};
                if (two)
                    row.push_back(cell(y));
                if (arms.size() > 1)
                    row.push_back(arms[a].name);
                row.push_back(unlessFired(found.fired, found.value.mean));
                if (seeds > 1)
                    row.push_back(cell(found.value.error));
                if (countsSpikes(measure)) {
                    row.push_back(cell(found.train.intervalMs.mean));
                    row.push_back(cell(found.train.intervalCv));
                }
                result.table.rows.push_back(std::move(row));
                series.x.push_back(x);
                series.y.push_back(found.value.mean);
                series.error.push_back(found.value.error);
                series.resolution = std::max(series.resolution, found.resolution);
                lengths.x.push_back(x);
                lengths.y.push_back(found.train.intervalMs.mean);
                lengths.error.push_back(found.train.intervalMs.error);
                intervalsThere |= !found.train.intervalsMs.empty();
            }
            lines.series.push_back(series);
            between.series.push_back(lengths);
        }
        maps.push_back({std::string(measure.label)
                            + (arms.size() > 1 ? ", " + arms[a].name : std::string(", Map")),
                        xName,
                        xUnit,
                        yName,
                        yUnit,
                        false,
                        false,
                        {},
                        {},
                        {xs, ys, ofArm, measure.label, measure.unit}});
        values.insert(values.end(), ofArm.begin(), ofArm.end());
    }
    if (two)
        result.plots = maps;
    if (lines.series.size() <= MostLines) {
        result.plots.push_back(lines);
        if (countsSpikes(measure) && intervalsThere)
            result.plots.push_back(between);
    }
    if (!f.complete())
        return;
    if (fired > 0)
        result.conclusions.push_back("The neuron fires in " + std::to_string(fired) + " of "
                                     + std::to_string(runs)
                                     + " simulations, which are left out: a spike is no EPSP.");
    const std::optional<Extremes> most = extremes(values);
    if (!most)
        return;
    const auto where = [&](std::size_t i) {
        std::string text =
            xName + " " + formatNumber(xs[i % xs.size()]) + (xUnit.empty() ? "" : " " + xUnit);
        if (two)
            text += ", " + yName + " " + formatNumber(ys[i / xs.size() % ys.size()])
                + (yUnit.empty() ? "" : " " + yUnit);
        if (arms.size() > 1)
            text += ", " + arms[i / xs.size() / ys.size()].name;
        return text;
    };
    const std::string unit = *measure.unit ? " " + std::string(measure.unit) : "";
    const std::string lowest = fixed(values[most->low], measure.digits) + unit;
    if (lowest == fixed(values[most->high], measure.digits) + unit) {
        result.conclusions.push_back(std::string(measure.label) + " is " + lowest + " throughout.");
        return;
    }
    result.conclusions.push_back(
        std::string(measure.label) + " goes from " + lowest + " (" + where(most->low) + ") to "
        + fixed(values[most->high], measure.digits) + unit + " (" + where(most->high) + ").");
}

/// Values and range of one of the lists: those of what it varies.
void followParameter(ExperimentSetting &list, const std::string &parameter)
{
    const auto [label, unit] = nameAndUnit(parameter);
    list.label = (list.name == "x_values" ? "Values of " : "Second values, of ") + label;
    list.unit = unit;
    if (const SweepInput *own = findSweepInput(parameter)) {
        list.min = own->min;
        list.max = own->max;
        list.decimals = own->decimals;
    } else if (const ParameterInfo *of = findParameter(parameter)) {
        list.min = of->min;
        list.max = of->max;
        list.decimals = of->integer ? 0 : std::max(of->decimals, 1);
    }
    if (const std::vector<double> usual = usualSweepValues(parameter); !usual.empty())
        list.fallback = usual;
}

void follow(std::vector<ExperimentSetting> &settings, const ExperimentValues &values)
{
    const auto word = [&](const char *name) { return std::get<std::string>(values.at(name)); };
    const bool rain = word("input") == "rain";
    const SweepMeasure *measure = nullptr;
    for (const SweepMeasure &known : sweepMeasures()) {
        if (word("measure") == known.name)
            measure = &known;
    }
    for (ExperimentSetting &setting : settings) {
        if (setting.name == "x_values")
            followParameter(setting, word("x"));
        else if (setting.name == "y_values" && isSecond(word("y")))
            followParameter(setting, word("y"));
        else if (setting.name == "window_ms" && rain)
            setting.fallback = RainMs;
        else if (setting.name == "window_ms" && word("input") == "current" && measure
                 && countsSpikes(*measure))
            setting.fallback = CurrentRateMs;
    }
}

} // namespace

ExperimentKind sweepExperiment()
{
    std::vector<SettingChoice> measures;
    for (const SweepMeasure &measure : sweepMeasures())
        measures.push_back({measure.name, measure.label});
    ExperimentKind kind;
    kind.info = {
        "sweep",
        "Parameter Sweep",
        "What does any parameter do to any measured number?",
        "One or two parameters of the neuron or its input are varied, all else stays. "
        "Two make a map.",
        {choiceSetting("x", "Vary", "weight", {}, "The parameter on the horizontal axis."),
         listSetting("x_values", "Values", "", evenly(1, 20, 20), -1.0e9, 1.0e9, 6,
                     "A training for each of them, in the unit of what is varied."),
         choiceSetting("y", "And vary", "none", {}, "A second parameter makes a map of both."),
         listSetting("y_values", "Second values", "", evenly(0.1, 0.9, 9), -1.0e9, 1.0e9, 6,
                     "All values of the first are run with each of these."),
         choiceSetting("measure", "Measure", "soma_epsp", measures, "The number that is reported."),
         choiceSetting("input", "Input", "synapse",
                       {{"synapse", "One Event"},
                        {"pair", "Two Events"},
                        {"current", "Electrode"},
                        {"rain", "Rain on All Segments"}},
                       "What the neuron is given."),
         tipSetting(), kindSetting(true, "neuron"), skSetting("neuron")}};
    for (const SweepInput &p : sweepInputs()) {
        kind.info.settings.push_back(numberSetting(p.name, p.label, p.unit, p.fallback, p.min,
                                                   p.max, p.decimals == 0 ? 1.0 : 0.1, p.decimals,
                                                   p.why));
    }
    kind.info.settings.push_back(
        seedsSetting(RainSeeds,
                     "Of the rain: so many runs with other events make the mean and its "
                     "error."));
    kind.info.settings.push_back(numberSetting("seed", "First seed", "", 1, 0, 4294967295.0, 1, 0,
                                               "Of the rain: the same seed gives the same "
                                               "events."));
    kind.info.settings.push_back(settleSetting());
    kind.info.settings.push_back(windowSetting(200));
    kind.plan = planSweep;
    kind.evaluate = evaluateSweep;
    kind.follow = follow;
    return kind;
}

} // namespace dt
