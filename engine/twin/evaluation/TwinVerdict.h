// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

namespace dt {

/// Whether a trained twin has learned anything. One that has not is called so in place of
/// "finished", and is kept out of choices.

/// A twin whose AUC of spikes is lower has not learned. Guessing has 0.5.
inline constexpr double LeastLearnedAuc = 0.6;

constexpr bool hasLearned(double spikesAuc)
{
    return spikesAuc >= LeastLearnedAuc;
}

/// A sentence that says that the twin has not learned and what to do, for such an AUC of spikes on
/// test simulations; else empty.
std::string notLearnedSentence(std::optional<double> spikesAuc);

} // namespace dt
