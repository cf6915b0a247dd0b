// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/training/TrainingHistory.h"

#include <string>
#include <vector>

namespace dt {

/// What a learner should know about a training, judged by its losses alone; the shapes are
/// those of the published trainings (training specification, section 26).
struct TrainingHint
{
    enum class Kind {
        Diverging, ///< losses rise
        Shelf, ///< the twin says the same whatever comes in
        Overfitting, ///< better on training data than in validation, and not improving
        DendriteBump, ///< the dendrites' loss rises because its weight falls
        WarmUp, ///< the learning rate is still tiny
        StillImproving, ///< ended, but would have become better with more epochs
    };
    Kind kind = Kind::WarmUp;
    std::string sentence; ///< what is happening and what to try
    bool operator==(const TrainingHint &) const = default;
};

/// The hints for a training, the most urgent first; empty when there is nothing to say. `over`: the
/// training has ended.
std::vector<TrainingHint> trainingHints(const TrainingHistory &history,
                                        const TrainingSettings &settings, bool over);

} // namespace dt
