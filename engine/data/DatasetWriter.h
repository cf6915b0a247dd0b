// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/data/DatasetFile.h"
#include "engine/data/DatasetLayout.h"
#include "engine/files/TargetFile.h"

#include <array>
#include <functional>
#include <string>
#include <vector>

namespace dt {

/// Puts a data set together from packed simulations that lie in other files: shards of a build or
/// of an import, or another data set. Private to dt_data.
class DatasetWriter
{
public:
    /// One simulation of the result: where its chunks are now, and its statistics.
    struct Piece
    {
        std::size_t source = 0; ///< index into the sources
        std::size_t at = 0; ///< simulation in that source
        std::uint64_t index = 0;
        StatisticValues statistics{};
    };

    struct Contents
    {
        DatasetInfo info; ///< `simulations` is taken from the pieces
        std::array<std::vector<Piece>, 3> pieces; ///< indexed by Split
        /// Opens source number n; called for sources in rising order, twice per split.
        std::function<Result<h5::SimulationGroup>(std::size_t n)> openSource;
        std::size_t packedBytes = 0; ///< of all pieces, reserved on disk before anything is written
    };

    static Status write(const std::string &path, const Contents &contents, bool replace,
                        const ProgressFunction &progress);
};

} // namespace dt
