// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/jobs/SimulationEngine.h"

#include <memory>
#include <string>

namespace dt {

/// The engine of that name, with room for `jobs` batches at a time: "neuron" (worker processes) or
/// "fast" (threads of this process). The error lists the names.
Result<std::unique_ptr<SimulationEngine>> makeEngine(const std::string &name, int jobs);

} // namespace dt
