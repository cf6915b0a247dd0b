// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Io.h"
#include "engine/jobs/SimulationJob.h"

#include <QString>

#include <vector>

namespace dt::cli {

/// How many workers commands use without --jobs, as the machine allows.
int defaultJobs();

/// Runs the event loop until all jobs are over, with progress on stderr; Ctrl-C cancels them all.
/// Returns success, the first failure, or Cancelled.
Status waitFor(const std::vector<SimulationJob *> &jobs, Io &io, const QString &label);

} // namespace dt::cli
