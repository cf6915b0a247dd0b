// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/fast/FastState.h"

#include <vector>

namespace dt {

/// What the electrodes of all lanes do over time. NEURON asks an electrode what it does at the
/// middle of a step, t + dt/2; so the time of its middle decides what a step adds.
class ClampSchedule
{
public:
    /// `electrodes`: one list for each lane, shorter lists for lanes that have none. Adds to the
    /// state the rows for the electrodes' places.
    ClampSchedule(const FastPlan &plan, const Neuron &neuron,
                  const std::vector<std::vector<Electrode>> &electrodes, FastState &state);

    /// Sets what is added in the step whose middle is at `ms`.
    void setStep(double ms, FastState &state);

    /// Current [nA] that an electrode of a lane injects at the present voltage of its place.
    [[nodiscard]] double currentNa(std::size_t lane, std::size_t electrode,
                                   const FastState &state) const;

private:
    struct Placed
    {
        Electrode electrode;
        std::size_t lane = 0;
        std::size_t place = 0; ///< row of FastState::clampUs and clampNa
        int node = 0;
        bool inStep = false;
    };
    void add(const Placed &placed, FastState &state) const;

    std::vector<Placed> m_placed; ///< only the electrodes that are on
    std::vector<std::vector<int>> m_of; ///< for each lane and electrode, index of m_placed or -1
    bool m_first = true;
};

} // namespace dt
