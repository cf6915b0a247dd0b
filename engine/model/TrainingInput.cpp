// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/DatasetInputs.h"
#include "engine/model/Stimulus.h"

namespace dt {

std::vector<InputEvent> trainingEvents(const TrainingInput &training, int segments, int durationMs)
{
    if (!training.on)
        return {};
    return drawInput(InputRecipe{}, training.seed, Split::Train, 0, segments, durationMs).events;
}

} // namespace dt
