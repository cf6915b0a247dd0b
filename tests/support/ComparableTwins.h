// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Presets.h"
#include "engine/jobs/StoredTwin.h"
#include "engine/twin/evaluation/TwinComparison.h"

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace dt::test {

/// A short run's history: losses fall, some heads faster.
inline TrainingHistory comparableHistory(int iterations, double from, const TrainingSettings &s)
{
    TrainingHistory h;
    h.iterationsPerEpoch = 10;
    for (int i = 0; i < iterations; ++i) {
        if (i % 10 == 0)
            h.learningRate.push_back(s.learningRate);
        LossRecord record;
        record.weights = s.lossWeights(i / 10);
        for (std::size_t head = 0; head < HeadCount; ++head) {
            const auto speed = static_cast<double>(head + 1);
            record.losses.heads[head] = from / (1.0 + 0.1 * speed * i);
            record.losses.total += record.weights[head] * record.losses.heads[head];
        }
        h.addIteration(record, 30.0 / (1.0 + 0.2 * i));
        if (i % 10 == 9) {
            h.addValidation(record, s);
            h.epochSeconds.push_back(1.5);
        }
    }
    h.seconds = 1.5 * iterations / 10.0;
    return h;
}

/// Three simulations of 400 ms, with figures about as good as asked for.
inline Evaluation comparableEvaluation(double auc, double evPercent, int segments)
{
    constexpr std::size_t Ms = 400;
    EvaluationPlan plan;
    plan.simulations = 3;
    plan.segments = segments;
    plan.windowMs = static_cast<int>(Ms);
    Evaluator evaluator(plan, Scaling{});
    for (std::uint64_t i = 0; i < 3; ++i) {
        std::vector<std::uint8_t> spike(Ms);
        std::vector<float> probability(Ms);
        std::vector<float> mv(Ms);
        std::vector<float> said(Ms);
        std::vector<float> rate(Ms);
        for (std::size_t t = 0; t < Ms; ++t) {
            const auto time = static_cast<double>(t + 37 * i);
            spike[t] = (t + 5 * i) % 47 == 20 ? 1 : 0;
            probability[t] = static_cast<float>(spike[t] ? 0.7 + 0.2 * std::sin(time)
                                                         : 0.2 + 0.2 * std::sin(1.3 * time));
            mv[t] = static_cast<float>(-75.0 + 6.0 * std::sin(0.05 * time));
            said[t] = mv[t] + static_cast<float>(1.5 * std::sin(0.7 * time));
            rate[t] = static_cast<float>(0.02 + 0.015 * std::sin(0.03 * time));
        }
        std::vector<float> dend;
        std::vector<float> dendSaid;
        for (int s = 0; s < segments; ++s) {
            dend.insert(dend.end(), mv.begin(), mv.end());
            dendSaid.insert(dendSaid.end(), said.begin(), said.end());
        }
        (void)evaluator.add({i, spike, spike, mv, rate, dend},
                            {probability, probability, said, rate, dendSaid});
    }
    Evaluation e = evaluator.finish().value();
    e.spikes->auc = auc;
    e.nearSpike->auc = 1.0 - 0.5 * (1.0 - auc);
    e.soma.scores->explainedVariancePercent = evPercent;
    return e;
}

/// A twin as training would have left it, but for weights that nobody asks for here.
inline StoredTwin comparableTwin(const char *preset, const char *neuron, double auc,
                                 double evPercent, std::uint64_t seed = 1)
{
    StoredTwin twin;
    twin.contents.neuron = presetNeuron(neuron).value();
    const int segments = twin.contents.neuron->segmentCount();
    twin.spec = presetTwin(preset, segments).value();
    TrainingSettings settings;
    settings.epochs = 8;
    settings.seed = seed;
    settings.trainBatch = 8;
    twin.settings = settings;
    twin.evaluation = comparableEvaluation(auc, evPercent, segments);
    twin.evaluation->parameters = parameterCount(twin.spec).total;
    twin.evaluation->millisecondsPerSimulation =
        4.0 + static_cast<double>(twin.evaluation->parameters) / 10000.0;
    DatasetIdentity dataset;
    dataset.path = std::string("/somewhere/") + neuron + ".h5";
    dataset.simulations = {300, 30, 30};
    dataset.segments = segments;
    dataset.durationMs = 8192;
    dataset.seed = 5;
    dataset.fingerprint = "0123456789abcdef";
    twin.contents.dataset = dataset;
    twin.contents.history = comparableHistory(80, 1.0 + static_cast<double>(seed), settings);
    twin.contents.weights = {{"weight", {2}, std::vector<float>{0.5F, -0.5F}}};
    twin.contents.complete = true;
    return twin;
}

/// The twin as comparisons get it.
inline std::shared_ptr<ComparedTwin> compared(const StoredTwin &stored, const std::string &path)
{
    auto twin = std::make_shared<ComparedTwin>();
    twin->path = path;
    twin->spec = stored.spec;
    twin->settings = stored.settings;
    twin->evaluation = stored.evaluation;
    if (twin->evaluation)
        twin->predictsInMs = twin->evaluation->millisecondsPerSimulation;
    twin->history = stored.contents.history;
    twin->neuron = stored.contents.neuron;
    twin->dataset = stored.contents.dataset;
    twin->author = stored.contents.author;
    return twin;
}

} // namespace dt::test
