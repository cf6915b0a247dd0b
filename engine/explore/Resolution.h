// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/explore/ExperimentResult.h"

namespace dt {

/// Adds a remark for every plot whose numbers could be finer and are coarser than the differences
/// that it shows. The remark says how fine they are: counted rates, times in steps of the
/// integration, means with large errors. Neighbours along a curve and curves at one place are
/// compared. Pure; any thread.
void addResolutionRemarks(ExperimentResult &result);

} // namespace dt
