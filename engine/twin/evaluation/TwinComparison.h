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
    std::string problem; ///< why the file could not be read; then nothing else holds
    bool complete = true; ///< trained to the end
    TwinSpec spec;
    std::optional<TrainingSettings> settings; ///< empty for imported weights
    std::optional<Evaluation> evaluation;
    TrainingHistory history;
    std::optional<Neuron> neuron;
    std::optional<DatasetIdentity> dataset;
    /// For one simulation; on pages as measured on this computer (PredictionTimes), else as it
    /// stands in the file.
    std::optional<double> predictsInMs;
    std::string author; ///< who trained it; empty where nobody said
    std::string name; ///< see withNames(); empty: the file's
    std::string neuronName; ///< see withNames(); empty: the neuron's title

    [[nodiscard]] bool isReadable() const { return problem.empty(); }
};
using ComparedTwins = std::vector<std::shared_ptr<const ComparedTwin>>;

/// What people call the twin: its file without folder and ending.
std::string nameOf(const ComparedTwin &twin);
/// The network as people call it: preset or short name.
std::string titleOf(const ComparedTwin &twin);
/// A few letters for points in plots: preset, or architecture and size, e.g. "ELM 27K".
std::string pointNameOf(const ComparedTwin &twin);
/// Name of the neuron that it copies, or "Unknown".
std::string neuronOf(const ComparedTwin &twin);
/// The same twins with names that tell them and their neurons apart. Files of one name are followed
/// by their folder. Where neurons of one title differ, the title is followed by the first
/// parameters in which they do, or by a number where no parameter does. To be asked once for all
/// twins that are shown together, so that each and every neuron has one name.
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
    ReceptiveField, ///< [ms]; none for twins that see all of the past
    MsPerSimulation, ///< predictsInMs
    TrainingMemory, ///< computed [MB]
    Minutes, ///< of training
    Epochs,
};
inline constexpr int FigureCount = 12;

struct FigureInfo
{
    std::string_view name; ///< in CSV files
    std::string_view label; ///< with unit, e.g. "Soma explained variance [%]"
    std::string_view brief; ///< head of a column, in up to two lines
    std::string_view why; ///< what it tells, in a sentence or two
    int decimals;
};
const FigureInfo &figureInfo(Figure figure);

/// Empty where it is not known: not evaluated, imported, unreadable.
std::optional<double> figureOf(const ComparedTwin &twin, Figure figure);

/// What a poor value means, as a sentence: worse than a twin that always says the mean, or than
/// guessing. Empty where there is nothing to say.
std::string figureRemark(Figure figure, double value);

/// How good: those that bars show.
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
/// A group a network, in it a bar a neuron. Only twins on the same data with the same settings
/// share a bar; others of the same network have groups of their own, and the twins' names below it.
struct BarTable
{
    std::vector<std::string> networks; ///< presets in their order, then others by size
    std::vector<std::string> neurons; ///< by name
    std::vector<std::vector<BarCell>> cells; ///< [network][neuron]
};
BarTable barTable(const ComparedTwins &twins, Figure figure);

/// Price against quality.
struct PricedPoint
{
    double price = 0.0; ///< lower is better
    double quality = 0.0; ///< higher is better
};
/// Numbers of the points that no other point beats in both, from the cheapest on.
std::vector<std::size_t> paretoFront(std::span<const PricedPoint> points);

/// One setting of several twins, as text; "–" where a twin has none.
struct SettingRow
{
    std::string name; ///< with unit
    std::vector<std::string> values; ///< a twin
    bool differ = false;
};
/// Network, training, data set and neuron, in this order.
std::vector<SettingRow> settingRows(const ComparedTwins &twins);
/// The same of one twin: name and value.
std::vector<std::pair<std::string, std::string>> settingsOf(const ComparedTwin &twin);

} // namespace dt
