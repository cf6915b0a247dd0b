// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/NeuronAttributes.h"

#include "engine/base/NumberText.h"
#include "engine/base/Version.h"
#include "engine/cell/Parameters.h"
#include "engine/cell/Presets.h"
#include "engine/cell/Validation.h"
#include "engine/json/NeuronJson.h"

#include <optional>
#include <utility>

namespace dt {

namespace {

/// What a person calls a file of this format.
std::string kindOf(const std::string &format)
{
    for (const auto &[name, kind] :
         {std::pair{"dendrotwin-dataset", "a data set"},
          std::pair{"dendrotwin-recording", "a recording"}, std::pair{"dendrotwin-twin", "a twin"},
          std::pair{"dendrotwin-prediction", "a twin's prediction"},
          std::pair{"dendrotwin-shard", "a part of an unfinished build"}}) {
        if (format == name)
            return kind;
    }
    return "a '" + format + "' file";
}

} // namespace

Status writeHeader(hid_t file, const std::string &format, const Neuron &neuron)
{
    std::optional<Error> error;
    const auto put = [&](const char *name, auto value) {
        if (const Status status = h5::writeAttribute(file, name, value); !status && !error)
            error = status.error();
    };
    put("format", format);
    put("format_version", std::int64_t{FormatVersion});
    put("created_by", "DendroTwin " + std::string(ProgramVersion));
    put("neuron", neuronText(neuron));
    if (neuron.isBallAndStick()) {
        for (const ParameterInfo &parameter : parameters()) {
            const std::string name(parameter.name);
            if (parameter.integer)
                put(name.c_str(), static_cast<std::int64_t>(parameter.get(neuron)));
            else
                put(name.c_str(), parameter.get(neuron));
        }
        put("synapse_type", std::string(synapseTypeOf(neuron)));
    }
    if (error)
        return *error;
    return Done{};
}

Status checkHeader(hid_t file, const std::string &format, const std::string &path)
{
    if (!h5::hasAttribute(file, "format"))
        return Done{};
    const Result<std::string> found = h5::readTextAttribute(file, "format", path);
    if (!found)
        return found.error();
    if (*found != format)
        return Error{ErrorCode::Format,
                     path + " is " + kindOf(*found) + ", not " + kindOf(format)
                         + ". Choose another file.",
                     path};
    return checkVersion(file, path);
}

Status checkVersion(hid_t file, const std::string &path)
{
    if (!h5::hasAttribute(file, "format"))
        return Done{};
    const Result<std::string> format = h5::readTextAttribute(file, "format", path);
    if (!format || !format->starts_with("dendrotwin-"))
        return Done{};
    const Result<double> version = h5::readNumberAttribute(file, "format_version", path);
    if (!version)
        return version.error();
    if (*version > FormatVersion)
        return Error{ErrorCode::Version,
                     path + " was written by a newer DendroTwin (format " + formatNumber(*version)
                         + ", this program reads up to " + std::to_string(FormatVersion)
                         + "). Update the program.",
                     path};
    return Done{};
}

namespace {

Result<Neuron> neuronFromScalars(hid_t file, const std::string &path)
{
    for (const char *needed : {"num_segments", "dend_L_um", "dend_diam_um"}) {
        if (!h5::hasAttribute(file, needed))
            return Error{ErrorCode::Format,
                         path
                             + " does not say which neuron it belongs to (no attribute 'neuron' "
                               "and no '"
                             + needed + "'). Name one with --neuron.",
                         path};
    }
    Neuron neuron = presetNeuron("nmda-cable").value();
    if (h5::hasAttribute(file, "synapse_type")) {
        const Result<std::string> type = h5::readTextAttribute(file, "synapse_type", path);
        if (!type)
            return type.error();
        if (*type != "custom") {
            if (const Status set = setParameter(neuron, "synapse_type", *type); !set)
                return Error{set.error().code, path + ": " + set.error().message, path};
        }
    }
    for (const ParameterInfo &parameter : parameters()) {
        const std::string name(parameter.name);
        if (!h5::hasAttribute(file, name.c_str()))
            continue;
        const Result<double> value = h5::readNumberAttribute(file, name.c_str(), path);
        if (!value)
            return value.error();
        if (const Status set = setParameter(neuron, parameter, *value); !set)
            return Error{set.error().code, path + ": " + set.error().message, path};
    }
    return neuron;
}

} // namespace

Result<Neuron> readNeuron(hid_t file, const std::string &path)
{
    Result<Neuron> neuron = [&]() -> Result<Neuron> {
        if (!h5::hasAttribute(file, "neuron"))
            return neuronFromScalars(file, path);
        const Result<std::string> text = h5::readTextAttribute(file, "neuron", path);
        if (!text)
            return text.error();
        return neuronFromText(*text, path);
    }();
    if (!neuron)
        return neuron;
    if (const Status valid = validateNeuron(*neuron); !valid)
        return Error{valid.error().code, path + ": " + valid.error().message, path};
    return neuron;
}

} // namespace dt
