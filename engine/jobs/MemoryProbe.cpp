// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/MemoryProbe.h"

#include "engine/base/Words.h"
#include "engine/jobs/Caught.h"
#include "engine/jobs/MlLoader.h"
#include "engine/jobs/TwinDataset.h"
#include "engine/jobs/TwinWindows.h"
#include "engine/twin/evaluation/Evaluation.h"

#include <algorithm>
#include <numeric>
#include <thread>

namespace dt {

namespace {

// Windows at a time: the state that each carries stays small, and Cancel is heard within a second.
constexpr std::size_t MostTogether = 256;
constexpr std::size_t MostTogetherMs = 4096;

/// How many multiply-adds a probe may take.
constexpr double Budget = 1.5e11;
constexpr double LeastPlaces = 800.0;
constexpr double MostPlaces = 4000.0;
constexpr double SpikeShare = 0.4;

constexpr double LoadingShare = 0.1;

/// From so many parameters on a second core pays, even when it is shared.
constexpr std::int64_t ManyParameters = 400000;

struct Moment
{
    std::size_t simulation = 0;
    int ms = 0;
};

struct Places
{
    std::vector<Moment> at;
    std::vector<std::uint8_t> spike;
    std::vector<double> weight; ///< how many ms each stands for
    std::vector<float> somaMv; ///< of the neuron, clipped as for training
    std::size_t spikes = 0;
};

/// Draws ms with a spike and ms without in [from, to).
Places drawn(const DatasetStore &data, Split split, int from, int to, const MemoryProbe &probe,
             const Scaling &scaling)
{
    const auto length = static_cast<std::size_t>(to - from);
    const std::size_t count = data.count(split);
    std::vector<float> spikes(count * length);
    for (std::size_t i = 0; i < count; ++i) {
        WindowBuffers buffers;
        buffers.spikes = spikes.data() + i * length;
        data.window(split, i, from, static_cast<int>(length), buffers);
    }
    const auto all = static_cast<std::size_t>(
        std::count_if(spikes.begin(), spikes.end(), [](float s) { return s > 0.0f; }));
    const std::vector<std::size_t> chosen[2] = {
        samplePlaces(probe.seed, spikes.size() - all, probe.mostOthers),
        samplePlaces(probe.seed + 1, all, probe.mostSpikes)};
    const std::size_t inAll[2] = {spikes.size() - all, all};
    std::size_t seen[2] = {0, 0};
    std::size_t next[2] = {0, 0};
    Places places;
    for (std::size_t i = 0; i < spikes.size(); ++i) {
        const std::size_t kind = spikes[i] > 0.0f ? 1 : 0;
        const bool taken =
            next[kind] < chosen[kind].size() && chosen[kind][next[kind]] == seen[kind];
        ++seen[kind];
        if (!taken)
            continue;
        ++next[kind];
        places.at.push_back({i / length, from + static_cast<int>(i % length)});
        places.spike.push_back(static_cast<std::uint8_t>(kind));
        places.weight.push_back(static_cast<double>(inAll[kind])
                                / static_cast<double>(chosen[kind].size()));
        float soma = 0.0f;
        WindowBuffers buffers;
        buffers.somaV = &soma;
        data.window(split, places.at.back().simulation, places.at.back().ms, 1, buffers);
        places.somaMv.push_back(scaling.clippedSoma(soma));
    }
    places.spikes = chosen[1].size();
    return places;
}

} // namespace

MemoryProbe memoryProbeFor(const TwinSpec &spec)
{
    MemoryProbe probe;
    probe.memoryMs = memoryLengths(spec);
    const double msAPlace = std::accumulate(probe.memoryMs.begin(), probe.memoryMs.end(), 0.0);
    const double places =
        std::clamp(Budget / (msAPlace * static_cast<double>(parameterCount(spec).total)),
                   LeastPlaces, MostPlaces);
    probe.mostSpikes = static_cast<std::size_t>(SpikeShare * places);
    probe.mostOthers = static_cast<std::size_t>(places) - probe.mostSpikes;
    return probe;
}

Result<MemoryCurve> probeMemory(TwinPredictor &twin, const DatasetStore &data, Split split,
                                const MemoryProbe &probe, const ProgressFunction &progress)
{
    const TwinSpec &spec = twin.spec();
    if (spec.segments != data.segments() || probe.memoryMs.empty())
        return Error{ErrorCode::InvalidValue,
                     "The twin is made for " + counted(spec.segments, "segment")
                         + ", but the data set has " + std::to_string(data.segments())
                         + ". Choose data of the neuron that it was trained on.",
                     "segments"};
    const Result<EvaluationPlan> plan = evaluationPlan(
        std::string(splitName(split)), data.count(split), data.segments(), data.durationMs());
    if (!plan)
        return plan.error();
    // These are the ms that an evaluation without the start counts, if there is enough before them.
    const int longest = std::max(receptiveFieldMs(spec), probe.memoryMs.back());
    const int from = plan->startMs + longest - 1;
    const int to = plan->startMs + plan->windowMs;
    if (from >= to)
        return Error{ErrorCode::InvalidValue,
                     "The simulations are too short for this: they last "
                         + std::to_string(data.durationMs()) + " ms, and the twin looks at "
                         + std::to_string(longest)
                         + " ms of input. Choose a data set of longer simulations.",
                     "duration"};
    const Places places = drawn(data, split, from, to, probe, spec.scaling);
    const std::size_t count = places.at.size();
    const double inAll = static_cast<double>(count)
        * std::accumulate(probe.memoryMs.begin(), probe.memoryMs.end(), 0.0);
    double done = 0.0;
    MemoryCurve curve;
    curve.receptiveFieldMs = receptiveFieldMs(spec);
    curve.spikes = places.spikes;
    curve.others = count - places.spikes;
    TwinInputs inputs;
    for (const int ms : probe.memoryMs) {
        const auto length = static_cast<std::size_t>(ms);
        const std::size_t together =
            std::clamp<std::size_t>(MostTogetherMs / length, 1, MostTogether);
        std::vector<float> probability;
        std::vector<float> soma;
        for (std::size_t first = 0; first < count; first += together) {
            if (!progress(done / inAll))
                return Error{ErrorCode::Cancelled, "The measurement was cancelled.", ""};
            std::vector<WindowPlace> windows;
            for (std::size_t i = first; i < std::min(first + together, count); ++i)
                windows.push_back({places.at[i].simulation, places.at[i].ms - ms + 1});
            fillInputs(data, split, windows, ms, spec.scaling, inputs);
            const Result<TwinPrediction> said = twin.predictAfterSilence(inputs);
            if (!said)
                return said.error();
            for (std::size_t i = 1; i <= windows.size(); ++i) {
                probability.push_back(said->spikeProbability[i * length - 1]);
                soma.push_back(said->somaMv[i * length - 1]);
            }
            done += static_cast<double>(windows.size() * length);
        }
        MemoryPoint point;
        point.memoryMs = ms;
        point.spikesAuc = rocAuc(probability, places.spike);
        if (point.spikesAuc)
            point.aucError = aucStandardError(*point.spikesAuc, curve.spikes, curve.others);
        point.somaEvPercent = weightedEvPercent(places.somaMv, soma, places.weight);
        curve.points.push_back(point);
    }
    return curve;
}

namespace {

Result<MemoryCurve> probeFiles(const StoredTwin &twin, const std::string &dataset,
                               const ProgressFunction &progress)
{
    const Result<DatasetFile> file = DatasetFile::open(dataset);
    if (!file)
        return file.error();
    if (const Status fits = fitsTwin(twin, file->info()); !fits)
        return fits.error();
    const Split split = splitToLookAt(file->info());
    const Result<MlModule *> ml = loadMlModule();
    if (!ml)
        return ml.error();
    const Result<DatasetStore> data = DatasetStore::load(
        *file, {split}, [&](double share) { return progress(LoadingShare * share); });
    if (!data)
        return data.error();
    // All cores are set explicitly, too: the thread may still have the single core of a small twin
    // before.
    const int threads = parameterCount(twin.spec).total < ManyParameters
        ? 1
        : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    const Result<std::unique_ptr<TwinPredictor>> predictor =
        (*ml)->predictor(twin.spec, twin.contents.weights, {bestDevice(), threads, true});
    if (!predictor)
        return predictor.error();
    return probeMemory(**predictor, *data, split, memoryProbeFor(twin.spec), [&](double share) {
        return progress(LoadingShare + (1.0 - LoadingShare) * share);
    });
}

} // namespace

Result<MemoryCurve> probeMemory(const StoredTwin &twin, const std::string &dataset,
                                const ProgressFunction &progress)
{
    return caught([&] { return probeFiles(twin, dataset, progress); });
}

} // namespace dt
