// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/json/NeuronJson.h"
#include "engine/model/DatasetPlan.h"

namespace dt {

/// The JSON form of data set plans: in the plan file of a build and as attributes of the result.
Json toJson(const InputRecipe &recipe);
Result<InputRecipe> recipeFromJson(const Json &json, const std::string &place);

Json toJson(const std::vector<StatisticRange> &filter);
Result<std::vector<StatisticRange>> filterFromJson(const Json &json, const std::string &place);

Json toJson(const DatasetPlan &plan);
/// Validated.
Result<DatasetPlan> planFromJson(const Json &json, const std::string &place);

} // namespace dt
