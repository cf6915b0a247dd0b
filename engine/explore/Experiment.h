// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/cell/Neuron.h"
#include "engine/explore/ExperimentPlan.h"
#include "engine/explore/ExperimentResult.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace dt {

/// The experiments: one-click tools that poke a neuron in a systematic way and measure what it
/// does. An experiment is planned (which simulations), run by somebody else
/// (engine/jobs/ExperimentRun.h), measured simulation by simulation, and evaluated to a table,
/// plots and sentences. All of it is pure functions over values; any thread. What each does and
/// means: docs/EXPERIMENTS.md.
///
/// The experiments place synapses of their own, so that the neuron's table neither helps nor
/// disturbs; there is no input but theirs.

/// What a setting holds: a number, a word (a choice or a place), or several numbers.
using SettingValue = std::variant<double, std::string, std::vector<double>>;

/// Values by the setting's name. A setting that is missing has its default.
using ExperimentValues = std::map<std::string, SettingValue>;

struct SettingChoice
{
    std::string value; ///< in files and on the command line
    std::string label;
    bool operator==(const SettingChoice &) const = default;
};

struct ExperimentSetting
{
    enum class Kind {
        Number, ///< double
        Whole, ///< double without a fraction
        Numbers, ///< vector: each within min and max, at most MaxListed
        Choice, ///< string: one of choices
        Place, ///< string as placeFromText() reads it
    };
    std::string name; ///< as in --set
    std::string label;
    std::string unit; ///< "" when dimensionless
    Kind kind = Kind::Number;
    double min = 0.0;
    double max = 0.0;
    double step = 1.0; ///< of a spin box
    int decimals = 2; ///< shown
    SettingValue fallback; ///< default
    std::vector<SettingChoice> choices; ///< of Kind::Choice
    std::string why; ///< one sentence: what it does
    bool expert = false; ///< shown only with expert detail
    bool operator==(const ExperimentSetting &) const = default;
};

struct ExperimentInfo
{
    std::string id; ///< e.g. "attenuation"
    std::string title; ///< as in menus
    std::string question; ///< the question that it answers
    std::string teaches; ///< a sentence or two
    /// Settings for the default neuron; experimentSettings() has those for another.
    std::vector<ExperimentSetting> settings;
};

/// All experiments in the order of menus.
const std::vector<ExperimentInfo> &experiments();

/// The experiment of this id; nullptr when there is none.
const ExperimentInfo *findExperiment(std::string_view id);

/// The experiment's settings, with what this neuron has to choose from: its tips and its kinds of
/// synapses. Empty for an unknown id.
std::vector<ExperimentSetting> experimentSettings(std::string_view id, const Neuron &neuron);

/// The experiment's settings when they have these values: some defaults, ranges and labels follow
/// from other settings, like the values of whatever a sweep varies.
std::vector<ExperimentSetting> experimentSettings(std::string_view id, const Neuron &neuron,
                                                  const ExperimentValues &values);

/// The values that suit their settings. Others are dropped, e.g. the values of a sweep that varies
/// something else now.
ExperimentValues suitableValues(std::string_view id, const Neuron &neuron, ExperimentValues values);

/// The default of every setting.
ExperimentValues defaultValues(const std::vector<ExperimentSetting> &settings);

/// The most numbers in a list.
inline constexpr int MaxListed = 1000;
/// The most simulations of one experiment, and the most neuron time [ms] of all of them together.
inline constexpr int MaxTrials = 5000;
inline constexpr double MaxExperimentMs = 5.0e6;
/// The most random events of all simulations of one experiment together: 24 bytes each.
inline constexpr std::size_t MaxExperimentEvents = 5'000'000;

/// Reads a value as people write it (engine/base/NumberText.h). Lists: "1, 2, 5" or "1; 2; 5";
/// "from:to:count", evenly spaced, ends included; "from:to:count:log", with equal ratios.
Result<SettingValue> parseSetting(const ExperimentSetting &setting, std::string_view text);

/// Whether a value is of the right kind and in range; if not, the error is a sentence.
Status checkSetting(const ExperimentSetting &setting, const SettingValue &value);

/// Writes a value as parseSetting() reads it.
std::string settingText(const SettingValue &value);

/// Which simulations the experiment needs. Refuses an unknown id or setting, values out of range,
/// places that the neuron does not have, and more than MaxTrials, MaxExperimentMs or
/// MaxExperimentEvents, each with a sentence that says what would do.
Result<ExperimentPlan> planExperiment(std::string_view id, const ExperimentValues &values,
                                      const Neuron &neuron);

/// What is measured on one simulation of the plan; the trace is not needed afterwards.
TrialResult measureTrial(const ExperimentPlan &plan, std::size_t trial, const VoltageTrace &trace);

/// Table, plots and sentences from what is measured so far: `measured` has an entry for each trial,
/// empty where the trial was not (yet) simulated.
ExperimentResult evaluateExperiment(const ExperimentPlan &plan,
                                    const std::vector<std::optional<TrialResult>> &measured);

} // namespace dt
