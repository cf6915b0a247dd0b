// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/dataset/DatasetPlan.h"
#include "engine/json/NeuronJson.h"

#include <string>
#include <string_view>
#include <vector>

namespace dt {

/// The JSON form of data set plans: in the plan file of a build and as attributes of the result.
/// Functions named ...Text work with the JSON as text, for code that only stores it.
Json toJson(const InputRecipe &recipe);
Result<InputRecipe> recipeFromJson(const Json &json, const std::string &place);

Json toJson(const std::vector<StatisticRange> &filter);
Result<std::vector<StatisticRange>> filterFromJson(const Json &json, const std::string &place);

Json toJson(const DatasetPlan &plan);
/// The plan that is returned is validated.
Result<DatasetPlan> planFromJson(const Json &json, const std::string &place);
std::string planText(const DatasetPlan &plan);
Result<DatasetPlan> planFromText(std::string_view text, const std::string &place);

Json toJson(const Acceptances &acceptance);
std::string acceptanceText(const Acceptances &acceptance);
Result<Acceptances> acceptanceFromText(std::string_view text, const std::string &place);

/// What a build folder's plan file says.
struct BuildPlan
{
    DatasetPlan plan;
    bool replace = false; ///< whether an older target may be replaced
};
std::string buildPlanText(const BuildPlan &build);
Result<BuildPlan> buildPlanFromText(std::string_view text, const std::string &place);

} // namespace dt
