// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/BuildFolder.h"

#include "engine/data/DatasetWriter.h"
#include "engine/files/TargetFile.h"
#include "engine/json/DatasetJson.h"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/file.h>
#include <thread>
#include <unistd.h>

namespace dt {

namespace fs = std::filesystem;

namespace {

constexpr const char *PlanName = "plan.json";
constexpr const char *Source = "build";

std::string folderOf(const std::string &target)
{
    return target + ".building";
}

std::string planPath(const std::string &target)
{
    return folderOf(target) + "/" + PlanName;
}

/// FNV-1a of the plan's text.
std::string keyOf(const DatasetPlan &plan)
{
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (const char c : planText(plan))
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    return std::to_string(hash);
}

constexpr std::chrono::milliseconds LockPatience{1000};

/// Descriptor that holds the lock, or why there is none.
Result<int> lockBuild(const std::string &target)
{
    const std::string path = folderOf(target);
    const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return Error{ErrorCode::Io, path + " cannot be read: " + std::strerror(errno) + ".", path};
    // A program that was killed while it started a worker has left its lock to that one for a
    // moment: the worker closes it when it begins. Some network drives know no locks: there,
    // building goes on without one.
    const auto patience = std::chrono::steady_clock::now() + LockPatience;
    bool taken = false;
    while ((taken = ::flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
           && std::chrono::steady_clock::now() < patience)
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    if (taken) {
        ::close(fd);
        return Error{ErrorCode::Exists,
                     target
                         + " is being built by another program right now. Wait for it or stop it.",
                     target};
    }
    return fd;
}

Status writePlan(const std::string &target, const DatasetPlan &plan, bool replace)
{
    return writeFile(planPath(target), buildPlanText({plan, replace}), true);
}

Result<BuildPlan> readPlan(const std::string &target)
{
    const std::string path = planPath(target);
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return Error{ErrorCode::NotFound,
                     "There is no unfinished build of " + target + " (no " + path + ").", target};
    std::stringstream text;
    text << in.rdbuf();
    return buildPlanFromText(text.str(), path);
}

/// The shards that belong to a plan. Others, damaged ones and half-written files of a program that
/// died are removed if wanted: their blocks are made again.
std::vector<ShardSummary> findShards(const std::string &target, const DatasetPlan &plan, bool tidy)
{
    const std::string key = keyOf(plan);
    std::vector<ShardSummary> shards;
    std::error_code code;
    for (const fs::directory_entry &entry : fs::directory_iterator(folderOf(target), code)) {
        const std::string name = entry.path().filename().string();
        if (name == PlanName)
            continue;
        bool good = false;
        if (name.ends_with(".h5")) {
            Result<ShardSummary> shard = readShardSummary(entry.path().string());
            const auto fits = [&] {
                const auto block = static_cast<std::uint64_t>(blockSize(plan, shard->split));
                return shard->plan == key && name == shardName(shard->split, shard->first)
                    && shard->first % block == 0 && shard->candidates.size() == block;
            };
            good = shard.ok() && fits()
                && (!tidy || verifyShard(*shard, plan.neuron.segmentCount(), plan.durationMs).ok());
            if (good)
                shards.push_back(std::move(*shard));
        }
        if (!good && tidy)
            fs::remove(entry.path(), code);
    }
    return shards;
}

/// A program that died between the last two steps of a build left the finished file and the folder.
bool isFinished(const std::string &target, const DatasetPlan &plan)
{
    const Result<DatasetFile> file = DatasetFile::open(target);
    return file && file->info().source == Source && file->info().plan == plan;
}

/// The plan goes last: a program that dies in between leaves a folder that is still known as one.
void removeFolder(const std::string &target)
{
    std::error_code ignored;
    std::vector<fs::path> shards;
    for (const fs::directory_entry &entry : fs::directory_iterator(folderOf(target), ignored)) {
        if (entry.path().filename() != PlanName)
            shards.push_back(entry.path());
    }
    for (const fs::path &shard : shards)
        fs::remove_all(shard, ignored);
    fs::remove_all(folderOf(target), ignored);
}

/// Half-written files beside the target, of programs that died while they put it together.
void removeLeftovers(const std::string &target)
{
    std::error_code ignored;
    const fs::path path = fs::absolute(target, ignored);
    const std::string prefix = path.filename().string() + ".part-";
    std::vector<fs::path> leftovers;
    for (const fs::directory_entry &entry : fs::directory_iterator(path.parent_path(), ignored)) {
        if (entry.path().filename().string().starts_with(prefix))
            leftovers.push_back(entry.path());
    }
    for (const fs::path &leftover : leftovers)
        fs::remove(leftover, ignored);
}

} // namespace

BuildFolder::BuildFolder(std::string target, DatasetPlan plan, int lock, bool replace) :
    m_target(std::move(target)), m_folder(folderOf(m_target)), m_plan(std::move(plan)),
    m_planKey(keyOf(m_plan)), m_lock(lock), m_replace(replace)
{
}

BuildFolder::BuildFolder(BuildFolder &&other) noexcept :
    m_target(std::move(other.m_target)), m_folder(std::move(other.m_folder)),
    m_plan(std::move(other.m_plan)), m_planKey(std::move(other.m_planKey)), m_lock(other.m_lock),
    m_replace(other.m_replace)
{
    other.m_lock = -1;
}

BuildFolder::~BuildFolder()
{
    release();
}

bool BuildFolder::exists(const std::string &target)
{
    std::error_code ignored;
    return fs::exists(planPath(target), ignored);
}

Result<DatasetPlan> BuildFolder::planOf(const std::string &target)
{
    const Result<BuildPlan> written = readPlan(target);
    if (!written)
        return written.error();
    return written->plan;
}

Result<BuildFolder> BuildFolder::create(const std::string &target, const DatasetPlan &plan,
                                        bool replace)
{
    if (const Status valid = validatePlan(plan); !valid)
        return valid.error();
    const Error unfinished{ErrorCode::Exists,
                           target
                               + " has an unfinished build. Go on with 'dataset resume', or "
                                 "remove "
                               + folderOf(target) + ".",
                           target};
    if (exists(target))
        return unfinished;
    // The same checks as for the finished file, before hours of work.
    if (const Result<TargetFile> probe = TargetFile::prepare(target, replace); !probe)
        return probe.error();
    std::error_code code;
    fs::create_directory(folderOf(target), code);
    if (code)
        return Error{ErrorCode::Io,
                     "The folder " + folderOf(target) + " cannot be made: " + code.message() + ".",
                     target};
    const Result<int> lock = lockBuild(target);
    if (!lock)
        return lock.error();
    BuildFolder folder(target, plan, *lock, replace);
    if (exists(target)) // another program was faster, and has given it up since
        return unfinished;
    if (const Status written = writePlan(target, plan, replace); !written) {
        removeFolder(target);
        return written.error();
    }
    return folder;
}

Result<BuildFolder> BuildFolder::open(const std::string &target)
{
    Result<BuildPlan> written = readPlan(target);
    if (!written)
        return written.error();
    const Result<int> lock = lockBuild(target);
    if (!lock)
        return lock.error();
    BuildFolder folder(target, std::move(written->plan), *lock, written->replace);
    if (!exists(target)) // another program has finished it in the meantime
        return readPlan(target).error();
    return folder;
}

std::string BuildFolder::shardPath(Split split, std::uint64_t first) const
{
    return m_folder + "/" + shardName(split, first);
}

std::vector<ShardSummary> BuildFolder::scan() const
{
    return findShards(m_target, m_plan, true);
}

std::vector<ShardSummary> BuildFolder::peek(const std::string &target)
{
    const Result<DatasetPlan> plan = planOf(target);
    return plan ? findShards(target, *plan, false) : std::vector<ShardSummary>{};
}

void BuildFolder::discard()
{
    removeFolder(m_target);
}

bool BuildFolder::finishedBefore()
{
    // With `replace`, what is there may be what was there before; building again is always right.
    if (m_replace || !isFinished(m_target, m_plan))
        return false;
    removeFolder(m_target);
    return true;
}

void BuildFolder::release()
{
    if (m_lock >= 0)
        ::close(m_lock);
    m_lock = -1;
}

Status BuildFolder::assemble(const std::vector<ShardSummary> &shards,
                             const ProgressFunction &progress)
{
    std::error_code ignored;
    if (finishedBefore())
        return Done{};
    removeLeftovers(m_target);
    DatasetWriter::Contents contents;
    contents.info.neuron = m_plan.neuron;
    contents.info.segments = m_plan.neuron.segmentCount();
    contents.info.durationMs = m_plan.durationMs;
    contents.info.plan = m_plan;
    contents.info.source = Source;

    std::vector<const ShardSummary *> sources;
    for (const Split split : AllSplits) {
        std::map<std::uint64_t, const ShardSummary *> byFirst;
        for (const ShardSummary &shard : shards) {
            if (shard.split == split)
                byFirst[shard.first] = &shard;
        }
        const SplitState state = splitState(m_plan, split, byFirst);
        if (!state.complete)
            return Error{ErrorCode::NotFound,
                         m_target + " is not complete: shards of " + std::string(splitName(split))
                             + " are missing. Resume the build.",
                         m_target};
        contents.info.acceptance[static_cast<std::size_t>(split)] = state.acceptance;
        std::vector<DatasetWriter::Piece> &pieces =
            contents.pieces[static_cast<std::size_t>(split)];
        const auto wanted = static_cast<std::size_t>(m_plan.wantedIn(split));
        for (const auto &[first, shard] : byFirst) {
            if (pieces.size() >= wanted)
                break;
            std::size_t at = 0;
            for (std::size_t i = 0; i < shard->accepted.size() && pieces.size() < wanted; ++i) {
                if (shard->accepted[i])
                    pieces.push_back({sources.size(), at++, first + i, shard->candidates[i]});
            }
            sources.push_back(shard);
            contents.packedBytes += fs::file_size(shard->path, ignored);
        }
    }
    h5::Handle file; // of the shard that is being copied
    contents.openSource = [&](std::size_t n) -> Result<h5::SimulationGroup> {
        Result<h5::Handle> next = h5::openForReading(sources[n]->path);
        if (!next)
            return next.error();
        file = std::move(*next);
        return h5::SimulationGroup::open(file, "simulations", sources[n]->path);
    };
    const Status written = DatasetWriter::write(m_target, contents, m_replace, progress);
    {
        const auto held = h5::lock();
        file.close();
    }
    if (written)
        removeFolder(m_target);
    return written;
}

SplitState splitState(const DatasetPlan &plan, Split split,
                      const std::map<std::uint64_t, const ShardSummary *> &shardsByFirst)
{
    SplitState state;
    const int wanted = plan.wantedIn(split);
    state.complete = wanted == 0;
    for (const auto &[first, shard] : shardsByFirst) {
        if (state.complete || state.hopeless || first != state.contiguous)
            break;
        for (std::size_t i = 0; i < shard->accepted.size() && !state.complete; ++i) {
            ++state.acceptance.tried;
            if (shard->accepted[i]) {
                ++state.acceptance.accepted;
                state.complete = ++state.accepted == wanted;
            } else if (const std::optional<StatisticRange> broken =
                           firstViolation(shard->candidates[i], plan.filter)) {
                ++state.acceptance.rejectedBy[static_cast<std::size_t>(broken->statistic)];
            }
        }
        state.contiguous += shard->accepted.size();
        state.hopeless =
            !state.complete && isHopeless(state.acceptance.tried, state.acceptance.accepted);
    }
    return state;
}

} // namespace dt
