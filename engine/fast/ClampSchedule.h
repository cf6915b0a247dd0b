// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/fast/FastState.h"

#include <vector>

namespace dt {

/// Electrodes of all lanes over time. NEURON asks an electrode what it does in the middle of a
/// step, at t + dt/2; so a step is told what to add by the time of its middle.
class ClampSchedule
{
public:
    /// `electrodes`: one list for each lane, shorter lists for lanes that have none. Gives the
    /// state its rows for the places.
    ClampSchedule(const FastPlan &plan, const Neuron &neuron,
                  const std::vector<std::vector<Electrode>> &electrodes, FastState &state);

    /// Sets what is added in the step whose middle is at `ms`.
    void setStep(double ms, FastState &state);

    /// [nA] what an electrode of a lane injects, at the voltage that its place has now.
    [[nodiscard]] double currentNa(std::size_t lane, std::size_t electrode,
                                   const FastState &state) const;

private:
    struct Placed
    {
        Electrode electrode;
        std::size_t lane = 0;
        std::size_t place = 0; ///< row of the clamps
        int node = 0;
        bool inStep = false;
    };
    void add(const Placed &placed, FastState &state) const;

    std::vector<Placed> m_placed; ///< only those that are on
    std::vector<std::vector<int>> m_of; ///< for each lane and electrode, index of m_placed or -1
    bool m_first = true;
};

} // namespace dt
