// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/training/TrainingHistory.h"

#include <string>
#include <vector>

namespace dt {

/// What a learner should know about a run that looks as this one does. Told from its losses alone;
/// the shapes are those of the published runs (training specification, section 26).
struct TrainingHint
{
    enum class Kind {
        Diverging, ///< losses rise
        Shelf, ///< the twin says the same whatever comes in
        Overfitting, ///< better on what it trains on than in validation, and not improving
        DendriteBump, ///< the dendrites' loss rises because its weight falls
        WarmUp, ///< the learning rate is still tiny
        StillImproving, ///< over, but longer would have been better
    };
    Kind kind = Kind::WarmUp;
    std::string sentence; ///< what it is and what to try
    bool operator==(const TrainingHint &) const = default;
};

/// The most urgent first; empty when there is nothing to say. `over`: the run has ended.
std::vector<TrainingHint> trainingHints(const TrainingHistory &history,
                                        const TrainingSettings &settings, bool over);

} // namespace dt
