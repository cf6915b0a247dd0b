// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/Engines.h"

#include "engine/jobs/FastEngine.h"
#include "engine/jobs/WorkerPool.h"

namespace dt {

Result<std::unique_ptr<SimulationEngine>> makeEngine(const std::string &name, int jobs)
{
    if (name == "neuron")
        return std::unique_ptr<SimulationEngine>(
            std::make_unique<WorkerPool>(WorkerPool::defaultSettings(), jobs));
    if (name == "fast")
        return std::unique_ptr<SimulationEngine>(std::make_unique<FastEngine>(jobs));
    return Error{ErrorCode::InvalidValue,
                 "There is no engine '" + name + "'. The engines are neuron and fast.", name};
}

} // namespace dt
