// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/TwinSimulations.h"

#include "engine/base/Half.h"
#include "engine/data/DatasetStore.h"
#include "engine/jobs/MlLoader.h"
#include "engine/jobs/TwinDataset.h"
#include "engine/jobs/TwinEvaluation.h"
#include "engine/jobs/TwinPrediction.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace dt {

namespace {

SpikesAucs aucsOf(const Evaluation &evaluation)
{
    SpikesAucs aucs;
    for (const SimulationScores &s : evaluation.perSimulation)
        aucs[s.simulation] = s.spikesAuc;
    return aucs;
}

Result<std::unique_ptr<TwinPredictor>> predictorOf(const StoredTwin &twin)
{
    const Result<MlModule *> ml = loadMlModule();
    if (!ml)
        return ml.error();
    return (*ml)->predictor(twin.spec, twin.contents.weights, {});
}

} // namespace

Result<std::vector<ListedSimulation>>
listSimulations(const StoredTwin &twin, const std::string &dataset, Split split, bool own)
{
    const Result<DatasetFile> file = DatasetFile::open(dataset);
    if (!file)
        return file.error();
    const Result<SplitStatistics> statistics = file->statistics(split);
    if (!statistics)
        return statistics.error();
    // The twin's evaluation speaks of its own data set only.
    SpikesAucs aucs;
    if (own && twin.evaluation && twin.evaluation->plan.split == splitName(split))
        aucs = aucsOf(*twin.evaluation);
    std::vector<ListedSimulation> listed;
    for (std::size_t i = 0; i < statistics->index.size(); ++i) {
        ListedSimulation s;
        s.place = i;
        s.index = statistics->index[i];
        s.spikes = static_cast<int>(
            std::lround(statistics->values[i][static_cast<std::size_t>(Statistic::FiringRateHz)]
                        * file->info().durationMs / 1000.0));
        if (const auto auc = aucs.find(s.index); auc != aucs.end())
            s.spikesAuc = auc->second;
        listed.push_back(s);
    }
    return listed;
}

Result<SpikesAucs> scoreSimulations(const StoredTwin &twin, const std::string &dataset, Split split,
                                    const ProgressFunction &progress)
{
    const Result<DatasetFile> file = DatasetFile::open(dataset);
    if (!file)
        return file.error();
    const Result<DatasetStore> store = DatasetStore::load(*file, {split}, progress);
    if (!store)
        return store.error();
    const auto predictor = predictorOf(twin);
    if (!predictor)
        return predictor.error();
    const Result<Evaluation> evaluation = evaluateTwin(**predictor, *store, split, progress);
    if (!evaluation)
        return evaluation.error();
    return aucsOf(*evaluation);
}

Result<PredictedSimulation> predictSimulation(const StoredTwin &twin, const std::string &dataset,
                                              Split split, std::size_t place)
{
    const Result<DatasetFile> file = DatasetFile::open(dataset);
    if (!file)
        return file.error();
    const Result<StoredSimulation> stored = file->simulation(split, place);
    if (!stored)
        return stored.error();
    const auto predictor = predictorOf(twin);
    if (!predictor)
        return predictor.error();
    PredictedSimulation both;
    both.neuron = std::make_shared<const Recording>(recordingFrom(*stored, file->info().neuron));
    Result<TwinPrediction> said =
        predictInput(**predictor, both.neuron->input, [](double) { return true; });
    if (!said)
        return said.error();
    both.twin = std::move(*said);
    return both;
}

Result<SimulationAttention> attentionOn(const StoredTwin &twin, const std::string &dataset,
                                        std::size_t simulation, int startMs, int lengthMs)
{
    const Result<DatasetFile> file = DatasetFile::open(dataset);
    if (!file)
        return file.error();
    const Result<StoredSimulation> stored =
        file->simulation(splitToLookAt(file->info()), simulation);
    if (!stored)
        return stored.error();
    const auto predictor = predictorOf(twin);
    if (!predictor)
        return predictor.error();
    const int duration = file->info().durationMs;
    const int queries = std::min(lengthMs, duration - startMs);
    // The twin also needs the input that its first ms can depend on.
    const int from = std::max(0, startMs - receptiveFieldMs(twin.spec) + 1);
    const int length = startMs + queries - from;
    SimulationAttention found;
    found.simulation = static_cast<int>(simulation);
    found.startMs = startMs;
    TwinInputs inputs;
    inputs.resize(1, twin.spec.segments, length);
    for (int line = 0; line < twin.spec.inputLines(); ++line) {
        std::vector<float> &sum = line < twin.spec.segments ? found.excitatory : found.inhibitory;
        sum.resize(static_cast<std::size_t>(queries));
        for (int t = 0; t < length; ++t) {
            const float weight =
                floatFromHalf(stored->inputs[static_cast<std::size_t>(line * duration + from + t)]);
            inputs.values[static_cast<std::size_t>(line * length + t)] =
                twin.spec.scaling.input(weight);
            if (from + t >= startMs)
                sum[static_cast<std::size_t>(from + t - startMs)] += weight;
        }
    }
    Result<TwinAttention> attention = (*predictor)->attention(inputs, startMs - from, queries);
    if (!attention)
        return attention.error();
    found.attention = std::move(*attention);
    for (int t = startMs; t < startMs + queries; ++t) {
        if (stored->spikes[static_cast<std::size_t>(t)])
            found.spikesMs.push_back(t);
    }
    return found;
}

} // namespace dt
