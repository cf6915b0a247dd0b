// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/DatasetBuilder.h"

#include "engine/files/TargetFile.h"
#include "engine/jobs/InBackground.h"
#include "engine/recording/Recording.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace dt {

namespace fs = std::filesystem;

/// Blocks that are simulated side by side, and their inputs once they are drawn.
struct DatasetBuilder::Batch
{
    std::vector<CandidateBlock> blocks;
    [[nodiscard]] int candidates() const
    {
        int sum = 0;
        for (const CandidateBlock &block : blocks)
            sum += block.size;
        return sum;
    }
};

struct DatasetBuilder::Scanned
{
    bool finished = false; ///< the target is there already
    std::vector<ShardSummary> shards;
};

struct DatasetBuilder::Processed
{
    std::vector<ShardSummary> shards;
    std::shared_ptr<const DatasetSample> sample;
    std::uint64_t bytes = 0;
};

namespace {

std::vector<SpikeInput> drawInputs(const DatasetPlan &plan,
                                   const std::vector<CandidateBlock> &blocks)
{
    std::vector<SpikeInput> inputs;
    for (const CandidateBlock &block : blocks) {
        for (int i = 0; i < block.size; ++i)
            inputs.push_back(
                planInput(plan, block.split, block.first + static_cast<std::uint64_t>(i)));
    }
    return inputs;
}

std::uint64_t sizeOf(const std::string &path)
{
    std::error_code code;
    const auto size = fs::file_size(path, code);
    return code ? 0 : size;
}

std::string megabytes(std::uint64_t bytes)
{
    return std::to_string((bytes + 999'999) / 1'000'000) + " MB";
}

/// Says so when the disk cannot hold what the build needs; `done` bytes are there already.
Status checkSpace(const std::string &target, const DatasetPlan &plan, std::uint64_t done)
{
    std::error_code code;
    const fs::path folder = fs::absolute(target, code).parent_path();
    const fs::space_info space = fs::space(folder, code);
    if (code)
        return Done{}; // a file system that does not tell is used without
    const std::uint64_t needed = estimateBuildBytes(plan);
    const std::uint64_t missing = needed - std::min(needed, done);
    if (missing <= space.available)
        return Done{};
    return Error{ErrorCode::Io,
                 "The data set needs about " + megabytes(missing) + " in " + folder.string()
                     + " while it is built, and only " + megabytes(space.available)
                     + " are free. Free some space, ask for fewer simulations, or choose another "
                       "place.",
                 target};
}

} // namespace

DatasetBuilder::DatasetBuilder(SimulationEngine &engine, int workers, BuildFolder folder,
                               QObject *parent) :
    QObject(parent),
    m_engine(engine), m_workers(std::max(1, workers)), m_target(folder.target()),
    m_folder(std::make_shared<BuildFolder>(std::move(folder))), m_ledger(m_folder->plan()),
    m_stop(std::make_shared<std::atomic<bool>>(false)),
    m_assembled(std::make_shared<std::atomic<double>>(0.0))
{
}

DatasetBuilder::~DatasetBuilder()
{
    *m_stop = true;
    for (SimulationJob *job : m_jobs)
        job->disconnect(this); // jobs are children and cancel when they are deleted
}

void DatasetBuilder::setState(State state)
{
    if (m_state == state)
        return;
    if (m_state == State::Running)
        m_secondsBefore += static_cast<double>(m_clock.nsecsElapsed()) * 1e-9;
    if (state == State::Running)
        m_clock.start();
    m_state = state;
    Q_EMIT stateChanged();
    if (isOver())
        Q_EMIT ended();
}

void DatasetBuilder::start()
{
    if (m_state != State::Idle)
        return;
    setState(State::Preparing);
    if (plan().engine != m_engine.name()) {
        fail({ErrorCode::Engine,
              "This build was begun with the engine '" + plan().engine
                  + "', which this program does not have.",
              m_target});
        return;
    }
    ++m_background;
    inBackground(
        this,
        [folder = m_folder]() -> Result<Scanned> {
            if (folder->finishedBefore())
                return Scanned{true, {}};
            Scanned found{false, folder->scan()};
            std::uint64_t bytes = 0;
            for (const ShardSummary &shard : found.shards)
                bytes += sizeOf(shard.path);
            if (const Status space = checkSpace(folder->target(), folder->plan(), bytes); !space)
                return space.error();
            return found;
        },
        [this](const Result<Scanned> &found) { onScanned(found); });
}

void DatasetBuilder::onScanned(const Result<Scanned> &found)
{
    if (backIsLate())
        return;
    if (!found) {
        fail(found.error());
        return;
    }
    if (found->finished) {
        m_resumable = false;
        end(State::Finished);
        return;
    }
    m_scanned = true;
    for (const ShardSummary &shard : found->shards) {
        m_bytes += sizeOf(shard.path);
        record(shard);
    }
    if (m_state == State::Preparing)
        setState(State::Running);
    Q_EMIT progressed();
    dispatch();
}

void DatasetBuilder::record(const ShardSummary &shard)
{
    for (std::size_t i = 0; i < shard.accepted.size(); ++i) {
        if (shard.accepted[i]) {
            m_acceptedStatistics.push_back(shard.candidates[i]);
            continue;
        }
        m_rejectedStatistics.push_back(shard.candidates[i]);
        if (const auto broken = firstViolation(shard.candidates[i], plan().filter))
            ++m_rejectedBy[static_cast<std::size_t>(broken->statistic)];
    }
    m_ledger.add(shard);
}

void DatasetBuilder::pause()
{
    if (!m_ending && (m_state == State::Running || m_state == State::Preparing))
        setState(State::Paused);
}

void DatasetBuilder::resume()
{
    if (m_ending || m_state != State::Paused)
        return;
    setState(m_scanned ? State::Running : State::Preparing);
    dispatch();
}

void DatasetBuilder::cancel()
{
    if (isOver() || m_state == State::Idle)
        return;
    if (m_state == State::Assembling)
        *m_stop = true; // ends when the copying notices, unless that is done
    else
        end(State::Cancelled);
}

void DatasetBuilder::dispatch()
{
    if (m_state != State::Running || m_ending)
        return;
    if (m_ledger.complete()) {
        // Batches that are still under way were not needed after all; but shards that are being
        // written must be there before their folder goes.
        stopJobs();
        if (m_storing == 0)
            assemble();
        return;
    }
    if (const std::optional<Error> hopeless = m_ledger.hopeless()) {
        stopJobs();
        if (m_storing == 0) {
            m_resumable = false;
            m_folder->discard(); // it would end here again and again
            fail(*hopeless);
        }
        return;
    }
    // One batch more than there are workers, so that none waits while results are stored.
    while (m_batches <= m_workers) {
        const double share = std::ceil(m_ledger.untaken() / m_workers);
        const int room = static_cast<int>(std::clamp(share, 1.0, double{StandardBatch}));
        auto batch = std::make_shared<Batch>();
        batch->blocks = m_ledger.take(room);
        if (batch->blocks.empty())
            break;
        ++m_batches;
        ++m_background;
        inBackground(
            this,
            [folder = m_folder, blocks = batch->blocks] {
                return drawInputs(folder->plan(), blocks);
            },
            [this, batch](std::vector<SpikeInput> inputs) {
                if (backIsLate() || m_state == State::Assembling || m_ledger.complete()
                    || m_ledger.hopeless())
                    return;
                SimulationRequest request;
                request.neuron = plan().neuron;
                request.inputs = std::move(inputs);
                SimulationJob *job = m_engine.submit(std::move(request), this);
                m_jobs.push_back(job);
                connect(job, &SimulationJob::restarted, this, &DatasetBuilder::restarted);
                connect(job, &SimulationJob::ended, this,
                        [this, job, batch] { onJobEnded(job, batch); });
            });
    }
}

void DatasetBuilder::onJobEnded(SimulationJob *job, const std::shared_ptr<Batch> &batch)
{
    std::erase(m_jobs, job);
    job->deleteLater();
    if (m_ending || isOver())
        return;
    if (job->state() != SimulationJob::State::Finished) {
        fail(job->state() == SimulationJob::State::Failed
                 ? job->error()
                 : Error{ErrorCode::Engine, "The simulator was stopped.", m_target});
        return;
    }
    ++m_storing;
    ++m_background;
    inBackground(
        this,
        [folder = m_folder, target = m_target, blocks = batch->blocks, request = job->request(),
         traces = job->takeTraces(), stop = m_stop]() -> Result<Processed> {
            const DatasetPlan &plan = folder->plan();
            const int segments = plan.neuron.segmentCount();
            Processed processed;
            std::size_t at = 0;
            for (const CandidateBlock &block : blocks) {
                Shard shard;
                shard.plan = folder->planKey();
                shard.split = block.split;
                shard.first = block.first;
                for (int i = 0; i < block.size; ++i, ++at) {
                    if (*stop)
                        return Error{ErrorCode::Cancelled, "Cancelled.", ""};
                    const Recording recording =
                        makeRecording(plan.neuron, request.inputs[at], traces[at], plan.engine);
                    StoredSimulation simulation =
                        storedFrom(recording, block.first + static_cast<std::uint64_t>(i));
                    const StatisticValues values = statisticsOf(simulation, segments);
                    const bool accepted = !firstViolation(values, plan.filter);
                    shard.candidates.push_back(values);
                    shard.accepted.push_back(accepted ? 1 : 0);
                    if (at + 1 == request.inputs.size())
                        processed.sample = std::make_shared<DatasetSample>(
                            DatasetSample{block.split, accepted, simulation});
                    if (accepted)
                        shard.simulations.push_back(std::move(simulation));
                }
                const std::string path = folder->shardPath(block.split, block.first);
                if (const Status written = writeShard(path, shard, segments, plan.durationMs);
                    !written)
                    return namedAs(written.error(), path, target);
                processed.bytes += sizeOf(path);
                processed.shards.push_back({path, shard.plan, block.split, block.first,
                                            std::move(shard.candidates),
                                            std::move(shard.accepted)});
            }
            return processed;
        },
        [this, batch](const Result<Processed> &result) { onProcessed(batch, result); });
}

void DatasetBuilder::onProcessed(const std::shared_ptr<Batch> &batch,
                                 const Result<Processed> &result)
{
    if (backIsLate())
        return;
    if (!result) {
        fail(result.error());
        return;
    }
    --m_batches;
    --m_storing;
    m_bytes += result->bytes;
    m_simulatedNow += batch->candidates();
    m_sample = result->sample;
    for (const ShardSummary &shard : result->shards)
        record(shard);
    Q_EMIT progressed();
    dispatch();
}

void DatasetBuilder::assemble()
{
    setState(State::Assembling);
    ++m_background;
    inBackground(
        this,
        [folder = m_folder, shards = m_ledger.shards(), stop = m_stop, assembled = m_assembled] {
            return folder->assemble(shards, [&](double share) {
                *assembled = share;
                return !*stop;
            });
        },
        [this](const Status &status) {
            if (backIsLate())
                return;
            if (status) {
                m_resumable = false;
                end(State::Finished);
            } else if (status.error().code == ErrorCode::Cancelled) {
                end(State::Cancelled);
            } else {
                fail(status.error());
            }
        });
}

void DatasetBuilder::stopJobs()
{
    for (SimulationJob *job : std::exchange(m_jobs, {})) {
        job->disconnect(this);
        job->cancel();
        job->deleteLater();
    }
}

void DatasetBuilder::fail(const Error &error)
{
    m_error = error;
    end(State::Failed);
}

void DatasetBuilder::end(State state)
{
    if (m_ending)
        return;
    m_ending = state;
    *m_stop = true;
    stopJobs();
    if (m_background == 0) {
        m_folder->release();
        setState(state);
    }
}

bool DatasetBuilder::backIsLate()
{
    --m_background;
    if (!m_ending)
        return false;
    if (m_background == 0) {
        m_folder->release();
        setState(*m_ending);
    }
    return true;
}

double DatasetBuilder::activeSeconds() const
{
    double seconds = m_secondsBefore;
    if (m_state == State::Running)
        seconds += static_cast<double>(m_clock.nsecsElapsed()) * 1e-9;
    return seconds;
}

/// Candidates' worth of work in unfinished batches.
double DatasetBuilder::underWay() const
{
    double sum = 0.0;
    for (const SimulationJob *job : m_jobs)
        sum += job->progress() * static_cast<double>(job->request().inputs.size());
    return sum;
}

double DatasetBuilder::progress() const
{
    if (m_state == State::Finished)
        return 1.0;
    double tried = 0.0;
    for (const Split split : AllSplits)
        tried += static_cast<double>(m_ledger.tried(split));
    const double remaining = m_ledger.remaining();
    const double all = tried + remaining;
    const double done = all > 0.0 ? (tried + std::min(underWay(), remaining)) / all : 0.0;
    return 0.99 * done + 0.01 * *m_assembled;
}

double DatasetBuilder::simulationsPerSecond() const
{
    const double seconds = activeSeconds();
    return seconds > 0.2 ? (m_simulatedNow + underWay()) / seconds : 0.0;
}

double DatasetBuilder::secondsLeft() const
{
    const double rate = simulationsPerSecond();
    if (rate <= 0.0)
        return -1.0;
    return std::max(0.0, m_ledger.remaining() - underWay()) / rate;
}

} // namespace dt
