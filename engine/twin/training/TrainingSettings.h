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

/// What a new validation's score must be below for its weights to be kept.
enum class BestRule {
    /// The score is all five losses in the weights halfway of their transition, whatever weights
    /// are in force: see modelScore(). Below the lowest so far plus the slack: later models are
    /// preferred among equals, and the kept one is never worse than the lowest by more than the
    /// slack.
    Halfway,
    /// The same with the spike loss alone as the score. A twin that has learnt nothing yet can have
    /// a low one by accident, and then nothing later is kept.
    Lowest,
    /// The spike loss below the kept model's plus the slack, as in the reference. Kept models can
    /// become worse by the slack again and again.
    Kept,
};

/// What numbers of a training a person may choose: form, command line and validation ask here.
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
    int marginMs = 16; ///< excluded at both ends of a simulation

    double learningRate = 3.0e-4; ///< peak
    double weightDecay = 1.0e-3; ///< decoupled, on all parameters
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1.0e-8;
    double maxGradNorm = 25.0; ///< global L2

    double warmUpFraction = 0.10; ///< of the epochs; never above a quarter
    int warmUpMostEpochs = 40;
    double coolDownFraction = 0.25; ///< of the epochs; never above a third
    double warmUpFrom = 0.001; ///< factors on the learning rate
    double warmUpTo = 0.6;
    double coolDownFrom = 0.5;
    double coolDownTo = 0.0005;
    /// False as in the reference: one learning rate an epoch. True: the same lines followed step
    /// by step.
    bool ratePerStep = false;

    HeadValues startWeights{2.0, 0.700, 1.800, 3.0, 6.0};
    /// Empty: those that go with the weight decay, see defaultEndWeights().
    std::optional<HeadValues> endWeights;
    double transitionFrom = 2.5; ///< in warm-ups: weights begin to change at transitionFrom * W_up
    double transitionTo = 4.0;

    double validationFraction = 0.95; ///< of an epoch, between validations
    BestRule bestRule = BestRule::Halfway;
    double bestSlack = 1.0e-4; ///< on the score, which is in units of the spike loss
    /// False: validation windows start at marginMs. True: at seeded random places, as in the
    /// reference, where they were not seeded.
    bool randomValidationWindows = false;

    std::uint64_t seed = 1;
    /// The same losses bit for bit need the same number of threads. 0: as many as there are cores.
    int threads = 0;
    bool cuda = false; ///< on a GPU

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

    /// Epochs count from 0 everywhere.
    [[nodiscard]] double learningRateAt(int epoch) const;
    /// The same, step by step when ratePerStep: `step` of `steps` in the epoch, from 0.
    [[nodiscard]] double learningRateAt(int epoch, int step, int steps) const;
    /// 0 before the transition of the loss weights, 1 after it.
    [[nodiscard]] double phi(int epoch) const;
    [[nodiscard]] HeadValues lossWeights(int epoch) const;
    [[nodiscard]] HeadValues endWeightsInForce() const;
    /// The means of the first and the last weights.
    [[nodiscard]] HeadValues halfwayWeights() const;
    /// What validations are compared by; lower is better. One weighting for the whole run, because
    /// sums in weights that move say nothing of progress. Halfway, because the first weights
    /// hardly count spikes and the last ones hardly anything else: first weights that nothing has
    /// moved can have a low spike loss. With weights that count spikes it is divided by that of
    /// spikes.
    [[nodiscard]] double modelScore(const HeadValues &losses) const;

    /// Steps an epoch of so many simulations; the last short batch is kept.
    [[nodiscard]] int iterationsPerEpoch(std::size_t simulations) const;
    /// V: a validation follows each iteration whose number + 1 is a multiple. At least 1.
    [[nodiscard]] int validationInterval(int iterationsPerEpoch) const;

    /// Shortest simulations that windows of one ms would fit in.
    [[nodiscard]] int leastDurationMs() const { return 2 * marginMs + 2; }
};

/// The published end weights; a weight decay of 0.1 or more has its own.
HeadValues defaultEndWeights(double weightDecay);

/// Everything but the windows' fit into simulations: first problem as a sentence.
Status validateTraining(const TrainingSettings &settings);

/// What is allowed but worth saying: that so few epochs never reach the final loss weights, or that
/// so few steps on so many simulations hardly move the weights (see travel()).
std::vector<std::string> trainingRemarks(const TrainingSettings &settings, std::size_t simulations);

/// The sum of the learning rates of all steps: about as far as AdamW can move a weight.
double travel(const TrainingSettings &settings, std::size_t simulations);
/// With less travel a twin still says the same whatever comes in. Measured: docs/TWINS.md.
inline constexpr double ShelfTravel = 0.2;
bool endsOnShelf(const TrainingSettings &settings, std::size_t simulations);

/// The longest window that simulations of this duration hold: strictly shorter than what the
/// margins leave. 0 or less when there is none.
constexpr int longestWindowMs(int durationMs, int marginMs)
{
    return durationMs - 2 * marginMs - 1;
}

/// Refuses simulations too short for the windows.
Status checkWindows(const TrainingSettings &settings, int durationMs);

/// Shortens windows that do not fit to the longest allowed and returns a sentence for each; only
/// simulations that hold no window at all are refused.
Result<std::vector<std::string>> fitWindows(TrainingSettings &settings, int durationMs);

/// Whether weights with this score replace the kept ones, of which the score and the lowest so far
/// are given. Nothing was kept yet: both are empty. NaN never replaces anything.
bool isBetter(const TrainingSettings &settings, double score, std::optional<double> kept,
              std::optional<double> lowest);

} // namespace dt
