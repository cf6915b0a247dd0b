// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/BuildLedger.h"

#include "engine/base/NumberText.h"
#include "engine/base/Words.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <system_error>

namespace dt {

BuildLedger::BuildLedger(DatasetPlan plan) : m_plan(std::move(plan))
{
    for (const Split split : AllSplits)
        refresh(split);
}

void BuildLedger::refresh(Split split)
{
    std::map<std::uint64_t, const ShardSummary *> byFirst;
    for (const auto &[first, shard] : at(split).finished)
        byFirst[first] = &shard;
    at(split).state = splitState(m_plan, split, byFirst);
}

void BuildLedger::add(ShardSummary shard)
{
    Part &part = at(shard.split);
    part.underWay.erase(shard.first);
    if (part.finished.contains(shard.first))
        return;
    part.tried += shard.accepted.size();
    part.accepted += static_cast<std::uint64_t>(
        std::count(shard.accepted.begin(), shard.accepted.end(), std::uint8_t{1}));
    const Split split = shard.split;
    part.finished.emplace(shard.first, std::move(shard));
    refresh(split);
}

double BuildLedger::expectedAcceptance() const
{
    if (m_plan.filter.empty())
        return 1.0;
    // Before anything is known, the share that the published data sets accepted: three in four.
    double tried = 4.0;
    double accepted = 3.0;
    for (const Part &part : m_parts) {
        tried += static_cast<double>(part.tried);
        accepted += static_cast<double>(part.accepted);
    }
    return accepted / tried;
}

double BuildLedger::missing(Split split, bool countUnderWay) const
{
    const Part &part = at(split);
    if (part.state.complete)
        return 0.0;
    double candidates = 0.0;
    for (const auto &[first, size] : part.underWay)
        candidates += size;
    const double have = static_cast<double>(part.accepted)
        + (countUnderWay ? expectedAcceptance() * candidates : 0.0);
    const double wanted = static_cast<double>(m_plan.wantedIn(split));
    return std::max(0.0, wanted - have) / expectedAcceptance();
}

double BuildLedger::remaining() const
{
    double sum = 0.0;
    for (const Split split : AllSplits)
        sum += missing(split, false);
    return sum;
}

double BuildLedger::untaken() const
{
    double sum = 0.0;
    for (const Split split : AllSplits)
        sum += missing(split, true);
    return sum;
}

std::optional<CandidateBlock> BuildLedger::next(Split split) const
{
    const Part &part = at(split);
    if (part.state.complete)
        return std::nullopt;
    const int size = blockSize(m_plan, split);
    std::uint64_t first = part.state.contiguous;
    while (part.finished.contains(first) || part.underWay.contains(first))
        first += static_cast<std::uint64_t>(size);
    // A gap in front of finished blocks is always needed; what lies behind them only when more
    // is wanted than is expected anyway. Half a candidate is rounding.
    const bool gap = !part.finished.empty() && first < part.finished.rbegin()->first;
    if (!gap && missing(split, true) < 0.5)
        return std::nullopt;
    return CandidateBlock{split, first, size};
}

std::vector<CandidateBlock> BuildLedger::take(int candidates)
{
    std::vector<CandidateBlock> blocks;
    int taken = 0;
    for (const Split split : AllSplits) {
        while (const std::optional<CandidateBlock> block = next(split)) {
            if (taken > 0 && taken + block->size > candidates)
                break;
            at(split).underWay[block->first] = block->size;
            taken += block->size;
            blocks.push_back(*block);
        }
    }
    return blocks;
}

void BuildLedger::giveBack(const std::vector<CandidateBlock> &blocks)
{
    for (const CandidateBlock &block : blocks)
        at(block.split).underWay.erase(block.first);
}

bool BuildLedger::complete() const
{
    return std::all_of(m_parts.begin(), m_parts.end(),
                       [](const Part &part) { return part.state.complete; });
}

std::optional<Error> BuildLedger::hopeless() const
{
    for (const Split split : AllSplits) {
        const SplitState &state = at(split).state;
        const Acceptance &a = state.acceptance;
        if (!state.hopeless)
            continue;
        const auto worst = std::max_element(a.rejectedBy.begin(), a.rejectedBy.end());
        const auto statistic = static_cast<Statistic>(std::distance(a.rejectedBy.begin(), worst));
        std::string range;
        for (const StatisticRange &r : m_plan.filter) {
            if (r.statistic == statistic)
                range = formatNumber(r.lo) + " to " + formatNumber(r.hi);
        }
        const std::string name(statistics()[static_cast<std::size_t>(statistic)].name);
        return Error{ErrorCode::InvalidValue,
                     "Of " + counted(static_cast<long long>(a.tried), "simulation") + " only "
                         + std::to_string(a.accepted) + " passed the quality filter; "
                         + std::to_string(*worst) + " failed at " + name + " (" + range
                         + "). Change the neuron or its inputs, widen that range, or build "
                           "without the filter.",
                     name};
    }
    return std::nullopt;
}

std::vector<ShardSummary> BuildLedger::shards() const
{
    std::vector<ShardSummary> all;
    for (const Part &part : m_parts) {
        for (const auto &[first, shard] : part.finished)
            all.push_back(shard);
    }
    return all;
}

double BuildLedger::keptShare() const
{
    std::uint64_t kept = 0;
    for (const Split split : AllSplits)
        kept += std::min(static_cast<std::uint64_t>(m_plan.wantedIn(split)), accepted(split));
    return static_cast<double>(kept) / std::max(1, m_plan.wantedInAll());
}

Result<UnfinishedBuild> readUnfinishedBuild(const std::string &target)
{
    Result<DatasetPlan> plan = BuildFolder::planOf(target);
    if (!plan)
        return plan.error();
    UnfinishedBuild build{BuildLedger(std::move(*plan)), 0};
    for (ShardSummary &shard : BuildFolder::peek(target)) {
        std::error_code gone;
        const std::uintmax_t bytes = std::filesystem::file_size(shard.path, gone);
        build.bytes += gone ? 0 : bytes;
        build.ledger.add(std::move(shard));
    }
    return build;
}

} // namespace dt
