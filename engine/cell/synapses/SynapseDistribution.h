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
        Dendrites, ///< those in `dendrites`
        Path, ///< from the soma to the end of `tip`
    };
    enum class Amount {
        Count,
        PerUm, ///< of dendrite
        PerUm2, ///< of dendritic membrane
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
    double density = 0.05; ///< [1/um or 1/um2] where nothing changes it
    /// How many times as dense the far end of the stretch is as the near end; linear between them.
    /// A density is that of the middle then.
    double gradient = 1.0;
    Placing placing = Placing::Even;
    std::uint64_t seed = 1; ///< Placing::Random
    bool snap = false; ///< to segment centres; several may share one
    double weight = 1.0;
    bool operator==(const Distribution &) const = default;
};

/// The new synapses, none added yet. Fails with a sentence when the kind or a dendrite does not
/// exist, the stretch holds no dendrite, a number is out of range, or the cell would get more than
/// MaxSynapses. Even: at equal shares of the density's sum, so never at an end. Random: drawn from
/// the density, one stream for each synapse: more synapses leave the earlier ones where they were.
Result<std::vector<Synapse>> distributedSynapses(const Neuron &neuron, const Distribution &wanted);

} // namespace dt
