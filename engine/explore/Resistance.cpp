// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/CommonSettings.h"
#include "engine/explore/Experiments.h"
#include "engine/explore/Findings.h"
#include "engine/explore/Planner.h"
#include "engine/explore/ResultText.h"
#include "engine/explore/SteadyCable.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

/// More than this away, passive theory is not of this cell.
constexpr double MostAwayPercent = 5.0;

/// Factor of the run without current: the voltage creeps for hundreds of ms after the start, and
/// what the current did is the difference to this run.
constexpr double Control = -1.0;

/// A trial with a small step of current at a place; rows before and at the end of the step.
Trial &addStep(Planner &p, int variant, const Place &place, const std::string &name,
               std::vector<double> factors)
{
    const int start = p.settleMs();
    const int step = p.whole("step_ms");
    Trial &trial = p.add(variant, name, std::move(factors), start + step + 1);
    Electrode electrode;
    electrode.dendrite = place.dendrite;
    electrode.x = place.isSoma() ? 0.5 : place.x;
    electrode.startMs = start;
    electrode.durationMs = step;
    electrode.currentNa = p.number("current_nA");
    if (trial.factors.front() != Control)
        trial.electrodes = {electrode};
    trial.rowsAtMs = {start, start + step};
    MeasureWindow window;
    window.eventMs = start;
    window.untilMs = start + step;
    window.direction = Direction::Either;
    window.spikeMv = p.neuron().labels.spikeThresholdMv;
    addSignal(trial, "Soma", {}, window);
    if (!place.isSoma())
        addSignal(trial, "Electrode", place, window);
    return trial;
}

Status checkCurrent(const Planner &p)
{
    if (p.number("current_nA") != 0.0)
        return Done{};
    return Error{ErrorCode::InvalidValue, "A step of no current moves nothing. Choose a current.",
                 "current_nA"};
}

int quietVariant(Planner &p)
{
    Neuron quiet = p.neuron();
    quiet.synapses.clear(); // nothing arrives: the same numbers, sooner
    return p.variant(std::move(quiet));
}

std::vector<ExperimentSetting> stepSettings()
{
    ExperimentSetting settle = settleSetting();
    settle.fallback = 300.0;
    ExperimentSetting against = choiceSetting(
        "against", "Compared with", "control",
        {{"control", "A Run Without Current"}, {"before", "The Voltage Before the Step"}},
        "The voltage creeps for hundreds of ms after a run starts; only a run without current "
        "takes "
        "that out.");
    against.expert = true;
    return {numberSetting("current_nA", "Current", "nA", 0.005, -10.0, 10.0, 0.005, 4,
                          "Small, so that the soma's channels hardly answer."),
            numberSetting("step_ms", "Length of the step", "ms", 500, 10, 10000, 50, 0,
                          "Long enough for the voltage to become steady."),
            against, settle};
}

/// What the current of trial i changed at the end of its step [mV].
double change(const Findings &f, std::size_t i, const Place &place)
{
    const std::size_t control = f.find({Control});
    const bool before = f.text("against") == "before";
    if (place.isSoma())
        return f.signal(i, 0).steadyMv
            - (before ? f.signal(i, 0).baseMv : f.signal(control, 0).steadyMv);
    const auto row = static_cast<std::size_t>(rowAt(f.plan().neuron, place.dendrite, place.x));
    const std::vector<float> &with = f.rows(i, 1);
    const std::vector<float> &without = before ? f.rows(i, 0) : f.rows(control, 1);
    if (row >= with.size() || row >= without.size())
        return NotMeasured;
    return static_cast<double>(with[row]) - static_cast<double>(without[row]);
}

// --- Input resistance and transfer. Factors: number of the place; 0 is the soma.

std::vector<Place> injected(const Neuron &neuron, const DendritePath &path,
                            const std::vector<double> &shares)
{
    std::vector<Place> places{Place{}};
    for (const double share : shares)
        places.push_back(snapped(neuron, path.at(share)));
    return places;
}

Status planResistance(Planner &p)
{
    const std::vector<double> shares = p.places();
    if (const Status fits = p.reserve(static_cast<double>(shares.size() + 2),
                                      p.settleMs() + p.whole("step_ms") + 1);
        !fits)
        return fits;
    if (const Status current = checkCurrent(p); !current)
        return current;
    const std::vector<Place> places = injected(p.neuron(), p.path(), shares);
    const int variant = quietVariant(p);
    addStep(p, variant, {}, "No current", {Control});
    for (std::size_t i = 0; i < places.size(); ++i) {
        const std::string where =
            places[i].isSoma() ? "Soma" : fixed(distanceUm(p.neuron(), places[i]), 0) + " um";
        addStep(p, variant, places[i], "Step at " + where, {double(i)}).showTraces =
            i == 0 || i + 1 == places.size();
    }
    return Done{};
}

void evaluateResistance(const Findings &f, ExperimentResult &result)
{
    result.table.columns = {{"Step at", "", 3},         {"Distance", "um", 0},
                            {"Distance", "lambda", 2},  {"Input resistance", "megohm", 1},
                            {"Local", "mV", 3},         {"At the soma", "mV", 4},
                            {"At the tip", "mV", 4},    {"Reaches the soma", "", 4},
                            {"Reaches the tip", "", 4}, {"Transfer to soma", "megohm", 2}};
    const Neuron &neuron = f.plan().neuron;
    const std::vector<double> shares = f.places(result);
    result.traceTime = "Time from the start of the current";
    const std::vector<Place> places = injected(neuron, f.path(), shares);
    const double current = f.number("current_nA");
    const Place tipPlace = snapped(neuron, {f.path().tip(), 1.0});
    ResultSeries input{"Input resistance", {}, {}, ResultSeries::Style::Measured};
    ResultSeries transfer{"Transfer to the soma", {}, {}, ResultSeries::Style::Measured};
    ResultSeries arrives{"", {}, {}, ResultSeries::Style::Measured};
    double somaToTip = NotMeasured;
    double tipToSoma = NotMeasured;
    int spikes = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const std::size_t trial = f.find({double(i)});
        if (!f.has(trial) || !f.has(f.find({Control})))
            continue;
        spikes += f.signal(trial, 0).spikes;
        const double tip = change(f, trial, tipPlace);
        const double here = change(f, trial, places[i]);
        const double there = change(f, trial, {});
        const double um = distanceUm(neuron, places[i]);
        result.table.rows.push_back(
            {i == 0 ? ResultCell(std::string("soma")) : cell(shares[i - 1]), cell(um),
             cell(distanceLambda(neuron, places[i])), cell(here / current), cell(here), cell(there),
             cell(tip), cell(ratio(there, here)), cell(ratio(tip, here)), cell(there / current)});
        input.x.push_back(um);
        input.y.push_back(here / current);
        transfer.x.push_back(um);
        transfer.y.push_back(there / current);
        arrives.x.push_back(um);
        arrives.y.push_back(ratio(there, here));
        if (i == 0)
            somaToTip = ratio(tip, here);
        tipToSoma = ratio(there, here);
    }
    result.plots.push_back({"Resistance",
                            "Distance",
                            "um",
                            "Resistance",
                            "megohm",
                            false,
                            true,
                            {input, transfer},
                            {},
                            {}});
    result.plots.push_back({"What Reaches the Soma",
                            "Distance",
                            "um",
                            "Soma / local",
                            "",
                            false,
                            true,
                            {arrives},
                            {},
                            {}});
    if (!f.complete())
        return;
    if (spikes > 0) {
        result.conclusions.push_back("The neuron fired: choose a smaller current.");
        return;
    }
    if (input.y.size() < 2)
        return;
    result.conclusions.push_back("The input resistance is " + fixed(input.y.front(), 0)
                                 + " megohm at the soma and " + fixed(input.y.back(), 0)
                                 + " megohm at " + fixed(input.x.back(), 0) + " um.");
    if (std::isnan(somaToTip) || std::isnan(tipToSoma))
        return;
    result.conclusions.push_back(
        "A steady voltage keeps " + fixed(100.0 * somaToTip, 2)
        + " % of itself from the soma to "
          "the tip, but "
        + fixed(100.0 * tipToSoma, 2) + " % from " + fixed(input.x.back(), 0)
        + " um to the soma: the large soma is a load that the thin tip is not. The transfer "
          "resistance is the same both ways.");
}

// --- V(x) against theory. Factors: 0 the step at the place, 1 at the soma, which says how large a
// load the soma is.

Status planSteady(Planner &p)
{
    if (const Status fits = p.reserve(3.0, p.settleMs() + p.whole("step_ms") + 1); !fits)
        return fits;
    if (const Status current = checkCurrent(p); !current)
        return current;
    const Result<Place> place = p.place("place");
    if (!place)
        return place.error();
    const int variant = quietVariant(p);
    addStep(p, variant, {}, "No current", {Control});
    addStep(p, variant, snapped(p.neuron(), *place), "Step", {0.0}).showTraces = true;
    if (!place->isSoma())
        addStep(p, variant, {}, "Step at the soma", {1.0});
    return Done{};
}

void evaluateSteady(const Findings &f, ExperimentResult &result)
{
    result.table.columns = {{"Distance", "um", 0},  {"Distance", "lambda", 3},
                            {"Measured", "mV", 4},  {"Theory", "mV", 4},
                            {"Difference", "%", 2}, {"Measured / soma", "", 4}};
    const Neuron &neuron = f.plan().neuron;
    const DendritePath path = f.path();
    const Result<Place> given = placeFromText(neuron, path, f.text("place"));
    result.traceTime = "Time from the start of the current";
    const std::size_t step = f.find({0.0});
    const std::size_t somaStep = given && given->isSoma() ? step : f.find({1.0});
    if (!given || !f.has(step) || !f.has(somaStep) || !f.has(f.find({Control})))
        return;
    const Place from = snapped(neuron, *given);
    const double current = f.number("current_nA");
    // The soma's channels are part of its load: what it takes is measured, not assumed.
    const double moved = change(f, somaStep, {});
    if (moved == 0.0)
        return;
    const double seenUs = current / moved;
    const double dendritesUs = SteadyCable(neuron, 0.0).dendritesUs();
    const SteadyCable cable(neuron, seenUs - dendritesUs);
    std::vector<Place> places;
    for (const DendritePath::Stop &stop : path.stops(neuron))
        places.push_back(stop.place);
    const std::vector<double> theory = cable.response(from, current, places);

    ResultSeries measured{"NEURON", {}, {}, ResultSeries::Style::Points};
    ResultSeries predicted{"Cable theory", {}, {}, ResultSeries::Style::Theory};
    const double somaMv = change(f, step, {});
    double worst = 0.0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const double mv = change(f, step, places[i]);
        const double um = distanceUm(neuron, places[i]);
        const double off = 100.0 * (mv - theory[i]) / theory[i];
        worst = std::max(worst, std::abs(off));
        result.table.rows.push_back({cell(um), cell(distanceLambda(neuron, places[i])), cell(mv),
                                     cell(theory[i]), cell(off), cell(ratio(mv, somaMv))});
        measured.x.push_back(um);
        measured.y.push_back(mv);
        predicted.x.push_back(um);
        predicted.y.push_back(theory[i]);
    }
    result.plots.push_back({"Steady Voltage",
                            "Distance",
                            "um",
                            "Change of voltage",
                            "mV",
                            false,
                            false,
                            {measured, predicted},
                            {},
                            {}});
    result.plots.push_back({"Steady Voltage, Logarithmic",
                            "Distance",
                            "um",
                            "Change of voltage",
                            "mV",
                            false,
                            true,
                            {measured, predicted},
                            {},
                            {}});
    const double lambda = distanceLambda(neuron, {path.tip(), 1.0});
    const std::string along = " % along the " + fixed(lambda, 2) + " length constants to the tip";
    result.conclusions.push_back(
        worst <= MostAwayPercent
            ? "NEURON and cable theory agree within " + fixed(worst, 2) + along + "."
            : "NEURON and cable theory differ by up to " + fixed(worst, 0) + along
                + ": such a current opens or closes channels of the soma. Choose a smaller one.");
    if (from.isSoma() && neuron.isBallAndStick() && somaMv != 0.0)
        result.conclusions.push_back(
            "From the soma to the tip " + fixed(100.0 * ratio(measured.y.back(), somaMv), 2)
            + " % arrive; a sealed cable of this length keeps 1/cosh(" + fixed(lambda, 2)
            + ") = " + fixed(100.0 / std::cosh(lambda), 2) + " %.");
    result.conclusions.push_back(
        "The soma counts as a leak of " + fixed(1000.0 * (seenUs - dendritesUs), 2)
        + " nS, the dendrites as " + fixed(1000.0 * dendritesUs, 2) + " nS.");
}

} // namespace

ExperimentKind inputResistanceExperiment()
{
    ExperimentKind kind;
    kind.info = {
        "input-resistance",
        "Input Resistance and Transfer",
        "How hard is it to move the voltage here, and how much gets there?",
        "A thin tip is easily moved, a soma is not. A steady voltage fades both ways, but more on "
        "the way to the soma, which is the larger load. The transfer resistance is the same "
        "both ways.",
        {tipSetting(),
         listSetting("places", "Places along the path", "", {0.1, 0.25, 0.5, 0.75, 1.0}, 0.0, 1.0,
                     3, "Where the electrode injects, besides the soma: 1 is the tip.")}};
    for (ExperimentSetting &setting : stepSettings())
        kind.info.settings.push_back(std::move(setting));
    kind.plan = planResistance;
    kind.evaluate = evaluateResistance;
    return kind;
}

ExperimentKind steadyVoltageExperiment()
{
    ExperimentKind kind;
    kind.info = {
        "steady-voltage",
        "Steady V(x) Against Theory",
        "Does voltage fall along the dendrite as cable theory says?",
        "In a finite cable with a sealed end the steady voltage falls like cosh(L - x), both in "
        "length constants: slower than an exponential near the tip. The soma is a load.",
        {tipSetting(), placeSetting("place", "Step at", "soma", "Where the electrode injects.")}};
    for (ExperimentSetting &setting : stepSettings())
        kind.info.settings.push_back(std::move(setting));
    kind.plan = planSteady;
    kind.evaluate = evaluateSteady;
    return kind;
}

} // namespace dt
