// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/training/TrainingRecipe.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

constexpr std::array<RecipeInfo, RecipeCount> Infos{{
    {TrainingRecipe::TwoMinutes, "2min", "2 Minutes",
     "Small batches and a high learning rate, for two minutes at most on this computer: for a "
     "first "
     "twin, and for data sets of a lesson.",
     2.0},
    {TrainingRecipe::FifteenMinutes, "15min", "15 Minutes",
     "The same for a quarter of an hour at most: for larger networks and data sets.", 15.0},
    {TrainingRecipe::Published, "published", "Published",
     "As the published twins were trained: 100 epochs of large batches at a low learning rate. "
     "Needs "
     "thousands of simulations.",
     0.0},
}};

/// Forward and backward pass, two operations each multiply-add; forward alone a third of it.
constexpr double OperationsPerWeight = 6.0;
constexpr double ForwardShare = 1.0 / 3.0;

/// Of the classroom recipes. Measured: docs/TWINS.md.
constexpr int Batch = 8;
constexpr double Rate = 2.0e-3;
/// More passes learn a small data set by heart, and the learning rate then falls too late; but so
/// many steps are needed.
constexpr int MostEpochs = 60;
constexpr int LeastSteps = 480;
/// Of the time, for steps and validations; loading, the checkpoint and the evaluation need some,
/// and a computer is not always idle.
constexpr double ShareOfTime = 0.85;
/// Fewer leave little for warm-up and cool-down: shorter windows then make more of them.
constexpr int FewEpochs = 20;
/// What is seen of a simulation before its first window's outputs know all of their past.
constexpr int LeastFields = 2;
constexpr int LeastWindowMs = 512;

double gigaOperations(const TwinSpec &spec, double windowMs)
{
    return OperationsPerWeight * 1.0e-9 * static_cast<double>(parameterCount(spec).total)
        * windowMs;
}

TrainingSettings publishedSettings(const TwinSpec &spec)
{
    const TwinWindows windows = defaultWindows(spec.architecture());
    TrainingSettings settings;
    settings.trainWindowMs = windows.trainMs;
    settings.validWindowMs = windows.validMs;
    settings.trainBatch = windows.trainBatch;
    settings.validBatch = windows.validBatch;
    return settings;
}

} // namespace

const std::array<RecipeInfo, RecipeCount> &trainingRecipes()
{
    return Infos;
}

const RecipeInfo &recipeInfo(TrainingRecipe recipe)
{
    return *std::find_if(Infos.begin(), Infos.end(),
                         [&](const RecipeInfo &info) { return info.recipe == recipe; });
}

std::optional<TrainingRecipe> recipeFrom(std::string_view name)
{
    for (const RecipeInfo &info : Infos) {
        if (info.name == name)
            return info.recipe;
    }
    return std::nullopt;
}

double stepGigaOperations(const TwinSpec &spec, const TrainingSettings &settings)
{
    return gigaOperations(spec, double(settings.trainWindowMs) * settings.trainBatch);
}

double trainingGigaOperations(const TwinSpec &spec, const TrainingSettings &settings,
                              const TrainingSize &size)
{
    const int longest = std::max(1, longestWindowMs(size.durationMs, settings.marginMs));
    const double training =
        gigaOperations(spec, double(std::min(settings.trainWindowMs, longest)) * size.train);
    const int steps = settings.iterationsPerEpoch(static_cast<std::size_t>(size.train));
    const double validations = steps / double(settings.validationInterval(steps));
    const double validation = ForwardShare
        * gigaOperations(spec, double(std::min(settings.validWindowMs, longest)) * size.valid);
    return settings.epochs * (training + validations * validation);
}

TrainingSettings recipeSettings(TrainingRecipe recipe, const TwinSpec &spec,
                                const TrainingSize &size, double speed)
{
    TrainingSettings settings = publishedSettings(spec);
    const RecipeInfo &info = recipeInfo(recipe);
    if (info.minutes <= 0.0 || size.train <= 0 || !(speed > 0.0))
        return settings;
    settings.trainBatch = Batch;
    settings.learningRate = Rate;
    const double seconds = 60.0 * info.minutes * ShareOfTime;
    const auto epochsInTime = [&] {
        TrainingSettings one = settings;
        one.epochs = 1;
        return seconds * speed / trainingGigaOperations(spec, one, size);
    };
    const int least = std::max(LeastWindowMs, LeastFields * receptiveFieldMs(spec));
    while (epochsInTime() < FewEpochs && settings.trainWindowMs / 2 >= least)
        settings.trainWindowMs /= 2;
    const int steps = settings.iterationsPerEpoch(static_cast<std::size_t>(size.train));
    const int most = std::max(MostEpochs, (LeastSteps + steps - 1) / steps);
    settings.epochs = static_cast<int>(
        std::clamp(epochsInTime(), double(TrainingSettings::MinEpochs), double(most)));
    return settings;
}

TrainingRecipe recipeFor(const TrainingSize &size)
{
    const auto simulations = static_cast<std::size_t>(std::max(size.train, 0));
    return travel(TrainingSettings{}, simulations) < 5.0 * ShelfTravel ? TrainingRecipe::TwoMinutes
                                                                       : TrainingRecipe::Published;
}

} // namespace dt
