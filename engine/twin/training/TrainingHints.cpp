// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/training/TrainingHints.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace dt {

namespace {

using Kind = TrainingHint::Kind;

/// The last validations that are looked at, at least; where they follow each other quickly, as many
/// as so many iterations hold: over a handful of steps everything is flat.
constexpr std::size_t Recent = 4;
constexpr std::int64_t RecentIterations = 400;
/// Less change than this share over them is flat: published shelves change by 1 to 4 % over four
/// epochs, the learning beside them by more than a quarter.
constexpr double FlatShare = 0.06;
/// A constant answer cannot do better than about this in normalised units; a twin that learns
/// leaves it at once (published trainings: soma 0.40, near 0.39 on the shelf, 0.20 and 0.18 after
/// it).
constexpr double ShelfSoma = 0.36;
constexpr double ShelfNear = 0.36;
/// A validation loss this much above the training loss. The published AMPA training ends at 1.6
/// with its best model last: not worth a warning.
constexpr double OverfitRatio = 2.0;
/// The published NMDA training: 0.083 rises to 0.099.
constexpr double BumpRatio = 1.05;
constexpr double DivergingRatio = 1.5;

/// What the rules ask a history for.
class Shape
{
public:
    Shape(const TrainingHistory &history, const TrainingSettings &settings) :
        m_history(history), m_settings(settings),
        m_recent(history.recentMean(static_cast<std::int64_t>(history.iterations()) - 1))
    {
        // Fewer than that many iterations ago there was nothing: too early to tell.
        const auto &at = history.validationIteration;
        while (m_span < at.size()
               && (m_span < Recent || at.back() - at[at.size() - m_span] < RecentIterations))
            ++m_span;
        if (at.empty()
            || at.back() - at[at.size() - std::max<std::size_t>(m_span, 1)] < RecentIterations)
            m_span = 0;
    }

    [[nodiscard]] const std::vector<double> &validated(Head head) const
    {
        return m_history.validation.heads[headIndex(head)];
    }
    [[nodiscard]] double last(Head head) const { return validated(head).back(); }
    [[nodiscard]] double lowest(Head head) const
    {
        return *std::min_element(validated(head).begin(), validated(head).end());
    }
    [[nodiscard]] bool isFlat(Head head) const
    {
        const auto recent = std::span(validated(head)).last(m_span);
        const auto [lo, hi] = std::minmax_element(recent.begin(), recent.end());
        return *hi - *lo < FlatShare * *hi;
    }
    [[nodiscard]] bool hasRecent() const { return m_span >= Recent; }
    /// Validations that are looked at.
    [[nodiscard]] std::size_t span() const { return m_span; }
    /// It says more than a constant does.
    [[nodiscard]] bool hasLearnt() const
    {
        return last(Head::Soma) < ShelfSoma || last(Head::NearSpike) < ShelfNear;
    }
    /// Too short a training to see a shelf in, and no better than a constant.
    [[nodiscard]] bool isBeforeTheShelf() const
    {
        return !hasRecent() && m_history.validations() > 0 && !hasLearnt();
    }
    [[nodiscard]] const std::optional<LossValues> &recentTraining() const { return m_recent; }
    /// 0-based, of the latest iteration.
    [[nodiscard]] int epoch() const { return static_cast<int>(m_history.learningRate.size()) - 1; }
    [[nodiscard]] double phi() const { return m_settings.phi(std::max(epoch(), 0)); }

private:
    const TrainingHistory &m_history;
    const TrainingSettings &m_settings;
    std::optional<LossValues> m_recent;
    std::size_t m_span = 0;
};

bool diverges(const Shape &shape)
{
    if (!shape.hasRecent())
        return false;
    const auto rises = [&](Head head) {
        const auto recent = std::span(shape.validated(head)).last(3);
        return shape.last(head) > DivergingRatio * shape.lowest(head) && recent[2] > recent[1]
            && recent[1] > recent[0];
    };
    return rises(Head::Spikes) && (rises(Head::Soma) || rises(Head::NearSpike));
}

bool isOnShelf(const Shape &shape)
{
    return shape.hasRecent() && shape.isFlat(Head::Soma) && shape.isFlat(Head::NearSpike)
        && shape.isFlat(Head::Spikes) && shape.last(Head::Soma) > ShelfSoma
        && shape.last(Head::NearSpike) > ShelfNear;
}

bool overfits(const Shape &shape)
{
    if (!shape.hasRecent() || !shape.recentTraining())
        return false;
    const double training = shape.recentTraining()->heads[headIndex(Head::Spikes)];
    const auto &spikes = shape.validated(Head::Spikes);
    const double before = spikes[spikes.size() - shape.span()];
    return shape.hasLearnt() && spikes.back() > OverfitRatio * training && spikes.back() >= before;
}

bool hasDendriteBump(const Shape &shape)
{
    return shape.hasRecent() && shape.hasLearnt() && shape.phi() > 0.0
        && shape.last(Head::DendV) > BumpRatio * shape.lowest(Head::DendV)
        && shape.last(Head::Spikes) < 1.05 * shape.lowest(Head::Spikes);
}

bool stillImproved(const Shape &shape, const TrainingHistory &history)
{
    const auto &spikes = shape.validated(Head::Spikes);
    if (spikes.size() < 2 * Recent || !history.best)
        return false;
    // Compared over the last quarter: in the cool-down every training improves a little.
    const double before = spikes[spikes.size() - 1 - spikes.size() / 4];
    return spikes.back() < 0.93 * before
        && history.best->iteration >= history.validationIteration.back();
}

} // namespace

std::vector<TrainingHint> trainingHints(const TrainingHistory &history,
                                        const TrainingSettings &settings, bool over)
{
    std::vector<TrainingHint> hints;
    const auto say = [&](Kind kind, const char *sentence) { hints.push_back({kind, sentence}); };
    const Shape shape(history, settings);
    if (history.iterations() == 0)
        return hints;
    if (diverges(shape))
        say(Kind::Diverging,
            "The losses rise from validation to validation: the training diverges. Stop it and "
            "train "
            "again with a learning rate a third as high.");
    if (isOnShelf(shape) && over)
        say(Kind::Shelf,
            "Training ended on the shelf where the twin says the same whatever comes in. Train for "
            "more epochs, on more simulations or by a classroom recipe: with the published "
            "settings "
            "the losses fall off it after one or two thousand iterations, later for small twins.");
    else if (over && shape.isBeforeTheShelf())
        say(Kind::Shelf,
            "Training ended before the twin had learned anything: it says the same whatever comes "
            "in. Train for more epochs, with smaller batches or by a classroom recipe.");
    else if (isOnShelf(shape))
        say(Kind::Shelf,
            "The losses lie on a shelf: the twin still says the same whatever comes in. This is "
            "normal for one or two thousand iterations, then they drop like off a cliff. Wait; "
            "smaller batches get there sooner.");
    if (overfits(shape))
        say(Kind::Overfitting,
            "The twin finds spikes much better on what it trains on than in validation: it learns "
            "its simulations by heart. More simulations help, or a smaller twin.");
    if (hasDendriteBump(shape))
        say(Kind::DendriteBump,
            "The dendrites' loss rises because its weight falls while that of spikes grows: the "
            "twin now gives its attention to spikes. This is wanted and levels out by itself.");
    if (!over && shape.epoch() == 0 && settings.warmUpEpochs() > 0)
        say(Kind::WarmUp,
            "Warm-up: in the first epoch the learning rate is a thousandth of its full value, so "
            "the losses hardly move yet.");
    if (over && !isOnShelf(shape) && stillImproved(shape, history))
        say(Kind::StillImproving,
            "The twin still improved when training ended. More epochs would make it better.");
    return hints;
}

} // namespace dt
