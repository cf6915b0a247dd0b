// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Neuron.h"
#include "engine/dataset/DatasetIdentity.h"
#include "engine/twin/TwinSpec.h"
#include "engine/twin/evaluation/Evaluation.h"
#include "engine/twin/training/TrainingHistory.h"
#include "engine/twin/training/TrainingSettings.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dt {

/// Twins side by side: what is known of each, the figures they are compared by, and what follows
/// from several of them. Plain values and pure functions; whoever holds a ComparedTwin owns it.

struct ComparedTwin
{
    std::string path;
    std::string problem; ///< why the file could not be read; then only the path is set
    bool complete = true; ///< trained to the end
    TwinSpec spec;
    std::optional<TrainingSettings> settings; ///< empty for imported weights
    std::optional<Evaluation> evaluation;
    TrainingHistory history;
    std::optional<Neuron> neuron;
    std::optional<DatasetIdentity> dataset;
    /// Time to predict one simulation: on pages as measured on this computer (PredictionTimes),
    /// elsewhere as the twin's file says.
    std::optional<double> predictsInMs;
    std::string author; ///< who trained the twin; empty when unknown
    std::string name; ///< see withNames(); when empty, the file's name is used
    std::string neuronName; ///< see withNames(); when empty, the neuron's title is used

    [[nodiscard]] bool isReadable() const { return problem.empty(); }
};
using ComparedTwins = std::vector<std::shared_ptr<const ComparedTwin>>;

/// What people call the twin: its file without folder and ending.
std::string nameOf(const ComparedTwin &twin);
/// What people call the network: preset or short name.
std::string titleOf(const ComparedTwin &twin);
/// A few letters for points in plots: preset, or architecture and size, e.g. "ELM 27K".
std::string pointNameOf(const ComparedTwin &twin);
/// Name of the neuron that the twin copies, or "Unknown".
std::string neuronOf(const ComparedTwin &twin);
/// Copies of the twins with names that tell them and their neurons apart. Names of files that are
/// called alike are followed by their folder. Where neurons of one title differ, the title is
/// followed by the first parameters in which they do, or by a number where no parameter does. Call
/// this once for all twins that are shown together, so that every twin and every neuron has one
/// name.
ComparedTwins withNames(const ComparedTwins &twins);
/// File name of the data set without folder and ending; empty when there is none.
std::string datasetOf(const ComparedTwin &twin);

/// A number that twins are compared by.
enum class Figure {
    SpikesAuc,
    NearAuc,
    TprAtFpr,
    SomaEv, ///< explained variance [%]
    RateEv,
    DendEv,
    Parameters,
    ReceptiveField, ///< [ms]; empty for twins that see all of the past
    MsPerSimulation, ///< ComparedTwin::predictsInMs
    TrainingMemory, ///< [MB], computed from the sizes
    Minutes, ///< duration of training
    Epochs,
};
inline constexpr int FigureCount = 12;

struct FigureInfo
{
    std::string_view name; ///< in CSV files
    std::string_view label; ///< with unit, e.g. "Soma explained variance [%]"
    std::string_view brief; ///< head of a column, in up to two lines
    std::string_view why; ///< what the figure tells, in a sentence or two
    int decimals;
};
const FigureInfo &figureInfo(Figure figure);

/// The figure of a twin; empty where it is not known because the twin was not evaluated, is
/// imported or cannot be read.
std::optional<double> figureOf(const ComparedTwin &twin, Figure figure);

/// A sentence on what a poor value means, such as worse than always saying the mean, or than
/// guessing. Empty where there is nothing to say.
std::string figureRemark(Figure figure, double value);

/// The figures that say how good a twin is, which bars show.
std::span<const Figure> qualityFigures();

/// Where bars begin so that these values can be told apart: below all of them, and 0 when they are
/// low anyway.
double barBase(Figure figure, std::span<const double> values);

/// Twins of one network and neuron: several when the same was trained more than once.
struct BarCell
{
    std::vector<double> values;
    [[nodiscard]] std::optional<double> mean() const;
};
/// Bars in one group a network and, within it, one bar a neuron. Only twins trained on the same
/// data with the same settings share a bar; other twins of the same network get groups of their
/// own, with the twins' names below them.
struct BarTable
{
    std::vector<std::string> networks; ///< presets in their order, then others by size
    std::vector<std::string> neurons; ///< by name
    std::vector<std::vector<BarCell>> cells; ///< [network][neuron]
};
BarTable barTable(const ComparedTwins &twins, Figure figure);

/// What a twin costs and how good it is.
struct PricedPoint
{
    double price = 0.0; ///< lower is better
    double quality = 0.0; ///< higher is better
};
/// Indices of the points that no other point beats in both price and quality, from the cheapest on.
std::vector<std::size_t> paretoFront(std::span<const PricedPoint> points);

/// One setting of several twins, as text; "–" where a twin has none.
struct SettingRow
{
    std::string name; ///< with unit
    std::vector<std::string> values; ///< one for each twin
    bool differ = false;
};
/// Network, training, data set and neuron, in this order.
std::vector<SettingRow> settingRows(const ComparedTwins &twins);
/// Settings of one twin as pairs of name and value.
std::vector<std::pair<std::string, std::string>> settingsOf(const ComparedTwin &twin);

} // namespace dt
