// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace dt {

/// How far predictions are from the truth: pure functions and small accumulators over plain
/// numbers, in double precision, for millions of milliseconds. A figure that cannot be computed is
/// empty, never zero. Source: training specification, sections 16, 20 and 25. Thread-safe as values
/// are.

/// Receiver operating characteristic. Vertices run from (0, 0) at the threshold +infinity to (1, 1)
/// at the lowest score; a point counts as positive when its score is at least the threshold.
/// Vertices in the middle of equal steps are left out.
struct RocCurve
{
    std::vector<double> fpr;
    std::vector<double> tpr;
    std::vector<double> threshold;
    bool operator==(const RocCurve &) const = default;
    [[nodiscard]] std::size_t size() const { return fpr.size(); }
};

/// Precision over recall at all thresholds of the ROC curve except the first; recall rises.
struct PrecisionRecallCurve
{
    std::vector<double> recall;
    std::vector<double> precision;
    bool operator==(const PrecisionRecallCurve &) const = default;
};

/// How well probabilities tell two kinds of milliseconds apart; a prediction counts only at its
/// exact millisecond.
struct BinaryScores
{
    std::size_t positives = 0;
    std::size_t negatives = 0;
    double auc = 0.0;
    double averagePrecision = 0.0; ///< sum of precision x step of recall
    double requestedFpr = 0.002;
    /// The vertex nearest to the requested false positive rate, except the first; nothing is
    /// interpolated.
    double achievedFpr = 0.0;
    double tprAtFpr = 0.0;
    RocCurve roc;
    PrecisionRecallCurve precisionRecall;
    bool operator==(const BinaryScores &) const = default;
};

inline constexpr double RequestedFpr = 0.002;

/// Scores of probabilities against labels (0 is negative, anything else positive). Empty when one
/// of the two kinds is missing or a score is not a number. One sort; five million points take well
/// under a second.
std::optional<BinaryScores> binaryScores(std::span<const float> scores,
                                         std::span<const std::uint8_t> labels,
                                         double requestedFpr = RequestedFpr);

/// Area under the ROC curve alone.
std::optional<double> rocAuc(std::span<const float> scores, std::span<const std::uint8_t> labels);

/// A curve with at most so many vertices (4 or more), kept evenly along it, for files and plots.
RocCurve thinned(const RocCurve &curve, std::size_t vertices);
PrecisionRecallCurve thinned(const PrecisionRecallCurve &curve, std::size_t vertices);

/// Spikes as decided with a threshold, at exact milliseconds.
struct SpikeDecisions
{
    std::size_t truePositives = 0;
    std::size_t falsePositives = 0;
    std::size_t falseNegatives = 0;
    bool operator==(const SpikeDecisions &) const = default;
    [[nodiscard]] std::optional<double> precision() const; ///< empty: no spike predicted
    [[nodiscard]] std::optional<double> recall() const; ///< empty: there was no spike
};
/// Counts decisions; a ms is positive when its probability is above the threshold.
SpikeDecisions spikeDecisions(std::span<const float> probabilities,
                              std::span<const std::uint8_t> labels, double threshold = 0.5);

struct RegressionScores
{
    std::size_t count = 0;
    /// 100 (1 - Var(error)/Var(truth)): blind to a constant offset. When the truth never changes:
    /// 100 if the error does not either, else 0.
    double explainedVariancePercent = 0.0;
    /// 1 - SSE/SST. When the truth never changes: 1 if predicted exactly, else 0.
    double r2 = 0.0;
    double rmse = 0.0;
    double mae = 0.0;
    bool operator==(const RegressionScores &) const = default;
};

/// Collects truth and prediction chunk by chunk. The order and size of the chunks change only the
/// last digits of the result. Means and squares are kept apart and merged, so that millions of
/// values near -80 mV lose no accuracy.
class RegressionSums
{
public:
    /// Adds a chunk; both spans are of equal length.
    void add(std::span<const float> truth, std::span<const float> predicted);
    void merge(const RegressionSums &other);
    /// The scores of all that was added; empty when that is nothing or has a value that is not
    /// finite.
    [[nodiscard]] std::optional<RegressionScores> scores() const;
    [[nodiscard]] std::size_t count() const { return m_count; }

private:
    std::size_t m_count = 0;
    double m_truthMean = 0.0;
    double m_truthSquares = 0.0; ///< sum of squared differences from the mean
    double m_errorMean = 0.0;
    double m_errorSquares = 0.0; ///< sum of squared differences from the mean
    double m_absolute = 0.0;
};

RegressionSums regressionSums(std::span<const float> truth, std::span<const float> predicted);

/// Draws `count` places of 0..total-1, each at most once, in rising order; all places when there
/// are not more than `count`. Every place is equally likely.
std::vector<std::size_t> samplePlaces(std::uint64_t seed, std::size_t total, std::size_t count);

} // namespace dt
