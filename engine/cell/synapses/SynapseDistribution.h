// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/cell/Neuron.h"

#include <cstdint>
#include <vector>

namespace dt {

/// Where many synapses of one kind go at once. A value; what it means for a cell is
/// distributedSynapses(). Distances are from the soma's surface along the dendrites [um].
struct Distribution
{
    enum class Where {
        WholeCell,
        Dendrites, ///< the dendrites listed in `dendrites`
        Path, ///< from the soma to the end of `tip`
    };
    enum class Amount {
        Count,
        PerUm, ///< density per length of dendrite
        PerUm2, ///< density per area of dendritic membrane
    };
    enum class Placing { Even, Random };

    int kind = 0;
    Where where = Where::WholeCell;
    std::vector<int> dendrites;
    int tip = 0;
    double fromUm = 0.0;
    double toUm = 1.0e9;
    Amount amount = Amount::Count;
    int count = 20;
    double density = 0.05; ///< [1/um or 1/um2]; see also gradient
    /// Density at the far end of the stretch, divided by that at the near end; linear between them.
    /// `density` is then that of the middle.
    double gradient = 1.0;
    Placing placing = Placing::Even;
    std::uint64_t seed = 1; ///< for Placing::Random
    bool snap = false; ///< moves synapses to segment centres; several may share one
    double weight = 1.0;
    bool operator==(const Distribution &) const = default;
};

/// The new synapses; they are not added to the neuron. Fails with a sentence when the kind or a
/// dendrite does not exist, the stretch holds no dendrite, a number is out of range, or the cell
/// would get more than MaxSynapses. Even: at equal shares of the density's sum, so never at an end.
/// Random: drawn from the density, each synapse from a random stream of its own, so that more
/// synapses leave the earlier ones where they were.
Result<std::vector<Synapse>> distributedSynapses(const Neuron &neuron, const Distribution &wanted);

} // namespace dt
