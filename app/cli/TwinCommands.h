// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/TwinSpec.h"
#include "engine/twin/evaluation/Evaluation.h"

#include <QString>

#include <ostream>

/// What the commands of twins share.
namespace dt::cli {

/// A preset's twin for neurons of so many segments, or that of a JSON file.
Result<TwinSpec> twinOf(const QString &source, int segments);

/// The figures of an evaluation as a table.
void printEvaluation(const Evaluation &evaluation, std::ostream &out);

} // namespace dt::cli
