// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/json/NeuronJson.h"
#include "engine/twin/evaluation/Evaluation.h"

namespace dt {

/// The numbers of an evaluation under exactly the names that scripts rely on (docs/FILES.md); null
/// for a number that is undefined.
Json evaluationSummary(const Evaluation &evaluation);

/// The whole evaluation: the plan, the summary, and the curves, samples and lists behind it. Curves
/// are thinned to about `curveVertices` vertices.
Json toJson(const Evaluation &evaluation, std::size_t curveVertices = 1000);
Result<Evaluation> evaluationFromJson(const Json &json, const std::string &place);

std::string evaluationText(const Evaluation &evaluation);
Result<Evaluation> evaluationFromText(std::string_view text, const std::string &place);

} // namespace dt
