// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explore/Experiment.h"

#include "engine/base/NumberText.h"
#include "engine/cell/Cable.h"
#include "engine/cell/DendritePath.h"
#include "engine/cell/Validation.h"
#include "engine/explore/Arms.h"
#include "engine/explore/CommonSettings.h"
#include "engine/explore/Experiments.h"
#include "engine/explore/Findings.h"
#include "engine/explore/Planner.h"
#include "engine/explore/Resolution.h"
#include "engine/explore/ResultText.h"
#include "engine/explore/SegmentError.h"
#include "engine/explore/SweepVariables.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace dt {

namespace {

const std::vector<ExperimentKind> &kinds()
{
    static const std::vector<ExperimentKind> Table{
        outAndBackExperiment(),    attenuationExperiment(), inputResistanceExperiment(),
        steadyVoltageExperiment(), lengthExperiment(),      pairedExperiment(),
        twoPlacesExperiment(),     weightExperiment(),      clusterExperiment(),
        orderExperiment(),         inhibitionExperiment(),  currentRateExperiment(),
        synapticRateExperiment(),  sweepExperiment(),
    };
    return Table;
}

const ExperimentKind *findKind(std::string_view id)
{
    for (const ExperimentKind &kind : kinds()) {
        if (kind.info.id == id)
            return &kind;
    }
    return nullptr;
}

/// A conductance in nS as people write it.
std::string nanosiemens(double us)
{
    return formatNumber(rounded(1000.0 * us, us)) + " nS";
}

/// Says which conductance weight 1 is.
std::string unitWeight(const Neuron &neuron, bool inhibitory)
{
    if (inhibitory)
        return " Weight 1 is " + nanosiemens(inhibitoryKind(neuron).gMaxUs) + ".";
    const SynapseKind kind = chosenKinds(neuron, "neuron").front().kind;
    std::string text = " Weight 1 of the neuron's own kind is " + nanosiemens(kind.gMaxUs);
    if (kind.nmdaGMaxUs > 0.0)
        text += " AMPA and " + nanosiemens(kind.nmdaGMaxUs) + " NMDA";
    return text + ".";
}

/// Fills in the choices that depend on the neuron.
void fillChoices(std::vector<ExperimentSetting> &settings, const Neuron &neuron)
{
    for (ExperimentSetting &setting : settings) {
        if (setting.name == "tip") {
            for (const int tip : dendriteTips(neuron)) {
                const std::string &name = neuron.dendrites[static_cast<std::size_t>(tip)].name;
                setting.choices.push_back({name, name});
            }
            const int farthest = farthestTip(neuron, PathMeasure::Lambda);
            setting.fallback = farthest == SomaIndex
                ? std::string()
                : neuron.dendrites[static_cast<std::size_t>(farthest)].name;
        } else if (setting.name == "weight" || setting.name == "weights"
                   || setting.name == "inh_weight") {
            setting.why += unitWeight(neuron, setting.name == "inh_weight");
        } else if (setting.name == "x" || setting.name == "y") {
            if (setting.name == "y")
                setting.choices.push_back({"none", "Nothing"});
            for (SettingChoice &choice : sweepChoices(neuron))
                setting.choices.push_back(std::move(choice));
        } else if (setting.name == "kind") {
            // The neuron's first kind is "neuron" already.
            bool first = true;
            for (const SynapseKind &kind : neuron.synapseKinds) {
                if (kind.polarity != Polarity::Excitatory)
                    continue;
                const bool taken =
                    std::any_of(setting.choices.begin(), setting.choices.end(),
                                [&](const SettingChoice &c) { return c.value == kind.name; });
                if (!first && !taken)
                    setting.choices.push_back({kind.name, kind.name});
                first = false;
            }
        }
    }
}

double totalOf(const ExperimentPlan &plan, bool perSegment)
{
    double sum = 0.0;
    for (const Trial &trial : plan.trials)
        sum += static_cast<double>(trial.input.durationMs)
            * (perSegment ? static_cast<double>(trial.input.segments) : 1.0);
    return sum;
}

/// Samples that one trial sends [floats].
double samplesOf(const Trial &trial, const Neuron &neuron)
{
    return trial.input.durationMs
        * ((1.0 + static_cast<double>(trial.probes.size())) * neuron.samplesPerMs
           + trial.input.segments);
}

/// 64 MB of a batch on the way through the pipe is enough.
constexpr double MaxBatchFloats = 1.6e7;
/// The limit for a single simulation, 800 MB: there may be as many of them as workers.
constexpr double MaxTrialFloats = 2.0e8;

ResultTrace thinned(std::span<const float> mv, double samplesPerMs, const TrialSignal &signal)
{
    ResultTrace trace;
    if (mv.empty())
        return trace;
    const double fromMs = std::max(0.0, signal.window.eventMs - 20.0);
    const double endMs =
        std::min(signal.window.untilMs, static_cast<double>(mv.size() - 1) / samplesPerMs);
    // Spikes are 1 ms wide: long traces must not lose them.
    const double wanted = endMs - fromMs > 2000.0 ? 0.25 : 0.1;
    const auto step = static_cast<std::size_t>(std::max(1.0, std::round(wanted * samplesPerMs)));
    trace.stepMs = static_cast<double>(step) / samplesPerMs;
    const auto from = static_cast<std::size_t>(std::round(fromMs * samplesPerMs));
    const auto end =
        static_cast<std::size_t>(std::max(0.0, std::floor(endMs * samplesPerMs + 1e-6)));
    trace.startMs = static_cast<double>(from) / samplesPerMs - signal.window.eventMs;
    for (std::size_t i = from; i <= end && i < mv.size(); i += step)
        trace.mv.push_back(mv[i]);
    return trace;
}

void toSegment(const Neuron &neuron, int dendrite, double &x)
{
    x = snapped(neuron, {dendrite, x}).x;
}

void addRemarks(const ExperimentPlan &plan, std::size_t missing, ExperimentResult &result)
{
    if (missing > 0 && missing < plan.trials.size())
        result.remarks.push_back("Based on " + std::to_string(plan.trials.size() - missing) + " of "
                                 + std::to_string(plan.trials.size())
                                 + " simulations. What needs the others is left open.");
    double coarsest = CoarseLambda;
    const Neuron *of = nullptr;
    for (const Neuron &neuron : plan.neurons) {
        if (const double lambdas = cableCard(neuron).segmentLambda; lambdas > coarsest) {
            coarsest = lambdas;
            of = &neuron;
        }
    }
    if (of)
        result.remarks.push_back("The longest segment measures " + fixed(coarsest, 2)
                                 + " length constants. " + segmentErrorSentence(segmentError(*of))
                                 + " Places are rounded to the middle of a segment.");
}

} // namespace

double ExperimentPlan::totalMs() const
{
    return totalOf(*this, false);
}

double ExperimentPlan::totalSegmentMs() const
{
    return totalOf(*this, true);
}

const std::vector<ExperimentInfo> &experiments()
{
    static const std::vector<ExperimentInfo> Infos = [] {
        std::vector<ExperimentInfo> infos;
        for (const ExperimentKind &kind : kinds()) {
            infos.push_back(kind.info);
            Neuron neuron;
            neuron.synapseKinds = defaultSynapseKinds();
            fillChoices(infos.back().settings, neuron);
        }
        return infos;
    }();
    return Infos;
}

const ExperimentInfo *findExperiment(std::string_view id)
{
    for (const ExperimentInfo &info : experiments()) {
        if (info.id == id)
            return &info;
    }
    return nullptr;
}

std::vector<ExperimentSetting> experimentSettings(std::string_view id, const Neuron &neuron)
{
    const ExperimentKind *kind = findKind(id);
    if (!kind)
        return {};
    std::vector<ExperimentSetting> settings = kind->info.settings;
    fillChoices(settings, neuron);
    return settings;
}

std::vector<ExperimentSetting> experimentSettings(std::string_view id, const Neuron &neuron,
                                                  const ExperimentValues &values)
{
    std::vector<ExperimentSetting> settings = experimentSettings(id, neuron);
    const ExperimentKind *kind = findKind(id);
    if (!kind || !kind->follow)
        return settings;
    // Others follow from words alone; what is no choice is refused later.
    ExperimentValues all = defaultValues(settings);
    for (const ExperimentSetting &setting : settings) {
        const auto given = values.find(setting.name);
        if (setting.kind == ExperimentSetting::Kind::Choice && given != values.end()
            && std::holds_alternative<std::string>(given->second))
            all[setting.name] = given->second;
    }
    kind->follow(settings, all);
    return settings;
}

ExperimentValues suitableValues(std::string_view id, const Neuron &neuron, ExperimentValues values)
{
    for (const ExperimentSetting &setting : experimentSettings(id, neuron, values)) {
        const auto value = values.find(setting.name);
        if (value != values.end() && !checkSetting(setting, value->second).ok())
            values.erase(value);
    }
    return values;
}

ExperimentValues defaultValues(const std::vector<ExperimentSetting> &settings)
{
    ExperimentValues values;
    for (const ExperimentSetting &setting : settings)
        values[setting.name] = setting.fallback;
    return values;
}

Result<ExperimentPlan> planExperiment(std::string_view id, const ExperimentValues &values,
                                      const Neuron &neuron)
{
    const ExperimentKind *kind = findKind(id);
    if (!kind) {
        std::vector<std::string> known;
        for (const ExperimentInfo &info : experiments())
            known.push_back(info.id);
        return Error{ErrorCode::NotFound,
                     "There is no experiment '" + std::string(id) + "'. There are " + listed(known)
                         + ".",
                     std::string(id)};
    }
    if (const Status valid = validateNeuron(neuron); !valid)
        return valid.error();
    const std::vector<ExperimentSetting> settings = experimentSettings(id, neuron, values);
    ExperimentPlan plan;
    plan.experiment = std::string(id);
    plan.neuron = neuron;
    plan.values = defaultValues(settings);
    for (const auto &[name, value] : values) {
        const auto it = std::find_if(settings.begin(), settings.end(),
                                     [&](const ExperimentSetting &s) { return s.name == name; });
        if (it == settings.end()) {
            std::vector<std::string> known;
            for (const ExperimentSetting &s : settings)
                known.push_back(s.name);
            return Error{ErrorCode::NotFound,
                         "The experiment '" + plan.experiment + "' has no setting '" + name
                             + "'. It has " + listed(known) + ".",
                         name};
        }
        if (const Status good = checkSetting(*it, value); !good)
            return good.error();
        plan.values[name] = value;
    }
    Planner planner(plan);
    for (const ExperimentSetting &setting : settings) {
        if (setting.kind != ExperimentSetting::Kind::Place)
            continue;
        if (const Result<Place> place = planner.place(setting.name); !place)
            return place.error();
    }
    if (const Status planned = kind->plan(planner); !planned)
        return planned.error();
    for (const Neuron &variant : plan.neurons) {
        if (const Status valid = validateNeuron(variant); !valid)
            return valid.error();
    }
    for (Trial &trial : plan.trials) {
        const Neuron &variant = plan.neurons[static_cast<std::size_t>(trial.neuron)];
        // At the very end of a section NEURON would measure and inject beside its last segment,
        // where no synapse ever is.
        for (Probe &probe : trial.probes)
            toSegment(variant, probe.dendrite, probe.x);
        for (Electrode &electrode : trial.electrodes)
            toSegment(variant, electrode.dendrite, electrode.x);
        if (samplesOf(trial, variant) > MaxTrialFloats)
            return Error{
                ErrorCode::InvalidValue,
                "One simulation of " + std::to_string(trial.input.durationMs) + " ms of "
                    + std::to_string(trial.input.segments)
                    + " segments would take more memory than is sensible. Shorten the time, or "
                      "give the neuron fewer segments.",
                plan.experiment};
        if (const Status valid = validateInput(trial.input, variant); !valid)
            return valid.error();
        if (const Status valid = validateElectrodes(trial.electrodes, variant); !valid)
            return valid.error();
        if (const Status valid = validateProbes(trial.probes, trial.electrodes, variant); !valid)
            return valid.error();
    }
    return plan;
}

std::vector<TrialBatch> trialBatches(const ExperimentPlan &plan, int workers)
{
    // Every worker should get work, twice: batches do not take equally long.
    const std::size_t share =
        (plan.trials.size() + 2 * static_cast<std::size_t>(std::max(1, workers)) - 1)
        / (2 * static_cast<std::size_t>(std::max(1, workers)));
    const std::size_t most = std::clamp<std::size_t>(share, 1, StandardBatch);
    std::map<std::pair<int, int>, std::vector<TrialBatch>> groups;
    std::vector<std::pair<int, int>> order;
    for (std::size_t i = 0; i < plan.trials.size(); ++i) {
        const Trial &trial = plan.trials[i];
        const Neuron &neuron = plan.neurons[static_cast<std::size_t>(trial.neuron)];
        const std::pair key{trial.neuron, trial.input.durationMs};
        std::vector<TrialBatch> &batches = groups[key];
        const auto fit = static_cast<std::size_t>(
            std::max(1.0, MaxBatchFloats / std::max(1.0, samplesOf(trial, neuron))));
        if (batches.empty())
            order.push_back(key);
        if (batches.empty() || batches.back().size() >= std::min(most, fit))
            batches.emplace_back();
        batches.back().push_back(i);
    }
    std::vector<TrialBatch> all;
    for (const auto &key : order)
        all.insert(all.end(), groups[key].begin(), groups[key].end());
    return all;
}

SimulationRequest batchRequest(const ExperimentPlan &plan, const TrialBatch &batch)
{
    SimulationRequest request;
    request.neuron = plan.neurons[static_cast<std::size_t>(plan.trials[batch.front()].neuron)];
    bool electrodes = false;
    bool probes = false;
    for (const std::size_t i : batch) {
        const Trial &trial = plan.trials[i];
        request.inputs.push_back(trial.input);
        request.electrodes.push_back(trial.electrodes);
        request.probes.push_back(trial.probes);
        electrodes |= !trial.electrodes.empty();
        probes |= !trial.probes.empty();
    }
    if (!electrodes)
        request.electrodes.clear();
    if (!probes)
        request.probes.clear();
    return request;
}

namespace {

/// A voltage that is measured in several windows is shown once, and not again once per ms.
void addShownTraces(const Trial &trial, const TrialResult &measured,
                    std::vector<ResultTrace> &shown)
{
    std::set<std::pair<TrialSignal::From, int>> seen;
    for (std::size_t k = 0; k < std::min(trial.voltages.size(), measured.traces.size()); ++k) {
        const TrialSignal &signal = trial.voltages[k];
        if (!signal.shown || signal.from == TrialSignal::From::Row
            || !seen.emplace(signal.from, signal.index).second)
            continue;
        shown.push_back(measured.traces[k]);
        ResultTrace &trace = shown.back();
        const double wanted = (trial.showMs - trace.startMs) / trace.stepMs + 1.0;
        if (trial.showMs > 0 && wanted < static_cast<double>(trace.mv.size()))
            trace.mv.resize(static_cast<std::size_t>(std::max(0.0, wanted)));
    }
}

} // namespace

TrialResult measureTrial(const ExperimentPlan &plan, std::size_t index, const VoltageTrace &trace)
{
    const Trial &trial = plan.trials[index];
    TrialResult result;
    const auto segments = static_cast<std::size_t>(trace.segments);
    for (const TrialSignal &signal : trial.voltages) {
        std::span<const float> mv;
        double perMs = trace.samplesPerMs;
        std::vector<float> row;
        const auto at = static_cast<std::size_t>(signal.index);
        if (signal.from == TrialSignal::From::Soma) {
            mv = trace.somaFine;
        } else if (signal.from == TrialSignal::From::Probe) {
            if (at < trace.probes.size())
                mv = trace.probes[at];
        } else {
            perMs = 1.0;
            for (std::size_t ms = 0; at < segments && ms * segments + at < trace.dendV.size(); ++ms)
                row.push_back(trace.dendV[ms * segments + at]);
            mv = row;
        }
        result.voltages.push_back(measurePotential(mv, perMs, signal.window));
        if (trial.keepTraces || trial.showTraces) {
            result.traces.push_back(thinned(mv, perMs, signal));
            result.traces.back().name = trial.name + ", " + signal.name;
        }
    }
    for (const int ms : trial.rowsAtMs) {
        const std::size_t from = static_cast<std::size_t>(ms) * segments;
        std::vector<float> rows;
        if (from + segments <= trace.dendV.size())
            rows.assign(trace.dendV.begin() + static_cast<std::ptrdiff_t>(from),
                        trace.dendV.begin() + static_cast<std::ptrdiff_t>(from + segments));
        result.rowsMv.push_back(std::move(rows));
    }
    return result;
}

ExperimentResult evaluateExperiment(const ExperimentPlan &plan,
                                    const std::vector<std::optional<TrialResult>> &measured)
{
    ExperimentResult result;
    const ExperimentKind *kind = findKind(plan.experiment);
    if (!kind)
        return result;
    // Copied only if it has to be: there may be many traces in it.
    std::vector<std::optional<TrialResult>> filled;
    if (measured.size() != plan.trials.size()) {
        filled = measured;
        filled.resize(plan.trials.size());
    }
    const std::vector<std::optional<TrialResult>> &all =
        measured.size() == plan.trials.size() ? measured : filled;
    const auto missing = static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [](const auto &one) { return !one; }));
    kind->evaluate(Findings(plan, all), result);
    addResolutionRemarks(result);
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i] && plan.trials[i].showTraces)
            addShownTraces(plan.trials[i], *all[i], result.traces);
    }
    if (missing == plan.trials.size())
        result.conclusions.clear();
    addRemarks(plan, missing, result);
    return result;
}

} // namespace dt
