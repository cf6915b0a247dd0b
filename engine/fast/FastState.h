// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/fast/FastPlan.h"

#include <hwy/aligned_allocator.h>

#include <algorithm>
#include <vector>

namespace dt {

/// Gates of the somatic channels in the kernel's order, m before h.
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

/// An array aligned for loading vectors: `rows` rows of one number for each lane.
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
    LaneArray skGate; ///< state of SK_E2's gate, one row
    LaneArray calcium; ///< [mM] one row
    LaneArray ratio; ///< for the solver: factor on the parent's voltage
    /// For the solver: the part of a node's voltage that does not depend on its parent.
    LaneArray rest;
    /// For the solver: conductance that children subtract in their parent's equation.
    LaneArray childUs;
    LaneArray childNa;

    /// Nodes where electrodes act, with the conductance and the current that are added to the
    /// node's equation.
    std::vector<int> clampNode; ///< ascending
    LaneArray clampUs;
    LaneArray clampNa;
};

/// Advances all lanes by one step; `step` is counted within the ms. The first call chooses the
/// instruction set by the processor.
void fastStep(const FastPlan &plan, FastState &state, int step);

/// Lets the synapses' states decay over a whole ms.
void fastEndMs(const FastPlan &plan, FastState &state);

/// Sets the voltage to rest and the gates to their steady state there.
void fastInitialise(const FastPlan &plan, FastState &state);

/// Number of lanes of one vector on this processor, the least that is advanced at once.
int fastVectorLanes();

/// Name of the instruction set in use, e.g. "AVX2".
const char *fastTarget();

} // namespace dt
