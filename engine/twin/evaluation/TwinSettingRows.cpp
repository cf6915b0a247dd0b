// SPDX-License-Identifier: GPL-3.0-or-later
// Twins side by side: their settings as text.
#include "engine/base/NumberText.h"
#include "engine/base/ReadUnits.h"
#include "engine/cell/Parameters.h"
#include "engine/twin/NetworkKind.h"
#include "engine/twin/evaluation/TwinComparison.h"

#include <algorithm>
#include <string>

namespace dt {

namespace {

constexpr const char *None = "–";

using Pairs = SettingTexts;

std::string text(double value)
{
    return formatNumber(value);
}

void add(Pairs &pairs, const TrainingSettings &s)
{
    pairs.emplace_back("Epochs", text(s.epochs));
    pairs.emplace_back("Windows a batch", text(s.trainBatch));
    pairs.emplace_back("Window, training [ms]", text(s.trainWindowMs));
    pairs.emplace_back("Windows a batch, validation", text(s.validBatch));
    pairs.emplace_back("Window, validation [ms]", text(s.validWindowMs));
    pairs.emplace_back("Margin [ms]", text(s.marginMs));
    pairs.emplace_back("Learning rate", text(s.learningRate));
    pairs.emplace_back("Weight decay", text(s.weightDecay));
    pairs.emplace_back("AdamW beta, epsilon",
                       text(s.beta1) + ", " + text(s.beta2) + ", " + text(s.epsilon));
    pairs.emplace_back("Largest gradient norm", text(s.maxGradNorm));
    pairs.emplace_back("Warm-up [epochs]", text(s.warmUpEpochs()));
    pairs.emplace_back("Warm-up, factors", text(s.warmUpFrom) + " to " + text(s.warmUpTo));
    pairs.emplace_back("Cool-down [epochs]", text(s.coolDownEpochs()));
    pairs.emplace_back("Cool-down, factors", text(s.coolDownFrom) + " to " + text(s.coolDownTo));
    pairs.emplace_back("Learning rate changes", s.ratePerStep ? "every step" : "every epoch");
    const auto weights = [](const HeadValues &values) {
        std::string joined;
        for (const double value : values)
            joined += (joined.empty() ? "" : ", ") + text(value);
        return joined;
    };
    pairs.emplace_back("Loss weights at first (spikes, soma, near, rate, dendrite)",
                       weights(s.startWeights));
    pairs.emplace_back("Loss weights at last", weights(s.endWeightsInForce()));
    pairs.emplace_back("Loss weights change [epochs]",
                       text(s.transitionStartEpoch()) + " to " + text(s.transitionEndEpoch()));
    pairs.emplace_back("Validation interval [share of an epoch]", text(s.validationFraction));
    pairs.emplace_back("Validation windows",
                       s.randomValidationWindows ? "at random places" : "at the start");
    pairs.emplace_back("Best model",
                       s.bestRule == BestRule::Halfway      ? "lowest loss in halfway weights"
                           : s.bestRule == BestRule::Lowest ? "lowest spike loss"
                                                            : "kept spike loss");
    pairs.emplace_back("Slack of the best model", text(s.bestSlack));
    pairs.emplace_back("Seed of training", std::to_string(s.seed));
    pairs.emplace_back("Threads", s.threads > 0 ? text(s.threads) : "all cores");
    pairs.emplace_back("Trained on", s.cuda ? "GPU" : "CPU");
}

void add(Pairs &pairs, const ComparedTwin &twin, const DatasetIdentity &d)
{
    pairs.emplace_back("Data set", datasetOf(twin));
    pairs.emplace_back("Simulations, training", std::to_string(d.simulations[0]));
    pairs.emplace_back("Simulations, validation", std::to_string(d.simulations[1]));
    pairs.emplace_back("Simulations, test", std::to_string(d.simulations[2]));
    pairs.emplace_back("Simulations' duration [ms]", text(d.durationMs));
    pairs.emplace_back("Seed of the data set", d.seed ? std::to_string(*d.seed) : None);
    pairs.emplace_back("Fingerprint of the data set", d.fingerprint);
}

void add(Pairs &pairs, const ComparedTwin &twin, const Neuron &neuron)
{
    pairs.emplace_back("Neuron", neuronOf(twin));
    for (const ParameterInfo &p : parameters()) {
        if (p.stickOnly && !neuron.isBallAndStick())
            continue;
        std::string name = std::string(parameterGroupName(p.group)) + ": " + std::string(p.label);
        if (!p.unit.empty())
            name += " [" + std::string(readUnit(p.unit)) + "]";
        pairs.emplace_back(name, text(readValue(p.get(neuron), p.unit)));
    }
}

} // namespace

std::vector<std::pair<std::string, std::string>> settingsOf(const ComparedTwin &twin)
{
    Pairs pairs;
    if (!twin.isReadable())
        return pairs;
    const int field = receptiveFieldMs(twin.spec);
    if (!twin.author.empty())
        pairs.emplace_back("Trained by", twin.author);
    pairs.emplace_back("Network", titleOf(twin));
    pairs.emplace_back("Architecture", std::string(architectureName(twin.spec.architecture())));
    for (auto &setting : kindOf(twin.spec).settings(twin.spec))
        pairs.push_back(std::move(setting));
    pairs.emplace_back("Parameters", std::to_string(parameterCount(twin.spec).total));
    pairs.emplace_back("Receptive field [ms]", field > 0 ? text(field) : "all of the past");
    pairs.emplace_back("Segments", text(twin.spec.segments));
    if (twin.settings)
        add(pairs, *twin.settings);
    if (twin.dataset)
        add(pairs, twin, *twin.dataset);
    if (twin.neuron)
        add(pairs, twin, *twin.neuron);
    return pairs;
}

std::vector<SettingRow> settingRows(const ComparedTwins &twins)
{
    std::vector<SettingRow> rows;
    std::vector<Pairs> all;
    for (const auto &twin : twins)
        all.push_back(settingsOf(*twin));
    for (std::size_t t = 0; t < all.size(); ++t) {
        // A name that is new lies behind the one that it follows in its own list.
        std::size_t behind = 0;
        for (const auto &[name, value] : all[t]) {
            auto row = std::find_if(rows.begin(), rows.end(),
                                    [&](const SettingRow &r) { return r.name == name; });
            if (row == rows.end())
                row = rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(behind),
                                  {name, std::vector<std::string>(all.size(), None), false});
            row->values[t] = value;
            behind = static_cast<std::size_t>(row - rows.begin()) + 1;
        }
    }
    for (SettingRow &row : rows)
        row.differ = std::any_of(row.values.begin(), row.values.end(),
                                 [&](const std::string &v) { return v != row.values.front(); });
    return rows;
}

} // namespace dt
