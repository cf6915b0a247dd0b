// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/json/NeuronJson.h"

#include "engine/cell/Frusta.h"
#include "engine/cell/Names.h"
#include "engine/cell/Parameters.h"
#include "engine/json/JsonParts.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

constexpr const char *OnePair = "one excitatory and one inhibitory per segment";

Json kindJson(const SynapseKind &kind)
{
    Json json{{"name", kind.name},
              {"polarity", polarityName(kind.polarity)},
              {"g_max_uS", kind.gMaxUs},
              {"tau_rise_ms", kind.tauRiseMs},
              {"tau_decay_ms", kind.tauDecayMs},
              {"reversal_mV", kind.reversalMv}};
    if (kind.polarity == Polarity::Excitatory)
        json["nmda"] = {{"g_max_uS", kind.nmdaGMaxUs},
                        {"tau_rise_ms", kind.nmdaTauRiseMs},
                        {"tau_decay_ms", kind.nmdaTauDecayMs},
                        {"gamma_per_mV", kind.nmdaGammaPerMv},
                        {"mg_mM", kind.mgMm}};
    return json;
}

Json synapsesJson(const Neuron &neuron)
{
    if (hasOnePairPerSegment(neuron))
        return OnePair;
    Json table = Json::array();
    for (const Synapse &s : neuron.synapses) {
        Json json{{"kind", neuron.kindOf(s).name},
                  {"dendrite", neuron.dendrites[static_cast<std::size_t>(s.dendrite)].name},
                  {"x", s.x}};
        if (s.weight != 1.0)
            json["weight"] = s.weight;
        table.push_back(std::move(json));
    }
    return table;
}

Json pointsJson(const std::vector<Point3> &points)
{
    Json list = Json::array();
    for (const Point3 &p : points)
        list.push_back(Json::array({p.x, p.y, p.z, p.diam}));
    return list;
}

/// Points decide length and diameter, whatever the file says of these.
void readPoints(JsonReader &reader, Dendrite &dendrite)
{
    const Json *list = reader.find("points_um");
    if (!list)
        return;
    std::vector<Point3> points;
    for (const Json &item : *list) {
        const bool good = item.is_array() && item.size() == 4
            && std::all_of(item.begin(), item.end(), [](const Json &v) { return v.is_number(); });
        if (!good) {
            reader.fail("points_um", "is not a list of points [x, y, z, diameter]");
            return;
        }
        points.push_back({item[0].get<double>(), item[1].get<double>(), item[2].get<double>(),
                          item[3].get<double>()});
    }
    const double length = dendrite.lengthUm;
    const double diam = dendrite.diamUm;
    setPoints(dendrite, std::move(points));
    // The same numbers but for rounding: keep those written, so that a file reads back equal.
    const auto near = [](double a, double b) { return std::abs(a - b) <= 1.0e-9 * std::abs(b); };
    if (near(length, dendrite.lengthUm))
        dendrite.lengthUm = length;
    if (near(diam, dendrite.diamUm))
        dendrite.diamUm = diam;
}

std::optional<Error> readDendrites(JsonReader &reader, Neuron &neuron, const std::string &place)
{
    if (reader.find("dendrites"))
        neuron.dendrites.clear();
    return forEach(reader, "dendrites", [&](const Json &item, std::size_t i) {
        JsonReader r(item, place, "dendrite " + std::to_string(i + 1));
        Dendrite d;
        std::string parent = "soma";
        r.read("name", d.name);
        r.read("parent", parent);
        r.read("parent_x", d.parentX);
        r.read("length_um", d.lengthUm);
        r.read("diam_um", d.diamUm);
        r.read("segments", d.segments);
        readPoints(r, d);
        d.parent = parent == "soma" ? SomaIndex : dendriteNamed(neuron, parent).value_or(-1);
        if (d.parent < 0 && parent != "soma")
            r.fail("hangs on '" + parent + "', which does not come before it in the list");
        neuron.dendrites.push_back(d);
        return r.error();
    });
}

std::optional<Error> readKinds(JsonReader &reader, Neuron &neuron, const std::string &place)
{
    if (reader.find("synapse_kinds"))
        neuron.synapseKinds.clear();
    return forEach(reader, "synapse_kinds", [&](const Json &item, std::size_t i) {
        JsonReader r(item, place, "synapse kind " + std::to_string(i + 1));
        SynapseKind kind;
        std::string polarity = "excitatory";
        r.read("name", kind.name);
        r.read("polarity", polarity);
        r.read("g_max_uS", kind.gMaxUs);
        r.read("tau_rise_ms", kind.tauRiseMs);
        r.read("tau_decay_ms", kind.tauDecayMs);
        r.read("reversal_mV", kind.reversalMv);
        kind.nmdaGMaxUs = 0.0; // without an "nmda" member there is no such component
        if (polarity == "inhibitory")
            kind.polarity = Polarity::Inhibitory;
        else if (polarity != "excitatory")
            r.fail("polarity", "is neither excitatory nor inhibitory");
        const std::optional<Error> nmda = readObject(r, "nmda", place, [&](JsonReader &n) {
            n.read("g_max_uS", kind.nmdaGMaxUs);
            n.read("tau_rise_ms", kind.nmdaTauRiseMs);
            n.read("tau_decay_ms", kind.nmdaTauDecayMs);
            n.read("gamma_per_mV", kind.nmdaGammaPerMv);
            n.read("mg_mM", kind.mgMm);
        });
        neuron.synapseKinds.push_back(kind);
        return r.error() ? r.error() : nmda;
    });
}

std::optional<Error> readSynapses(JsonReader &reader, Neuron &neuron, const std::string &place)
{
    const Json *synapses = reader.find("synapses");
    neuron.synapses.clear();
    if (!synapses || (synapses->is_string() && synapses->get<std::string>() == OnePair)) {
        // Absurd counts are left to validation; they must not be allocated first.
        if (neuron.synapseKinds.size() >= 2 && neuron.segmentCount() <= 100000
            && std::all_of(neuron.dendrites.begin(), neuron.dendrites.end(),
                           [](const Dendrite &d) { return d.segments > 0; }))
            neuron.synapses = onePairPerSegment(neuron);
        return reader.error();
    }
    return forEach(reader, "synapses", [&](const Json &item, std::size_t i) {
        JsonReader r(item, place, "synapse " + std::to_string(i + 1));
        std::string kind;
        std::string dendrite;
        Synapse s;
        r.read("kind", kind);
        r.read("dendrite", dendrite);
        r.read("x", s.x);
        r.read("weight", s.weight);
        s.kind = kindNamed(neuron, kind).value_or(-1);
        s.dendrite = dendriteNamed(neuron, dendrite).value_or(-1);
        if (s.kind < 0)
            r.fail("is of the kind '" + kind + "', which is not among 'synapse_kinds'");
        if (s.dendrite < 0)
            r.fail("sits on '" + dendrite + "', which is not among 'dendrites'");
        neuron.synapses.push_back(s);
        return r.error();
    });
}

/// {"membrane", "Ra_ohm_cm"}; the first is empty for what stands beside the members.
std::pair<std::string, std::string> memberAndKey(const ParameterInfo &parameter)
{
    const std::string path(parameter.json);
    const std::size_t slash = path.find('/');
    if (slash == std::string::npos)
        return {{}, path};
    return {path.substr(0, slash), path.substr(slash + 1)};
}

void readParameters(JsonReader &reader, const std::string &member, Neuron &neuron)
{
    for (const ParameterInfo &parameter : parameters()) {
        const auto [its, key] = memberAndKey(parameter);
        if (key.empty() || its != member)
            continue;
        double value = parameter.get(neuron);
        if (parameter.integer) {
            int whole = static_cast<int>(value);
            reader.read(key.c_str(), whole);
            value = whole;
        } else {
            reader.read(key.c_str(), value);
        }
        parameter.set(neuron, value);
    }
}

} // namespace

Json toJson(const Neuron &neuron)
{
    Json dendrites = Json::array();
    for (const Dendrite &d : neuron.dendrites) {
        const std::string parent = d.parent == SomaIndex
            ? "soma"
            : neuron.dendrites[static_cast<std::size_t>(d.parent)].name;
        Json json{{"name", d.name},          {"parent", parent},    {"parent_x", d.parentX},
                  {"length_um", d.lengthUm}, {"diam_um", d.diamUm}, {"segments", d.segments}};
        if (!d.points.empty())
            json["points_um"] = pointsJson(d.points);
        dendrites.push_back(std::move(json));
    }
    Json kinds = Json::array();
    for (const SynapseKind &kind : neuron.synapseKinds)
        kinds.push_back(kindJson(kind));

    // The order that files have always had; parameters that are new come behind.
    Json json{{"soma", Json::object()},
              {"dendrites", dendrites},
              {"membrane",
               {{"Ra_ohm_cm", 0},
                {"cm_uF_cm2", 0},
                {"Rm_ohm_cm2", 0},
                {"soma_leak_S_cm2", neuron.membrane.somaLeakSPerCm2}}},
              {"channels", {{"rho_factor", 0}}},
              {"synapse_kinds", kinds},
              {"synapses", synapsesJson(neuron)}};
    for (const ParameterInfo &parameter : parameters()) {
        if (parameter.json.empty())
            continue;
        const auto [member, key] = memberAndKey(parameter);
        Json &place = member.empty() ? json[key] : json[member][key];
        if (parameter.integer)
            place = static_cast<int>(parameter.get(neuron));
        else
            place = parameter.get(neuron);
    }
    return json;
}

Result<Neuron> neuronFromJson(const Json &json, const std::string &place)
{
    Neuron neuron;
    neuron.synapseKinds = defaultSynapseKinds();
    JsonReader reader(json, place, "the neuron");
    std::optional<Error> error = readDendrites(reader, neuron, place);
    const auto then = [&](auto next) {
        if (!error)
            error = next();
    };
    then([&] { return readKinds(reader, neuron, place); });
    then([&] { return readSynapses(reader, neuron, place); });
    for (const char *member : {"soma", "membrane", "channels", "labels"})
        then([&] {
            return readObject(reader, member, place,
                              [&](JsonReader &r) { readParameters(r, member, neuron); });
        });
    then([&] {
        return readObject(reader, "membrane", place, [&](JsonReader &r) {
            r.read("soma_leak_S_cm2", neuron.membrane.somaLeakSPerCm2);
        });
    });
    readParameters(reader, {}, neuron);
    if (!error)
        error = reader.error();
    if (error)
        return *error;
    return neuron;
}

Result<Json> parseJson(std::string_view text, const std::string &place)
{
    const auto damaged = [&](std::size_t at) {
        at = std::min(at, text.size());
        const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<long>(at), '\n');
        const std::string_view before = text.substr(0, at);
        const std::size_t lineStart =
            before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
        const bool cutShort = at >= text.size();
        return Error{
            ErrorCode::Format,
            place
                + (cutShort ? " ends too early: it was cut short at line " : " is damaged at line ")
                + std::to_string(line) + ", column "
                + std::to_string(at - std::min(at, lineStart) + 1)
                + ". Use a backup, if there is one.",
            place};
    };
    try {
        return Json::parse(text);
    } catch (const Json::parse_error &e) {
        return damaged(std::max<std::size_t>(e.byte, 1) - 1); // counted from 1
    } catch (const Json::out_of_range &e) {
        // A number beyond doubles: the exception ends with it, in quotes, but does not say where.
        const std::string_view what = e.what();
        const std::size_t quote = what.find('\'') + 1;
        return damaged(text.find(what.substr(quote, what.rfind('\'') - quote)));
    }
}

std::string neuronText(const Neuron &neuron)
{
    return toJson(neuron).dump();
}

Result<Neuron> neuronFromText(std::string_view text, const std::string &place)
{
    const Result<Json> json = parseJson(text, place);
    if (!json)
        return json.error();
    return neuronFromJson(*json, place);
}

} // namespace dt
