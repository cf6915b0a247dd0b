// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace dt {

/// The five things that a twin says about every millisecond, always in this order.
enum class Head {
    Spikes, ///< logit of a spike in this ms
    Soma, ///< soma voltage
    NearSpike, ///< logit of being near a spike
    InstRate, ///< instantaneous rate
    DendV, ///< voltage of every dendritic segment
};
inline constexpr std::size_t HeadCount = 5;
inline constexpr std::array<Head, HeadCount> AllHeads{Head::Spikes, Head::Soma, Head::NearSpike,
                                                      Head::InstRate, Head::DendV};
/// Names of the heads in files and logs.
inline constexpr std::array<std::string_view, HeadCount> HeadNames{"spikes", "soma", "near_spike",
                                                                   "inst_rate", "dend_v"};

/// One number a head, for losses and weights.
using HeadValues = std::array<double, HeadCount>;

constexpr std::size_t headIndex(Head head)
{
    return static_cast<std::size_t>(head);
}
constexpr std::string_view headName(Head head)
{
    return HeadNames[headIndex(head)];
}

/// The losses of one batch or one validation.
struct LossValues
{
    HeadValues heads{}; ///< each head's own loss, unweighted
    double total = 0.0; ///< weighted sum
    bool operator==(const LossValues &) const = default;
};

} // namespace dt
