// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/synapses/SynapseEdit.h"

#include "engine/base/NumberText.h"
#include "engine/base/PlainText.h"
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

template <typename Item>
int indexByName(const std::vector<Item> &items, std::string_view name)
{
    const auto it = std::find_if(items.begin(), items.end(),
                                 [&](const Item &item) { return item.name == name; });
    return it == items.end() ? -1 : static_cast<int>(it - items.begin());
}

} // namespace

std::vector<double> dendriteStartsUm(const Neuron &neuron)
{
    std::vector<double> starts;
    starts.reserve(neuron.dendrites.size());
    for (const Dendrite &d : neuron.dendrites) { // parents come first
        const bool onDendrite = d.parent >= 0 && d.parent < static_cast<int>(starts.size());
        const auto parent = static_cast<std::size_t>(std::max(0, d.parent));
        starts.push_back(onDendrite ? starts[parent] + d.parentX * neuron.dendrites[parent].lengthUm
                                    : 0.0);
    }
    return starts;
}

double pathDistanceUm(const Neuron &neuron, int dendrite, double x)
{
    const auto d = static_cast<std::size_t>(dendrite);
    return dendriteStartsUm(neuron)[d] + x * neuron.dendrites[d].lengthUm;
}

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
        const auto it =
            std::find_if(neuron.synapseKinds.begin(), neuron.synapseKinds.end(),
                         [&](const SynapseKind &kind) { return kind.polarity == polarity; });
        const bool inhibitory = polarity == Polarity::Inhibitory;
        first[inhibitory] = it != neuron.synapseKinds.end()
            ? static_cast<int>(it - neuron.synapseKinds.begin())
            : addKind(neuron, defaultSynapseKinds()[inhibitory]);
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
    std::string name = wanted;
    for (int number = 2; indexByName(neuron.synapseKinds, name) >= 0; ++number)
        name = wanted + " " + std::to_string(number);
    return name;
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
        text += neuron.synapseKinds[static_cast<std::size_t>(s.kind)].name + '\t'
            + dendriteOf(neuron, s).name + '\t' + formatNumber(s.x) + '\t' + formatNumber(s.weight)
            + '\n';
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
        s.kind = indexByName(neuron.synapseKinds, cells[0]);
        s.dendrite = indexByName(neuron.dendrites, cells[1]);
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
