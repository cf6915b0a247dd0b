// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/data/BuildFolder.h"

#include <array>
#include <map>
#include <optional>
#include <vector>

namespace dt {

/// Neighbouring candidates of a split that are simulated together and become one shard.
struct CandidateBlock
{
    Split split = Split::Train;
    std::uint64_t first = 0;
    int size = 0;
    bool operator==(const CandidateBlock &) const = default;
};

/// The bookkeeping of a build: which blocks are finished, which are under way, which are still
/// needed. What ends up in the data set never depends on the order in which blocks finish.
class BuildLedger
{
public:
    explicit BuildLedger(DatasetPlan plan);

    [[nodiscard]] const DatasetPlan &plan() const { return m_plan; }

    /// Counts a finished shard that was found on disk or just made.
    void add(ShardSummary shard);

    /// Blocks worth simulating next, at most `candidates` of them together but at least one block;
    /// they count as under way until add() or giveBack(). Empty when what is under way is
    /// expected to suffice.
    std::vector<CandidateBlock> take(int candidates);
    void giveBack(const std::vector<CandidateBlock> &blocks);

    /// Whether every split has enough accepted simulations, without a gap before them.
    [[nodiscard]] bool complete() const;
    /// Why going on makes no sense: next to nothing passes the filter. Empty while it makes sense.
    /// Depends on the plan alone.
    [[nodiscard]] std::optional<Error> hopeless() const;

    [[nodiscard]] const SplitState &state(Split split) const { return at(split).state; }
    /// Finished candidates, including those beyond gaps.
    [[nodiscard]] std::uint64_t tried(Split split) const { return at(split).tried; }
    [[nodiscard]] std::uint64_t accepted(Split split) const { return at(split).accepted; }
    /// Candidates still to be finished, estimated from the acceptance so far.
    [[nodiscard]] double remaining() const;
    /// Candidates still to be handed out: remaining() without those under way.
    [[nodiscard]] double untaken() const;

    /// Share (0..1) of the wanted simulations that the data set has already.
    [[nodiscard]] double keptShare() const;

    [[nodiscard]] std::vector<ShardSummary> shards() const;

private:
    struct Part
    {
        std::map<std::uint64_t, ShardSummary> finished; ///< by the first candidate of the block
        std::map<std::uint64_t, int> underWay;
        std::uint64_t tried = 0;
        std::uint64_t accepted = 0;
        SplitState state;
    };

    [[nodiscard]] const Part &at(Split split) const
    {
        return m_parts[static_cast<std::size_t>(split)];
    }
    Part &at(Split split) { return m_parts[static_cast<std::size_t>(split)]; }
    [[nodiscard]] double expectedAcceptance() const;
    [[nodiscard]] double missing(Split split, bool countUnderWay) const;
    [[nodiscard]] std::optional<CandidateBlock> next(Split split) const;
    void refresh(Split split);

    DatasetPlan m_plan;
    std::array<Part, 3> m_parts;
};

/// An interrupted build as its folder holds it.
struct UnfinishedBuild
{
    BuildLedger ledger;
    std::uint64_t bytes = 0; ///< size of its shards
};

/// Reads an interrupted build without going on with it. Blocks; any thread.
Result<UnfinishedBuild> readUnfinishedBuild(const std::string &target);

} // namespace dt
