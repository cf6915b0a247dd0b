// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/TwinSpec.h"
#include "engine/twin/training/TrainingSettings.h"

#include <array>
#include <optional>
#include <string_view>

namespace dt {

/// Named ways to train, so that nobody has to choose batch, rate and epochs. The published one is
/// the same everywhere. A classroom recipe has a time limit: small batches at a high learning rate,
/// and as many epochs as this computer manages in that time with this network and data set, but not
/// so many that a small data set would be learnt by heart.

enum class TrainingRecipe { TwoMinutes, FifteenMinutes, Published };

struct RecipeInfo
{
    TrainingRecipe recipe;
    std::string_view name; ///< on the command line
    std::string_view title; ///< in menus
    std::string_view why; ///< a sentence
    double minutes; ///< at most; 0 without a limit
};

/// The recipes, from the shortest to the longest.
inline constexpr int RecipeCount = 3;
const std::array<RecipeInfo, RecipeCount> &trainingRecipes();
const RecipeInfo &recipeInfo(TrainingRecipe recipe);
std::optional<TrainingRecipe> recipeFrom(std::string_view name);

/// What a recipe has to know about a data set.
struct TrainingSize
{
    int train = 0; ///< simulations
    int valid = 0;
    int durationMs = 0;
    bool operator==(const TrainingSize &) const = default;
};

/// Billions of operations of a training step, and of a whole training including its validations,
/// whose windows are as long as the simulations allow.
double stepGigaOperations(const TwinSpec &spec, const TrainingSettings &settings);
double trainingGigaOperations(const TwinSpec &spec, const TrainingSettings &settings,
                              const TrainingSize &size);

/// Settings of a recipe; windows may still have to be fitted (fitWindows()). `speed` is how many
/// billions of operations a second this computer trains the network with. At least six epochs are
/// done, even where they take longer than the recipe's time.
TrainingSettings recipeSettings(TrainingRecipe recipe, const TwinSpec &spec,
                                const TrainingSize &size, double speed);

/// The recipe to offer first: the published one where the data set is large enough for it to get
/// well off the shelf (see endsOnShelf()), else the shortest classroom recipe.
TrainingRecipe recipeFor(const TrainingSize &size);

} // namespace dt
