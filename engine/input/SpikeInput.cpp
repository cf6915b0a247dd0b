// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/input/SpikeInput.h"

#include "engine/base/NumberText.h"
#include "engine/base/Words.h"
#include "engine/cell/Validation.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace dt {

namespace {

auto cell(const InputEvent &e)
{
    return std::tuple(e.timeMs, e.polarity, e.row);
}

Error inputError(const std::string &message)
{
    return {ErrorCode::InvalidValue, message, "input"};
}

std::string whichInput(Polarity polarity)
{
    return polarity == Polarity::Excitatory ? "excitatory" : "inhibitory";
}

std::string where(const InputEvent &e)
{
    return "The " + whichInput(e.polarity) + " input of segment " + std::to_string(e.row) + " at "
        + std::to_string(e.timeMs) + " ms";
}

} // namespace

void SpikeInput::normalise()
{
    std::stable_sort(events.begin(), events.end(),
                     [](const InputEvent &a, const InputEvent &b) { return cell(a) < cell(b); });
    std::vector<InputEvent> merged;
    merged.reserve(events.size());
    for (const InputEvent &event : events) {
        if (!merged.empty() && cell(merged.back()) == cell(event))
            merged.back().weight += event.weight;
        else
            merged.push_back(event);
    }
    std::erase_if(merged, [](const InputEvent &e) { return e.weight == 0.0; });
    events = std::move(merged);
}

std::vector<double> SpikeInput::matrix(Polarity polarity) const
{
    const auto columns = static_cast<std::size_t>(durationMs);
    std::vector<double> dense(static_cast<std::size_t>(segments) * columns, 0.0);
    for (const InputEvent &e : events) {
        if (e.polarity == polarity)
            dense[static_cast<std::size_t>(e.row) * columns + static_cast<std::size_t>(e.timeMs)] +=
                e.weight;
    }
    return dense;
}

std::vector<bool> rowsThatHear(const Neuron &neuron, Polarity polarity)
{
    std::vector<bool> hears(static_cast<std::size_t>(neuron.segmentCount()), false);
    const std::vector<int> first = firstRows(neuron);
    for (const Synapse &s : neuron.synapses) {
        if (neuron.kindOf(s).polarity != polarity)
            continue;
        const auto d = static_cast<std::size_t>(s.dendrite);
        hears[static_cast<std::size_t>(first[d] + segmentAt(neuron.dendrites[d], s.x))] = true;
    }
    return hears;
}

void keepHeard(SpikeInput &input, const Neuron &neuron)
{
    const std::vector<bool> hears[2] = {rowsThatHear(neuron, Polarity::Excitatory),
                                        rowsThatHear(neuron, Polarity::Inhibitory)};
    std::erase_if(input.events, [&](const InputEvent &e) {
        const std::vector<bool> &rows = hears[e.polarity == Polarity::Inhibitory];
        return e.row >= 0 && static_cast<std::size_t>(e.row) < rows.size()
            && !rows[static_cast<std::size_t>(e.row)];
    });
}

Status validateRows(const SpikeInput &input, int segments, std::string_view whose)
{
    if (input.segments == segments)
        return Done{};
    const std::string has = "The input has " + counted(input.segments, "segment row") + ", but "
        + std::string(whose) + " has " + counted(segments, "segment") + ". ";
    if (input.durationMs == segments)
        return inputError(has
                          + "It lies on its side: rows are segments and columns are ms, so give "
                            "it transposed.");
    return inputError(has + "Use an input made for it.");
}

Status validateWeights(const SpikeInput &input)
{
    for (const InputEvent &e : input.events) {
        if (!std::isfinite(e.weight))
            return inputError(where(e) + " is not a number. Weights are finite and not negative.");
        if (e.weight < 0.0)
            return inputError(where(e) + " has the negative weight " + formatNumber(e.weight)
                              + ". Weights are not negative: inhibition has its own matrix.");
        if (e.weight > MaxEventWeight)
            return inputError(where(e) + " has the weight " + formatNumber(e.weight)
                              + ", more than the largest of " + rounded(MaxEventWeight) + ".");
    }
    return Done{};
}

Status validateInput(const SpikeInput &input, const Neuron &neuron)
{
    const int segments = neuron.segmentCount();
    if (const Status rows = validateRows(input, segments, "the neuron"); !rows) {
        const bool stick = neuron.isBallAndStick() && input.durationMs != segments
            && input.segments >= 1 && input.segments <= MaxSegments;
        return stick ? inputError(rows.error().message
                                  + " Or set num_segments=" + std::to_string(input.segments) + ".")
                     : rows;
    }
    if (input.durationMs < 1 || input.durationMs > MaxDurationMs)
        return inputError("A simulation of " + std::to_string(input.durationMs)
                          + " ms is outside the range of 1 to " + std::to_string(MaxDurationMs)
                          + " ms.");

    const std::vector<bool> hears[2] = {rowsThatHear(neuron, Polarity::Excitatory),
                                        rowsThatHear(neuron, Polarity::Inhibitory)};
    for (const InputEvent &e : input.events) {
        if (e.row < 0 || e.row >= segments || e.timeMs < 0 || e.timeMs >= input.durationMs)
            return inputError(where(e) + " lies outside the input of "
                              + counted(segments, "segment") + " x "
                              + std::to_string(input.durationMs) + " ms.");
    }
    if (const Status weights = validateWeights(input); !weights)
        return weights;
    for (const InputEvent &e : input.events) {
        if (!hears[e.polarity == Polarity::Inhibitory][static_cast<std::size_t>(e.row)])
            return inputError(where(e) + " finds no " + whichInput(e.polarity)
                              + " synapse there. Add one to that segment, or move the event.");
    }
    return Done{};
}

} // namespace dt
