// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

namespace dt {

/// Whether a trained twin is one: what is said in place of "finished" when it is none, and what
/// keeps it out of choices.

/// Guessing has 0.5. Below this AUC of spikes a twin has not learned.
inline constexpr double LeastLearnedAuc = 0.6;

constexpr bool hasLearned(double spikesAuc)
{
    return spikesAuc >= LeastLearnedAuc;
}

/// A sentence that says so, with what to do, when this AUC of spikes on test simulations is that of
/// a twin that has not learned; else empty.
std::string notLearnedSentence(std::optional<double> spikesAuc);

} // namespace dt
