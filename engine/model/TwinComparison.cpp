// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/TwinComparison.h"

#include "engine/model/Presets.h"
#include "engine/model/TwinMemory.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

namespace dt {

namespace {

constexpr double MegaByte = 1.0e6;

constexpr std::array<FigureInfo, FigureCount> Infos{{
    {"spikes_auc", "AUC of spikes", "AUC",
     "Area under the ROC curve: how often a millisecond with a spike gets a higher probability than "
     "one without. 1 is perfect, 0.5 is guessing.",
     4},
    {"near_spike_auc", "AUC of being near a spike", "Near\nAUC",
     "The same for being near a spike: easier, because the exact millisecond does not matter.", 4},
    {"tpr_at_fpr", "Spikes found at 0.2 % false alarms", "Found at\nFPR .002",
     "Share of the spikes that the twin finds when 0.2 % of the silent milliseconds are false "
     "alarms. Stricter than the AUC: spikes are rare.",
     3},
    {"soma_ev_percent", "Soma explained variance [%]", "Soma\nEV [%]",
     "Share of the soma voltage's ups and downs that the twin predicts; 100 % is perfect. A constant "
     "offset does not count.",
     1},
    {"rate_ev_percent", "Rate explained variance [%]", "Rate\nEV [%]",
     "Share of the firing rate's ups and downs that the twin predicts.", 1},
    {"dend_ev_percent", "Dendrite explained variance [%]", "Dendrite\nEV [%]",
     "Share of the dendritic voltages' ups and downs that the twin predicts, all segments together.",
     1},
    {"parameters", "Parameters", "Parameters", "Numbers that were learnt.", 0},
    {"receptive_field_ms", "Receptive field [ms]", "Sees\n[ms]",
     "How much of the past an output depends on. \"all\": the network has a memory of its own.", 0},
    {"ms_per_simulation", "Time per simulation [ms]", "Predicts\nin [ms]",
     "Time that the twin took for one whole simulation, measured when it was evaluated, on that "
     "machine.",
     1},
    {"training_memory_mb", "Training memory, computed [MB]", "Memory\n[MB]",
     "Memory of one training step, computed from the sizes: weights, gradients, the optimiser's two "
     "moments and what the backward pass needs again. The program and the data set come on top.",
     0},
    {"minutes", "Time of training [min]", "Trained\n[min]",
     "Time of training, all sittings together, on the machine where it was trained.", 1},
    {"epochs", "Epochs", "Epochs", "How often training went through the data set.", 0},
}};

constexpr std::array<Figure, 5> Qualities{Figure::SpikesAuc, Figure::NearAuc, Figure::SomaEv,
                                          Figure::RateEv, Figure::DendEv};

/// Networks in the order of the menu, then all others by size.
std::pair<std::size_t, std::int64_t> placeOf(const ComparedTwin &twin)
{
    const std::string title = twinTitle(twin.spec);
    const std::vector<TwinPreset> &presets = twinPresets();
    const auto found = std::find_if(presets.begin(), presets.end(),
                                    [&](const TwinPreset &p) { return p.title == title; });
    return {static_cast<std::size_t>(found - presets.begin()), parameterCount(twin.spec).total};
}

std::optional<double> explained(const RegressionEvaluation &regression)
{
    if (!regression.scores)
        return std::nullopt;
    return regression.scores->explainedVariancePercent;
}

} // namespace

std::string titleOf(const ComparedTwin &twin)
{
    return twinTitle(twin.spec);
}

std::string pointNameOf(const ComparedTwin &twin)
{
    const std::string title = twinTitle(twin.spec);
    const std::string name = shortName(twin.spec);
    if (title != name)
        return title;
    return std::string(architectureName(twin.spec.architecture()))
        + ' ' + name.substr(name.rfind('_') + 1);
}

std::string neuronOf(const ComparedTwin &twin)
{
    return twin.neuron ? neuronTitle(*twin.neuron) : "Unknown";
}

std::string datasetOf(const ComparedTwin &twin)
{
    if (!twin.dataset)
        return {};
    std::string name = twin.dataset->path;
    name.erase(0, name.find_last_of("/\\") + 1); // npos + 1 is 0
    if (const std::size_t dot = name.rfind('.'); dot != std::string::npos && dot > 0)
        name.erase(dot);
    return name;
}

const FigureInfo &figureInfo(Figure figure)
{
    return Infos[static_cast<std::size_t>(figure)];
}

std::optional<double> figureOf(const ComparedTwin &twin, Figure figure)
{
    if (!twin.isReadable())
        return std::nullopt;
    const auto &e = twin.evaluation;
    switch (figure) {
    case Figure::SpikesAuc:
        return e && e->spikes ? std::optional(e->spikes->auc) : std::nullopt;
    case Figure::NearAuc:
        return e && e->nearSpike ? std::optional(e->nearSpike->auc) : std::nullopt;
    case Figure::TprAtFpr:
        return e && e->spikes ? std::optional(e->spikes->tprAtFpr) : std::nullopt;
    case Figure::SomaEv:
        return e ? explained(e->soma) : std::nullopt;
    case Figure::RateEv:
        return e ? explained(e->rate) : std::nullopt;
    case Figure::DendEv:
        return e ? explained(e->dend) : std::nullopt;
    case Figure::Parameters:
        return static_cast<double>(parameterCount(twin.spec).total);
    case Figure::ReceptiveField: {
        const int field = receptiveFieldMs(twin.spec);
        return field > 0 ? std::optional<double>(field) : std::nullopt;
    }
    case Figure::MsPerSimulation:
        return e ? e->millisecondsPerSimulation : std::nullopt;
    case Figure::TrainingMemory:
        if (!twin.settings)
            return std::nullopt;
        return static_cast<double>(trainingMemory(twin.spec, *twin.settings).total()) / MegaByte;
    case Figure::Minutes:
        return twin.settings ? std::optional(twin.history.seconds / 60.0) : std::nullopt;
    case Figure::Epochs:
        return twin.settings ? std::optional<double>(twin.settings->epochs) : std::nullopt;
    }
    return std::nullopt;
}

std::span<const Figure> qualityFigures()
{
    return Qualities;
}

double barBase(Figure figure, std::span<const double> values)
{
    const bool share = figure == Figure::SpikesAuc || figure == Figure::NearAuc;
    const double whole = share ? 1.0 : 100.0;
    if (values.empty())
        return whole * 0.9;
    const double least = *std::min_element(values.begin(), values.end());
    for (const double base : {0.99, 0.98, 0.95, 0.9, 0.8, 0.5}) {
        // A bar of a pixel says nothing: the lowest one shall be a tenth of the height.
        if (least >= whole * (base + 0.1 * (1.0 - base)))
            return whole * base;
    }
    return 0.0;
}

std::optional<double> BarCell::mean() const
{
    if (values.empty())
        return std::nullopt;
    return std::accumulate(values.begin(), values.end(), 0.0)
        / static_cast<double>(values.size());
}

BarTable barTable(const ComparedTwins &twins, Figure figure)
{
    // Networks by place; titles make equal sizes of other networks differ.
    std::map<std::pair<std::pair<std::size_t, std::int64_t>, std::string>,
             std::map<std::string, BarCell>>
        found;
    std::map<std::string, int> neurons;
    for (const auto &twin : twins) {
        const std::optional<double> value = figureOf(*twin, figure);
        if (!value)
            continue;
        const std::string neuron = neuronOf(*twin);
        neurons[neuron];
        found[{placeOf(*twin), titleOf(*twin)}][neuron].values.push_back(*value);
    }
    BarTable table;
    for (const auto &[neuron, unused] : neurons)
        table.neurons.push_back(neuron);
    for (auto &[network, byNeuron] : found) {
        table.networks.push_back(network.second);
        std::vector<BarCell> row;
        for (const std::string &neuron : table.neurons)
            row.push_back(byNeuron[neuron]);
        table.cells.push_back(std::move(row));
    }
    return table;
}

std::vector<std::size_t> paretoFront(std::span<const PricedPoint> points)
{
    std::vector<std::size_t> order(points.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (points[a].price != points[b].price)
            return points[a].price < points[b].price;
        return points[a].quality > points[b].quality;
    });
    std::vector<std::size_t> front;
    for (const std::size_t i : order) {
        if (front.empty() || points[i].quality > points[front.back()].quality)
            front.push_back(i);
    }
    return front;
}

} // namespace dt
