// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/Planner.h"
#include "engine/model/Parameters.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace dt {

// Any parameter of the neuron or of the input over a list of values, one or two at a time, and one
// number measured. Factors: x, y, 0 with the input or 1 without (for the input resistance).

namespace {

/// A number of the input that may be varied, and the inputs it belongs to.
struct InputParameter
{
    const char *name;
    const char *label;
    const char *unit;
    double fallback;
    double min;
    double max;
    int decimals;
    const char *inputs; ///< words of the setting `input`
    const char *why;
};

constexpr std::array Inputs{
    InputParameter{"weight", "Weight", "", 5.0, 0.0, 1000.0, 3, "synapse pair rain",
                   "Of an event; of rain, the largest."},
    InputParameter{"place", "Place along the path", "", 0.5, 0.0, 1.0, 3, "synapse pair current",
                   "Where the synapse or the electrode sits: 0 is the soma, 1 the tip."},
    InputParameter{"delay_ms", "Gap of the pair", "ms", 10.0, 0.0, 1000.0, 0, "pair",
                   "From the first event to the second."},
    InputParameter{"current_nA", "Current", "nA", 0.1, -100.0, 100.0, 4, "current",
                   "What the electrode injects."},
    InputParameter{"rate_Hz", "Excitation of each segment", "Hz", 20.0, 0.0, 1000.0, 2, "rain",
                   "Events a second on every segment."},
    InputParameter{"inh_rate_Hz", "Inhibition of each segment", "Hz", 10.0, 0.0, 1000.0, 2, "rain",
                   "Inhibitory events a second on every segment."},
};

/// A number that can be measured.
struct Measure
{
    const char *name;
    const char *label;
    const char *unit;
    int digits;
    bool local; ///< needs a place on the dendrite
    bool epsp; ///< means nothing where the neuron fires
    double (*of)(const PotentialMeasures &soma, const PotentialMeasures &local, double seconds);
};

using P = const PotentialMeasures &;
constexpr std::array Measures{
    Measure{"soma_epsp", "Somatic EPSP", "mV", 3, false, true,
            [](P s, P, double) { return s.amplitudeMv; }},
    Measure{"soma_peak", "Somatic peak", "mV", 2, false, false,
            [](P s, P, double) { return s.peakMv; }},
    Measure{"soma_time_to_peak", "Time to somatic peak", "ms", 2, false, true,
            [](P s, P, double) { return s.timeToPeakMs; }},
    Measure{"soma_rise", "Somatic rise 10-90 %", "ms", 2, false, true,
            [](P s, P, double) { return s.riseMs; }},
    Measure{"soma_half_width", "Somatic half-width", "ms", 2, false, true,
            [](P s, P, double) { return s.halfWidthMs; }},
    Measure{"local_epsp", "Local EPSP", "mV", 3, true, true,
            [](P, P d, double) { return d.amplitudeMv; }},
    Measure{"local_peak", "Local peak", "mV", 2, true, false,
            [](P, P d, double) { return d.peakMv; }},
    Measure{"local_plateau", "Local time above -50 mV", "ms", 1, true, false,
            [](P, P d, double) { return d.aboveMs; }},
    Measure{"attenuation", "Soma / local", "", 4, true, true,
            [](P s, P d, double) { return ratio(s.amplitudeMv, d.amplitudeMv); }},
    Measure{"spikes", "Spikes", "", 0, false, false,
            [](P s, P, double) { return double(s.spikes); }},
    Measure{"rate", "Firing rate", "Hz", 2, false, false,
            [](P s, P, double seconds) { return s.spikes / seconds; }},
    Measure{"rest", "Rest before the input", "mV", 2, false, false,
            [](P s, P, double) { return s.baseMv; }},
    Measure{"mean_voltage", "Mean somatic voltage", "mV", 2, false, false,
            [](P s, P, double) { return s.meanMv; }},
    // Of the difference to a run without current.
    Measure{"input_resistance", "Input resistance", "megohm", 2, false, false, nullptr},
};

constexpr const char *Resistance = "input_resistance";

const InputParameter *findInput(const std::string &name)
{
    const auto it = std::find_if(Inputs.begin(), Inputs.end(),
                                 [&](const InputParameter &p) { return name == p.name; });
    return it == Inputs.end() ? nullptr : &*it;
}

const Measure &measureOf(const std::string &name)
{
    return *std::find_if(Measures.begin(), Measures.end(),
                         [&](const Measure &m) { return name == m.name; });
}

/// Neuron and input at one point of the sweep.
struct Point
{
    Neuron neuron;
    std::map<std::string, double> input;
};

std::pair<std::string, std::string> nameAndUnit(const std::string &name)
{
    if (const InputParameter *own = findInput(name))
        return {own->label, own->unit};
    if (const ParameterInfo *parameter = findParameter(name))
        return {std::string(parameter->group == ParameterGroup::Soma ? "Soma: " : "")
                    + std::string(parameter->label),
                std::string(parameter->unit)};
    return {name, ""};
}

Status apply(Point &point, const std::string &name, double value, const std::string &input)
{
    if (const InputParameter *own = findInput(name)) {
        if (std::string(own->inputs).find(input) == std::string::npos)
            return Error{ErrorCode::InvalidValue,
                         std::string(own->label)
                             + " does nothing to this input. Choose another input or vary "
                               "something else.",
                         name};
        if (!(value >= own->min && value <= own->max))
            return Error{ErrorCode::InvalidValue,
                         std::string(own->label) + " = " + formatNumber(value)
                             + " is outside its range of " + formatNumber(own->min) + " to "
                             + formatNumber(own->max)
                             + (*own->unit ? " " + std::string(own->unit) : "") + ".",
                         name};
        if (own->decimals == 0 && value != std::floor(value))
            return Error{ErrorCode::InvalidValue,
                         std::string(own->label) + " = " + formatNumber(value)
                             + " must be a whole number.",
                         name};
        point.input[name] = value;
        return Done{};
    }
    const ParameterInfo *parameter = findParameter(name);
    if (!parameter)
        return Error{ErrorCode::NotFound, "There is nothing named '" + name + "' to vary.", name};
    const Status set = setParameter(point.neuron, *parameter, value);
    if (set)
        return Done{};
    // The parameter's name is for files; here it was chosen by its label.
    Error error = set.error();
    if (error.message.starts_with(name))
        error.message.replace(0, name.size(), nameAndUnit(name).first);
    return error;
}

bool isSecond(const std::string &y)
{
    return y != "none";
}

Status addPoint(Planner &p, const Point &point, std::vector<double> factors, bool silent)
{
    const std::string &input = p.text("input");
    const auto in = [&](const char *name) { return point.input.at(name); };
    const Neuron &base = point.neuron;
    const int start = p.settleMs();
    const int duration =
        start + p.windowMs() + (input == "pair" ? static_cast<int>(in("delay_ms")) : 0);
    const DendritePath path(base, p.path().tip());
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
    const int variant = p.variant(base, chosenKinds(base, p.text("kind")).front().kind, sites);
    std::vector<PlannedEvent> events;
    if (input == "synapse" || input == "pair")
        events.push_back({Polarity::Excitatory, place, start, in("weight")});
    if (input == "pair")
        events.push_back(
            {Polarity::Excitatory, place, start + static_cast<int>(in("delay_ms")), in("weight")});
    std::string name = p.text("x") + " = " + formatNumber(factors[0]);
    if (isSecond(p.text("y")))
        name += ", " + p.text("y") + " = " + formatNumber(factors[1]);
    Trial &trial = p.add(variant, name, std::move(factors), duration, events);
    if (input == "rain") {
        Rain rain;
        rain.seed = static_cast<std::uint64_t>(p.number("seed"));
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

Status plan(Planner &p)
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
    if (input == "rain" && measureOf(p.text("measure")).local)
        return Error{ErrorCode::InvalidValue,
                     "Rain falls on all segments: measure something at the soma.", "measure"};
    const std::vector<double> &xs = p.numbers("x_values");
    const std::vector<double> ys = two ? p.numbers("y_values") : std::vector<double>{0.0};
    const double count =
        static_cast<double>(xs.size()) * static_cast<double>(ys.size()) * (resistance ? 2.0 : 1.0);
    if (const Status fits = p.reserve(count, p.settleMs() + p.windowMs()); !fits)
        return fits;
    Point base{p.neuron(), {}};
    for (const InputParameter &parameter : Inputs)
        base.input[parameter.name] = p.number(parameter.name);
    for (const double yValue : ys) {
        for (const double xValue : xs) {
            Point point = base;
            if (const Status set = apply(point, x, xValue, input); !set)
                return set;
            if (two) {
                if (const Status set = apply(point, y, yValue, input); !set)
                    return set;
            }
            if (resistance && point.input["current_nA"] == 0.0)
                return Error{ErrorCode::InvalidValue,
                             "No current, no input resistance: choose other currents.",
                             "current_nA"};
            for (int silent = 0; silent < (resistance ? 2 : 1); ++silent) {
                if (const Status added =
                        addPoint(p, point, {xValue, yValue, double(silent)}, silent == 1);
                    !added)
                    return added;
            }
        }
    }
    return Done{};
}

double valueAt(const Findings &f, double x, double y, const Measure &measure)
{
    const std::size_t i = f.find({x, y, 0.0});
    if (!f.has(i))
        return NotMeasured;
    if (!measure.of) {
        const std::size_t silent = f.find({x, y, 1.0});
        double current = f.number("current_nA");
        if (f.text("x") == "current_nA")
            current = x;
        if (f.text("y") == "current_nA")
            current = y;
        return (f.signal(i, 1).steadyMv - f.signal(silent, 1).steadyMv) / current;
    }
    if (measure.epsp && f.signal(i, 0).spikes > 0)
        return NotMeasured;
    const MeasureWindow &window = f.plan().trials[i].voltages.front().window;
    return measure.of(f.signal(i, 0), f.signal(i, 1), (window.untilMs - window.eventMs) / 1000.0);
}

void evaluate(const Findings &f, ExperimentResult &result)
{
    const Measure &measure = measureOf(f.text("measure"));
    const bool two = isSecond(f.text("y"));
    const std::vector<double> &xs = f.numbers("x_values");
    const std::vector<double> ys = two ? f.numbers("y_values") : std::vector<double>{0.0};
    const auto [xName, xUnit] = nameAndUnit(f.text("x"));
    const auto [yName, yUnit] = nameAndUnit(f.text("y"));
    result.table.columns = {{xName, xUnit, digitsOf(xs)}};
    if (two)
        result.table.columns.push_back({yName, yUnit, digitsOf(ys)});
    result.table.columns.push_back({measure.label, measure.unit, measure.digits});
    ResultPlot lines{
        measure.label, xName, xUnit, measure.label, measure.unit, false, false, {}, {}, {}};
    ResultPlot map{
        std::string(measure.label) + ", Map",     xName, xUnit, yName, yUnit, false, false, {}, {},
        {xs, ys, {}, measure.label, measure.unit}};
    std::vector<double> values;
    int fired = 0;
    for (const double y : ys) {
        ResultSeries series{two ? yName + " " + fixed(y, digitsOf(ys))
                                    + (yUnit.empty() ? "" : " " + yUnit)
                                : std::string(),
                            {},
                            {},
                            ResultSeries::Style::Measured};
        for (const double x : xs) {
            const double value = valueAt(f, x, y, measure);
            values.push_back(value);
            const std::size_t i = f.find({x, y, 0.0});
            if (!f.has(i))
                continue;
            const int spikes = measure.epsp ? f.signal(i, 0).spikes : 0;
            fired += spikes > 0 ? 1 : 0;
            std::vector<ResultCell> row{cell(x)};
            if (two)
                row.push_back(cell(y));
            row.push_back(unlessFired(spikes, value));
            result.table.rows.push_back(std::move(row));
            series.x.push_back(x);
            series.y.push_back(value);
        }
        lines.series.push_back(series);
    }
    map.map.values = values;
    if (two)
        result.plots.push_back(map);
    // More lines than can be told apart say nothing.
    if (ys.size() <= 8)
        result.plots.push_back(lines);
    if (!f.complete())
        return;
    if (fired > 0)
        result.conclusions.push_back("The neuron fires in " + std::to_string(fired) + " of "
                                     + std::to_string(values.size())
                                     + " simulations, which are left out: a spike is no EPSP.");
    const std::optional<Extremes> most = extremes(values);
    if (!most)
        return;
    const auto where = [&](std::size_t i) {
        std::string text =
            xName + " " + formatNumber(xs[i % xs.size()]) + (xUnit.empty() ? "" : " " + xUnit);
        if (two)
            text += ", " + yName + " " + formatNumber(ys[i / xs.size()])
                + (yUnit.empty() ? "" : " " + yUnit);
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

} // namespace

std::vector<SettingChoice> sweepChoices(const Neuron &neuron)
{
    std::vector<SettingChoice> choices;
    for (const InputParameter &parameter : Inputs)
        choices.push_back({parameter.name, parameter.label});
    for (const ParameterInfo &parameter : parameters()) {
        if (!parameter.stickOnly || neuron.isBallAndStick())
            choices.push_back(
                {std::string(parameter.name), nameAndUnit(std::string(parameter.name)).first});
    }
    return choices;
}

ExperimentKind sweepExperiment()
{
    std::vector<SettingChoice> measures;
    for (const Measure &measure : Measures)
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
                     "A run for each of them, in the unit of what is varied."),
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
         tipSetting(), kindSetting()}};
    for (const InputParameter &p : Inputs) {
        kind.info.settings.push_back(numberSetting(p.name, p.label, p.unit, p.fallback, p.min,
                                                   p.max, p.decimals == 0 ? 1.0 : 0.1, p.decimals,
                                                   p.why));
    }
    kind.info.settings.push_back(numberSetting("seed", "Seed", "", 1, 0, 4294967295.0, 1, 0,
                                               "Of the rain: the same seed gives the same "
                                               "events."));
    kind.info.settings.push_back(settleSetting());
    kind.info.settings.push_back(windowSetting(200));
    kind.plan = plan;
    kind.evaluate = evaluate;
    return kind;
}

} // namespace dt
