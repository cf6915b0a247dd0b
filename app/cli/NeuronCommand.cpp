// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Cli.h"
#include "app/cli/NeuronCommands.h"
#include "app/cli/Options.h"
#include "app/cli/Parts.h"

#include "engine/base/Words.h"
#include "engine/cell/Cable.h"
#include "engine/cell/Parameters.h"
#include "engine/cell/Presets.h"

#include <nlohmann/json.hpp>

#include <array>

namespace dt::cli {

using namespace Qt::StringLiterals;
using Json = nlohmann::ordered_json;

namespace {

int listNeuronPresets(const QStringList &arguments, Io &io)
{
    Options options("neuron presets", u"Lists the neurons that come with the program."_s);
    if (const auto code = options.parse(arguments, io))
        return *code;
    if (options.json()) {
        Json list = Json::array();
        for (const NeuronPreset &preset : neuronPresets())
            list.push_back({{"name", preset.name},
                            {"title", preset.title},
                            {"description", preset.description}});
        io.out << Json{{"presets", list}}.dump() << "\n";
        return Ok;
    }
    for (const NeuronPreset &preset : neuronPresets())
        io.out << preset.name << std::string(16 - preset.name.size(), ' ') << preset.description
               << "\n";
    return Ok;
}

Json scalars(const Neuron &neuron)
{
    Json json;
    for (const ParameterInfo &parameter : parameters()) {
        if (parameter.stickOnly && !neuron.isBallAndStick())
            continue;
        const std::string name(parameter.name);
        if (parameter.integer)
            json[name] = static_cast<long long>(parameter.get(neuron));
        else
            json[name] = parameter.get(neuron);
    }
    json["num_segments"] = neuron.segmentCount();
    json["synapse_type"] = synapseTypeOf(neuron);
    const CableCard card = cableCard(neuron);
    json["lambda_um"] = card.lambdaUm;
    json["L_over_lambda"] = card.electrotonicLength;
    json["tau_ms"] = card.tauMs;
    return json;
}

int showNeuron(const QStringList &arguments, Io &io)
{
    Options options("neuron show",
                    u"Prints every parameter of a neuron: a preset, a project (*.dendro) or any "
                    "HDF5 file of ours."_s);
    options.addPositional(u"NEURON"_s, u"Preset or file."_s);
    options.addSet();
    if (const auto code = options.parse(arguments, io, 1))
        return *code;
    const Result<Neuron> neuron = options.neuron(options.positional(0));
    if (!neuron)
        return report(io, neuron.error());
    const Json json = scalars(*neuron);
    if (options.json()) {
        io.out << json.dump() << "\n";
        return Ok;
    }
    for (const auto &[name, value] : json.items()) {
        const ParameterInfo *parameter = findParameter(name);
        io.out << name << std::string(name.size() < 32 ? 32 - name.size() : 1, ' ');
        if (value.is_string())
            io.out << value.get<std::string>();
        else if (parameter)
            io.out << rounded(value.get<double>()) << " " << parameter->unit;
        else
            io.out << value.get<double>();
        io.out << "\n";
    }
    return Ok;
}

} // namespace

int neuronCommand(const QStringList &arguments, Io &io)
{
    static constexpr std::array Parts{
        Part{"presets", "[--json]", listNeuronPresets},
        Part{"show", "NEURON [--set NAME=VALUE]... [--json]", showNeuron},
        Part{"import", "FILE.swc --out project.dendro [--neuron NEURON] [--add-soma UM]",
             neuronImport},
        Part{"export", "NEURON --swc out.swc", neuronExport},
        Part{"script", "PROJECT.dendro --out run.py", neuronScriptCommand},
    };
    return runPart("neuron", "Neurons: presets, parameters, traced cells, scripts for NEURON.",
                   Parts, arguments, io);
}

} // namespace dt::cli
