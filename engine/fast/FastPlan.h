// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/fast/CableTree.h"
#include "engine/input/Electrode.h"

#include <array>
#include <span>
#include <vector>

namespace dt {

/// Simulations that are advanced side by side: two AVX-512 vectors, four of AVX2, eight of SSE4.
inline constexpr int FastLanes = 16;

/// A neuron as the kernel needs it: the tree, and numbers in the units uS, mV, nA, ms. Capacitances
/// are divided by the step, so that they are conductances, too. A plain value, made once for a
/// batch.
struct FastPlan
{
    /// What one node contributes to its own equation.
    struct Node
    {
        int parent = -1;
        double toParentUs = 0.0;
        double capUs = 0.0; ///< C / dt
        double leakUs = 0.0;
        double constUs = 0.0; ///< C / dt + leak + all axial conductances of the node
        double leakNa = 0.0; ///< leak x resting voltage
    };

    /// Kinetics of a kind of synapse.
    struct Kind
    {
        bool nmda = false; ///< four states and a voltage-dependent part, else two states
        double reversalMv = 0.0;
        double gammaPerMv = 0.0;
        double mgOver357 = 0.0;
        double probeFactor = 1.0; ///< exp(-gamma 0.001): the block at NEURON's second voltage
        /// For each step of a ms, what is left of the states since the ms began: rise and decay of
        /// the first component, rise and decay of NMDA.
        std::vector<std::array<double, 4>> left;
        std::array<double, 4> leftAfterMs{};
        /// States after an event of weight 1 [uS].
        double firstUs = 0.0;
        double nmdaUs = 0.0;
    };

    /// All synapses of one kind in one segment: their kinetics are linear, so they are one.
    struct Group
    {
        int node = 0;
        int kind = 0;
        int row = 0;
        double factor = 1.0; ///< sum of the synapses' weights
    };

    /// Order of the somatic channels in channelUs.
    enum Channel { Im, CaLva, CaHva, Sk, Skv3, NaTs, Ih, KT, KP, Nap, NaTa, ChannelCount };

    int samplesPerMs = 40;
    double stepMs = 0.025;
    double restMv = -85.0;
    std::vector<Node> nodes;
    std::vector<int> nodeOfRow;
    std::vector<Kind> kinds;
    std::vector<Group> groups; ///< sorted by node
    std::vector<int> firstGroup; ///< first group of each node; one more at the end
    std::vector<std::vector<int>> excitatory; ///< for each row, the groups that an event reaches
    std::vector<std::vector<int>> inhibitory;
    std::array<double, ChannelCount> channelUs{};
    /// Change of the calcium concentration's target per nA of calcium current [mM/nA].
    double calciumPerNa = 0.0;
    double calciumLeft = 1.0; ///< share of the distance to the target that is left after a step

    [[nodiscard]] int nodeAt(const Neuron &neuron, int dendrite, double x) const;
};

/// The plan of a neuron, which must be valid.
FastPlan fastPlan(const Neuron &neuron);

} // namespace dt
