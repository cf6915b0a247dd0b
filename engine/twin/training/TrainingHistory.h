// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/training/TrainingSettings.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dt {

/// Everything a training has recorded about itself, in columns of full length: nothing is
/// thinned out. The training adds to it, the twin's file keeps it, and plots draw it. A plain
/// value. Source: training specification, sections 11 and 12. Iterations and epochs count from 0
/// over the whole training, across interruptions.

/// One row of the history: losses and the weights that were in force.
struct LossRecord
{
    LossValues losses;
    HeadValues weights{};
};

/// Five losses, their weighted total and the five weights as columns of equal length.
struct LossColumns
{
    std::array<std::vector<double>, HeadCount> heads;
    std::vector<double> total;
    std::array<std::vector<double>, HeadCount> weights;

    bool operator==(const LossColumns &) const = default;
    [[nodiscard]] std::size_t size() const { return total.size(); }
    void add(const LossRecord &record);
    [[nodiscard]] LossRecord row(std::size_t i) const;
    void resize(std::size_t rows);
    /// Whether all columns have this length.
    [[nodiscard]] bool hasRows(std::size_t rows) const;
};

/// The model that is kept.
struct BestModel
{
    std::int64_t iteration = 0; ///< iteration of the validation that chose it
    LossValues validation; ///< losses of that validation, without any slack
    LossValues training; ///< mean of the last FinalMeanIterations iterations up to then
    bool operator==(const BestModel &) const = default;
};

struct TrainingHistory
{
    int iterationsPerEpoch = 0;
    std::vector<double> learningRate; ///< per epoch begun
    std::vector<double> epochSeconds; ///< per epoch ended, in all sittings together
    LossColumns training; ///< per iteration, row i is iteration i
    std::vector<double> gradNorm; ///< per iteration, before clipping
    std::vector<std::int64_t> validationIteration; ///< per validation
    LossColumns validation; ///< per validation
    std::optional<BestModel> best;
    double seconds = 0.0; ///< time spent training, in all sittings together

    bool operator==(const TrainingHistory &) const = default;

    /// How many iterations the report averages.
    static constexpr int FinalMeanIterations = 50;

    [[nodiscard]] std::size_t iterations() const { return training.size(); }
    [[nodiscard]] std::size_t validations() const { return validation.size(); }

    void addIteration(const LossRecord &record, double norm);
    /// Adds a validation after the latest iteration. True when the model becomes the best one, so
    /// that its weights are to be kept.
    bool addValidation(const LossRecord &record, const TrainingSettings &settings);

    /// Mean of the training losses of up to FinalMeanIterations iterations, the last of them
    /// `iteration`; fewer in short trainings. Nothing before the first iteration.
    [[nodiscard]] std::optional<LossValues> recentMean(std::int64_t iteration) const;

    /// Lowest validation loss of a head and its iteration.
    struct Lowest
    {
        double loss = 0.0;
        std::int64_t iteration = 0;
    };
    [[nodiscard]] std::optional<Lowest> lowestValidation(Head head) const;
    /// Lowest score (TrainingSettings::modelScore) of the validations and its iteration.
    [[nodiscard]] std::optional<Lowest> lowestScore(const TrainingSettings &settings) const;
};

/// Checks a history read from a file: columns fit together and iterations grow.
Status validateHistory(const TrainingHistory &history);

/// The figures at the end of a training; empty where the training was too short to have them.
struct TrainingReport
{
    double seconds = 0.0;
    std::int64_t iterations = 0;
    int validations = 0;
    std::optional<LossValues> finalTraining; ///< mean of the last iterations
    std::optional<LossValues> finalValidation; ///< losses of the last validation
    std::optional<BestModel> best;
    std::array<std::optional<TrainingHistory::Lowest>, HeadCount> lowest; ///< by head
    std::optional<double> meanGradNorm; ///< of the last iterations
    std::optional<double> maxGradNorm; ///< of all iterations
    double gradNormLimit = 0.0;
    /// Mean share of a head in the weighted total, in warm-up and in the last epoch.
    std::optional<HeadValues> warmUpShare;
    std::optional<HeadValues> lastEpochShare;
};

TrainingReport trainingReport(const TrainingHistory &history, const TrainingSettings &settings);

/// The report as lines of text, losses with five decimals.
std::vector<std::string> reportLines(const TrainingReport &report);

} // namespace dt
