// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/Heads.h"
#include "engine/twin/Scaling.h"
#include "engine/twin/evaluation/Calibration.h"
#include "engine/twin/evaluation/Metrics.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dt {

/// Everything that is known about a twin's predictions of one split. A plain value: made by an
/// Evaluator, kept in the twin's file, shown by pages. Figures that are undefined are empty.
/// Source: training specification, sections 15-19 and 25.

/// Truth against prediction at a few thousand random places, for plots. mV or spikes/ms.
struct ScatterSample
{
    std::vector<float> truth;
    std::vector<float> predicted;
    bool operator==(const ScatterSample &) const = default;
};

struct RegressionEvaluation
{
    std::optional<RegressionScores> scores;
    ScatterSample scatter;
    bool operator==(const RegressionEvaluation &) const = default;
};

/// One simulation with at least one spike, all of whose numbers exist.
struct SimulationScores
{
    std::uint64_t simulation = 0; ///< its simulation_index in the data set
    int spikes = 0;
    double spikesAuc = 0.0;
    double nearSpikeAuc = 0.0;
    double somaEvPercent = 0.0;
    double dendEvPercent = 0.0; ///< all segments together
    double rateEvPercent = 0.0;
    bool operator==(const SimulationScores &) const = default;
};

/// Where the windows lie and what is drawn at random.
struct EvaluationPlan
{
    std::string split = "test";
    std::size_t simulations = 0;
    int segments = 0;
    int windowMs = 0;
    int startMs = 16; ///< first ms of every window
    int ignoredMs = 0; ///< at the start of each window, e.g. the receptive field less 1
    int calibrationBins = 8;
    std::size_t scatterPoints = 20000;
    std::uint64_t seed = 1; ///< seed of the scatter samples
    bool operator==(const EvaluationPlan &) const = default;

    static constexpr int LongestWindowMs = 8128;
    /// Length of the part of a window that counts.
    [[nodiscard]] int countedMs() const { return windowMs - ignoredMs; }
};

struct Evaluation
{
    EvaluationPlan plan;
    std::optional<BinaryScores> spikes;
    std::optional<BinaryScores> nearSpike;
    RegressionEvaluation soma; ///< mV
    RegressionEvaluation rate; ///< spikes/ms
    RegressionEvaluation dend; ///< mV, all segments together
    std::vector<std::optional<RegressionScores>> dendSegments; ///< mV, each on its own
    Calibration calibration;
    std::vector<ReliabilityBin> reliability;
    ProbabilityHistogram histogram;
    std::vector<SimulationScores> perSimulation;
    std::int64_t parameters = 0; ///< of the twin
    /// Time that predicting one whole simulation takes, one at a time.
    std::optional<double> millisecondsPerSimulation;
    bool operator==(const Evaluation &) const = default;
};

/// The default plan: one window a simulation from ms 16, as long as possible up to 8128 ms. Refused
/// when simulations are too short for a window.
Result<EvaluationPlan> evaluationPlan(std::string split, std::size_t simulations, int segments,
                                      int durationMs);

/// One window of one simulation, as stored and as predicted in physical units; each span holds
/// windowMs values, those of the dendrites segments x windowMs. The truth is not clamped yet.
struct WindowOfTruth
{
    std::uint64_t simulation = 0;
    std::span<const std::uint8_t> spikes;
    std::span<const std::uint8_t> nearSpikes;
    std::span<const float> somaMv;
    std::span<const float> rate;
    std::span<const float> dendMv;
};
struct WindowOfPrediction
{
    std::span<const float> spikeProbability;
    std::span<const float> nearSpikeProbability;
    std::span<const float> somaMv;
    std::span<const float> rate;
    std::span<const float> dendMv;
};

/// Takes windows one after another, plan.simulations of them, and keeps only what the result needs:
/// about 10 bytes a millisecond. Owned and used by one thread.
class Evaluator
{
public:
    Evaluator(EvaluationPlan plan, const Scaling &scaling);

    /// Refuses spans of a wrong size and more windows than planned.
    Status add(const WindowOfTruth &truth, const WindowOfPrediction &prediction);
    /// Refused before all windows were added. The caller fills in the twin's size and speed.
    [[nodiscard]] Result<Evaluation> finish() const;

private:
    /// Regression of one head that grows simulation by simulation.
    struct Collected
    {
        RegressionSums sums;
        std::vector<std::size_t> places; ///< places of the sample's values, rising
        ScatterSample sample;
        std::size_t seen = 0;
        void add(std::span<const float> truth, std::span<const float> predicted);
    };
    void addSimulation(const WindowOfTruth &truth, const WindowOfPrediction &prediction);

    EvaluationPlan m_plan;
    Scaling m_scaling;
    std::size_t m_added = 0;
    std::vector<float> m_spikeProbability;
    std::vector<float> m_nearProbability;
    std::vector<std::uint8_t> m_spikes;
    std::vector<std::uint8_t> m_near;
    Collected m_soma;
    Collected m_rate;
    Collected m_dend;
    std::vector<RegressionSums> m_dendSegments;
    std::vector<SimulationScores> m_perSimulation;
};

} // namespace dt
