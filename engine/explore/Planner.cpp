// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/Planner.h"

#include "engine/base/NumberText.h"
#include "engine/cell/Names.h"
#include "engine/cell/Presets.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>
#include <tuple>

namespace dt {

namespace {

/// Value of a "kind" setting: the two published kinds with NMDA.
constexpr const char *BothNmda = "NMDA_both";

/// Variants before a new one that it may be equal to, besides the first.
constexpr std::size_t NeighboursCompared = 64;

std::string groupedNumber(double value)
{
    std::string digits = fixed(value, 0);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), ",");
    return digits;
}

const DendritePath pathOf(const ExperimentPlan &plan)
{
    const std::string &name = std::get<std::string>(plan.values.at("tip"));
    if (const std::optional<int> tip = dendriteNamed(plan.neuron, name))
        return pathTo(plan.neuron, *tip);
    return pathTo(plan.neuron, farthestTip(plan.neuron, PathMeasure::Lambda));
}

/// Shares of the path without those in a segment that an earlier one is in: they would be the same
/// simulation again.
std::vector<double> apart(const ExperimentPlan &plan)
{
    const DendritePath path = pathOf(plan);
    std::vector<double> kept;
    std::vector<Place> taken;
    for (const double share : std::get<std::vector<double>>(plan.values.at("places"))) {
        const Place place = snapped(plan.neuron, path.at(share));
        if (std::find(taken.begin(), taken.end(), place) != taken.end())
            continue;
        taken.push_back(place);
        kept.push_back(share);
    }
    return kept;
}

} // namespace

Planner::Planner(ExperimentPlan &plan) : m_plan(plan) { }

double Planner::number(const std::string &name) const
{
    return std::get<double>(m_plan.values.at(name));
}

int Planner::whole(const std::string &name) const
{
    return static_cast<int>(number(name));
}

const std::string &Planner::text(const std::string &name) const
{
    return std::get<std::string>(m_plan.values.at(name));
}

const std::vector<double> &Planner::numbers(const std::string &name) const
{
    return std::get<std::vector<double>>(m_plan.values.at(name));
}

DendritePath Planner::path() const
{
    return pathOf(m_plan);
}

std::vector<double> Planner::places() const
{
    return apart(m_plan);
}

Result<Place> Planner::place(const std::string &name) const
{
    return placeFromText(m_plan.neuron, path(), text(name));
}

Status Planner::reserve(double count, double durationMs) const
{
    if (count > MaxTrials)
        return Error{ErrorCode::InvalidValue,
                     "This would be " + groupedNumber(count) + " simulations of "
                         + groupedNumber(durationMs) + " ms. At most " + groupedNumber(MaxTrials)
                         + " are run at once: vary fewer values.",
                     m_plan.experiment};
    if (count * durationMs > MaxExperimentMs)
        return Error{
            ErrorCode::InvalidValue,
            "This would be " + groupedNumber(count) + " simulations of " + groupedNumber(durationMs)
                + " ms, " + groupedNumber(count * durationMs / 1000.0)
                + " s of neuron time in all. At most " + groupedNumber(MaxExperimentMs / 1000.0)
                + " s are run at once: vary fewer values or shorten the time.",
            m_plan.experiment};
    return Done{};
}

int Planner::variant(Neuron neuron)
{
    // Equal ones come one after another or begin the list; comparing all would take long for many.
    const std::size_t count = m_plan.neurons.size();
    for (std::size_t i = 0; i < count; ++i) {
        const bool near = i == 0 || i + NeighboursCompared >= count;
        if (near && m_plan.neurons[i] == neuron)
            return static_cast<int>(i);
    }
    m_plan.neurons.push_back(std::move(neuron));
    return static_cast<int>(m_plan.neurons.size()) - 1;
}

int Planner::variant(const Neuron &base, const SynapseKind &excitatory, const SynapseSites &sites)
{
    Neuron neuron = base;
    neuron.synapseKinds = {excitatory, inhibitoryKind(base)};
    neuron.synapseKinds[0].name = "excitatory";
    neuron.synapseKinds[1].name = "inhibitory";
    neuron.synapses.clear();
    // One for each segment: more would answer the same event several times.
    std::set<std::tuple<int, int, double>> there;
    for (const int kind : {0, 1}) {
        for (const Place &place : kind == 0 ? sites.excitatory : sites.inhibitory) {
            const Place centre = snapped(base, place);
            if (there.emplace(kind, centre.dendrite, centre.x).second)
                neuron.synapses.push_back({kind, centre.dendrite, centre.x});
        }
    }
    return variant(std::move(neuron));
}

Trial &Planner::add(int variant, const std::string &name, std::vector<double> factors,
                    int durationMs, const std::vector<PlannedEvent> &events)
{
    const Neuron &neuron = variantNeuron(variant);
    Trial trial;
    trial.neuron = variant;
    trial.name = name;
    trial.factors = std::move(factors);
    trial.input.segments = neuron.segmentCount();
    trial.input.durationMs = durationMs;
    trial.input.precision = WeightPrecision::Double;
    for (const PlannedEvent &event : events)
        trial.input.events.push_back({event.polarity,
                                      rowAt(neuron, event.place.dendrite, event.place.x),
                                      event.timeMs, event.weight});
    trial.input.normalise();
    m_plan.trials.push_back(std::move(trial));
    return m_plan.trials.back();
}

Status Planner::addRain(Trial &trial, const Rain &rain)
{
    trial.input.events = rainEvents(rain, trial.input.segments, trial.input.durationMs);
    trial.input.normalise();
    m_rainEvents += trial.input.events.size();
    if (m_rainEvents <= MaxExperimentEvents)
        return Done{};
    return Error{ErrorCode::InvalidValue,
                 "This would be more than "
                     + groupedNumber(static_cast<double>(MaxExperimentEvents))
                     + " random events in all. Vary fewer values, lower the rates or shorten the "
                       "time.",
                 m_plan.experiment};
}

TrialSignal &addSignal(Trial &trial, const std::string &name, const Place &place,
                       const MeasureWindow &window)
{
    TrialSignal signal{TrialSignal::From::Soma, 0, name, window};
    if (!place.isSoma()) {
        signal.from = TrialSignal::From::Probe;
        signal.index = static_cast<int>(trial.probes.size());
        trial.probes.push_back({Probe::What::Voltage, place.dendrite, place.x, 0});
    }
    trial.voltages.push_back(signal);
    return trial.voltages.back();
}

MeasureWindow windowOf(const Planner &p, int eventMs, int untilMs)
{
    MeasureWindow window;
    window.eventMs = eventMs;
    window.untilMs = untilMs;
    window.spikeMv = p.neuron().labels.spikeThresholdMv;
    return window;
}

void addRowSignal(Trial &trial, const Neuron &neuron, const std::string &name, const Place &place,
                  const MeasureWindow &window)
{
    TrialSignal signal{TrialSignal::From::Soma, 0, name, window};
    if (!place.isSoma()) {
        signal.from = TrialSignal::From::Row;
        signal.index = rowAt(neuron, place.dendrite, place.x);
    }
    trial.voltages.push_back(signal);
}

Findings::Findings(const ExperimentPlan &plan,
                   const std::vector<std::optional<TrialResult>> &measured) :
    m_plan(plan),
    m_measured(measured)
{
    for (std::size_t i = 0; i < plan.trials.size(); ++i)
        m_byFactors.emplace(plan.trials[i].factors, i);
}

const PotentialMeasures &Findings::signal(std::size_t i, std::size_t signal) const
{
    static const PotentialMeasures Nothing;
    if (i >= m_measured.size() || !m_measured[i] || signal >= m_measured[i]->voltages.size())
        return Nothing;
    return m_measured[i]->voltages[signal];
}

const std::vector<float> &Findings::rows(std::size_t i, std::size_t which) const
{
    static const std::vector<float> Nothing;
    if (i >= m_measured.size() || !m_measured[i] || which >= m_measured[i]->rowsMv.size())
        return Nothing;
    return m_measured[i]->rowsMv[which];
}

const ResultTrace *Findings::trace(std::size_t i, std::size_t voltage) const
{
    if (!has(i) || voltage >= m_measured[i]->traces.size()
        || m_measured[i]->traces[voltage].mv.empty())
        return nullptr;
    return &m_measured[i]->traces[voltage];
}

PotentialMeasures Findings::combined(const std::vector<std::pair<std::size_t, double>> &trials,
                                     std::size_t voltage) const
{
    std::vector<float> sum;
    const ResultTrace *first = nullptr;
    for (const auto &[i, times] : trials) {
        const ResultTrace *one = trace(i, voltage);
        if (!one || (first && one->mv.size() != first->mv.size()))
            return {};
        first = one;
        sum.resize(one->mv.size(), 0.0F);
        for (std::size_t k = 0; k < sum.size(); ++k)
            sum[k] += static_cast<float>(times) * one->mv[k];
    }
    if (!first)
        return {};
    MeasureWindow window;
    window.eventMs = -first->startMs;
    return measurePotential(sum, 1.0 / first->stepMs, window);
}

std::size_t Findings::find(const std::vector<double> &factors) const
{
    const auto it = m_byFactors.find(factors);
    return it == m_byFactors.end() ? size() : it->second;
}

bool Findings::complete(const std::vector<double> &first) const
{
    for (auto it = m_byFactors.lower_bound(first); it != m_byFactors.end(); ++it) {
        const std::vector<double> &factors = it->first;
        if (factors.size() < first.size()
            || !std::equal(first.begin(), first.end(), factors.begin()))
            break; // they are in order
        if (!has(it->second))
            return false;
    }
    return true;
}

std::vector<double> Findings::places(ExperimentResult &result) const
{
    std::vector<double> kept = apart(m_plan);
    std::vector<std::string> left;
    std::size_t next = 0; // those kept are in order
    for (const double share : numbers("places")) {
        if (next < kept.size() && share == kept[next])
            ++next;
        else
            left.push_back(formatNumber(share));
    }
    constexpr std::size_t MostNamed = 6;
    if (!left.empty())
        result.remarks.push_back(
            (left.size() == 1 ? "1 place lies in the same segment as another and is left out"
                              : std::to_string(left.size())
                     + " places lie in the same segment as another and are left out")
            + (left.size() > MostNamed ? std::string() : ": " + listed(left))
            + ". More segments tell places apart.");
    return kept;
}

double Findings::number(const std::string &name) const
{
    return std::get<double>(m_plan.values.at(name));
}

const std::string &Findings::text(const std::string &name) const
{
    return std::get<std::string>(m_plan.values.at(name));
}

const std::vector<double> &Findings::numbers(const std::string &name) const
{
    return std::get<std::vector<double>>(m_plan.values.at(name));
}

DendritePath Findings::path() const
{
    return pathOf(m_plan);
}

ExperimentSetting numberSetting(std::string name, std::string label, std::string unit,
                                double fallback, double min, double max, double step, int decimals,
                                std::string why)
{
    ExperimentSetting s;
    s.name = std::move(name);
    s.label = std::move(label);
    s.unit = std::move(unit);
    s.kind = decimals == 0 ? ExperimentSetting::Kind::Whole : ExperimentSetting::Kind::Number;
    s.min = min;
    s.max = max;
    s.step = step;
    s.decimals = decimals;
    s.fallback = fallback;
    s.why = std::move(why);
    return s;
}

ExperimentSetting listSetting(std::string name, std::string label, std::string unit,
                              std::vector<double> fallback, double min, double max, int decimals,
                              std::string why)
{
    ExperimentSetting s = numberSetting(std::move(name), std::move(label), std::move(unit), 0.0,
                                        min, max, 1.0, decimals, std::move(why));
    s.kind = ExperimentSetting::Kind::Numbers;
    s.fallback = std::move(fallback);
    return s;
}

ExperimentSetting choiceSetting(std::string name, std::string label, std::string fallback,
                                std::vector<SettingChoice> choices, std::string why)
{
    ExperimentSetting s;
    s.name = std::move(name);
    s.label = std::move(label);
    s.kind = ExperimentSetting::Kind::Choice;
    s.fallback = std::move(fallback);
    s.choices = std::move(choices);
    s.why = std::move(why);
    return s;
}

ExperimentSetting placeSetting(std::string name, std::string label, std::string fallback,
                               std::string why)
{
    ExperimentSetting s;
    s.name = std::move(name);
    s.label = std::move(label);
    s.kind = ExperimentSetting::Kind::Place;
    s.fallback = std::move(fallback);
    s.why = std::move(why);
    return s;
}

ExperimentSetting kindSetting(bool withAll)
{
    std::vector<SettingChoice> choices{{"neuron", "As in the Neuron"}};
    for (const SynapseType &type : synapseTypes())
        choices.push_back({std::string(type.name), std::string(type.title)});
    if (withAll) {
        choices.push_back({"all", "All Three"});
        choices.push_back({BothNmda, "NMDA, Rodent and Human"});
    }
    return choiceSetting("kind", "Kind of synapse", withAll ? "all" : "neuron", std::move(choices),
                         "NMDA synapses open further the more the dendrite is depolarised; AMPA "
                         "synapses do not.");
}

ExperimentSetting kindSetting(bool withAll, std::string fallback)
{
    ExperimentSetting s = kindSetting(withAll);
    s.fallback = std::move(fallback);
    return s;
}

ExperimentSetting skSetting(std::string fallback)
{
    return choiceSetting("sk", "SK current", std::move(fallback),
                         {{"neuron", "As in the Neuron"}, {"both", "Off and On"}},
                         "The calcium-activated potassium current makes the neuron fall silent "
                         "after a spike.");
}

ExperimentSetting seedsSetting(double fallback, std::string why)
{
    return numberSetting("seeds", "Number of seeds", "", fallback, 1, 100, 1, 0, std::move(why));
}

ExperimentSetting tipSetting()
{
    return choiceSetting("tip", "Path to the end of", "", {},
                         "Places are given along the way from the soma to the end of this "
                         "dendrite.");
}

ExperimentSetting settleSetting()
{
    ExperimentSetting s =
        numberSetting("settle_ms", "Time to settle", "ms", 150, 1, 10000, 10, 0,
                      "A run starts at the leak reversal; after about 60 ms the neuron has found "
                      "its rest. Nothing arrives before this time.");
    s.expert = true;
    return s;
}

ExperimentSetting windowSetting(int fallbackMs)
{
    ExperimentSetting s =
        numberSetting("window_ms", "Time measured", "ms", fallbackMs, 5, 10000, 10, 0,
                      "So long after the last event the voltage is measured.");
    s.expert = true;
    return s;
}

double rounded(double value, double scale)
{
    const double digits = 4.0 - std::floor(std::log10(std::abs(scale)));
    // Whole numbers, and what no decimal fraction writes.
    if (!(digits > 0.0 && digits < 15.0))
        return value;
    const double power = std::pow(10.0, digits);
    return std::round(value * power) / power;
}

std::vector<double> evenly(double from, double to, int count)
{
    std::vector<double> values{from};
    const double step = (to - from) / std::max(1, count - 1);
    for (int i = 1; i + 1 < count; ++i)
        values.push_back(rounded(from + (to - from) * i / (count - 1), step));
    if (count > 1)
        values.push_back(to);
    return values;
}

int digitsOf(const std::vector<double> &values)
{
    for (int digits = 0; digits < 4; ++digits) {
        const double scale = std::pow(10.0, digits);
        const bool enough = std::all_of(values.begin(), values.end(), [&](double v) {
            return std::abs(v * scale - std::round(v * scale)) < 1e-6 * std::max(1.0, std::abs(v));
        });
        if (enough)
            return digits;
    }
    return 4;
}

std::vector<NamedKind> chosenKinds(const Neuron &neuron, const std::string &choice)
{
    SynapseKind own; // the default kind when the neuron has none
    if (const std::optional<int> first = firstKind(neuron, Polarity::Excitatory))
        own = neuron.synapseKinds[static_cast<std::size_t>(*first)];
    std::vector<NamedKind> kinds;
    for (const SynapseType &type : synapseTypes()) {
        const bool both = choice == BothNmda && type.gMaxNmdaUs > 0.0;
        if (choice != "all" && choice != type.name && !both)
            continue;
        SynapseKind kind; // kinetics as published, whatever the neuron's own are
        kind.gMaxUs = type.gMaxAmpaUs;
        kind.nmdaGMaxUs = type.gMaxNmdaUs;
        kind.nmdaGammaPerMv = type.gammaPerMv;
        kinds.push_back({std::string(type.title), kind});
    }
    for (const SynapseKind &kind : neuron.synapseKinds) {
        if (kinds.empty() && kind.name == choice && kind.polarity == Polarity::Excitatory)
            kinds.push_back({kind.name, kind});
    }
    if (kinds.empty())
        kinds.push_back({"Neuron's synapse", own});
    return kinds;
}

std::vector<Arm> armsOf(const Neuron &neuron, const std::string &kind, const std::string &sk)
{
    const std::vector<NamedKind> kinds = chosenKinds(neuron, kind);
    std::vector<Arm> arms;
    for (const NamedKind &one : kinds) {
        if (sk != "both") {
            arms.push_back({one.name, neuron, one.kind});
            continue;
        }
        for (const double factor : {0.0, 1.0}) {
            const std::string name = factor > 0.0 ? "SK on" : "SK off";
            arms.push_back({kinds.size() > 1 ? one.name + ", " + name : name, neuron, one.kind});
            arms.back().neuron.channels.skFactor = factor;
        }
    }
    return arms;
}

SynapseKind inhibitoryKind(const Neuron &neuron)
{
    if (const std::optional<int> first = firstKind(neuron, Polarity::Inhibitory))
        return neuron.synapseKinds[static_cast<std::size_t>(*first)];
    return defaultSynapseKinds()[1];
}

ResultCell cell(double value)
{
    if (std::isnan(value))
        return std::monostate{};
    return value;
}

ResultCell unlessFired(int spikes, double value)
{
    return spikes > 0 ? ResultCell(std::string("fires")) : cell(value);
}

std::string fixed(double value, int digits)
{
    std::array<char, 400> text{}; // the largest double and its digits behind the point
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value,
                                   std::chars_format::fixed, digits);
    // "-0.0" says nothing that "0.0" does not.
    const std::string result(text.data(), end.ptr);
    if (result.find_first_not_of("-0.") == std::string::npos && result.front() == '-')
        return result.substr(1);
    return result;
}

std::string listed(const std::vector<std::string> &words)
{
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0)
            text += i + 1 == words.size() ? " and " : ", ";
        text += words[i];
    }
    return text;
}

double ratio(double a, double b)
{
    return b == 0.0 ? NotMeasured : a / b;
}

std::optional<Extremes> extremes(const std::vector<double> &values)
{
    std::optional<Extremes> found;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isnan(values[i]))
            continue;
        if (!found)
            found = Extremes{i, i};
        if (values[i] < values[found->low])
            found->low = i;
        if (values[i] > values[found->high])
            found->high = i;
    }
    return found;
}

} // namespace dt
