// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/dataset/DatasetInfo.h"
#include "engine/dataset/StoredSimulation.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace dt {

/// Reports a share of 0..1; returns false to cancel.
using ProgressFunction = std::function<bool(double)>;

/// A finished data set, open for reading (docs/FILES.md). One thread at a time.
class DatasetFile
{
public:
    static Result<DatasetFile> open(const std::string &path);
    DatasetFile(DatasetFile &&) noexcept;
    DatasetFile &operator=(DatasetFile &&) noexcept;
    ~DatasetFile();

    [[nodiscard]] const std::string &path() const;
    [[nodiscard]] const DatasetInfo &info() const;
    [[nodiscard]] Result<SplitStatistics> statistics(Split split) const;
    [[nodiscard]] Result<StoredSimulation> simulation(Split split, std::size_t i) const;

    /// Reads everything and checks that checksums are right, numbers finite, and statistics those
    /// of the simulations. The first fault is the Error.
    [[nodiscard]] Status verify(const ProgressFunction &progress) const;

    /// Makes a new data set of the simulations inside all ranges; the old one stays as it is.
    Status filterTo(const std::string &target, const std::vector<StatisticRange> &ranges,
                    bool replace, const ProgressFunction &progress) const;

private:
    DatasetFile();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace dt
