// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/data/DatasetFile.h"
#include "engine/data/ShardFile.h"
#include "engine/dataset/DatasetPlan.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace dt {

/// A data set in the making: the folder `<target>.building/` with the plan and the finished shards.
/// One program at a time holds it, by a file lock that ends with the program. Its files survive any
/// crash, because every file appears by rename. Functions block; call them off the GUI thread.
class BuildFolder
{
public:
    /// Starts a build. An existing target is refused unless `replace`; an unfinished build of the
    /// same target is refused always (resume it, or remove its folder).
    static Result<BuildFolder> create(const std::string &target, const DatasetPlan &plan,
                                      bool replace);
    /// Takes up a build that was interrupted.
    static Result<BuildFolder> open(const std::string &target);
    static bool exists(const std::string &target);
    /// Reads the plan without taking the build up.
    static Result<DatasetPlan> planOf(const std::string &target);
    /// The finished shards of a build, read without taking it up.
    static std::vector<ShardSummary> peek(const std::string &target);

    BuildFolder(BuildFolder &&) noexcept;
    BuildFolder &operator=(BuildFolder &&) = delete;
    ~BuildFolder();

    [[nodiscard]] const std::string &target() const { return m_target; }
    [[nodiscard]] const DatasetPlan &plan() const { return m_plan; }
    /// A key of the plan that every shard carries, so that no shard of another build is taken for
    /// one of this build.
    [[nodiscard]] const std::string &planKey() const { return m_planKey; }
    [[nodiscard]] std::string shardPath(Split split, std::uint64_t first) const;

    /// The finished shards, read in full. Files that are damaged or belong to another plan are
    /// removed: their blocks are made again.
    [[nodiscard]] std::vector<ShardSummary> scan() const;

    /// Throws everything that was built away. The object is of no use afterwards.
    void discard();

    /// True when another program finished the target but ended before it removed the folder; the
    /// folder is removed now.
    bool finishedBefore();

    /// Gives the lock up, so that another program or object can take the build up.
    void release();

    /// Puts the lowest-numbered accepted candidates together into the target and removes the
    /// folder. All needed shards must be there.
    Status assemble(const std::vector<ShardSummary> &shards, const ProgressFunction &progress);

private:
    BuildFolder(std::string target, DatasetPlan plan, int lock, bool replace);

    std::string m_target;
    std::string m_folder;
    DatasetPlan m_plan;
    std::string m_planKey;
    int m_lock = -1;
    bool m_replace = false;
};

/// How far the shards of one split have come, counting candidates from 0 on without a gap.
struct SplitState
{
    std::uint64_t contiguous = 0; ///< candidates tried without a gap
    int accepted = 0; ///< accepted among them, at most as many as wanted
    bool complete = false; ///< enough candidates were accepted
    /// Almost nothing was accepted up to some block. Building ends there, whatever later blocks
    /// hold, so that the end does not depend on which blocks were finished first.
    bool hopeless = false;
    Acceptance acceptance; ///< of the candidates up to the last one needed
};

SplitState splitState(const DatasetPlan &plan, Split split,
                      const std::map<std::uint64_t, const ShardSummary *> &shardsByFirst);

} // namespace dt
