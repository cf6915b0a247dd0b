// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/evaluation/TwinVerdict.h"

#include <cstdio>

namespace dt {

std::string notLearnedSentence(std::optional<double> spikesAuc)
{
    if (!spikesAuc || hasLearned(*spikesAuc))
        return {};
    char sentence[200];
    std::snprintf(
        sentence, sizeof sentence,
        "This twin has not learned: its AUC is %.2f, where guessing has 0.50. Train longer, "
        "on more simulations, or by a classroom recipe.",
        *spikesAuc);
    return sentence;
}

} // namespace dt
