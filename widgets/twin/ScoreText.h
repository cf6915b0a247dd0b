// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/evaluation/Metrics.h"

#include <QString>

namespace dt {

/// Figures of how well a twin follows a trace, in words that need no course in statistics. A figure
/// below zero means that a constant would have done better.

/// "explained 93.5 %, R² 0.93", or "worse than always saying the mean (explained -224 %, R²
/// -2.30)".
QString explainedText(const RegressionScores &scores);
/// "R² 0.931", or "R² -0.310, worse than always saying the mean".
QString rSquaredText(const RegressionScores &scores);
/// Explains both figures, for tool tips.
QString explainedTip();

} // namespace dt
