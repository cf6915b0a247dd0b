// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/TwinReading.h"

#include "engine/jobs/Caught.h"
#include "engine/jobs/StoredTwin.h"

#include <utility>

namespace dt {

ComparedTwin readForComparison(const std::string &path)
{
    ComparedTwin twin;
    twin.path = path;
    Result<StoredTwin> stored = caught([&] { return loadTwin(path); });
    if (!stored) {
        twin.problem = stored.error().message;
        return twin;
    }
    twin.complete = stored->contents.complete;
    twin.author = std::move(stored->contents.author);
    twin.spec = stored->spec;
    twin.settings = stored->settings;
    twin.evaluation = std::move(stored->evaluation);
    if (twin.evaluation)
        twin.predictsInMs = twin.evaluation->millisecondsPerSimulation;
    twin.history = std::move(stored->contents.history);
    twin.neuron = std::move(stored->contents.neuron);
    twin.dataset = std::move(stored->contents.dataset);
    return twin;
}

} // namespace dt
