// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/TwinSpec.h"
#include "engine/twin/evaluation/Evaluation.h"

#include <QString>

#include <ostream>

/// What the commands of twins share.
namespace dt::cli {

/// The network of a preset, for neurons of so many segments, or that of a JSON file.
Result<TwinSpec> twinOf(const QString &source, int segments);

/// Prints the figures of an evaluation as a table.
void printEvaluation(const Evaluation &evaluation, std::ostream &out);

} // namespace dt::cli
