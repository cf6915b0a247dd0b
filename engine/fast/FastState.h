// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/fast/FastPlan.h"

#include <hwy/aligned_allocator.h>

#include <algorithm>
#include <vector>

namespace dt {

/// Gates of the somatic channels, m before h. The kernel's order.
enum FastGate {
    GateIm,
    GateCaLvaM,
    GateCaLvaH,
    GateCaHvaM,
    GateCaHvaH,
    GateSkv3,
    GateNaTsM,
    GateNaTsH,
    GateNaTaM,
    GateNaTaH,
    GateNapM,
    GateNapH,
    GateIh,
    GateKPM,
    GateKPH,
    GateKTM,
    GateKTH,
    FastGateCount
};

/// An array that vectors can be loaded from; `rows` times one number for each lane.
class LaneArray
{
public:
    LaneArray() = default;
    LaneArray(std::size_t rows, int lanes, double value = 0.0) :
        m_lanes(static_cast<std::size_t>(lanes)),
        m_numbers(hwy::AllocateAligned<double>(std::max(rows, std::size_t{1}) * m_lanes))
    {
        for (std::size_t i = 0; i < rows * m_lanes; ++i)
            m_numbers[i] = value;
    }

    double *row(std::size_t i) { return m_numbers.get() + i * m_lanes; }
    const double *row(std::size_t i) const { return m_numbers.get() + i * m_lanes; }
    double &at(std::size_t i, int lane) { return row(i)[lane]; }

private:
    std::size_t m_lanes = 0;
    hwy::AlignedFreeUniquePtr<double[]> m_numbers;
};

/// What changes while some simulations of one plan are advanced side by side. Lanes do not
/// influence each other.
struct FastState
{
    FastState(const FastPlan &plan, int lanes);

    int lanes = 0;
    LaneArray v; ///< [mV] one row for each node
    LaneArray synapses; ///< [uS] four rows for each group, as they were when the ms began
    LaneArray gates; ///< FastGateCount rows
    LaneArray skGate; ///< one row
    LaneArray calcium; ///< [mM] one row
    LaneArray ratio; ///< of the solver: what a node takes over of its parent's voltage
    LaneArray rest; ///< of the solver: what it has besides
    LaneArray childUs; ///< of the solver: what children take from their parent's equation
    LaneArray childNa;

    /// Places where electrodes act: conductance and current that are added to a node's equation.
    std::vector<int> clampNode; ///< ascending
    LaneArray clampUs;
    LaneArray clampNa;
};

/// Advances all lanes by one step; `step` is counted within the ms. Which processor's instructions
/// are used is found out at the first call.
void fastStep(const FastPlan &plan, FastState &state, int step);

/// Lets the synapses' states decay over a whole ms.
void fastEndMs(const FastPlan &plan, FastState &state);

/// Gates in their steady state at the resting voltage.
void fastInitialise(const FastPlan &plan, FastState &state);

/// Lanes of one vector on this processor: the least that is advanced at once.
int fastVectorLanes();

/// Name of the instruction set in use, e.g. "AVX2".
const char *fastTarget();

} // namespace dt
