// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fast/ClampSchedule.h"

#include <algorithm>

namespace dt {

ClampSchedule::ClampSchedule(const FastPlan &plan, const Neuron &neuron,
                             const std::vector<std::vector<Electrode>> &electrodes,
                             FastState &state)
{
    for (std::size_t lane = 0; lane < electrodes.size(); ++lane) {
        m_of.emplace_back();
        for (const Electrode &e : electrodes[lane]) {
            m_of.back().push_back(e.on ? static_cast<int>(m_placed.size()) : -1);
            if (e.on)
                m_placed.push_back({e, lane, 0, plan.nodeAt(neuron, e.dendrite, e.x), false});
        }
    }
    for (const Placed &placed : m_placed)
        state.clampNode.push_back(placed.node);
    std::sort(state.clampNode.begin(), state.clampNode.end());
    state.clampNode.erase(std::unique(state.clampNode.begin(), state.clampNode.end()),
                          state.clampNode.end());
    for (Placed &placed : m_placed)
        placed.place = static_cast<std::size_t>(
            std::lower_bound(state.clampNode.begin(), state.clampNode.end(), placed.node)
            - state.clampNode.begin());
    state.clampUs = LaneArray(state.clampNode.size(), state.lanes);
    state.clampNa = LaneArray(state.clampNode.size(), state.lanes);
}

void ClampSchedule::setStep(double ms, FastState &state)
{
    bool changed = m_first;
    m_first = false;
    for (Placed &placed : m_placed) {
        const Electrode &e = placed.electrode;
        const bool inStep = ms >= e.startMs && ms < e.startMs + e.durationMs;
        changed |= inStep != placed.inStep;
        placed.inStep = inStep;
    }
    if (!changed)
        return;
    for (const Placed &placed : m_placed) {
        const int lane = static_cast<int>(placed.lane);
        state.clampUs.at(placed.place, lane) = 0.0;
        state.clampNa.at(placed.place, lane) = 0.0;
    }
    for (const Placed &placed : m_placed)
        add(placed, state);
}

void ClampSchedule::add(const Placed &placed, FastState &state) const
{
    const Electrode &e = placed.electrode;
    const int lane = static_cast<int>(placed.lane);
    if (e.clamp == Clamp::Current) {
        state.clampNa.at(placed.place, lane) += placed.inStep ? e.currentNa : 0.0;
        return;
    }
    state.clampUs.at(placed.place, lane) += 1.0 / e.seriesMohm;
    state.clampNa.at(placed.place, lane) += (placed.inStep ? e.stepMv : e.holdMv) / e.seriesMohm;
}

double ClampSchedule::currentNa(std::size_t lane, std::size_t electrode,
                                const FastState &state) const
{
    const int index = m_of[lane][electrode];
    if (index < 0)
        return 0.0;
    const Placed &placed = m_placed[static_cast<std::size_t>(index)];
    const Electrode &e = placed.electrode;
    if (e.clamp == Clamp::Current)
        return placed.inStep ? e.currentNa : 0.0;
    const double v = state.v.row(static_cast<std::size_t>(placed.node))[lane];
    return ((placed.inStep ? e.stepMv : e.holdMv) - v) / e.seriesMohm;
}

} // namespace dt
