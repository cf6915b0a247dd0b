// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/synapses/SynapseEdit.h"

#include "engine/base/FreeName.h"
#include "engine/base/NumberText.h"
#include "engine/base/PlainText.h"
#include "engine/cell/DendritePath.h"
#include "engine/cell/Names.h"
#include "engine/cell/Validation.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace dt {

namespace {

SynapseKind excitatoryKind(double gMaxUs, double nmdaGMaxUs, double gamma)
{
    SynapseKind kind = defaultSynapseKinds()[0];
    kind.gMaxUs = gMaxUs;
    kind.nmdaGMaxUs = nmdaGMaxUs;
    kind.nmdaGammaPerMv = gamma;
    return kind;
}

template <typename Function>
void forItems(Neuron &neuron, std::span<const int> items, Function function)
{
    for (const int i : items) {
        if (i >= 0 && i < static_cast<int>(neuron.synapses.size()))
            function(neuron.synapses[static_cast<std::size_t>(i)]);
    }
}

const Dendrite &dendriteOf(const Neuron &neuron, const Synapse &s)
{
    return neuron.dendrites[static_cast<std::size_t>(s.dendrite)];
}

std::vector<std::string_view> split(std::string_view line, char separator)
{
    std::vector<std::string_view> cells;
    while (true) {
        const std::size_t at = line.find(separator);
        cells.push_back(trimmed(line.substr(0, at)));
        if (at == std::string_view::npos)
            return cells;
        line.remove_prefix(at + 1);
    }
}

bool readNumber(std::string_view text, double &value)
{
    const char *end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, value);
    return error == std::errc() && at == end && std::isfinite(value);
}

} // namespace

bool isAtSegmentCentre(const Dendrite &dendrite, double x)
{
    return std::abs(x - segmentCentre(dendrite, x)) < 1e-9;
}

std::vector<int> addSynapses(Neuron &neuron, const std::vector<Synapse> &synapses)
{
    std::vector<int> items;
    for (const Synapse &s : synapses) {
        items.push_back(static_cast<int>(neuron.synapses.size()));
        neuron.synapses.push_back(s);
    }
    return items;
}

void moveSynapses(Neuron &neuron, std::span<const int> items, int dendrite, double x)
{
    forItems(neuron, items, [&](Synapse &s) {
        s.dendrite = dendrite;
        s.x = std::clamp(x, 0.0, 1.0);
    });
}

void shiftSynapses(Neuron &neuron, std::span<const int> items, double um)
{
    forItems(neuron, items, [&](Synapse &s) {
        s.x = std::clamp(s.x + um / dendriteOf(neuron, s).lengthUm, 0.0, 1.0);
    });
}

void snapSynapses(Neuron &neuron, std::span<const int> items)
{
    forItems(neuron, items, [&](Synapse &s) {
        if (!isAtSegmentCentre(dendriteOf(neuron, s), s.x))
            s.x = segmentCentre(dendriteOf(neuron, s), s.x);
    });
}

void setSynapseKind(Neuron &neuron, std::span<const int> items, int kind)
{
    forItems(neuron, items, [&](Synapse &s) { s.kind = kind; });
}

void removeSynapses(Neuron &neuron, std::span<const int> items)
{
    std::vector<char> gone(neuron.synapses.size(), 0);
    for (const int i : items) {
        if (i >= 0 && i < static_cast<int>(gone.size()))
            gone[static_cast<std::size_t>(i)] = 1;
    }
    std::size_t at = 0;
    std::erase_if(neuron.synapses, [&](const Synapse &) { return gone[at++] != 0; });
}

void removeSynapsesOfKind(Neuron &neuron, int kind)
{
    std::erase_if(neuron.synapses, [&](const Synapse &s) { return s.kind == kind; });
}

void setSynapseWeights(Neuron &neuron, std::span<const int> items, double weight)
{
    forItems(neuron, items, [&](Synapse &s) { s.weight = weight; });
}

void scaleSynapseWeights(Neuron &neuron, std::span<const int> items, double factor)
{
    forItems(neuron, items,
             [&](Synapse &s) { s.weight = std::clamp(s.weight * factor, 0.0, MaxSynapseWeight); });
}

void setSynapseWeightsByDistance(Neuron &neuron, std::span<const int> items, double nearWeight,
                                 double farWeight)
{
    const std::vector<double> starts = dendriteStartsUm(neuron);
    const auto distance = [&](const Synapse &s) {
        return starts[static_cast<std::size_t>(s.dendrite)] + s.x * dendriteOf(neuron, s).lengthUm;
    };
    double nearest = std::numeric_limits<double>::infinity();
    double farthest = 0.0;
    forItems(neuron, items, [&](Synapse &s) {
        nearest = std::min(nearest, distance(s));
        farthest = std::max(farthest, distance(s));
    });
    forItems(neuron, items, [&](Synapse &s) {
        const double share =
            farthest > nearest ? (distance(s) - nearest) / (farthest - nearest) : 0.0;
        s.weight = nearWeight + (farWeight - nearWeight) * share;
    });
}

std::vector<int> synapsesOfKind(const Neuron &neuron, int kind)
{
    std::vector<int> items;
    for (std::size_t i = 0; i < neuron.synapses.size(); ++i) {
        if (neuron.synapses[i].kind == kind)
            items.push_back(static_cast<int>(i));
    }
    return items;
}

void setOnePairPerSegment(Neuron &neuron)
{
    int first[2] = {-1, -1};
    for (const Polarity polarity : {Polarity::Excitatory, Polarity::Inhibitory}) {
        const bool inhibitory = polarity == Polarity::Inhibitory;
        const std::optional<int> known = firstKind(neuron, polarity);
        first[inhibitory] = known ? *known : addKind(neuron, defaultSynapseKinds()[inhibitory]);
    }
    neuron.synapses.clear();
    for (const SegmentRef &row : segmentRows(neuron)) {
        neuron.synapses.push_back({first[0], row.dendrite, row.x});
        neuron.synapses.push_back({first[1], row.dendrite, row.x});
    }
}

std::span<const SynapseKindPreset> synapseKindPresets()
{
    // docs/BIOPHYSICS.md, section 3.
    static const std::array Presets{
        SynapseKindPreset{"AMPA", "AMPA", excitatoryKind(4.0e-4, 0.0, 0.062)},
        SynapseKindPreset{"NMDA rodent", "AMPA + NMDA (Rodent)",
                          excitatoryKind(4.0e-4, 4.0e-4, 0.062)},
        SynapseKindPreset{"NMDA human", "AMPA + NMDA (Human)",
                          excitatoryKind(4.0e-4, 8.0e-4, 0.08)},
        SynapseKindPreset{"GABA-A", "GABA-A", defaultSynapseKinds()[1]},
    };
    return Presets;
}

std::string_view kindPresetTitle(const SynapseKind &kind)
{
    for (const SynapseKindPreset &preset : synapseKindPresets()) {
        SynapseKind same = preset.kind;
        same.name = kind.name;
        if (kind.polarity == Polarity::Inhibitory) {
            // Inhibition has one component: what the other's numbers say means nothing.
            same.nmdaGMaxUs = kind.nmdaGMaxUs;
            same.nmdaTauRiseMs = kind.nmdaTauRiseMs;
            same.nmdaTauDecayMs = kind.nmdaTauDecayMs;
            same.nmdaGammaPerMv = kind.nmdaGammaPerMv;
            same.mgMm = kind.mgMm;
        }
        if (same == kind)
            return preset.title;
    }
    return "Custom";
}

std::string freeKindName(const Neuron &neuron, const std::string &wanted)
{
    return freeName(wanted, " ",
                    [&](const std::string &name) { return kindNamed(neuron, name).has_value(); });
}

int addKind(Neuron &neuron, SynapseKind kind)
{
    kind.name = freeKindName(neuron, kind.name);
    neuron.synapseKinds.push_back(std::move(kind));
    return static_cast<int>(neuron.synapseKinds.size()) - 1;
}

void removeKind(Neuron &neuron, int kind, std::optional<int> moveTo)
{
    if (moveTo && *moveTo != kind) {
        for (Synapse &s : neuron.synapses) {
            if (s.kind == kind)
                s.kind = *moveTo;
        }
    } else {
        removeSynapsesOfKind(neuron, kind);
    }
    neuron.synapseKinds.erase(neuron.synapseKinds.begin() + kind);
    for (Synapse &s : neuron.synapses) {
        if (s.kind > kind)
            --s.kind;
    }
}

std::string synapsesToText(const Neuron &neuron, std::span<const int> items)
{
    std::string text = "kind\tdendrite\tx\tweight\n";
    for (const int i : items) {
        if (i < 0 || i >= static_cast<int>(neuron.synapses.size()))
            continue;
        const Synapse &s = neuron.synapses[static_cast<std::size_t>(i)];
        text += neuron.kindOf(s).name + '\t' + dendriteOf(neuron, s).name + '\t' + formatNumber(s.x)
            + '\t' + formatNumber(s.weight) + '\n';
    }
    return text;
}

Result<std::vector<Synapse>> synapsesFromText(const Neuron &neuron, std::string_view text)
{
    std::vector<Synapse> synapses;
    int number = 0;
    for (const std::string_view whole : split(text, '\n')) {
        ++number;
        if (whole.empty())
            continue;
        const std::string place = "line " + std::to_string(number);
        const auto refuse = [&](const std::string &sentence) {
            return Error{ErrorCode::Format, "Line " + std::to_string(number) + " " + sentence,
                         place};
        };
        const std::vector<std::string_view> cells =
            split(whole, whole.find('\t') != std::string_view::npos ? '\t' : ',');
        if (cells[0] == "kind" && synapses.empty())
            continue; // the header
        if (cells.size() < 3 || cells.size() > 4)
            return refuse("of the pasted text has " + std::to_string(cells.size())
                          + " columns. A synapse is: kind, dendrite, x, weight.");
        Synapse s;
        s.kind = kindNamed(neuron, cells[0]).value_or(-1);
        s.dendrite = dendriteNamed(neuron, cells[1]).value_or(-1);
        if (s.kind < 0)
            return refuse("names the kind '" + std::string(cells[0])
                          + "', which this neuron does not have. Add the kind first.");
        if (s.dendrite < 0)
            return refuse("names the dendrite '" + std::string(cells[1])
                          + "', which this neuron does not have.");
        if (!readNumber(cells[2], s.x) || s.x < 0.0 || s.x > 1.0)
            return refuse("has '" + std::string(cells[2])
                          + "' for x. It is a number from 0 to 1 along the dendrite.");
        if (cells.size() == 4
            && (!readNumber(cells[3], s.weight) || s.weight < 0.0 || s.weight > MaxSynapseWeight))
            return refuse("has '" + std::string(cells[3])
                          + "' for the weight. It is a number from 0 to "
                          + formatNumber(MaxSynapseWeight) + ".");
        synapses.push_back(s);
    }
    if (synapses.empty())
        return Error{ErrorCode::Format,
                     "The clipboard holds no synapses. Copy rows of this table, or lines of: kind, "
                     "dendrite, x, weight.",
                     "clipboard"};
    return synapses;
}

} // namespace dt
