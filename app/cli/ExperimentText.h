// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/explore/Experiment.h"

#include <nlohmann/json.hpp>

#include <ostream>
#include <string>
#include <vector>

namespace dt::cli {

/// Experiments and what they found, as text: for people, as CSV, as JSON (docs/EXPERIMENTS.md).

void printInfo(std::ostream &out, const ExperimentInfo &info,
               const std::vector<ExperimentSetting> &settings);
nlohmann::ordered_json infoJson(const ExperimentInfo &info,
                                const std::vector<ExperimentSetting> &settings);

/// Prints the table with its units, then the sentences.
void printResult(std::ostream &out, const ExperimentResult &result);
/// Prints CSV (RFC 4180): a line of names with units, then the rows; what was not measured is
/// empty.
void printCsv(std::ostream &out, const ResultTable &table);
nlohmann::ordered_json resultJson(const ExperimentPlan &plan, const ExperimentResult &result,
                                  double seconds);

} // namespace dt::cli
