// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/evaluation/TwinComparison.h"

#include "engine/base/FileNames.h"
#include "engine/base/NumberText.h"
#include "engine/base/ReadUnits.h"
#include "engine/base/Words.h"
#include "engine/cell/Parameters.h"
#include "engine/cell/Presets.h"
#include "engine/twin/training/TwinMemory.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

namespace dt {

namespace {

constexpr double MegaByte = 1.0e6;
constexpr double Guessing = 0.6; ///< AUC below which a twin knows next to nothing

constexpr std::array<FigureInfo, FigureCount> Infos{{
    {"spikes_auc", "AUC of spikes", "AUC",
     "Area under the ROC curve: how often a millisecond with a spike gets a higher probability "
     "than "
     "one without. 1 is perfect, 0.5 is guessing.",
     4},
    {"near_spike_auc", "AUC of being near a spike", "Near\nAUC",
     "The same for being near a spike: easier, because the exact millisecond does not matter.", 4},
    {"tpr_at_fpr", "Spikes found at 0.2 % false alarms", "Found at\nFPR .002",
     "Share of the spikes that the twin finds when 0.2 % of the silent milliseconds are false "
     "alarms. Stricter than the AUC: spikes are rare.",
     3},
    {"soma_ev_percent", "Soma explained variance [%]", "Soma\nEV [%]",
     "Share of the soma voltage's ups and downs that the twin predicts; 100 % is perfect, below 0 "
     "% is "
     "worse than always saying the mean. A constant offset does not count.",
     1},
    {"rate_ev_percent", "Rate explained variance [%]", "Rate\nEV [%]",
     "Share of the firing rate's ups and downs that the twin predicts; below 0 % is worse than "
     "always "
     "saying the mean.",
     1},
    {"dend_ev_percent", "Dendrite explained variance [%]", "Dendrite\nEV [%]",
     "Share of the dendritic voltages' ups and downs that the twin predicts, all segments "
     "together; "
     "below 0 % is worse than always saying the mean.",
     1},
    {"parameters", "Parameters", "Parameters", "Numbers that were learnt.", 0},
    {"receptive_field_ms", "Receptive field [ms]", "Sees\n[ms]",
     "How much of the past an output depends on. \"all\": the network has a memory of its own.", 0},
    {"ms_per_simulation", "Time per simulation [ms]", "Predicts\nin [ms]",
     "Time that the twin takes for one simulation of 8192 ms on one core of this computer. The "
     "same network takes the same time, whatever it has learnt.",
     1},
    {"training_memory_mb", "Training memory, computed [MB]", "Memory\n[MB]",
     "Memory of one training step, computed from the sizes: weights, gradients, the optimiser's "
     "two "
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

std::string valueOf(const ParameterInfo &parameter, const Neuron &neuron)
{
    // A dendrite has a length, too.
    std::string text = parameter.group == ParameterGroup::Soma ? "Soma " : "";
    text += std::string(parameter.label) + ' '
        + formatNumber(readValue(parameter.get(neuron), parameter.unit));
    if (!parameter.unit.empty())
        text += ' ' + std::string(readUnit(parameter.unit));
    return text;
}

std::size_t distinct(const std::vector<std::string> &texts)
{
    return std::set<std::string>(texts.begin(), texts.end()).size();
}

/// What tells neurons of one title, all different, from one another.
std::vector<std::string> differences(const std::vector<const Neuron *> &neurons)
{
    std::vector<std::string> found(neurons.size());
    const bool sticks = std::all_of(neurons.begin(), neurons.end(),
                                    [](const Neuron *n) { return n->isBallAndStick(); });
    for (const ParameterInfo &parameter : parameters()) {
        if (parameter.stickOnly && !sticks)
            continue;
        std::vector<std::string> longer = found;
        for (std::size_t i = 0; i < neurons.size(); ++i)
            longer[i] += (longer[i].empty() ? "" : ", ") + valueOf(parameter, *neurons[i]);
        if (distinct(longer) > distinct(found))
            found = std::move(longer);
        if (distinct(found) == found.size())
            return found;
    }
    // Their trees or places of synapses differ.
    std::map<std::string, int> seen;
    std::vector<std::string> numbered = found;
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (std::count(found.begin(), found.end(), found[i]) > 1)
            numbered[i] += (found[i].empty() ? "" : ", ") + std::to_string(++seen[found[i]]);
    }
    return numbered;
}

} // namespace

std::string nameOf(const ComparedTwin &twin)
{
    return twin.name.empty() ? stemOf(twin.path) : twin.name;
}

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
    return std::string(architectureName(twin.spec.architecture())) + ' '
        + name.substr(name.rfind('_') + 1);
}

std::string neuronOf(const ComparedTwin &twin)
{
    if (!twin.neuronName.empty())
        return twin.neuronName;
    return twin.neuron ? neuronTitle(*twin.neuron) : "Unknown";
}

ComparedTwins withNames(const ComparedTwins &twins)
{
    std::vector<std::string> paths;
    for (const auto &twin : twins)
        paths.push_back(twin->path);
    const std::vector<std::string> names = distinctNames(paths);
    std::map<std::string, std::vector<const Neuron *>> byTitle;
    for (const auto &twin : twins) {
        if (!twin->neuron)
            continue;
        std::vector<const Neuron *> &known = byTitle[neuronTitle(*twin->neuron)];
        if (std::none_of(known.begin(), known.end(),
                         [&](const Neuron *n) { return *n == *twin->neuron; }))
            known.push_back(&*twin->neuron);
    }
    std::map<std::string, std::vector<std::string>> byTitleDifferences;
    for (const auto &[title, neurons] : byTitle)
        byTitleDifferences[title] = differences(neurons);
    ComparedTwins named;
    for (std::size_t i = 0; i < twins.size(); ++i) {
        const auto &twin = twins[i];
        std::string neuron;
        if (twin->neuron) {
            const std::string title = neuronTitle(*twin->neuron);
            const std::vector<const Neuron *> &known = byTitle[title];
            const auto place = std::find_if(known.begin(), known.end(),
                                            [&](const Neuron *n) { return *n == *twin->neuron; });
            if (known.size() > 1)
                neuron = title + " ("
                    + byTitleDifferences[title][static_cast<std::size_t>(place - known.begin())]
                    + ")";
        }
        if (neuron == twin->neuronName && names[i] == twin->name) {
            named.push_back(twin);
            continue;
        }
        auto copy = std::make_shared<ComparedTwin>(*twin);
        copy->name = names[i];
        copy->neuronName = neuron;
        named.push_back(std::move(copy));
    }
    return named;
}

std::string datasetOf(const ComparedTwin &twin)
{
    return twin.dataset ? stemOf(twin.dataset->path) : std::string();
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
        return twin.predictsInMs;
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

std::string figureRemark(Figure figure, double value)
{
    switch (figure) {
    case Figure::SpikesAuc:
    case Figure::NearAuc:
        return value < Guessing ? "Hardly better than guessing, which has 0.5." : "";
    case Figure::SomaEv:
    case Figure::RateEv:
    case Figure::DendEv:
        return value < 0.0 ? "Worse than a twin that always says the mean, which explains 0 %."
                           : "";
    default:
        return {};
    }
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
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

namespace {

/// Twins are repeats of each other only on the same data with the same settings but the seed.
struct Conditions
{
    std::string dataset; ///< fingerprint, or name where there is none
    TrainingSettings settings;
    std::uint64_t simulations = 0; ///< to train on
    bool operator==(const Conditions &) const = default;
};

Conditions conditionsOf(const ComparedTwin &twin)
{
    Conditions c;
    c.settings = twin.settings.value_or(TrainingSettings{});
    c.settings.seed = 0;
    c.settings.threads = 0;
    c.settings.cuda = false;
    c.settings.bestRule = {}; // older twins have another: the steps were the same
    if (twin.dataset) {
        c.dataset = twin.dataset->fingerprint;
        c.simulations = twin.dataset->simulations[0];
    }
    return c;
}

struct Repeats
{
    Conditions conditions;
    std::string dataset; ///< as people call it
    std::vector<std::string> names; ///< of the twins
    BarCell cell;

    /// A single twin has a name; several are known by what they learnt from.
    [[nodiscard]] std::string label() const
    {
        if (names.size() == 1)
            return names.front();
        const std::string many = std::to_string(names.size()) + " twins";
        return dataset.empty() ? many : many + " of " + dataset;
    }
};

} // namespace

BarTable barTable(const ComparedTwins &twins, Figure figure)
{
    // Networks by place; titles make equal sizes of other networks differ.
    std::map<std::pair<std::pair<std::size_t, std::int64_t>, std::string>,
             std::map<std::string, std::vector<Repeats>>>
        found;
    std::map<std::string, int> neurons;
    for (const auto &twin : twins) {
        const std::optional<double> value = figureOf(*twin, figure);
        if (!value)
            continue;
        const std::string neuron = neuronOf(*twin);
        neurons[neuron];
        std::vector<Repeats> &all = found[{placeOf(*twin), titleOf(*twin)}][neuron];
        const Conditions conditions = conditionsOf(*twin);
        auto same = std::find_if(all.begin(), all.end(),
                                 [&](const Repeats &r) { return r.conditions == conditions; });
        if (same == all.end())
            same = all.insert(all.end(), {conditions, datasetOf(*twin), {}, {}});
        same->names.push_back(nameOf(*twin));
        same->cell.values.push_back(*value);
    }
    BarTable table;
    for (const auto &[neuron, unused] : neurons)
        table.neurons.push_back(neuron);
    for (auto &[network, byNeuron] : found) {
        std::size_t rows = 0;
        for (auto &[neuron, all] : byNeuron) {
            // Those that learnt from most stand side by side; the others follow.
            std::stable_sort(all.begin(), all.end(), [](const Repeats &x, const Repeats &y) {
                return x.conditions.simulations > y.conditions.simulations;
            });
            rows = std::max(rows, all.size());
        }
        for (std::size_t i = 0; i < rows; ++i) {
            std::vector<BarCell> row;
            std::string labels;
            for (const std::string &neuron : table.neurons) {
                const std::vector<Repeats> &all = byNeuron[neuron];
                row.push_back(i < all.size() ? all[i].cell : BarCell{});
                if (i < all.size())
                    labels += (labels.empty() ? "" : ", ") + all[i].label();
            }
            std::string name = network.second;
            if (rows > 1)
                name += "\n" + labels;
            table.networks.push_back(std::move(name));
            table.cells.push_back(std::move(row));
        }
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
