// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/training/TrainingSettings.h"

#include "engine/base/NumberText.h"
#include "engine/base/Words.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace dt {

namespace {

int floorOf(double fraction, int count)
{
    return static_cast<int>(std::floor(fraction * count));
}

/// Exact at both ends.
double line(double from, double to, double share)
{
    return std::lerp(from, to, share);
}

} // namespace

int TrainingSettings::warmUpEpochs() const
{
    return std::max(
        std::min(std::min(floorOf(warmUpFraction, epochs), warmUpMostEpochs), epochs / 4), 2);
}

int TrainingSettings::coolDownEpochs() const
{
    return std::max(std::min(floorOf(coolDownFraction, epochs), epochs / 3), 3);
}

double TrainingSettings::learningRateAt(int epoch) const
{
    const int up = warmUpEpochs();
    const int down = coolDownEpochs();
    if (epoch < up)
        return learningRate * line(warmUpFrom, warmUpTo, epoch / double(up - 1));
    if (epoch >= epochs - down)
        return learningRate
            * line(coolDownFrom, coolDownTo, (epoch - (epochs - down)) / double(down - 1));
    return learningRate;
}

double TrainingSettings::learningRateAt(int epoch, int step, int steps) const
{
    if (!ratePerStep)
        return learningRateAt(epoch);
    const double position = epoch + step / double(std::max(steps, 1));
    const int up = warmUpEpochs();
    const int down = coolDownEpochs();
    if (position < up)
        return learningRate * line(warmUpFrom, warmUpTo, position / up);
    if (position >= epochs - down)
        return learningRate * line(coolDownFrom, coolDownTo, (position - (epochs - down)) / down);
    return learningRate;
}

double TrainingSettings::phi(int epoch) const
{
    const double from = transitionStartEpoch();
    const double to = transitionEndEpoch();
    if (epoch < from)
        return 0.0;
    return epoch < to ? (epoch - from) / (to - from) : 1.0;
}

HeadValues defaultEndWeights(double weightDecay)
{
    if (weightDecay < 0.1)
        return {24.0, 0.150, 0.250, 3.0, 0.6};
    return {24.0, 0.165, 0.300, 3.5, 0.8};
}

HeadValues TrainingSettings::endWeightsInForce() const
{
    return endWeights.value_or(defaultEndWeights(weightDecay));
}

HeadValues TrainingSettings::lossWeights(int epoch) const
{
    const HeadValues end = endWeightsInForce();
    const double share = phi(epoch);
    HeadValues weights{};
    for (std::size_t h = 0; h < HeadCount; ++h)
        weights[h] = line(startWeights[h], end[h], share);
    return weights;
}

HeadValues TrainingSettings::halfwayWeights() const
{
    const HeadValues end = endWeightsInForce();
    HeadValues weights{};
    for (std::size_t h = 0; h < HeadCount; ++h)
        weights[h] = std::midpoint(startWeights[h], end[h]);
    return weights;
}

double TrainingSettings::modelScore(const HeadValues &losses) const
{
    const std::size_t spikes = headIndex(Head::Spikes);
    if (bestRule != BestRule::Halfway)
        return losses[spikes];
    const HeadValues weights = halfwayWeights();
    double sum = 0.0;
    for (std::size_t h = 0; h < HeadCount; ++h) {
        if (weights[h] > 0.0) // what does not count may be no number
            sum += weights[h] * losses[h];
    }
    return weights[spikes] > 0.0 ? sum / weights[spikes] : sum;
}

int TrainingSettings::iterationsPerEpoch(std::size_t simulations) const
{
    const auto batch = static_cast<std::size_t>(trainBatch);
    return static_cast<int>((simulations + batch - 1) / batch);
}

int TrainingSettings::validationInterval(int iterationsPerEpoch) const
{
    return std::max(1, floorOf(validationFraction, iterationsPerEpoch));
}

Status validateTraining(const TrainingSettings &s)
{
    std::optional<Error> problem;
    const auto range = [&](const char *name, const char *what, double value, double lo, double hi) {
        if (problem || (value >= lo && value <= hi))
            return;
        problem =
            Error{ErrorCode::InvalidValue,
                  std::string(what) + " of " + formatNumber(value) + " is outside the range of "
                      + formatNumber(lo) + " to " + formatNumber(hi) + ".",
                  name};
    };
    constexpr double Tiny = std::numeric_limits<float>::min();
    if (s.epochs < TrainingSettings::MinEpochs)
        return Error{ErrorCode::InvalidValue,
                     "Training takes at least " + std::to_string(TrainingSettings::MinEpochs)
                         + " epochs, because its warm-up and cool-down need "
                         + std::to_string(TrainingSettings::MinEpochs - 1) + "; "
                         + std::to_string(s.epochs) + " is too few.",
                     "epochs"};
    const auto within = [&](const char *place, const char *what, double value,
                            const TrainingRange &bounds) {
        range(place, what, value, bounds.lo, bounds.hi);
    };
    using S = TrainingSettings;
    within("epochs", "A number of epochs", s.epochs, S::EpochRange);
    within("window_ms", "A training window [ms]", s.trainWindowMs, S::WindowRangeMs);
    within("valid_window_ms", "A validation window [ms]", s.validWindowMs, S::WindowRangeMs);
    within("batch", "A batch size", s.trainBatch, S::BatchRange);
    within("valid_batch", "A batch size of validation", s.validBatch, S::BatchRange);
    range("margin_ms", "A safety margin [ms]", s.marginMs, 0, S::WindowRangeMs.hi);
    within("lr", "A learning rate", s.learningRate, S::RateRange);
    range("weight_decay", "A weight decay", s.weightDecay, 0.0, 100.0);
    range("beta1", "A beta1", s.beta1, 0.0, 1.0 - 1.0e-9);
    range("beta2", "A beta2", s.beta2, 0.0, 1.0 - 1.0e-9);
    range("epsilon", "An epsilon", s.epsilon, Tiny, 1.0);
    range("max_grad_norm", "A limit of the gradient's norm", s.maxGradNorm, Tiny, 1.0e12);
    range("warm_up_fraction", "A share of warm-up", s.warmUpFraction, 0.0, 1.0);
    range("warm_up_most_epochs", "A limit of warm-up epochs", s.warmUpMostEpochs, 1,
          S::EpochRange.hi);
    range("cool_down_fraction", "A share of cool-down", s.coolDownFraction, 0.0, 1.0);
    for (const double factor : {s.warmUpFrom, s.warmUpTo, s.coolDownFrom, s.coolDownTo})
        range("lr_factors", "A factor on the learning rate", factor, 0.0, 100.0);
    for (const double weight : s.startWeights)
        range("start_weights", "A loss weight", weight, 0.0, 1.0e6);
    for (const double weight : s.endWeightsInForce())
        range("end_weights", "A loss weight", weight, 0.0, 1.0e6);
    range("transition_from", "A start of the loss weights' transition", s.transitionFrom, 0.0, 1e6);
    range("transition_to", "An end of the loss weights' transition", s.transitionTo,
          s.transitionFrom, 1e6);
    range("validation_fraction", "A distance of validations in epochs", s.validationFraction, 0.0,
          S::EpochRange.hi);
    within("threads", "A number of threads", s.threads, S::ThreadRange);
    range("best_slack", "A slack of the best model", s.bestSlack, 0.0, 1.0e6);
    if (problem)
        return *problem;
    if (s.warmUpEpochs() + s.coolDownEpochs() >= s.epochs)
        return Error{ErrorCode::InvalidValue,
                     "Warm-up (" + counted(s.warmUpEpochs(), "epoch") + ") and cool-down ("
                         + std::to_string(s.coolDownEpochs()) + ") leave none of "
                         + counted(s.epochs, "epoch")
                         + " at the full learning rate. Train for more epochs.",
                     "epochs"};
    return Done{};
}

double travel(const TrainingSettings &settings, std::size_t simulations)
{
    const int steps = settings.iterationsPerEpoch(simulations);
    double sum = 0.0;
    for (int epoch = 0; epoch < settings.epochs; ++epoch)
        sum += settings.learningRateAt(epoch) * steps;
    return sum;
}

bool endsOnShelf(const TrainingSettings &settings, std::size_t simulations)
{
    return travel(settings, simulations) < ShelfTravel;
}

std::vector<std::string> trainingRemarks(const TrainingSettings &s, std::size_t simulations)
{
    std::vector<std::string> remarks;
    if (simulations > 0 && endsOnShelf(s, simulations)) {
        // Epochs that would do, rounded up to what people say.
        const double more = ShelfTravel / travel(s, simulations);
        const int epochs = static_cast<int>(std::ceil(s.epochs * more * 2.0 / 10.0)) * 10;
        remarks.push_back("This training is too short to learn anything: "
                          + std::to_string(s.epochs * s.iterationsPerEpoch(simulations))
                          + " steps at this learning rate hardly move the weights. Train for "
                          + std::to_string(epochs)
                          + " epochs or more, with smaller batches, or by a classroom recipe.");
    }
    if (s.phi(s.epochs - 1) < 1.0)
        remarks.push_back(
            "With " + std::to_string(s.epochs)
            + " epochs the loss weights never reach their final values, so spikes count"
              " for less than in the published recipe.");
    return remarks;
}

Status checkWindows(const TrainingSettings &settings, int durationMs)
{
    const int longest = longestWindowMs(durationMs, settings.marginMs);
    const auto check = [&](const char *which, int windowMs, const char *place) -> Status {
        if (windowMs <= longest)
            return Done{};
        const std::string needed = std::to_string(windowMs)
            + " ms does not fit into simulations of " + std::to_string(durationMs) + " ms";
        if (longest < 1)
            return Error{ErrorCode::InvalidValue,
                         std::string("A ") + which + " window of " + needed
                             + ". Twins need simulations of at least "
                             + std::to_string(settings.leastDurationMs()) + " ms.",
                         place};
        return Error{ErrorCode::InvalidValue,
                     std::string("A ") + which + " window of " + needed + ": at most "
                         + std::to_string(longest) + " ms, as " + std::to_string(settings.marginMs)
                         + " ms at both ends are left out.",
                     place};
    };
    if (const Status train = check("training", settings.trainWindowMs, "window_ms"); !train)
        return train;
    return check("validation", settings.validWindowMs, "valid_window_ms");
}

Result<std::vector<std::string>> fitWindows(TrainingSettings &settings, int durationMs)
{
    const int longest = longestWindowMs(durationMs, settings.marginMs);
    if (longest < 1)
        return checkWindows(settings, durationMs).error();
    std::vector<std::string> notes;
    const auto fit = [&](const char *which, int &windowMs) {
        if (windowMs <= longest)
            return;
        notes.push_back("Simulations last " + std::to_string(durationMs) + " ms, so the " + which
                        + " window of " + std::to_string(windowMs) + " ms is shortened to "
                        + std::to_string(longest) + " ms.");
        windowMs = longest;
    };
    fit("training", settings.trainWindowMs);
    fit("validation", settings.validWindowMs);
    return notes;
}

bool isBetter(const TrainingSettings &settings, double score, std::optional<double> kept,
              std::optional<double> lowest)
{
    if (!kept || !lowest)
        return !std::isnan(score);
    const double limit = settings.bestRule == BestRule::Kept ? *kept : *lowest;
    return score < limit + settings.bestSlack;
}

} // namespace dt
