// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/evaluation/Evaluation.h"

#include "engine/base/Words.h"
#include "engine/twin/training/TrainingSettings.h"

#include <algorithm>
#include <utility>

namespace dt {

Result<EvaluationPlan> evaluationPlan(std::string split, std::size_t simulations, int segments,
                                      int durationMs)
{
    EvaluationPlan plan;
    const int longest = longestWindowMs(durationMs, plan.startMs);
    if (longest < 1)
        return Error{ErrorCode::InvalidValue,
                     "Simulations of " + std::to_string(durationMs)
                         + " ms are too short to evaluate a twin: they must last at least "
                         + std::to_string(2 * plan.startMs + 2) + " ms.",
                     split};
    if (simulations == 0)
        return Error{ErrorCode::InvalidValue,
                     "The split '" + split
                         + "' holds no simulations, so a twin cannot be evaluated on it.",
                     split};
    plan.split = std::move(split);
    plan.simulations = simulations;
    plan.segments = segments;
    plan.windowMs = std::min(EvaluationPlan::LongestWindowMs, longest);
    return plan;
}

void Evaluator::Collected::add(std::span<const float> truth, std::span<const float> predicted)
{
    sums.add(truth, predicted);
    for (std::size_t next = sample.truth.size();
         next < places.size() && places[next] < seen + truth.size(); ++next) {
        sample.truth.push_back(truth[places[next] - seen]);
        sample.predicted.push_back(predicted[places[next] - seen]);
    }
    seen += truth.size();
}

Evaluator::Evaluator(EvaluationPlan plan, const Scaling &scaling) :
    m_plan(std::move(plan)), m_scaling(scaling),
    m_dendSegments(static_cast<std::size_t>(std::max(m_plan.segments, 0)))
{
    const std::size_t points =
        m_plan.simulations * static_cast<std::size_t>(std::max(m_plan.countedMs(), 0));
    for (auto *values : {&m_spikeProbability, &m_nearProbability})
        values->reserve(points);
    for (auto *labels : {&m_spikes, &m_near})
        labels->reserve(points);
    m_soma.places = samplePlaces(m_plan.seed, points, m_plan.scatterPoints);
    m_rate.places = m_soma.places;
    m_dend.places = samplePlaces(m_plan.seed, points * m_dendSegments.size(), m_plan.scatterPoints);
}

Status Evaluator::add(const WindowOfTruth &truth, const WindowOfPrediction &prediction)
{
    const auto wrong = [](const std::string &what) {
        return Error{ErrorCode::InvalidValue, "An evaluation went wrong: " + what + ".", ""};
    };
    const auto window = static_cast<std::size_t>(std::max(m_plan.windowMs, 0));
    if (m_plan.ignoredMs < 0 || m_plan.countedMs() < 1)
        return wrong("it ignores " + std::to_string(m_plan.ignoredMs) + " of "
                     + std::to_string(m_plan.windowMs) + " ms");
    if (m_added >= m_plan.simulations)
        return wrong("it got more simulations than the planned "
                     + std::to_string(m_plan.simulations));
    const std::size_t sizes[] = {truth.spikes.size(),
                                 truth.nearSpikes.size(),
                                 truth.somaMv.size(),
                                 truth.rate.size(),
                                 prediction.spikeProbability.size(),
                                 prediction.nearSpikeProbability.size(),
                                 prediction.somaMv.size(),
                                 prediction.rate.size()};
    const std::size_t dend = window * m_dendSegments.size();
    if (std::any_of(std::begin(sizes), std::end(sizes), [&](std::size_t n) { return n != window; })
        || truth.dendMv.size() != dend || prediction.dendMv.size() != dend)
        return wrong("a simulation has an unexpected shape");
    addSimulation(truth, prediction);
    ++m_added;
    return Done{};
}

void Evaluator::addSimulation(const WindowOfTruth &truth, const WindowOfPrediction &prediction)
{
    const auto window = static_cast<std::size_t>(m_plan.windowMs);
    const auto skip = static_cast<std::size_t>(m_plan.ignoredMs);
    const auto counted = [&](auto span) { return span.subspan(skip); };
    const auto spikes = counted(truth.spikes);
    const auto near = counted(truth.nearSpikes);
    const auto spikeProbability = counted(prediction.spikeProbability);
    const auto nearProbability = counted(prediction.nearSpikeProbability);
    m_spikes.insert(m_spikes.end(), spikes.begin(), spikes.end());
    m_near.insert(m_near.end(), near.begin(), near.end());
    m_spikeProbability.insert(m_spikeProbability.end(), spikeProbability.begin(),
                              spikeProbability.end());
    m_nearProbability.insert(m_nearProbability.end(), nearProbability.begin(),
                             nearProbability.end());

    std::vector<float> clipped;
    for (const float v : counted(truth.somaMv))
        clipped.push_back(m_scaling.clippedSoma(v));
    const RegressionSums soma = regressionSums(clipped, counted(prediction.somaMv));
    const RegressionSums rate = regressionSums(counted(truth.rate), counted(prediction.rate));
    m_soma.add(clipped, counted(prediction.somaMv));
    m_rate.add(counted(truth.rate), counted(prediction.rate));
    RegressionSums dend;
    for (std::size_t k = 0; k < m_dendSegments.size(); ++k) {
        clipped.clear();
        for (const float v : counted(truth.dendMv.subspan(k * window, window)))
            clipped.push_back(m_scaling.clippedDend(v));
        const auto predicted = counted(prediction.dendMv.subspan(k * window, window));
        const RegressionSums segment = regressionSums(clipped, predicted);
        dend.merge(segment);
        m_dendSegments[k].merge(segment);
        m_dend.add(clipped, predicted);
    }

    SimulationScores scores;
    scores.simulation = truth.simulation;
    scores.spikes = static_cast<int>(
        std::count_if(spikes.begin(), spikes.end(), [](auto s) { return s != 0; }));
    if (scores.spikes == 0)
        return;
    const auto spikesAuc = rocAuc(spikeProbability, spikes);
    const auto nearAuc = rocAuc(nearProbability, near);
    const auto somaScores = soma.scores();
    const auto dendScores = dend.scores();
    const auto rateScores = rate.scores();
    if (!spikesAuc || !nearAuc || !somaScores || !dendScores || !rateScores)
        return;
    scores.spikesAuc = *spikesAuc;
    scores.nearSpikeAuc = *nearAuc;
    scores.somaEvPercent = somaScores->explainedVariancePercent;
    scores.dendEvPercent = dendScores->explainedVariancePercent;
    scores.rateEvPercent = rateScores->explainedVariancePercent;
    m_perSimulation.push_back(scores);
}

Result<Evaluation> Evaluator::finish() const
{
    if (m_added != m_plan.simulations)
        return Error{ErrorCode::InvalidValue,
                     "An evaluation ended after " + std::to_string(m_added) + " of "
                         + counted(m_plan.simulations, "simulation") + ".",
                     m_plan.split};
    Evaluation e;
    e.plan = m_plan;
    e.spikes = binaryScores(m_spikeProbability, m_spikes);
    e.nearSpike = binaryScores(m_nearProbability, m_near);
    e.soma = {m_soma.sums.scores(), m_soma.sample};
    e.rate = {m_rate.sums.scores(), m_rate.sample};
    e.dend = {m_dend.sums.scores(), m_dend.sample};
    for (const RegressionSums &segment : m_dendSegments)
        e.dendSegments.push_back(segment.scores());
    e.calibration =
        calibrate(m_spikeProbability, m_spikes, m_plan.countedMs(), m_plan.calibrationBins);
    e.reliability = reliability(m_spikeProbability, m_spikes);
    e.histogram = probabilityHistogram(m_spikeProbability, m_spikes);
    e.perSimulation = m_perSimulation;
    return e;
}

} // namespace dt
