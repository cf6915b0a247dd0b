// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recording/RunSettings.h"

#include "engine/base/NumberText.h"
#include "engine/base/ReadUnits.h"
#include "engine/base/Words.h"
#include "engine/cell/Parameters.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace dt {

namespace {

using Setups = std::vector<const RunSetup *>;

std::string counted(std::size_t count, const std::string &one, const std::string &many)
{
    if (count == 0)
        return "none";
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string onOff(bool on)
{
    return on ? "on" : "off";
}

/// Adds settings that are not the same everywhere.
class Collector
{
public:
    explicit Collector(const Setups &setups) : m_setups(setups) { }

    void number(const std::string &name, const std::string &unit,
                const std::function<double(const RunSetup &)> &get)
    {
        words(
            name, unit, [&](const RunSetup &s) { return rounded(get(s)); },
            [&](const RunSetup &a, const RunSetup &b) { return get(a) == get(b); });
    }

    void words(const std::string &name, const std::string &unit,
               const std::function<std::string(const RunSetup &)> &text,
               const std::function<bool(const RunSetup &, const RunSetup &)> &same)
    {
        // Runs with the same value are of one kind, numbered from the oldest run on.
        std::vector<const RunSetup *> kinds;
        std::vector<std::size_t> kindOf(m_setups.size(), 0);
        for (std::size_t i = m_setups.size(); i-- > 0;) {
            if (!m_setups[i])
                continue;
            const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const RunSetup *k) {
                return same(*k, *m_setups[i]);
            });
            kindOf[i] = static_cast<std::size_t>(kind - kinds.begin());
            if (kind == kinds.end())
                kinds.push_back(m_setups[i]);
        }
        if (kinds.size() < 2)
            return;
        std::vector<std::string> texts;
        for (const RunSetup *kind : kinds)
            texts.push_back(text(*kind));
        std::vector<std::string> marked = texts;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            const auto before =
                std::count(texts.begin(), texts.begin() + std::ptrdiff_t(i), texts[i]);
            if (std::count(texts.begin(), texts.end(), texts[i]) > 1)
                marked[i] += " (" + letter(static_cast<std::size_t>(before)) + ")";
        }
        RunSetting setting{name, unit, std::vector<std::string>(m_setups.size())};
        for (std::size_t i = 0; i < m_setups.size(); ++i) {
            if (m_setups[i])
                setting.values[i] = marked[kindOf[i]];
        }
        m_found.push_back(std::move(setting));
    }

    std::vector<RunSetting> take() { return std::move(m_found); }

private:
    static std::string letter(std::size_t i)
    {
        return i < 26 ? std::string(1, static_cast<char>('A' + i)) : std::to_string(i + 1);
    }

    const Setups &m_setups;
    std::vector<RunSetting> m_found;
};

std::string dendriteWords(const RunSetup &setup)
{
    double length = 0.0;
    for (const Dendrite &dendrite : setup.neuron.dendrites)
        length += dendrite.lengthUm;
    return counted(setup.neuron.dendrites.size(), "dendrite", "dendrites") + ", "
        + formatNumber(static_cast<double>(static_cast<long>(length + 0.5))) + " um";
}

std::string kindWords(const RunSetup &setup)
{
    std::string names;
    for (const SynapseKind &kind : setup.neuron.synapseKinds)
        names += (names.empty() ? "" : ", ") + kind.name;
    return names.empty() ? "none" : names;
}

std::string electrodeWords(const RunSetup &setup)
{
    std::string text;
    for (const Electrode &electrode : setup.stimulus.electrodes) {
        if (!electrode.on)
            continue;
        text += (text.empty() ? "" : "; ") + electrode.name + " ";
        text += electrode.clamp == Clamp::Current ? formatNumber(electrode.currentNa) + " nA"
                                                  : formatNumber(electrode.stepMv) + " mV";
    }
    return text.empty() ? "none" : text;
}

void addNeuron(Collector &collector, const Setups &setups)
{
    const bool sticks = std::all_of(setups.begin(), setups.end(), [](const RunSetup *s) {
        return !s || s->neuron.isBallAndStick();
    });
    if (!sticks)
        collector.words("Dendrites", {}, dendriteWords, [](const RunSetup &a, const RunSetup &b) {
            return a.neuron.dendrites == b.neuron.dendrites;
        });
    for (const ParameterInfo &parameter : parameters()) {
        if (parameter.stickOnly && !sticks)
            continue;
        collector.number(
            std::string(parameterGroupName(parameter.group)) + ": " + std::string(parameter.label),
            std::string(readUnit(parameter.unit)),
            [&](const RunSetup &s) { return readValue(parameter.get(s.neuron), parameter.unit); });
    }
    // On a stick with one pair per segment the table follows from the number of segments.
    collector.words(
        "Synapses", {},
        [](const RunSetup &s) { return counted(s.neuron.synapses.size(), "synapse", "synapses"); },
        [](const RunSetup &a, const RunSetup &b) {
            return a.neuron.synapses == b.neuron.synapses
                || (hasOnePairPerSegment(a.neuron) && hasOnePairPerSegment(b.neuron));
        });
    // What the numbers above do not show: further kinds, and names.
    collector.words("Kinds of Synapses", {}, kindWords, [](const RunSetup &a, const RunSetup &b) {
        if (a.neuron.synapseKinds == b.neuron.synapseKinds)
            return true;
        Neuron like = a.neuron;
        for (const ParameterInfo &parameter : parameters()) {
            if (parameter.group == ParameterGroup::Synapses)
                parameter.set(like, parameter.get(b.neuron));
        }
        return like.synapseKinds == b.neuron.synapseKinds;
    });
}

void addStimulus(Collector &collector)
{
    const auto number = [&](const char *name, const char *unit, auto get) {
        collector.number(name, unit,
                         [get](const RunSetup &s) { return static_cast<double>(get(s.stimulus)); });
    };
    number("Duration", "ms", [](const Stimulus &s) { return s.durationMs; });
    collector.words(
        "Painted Events", {},
        [](const RunSetup &s) { return counted(s.stimulus.painted.size(), "event", "events"); },
        [](const RunSetup &a, const RunSetup &b) {
            return a.stimulus.painted == b.stimulus.painted;
        });
    collector.words(
        "Rain", {}, [](const RunSetup &s) { return onOff(s.stimulus.rain.on); },
        [](const RunSetup &a, const RunSetup &b) {
            return a.stimulus.rain.on == b.stimulus.rain.on;
        });
    number("Rain: Excitatory Weight", "", [](const Stimulus &s) { return s.rain.excMaxWeight; });
    number("Rain: Excitatory Rate", "Hz",
           [](const Stimulus &s) { return rainRateHz(s.rain.excSparsity); });
    number("Rain: Inhibitory Weight", "", [](const Stimulus &s) { return s.rain.inhMaxWeight; });
    number("Rain: Inhibitory Rate", "Hz",
           [](const Stimulus &s) { return rainRateHz(s.rain.inhSparsity); });
    collector.words(
        "Axons", {}, [](const RunSetup &s) { return onOff(s.stimulus.axons.on); },
        [](const RunSetup &a, const RunSetup &b) {
            return a.stimulus.axons.on == b.stimulus.axons.on;
        });
    number("Axons: Seed", "", [](const Stimulus &s) { return s.axons.seed; });
    number("Axons: Count", "", [](const Stimulus &s) { return s.axons.count; });
    number("Axons: Excitatory Rate", "Hz", [](const Stimulus &s) { return s.axons.excRateHz; });
    number("Axons: Inhibitory Rate", "Hz", [](const Stimulus &s) { return s.axons.inhRateHz; });
    number("Axons: Power", "", [](const Stimulus &s) { return s.axons.power; });
    number("Axons: Multiplier", "", [](const Stimulus &s) { return s.axons.multiplier; });
    collector.words(
        "Like Training Data", {}, [](const RunSetup &s) { return onOff(s.stimulus.training.on); },
        [](const RunSetup &a, const RunSetup &b) {
            return a.stimulus.training.on == b.stimulus.training.on;
        });
    number("Like Training Data: Seed", "", [](const Stimulus &s) { return s.training.seed; });
    collector.words("Electrodes", {}, electrodeWords, [](const RunSetup &a, const RunSetup &b) {
        return a.stimulus.electrodes == b.stimulus.electrodes;
    });
}

} // namespace

std::vector<RunSetting> differingSettings(std::span<const RunRecord> runs)
{
    Setups setups;
    for (const RunRecord &run : runs)
        setups.push_back(run.setup.get());
    Collector collector(setups);
    addNeuron(collector, setups);
    addStimulus(collector);
    return collector.take();
}

std::uint64_t seedOf(const Stimulus &stimulus)
{
    if (stimulus.rain.on)
        return stimulus.rain.seed;
    return stimulus.axons.on   ? stimulus.axons.seed
        : stimulus.training.on ? stimulus.training.seed
                               : stimulus.rain.seed;
}

void setSeed(Stimulus &stimulus, std::uint64_t seed)
{
    if (stimulus.rain.on)
        stimulus.rain.seed = seed;
    if (stimulus.axons.on)
        stimulus.axons.seed = seed;
    if (stimulus.training.on)
        stimulus.training.seed = seed;
}

bool isRandom(const Stimulus &stimulus)
{
    return stimulus.rain.on || stimulus.axons.on || stimulus.training.on;
}

} // namespace dt
