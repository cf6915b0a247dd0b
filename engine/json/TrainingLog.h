// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/training/TrainingHistory.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace dt {

/// Lines of a training log: one JSON object each, with `kind`, `iteration`, `epoch` and what else
/// that kind has (docs/FILES.md). Each ends with a line feed. Iterations and epochs count from 0.

struct LogPlace
{
    std::int64_t iteration = 0;
    int epoch = 0;
    double seconds = 0.0; ///< spent training until then
};

std::string stepLine(const LogPlace &place, const LossValues &losses, double learningRate,
                     double gradNorm);
std::string validationLine(const LogPlace &place, const LossValues &losses);
std::string epochLine(const LogPlace &place, double learningRate);
std::string endLine(const LogPlace &place, const std::string &how);

/// The lines of a log up to where this history ends. Later lines, of an attempt that was
/// interrupted, are dropped, and so are the lines that mark an end.
std::string logUntil(std::string_view log, const TrainingHistory &history);

} // namespace dt
