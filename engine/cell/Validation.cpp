// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/Validation.h"

#include "engine/base/NumberText.h"
#include "engine/base/ReadUnits.h"
#include "engine/base/Words.h"
#include "engine/cell/Parameters.h"

#include <algorithm>
#include <set>
#include <string>

namespace dt {

namespace {

bool inRange(double value, double lo, double hi)
{
    return value >= lo && value <= hi; // false for NaN
}

Error rangeError(const std::string &place, const std::string &what, double value, double lo,
                 double hi, const std::string &unit)
{
    const std::string spaced = unit.empty() ? "" : " " + unit;
    return {ErrorCode::InvalidValue,
            what + " of " + roundedOutside(value, lo, hi) + spaced + " is outside the range of "
                + formatNumber(lo) + " to " + formatNumber(hi) + spaced + ".",
            place};
}

void checkDendrites(const Neuron &neuron, std::vector<Error> &problems)
{
    const ParameterInfo &length = *findParameter("dend_L_um");
    const ParameterInfo &diam = *findParameter("dend_diam_um");
    const ParameterInfo &segments = *findParameter("num_segments");
    if (neuron.dendrites.empty())
        problems.push_back({ErrorCode::InvalidValue,
                            "The neuron has no dendrite. Add one: synapses sit on dendrites.",
                            "dendrites"});
    std::set<std::string> names{"soma"};
    for (std::size_t i = 0; i < neuron.dendrites.size(); ++i) {
        const Dendrite &d = neuron.dendrites[i];
        if (d.name.empty() || !names.insert(d.name).second)
            problems.push_back({ErrorCode::InvalidValue,
                                "Two dendrites are named '" + d.name
                                    + "', or one is named like the soma or not at all. Files and "
                                      "tables refer to dendrites by name: give each its own.",
                                d.name});
        const std::string place = neuron.isBallAndStick() ? "" : d.name;
        const auto placeOf = [&](const ParameterInfo &p) {
            return place.empty() ? std::string(p.name) : place;
        };
        const std::string of =
            neuron.isBallAndStick() ? "The dendrite" : "Dendrite '" + d.name + "'";
        const auto good = [&](const Point3 &p) {
            return p.diam > 0.0 && inRange(p.diam, 0.0, MaxDrawnUm)
                && inRange(p.x, -MaxDrawnUm, MaxDrawnUm) && inRange(p.y, -MaxDrawnUm, MaxDrawnUm)
                && inRange(p.z, -MaxDrawnUm, MaxDrawnUm);
        };
        if (d.points.size() == 1 || !std::all_of(d.points.begin(), d.points.end(), good))
            problems.push_back({ErrorCode::InvalidValue,
                                of
                                    + " has a point without a diameter, or one that lies nowhere. "
                                      "Draw it again.",
                                d.name});
        const double minLength = d.points.empty() ? length.min : MinDrawnUm;
        const double minDiam = d.points.empty() ? diam.min : MinDrawnUm;
        if (!inRange(d.lengthUm, minLength, length.max))
            problems.push_back(rangeError(placeOf(length), of + ": a length", d.lengthUm, minLength,
                                          length.max, "um"));
        if (!inRange(d.diamUm, minDiam, diam.max))
            problems.push_back(
                rangeError(placeOf(diam), of + ": a diameter", d.diamUm, minDiam, diam.max, "um"));
        if (!inRange(d.segments, segments.min, segments.max))
            problems.push_back(rangeError(placeOf(segments), of + ": a count", d.segments,
                                          segments.min, segments.max, "segments"));
        if (d.parent < SomaIndex || d.parent >= static_cast<int>(i))
            problems.push_back({ErrorCode::InvalidValue,
                                of
                                    + " hangs on a dendrite that does not come before it, so the "
                                      "branches form a loop or hang on nothing. Reconnect it.",
                                d.name});
        if (!inRange(d.parentX, 0.0, 1.0))
            problems.push_back({ErrorCode::InvalidValue,
                                of + " is attached at " + formatNumber(d.parentX)
                                    + " of its parent; that must lie between 0 and 1.",
                                d.name});
    }
    if (neuron.segmentCount() > MaxSegments)
        problems.push_back(rangeError("num_segments", "A total", neuron.segmentCount(), 1,
                                      MaxSegments, "segments"));
}

void checkKind(const SynapseKind &kind, std::vector<Error> &problems)
{
    const std::string of = "Synapse kind '" + kind.name + "'";
    const auto check = [&](double value, double lo, double hi, const char *what, const char *unit) {
        if (!inRange(value, lo, hi))
            problems.push_back(rangeError(kind.name, of + ": " + what, readValue(value, unit),
                                          readValue(lo, unit), readValue(hi, unit),
                                          std::string(readUnit(unit))));
    };
    check(kind.gMaxUs, 0.0, 1.0, "a peak conductance", "uS");
    check(kind.tauRiseMs, 0.01, 1000.0, "a rise time", "ms");
    check(kind.tauDecayMs, 0.01, 10000.0, "a decay time", "ms");
    check(kind.nmdaGMaxUs, 0.0, 1.0, "an NMDA peak conductance", "uS");
    check(kind.nmdaTauRiseMs, 0.01, 1000.0, "an NMDA rise time", "ms");
    check(kind.nmdaTauDecayMs, 0.01, 10000.0, "an NMDA decay time", "ms");
    check(kind.nmdaGammaPerMv, 0.0, 1.0, "a block steepness", "1/mV");
    check(kind.mgMm, 0.0, 100.0, "a magnesium concentration", "mM");
    check(kind.reversalMv, -150.0, 100.0, "a reversal potential", "mV");
    // Equal time constants make the difference of exponentials vanish.
    const auto order = [&](double rise, double decay, const char *which) {
        if (!(decay > rise * 1.0001))
            problems.push_back({ErrorCode::InvalidValue,
                                of + ": the " + which + "decay time of " + formatNumber(decay)
                                    + " ms must be longer than its rise time of "
                                    + formatNumber(rise) + " ms.",
                                kind.name});
    };
    order(kind.tauRiseMs, kind.tauDecayMs, "");
    order(kind.nmdaTauRiseMs, kind.nmdaTauDecayMs, "NMDA ");
}

void checkSynapses(const Neuron &neuron, std::vector<Error> &problems)
{
    std::set<std::string> names;
    for (const SynapseKind &kind : neuron.synapseKinds) {
        checkKind(kind, problems);
        if (kind.name.empty() || !names.insert(kind.name).second)
            problems.push_back({ErrorCode::InvalidValue,
                                "Two kinds of synapse are named '" + kind.name
                                    + "', or one has no name. Give each its own name.",
                                kind.name});
    }
    if (neuron.synapses.size() > static_cast<std::size_t>(MaxSynapses))
        problems.push_back(rangeError("synapses", "A number",
                                      static_cast<double>(neuron.synapses.size()), 0, MaxSynapses,
                                      "synapses"));
    for (std::size_t i = 0; i < neuron.synapses.size(); ++i) {
        const Synapse &s = neuron.synapses[i];
        const std::string place = "synapse " + std::to_string(i + 1);
        if (s.kind < 0 || s.kind >= static_cast<int>(neuron.synapseKinds.size()))
            problems.push_back({ErrorCode::InvalidValue,
                                "Synapse " + std::to_string(i + 1)
                                    + " is of a kind that does not exist. Choose one of the kinds.",
                                place});
        if (s.dendrite < 0 || s.dendrite >= static_cast<int>(neuron.dendrites.size()))
            problems.push_back({ErrorCode::InvalidValue,
                                "Synapse " + std::to_string(i + 1)
                                    + " sits on a dendrite that does not exist. Move or remove it.",
                                place});
        if (!inRange(s.x, 0.0, 1.0))
            problems.push_back({ErrorCode::InvalidValue,
                                "Synapse " + std::to_string(i + 1) + " sits at " + formatNumber(s.x)
                                    + " of its dendrite; that must lie between 0 and 1.",
                                place});
        if (!inRange(s.weight, 0.0, MaxSynapseWeight))
            problems.push_back(rangeError(place, "Synapse " + std::to_string(i + 1) + ": a weight",
                                          s.weight, 0.0, MaxSynapseWeight, ""));
    }
}

} // namespace

std::vector<Error> neuronProblems(const Neuron &neuron)
{
    std::vector<Error> problems;
    for (const ParameterInfo &parameter : parameters()) {
        if (parameter.stickOnly || parameter.group == ParameterGroup::Synapses)
            continue; // reported dendrite by dendrite and kind by kind below
        const double value = parameter.get(neuron);
        if (!inRange(value, parameter.min, parameter.max))
            problems.push_back(
                rangeError(std::string(parameter.name), std::string(parameter.name) + ": a value",
                           value, parameter.min, parameter.max, std::string(parameter.unit)));
    }
    if (!inRange(neuron.membrane.somaLeakSPerCm2, 0.0, 1.0))
        problems.push_back(rangeError("soma_g_pas", "The soma: a leak",
                                      neuron.membrane.somaLeakSPerCm2, 0.0, 1.0, "S/cm2"));
    checkDendrites(neuron, problems);
    checkSynapses(neuron, problems);
    return problems;
}

Status validateNeuron(const Neuron &neuron)
{
    const std::vector<Error> problems = neuronProblems(neuron);
    if (problems.empty())
        return Done{};
    return problems.front();
}

} // namespace dt
