// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/Names.h"
#include "engine/input/EventPlaces.h"
#include "engine/json/JsonParts.h"

namespace dt {

namespace {

/// A place that does not exist is written as no name: whoever reads it refuses it.
std::string sectionName(int dendrite, const Neuron &neuron)
{
    if (dendrite == SomaIndex)
        return "soma";
    if (dendrite < 0 || dendrite >= static_cast<int>(neuron.dendrites.size()))
        return {};
    return neuron.dendrites[static_cast<std::size_t>(dendrite)].name;
}

/// Electrodes are written with their section's name.
Json electrodesJson(const std::vector<Electrode> &electrodes, const Neuron &neuron)
{
    Json list = Json::array();
    for (const Electrode &e : electrodes) {
        Json json{{"name", e.name},
                  {"clamp", e.clamp == Clamp::Current ? "current" : "voltage"},
                  {"section", sectionName(e.dendrite, neuron)},
                  {"x", e.x},
                  {"start_ms", e.startMs},
                  {"duration_ms", e.durationMs},
                  {"current_nA", e.currentNa},
                  {"step_mV", e.stepMv},
                  {"hold_mV", e.holdMv},
                  {"series_Mohm", e.seriesMohm},
                  {"on", e.on}};
        list.push_back(std::move(json));
    }
    return list;
}

std::optional<Error> readElectrode(const Json &json, const Neuron &neuron, const std::string &place,
                                   const std::string &what, Electrode &e)
{
    JsonReader r(json, place, what);
    std::string clamp = "current";
    std::string section = "soma";
    r.read("name", e.name);
    r.read("clamp", clamp);
    r.read("section", section);
    r.read("x", e.x);
    r.read("start_ms", e.startMs);
    r.read("duration_ms", e.durationMs);
    r.read("current_nA", e.currentNa);
    r.read("step_mV", e.stepMv);
    r.read("hold_mV", e.holdMv);
    r.read("series_Mohm", e.seriesMohm);
    r.read("on", e.on);
    if (clamp == "voltage")
        e.clamp = Clamp::Voltage;
    else if (clamp != "current")
        r.fail("clamp", "is neither current nor voltage");
    e.dendrite = section == "soma" ? SomaIndex : dendriteNamed(neuron, section).value_or(-1);
    if (e.dendrite == SomaIndex && section != "soma")
        r.fail("sits in a section '" + section + "' that the neuron does not have");
    return r.error();
}

Result<std::vector<Electrode>> electrodesFromJson(const Json &json, const Neuron &neuron,
                                                  const std::string &place)
{
    std::vector<Electrode> electrodes;
    if (!json.is_array())
        return Error{ErrorCode::Format, place + ": 'electrodes' is not a list.", place};
    for (std::size_t i = 0; i < json.size(); ++i) {
        Electrode e;
        if (const std::optional<Error> error =
                readElectrode(json[i], neuron, place, "electrode " + std::to_string(i + 1), e))
            return *error;
        electrodes.push_back(std::move(e));
    }
    return electrodes;
}

} // namespace

Json toJson(const Stimulus &stimulus, const Neuron &neuron)
{
    const EventPlaces places(neuron);
    Json events = Json::array();
    for (const InputEvent &e : stimulus.painted) {
        const std::optional<Place> place = places.of(e);
        if (!place)
            continue;
        events.push_back(
            {{"polarity", polarityName(e.polarity)},
             {"dendrite", neuron.dendrites[static_cast<std::size_t>(place->dendrite)].name},
             {"x", place->x},
             {"time_ms", e.timeMs},
             {"weight", e.weight}});
    }
    const Rain &rain = stimulus.rain;
    const Axons &axons = stimulus.axons;
    return {{"duration_ms", stimulus.durationMs},
            {"rain",
             {{"on", rain.on},
              {"seed", rain.seed},
              {"exc_max_weight", rain.excMaxWeight},
              {"exc_sparsity", rain.excSparsity},
              {"inh_max_weight", rain.inhMaxWeight},
              {"inh_sparsity", rain.inhSparsity}}},
            {"axons",
             {{"on", axons.on},
              {"seed", axons.seed},
              {"count", axons.count},
              {"exc_rate_hz", axons.excRateHz},
              {"inh_rate_hz", axons.inhRateHz},
              {"power", axons.power},
              {"multiplier", axons.multiplier}}},
            {"training", {{"on", stimulus.training.on}, {"seed", stimulus.training.seed}}},
            {"electrodes", electrodesJson(stimulus.electrodes, neuron)},
            {"events", events}};
}

Result<Stimulus> stimulusFromJson(const Json &json, const Neuron &neuron, const std::string &place)
{
    Stimulus stimulus;
    JsonReader reader(json, place, "the stimulus");
    reader.read("duration_ms", stimulus.durationMs);
    std::optional<Error> error = readObject(reader, "rain", place, [&](JsonReader &r) {
        Rain &rain = stimulus.rain;
        r.read("on", rain.on);
        r.read("seed", rain.seed);
        r.read("exc_max_weight", rain.excMaxWeight);
        r.read("exc_sparsity", rain.excSparsity);
        r.read("inh_max_weight", rain.inhMaxWeight);
        r.read("inh_sparsity", rain.inhSparsity);
    });
    if (!error)
        error = readObject(reader, "axons", place, [&](JsonReader &r) {
            Axons &axons = stimulus.axons;
            r.read("on", axons.on);
            r.read("seed", axons.seed);
            r.read("count", axons.count);
            r.read("exc_rate_hz", axons.excRateHz);
            r.read("inh_rate_hz", axons.inhRateHz);
            r.read("power", axons.power);
            r.read("multiplier", axons.multiplier);
        });
    if (!error)
        error = readObject(reader, "training", place, [&](JsonReader &r) {
            r.read("on", stimulus.training.on);
            r.read("seed", stimulus.training.seed);
        });
    if (!error) {
        if (const Json *list = reader.find("electrodes")) {
            const Result<std::vector<Electrode>> read = electrodesFromJson(*list, neuron, place);
            if (!read)
                return read.error();
            stimulus.electrodes = *read;
        }
    }
    const EventPlaces places(neuron);
    if (!error)
        error = forEach(reader, "events", [&](const Json &item, std::size_t i) {
            JsonReader r(item, place, "event " + std::to_string(i + 1));
            InputEvent e;
            std::string polarity = "excitatory";
            std::string dendrite;
            double x = 0.5;
            r.read("polarity", polarity);
            r.read("dendrite", dendrite);
            r.read("x", x);
            r.read("time_ms", e.timeMs);
            r.read("weight", e.weight);
            if (polarity == "inhibitory")
                e.polarity = Polarity::Inhibitory;
            else if (polarity != "excitatory")
                r.fail("polarity", "is neither excitatory nor inhibitory");
            const int d = dendriteNamed(neuron, dendrite).value_or(-1);
            if (d < 0)
                r.fail("arrives on '" + dendrite + "', a dendrite that the neuron does not have");
            else if (!(x >= 0.0 && x <= 1.0))
                r.fail("x", "does not lie between 0 and 1");
            else
                places.put(e, {d, x});
            stimulus.painted.push_back(e);
            return r.error();
        });
    if (!error)
        error = reader.error();
    if (error)
        return *error;
    return stimulus;
}

} // namespace dt
