// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/input/Electrode.h"

#include "engine/base/FreeName.h"
#include "engine/base/NumberText.h"
#include "engine/cell/Validation.h"

#include <algorithm>
#include <set>

namespace dt {

namespace {

bool inside(double value, double lo, double hi)
{
    return value >= lo && value <= hi; // false for NaN
}

bool placeExists(const Neuron &neuron, int dendrite, double x)
{
    return dendrite >= SomaIndex && dendrite < static_cast<int>(neuron.dendrites.size())
        && inside(x, 0.0, 1.0);
}

} // namespace

Status validateElectrodes(const std::vector<Electrode> &electrodes, const Neuron &neuron)
{
    std::set<std::string> names;
    for (const Electrode &e : electrodes) {
        const std::string of = "Electrode '" + e.name + "'";
        const auto refuse = [&](const std::string &sentence) {
            return Error{ErrorCode::InvalidValue, of + sentence, e.name};
        };
        const auto range = [&](const std::string &what, double value, double lo, double hi,
                               const std::string &unit) {
            return refuse(": " + what + " of " + formatNumber(value) + " " + unit
                          + " is outside the range of " + formatNumber(lo) + " to "
                          + formatNumber(hi) + " " + unit + ".");
        };
        if (e.name.empty() || !names.insert(e.name).second)
            return refuse(" has no name, or a name that another electrode has. Give it its own.");
        if (!placeExists(neuron, e.dendrite, e.x))
            return refuse(" sits on a place that the neuron does not have. Move or remove it.");
        if (!inside(e.startMs, 0.0, MaxDurationMs))
            return range("a start", e.startMs, 0.0, MaxDurationMs, "ms");
        if (!inside(e.durationMs, 0.0, MaxDurationMs))
            return range("a duration", e.durationMs, 0.0, MaxDurationMs, "ms");
        if (!inside(e.currentNa, -MaxElectrodeNa, MaxElectrodeNa))
            return range("a current", e.currentNa, -MaxElectrodeNa, MaxElectrodeNa, "nA");
        for (const double mv : {e.stepMv, e.holdMv}) {
            if (!inside(mv, -MaxElectrodeMv, MaxElectrodeMv))
                return range("a voltage", mv, -MaxElectrodeMv, MaxElectrodeMv, "mV");
        }
        if (!inside(e.seriesMohm, 0.001, 10000.0))
            return range("a series resistance", e.seriesMohm, 0.001, 10000.0, "megohm");
    }
    return Done{};
}

Status validateProbes(const std::vector<Probe> &probes, const std::vector<Electrode> &electrodes,
                      const Neuron &neuron)
{
    for (const Probe &p : probes) {
        const bool good = p.what == Probe::What::Voltage
            ? placeExists(neuron, p.dendrite, p.x)
            : p.electrode >= 0 && p.electrode < static_cast<int>(electrodes.size());
        if (!good)
            return Error{ErrorCode::InvalidValue,
                         "A measurement was asked for at a place or electrode that does not exist.",
                         "probe"};
    }
    return Done{};
}

std::vector<Probe> electrodeProbes(const std::vector<Electrode> &electrodes)
{
    std::vector<Probe> probes;
    for (std::size_t i = 0; i < electrodes.size(); ++i) {
        const Electrode &e = electrodes[i];
        probes.push_back({Probe::What::ElectrodeCurrent, e.dendrite, e.x, static_cast<int>(i)});
        probes.push_back({Probe::What::Voltage, e.dendrite, e.x, 0});
    }
    return probes;
}

std::string freeElectrodeName(const std::vector<Electrode> &electrodes, const std::string &wanted)
{
    return freeName(wanted, " ", [&](const std::string &name) {
        return std::any_of(electrodes.begin(), electrodes.end(),
                           [&](const Electrode &e) { return e.name == name; });
    });
}

std::vector<Electrode> remapElectrodes(const std::vector<Electrode> &electrodes,
                                       const Neuron &before, const Neuron &after)
{
    std::vector<Electrode> kept;
    for (Electrode e : electrodes) {
        if (e.dendrite != SomaIndex) {
            if (!placeExists(before, e.dendrite, e.x))
                continue;
            const int same = sameDendrite(before, e.dendrite, after);
            if (same < 0)
                continue;
            e.dendrite = same;
        }
        kept.push_back(e);
    }
    return kept;
}

} // namespace dt
