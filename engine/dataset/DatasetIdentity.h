// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace dt {

/// How a training run recognises the data set that it was trained on, wherever that was moved.
struct DatasetIdentity
{
    std::string path; ///< where it was; no part of the identity
    std::array<std::uint64_t, 3> simulations{}; ///< numbers of simulations, indexed by Split
    int segments = 0;
    int durationMs = 0;
    std::optional<std::uint64_t> seed; ///< seed of its build; imported data sets have none
    std::string fingerprint; ///< checksum of its neuron and its simulations' statistics

    bool operator==(const DatasetIdentity &) const = default;
    [[nodiscard]] bool sameData(const DatasetIdentity &other) const
    {
        DatasetIdentity moved = other;
        moved.path = path;
        return *this == moved;
    }
};

} // namespace dt
