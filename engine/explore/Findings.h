// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/DendritePath.h"
#include "engine/explore/ExperimentPlan.h"
#include "engine/explore/ExperimentResult.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace dt {

/// What was measured, as the evaluation of an experiment reads it.
class Findings
{
public:
    Findings(const ExperimentPlan &plan, const std::vector<std::optional<TrialResult>> &measured);

    [[nodiscard]] const ExperimentPlan &plan() const { return m_plan; }
    [[nodiscard]] std::size_t size() const { return m_plan.trials.size(); }
    [[nodiscard]] const Trial &trial(std::size_t i) const { return m_plan.trials[i]; }
    [[nodiscard]] bool has(std::size_t i) const
    {
        return i < m_measured.size() && m_measured[i].has_value();
    }
    /// Measures of a voltage of trial i; NotMeasured everywhere when the trial is missing.
    [[nodiscard]] const PotentialMeasures &signal(std::size_t i, std::size_t signal) const;
    /// Voltage of all rows [mV] at the time Trial::rowsAtMs[which] of trial i; empty when the trial
    /// is missing.
    [[nodiscard]] const std::vector<float> &rows(std::size_t i, std::size_t which) const;
    /// Trace of a voltage of trial i; null when the trial is missing or its traces were not kept.
    [[nodiscard]] const ResultTrace *trace(std::size_t i, std::size_t voltage) const;
    /// Measures a weighted sum of traces of one voltage, from the event to the end of the window.
    /// `trials`: number and weight of each. Such a sum is what two responses would make if they
    /// simply added up, or what one is without the other. NotMeasured everywhere when a trace is
    /// missing.
    [[nodiscard]] PotentialMeasures
    combined(const std::vector<std::pair<std::size_t, double>> &trials, std::size_t voltage) const;
    /// Number of the trial with these factors; size() when there is none.
    [[nodiscard]] std::size_t find(const std::vector<double> &factors) const;
    /// Whether all trials whose factors begin with these are measured. A sentence is drawn only
    /// from a whole group: what is still missing might say the opposite.
    [[nodiscard]] bool complete(const std::vector<double> &first = {}) const;
    /// The setting `places`, each segment once, as Planner::places() has it. Adds a remark that
    /// says which places are left out.
    [[nodiscard]] std::vector<double> places(ExperimentResult &result) const;
    [[nodiscard]] double number(const std::string &name) const;
    [[nodiscard]] const std::string &text(const std::string &name) const;
    [[nodiscard]] const std::vector<double> &numbers(const std::string &name) const;
    [[nodiscard]] DendritePath path() const;

private:
    const ExperimentPlan &m_plan;
    const std::vector<std::optional<TrialResult>> &m_measured;
    std::map<std::vector<double>, std::size_t> m_byFactors;
};

} // namespace dt
