// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/twin/Heads.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dt {

/// How a twin is trained: every number of the published recipe, and the schedules that follow from
/// them as pure functions of the epoch. Plain values; whoever holds them owns them. Source:
/// training specification, sections 3 and 7-10; defaults: section 24. Windows and batches are those
/// of the TCN; other architectures pass their own.

/// When the weights of a new validation are kept, by a score of which lower is better.
enum class BestRule {
    /// The score weighs all five losses with the weights halfway through their transition, whatever
    /// weights are in force: see modelScore(). It must be below the lowest so far plus the slack:
    /// later models are preferred among equals, and the kept one is never worse than the lowest by
    /// more than the slack.
    Halfway,
    /// The rule of Halfway with the spike loss alone as the score. A twin that has learnt nothing
    /// yet can have a low spike loss by accident, and then nothing later is kept.
    Lowest,
    /// The spike loss must be below that of the kept model plus the slack, as in the reference.
    /// Kept models can become worse by the slack again and again.
    Kept,
};

/// The range that a person may choose a number of training from: form, command line and validation
/// use it.
struct TrainingRange
{
    double lo;
    double hi;
};

struct TrainingSettings
{
    int epochs = 100; ///< at least MinEpochs
    int trainWindowMs = 2048;
    int validWindowMs = 4096;
    int trainBatch = 16;
    int validBatch = 32;
    int marginMs = 16; ///< left out at both ends of a simulation

    double learningRate = 3.0e-4; ///< peak
    double weightDecay = 1.0e-3; ///< decoupled, on all parameters
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1.0e-8;
    double maxGradNorm = 25.0; ///< limit of the global L2 norm

    double warmUpFraction = 0.10; ///< of the epochs; never above a quarter
    int warmUpMostEpochs = 40;
    double coolDownFraction = 0.25; ///< of the epochs; never above a third
    double warmUpFrom = 0.001; ///< factor on the learning rate, as are the next three
    double warmUpTo = 0.6;
    double coolDownFrom = 0.5;
    double coolDownTo = 0.0005;
    /// False, as in the reference: one learning rate an epoch. True: the rate follows the same
    /// schedule step by step.
    bool ratePerStep = false;

    HeadValues startWeights{2.0, 0.700, 1.800, 3.0, 6.0};
    /// Empty for the weights that go with the weight decay, see defaultEndWeights().
    std::optional<HeadValues> endWeights;
    double transitionFrom = 2.5; ///< in warm-ups; see transitionStartEpoch()
    double transitionTo = 4.0;

    double validationFraction = 0.95; ///< share of an epoch between validations
    BestRule bestRule = BestRule::Halfway;
    double bestSlack = 1.0e-4; ///< on the score, which is in units of the spike loss
    /// False: validation windows start at marginMs. True: at seeded random places, as in the
    /// reference, where they were not seeded.
    bool randomValidationWindows = false;

    std::uint64_t seed = 1;
    /// 0 for as many as there are cores. Losses are the same bit for bit only with the same number
    /// of threads.
    int threads = 0;
    bool cuda = false; ///< trains on a GPU

    bool operator==(const TrainingSettings &) const = default;

    static constexpr int MinEpochs = 6;

    static constexpr TrainingRange EpochRange{MinEpochs, 100'000};
    static constexpr TrainingRange BatchRange{1, 65'536};
    static constexpr TrainingRange WindowRangeMs{1, 1'000'000};
    static constexpr TrainingRange RateRange{1.0e-6, 10.0};
    static constexpr TrainingRange ThreadRange{0, 1024}; ///< 0: all cores

    [[nodiscard]] int warmUpEpochs() const;
    [[nodiscard]] int coolDownEpochs() const;
    /// Real-valued epochs between which the loss weights change: e1, e2.
    [[nodiscard]] double transitionStartEpoch() const { return transitionFrom * warmUpEpochs(); }
    [[nodiscard]] double transitionEndEpoch() const { return transitionTo * warmUpEpochs(); }

    /// Learning rate of an epoch. Epochs count from 0 everywhere.
    [[nodiscard]] double learningRateAt(int epoch) const;
    /// Learning rate of step `step` (from 0) of the `steps` of an epoch; with ratePerStep it
    /// changes from step to step.
    [[nodiscard]] double learningRateAt(int epoch, int step, int steps) const;
    /// 0 before the transition of the loss weights, 1 after it.
    [[nodiscard]] double phi(int epoch) const;
    [[nodiscard]] HeadValues lossWeights(int epoch) const;
    [[nodiscard]] HeadValues endWeightsInForce() const;
    /// The means of the start weights and the end weights.
    [[nodiscard]] HeadValues halfwayWeights() const;
    /// The score that validations are compared by; lower is better. With BestRule::Halfway it is
    /// the sum of the losses in halfwayWeights(), divided by the weight of the spikes where that is
    /// not 0; with the other rules it is the spike loss. The weights are the same for the whole
    /// run, because sums in changing weights say nothing about progress. They are halfway, because
    /// the start weights hardly count spikes and the end weights hardly anything else, and a twin
    /// that has learnt nothing can have a low spike loss.
    [[nodiscard]] double modelScore(const HeadValues &losses) const;

    /// Steps of an epoch of so many simulations; a short batch at its end counts.
    [[nodiscard]] int iterationsPerEpoch(std::size_t simulations) const;
    /// Iterations between validations, V >= 1: a validation follows each iteration whose number + 1
    /// is a multiple of V.
    [[nodiscard]] int validationInterval(int iterationsPerEpoch) const;

    /// Shortest simulations that windows of one ms would fit in.
    [[nodiscard]] int leastDurationMs() const { return 2 * marginMs + 2; }
};

/// The published end weights; a weight decay of 0.1 or more has its own.
HeadValues defaultEndWeights(double weightDecay);

/// Checks everything except whether windows fit into simulations; returns the first problem as a
/// sentence.
Status validateTraining(const TrainingSettings &settings);

/// Remarks on settings that are allowed: so few epochs never reach the final loss weights, or so
/// few steps hardly move the network's weights (see travel()).
std::vector<std::string> trainingRemarks(const TrainingSettings &settings, std::size_t simulations);

/// The sum of the learning rates of all steps: about as far as AdamW can move a weight.
double travel(const TrainingSettings &settings, std::size_t simulations);
/// With less travel than this a twin still says the same whatever comes in (the shelf). Measured in
/// docs/TWINS.md.
inline constexpr double ShelfTravel = 0.2;
bool endsOnShelf(const TrainingSettings &settings, std::size_t simulations);

/// The longest window that simulations of this duration hold: 1 ms shorter than what the margins
/// leave. 0 or less when there is none.
constexpr int longestWindowMs(int durationMs, int marginMs)
{
    return durationMs - 2 * marginMs - 1;
}

/// Refuses simulations too short for the windows.
Status checkWindows(const TrainingSettings &settings, int durationMs);

/// Shortens windows that do not fit to the longest allowed and returns a sentence for each; only
/// simulations that hold no window at all are refused.
Result<std::vector<std::string>> fitWindows(TrainingSettings &settings, int durationMs);

/// Whether weights with this score replace the kept ones. `kept` is the score of the kept ones and
/// `lowest` the lowest score so far; both are empty when nothing was kept yet. NaN never replaces
/// anything.
bool isBetter(const TrainingSettings &settings, double score, std::optional<double> kept,
              std::optional<double> lowest);

} // namespace dt
